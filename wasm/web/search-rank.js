/**
 * From what to look for to the pages in order. Takes the entries of `search-query.js` and the postings of `search-index.js`.
 *
 * A page is worth the sum, over the words asked for, of how rare the word is times how much the page is about it (both BM25:
 * Robertson and Zaragoza, « The Probabilistic Relevance Framework », 2009; the second half is worked out at build), times the
 * share of the words that it has. What stands in its title counts more, and a closed aid comes last whatever it is worth.
 */
import { fold } from "./fold.js";

const SHARE = 1.2; // power of the share of the words: one page with both words is worth more than two with one
const ENOUGH = 0.3; // pages with less than this part of the best share are left out
const FLOOR = 0.1; // and so are those that are worth less than this part of the best
const TITLE = 0.6; // what a title that is all that was asked for adds, as a part of the rest
const WHOLE = 0.999; // a share that is all of it, sums of floats being what they are
const LOOKED_AT = 400; // pages whose title is read: further down it would change nothing that anybody sees
// Kinds that are found for what they are rather than for what they speak of.
const KINDS = { Définition: 0.55, Liste: 0.7, "À propos": 0.6, Territoire: 0.8 };

/**
 * The pages for `entries`: {etat, ordre, touches, complet}.
 *
 * etat: "vide" (nothing to look for), "exact", "proche" (a word was taken for another), "partiel" (no page has all the words) or
 * "aucun". ordre: numbers of the documents, best first. touches(number): for each entry the sens through which the page was
 * found, or null. complet(number): 1 when the page has all that was asked for, else 0.
 */
export async function rank(index, entries) {
  const nothing = { etat: entries.length ? "aucun" : "vide", ordre: [], touches: () => [], complet: () => 0 };
  const postings = await index.postings([...new Set(entries.flatMap(({ sens }) => sens.flatMap(({ termes }) => termes)))]);
  const size = index.documents.chemin.length;
  const found = entries.map(({ sens }) => match(sens, postings, size));
  const rarity = found.map(({ count }) => Math.log(1 + (size - count + 0.5) / (count + 0.5)));
  // A word that nobody knows weighs as much as a rare one: without it the others are only a part of what was asked.
  const all = rarity.reduce((sum, value) => sum + value, 0);
  const scores = new Float32Array(size);
  const shares = new Float32Array(size);
  found.forEach(({ values }, i) => {
    if (!values) return;
    for (let number = 0; number < size; number += 1) {
      if (!values[number]) continue;
      scores[number] += rarity[i] * values[number];
      shares[number] += rarity[i] / all;
    }
  });
  const best = shares.reduce((most, share) => Math.max(most, share), 0);
  if (!best) return nothing;
  const kept = [];
  for (let number = 0; number < size; number += 1) {
    if (shares[number] < best * ENOUGH) continue;
    scores[number] *= shares[number] ** SHARE * (KINDS[index.documents.genre[number]] ?? 1);
    kept.push(number);
  }
  kept.sort((a, b) => scores[b] - scores[a] || a - b);
  while (scores[kept.at(-1)] < scores[kept[0]] * FLOOR) kept.pop();
  readTitles(index, entries, rarity.map((value) => value / all), kept.slice(0, LOOKED_AT), scores);
  const closed = (number) => Number(index.documents.statut[number] === "clos");
  kept.sort((a, b) => closed(a) - closed(b) || scores[b] - scores[a] || a - b);
  const touches = (number) => found.map(({ through }, i) => (through?.[number] ? entries[i].sens[through[number] - 1] : null));
  const guessed = touches(kept[0]).some((sens) => sens?.genre === "faute");
  return { etat: guessed ? "proche" : best > WHOLE ? "exact" : "partiel", ordre: kept, touches, complet: (number) => Number(shares[number] > WHOLE) };
}

/**
 * One word against all pages: what its sens come to in each, which of them says the most (from 1), and how many pages have any.
 *
 * A page that has the word and two of its synonyms is more about it than a page with one: like chances, 1 − (1 − a)(1 − b).
 */
function match(sens, postings, size) {
  if (!sens.length) return { values: null, through: null, count: 0 };
  const values = new Float32Array(size);
  const most = new Float32Array(size);
  const through = new Uint8Array(size);
  let count = 0;
  sens.forEach(({ termes, poids }, i) => {
    const { documents, poids: weights } = together(termes.map((term) => postings.get(term)));
    for (let k = 0; k < documents.length; k += 1) {
      const number = documents[k];
      const value = weights[k] * poids;
      if (!values[number]) count += 1;
      values[number] += value * (1 - values[number]);
      if (value <= most[number]) continue;
      most[number] = value;
      through[number] = i + 1;
    }
  });
  return { values, through, count };
}

/** The pages that have all the terms, each with the least of their weights. */
function together(lists) {
  return lists.reduce((one, other) => {
    const weights = new Map();
    other.documents.forEach((number, k) => weights.set(number, other.poids[k]));
    const kept = [...one.documents.keys()].filter((k) => weights.has(one.documents[k]));
    return { documents: kept.map((k) => one.documents[k]), poids: kept.map((k) => Math.min(one.poids[k], weights.get(one.documents[k]))) };
  });
}

/** Raise the pages whose title says what was asked, the more so as it says little else. */
function readTitles(index, entries, weights, numbers, scores) {
  const worth = entries.map(({ sens }) => new Map(sens.flatMap(({ termes, poids }) => (termes.length === 1 ? [[termes[0], poids]] : []))));
  for (const number of numbers) {
    const words = new Set(fold(index.documents.titre[number]));
    let said = 0;
    const used = new Set();
    worth.forEach((known, i) => {
      const here = [...words].filter((word) => known.has(word));
      here.forEach((word) => used.add(word));
      said += weights[i] * Math.max(0, ...here.map((word) => known.get(word)));
    });
    if (said) scores[number] *= 1 + TITLE * said * (0.4 + 0.6 * (used.size / words.size));
  }
}
