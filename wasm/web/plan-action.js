/** One action of the plan as a card of fields; each change is kept at once, a date that does not exist is told and not kept. */
import { element, space } from "./dom.js";
import { isDay } from "./evaluation.js";
import { findQuestion, sayAction, sayMarche } from "./mesure.js";
import { isLate } from "./suivi.js";
import { STATUTS } from "./tableur.js";

/** Why an action brings nothing more, by the state of its question in this bilan. */
const SANS_GAIN = {
  repondu: "Votre réponse apporte déjà tous ses points.",
  vide: "Cette question attend encore votre réponse.",
  non_concerne: "Vous avez répondu « non concerné » à cette question.",
  masquee: "Cette question n'est pas posée pour ce profil ou cette version.",
};
const LIMITES = { responsable: 200, note: 1000 }; // as fichier.js takes them back

/**
 * @param {string} question
 * @param {{statut: string, echeance: string|null, responsable: string, note: string}} entree
 * @param {object} vue contexte with `suivi`, `bilan` and `retire(question)`
 * @returns {Element} a list item
 */
export function renderAction(question, entree, vue) {
  const { bilan, q, suivi, retire } = vue;
  const trouvee = findQuestion(q, question);
  const levier = bilan.leviers.find((un) => un.question === question);
  const retard = element("p", { class: "q-note q-retard", id: `plan-${question}-retard` });
  const keep = (champ, valeur) => {
    suivi.set(question, { ...suivi.get(question), [champ]: valeur }, "champ");
    retard.textContent = isLate(suivi.get(question)) ? "Échéance passée." : "";
  };
  const id = (champ) => `plan-${question}-${champ}`;
  const action = trouvee ? sayAction(trouvee.question) : "Une question qui n'existe plus dans ce questionnaire";
  const etat = bilan.themes.flatMap(({ questions }) => questions).find((une) => une.id === question)?.etat;
  retard.textContent = isLate(entree) ? "Échéance passée." : "";
  return element(
    "li",
    { class: "carte q-action-plan", "data-action-plan": question },
    element("p", { class: "q-surtitre" }, trouvee?.theme.titre),
    element("h4", { tabindex: "-1" }, action),
    element("p", { class: "q-note" }, levier ? [`${levier.gain_affiche} sur le thème.`, sayMarche(levier)] : SANS_GAIN[etat]),
    element(
      "div",
      { class: "q-champs" },
      field("Où en est-elle ?", id("statut"), element("select", { id: id("statut"), "data-champ-plan": "statut", change: ({ target }) => keep("statut", target.value) }, Object.entries(STATUTS).map(([valeur, mots]) => element("option", { value: valeur, selected: valeur === entree.statut }, mots)))),
      renderDate(id("echeance"), entree.echeance, retard, (jour) => keep("echeance", jour)),
      field("Qui la porte ?", id("responsable"), makeText("input", "responsable", id, entree, keep), "Une fonction plutôt qu'un nom. Ce texte reste sur votre appareil."),
      field("Vos notes", id("note"), makeText("textarea", "note", id, entree, keep)),
    ),
    element("p", { class: "q-boutons" }, element("button", { type: "button", class: "q-lien", "data-plan-retirer": question, click: () => retire(question) }, "Retirer du plan", element("span", { class: "lu" }, ` : ${action}`))),
  );
}

function field(label, id, champ, aide = null) {
  if (aide) champ.setAttribute("aria-describedby", `${id}-aide`);
  return element("div", { class: "q-champ-plan" }, element("label", { for: id }, label), champ, aide ? element("p", { class: "q-note", id: `${id}-aide` }, aide) : null);
}

function makeText(nom, champ, id, entree, keep) {
  const saisie = element(nom, { id: id(champ), "data-champ-plan": champ, maxlength: LIMITES[champ], autocomplete: "off", ...(nom === "textarea" ? { rows: 2 } : { type: "text" }), input: () => keep(champ, saisie.value) });
  saisie.value = entree[champ] ?? "";
  return saisie;
}

/** The browser says « badInput » of a date half typed; it is looked at when the field is left, not at each key. */
function renderDate(id, valeur, retard, keep) {
  const erreur = element("p", { class: "q-erreur", id: `${id}-erreur`, hidden: true });
  const saisie = element("input", { type: "date", id, "data-champ-plan": "echeance", min: "2000-01-01", max: "2100-12-31", "aria-describedby": `${erreur.id} ${retard.id}`, change: () => check(), blur: () => check() });
  saisie.value = valeur ?? "";
  let gardee = valeur ?? null;
  const check = () => {
    const lue = saisie.value || null;
    const faute = saisie.validity.badInput ? "Cette date est incomplète ou n'existe pas." : lue && (!isDay(lue) || !saisie.validity.valid) ? "Choisissez une date entre 2000 et 2100." : "";
    erreur.textContent = space(faute);
    erreur.hidden = !faute;
    saisie.setAttribute("aria-invalid", String(Boolean(faute)));
    if (faute || lue === gardee) return;
    gardee = lue;
    keep(lue);
  };
  return element("div", { class: "q-champ-plan" }, element("label", { for: id }, "Échéance"), saisie, erreur, retard);
}
