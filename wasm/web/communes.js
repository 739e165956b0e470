/**
 * From what a visitor types to communes of France: loads one small file of the official list, by the first two letters of the
 * name or the first two digits of the postal code. Nothing is sent: the file asked for is all that the host can see.
 *
 * `keyOf` is the same as `key_of` in hooks/etabli/communes.py, which wrote the files; tests/vecteurs-communes.json holds them together.
 */

const HEADS = /^(?:l|d|le|la|les|saint|sainte|saints|saintes|st|ste|sts|stes) (?=.)/;
/** « (86) », « cedex 9 »; then « 13e », « 3 », « 1er arrondissement ». */
const APRES = /\([^)]*\)?|\bcedex\b.*/gi;
const QUARTIER = /\s\d{1,2}\s?(?:er|[eè]re|[eè](?:me)?|nde?)?(?:\sa.*)?$/i;
const SHOWN = 8;

export class Introuvable extends Error {}

/** « L'Haÿ-les-Roses » is « haylesroses », « St Étienne » and « Saint-Étienne » are « etienne ». */
export function keyOf(nom) {
  let text = nom.toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").normalize("NFD").replace(/\p{M}/gu, "");
  text = text.replace(/[^a-z0-9]+/g, " ").trim();
  while (HEADS.test(text)) text = text.replace(HEADS, "");
  return text.replaceAll(" ", "");
}

/**
 * @param {string} base address of the folder of the files, with its final slash
 * @returns {(saisie: string) => Promise<{communes: object[], total: number, trop_court: boolean}>} the best first; rejects with
 *   Introuvable when the host does not answer
 */
export function makeFinder(base) {
  const files = new Map();

  function load(path) {
    if (!files.has(path)) {
      const loading = fetchFile(base + path);
      loading.catch(() => files.delete(path)); // a failed one may be asked for again
      files.set(path, loading);
    }
    return files.get(path);
  }

  /** The communes of one file that fit; none when no file begins so, which `debuts.json` knows without asking for it. */
  async function list(kind, debut, fits) {
    const debuts = await load("debuts.json");
    if (!debuts[kind].includes(debut)) return [];
    const { epci, communes } = await load(`${kind}/${debut}.json`);
    return communes.filter(fits).map((row) => toCommune(row, epci));
  }

  return async (saisie) => {
    const { postal, nom } = readTyped(saisie);
    const key = keyOf(nom);
    if ((postal || key).length < 2 && !/^[oy]$/.test(key)) return { communes: [], total: 0, trop_court: true };
    const bears = ([, , , , postaux]) => postaux.some((code) => code.startsWith(postal));
    let found = postal ? await list("postal", postal.slice(0, 2), bears) : [];
    // A « cedex » has a code of its own, which leads nowhere: the name typed beside it does.
    if (!found.length && key) found = await list("nom", key.slice(0, 2), ([name]) => keyOf(name).startsWith(key));
    // The files give the most peopled first; a name typed whole goes before those that only begin like it.
    const whole = [key, keyOf(saisie)];
    const rank = (commune) => (whole.includes(keyOf(commune.nom)) ? 0 : 1) + (keyOf(commune.nom).startsWith(key) ? 0 : 1);
    found.sort((a, b) => rank(a) - rank(b));
    return { communes: found.slice(0, SHOWN), total: found.length, trop_court: false };
  };
}

const lieux = new Map(); // by address of the folder

/**
 * The départements, the places that have a page and the Territoires d'industrie, fetched once; a failure may be asked for again.
 * @param {string} base as for makeFinder
 * @returns {Promise<{departements: object, pages: object, territoires_industrie: object[]}>} rejects with Introuvable
 */
export function loadLieux(base) {
  if (!lieux.has(base)) {
    const loading = fetchFile(`${base}territoires.json`);
    loading.catch(() => lieux.delete(base));
    lieux.set(base, loading);
  }
  return lieux.get(base);
}

/** What tells a commune from another of the same name: « commune de Sèvremont, Vendée ». */
export function precise({ partieDe, departement }, departements) {
  return [partieDe && `commune de ${partieDe}`, departements[departement]?.nom].filter(Boolean).join(", ");
}

/**
 * How many communes were found, or what to type next. « Saint » and articles do not count: « Saint-É » is one letter short.
 * @param {string} saisie @param {object} trouvees what a finder gave @param {string} sinon another way on, « choisissez votre région »
 */
export function sayFound(saisie, { communes, total, trop_court: court }, sinon) {
  if (!saisie.trim()) return "";
  if (court) return saisie.match(/\p{L}/gu)?.length > 1 ? "Tapez encore une lettre." : "Tapez au moins deux lettres.";
  if (total === 0) return `Aucune commune ne commence ainsi. Vérifiez l'orthographe, ou ${sinon}.`;
  if (total === 1) return "1 commune trouvée.";
  return communes.length < total ? `${total} communes trouvées, voici les ${communes.length} premières : précisez le nom.` : `${total} communes trouvées.`;
}

/** Figures alone are the beginning of a code; among words, five of them are one, and the rest is a name less what follows it. */
function readTyped(saisie) {
  if (/^[\d\s]+$/.test(saisie)) return { postal: saisie.replace(/\s/g, "").slice(0, 5), nom: "" };
  const code = /(?:^|\D)(\d\d ?\d{3})(?!\d)/.exec(saisie)?.[1] ?? "";
  return { postal: code.replace(" ", ""), nom: saisie.replace(code, " ").replace(APRES, " ").trim().replace(QUARTIER, "") };
}

function toCommune([nom, code, rang, partieDe], epci) {
  const departement = /^9[78]/.test(code) ? code.slice(0, 3) : code.slice(0, 2);
  return { nom, code, partieDe, departement, epci: rang < 0 ? null : { siren: epci[rang][0], nom: epci[rang][1] } };
}

async function fetchFile(address) {
  let answer;
  try {
    answer = await fetch(address);
  } catch {
    throw new Introuvable("réseau");
  }
  if (!answer.ok) throw new Introuvable(String(answer.status));
  return answer.json();
}
