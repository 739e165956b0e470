/**
 * The words that the page and the worker exchange: builders, checks, time limits, and the French sentence of each failure.
 *
 * form.js ─ client.js ═ protocol.js ═ worker.js. Nothing here knows the DOM or Pyodide.
 */

/** Time limits, in milliseconds, kept by the page: a worker that is stuck cannot watch itself. */
export const DELAIS = { demarrer: 60_000, appeler: 20_000 };

const PHRASES = {
  mime: "Le serveur ne présente pas les fichiers du calcul sous le bon type.",
  absent: "Un fichier de l'outil de calcul manque sur le serveur.",
  reseau: "Un fichier de l'outil de calcul n'a pas pu être téléchargé. Vérifiez votre connexion, puis réessayez.",
  demarrage: "L'outil de calcul n'a pas pu démarrer dans ce navigateur.",
  delai: "L'outil de calcul met trop de temps à répondre. Réessayez ; vos réponses sont intactes.",
  panne: "L'outil de calcul s'est arrêté. Réessayez ; vos réponses sont intactes.",
  arret: "L'outil de calcul a été arrêté. Vos réponses sont intactes.",
  donnees: "Les questions n'ont pas pu être téléchargées. Vérifiez votre connexion, puis réessayez.",
  aides: "La liste des aides n'a pas pu être téléchargée. Vérifiez votre connexion, puis réessayez.",
  message: "L'outil de calcul a répondu de façon inattendue. Rechargez la page pour réessayer.",
};

/** A failure that can be shown as it stands: `code` for programs, `message` in French for people. */
export class EngineError extends Error {
  constructor(code, message = PHRASES[code] ?? PHRASES.panne) {
    super(message);
    this.name = "EngineError";
    this.code = code;
  }
}

export const buildStart = (id, base) => ({ id, type: "demarrer", base });
export const buildCall = (id, methode, charge) => ({ id, type: "appeler", methode, charge });
export const buildProgress = (id, etape, recu, total) => ({ id, type: "progres", etape, recu, total });
export const buildResult = (id, resultat) => ({ id, type: "reponse", resultat });

/** An error as a plain object: an Error that crosses to the page would lose its code. */
export function buildFailure(id, erreur) {
  const code = erreur instanceof EngineError ? erreur.code : "demarrage";
  const message = erreur instanceof EngineError ? erreur.message : `${PHRASES.demarrage} (${erreur?.message ?? erreur})`;
  return { id, type: "erreur", erreur: { code, message } };
}

const isText = (valeur) => typeof valeur === "string";
const isCount = (valeur) => Number.isFinite(valeur) && valeur >= 0;
const CONTROLES = {
  demarrer: ({ base }) => isText(base),
  appeler: ({ methode }) => isText(methode),
  progres: ({ etape, recu, total }) => isText(etape) && isCount(recu) && isCount(total),
  reponse: (message) => "resultat" in message,
  erreur: ({ erreur }) => isText(erreur?.code) && isText(erreur?.message),
};

/** Return `message` once its shape is checked; throw an EngineError "message" otherwise. */
export function checkMessage(message) {
  const known = message && Number.isInteger(message.id) && Object.hasOwn(CONTROLES, message.type);
  if (!known || !CONTROLES[message.type](message)) throw new EngineError("message");
  return message;
}
