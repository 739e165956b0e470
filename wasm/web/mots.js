/** Answers and profile in words, from the questionnaire's own wording: for the spreadsheet, the share dialogue and the comparison. */

const COMMUNE = "COM-";
/** The kinds of territories, for one that has no name here. */
const GENRES = { COM: "commune", EPCI: "intercommunalité", DEP: "département", REG: "région", TI: "Territoire d'industrie" };

/** « 12,5 kWh » for a number, the options' texts, the state otherwise. Ids that the questionnaire does not know are shown as they are. */
export function sayAnswer(reponse, question) {
  if (!reponse) return "Pas encore de réponse";
  if (reponse.etat === "ne_sait_pas") return "Je ne sais pas";
  if (reponse.etat === "non_concerne") {
    const motif = question?.non_concerne?.motifs.find(({ id }) => id === reponse.motif);
    return motif ? `Non concerné : ${motif.texte}` : "Non concerné";
  }
  if (reponse.nombre !== undefined) return [reponse.nombre.replace(".", ","), question?.echelle?.unite].filter(Boolean).join(" ");
  return reponse.options.map((option) => question?.options.find(({ id }) => id === option)?.texte ?? option).join(" ; ");
}

/**
 * The facts of a profile that say something, as `[name, words]` pairs.
 * @param {object} profil
 * @param {{publics: {id: string, libelle: string}[]}} q
 * @param {Object<string, string>} libelles how to call sectors and zones
 */
export function sayProfile({ public: nom = null, effectif = null, secteur = null, zones = [], territoire_industrie: ti = null }, q, libelles = {}) {
  const call = (code) => (Object.hasOwn(libelles, code) ? libelles[code] : code);
  return [
    nom && ["Public", q.publics.find(({ id }) => id === nom)?.libelle ?? call(nom)],
    effectif !== null && ["Effectif", sayCount(effectif)],
    secteur && ["Secteur", call(secteur)],
    zones.length > 0 && ["Territoires", zones.map((zone) => nameZone(zone, libelles)).join(", ")],
    ti && ["Territoire d'industrie", ti === "aucun" ? "aucun" : (libelles[ti] ?? ti)],
  ].filter(Boolean);
}

/** True when the place is told down to the commune. */
export const namesCommune = ({ zones = [] }) => zones.some((zone) => zone.startsWith(COMMUNE));

/** Each question with its theme, in the order of the questionnaire. */
export const listQuestions = (q) => q.themes.flatMap((theme) => theme.questions.map((question) => ({ theme, question })));

/** « Nouvelle-Aquitaine », or « commune 86194 » */
function nameZone(zone, libelles) {
  const [genre, ...code] = zone.split("-");
  return libelles[zone] ?? [GENRES[genre] ?? genre, code.join("-")].join(" ");
}

function sayCount(effectif) {
  if (Number.isInteger(effectif)) return effectif === 1 ? "1 personne" : `${effectif} personnes`;
  const { min = null, max = null } = effectif;
  if (max === null) return `${min ?? 0} personnes ou plus`;
  return min === null ? `${max} personnes au plus` : `de ${min} à ${max} personnes`;
}
