/** « D'où vient ce score » : each theme to unfold, down to the points of each answer and the division that gives its note. */
import { element } from "./dom.js";
import { renderProchain, renderRemarks, sayAction, showNote } from "./mesure.js";
import { sayAnswer } from "./mots.js";

const COLONNES = ["Question", "Réponse", "Points", "Encore possible"];

export function renderDetails({ global, themes }, contexte) {
  return element(
    "section",
    { class: "suite q-details", "aria-labelledby": "q-details" },
    element("h3", { id: "q-details", tabindex: "-1" }, "D'où vient ce score"),
    renderMoyenne(global, themes),
    themes.map((theme) => renderTheme(theme, contexte)),
  );
}

/** The whole is the mean of its themes: its terms are shown as they stand in the table. */
function renderMoyenne(global, themes) {
  const comptes = themes.filter(({ etat }) => etat !== "non_concerne");
  if (!comptes.length) return element("p", { "data-calcul": "global" }, "Aucun thème ne vous concerne : il n'y a pas de note à calculer.");
  const pesent = comptes.some(({ poids }) => poids !== "1");
  const absents = comptes.length < themes.length ? " Les thèmes « non concerné » n'entrent pas dans la moyenne." : "";
  const phrase = `${pesent ? "Chaque thème compte selon son poids. " : ""}La note d'ensemble est la moyenne des notes de vos thèmes.${absents}`;
  if (global.etat !== "note") return element("p", { class: "q-note", "data-calcul": "global" }, `${phrase} Elle se précise à chaque réponse : sans réponse, une question compte 0 pour le bas de l'intervalle et tous ses points pour le haut.`);
  const termes = comptes.map(({ note, poids }) => (poids === "1" ? note : `${poids} × ${note}`)).join(" + ");
  const diviseur = pesent ? `(${comptes.map(({ poids }) => poids).join(" + ")})` : String(comptes.length);
  return [
    element("p", { class: "q-note" }, `${phrase} Le calcul garde toutes les décimales ; l'arrondi ne vient qu'à l'affichage.`),
    element("p", { class: "q-calcul", "data-calcul": "global" }, `(${termes}) ÷ ${diviseur} = `, element("strong", {}, `${global.note} / 5`)),
  ];
}

function renderTheme(theme, contexte) {
  const questions = theme.questions.filter(({ etat }) => etat !== "masquee");
  const niveau = theme.niveau ? `, ${theme.niveau_titre}` : "";
  const notees = questions.filter(({ notee }) => notee !== false);
  const libres = questions.filter(({ notee }) => notee === false);
  return element(
    "details",
    { class: "q-detail", "data-detail": theme.id, "data-cle": `detail-${theme.id}` },
    element("summary", {}, element("strong", {}, theme.titre), ` : ${showNote(theme)}${niveau}`),
    renderRemarks(theme),
    renderProchain(theme, contexte),
    notees.length ? renderTable(theme, notees, contexte) : element("p", {}, "Aucune question de ce thème ne vous concerne."),
    renderCalcul(theme, notees),
    libres.length ? renderLibres(theme, libres, contexte) : null,
  );
}

function renderTable(theme, questions, contexte) {
  return element(
    "div",
    { class: "tableau" },
    // As for the table of themes, the roles say what a narrow screen's grid would hide.
    element(
      "table",
      { class: "q-tableau", role: "table", "aria-label": `Réponses, ${theme.titre}` },
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, COLONNES.map((titre) => element("th", { role: "columnheader", scope: "col" }, titre)))),
      element("tbody", { role: "rowgroup" }, questions.map((question) => renderQuestion(question, theme.id, contexte))),
    ),
  );
}

function renderQuestion(question, theme, { q, evaluation, goTo, lecture, suivi }) {
  const modele = findIn(q, theme, question.id);
  const { texte } = question;
  const note = evaluation.notes?.[question.id];
  return element(
    "tr",
    { role: "row", "data-question-bilan": question.id, "data-etat": question.etat },
    element(
      "th",
      { role: "rowheader", scope: "row" },
      lecture ? texte : element("button", { type: "button", class: "q-lien", "data-cle": `reponse-${question.id}`, click: () => goTo(question.id) }, texte),
    ),
    element(
      "td",
      { role: "cell" },
      showAnswer(question, modele, evaluation),
      note ? element("span", { class: "q-ma-note" }, `Vos notes : ${note}`) : null,
      !lecture && question.gain && question.gain !== "0" ? suivi.makeButton(question.id, sayAction(modele), "q-lien q-lien-plan") : null,
    ),
    element("td", { role: "cell", "data-colonne": COLONNES[2] }, question.points_affiche ?? "—"),
    element("td", { role: "cell", "data-colonne": COLONNES[3] }, question.gain_affiche ?? "—"),
  );
}

/** The division, each term as the table shows it: « (2 + 0 + 1,5) ÷ (2 + 1 + 3) × 5 = 2,9 / 5 ». */
function renderCalcul(theme, questions) {
  const comptes = questions.filter(({ possibles }) => possibles !== null);
  if (theme.etat === "non_concerne" || !comptes.length) return null;
  const [points, maximums] = [[], []];
  for (const { points_affiche: affiche, possibles } of comptes) {
    const [obtenus, sur] = affiche?.split(" sur ") ?? ["0", possibles.replace(".", ",")];
    points.push(obtenus);
    maximums.push(sur);
  }
  const resultat = theme.etat === "note" ? `${theme.note} / 5` : `${theme.note_min} / 5 au moins`;
  return element(
    "p",
    { class: "q-calcul", "data-calcul": theme.id },
    `Les points, divisés par les maximums, puis ramenés sur 5 : (${points.join(" + ")}) ÷ (${maximums.join(" + ")}) × 5 = `,
    element("strong", {}, resultat),
    theme.etat === "incomplet" ? ` ; ${theme.note_max} / 5 au plus, si les réponses qui manquent apportent tous leurs points.` : null,
  );
}

/** Answers without points, apart: they say a wish or a context. */
function renderLibres(theme, questions, { q, evaluation }) {
  return [
    element("p", { class: "q-sous-titre" }, "Les réponses qui ne comptent pas dans la note"),
    element(
      "ul",
      { class: "q-libres" },
      questions.map((question) => element("li", { "data-question-libre": question.id }, `${question.texte} `, element("strong", {}, showAnswer(question, findIn(q, theme.id, question.id), evaluation)))),
    ),
  ];
}

const findIn = (q, theme, id) => q.themes.find((un) => un.id === theme).questions.find((une) => une.id === id);

/** In the questionnaire's own wording; an answer that cannot be counted is no answer here. */
const showAnswer = ({ id, etat }, modele, { reponses }) => (etat === "vide" ? "Pas encore de réponse" : sayAnswer(reponses[id], modele));
