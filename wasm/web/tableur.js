/** The bilan and the plan as CSV for a spreadsheet: « ; », UTF-8 with its mark, CRLF, decimal comma, nothing that could run. */
import { sayAction } from "./mesure.js";
import { listQuestions, sayAnswer } from "./mots.js";

const ETATS = { repondu: "Répondu", vide: "Sans réponse", ne_sait_pas: "Je ne sais pas", non_concerne: "Non concerné" };
/** Also read by the plan's calendar. */
export const STATUTS = { "a-faire": "À faire", "en-cours": "En cours", fait: "Fait", abandonne: "Abandonné" };

/**
 * One row per question that concerns the visitor.
 * @param {object} bilan what `evaluer` gave
 * @param {object} evaluation whose answers it scored
 * @param {object} q the compiled questionnaire
 */
export function toCsvBilan(bilan, evaluation, q) {
  const modeles = new Map(listQuestions(q).map(({ question }) => [question.id, question]));
  const rows = bilan.themes.flatMap((theme) =>
    theme.questions
      .filter(({ etat }) => etat !== "masquee")
      .map(({ id, texte, etat, notee, points, possibles, gain_affiche: gain }) => [
        theme.titre,
        texte,
        etat === "vide" ? "" : sayAnswer(evaluation.reponses[id], modeles.get(id)),
        notee === false ? `${ETATS[etat]}, hors note` : ETATS[etat],
        showNumber(points),
        showNumber(possibles),
        gain === null ? "" : gain.replace(/^\+|\s*points?$/gu, ""),
      ]),
  );
  return toCsv(["Thème", "Question", "Réponse", "État", "Points", "Maximum", "Gain possible sur la note du thème (sur 5)"], rows);
}

/** One row per action, the earliest due first, those without a date last. */
export function toCsvPlan(evaluation, q) {
  const rows = listPlan(evaluation, q).map(({ theme, action, texte, statut, echeance, responsable, note }) => [
    theme, action, texte, STATUTS[statut] ?? statut, echeance ?? "", responsable ?? "", note ?? "",
  ]);
  return toCsv(["Thème", "Action", "Question", "Statut", "Échéance", "Responsable", "Note"], rows);
}

/** The actions of a plan in words, with their question, the earliest due first; a question that is gone keeps its id. */
export function listPlan({ plan = {} }, q) {
  const places = new Map(listQuestions(q).map(({ theme, question }, rang) => [question.id, { theme: theme.titre, action: sayAction(question), texte: question.texte, rang }]));
  const actions = Object.entries(plan).map(([question, entry]) => ({ question, ...(places.get(question) ?? { theme: "", action: question, texte: "", rang: places.size }), ...entry }));
  return actions.sort((a, b) => (a.echeance ?? "9").localeCompare(b.echeance ?? "9") || a.rang - b.rang);
}

function toCsv(entete, rows) {
  return `\ufeff${[entete, ...rows].map((row) => row.map(showCell).join(";")).join("\r\n")}\r\n`;
}

/** A cell that begins so is a formula for a spreadsheet: an apostrophe before it makes it a text (OWASP, « CSV Injection »). */
const FORMULE = /^[=+\-@\t\r]/;

function showCell(valeur) {
  const texte = FORMULE.test(valeur) ? `'${valeur}` : String(valeur);
  return /[;"\r\n]/.test(texte) ? `"${texte.replaceAll('"', '""')}"` : texte;
}

/** The engine's exact text as a decimal: "7/2" would be read as a date. Four decimals at most. */
function showNumber(exact) {
  if (exact === null) return "";
  const [dividende, diviseur = 1] = exact.split("/").map(Number);
  return String(Math.round((dividende / diviseur) * 1e4) / 1e4).replace(".", ",");
}
