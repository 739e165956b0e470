/** One measure, of the whole or of a theme, in words: its note, what nuances it, and what leads to the next level. */
import { element } from "./dom.js";

const NOMBRES = ["aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"];

/** « 3,4 / 5 », « entre 1,2 et 4,3 / 5 » or « non concerné » */
export function showNote(mesure) {
  if (mesure.etat === "non_concerne") return "non concerné";
  return mesure.etat === "note" ? `${mesure.note} / 5` : `entre ${mesure.note_min} et ${mesure.note_max} / 5`;
}

/** A question of the compiled questionnaire with its theme, by its id: `{theme, question}`, or null when it has gone. */
export function findQuestion(q, id) {
  for (const theme of q.themes) {
    const question = theme.questions.find((une) => une.id === id);
    if (question) return { theme, question };
  }
  return null;
}

/** What there is to do, of a question or a levier; its wording where it names no action. */
export const sayAction = ({ action, texte }) => action ?? texte;

/** « La marche suivante : « … ». », of a question with a single choice. */
export const sayMarche = ({ marche }) => (marche ? ` La marche suivante : « ${marche.replace(/\.$/, "")} ».` : null);

/** What there is to do, as the way to its question unless the bilan is only to be read. */
function linkAction(id, { q, goTo, lecture }) {
  const trouvee = findQuestion(q, id);
  const texte = trouvee ? sayAction(trouvee.question) : id;
  return lecture ? element("span", {}, texte) : element("button", { type: "button", class: "q-lien", "data-cle": `lien-${id}`, click: () => goTo(id) }, texte, element("span", { class: "lu" }, " : revoir la réponse"));
}

/** What nuances a measure: too few questions, what is planned. */
export function renderRemarks(mesure) {
  const remarks = [];
  if (mesure.peu_significatif) {
    remarks.push(element("p", { class: "q-nuance", "data-peu-significatif": true }, element("strong", {}, "Note peu significative : "), "trop peu de questions vous concernent ici. Lisez-la comme une indication."));
  }
  // Said when it changes something that is shown.
  if (mesure.avec_prevu && (mesure.avec_prevu.note !== mesure.note || mesure.avec_prevu.niveau !== mesure.niveau)) {
    const niveau = mesure.avec_prevu.niveau_titre && mesure.avec_prevu.niveau !== mesure.niveau ? `, niveau « ${mesure.avec_prevu.niveau_titre} »` : "";
    remarks.push(element("p", { class: "q-nuance", "data-prevu": true }, element("strong", {}, "Avec ce qui est prévu : "), `${mesure.avec_prevu.note} / 5${niveau}.`));
  }
  return remarks;
}

/** What unlocks the next level, null when there is none: « Il manque 0,4 point pour « Engagé ». Ces deux réponses y mènent : … » */
export function renderProchain({ prochain }, contexte) {
  if (!prochain) return null;
  const { niveau, niveau_titre: titre, manque, manque_affiche: affiche, verrous, par } = prochain;
  const ids = [...new Set([...verrous, ...par])];
  const debut = manque === "0" ? `Votre note suffit déjà pour « ${titre} ». ` : `Il manque ${affiche} pour « ${titre} ». `;
  const suite = ids.length === 1 ? "Cette action y mène :" : `Ces ${NOMBRES[ids.length] ?? ids.length} actions y mènent :`;
  return element(
    "div",
    { class: "q-prochain", "data-prochain": niveau },
    element("p", {}, element("strong", {}, debut), ids.length ? suite : null),
    element("ul", {}, ids.map((id) => element("li", { "data-vers": id }, linkAction(id, contexte), verrous.includes(id) ? element("span", { class: "discret" }, " demandée à ce niveau") : null))),
  );
}
