/**
 * An evaluation in the fragment of an address, and back. The fragment never leaves the browser: no server sees it.
 *
 * Compact JSON (ids and states, never notes nor plan) → deflate-raw where the browser has it → base64url. What comes in is
 * hostile: its length, its inflated size and its shape are bounded here, then `checkEvaluation` looks at every piece.
 */

const CLE = "partage=";
const FORMAT = 1;
const LIEN_MAX = 64 * 1024; // characters
const OCTETS_MAX = 256 * 1024; // once inflated
const PROFIL = ["public", "effectif", "secteur"];
const TERRITOIRE = ["zones", "territoire_industrie"];

/**
 * The fragment of the share link, without « # ».
 * @param {object} evaluation
 * @param {{profil?: boolean, territoire?: boolean, nom?: boolean}} [avec] what goes with the answers: public, size and sector;
 *   the zones and the Territoire d'industrie; the name given to the evaluation
 * @returns {Promise<string>} "partage=d.…" (deflated) or "partage=j.…" (plain JSON)
 */
export async function encodeShare(evaluation, avec = {}) {
  const octets = new TextEncoder().encode(JSON.stringify(pack(evaluation, avec)));
  const serres = await deflate(octets);
  return serres ? `${CLE}d.${toBase64(serres)}` : `${CLE}j.${toBase64(octets)}`;
}

/** The fragment to decode when `hash` (with or without « # ») is a share link, or null. */
export function readShare(hash) {
  const fragment = hash.replace(/^#/, "");
  if (!fragment.startsWith(CLE) && !fragment.toLowerCase().startsWith("partage%3d")) return null;
  return fragment.replace(/^partage%3d/i, CLE); // some programs escape the « = » of a link they pass on
}

/**
 * The evaluation that a fragment holds, still to be passed to `checkEvaluation`.
 * @param {string} fragment what `encodeShare` or `readShare` gave
 * @throws {Error} whose message is for the visitor
 */
export async function decodeShare(fragment) {
  if (fragment.length > LIEN_MAX) refuse("il est trop long");
  const [, codage, texte] = /^partage=([a-z])\.([A-Za-z0-9_-]+)$/.exec(fragment) ?? refuse("il est incomplet ou abîmé");
  if (codage !== "d" && codage !== "j") refuse("il vient d'une version plus récente de ce site");
  let contenu;
  try {
    const octets = fromBase64(texte);
    contenu = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(codage === "d" ? await inflate(octets) : octets));
  } catch (erreur) {
    if (erreur instanceof Refus) throw erreur;
    refuse("il est incomplet ou abîmé");
  }
  return unpack(contenu);
}

/** `raison`: what is wrong, as for a file. */
class Refus extends Error {
  constructor(raison) {
    super(`Ce lien de partage ne peut pas être lu : ${raison}. Demandez-en un autre à la personne qui vous l'a donné.`);
    this.raison = raison;
  }
}

function refuse(raison) {
  throw new Refus(raison);
}

/** Short keys; an answer is one text, see `packAnswer`. */
function pack({ questionnaire, parcours, date, nom, profil, reponses }, avec) {
  const faits = [...(avec.profil ? PROFIL : []), ...(avec.territoire ? TERRITOIRE : [])];
  const gardes = faits.map((fait) => [fait, profil[fait] ?? null]).filter(([, valeur]) => valeur !== null && valeur.length !== 0);
  return {
    f: FORMAT,
    q: questionnaire.id,
    v: questionnaire.version,
    d: date,
    ...(parcours === "court" ? { c: 1 } : {}),
    ...(avec.nom && nom ? { n: nom } : {}),
    ...(gardes.length ? { p: Object.fromEntries(gardes) } : {}),
    r: Object.fromEntries(Object.entries(reponses).map(([id, reponse]) => [id, packAnswer(reponse)])),
  };
}

/** "oui", "a b" (several options), "=12.5", "?" (ne sait pas), "-motif" (non concerné); "2:oui" when the revision is not 1. */
function packAnswer({ revision, etat, options, nombre, motif }) {
  const texte = etat === "ne_sait_pas" ? "?" : etat === "non_concerne" ? `-${motif}` : nombre !== undefined ? `=${nombre}` : options.join(" ");
  return revision === 1 ? texte : `${revision}:${texte}`;
}

function unpack(contenu) {
  if (!isObject(contenu)) refuse("il ne contient pas d'évaluation");
  const { f: format, q: id, v: version, d: date, c: court, n: nom, p: profil = {}, r: reponses } = contenu;
  if (Number.isInteger(format) && format > FORMAT) refuse("il vient d'une version plus récente de ce site");
  if (format !== FORMAT || !isObject(reponses) || !isObject(profil)) refuse("il ne contient pas d'évaluation");
  const faits = [...PROFIL, ...TERRITOIRE].filter((fait) => Object.hasOwn(profil, fait)).map((fait) => [fait, profil[fait]]);
  return {
    format: 1,
    questionnaire: { id, version },
    parcours: court === 1 ? "court" : "complet",
    date,
    ...(typeof nom === "string" ? { nom } : {}),
    profil: { public: null, effectif: null, secteur: null, zones: [], ...Object.fromEntries(faits) },
    reponses: Object.fromEntries(Object.entries(reponses).map(([question, texte]) => [question, unpackAnswer(texte)])),
  };
}

function unpackAnswer(texte) {
  const [, marque, reste] = (typeof texte === "string" && /^(?:(\d{1,5}):)?([^:]+)$/.exec(texte)) || refuse("une réponse y est illisible");
  const revision = Number(marque ?? 1);
  if (reste === "?") return { revision, etat: "ne_sait_pas" };
  if (reste.startsWith("-")) return { revision, etat: "non_concerne", motif: reste.slice(1) };
  if (reste.startsWith("=")) return { revision, etat: "repondu", nombre: reste.slice(1) };
  return { revision, etat: "repondu", options: reste.split(" ") };
}

const isObject = (valeur) => valeur !== null && typeof valeur === "object" && !Array.isArray(valeur);

/** Deflated bytes, or null where the browser cannot. */
async function deflate(octets) {
  let flux;
  try {
    flux = new CompressionStream("deflate-raw");
  } catch {
    return null; // absent, or an older one without this format
  }
  return gather(new Blob([octets]).stream().pipeThrough(flux));
}

function inflate(octets) {
  let flux;
  try {
    flux = new DecompressionStream("deflate-raw");
  } catch {
    refuse("ce navigateur est trop ancien pour l'ouvrir");
  }
  return gather(new Blob([octets]).stream().pipeThrough(flux));
}

/** All the bytes of a stream, which is stopped beyond OCTETS_MAX: a small link may hide a huge text. */
async function gather(flux) {
  const lecteur = flux.getReader();
  const morceaux = [];
  let total = 0;
  for (let lu = await lecteur.read(); !lu.done; lu = await lecteur.read()) {
    total += lu.value.length;
    if (total > OCTETS_MAX) {
      lecteur.cancel().catch(() => {});
      refuse("il contient trop de données");
    }
    morceaux.push(lu.value);
  }
  return new Uint8Array(await new Blob(morceaux).arrayBuffer());
}

function toBase64(octets) {
  const binaire = Array.from(octets, (octet) => String.fromCharCode(octet)).join("");
  return btoa(binaire).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const fromBase64 = (texte) => Uint8Array.from(atob(texte.replaceAll("-", "+").replaceAll("_", "/")), (signe) => signe.charCodeAt(0));
