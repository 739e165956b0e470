/**
 * The page of the territoires: find one's commune, then the pages of what is around it. The map and the lists need no script.
 */

import { Introuvable, loadLieux, makeFinder, precise, sayFound } from "./communes.js";
import { element, space } from "./dom.js";

const zone = document.querySelector(".commune");
const champ = document.getElementById("commune");
const etat = document.getElementById("commune-etat");
const choix = document.getElementById("commune-choix");
const reponse = document.getElementById("commune-reponse");
const find = makeFinder(zone.dataset.communes);

let attente = 0;
let tour = 0;

zone.hidden = false;
champ.addEventListener("input", () => {
  clearTimeout(attente);
  attente = setTimeout(search, 150);
});
document.getElementById("commune-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(attente);
  const trouvees = await search();
  if (trouvees?.length === 1) await show(trouvees[0]);
  else choix.querySelector("button")?.focus();
});

/** Shows the communes that fit what is typed; gives them, or nothing when a later search has begun. */
async function search() {
  const mien = ++tour;
  reponse.replaceChildren();
  try {
    // Together: whichever fails is caught here.
    const [trouvees, { departements }] = await Promise.all([find(champ.value), loadLieux(zone.dataset.communes)]);
    if (mien !== tour) return undefined;
    choix.replaceChildren(...trouvees.communes.map((commune) => element("li", {}, makeButton(commune, departements))));
    say(sayFound(champ.value, trouvees, "choisissez votre région plus bas"));
    return trouvees.communes;
  } catch (error) {
    if (mien !== tour) return undefined;
    choix.replaceChildren();
    if (!(error instanceof Introuvable)) console.warn(error);
    say("La liste des communes ne se charge pas. Réessayez, ou choisissez votre région plus bas.");
    return undefined;
  }
}

function say(message) {
  etat.textContent = space(message);
}

function makeButton(commune, departements) {
  return element("button", { type: "button", click: () => show(commune) }, commune.nom, element("span", {}, precise(commune, departements)));
}

/** The answer: the places around the commune, those that have a page as links, the nearest first. */
async function show(commune) {
  clearTimeout(attente);
  tour++; // a search still under way must not take the answer back
  const { pages, departements } = await loadLieux(zone.dataset.communes);
  const departement = departements[commune.departement];
  const codes = [
    commune.epci && { code: `EPCI-${commune.epci.siren}`, quoi: "Intercommunalité", nom: commune.epci.nom },
    departement && { code: `DEP-${commune.departement}`, quoi: "Département", nom: departement.nom },
    departement && { code: departement.region, quoi: "Région", nom: pages[departement.region]?.nom },
  ].filter((lieu) => lieu && lieu.nom);
  const proche = codes.find(({ code }) => code in pages);
  const lignes = codes.map(({ code, quoi, nom }) =>
    element("div", {}, element("dt", {}, quoi), element("dd", {}, code in pages ? link(pages[code], nom) : nom)),
  );
  choix.replaceChildren();
  reponse.replaceChildren(
    element("h3", {}, commune.nom),
    commune.partieDe ? element("p", {}, `Aujourd'hui dans la commune de ${commune.partieDe}.`) : "",
    lignes.length ? element("dl", { class: "autour" }, lignes) : element("p", {}, "Cette commune n'est dans aucune région de notre liste : les aides nationales restent à voir avec leur porteur."),
    proche ? element("p", {}, element("a", { class: "bouton", href: zone.dataset.racine + pages[proche.code].chemin }, `Ce qui existe ici : ${pages[proche.code].nom}`)) : "",
  );
  say(`${commune.nom} : la réponse est ci-dessous.`);
  reponse.focus();
}

function link(page, nom) {
  return element("a", { href: zone.dataset.racine + page.chemin }, nom);
}
