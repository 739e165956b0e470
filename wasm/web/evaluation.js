/**
 * What the visitor keeps: an evaluation, its dates, its name, its profile. Reading one from outside is in fichier.js.
 */

const JOUR = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;
const NOMBRE = /^-?\d{1,12}(\.\d{1,12})?$/;
const MILLISECONDES_PAR_JOUR = 86_400_000;
/** Past this age, an evaluation is more a picture of its time than something to go on with. */
export const JOURS_FRAIS = 30;
/** The facts that stand in every profile, blank or not; the others are there only once known. */
const TOUJOURS = ["public", "effectif", "secteur", "zones"];

/** Today in Paris, where the dates of the dispositifs are counted: "2026-11-21". */
export function today(maintenant = new Date()) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Paris", year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = Object.fromEntries(format.formatToParts(maintenant).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** « 21 novembre 2026 » */
export function showDate(jour) {
  return new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${jour}T00:00:00Z`));
}

/** A day of the calendar, near enough to be one of ours: `Date.parse` alone takes 31 February for 3 March. */
export const isDay = (valeur) => typeof valeur === "string" && JOUR.test(valeur) && Boolean(new Date(`${valeur}T00:00:00Z`).toJSON()?.startsWith(valeur));

/** A number as the engine reads it: plain decimal text, at most 12 digits a side. */
export const isNumber = (valeur) => typeof valeur === "string" && NOMBRE.test(valeur);

/** True for an evaluation last answered more than JOURS_FRAIS days before `jour`. */
export const isOld = ({ date }, jour = today()) => Date.parse(jour) - Date.parse(date) > JOURS_FRAIS * MILLISECONDES_PAR_JOUR;

/** An evaluation without any answer nor profile. */
export function createEvaluation(questionnaire, version) {
  return { format: 1, questionnaire: { id: questionnaire, version }, date: today(), profil: { public: null, effectif: null, secteur: null, zones: [] }, reponses: {} };
}

/** « Refaire le point »: a new evaluation of today that starts from all that `evaluation` holds, without its name. */
export function renewEvaluation(evaluation) {
  const { nom, ...reste } = structuredClone(evaluation);
  return { ...reste, date: today() };
}

/** What the visitor called it, or « Évaluation du 21 novembre 2026 ». */
export const nameOf = ({ nom, date }) => nom || `Évaluation du ${showDate(date)}`;

/** « 1 réponse », « 12 réponses » */
export function sayAnswers({ reponses }) {
  const nombre = Object.keys(reponses).length;
  return nombre === 0 ? "aucune réponse" : `${nombre} réponse${nombre > 1 ? "s" : ""}`;
}

/**
 * `profil` with the facts of `patch`; a fact that is null is forgotten. Another place makes the Territoire d'industrie unknown again.
 */
export function mergeProfil(profil, patch) {
  const moved = patch.zones && JSON.stringify(patch.zones) !== JSON.stringify(profil.zones);
  const merged = { ...profil, ...(moved ? { territoire_industrie: null } : {}), ...patch };
  if (patch.quantites) merged.quantites = dropNull({ ...profil.quantites, ...patch.quantites });
  if (merged.quantites && Object.keys(merged.quantites).length === 0) delete merged.quantites;
  return dropNull(merged, TOUJOURS);
}

const dropNull = (objet, sauf = []) => Object.fromEntries(Object.entries(objet).filter(([cle, valeur]) => sauf.includes(cle) || (valeur !== null && valeur !== undefined)));
