/**
 * Reading what comes from outside: a file, a link, the browser's own storage. Hostile until every piece is checked.
 *
 * Nothing is copied whole: an evaluation is rebuilt from the pieces that are known and well formed. Ids of questions and options that
 * this site does not know are kept: the engine sets them apart and says so. Written for visitors in docs/fichier-de-reponses.md.
 */
import { isDay, isNumber } from "./evaluation.js";

const OCTETS_MAX = 256 * 1024; // of one evaluation
const FICHIER_MAX = 10 * 1024 * 1024; // of a file of several
const EVALUATIONS_MAX = 500; // more than any browser keeps: what this page writes, it reads again
const PROFONDEUR_MAX = 8;
const ENTREES_MAX = 2000;
/** Lengths of the visitor's own words, in characters; the fields of the page bear the same. */
const LONGUEURS = { nom: 120, note: 1000, responsable: 200, raison: 500 };
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ZONE = /^[A-Z]{2,4}-[A-Za-z0-9-]{1,60}$/;
const VERSION = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/;
const STATUTS = ["a-faire", "en-cours", "fait", "abandonne"];

/** `raison`: what is wrong, to put after « ce fichier », « ce lien ». */
export class Refus extends Error {
  constructor(raison) {
    super(`Ce fichier ne peut pas être repris : ${raison}. Vos réponses actuelles sont intactes.`);
    this.raison = raison;
  }
}

/**
 * Read a file chosen by the visitor: one evaluation, or several under `evaluations`.
 * @param {File} fichier
 * @param {string} questionnaire the id that the evaluations must bear
 * @returns {Promise<{evaluations: object[], ailleurs: number}>} at least one evaluation; `ailleurs` counts those of other questionnaires
 * @throws {Refus} whose message is for the visitor
 */
export async function readFile(fichier, questionnaire) {
  if (fichier.size > FICHIER_MAX) refuse("il dépasse 10 Mo");
  let contenu;
  try {
    contenu = JSON.parse(await fichier.text());
  } catch {
    refuse("ce n'est pas un fichier JSON lisible");
  }
  if (!Array.isArray(contenu?.evaluations)) return { evaluations: [checkEvaluation(contenu, questionnaire)], ailleurs: 0 };
  const { format, evaluations } = contenu;
  if (format !== 1) refuse("son format n'est pas connu de ce site");
  if (evaluations.length > EVALUATIONS_MAX) refuse(`il contient plus de ${EVALUATIONS_MAX} évaluations`);
  const ici = evaluations.filter((une) => une?.questionnaire?.id === questionnaire);
  if (ici.length === 0) refuse("il ne contient aucune évaluation de ce questionnaire");
  return { evaluations: ici.map((une) => checkEvaluation(une, questionnaire)), ailleurs: evaluations.length - ici.length };
}

/** An evaluation rebuilt from the checked pieces of `contenu`. @throws {Refus} */
export function checkEvaluation(contenu, questionnaire) {
  checkDepth(contenu);
  const evaluation = asObject(contenu, "l'évaluation");
  if (new Blob([JSON.stringify(contenu)]).size > OCTETS_MAX) refuse("une évaluation dépasse 256 ko");
  if (evaluation.format !== 1) refuse("son format n'est pas connu de ce site");
  const origine = asObject(evaluation.questionnaire, "le questionnaire");
  if (origine.id !== questionnaire) refuse("il vient d'un autre questionnaire");
  if (typeof origine.version !== "string" || !VERSION.test(origine.version)) refuse("la version du questionnaire est illisible");
  if (!isDay(evaluation.date)) refuse("sa date est illisible");
  const { parcours = null, nom = null, notes = null, plan = null, mises_de_cote: cote = null } = evaluation;
  if (parcours !== null && parcours !== "court" && parcours !== "complet") refuse("sa version, courte ou complète, est illisible");
  return {
    format: 1,
    questionnaire: { id: origine.id, version: origine.version },
    ...(parcours === null ? {} : { parcours }),
    date: evaluation.date,
    ...(nom === null ? {} : { nom: checkText(nom, "nom") }),
    profil: checkProfil(asObject(evaluation.profil ?? {}, "le profil")),
    reponses: checkEntries(evaluation.reponses, "les réponses", checkAnswer),
    ...(notes === null ? {} : { notes: checkEntries(notes, "les notes", (note) => checkText(note, "note")) }),
    ...(plan === null ? {} : { plan: checkEntries(plan, "le plan d'action", checkPlan) }),
    ...(cote === null ? {} : { mises_de_cote: asList(cote, ENTREES_MAX, "les réponses mises de côté").map(checkAside) }),
  };
}

