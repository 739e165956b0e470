/** What `comparer` found, on the page: how many questions compare, the curves with their tables, then what changed question by question. */
import { drawCurve, renderTable } from "./courbe.js";
import { element } from "./dom.js";
import { showDate } from "./evaluation.js";
import { listQuestions, sayAnswer } from "./mots.js";

const RECUL = "parfois parce qu'on mesure mieux";

/**
 * @param {object} comparaison what `comparer` gave for `evaluations`
 * @param {object[]} evaluations at least two, oldest first
 * @param {object} q the compiled questionnaire
 * @returns {Node[]}
 */
export function renderComparaison(comparaison, evaluations, q) {
  const { comparables, phrase, global, themes, questions } = comparaison;
  const parcours = new Set(evaluations.map((evaluation) => evaluation.parcours ?? "complet"));
  const intro = [
    element("p", { class: "s-phrase", "data-comparables": comparables }, phrase),
    parcours.size > 1 ? element("p", { class: "q-note" }, "Une version courte et une version complète se comparent sur leurs questions communes.") : null,
  ].filter(Boolean);
  if (!global) {
    return [
      ...intro,
      element("p", {}, "Une question se compare quand elle a reçu une réponse chaque fois, et que son texte n'a pas changé entre-temps. Décochez une évaluation presque vide, ou complétez la plus récente."),
    ];
  }
  const draw = (id, titre, serie) => renderSerie(id, titre, serie, evaluations);
  const suivis = themes.filter(({ serie }) => serie);
  const muets = themes.filter(({ serie }) => !serie);
  return [
    ...intro,
    element("div", { class: "s-ensemble" }, draw("s-global", "L'ensemble", global)),
    element("h3", {}, "Thème par thème"),
    element("div", { class: "s-courbes" }, suivis.map(({ id, titre, comparables: nombre, serie }) => renderSerie(`s-theme-${id}`, titre, serie, evaluations, nombre))),
    muets.length ? element("p", { class: "q-note" }, `Pas encore de question comparable : ${muets.map(({ titre }) => titre).join(", ")}.`) : null,
    element("h3", {}, "Question par question"),
    ...renderChanges(questions, evaluations, q),
  ].filter(Boolean);
}

function renderSerie(id, titre, { mesures, ecart_affiche: ecart, sens }, evaluations, nombre = null) {
  const points = mesures.map(({ note, part }, rang) => ({ note, part, date: evaluations[rang].date, nom: evaluations[rang].nom }));
  return element(
    "figure",
    { class: "s-courbe", "data-serie": id, "data-sens": sens },
    element("figcaption", {}, element("strong", {}, titre), element("span", {}, sayGap(ecart, sens, points[0].date)), nombre === null ? null : element("span", { class: "discret" }, nombre > 1 ? `${nombre} questions comparées` : "1 question comparée")),
    drawCurve(id, titre, points),
    element("details", {}, element("summary", {}, "Voir en tableau"), renderTable(`Notes, ${titre}`, points)),
  );
}

/** « +0,6 point depuis le 3 mars 2026 » */
function sayGap(ecart, sens, depuis) {
  if (sens === "stable") return `Stable depuis le ${showDate(depuis)}`;
  return `${ecart} depuis le ${showDate(depuis)}${sens === "recul" ? `, ${RECUL}` : ""}`;
}

/** Progress first, then what went back, from the first to the last evaluation. */
function renderChanges(questions, evaluations, q) {
  const modeles = new Map(listQuestions(q).map(({ theme, question }) => [question.id, { theme: theme.titre, question }]));
  const list = (sens) => questions.filter((question) => question.sens === sens);
  const [mieux, moins, pareil] = [list("progres"), list("recul"), list("stable")];
  const group = (titre, changes) =>
    changes.length ? [element("h4", {}, titre), element("ul", { class: "s-changements" }, changes.map(({ id, texte, sens }) => renderChange(id, texte, sens, modeles.get(id), evaluations)))] : [];
  return [
    ...group(mieux.length > 1 ? `${mieux.length} réponses ont progressé` : "1 réponse a progressé", mieux),
    ...group(moins.length > 1 ? `${moins.length} réponses ont reculé, ${RECUL}` : `1 réponse a reculé, ${RECUL}`, moins),
    pareil.length ? element("p", {}, pareil.length > 1 ? `${pareil.length} réponses comptent autant qu'avant.` : "1 réponse compte autant qu'avant.") : null,
  ].filter(Boolean);
}

function renderChange(id, texte, sens, modele, evaluations) {
  const say = (evaluation) => sayAnswer(evaluation.reponses[id], modele?.question);
  return element(
    "li",
    { "data-changement": id, "data-sens": sens },
    element("span", { class: "discret" }, modele?.theme),
    element("span", { class: "s-question" }, texte),
    element("span", {}, element("span", { class: "lu" }, "Avant : "), say(evaluations[0]), element("span", { "aria-hidden": "true" }, " → "), element("span", { class: "lu" }, ". Après : "), element("strong", {}, say(evaluations.at(-1)))),
  );
}
