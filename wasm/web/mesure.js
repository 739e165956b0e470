/** One measure, of the whole or of a theme, in words: its note and what nuances it. */
import { element } from "./dom.js";

/** « 3,4 / 5 », « entre 1,2 et 4,3 » or « non concerné » */
export function showNote(mesure) {
  if (mesure.etat === "non_concerne") return "non concerné";
  return mesure.etat === "note" ? `${mesure.note} / 5` : `entre ${mesure.note_min} et ${mesure.note_max} / 5`;
}

/** What nuances a measure: a level waiting for one answer, too few questions, what is planned. */
export function renderRemarks(mesure, { q, goTo }) {
  const textes = new Map(q.themes.flatMap((theme) => theme.questions).map(({ id, texte }) => [id, texte]));
  const remarks = [];
  if (mesure.plafonne_par.length) {
    const { titre } = q.niveaux.find(({ id }) => id === mesure.niveau_sans_plafond);
    const liens = mesure.plafonne_par.map((id) => element("li", {}, element("button", { type: "button", class: "q-lien", click: () => goTo(id) }, textes.get(id))));
    remarks.push(element("p", {}, `Votre note ouvre le niveau « ${titre} ». Il reste à avancer sur :`), element("ul", { class: "q-debloque" }, liens));
  }
  if (mesure.peu_significatif) remarks.push(element("p", {}, "Note peu significative : trop peu de questions vous concernent ici. Lisez-la comme une indication."));
  if (mesure.avec_prevu) {
    const niveau = mesure.avec_prevu.niveau_titre ? `, niveau « ${mesure.avec_prevu.niveau_titre} »` : "";
    remarks.push(element("p", { "data-prevu": true }, `Avec ce qui est prévu : ${mesure.avec_prevu.note} / 5${niveau}.`));
  }
  return remarks;
}