function checkProfil(profil) {
  const { public: nom = null, effectif = null, secteur = null, zones = [], territoire_industrie: ti = null, bilan_ges: bilan = null, projet_demarre: demarre = null, quantites = null } = profil;
  if (!asList(zones, 50, "les territoires du profil").every((zone) => typeof zone === "string" && ZONE.test(zone))) refuse("les territoires du profil sont illisibles");
  if (ti !== null && ti !== "aucun" && !(typeof ti === "string" && /^TI-[a-z0-9-]{1,80}$/.test(ti))) refuse("le Territoire d'industrie est illisible");
  if (bilan !== null && bilan !== "aucun" && !isDay(bilan)) refuse("la date du bilan de gaz à effet de serre est illisible");
  if (demarre !== null && typeof demarre !== "boolean") refuse("l'état du projet est illisible");
  return {
    public: nom === null ? null : checkId(nom),
    effectif: checkAmount(effectif, (valeur) => Number.isInteger(valeur) && valeur >= 0 && valeur <= 1_000_000, "l'effectif du profil"),
    secteur: secteur === null ? null : checkId(secteur),
    zones: [...zones],
    ...(ti === null ? {} : { territoire_industrie: ti }),
    ...(bilan === null ? {} : { bilan_ges: bilan }),
    ...(demarre === null ? {} : { projet_demarre: demarre }),
    ...(quantites === null ? {} : { quantites: checkEntries(quantites, "les nombres du profil", checkQuantity) }),
  };
}

const checkQuantity = (valeur, id) => checkAmount(valeur, (nombre) => isNumber(nombre) && Number(nombre) >= 0, `le nombre ${id} du profil`);

/** A number, an interval of two of them in their order, either bound left open, or null. */
function checkAmount(valeur, isRight, quoi) {
  if (valeur === null || isRight(valeur)) return valeur;
  const { min = null, max = null } = asObject(valeur, quoi);
  if (![min, max].every((borne) => borne === null || isRight(borne)) || (min === null && max === null) || (max !== null && Number(min) > Number(max))) refuse(`${quoi} est illisible`);
  return { min, max };
}

function checkAnswer(reponse, id) {
  const { revision, etat, options, nombre, motif } = asObject(reponse, `la réponse ${id}`);
  if (!Number.isInteger(revision) || revision < 1 || revision > 10_000) refuse(`la révision de ${id} est illisible`);
  if (etat === "ne_sait_pas") return { revision, etat };
  if (etat === "non_concerne") return { revision, etat, motif: checkId(motif) };
  if (etat !== "repondu") refuse(`l'état de ${id} n'est pas connu`);
  if (Array.isArray(options) && options.length >= 1 && options.length <= 50 && nombre === undefined) return { revision, etat, options: options.map(checkId) };
  if (isNumber(nombre) && options === undefined) return { revision, etat, nombre };
  refuse(`la réponse ${id} est illisible`);
}

function checkPlan(entree, id) {
  const { statut, echeance = null, responsable = "", note = "" } = asObject(entree, `l'action ${id}`);
  if (!STATUTS.includes(statut)) refuse(`l'état de l'action ${id} n'est pas connu`);
  if (echeance !== null && !isDay(echeance)) refuse(`l'échéance de l'action ${id} est illisible`);
  return { statut, echeance, responsable: checkText(responsable, "responsable"), note: checkText(note, "note") };
}

/** What an earlier migration set aside: kept as it is, so that it stays in the file. */
function checkAside(entree) {
  const { question, reponse = null, note = null, plan = null, raison = "" } = asObject(entree, "une réponse mise de côté");
  const id = checkId(question);
  return {
    question: id,
    ...(reponse === null ? {} : { reponse: checkAnswer(reponse, id) }),
    ...(note === null ? {} : { note: checkText(note, "note") }),
    ...(plan === null ? {} : { plan: checkPlan(plan, id) }),
    raison: checkText(raison, "raison"),
  };
}

function checkEntries(valeur, quoi, check) {
  const entrees = Object.entries(asObject(valeur, quoi));
  if (entrees.length > ENTREES_MAX) refuse(`il y a trop d'entrées dans ${quoi}`);
  return Object.fromEntries(entrees.map(([id, contenu]) => [checkId(id), check(contenu, id)]));
}

function checkId(valeur) {
  if (typeof valeur !== "string" || valeur.length > 80 || !ID.test(valeur)) refuse("un identifiant est mal formé");
  return valeur;
}

/** The visitor's words: any characters, but no half of one. */
function checkText(valeur, quoi) {
  if (typeof valeur !== "string" || /[\uD800-\uDFFF]/u.test(valeur)) refuse("un texte est illisible");
  if (valeur.length > LONGUEURS[quoi]) refuse(`un texte dépasse ${LONGUEURS[quoi]} caractères`);
  return valeur;
}

function asObject(valeur, quoi) {
  if (valeur === null || typeof valeur !== "object" || Array.isArray(valeur)) refuse(`${quoi} manque ou n'a pas la bonne forme`);
  return valeur;
}

function asList(valeur, max, quoi) {
  if (!Array.isArray(valeur) || valeur.length > max) refuse(`${quoi} n'ont pas la bonne forme`);
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
  throw new Refus(raison);
}
