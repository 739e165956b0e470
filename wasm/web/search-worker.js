/**
 * Answers the search field, away from the page so that typing never waits.
 *
 * Module worker, started by `search.js` on the first focus of the field. It loads lunr and the index made by
 * `hooks/etabli/search.py`, then answers. Page → worker: `{id, index}` (address of the index) once, then `{id, q}`.
 * Worker → page: `{id, resultat}` or `{id, erreur}`, one for each message; the first `resultat` is null.
 */
import { splitWords, stem } from "./fold.js";

const FORMAT = 1; // of hooks/etabli/search.py
const MAX_CHARACTERS = 200;
const MAX_WORDS = 12;
const MAX_PAGES = 50; // sent to the page; nobody reads further
const MIN_START = 2; // letters from which the word being typed may stand for a longer one
const MIN_MISTAKE = 4; // letters: one wrong in « eau » makes another word

/**
 * What the site has on `q`: pages with all the words, else pages with some of them; terms of the glossary after the rest, closed schemes last.
 *
 * `base` is {index: lunr.Index, documents, vocabulaire}. Returns {etat, total, pages}: etat is "vide" (no word to look
 * for), "exact", "proche" (a word is on no page: those one letter away count), "partiel" (no page has all the words) or
 * "aucun"; total counts what was found; pages are the first of them, each its document with `termes`, the words of the
 * index found in it.
 */
export function search(base, q) {
  const words = readWords(q.slice(0, MAX_CHARACTERS));
  if (words.length === 0) return { etat: "vide", total: 0, pages: [] };

  const exact = words.map((word) => lookUpWord(base, word));
  // Mistakes are allowed for in a word that is nowhere, and only there: else « friche » would bring every « fiche ».
  const found = exact.map((hits, i) => (hits.size ? hits : lookUpNear(base, words[i].word)));
  let pages = gather(found);
  let etat = exact.every((hits) => hits.size) ? "exact" : "proche";
  const complete = pages.filter((page) => page.hits === words.length);
  if (complete.length) pages = complete;
  else etat = pages.length ? "partiel" : "aucun";

  const asked = splitWords(q).join(" ");
  const turn = ({ ref }) => turnOf(base.documents[ref], asked);
  pages.sort((a, b) => turn(a) - turn(b) || b.hits - a.hits || b.score - a.score || a.ref - b.ref);
  const first = pages.slice(0, MAX_PAGES).map(({ ref, terms }) => ({ ...base.documents[ref], termes: [...terms] }));
  return { etat, total: pages.length, pages: first };
}

/** What comes after the rest: a closed scheme, and before those a term of the glossary that is not the very thing asked for. */
function turnOf({ statut, titre }, asked) {
  if (statut === "clos") return 2;
  return statut === "terme" && splitWords(titre).join(" ") !== asked ? 1 : 0;
}

/** The words of `q` as [{word, growing}], lone letters left out; the last one grows while nothing is typed after it. */
function readWords(q) {
  const words = splitWords(q).filter((word) => word.length > 1 || /\d/.test(word)).slice(0, MAX_WORDS);
  const distinct = [...new Map(words.map((word) => [stem(word), word])).values()];
  const typing = /[\p{L}\p{M}\p{N}]$/u.test(q);
  return distinct.map((word) => ({ word, growing: typing && word === words.at(-1) && word.length >= MIN_START }));
}

/** Pages with that word: Map of document number → {score, terms}. */
function lookUpWord({ index, vocabulaire }, { word, growing }) {
  const clauses = new Map([[stem(word), 10]]);
  if (growing) {
    for (const longer of vocabulaire) {
      if (longer.startsWith(word) && !clauses.has(stem(longer))) clauses.set(stem(longer), 1);
    }
  }
  return lookUp(index, clauses);
}

/** Pages with a word of the site one letter away from that one. */
function lookUpNear({ index, vocabulaire }, word) {
  if (word.length < MIN_MISTAKE) return new Map();
  const near = vocabulaire.filter((other) => isNear(word, other));
  return lookUp(index, new Map(near.map((other) => [stem(other), 1])));
}

/** True when one letter added, left out, changed, or two swapped, make `a` of `b`. */
function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  const [restA, restB] = [a.slice(i), b.slice(i)];
  return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)
    || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
}

/** Pages with any of the terms of `clauses` (term → weight). By `query`: `search` would read what is typed as operators. */
function lookUp(index, clauses) {
  if (clauses.size === 0) return new Map();
  const results = index.query((query) => clauses.forEach((boost, term) => query.term(term, { boost })));
  return new Map(results.map(({ ref, score, matchData }) => [Number(ref), { score, terms: Object.keys(matchData.metadata) }]));
}

/** The answers to each word as one list of pages: in how many answers they are, the sum of their scores, their terms. */
function gather(found) {
  const pages = new Map();
  for (const hits of found) {
    for (const [ref, { score, terms }] of hits) {
      const page = pages.get(ref) ?? { ref, hits: 0, score: 0, terms: new Set() };
      page.hits += 1;
      page.score += score;
      terms.forEach((term) => page.terms.add(term));
      pages.set(ref, page);
    }
  }
  return [...pages.values()];
}

/** Fetch and check the index. « no-cache » asks the host whether it changed: an old one would lead to pages that moved. */
async function load(address) {
  const [{ default: lunr }, response] = await Promise.all([
    import("../lunr/lunr.mjs"),
    fetch(address, { cache: "no-cache" }),
  ]);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const { version, documents, vocabulaire, lunr: serialized } = await response.json();
  if (version !== FORMAT) throw new Error(`${address}: format ${version}, ${FORMAT} expected`);
  return { index: lunr.Index.load(serialized), documents, vocabulaire };
}

if (globalThis.DedicatedWorkerGlobalScope) {
  let loading = null;
  globalThis.addEventListener("message", async ({ data: { id, index, q } }) => {
    try {
      loading ??= load(index);
      const base = await loading;
      postMessage({ id, resultat: q === undefined ? null : search(base, q) });
    } catch (error) {
      postMessage({ id, erreur: String(error) });
    }
  });
}
