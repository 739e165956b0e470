/**
 * From what a visitor types to what the search looks for: for each word, itself, the longer words that it begins, the words that
 * stand for it, and those one slip of the finger away.
 *
 * Works on the words of the index alone (`search-index.js`), so nothing is fetched yet. `search-rank.js` takes what it gives.
 */
import { splitWords, stem } from "./fold.js";

const MAX_CHARACTERS = 200;
const MAX_WORDS = 12;
const MIN_START = 2; // letters from which the word being typed may stand for a longer one
const MAX_LONGER = 40; // longer words for one beginning, the most used first
const MIN_MISTAKE = 4; // letters: one wrong in « eau » makes another word
const MIN_TWO_MISTAKES = 8;
const MIN_ROOT = 6; // letters that words of one family share, at least
const MAX_ENDING = 4; // letters by which they may differ
const MAX_KIN = 4;
const LONGEST_NAME = 8; // words of the longest name looked up among the synonyms

// Words that say that one is looking for something, not what: left out unless there is nothing else.
const ASKING = new Set(`
aider aidez aller arrive arriver autre autres besoin cherche chercher cherchons connaitre demande demander devons dois doit existe
faut meme mieux obtenir peut peuvent peux pouvez pouvons puis recherche rechercher savoir seul seuls souhaite souhaitons trouver
va venir viennent vient veut veux voudrais voulons
`.trim().split(/\s+/));

/**
 * What to look for, as [{mot, sens}]: one entry for each word typed, and what may stand for it.
 *
 * sens: [{termes, poids, genre, ecrit}]: terms of the index, all of which a page must have; what that is worth, 0 to 1; "mot",
 * "debut", "synonyme", "famille" or "faute"; how it is written, to tell the visitor. An entry without sens is a word that the site does not know.
 */
export function readQuery(index, q) {
  const cut = q.slice(0, MAX_CHARACTERS);
  const typing = /[\p{L}\p{M}\p{N}]$/u.test(cut);
  const typed = splitWords(cut).filter((word) => word.length > 1 || /\d/.test(word)).slice(0, MAX_WORDS);
  const telling = typed.filter((word) => !ASKING.has(word));
  const words = telling.length ? telling : typed;
  const terms = words.map(stem);
  const entries = words.map((mot, i) => ({ mot, terme: terms[i], sens: directly(index, mot, typing && mot === typed.at(-1) && i === words.length - 1) }));
  addSynonyms(index, entries, terms);
  entries.forEach((entry) => entry.sens.length || entry.sens.push(...misspelt(index, entry.mot)));
  return [...new Map(entries.map((entry) => [entry.terme, entry])).values()];
}

/** The word itself when the site has it, and those that it begins while it is being typed. */
function directly({ mots, termes }, mot, growing) {
  const terme = stem(mot);
  const sens = termes.has(terme) ? [{ termes: [terme], poids: 1, genre: "mot", ecrit: mot }] : [];
  if (!growing || mot.length < MIN_START) return sens;
  const poids = sens.length ? 0.35 : 0.9;
  return [...sens, ...longer(mots, mot).filter((found) => found.terme !== terme)
    .slice(0, MAX_LONGER).map((found) => ({ termes: [found.terme], poids, genre: "debut", ecrit: found.mot }))];
}

/** The words of the site that begin with `start`, one for each term, the most used first. */
export function longer(mots, start) {
  let [low, high] = [0, mots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (mots[middle].cle < start) low = middle + 1;
    else high = middle;
  }
  const found = new Map();
  for (; low < mots.length && mots[low].cle.startsWith(start); low += 1) {
    const known = found.get(mots[low].terme);
    const { nombre, cle } = mots[low];
    if (!known || nombre > known.nombre || (nombre === known.nombre && cle.length < known.cle.length)) found.set(mots[low].terme, mots[low]);
  }
  return [...found.values()].sort((a, b) => b.nombre - a.nombre);
}

/** Names of one or several words that the vocabulary knows: what stands for them stands for each of their words. */
function addSynonyms({ synonymes, termes }, entries, terms) {
  for (let start = 0; start < terms.length; start += 1) {
    for (let end = start + 1; end <= Math.min(terms.length, start + LONGEST_NAME); end += 1) {
      for (const [target, ecrit, worth] of synonymes.get(terms.slice(start, end).join(" ")) ?? []) {
        const found = target.split(" ");
        if (!found.every((term) => termes.has(term))) continue;
        for (const entry of entries.slice(start, end)) {
          entry.sens.push({ termes: found, poids: worth / 100, genre: "synonyme", ecrit });
        }
      }
    }
  }
}

/** Known words for one that the site does not know, the likeliest kind first: one slip, the same family, two words in one, two slips. */
function misspelt(index, mot) {
  if (mot.length < MIN_MISTAKE || /\d/.test(mot)) return [];
  const some = (found, poids, genre) => found.map(({ terme, mot: ecrit }) => ({ termes: [terme], poids, genre, ecrit }));
  for (const sens of [
    () => some(nearest(index.mots, mot, 1), 0.8, "faute"),
    () => some(related(index.mots, mot), 0.7, "famille"),
    () => glued(index, mot),
    () => (mot.length < MIN_TWO_MISTAKES ? [] : some(nearest(index.mots, mot, 2), 0.6, "faute")),
  ]) {
    const found = sens();
    if (found.length) return found;
  }
  return [];
}

/** Two words of the site written as one. */
function glued({ cles }, mot) {
  for (let cut = MIN_MISTAKE; cut <= mot.length - MIN_MISTAKE; cut += 1) {
    const halves = [mot.slice(0, cut), mot.slice(cut)];
    if (halves.every((half) => cles.has(half))) return [{ termes: halves.map(stem), poids: 0.8, genre: "faute", ecrit: halves.join(" ") }];
  }
  return [];
}

/** The words of the site that begin like `mot` and differ at the end only: « attraction » and « attractivité » are of one family. */
function related(mots, mot) {
  const root = mot.slice(0, Math.max(MIN_ROOT, mot.length - MAX_ENDING));
  return root.length < mot.length ? longer(mots, root).filter(({ cle }) => cle.length <= root.length + MAX_ENDING + 1).slice(0, MAX_KIN) : [];
}

/** The words of the site nearest to `mot`, at most `most` slips away, one for each term; only those at the least distance. */
export function nearest(mots, mot, most) {
  let best = most;
  let found = [];
  for (const known of mots) {
    if (Math.abs(known.cle.length - mot.length) > best || known.cle.length < 3) continue;
    const away = distance(mot, known.cle, best);
    if (away > best) continue;
    if (away < best) found = [];
    best = away;
    found.push({ ...known, distance: away });
  }
  return [...new Map(found.sort((a, b) => a.nombre - b.nombre).map((one) => [one.terme, one])).values()].reverse();
}

/** How many letters added, left out, changed, or swapped with the next make `a` of `b`; more than `most` is told as most + 1. */
export function distance(a, b, most) {
  let [before, row] = [null, Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length];
}
