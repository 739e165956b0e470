/**
 * The search index in the browser: what every query needs, and the pieces that come when a query asks for them.
 *
 * Made by `hooks/etabli/search.py`, whose `render_search` says what each file holds. `search-query.js` reads the words,
 * `search-rank.js` the postings, `search-passage.js` the texts.
 */
import { splitWords, stem } from "./fold.js";

const FORMAT = 2; // of hooks/etabli/search.py
const FACETS = 40; // more would be a damaged file

/**
 * Open the index at `address`; `fetchJson(url)` gives the content of a file. Rejects when a file is missing or damaged.
 *
 * Gives {documents, facettes, mots, cles, termes, synonymes, postings(terms), texts(numbers)}. documents: columns; mots: [{mot, cle,
 * terme, nombre}], sorted by cle; cles, termes: the sets of theirs. today: « 2026-11-21 », from which aids are told closed.
 */
export async function openIndex(address, fetchJson, today) {
  const data = await fetchJson(address);
  check(data, address);
  const folder = new URL(`./${data.dossier}/`, address);
  const pieces = new Map();
  const piece = (name) => {
    if (!pieces.has(name)) {
      const coming = fetchJson(new URL(name, folder).href);
      coming.catch(() => pieces.delete(name)); // the next query tries again
      pieces.set(name, coming);
    }
    return pieces.get(name);
  };
  const mots = data.mots.map((mot, i) => {
    const cle = splitWords(mot)[0] ?? "";
    return { mot, cle, terme: stem(cle), nombre: data.nombres[i] };
  });
  const decoded = new Map();

  /** Map term → {documents, poids} of the terms that exist: document numbers, and weights between 0 and 1. */
  async function postings(terms) {
    const known = terms.filter((term) => termes.has(term));
    const wanted = new Set(known.filter((term) => !decoded.has(term)).map((term) => lastNotAfter(data.termes, term)));
    const parts = await Promise.all([...wanted].map((number) => piece(`termes-${number}.json`)));
    for (const term of known) {
      if (decoded.has(term)) continue;
      const part = parts.find((found) => Object.hasOwn(found, term));
      if (!part) throw new Error(`${address}: no postings for « ${term} »`);
      decoded.set(term, decode(part[term], data.niveaux));
    }
    return new Map(known.map((term) => [term, decoded.get(term)]));
  }

  /** Map document number → [resume, texte]. */
  async function texts(numbers) {
    const place = (number) => Math.floor(number / data.par_textes);
    const parts = new Map(await Promise.all([...new Set(numbers.map(place))].map(async (n) => [n, await piece(`textes-${n}.json`)])));
    return new Map(numbers.map((number) => [number, parts.get(place(number))[number % data.par_textes]]));
  }

  const cles = new Set(mots.map(({ cle }) => cle));
  const termes = new Set(mots.map(({ terme }) => terme));
  const { documents } = data;
  age(documents, data.facettes, data.dates, today);
  return { documents, facettes: data.facettes, dates: data.dates, mots, cles, termes, synonymes: new Map(Object.entries(data.synonymes)), postings, texts };
}

/** An index that is cut short or from another version must fail here, where it can be said, not in the middle of a query. */
function check(data, address) {
  if (data?.version !== FORMAT) throw new Error(`${address}: format ${data?.version}, ${FORMAT} expected`);
  const { documents, facettes, mots, nombres, termes, dossier, dates, synonymes, niveaux, par_textes: parTextes } = data;
  const count = documents?.chemin?.length;
  const whole = count > 0 && ["titre", "genre", "statut"].every((column) => documents[column]?.length === count)
    && dates && synonymes && niveaux > 0 && parTextes > 0 && mots?.length === nombres?.length && Array.isArray(termes) && /^[0-9a-f]+$/.test(dossier)
    && facettes?.length < FACETS && facettes.every((facette) => facette.documents.length === count);
  if (!whole) throw new Error(`${address}: damaged`);
}

/** The postings of a term, from the form that `search.py` writes. */
function decode(numbers, niveaux) {
  const documents = new Uint32Array(numbers.length);
  const poids = new Float32Array(numbers.length);
  let last = -1;
  numbers.forEach((number, i) => {
    last += Math.floor(number / niveaux);
    documents[i] = last;
    poids[i] = (number % niveaux + 1) / niveaux;
  });
  return { documents, poids };
}

/** Where `value` belongs among the sorted `starts`: the last that is not after it. */
function lastNotAfter(starts, value) {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** An index may be read long after the build: an aid that has closed or opened since is counted so. `today`: « 2026-11-21 ». */
function age(documents, facettes, dates, today) {
  const facet = facettes.find(({ id }) => id === "etat");
  const place = (value) => {
    const known = facet.valeurs.findIndex(([id]) => id === value);
    return known >= 0 ? known : facet.valeurs.push([value, { ouvert: "Ouverte", clos: "Close" }[value]]) - 1;
  };
  for (const [number, [ouverture, cloture]] of Object.entries(dates)) {
    const was = documents.statut[number];
    const is = cloture && cloture < today ? "clos" : was === "a_venir" && ouverture <= today ? "ouvert" : was;
    if (is === was) continue;
    documents.statut[number] = is;
    if (facet) facet.documents[number] = [place(is)];
  }
}
