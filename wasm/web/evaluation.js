/**
 * What the visitor keeps: a new evaluation, its file, and the reading of a file, which is hostile until every piece is checked.
 */

const OCTETS_MAX = 256 * 1024;
const PROFONDEUR_MAX = 8;
const ENTREES_MAX = 2000;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ZONE = /^[A-Z]{2,4}-[A-Za-z0-9-]{1,60}$/;
const JOUR = /^\d{4}-\d{2}-\d{2}$/;
const NOMBRE = /^-?\d{1,12}(\.\d{1,12})?$/;

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

/** An evaluation without any answer nor profile. */
export function createEvaluation(questionnaire, version) {
  return { format: 1, questionnaire: { id: questionnaire, version }, date: today(), profil: { public: null, effectif: null, secteur: null, zones: [] }, reponses: {} };
}

/** Hand the evaluation to the visitor as a file; nothing goes through the network. */
export function download(evaluation) {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(evaluation, null, 1)}\n`], { type: "application/json" }));
  const lien = document.createElement("a");
  lien.href = url;
  lien.download = `${evaluation.questionnaire.id}-${evaluation.date}.json`;
  document.body.append(lien);
  lien.click();
  lien.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * Read a file chosen by the visitor.
 * @param {File} fichier
 * @param {string} questionnaire the id that the file must bear
 * @returns {Promise<object>} an evaluation rebuilt from checked pieces only; unknown questions and options are kept
 * @throws {Error} whose message is for the visitor
 */
export async function readFile(fichier, questionnaire) {
  if (fichier.size > OCTETS_MAX) refuse("il dépasse 256 ko");
  let contenu;
  try {
    contenu = JSON.parse(await fichier.text());
  } catch {
    refuse("ce n'est pas un fichier JSON lisible");
  }
  return checkEvaluation(contenu, questionnaire);
}

/** The same checks for what comes out of the browser's own storage: another program may have written there. */
export function checkEvaluation(contenu, questionnaire) {
  checkDepth(contenu);
  const evaluation = asObject(contenu, "l'évaluation");
  if (evaluation.format !== 1) refuse("son format n'est pas connu de ce site");
  const origine = asObject(evaluation.questionnaire, "le questionnaire");
  if (origine.id !== questionnaire) refuse("il vient d'un autre questionnaire");
  if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(origine.version)) refuse("la version du questionnaire est illisible");
  if (!isDay(evaluation.date)) refuse("sa date est illisible");
  const entrees = Object.entries(asObject(evaluation.reponses, "les réponses"));
  if (entrees.length > ENTREES_MAX) refuse("il contient trop de réponses");
  return {
    format: 1,
    questionnaire: { id: origine.id, version: origine.version },
    date: evaluation.date,
    profil: checkProfil(asObject(evaluation.profil ?? {}, "le profil")),
    reponses: Object.fromEntries(entrees.map(([id, reponse]) => [checkId(id), checkAnswer(id, asObject(reponse, `la réponse ${id}`))])),
  };
}

function checkProfil({ public: nom = null, effectif = null, secteur = null, zones = [], bilan_ges: bilan = null, projet_demarre: demarre = null }) {
  if (!Array.isArray(zones) || zones.length > 50 || !zones.every((zone) => typeof zone === "string" && ZONE.test(zone))) refuse("les territoires du profil sont illisibles");
  const count = (valeur) => valeur === null || valeur === undefined || (Number.isInteger(valeur) && valeur >= 0 && valeur <= 1_000_000);
  const bounds = effectif !== null && typeof effectif === "object" && !Array.isArray(effectif);
  if (!(bounds ? count(effectif.min) && count(effectif.max) : count(effectif))) refuse("l'effectif du profil est illisible");
  if (bilan !== null && bilan !== "aucun" && !isDay(bilan)) refuse("la date du bilan de gaz à effet de serre est illisible");
  if (demarre !== null && typeof demarre !== "boolean") refuse("l'état du projet est illisible");
  return {
    public: nom === null ? null : checkId(nom),
    effectif: bounds ? { min: effectif.min ?? null, max: effectif.max ?? null } : effectif,
    secteur: secteur === null ? null : checkId(secteur),
    zones,
    ...(bilan === null ? {} : { bilan_ges: bilan }),
    ...(demarre === null ? {} : { projet_demarre: demarre }),
  };
}

function checkAnswer(id, { revision, etat, options, nombre, motif }) {
  if (!Number.isInteger(revision) || revision < 1 || revision > 10_000) refuse(`la révision de ${id} est illisible`);
  if (etat === "ne_sait_pas") return { revision, etat };
  if (etat === "non_concerne") return { revision, etat, motif: checkId(motif) };
  if (etat !== "repondu") refuse(`l'état de ${id} n'est pas connu`);
  if (Array.isArray(options) && options.length >= 1 && options.length <= 50 && nombre === undefined) return { revision, etat, options: options.map(checkId) };
  if (typeof nombre === "string" && NOMBRE.test(nombre) && options === undefined) return { revision, etat, nombre };
  refuse(`la réponse ${id} est illisible`);
}

function checkId(valeur) {
  if (typeof valeur !== "string" || valeur.length > 80 || !ID.test(valeur)) refuse("un identifiant est mal formé");
  return valeur;
}

/** A day of the calendar: `Date.parse` alone takes 31 February for 3 March. */
export const isDay = (valeur) => typeof valeur === "string" && JOUR.test(valeur) && new Date(`${valeur}T00:00:00Z`).toJSON()?.startsWith(valeur);

function asObject(valeur, quoi) {
  if (valeur === null || typeof valeur !== "object" || Array.isArray(valeur)) refuse(`${quoi} manque ou n'a pas la bonne forme`);
  return valeur;
}

function checkDepth(racine) {
  let niveau = [racine];
  for (let profondeur = 0; niveau.length; profondeur += 1) {
    if (profondeur > PROFONDEUR_MAX) refuse("il est trop profond");
    niveau = niveau.flatMap((valeur) => (valeur !== null && typeof valeur === "object" ? Object.values(valeur) : []));
  }
}

function refuse(raison) {
  throw new Error(`Ce fichier ne peut pas être repris : ${raison}. Vos réponses actuelles sont intactes.`);
}
