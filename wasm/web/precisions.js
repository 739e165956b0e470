/**
 * « Précisez pour en savoir plus » : the facts of the profile that would settle the dispositifs still unknown, most useful first.
 *
 * What is given is kept together and applied at once, so that the bilan is rendered again a single time; the focus goes to what is
 * left to say, or to the leviers when all is said.
 */
import { element, space } from "./dom.js";

const MONTRES = 3;

/**
 * @param {object} reco what `recommander` gave
 * @param {object} contexte
 * @returns {Element|null} null when nothing is missing, or when the bilan is only to be read
 */
export function renderPrecisions(reco, contexte) {
  if (!reco?.manquants.length || contexte.lecture) return null;
  const { makeField, aides, racine } = contexte;
  const donnees = {};
  const erreur = element("p", { class: "q-erreur", role: "alert" });
  const champs = reco.manquants.slice(0, MONTRES).map(({ fait, dispositifs }) =>
    element(
      "div",
      { class: "q-precision", "data-precision": fait },
      makeField(fait, (patch) => {
        Object.assign(donnees, merge(donnees, patch));
        erreur.textContent = "";
      }),
      element("p", { class: "q-note" }, saySettled(dispositifs.length), nameSome(dispositifs, aides, racine)),
    ),
  );
  const apply = async (event) => {
    event.preventDefault();
    if (!Object.keys(donnees).length) {
      erreur.textContent = "Donnez au moins une information, ou passez votre chemin : rien n'est obligatoire.";
      return;
    }
    await contexte.setProfil(donnees);
    // The bilan has been rendered again: what had the focus is gone.
    (document.getElementById("q-precisions") ?? document.getElementById("q-leviers"))?.focus();
    const annonce = document.querySelector("[data-annonce]");
    if (annonce) annonce.textContent = space("Les aides sont à jour.");
  };
  return element(
    "section",
    { class: "suite q-precisions", "aria-labelledby": "q-precisions", "data-precisions": reco.manquants.length },
    element("h3", { id: "q-precisions", tabindex: "-1" }, "Précisez pour en savoir plus"),
    element("p", { class: "q-note" }, "Quelques aides dépendent de ces informations. Elles restent sur votre appareil, et rien n'est obligatoire."),
    element("form", { novalidate: true, submit: apply }, element("div", { class: "q-precisions-champs" }, champs), erreur, element("p", { class: "q-actions" }, element("button", { class: "bouton" }, "Mettre à jour les aides"))),
  );
}

/** Quantités are given one by one: one more must not take away the ones before. */
function merge(avant, patch) {
  return patch.quantites ? { ...patch, quantites: { ...avant.quantites, ...patch.quantites } } : patch;
}

const saySettled = (nombre) => (nombre === 1 ? "Une aide en dépend : " : `${nombre} aides en dépendent : `);

function nameSome(ids, aides, racine) {
  const noms = ids.slice(0, 3).flatMap((id) => aides.dispositifs.filter((un) => un.id === id));
  const liens = noms.flatMap(({ chemin, titre }, rang) => [rang ? ", " : null, element("a", { href: racine + chemin }, titre)]);
  return [liens, ids.length > 3 ? "…" : "."];
}
