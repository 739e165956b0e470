/**
 * The two fields of the profile that say where: the place (a commune of the official list, a région, or nothing) and the
 * Territoire d'industrie of that région. What is kept is codes: COM-, EPCI-, DEP-, REG- and PAYS-99100.
 *
 * Typing loads one small file of communes, by its first two letters; see communes.js.
 */
import { Introuvable, loadLieux, makeFinder, precise, sayFound } from "./communes.js";
import { element, space } from "./dom.js";

const PAYS = "PAYS-99100";
const REPIT = 150; // milliseconds after a key
const noms = new Map(); // names of the communes chosen in this page: a profile holds codes only

const codeOf = (zones, genre) => zones.find((zone) => zone.startsWith(`${genre}-`)) ?? null;

const baseOf = ({ dataset }) => new URL(dataset.communes, document.baseURI).href;

/** Commune, région only, or nothing: three radios, of which each opens what it needs. */
export function bindLieu(champ, { racine, profil, onChange }) {
  const find = makeFinder(baseOf(racine));
  const [saisie, region] = [champ.querySelector("input[type=search]"), champ.querySelector("select")];
  const [etat, choix, retenue] = ["etat", "choix", "retenue"].map((nom) => champ.querySelector(`[data-${nom}]`));
  const radios = [...champ.querySelectorAll("input[type=radio]")];
  let commune = null; // zones of the commune chosen
  let attente = 0;
  let tour = 0;

  const say = (texte) => {
    etat.textContent = space(texte);
  };

  function open(nature) {
    for (const zone of champ.querySelectorAll("[data-si]")) zone.hidden = zone.dataset.si !== nature;
  }

  /** Show which commune is chosen, in place of the search. */
  function keep(zones, phrase) {
    commune = zones;
    champ.querySelector("[data-chercher]").hidden = true;
    retenue.hidden = false;
    retenue.replaceChildren(
      element("p", {}, element("strong", {}, phrase)),
      element("button", { type: "button", class: "q-lien", click: () => release() }, "Choisir une autre commune"),
    );
  }

  function release() {
    commune = null;
    retenue.hidden = true;
    champ.querySelector("[data-chercher]").hidden = false;
    saisie.value = "";
    say("");
    saisie.focus();
    onChange({ zones: [] });
  }

  async function search() {
    const mien = ++tour;
    try {
      const [trouvees, { departements }] = await Promise.all([find(saisie.value), loadLieux(baseOf(racine))]);
      if (mien !== tour) return [];
      choix.replaceChildren(...trouvees.communes.map((une) => element("li", {}, makeButton(une, departements))));
      say(sayFound(saisie.value, trouvees, "choisissez seulement votre région"));
      return trouvees.communes;
    } catch (erreur) {
      if (mien !== tour) return [];
      choix.replaceChildren();
      if (!(erreur instanceof Introuvable)) console.warn(erreur);
      say("La liste des communes ne se charge pas. Réessayez, ou choisissez seulement votre région.");
      return [];
    }
  }

  function makeButton(une, departements) {
    return element("button", { type: "button", click: () => choose(une, departements), keydown: moveInList }, une.nom, element("span", {}, precise(une, departements)));
  }

  function choose(une, departements) {
    tour += 1; // a search still under way must not open the list again
    const departement = departements[une.departement];
    const zones = [`COM-${une.code}`, une.epci && `EPCI-${une.epci.siren}`, departement && `DEP-${une.departement}`, departement?.region, PAYS].filter(Boolean);
    const autour = [une.epci?.nom, departement?.nom].filter(Boolean).join(", ");
    noms.set(zones[0], autour ? `${une.nom} (${autour})` : une.nom);
    choix.replaceChildren();
    say("");
    keep(zones, noms.get(zones[0]));
    retenue.querySelector("button").focus();
    onChange({ zones });
  }

  /** The arrows go from the field to the list and along it; Tab does too. */
  function moveInList(event) {
    const boutons = [...choix.querySelectorAll("button")];
    const pas = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!pas || boutons.length === 0) return;
    event.preventDefault();
    (boutons[boutons.indexOf(document.activeElement) + pas] ?? saisie).focus();
  }

  saisie.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(search, REPIT);
  });
  saisie.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown") return moveInList(event);
    if (event.key !== "Enter") return undefined;
    event.preventDefault();
    clearTimeout(attente);
    const trouvees = await search();
    const boutons = choix.querySelectorAll("button");
    return trouvees.length === 1 ? boutons[0].click() : boutons[0]?.focus();
  });
  region.addEventListener("change", () => onChange({ zones: region.value ? [region.value, PAYS] : [] }));
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      open(radio.value);
      onChange({ zones: { commune: commune ?? [], region: region.value ? [region.value, PAYS] : [], "": [] }[radio.value] });
    });
  }

  const { zones = [] } = profil;
  const nature = codeOf(zones, "COM") || codeOf(zones, "EPCI") || codeOf(zones, "DEP") ? "commune" : codeOf(zones, "REG") ? "region" : null;
  if (nature) radios.find(({ value }) => value === nature).checked = true;
  open(nature);
  if (nature === "region") region.value = codeOf(zones, "REG");
  if (nature === "commune") {
    keep(zones, noms.get(zones[0]) ?? `Commune ou territoire de code ${zones[0].slice(zones[0].indexOf("-") + 1)}`);
    nameDepartement(zones, racine).then((nom) => {
      if (nom && commune === zones && !noms.has(zones[0])) retenue.querySelector("strong").textContent = space(`Votre commune est enregistrée : code ${zones[0].slice(zones[0].indexOf("-") + 1)}, ${nom}`);
    });
  }
}

async function nameDepartement(zones, racine) {
  const code = codeOf(zones, "DEP");
  if (!code) return null;
  return loadLieux(baseOf(racine)).then(({ departements }) => departements[code.slice(4)]?.nom, () => null);
}

/** A select of those of the région; of all of them while the région is unknown. */
export function bindTerritoire(champ, { racine, profil, onChange }) {
  const select = champ.querySelector("select");
  const { zones = [], territoire_industrie: connu = null } = profil;
  const region = codeOf(zones, "REG");
  if (connu) select.append(...(connu === "aucun" ? [] : [element("option", { value: connu }, connu)]));
  select.value = connu ?? "";
  select.addEventListener("change", () => onChange({ territoire_industrie: select.value || null }));
  loadLieux(baseOf(racine)).then(
    ({ territoires_industrie: tous = [] }) => {
      const proches = tous.filter((ti) => !region || [ti.region].flat().includes(region) || ti.code === connu);
      const choisi = select.value;
      for (const option of [...select.options].filter(({ value }) => value.startsWith("TI-"))) option.remove();
      select.append(...proches.map(({ code, nom }) => element("option", { value: code }, nom)));
      select.value = choisi;
    },
    () => {}, // « Non » and « Je ne sais pas » remain
  );
}
