/**
 * From what a visitor types to communes of France: loads one small file of the official list, by the first two letters of the
 * name or the first two digits of the postal code. Nothing is sent: the file asked for is all that the host can see.
 *
 * `keyOf` is the same as `key_of` in hooks/etabli/communes.py, which wrote the files; tests/vecteurs-communes.json holds them together.
 */

const HEADS = /^(?:l|d|le|la|les|saint|sainte|saints|saintes|st|ste|sts|stes) (?=.)/;
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

  return async (saisie) => {
    const postal = /^\s*\d[\d\s]*$/.test(saisie) ? saisie.replace(/\s/g, "").slice(0, 5) : "";
    const key = postal || keyOf(saisie);
    if (key.length < 2 && !/^[oy]$/.test(key)) return { communes: [], total: 0, trop_court: true };
    const { epci, communes } = await load(`${postal ? "postal" : "nom"}/${key.slice(0, 2)}.json`);
    const fits = postal
      ? communes.filter(([, , , , postaux]) => postaux.some((code) => code.startsWith(postal)))
      : communes.filter(([nom]) => keyOf(nom).startsWith(key));
    // The files give the most peopled first; a name typed whole goes before those that only begin like it.
    const rank = ([nom]) => (postal || keyOf(nom) === key ? 0 : 1);
    const sorted = [...fits].sort((a, b) => rank(a) - rank(b));
    return { communes: sorted.slice(0, SHOWN).map((row) => toCommune(row, epci)), total: fits.length, trop_court: false };
  };
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
  if (answer.status === 404) return { epci: [], communes: [] }; // no commune begins so
  if (!answer.ok) throw new Introuvable(String(answer.status));
  return answer.json();
}
