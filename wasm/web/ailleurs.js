/** The aids that are open to this visitor for other leviers than the first three: the best leviers are not always those that an aid pays for. */
import { pick, renderContacts, renderDispositif } from "./aides.js";
import { element } from "./dom.js";
import { sayAction } from "./mesure.js";

/**
 * @param {object|null} reco what `recommander` gave for the first leviers, or null until it comes
 * @param {object} contexte with `aides` and `racine`
 * @returns {Element|null} null when there is none
 */
export function renderAilleurs(reco, contexte) {
  if (!reco?.ailleurs.length) return null;
  return element(
    "section",
    { class: "suite", "aria-labelledby": "q-ailleurs", "data-ailleurs": reco.ailleurs.length },
    element("h3", { id: "q-ailleurs", tabindex: "-1" }, "Des aides ouvertes pour d'autres pistes"),
    element("p", { class: "q-note" }, "Elles correspondent à ce que l'on sait de la structure, et servent des actions qui viennent un peu plus loin."),
    element("ul", { class: "cartes q-ailleurs" }, reco.ailleurs.map((cas) => renderCas(cas, contexte))),
  );
}

function renderCas({ question, dispositif: avis, ...cas }, { aides, racine }) {
  const [dispositif] = pick(aides.dispositifs, [avis.id]);
  const contacts = pick(aides.contacts, avis.contacts);
  return element(
    "li",
    { class: "carte", "data-ailleurs-pour": question },
    element("h4", {}, `Pour : ${sayAction(cas)}`),
    element("ul", { class: "q-dispositifs" }, renderDispositif({ ...avis, dispositif }, `ailleurs-${question}`, aides, racine)),
    contacts.length ? renderContacts(contacts, `ailleurs-${avis.id}`) : null,
  );
}
