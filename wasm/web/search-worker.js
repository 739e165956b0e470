/**
 * Answers the search field, away from the page so that typing never waits.
 *
 * Module worker, started by `search.js` on the first focus of the field. Page → worker: `{id, index, jour}` opens the index at
 * that address, for that day; then `{id, index, jour, q, choix, combien}` asks (see `answer`). Worker → page: `{id, resultat}` or
 * `{id, erreur}`, one for each message; the first `resultat` is null. After a `resultat` with pages comes `{id, passages}`: their
 * texts, which are fetched apart.
 */
import { openIndex } from "./search-index.js";
import { longer, nearest, readQuery } from "./search-query.js";
import { narrow } from "./search-facets.js";
import { findPassage } from "./search-passage.js";
import { rank } from "./search-rank.js";
import { splitWords, stem } from "./fold.js";

const SUGGESTED = 5;
const SLIPS = 3; // how far a word may be to be proposed when nothing was found

/**
 * What the site has for the words `q` and the choices `choix` ({facet: [values]}): the first `combien` pages.
 *
 * {etat, total, complets, pages, facettes, desserrer, suggestions, proche}: etat as `rank` says it, or "filtres" without words;
 * total counts the pages left by the facets, complets those of them with all the words; pages: [{numero, chemin, titre, genre,
 * statut, dates, termes, pourquoi}], termes being the words of the index found in it and pourquoi [{mots, ecrit}] what stood
 * for what; suggestions: whole queries that go on from the last word; proche: the nearest query, when a word was not found.
 */
export async function answer(index, { q, choix, combien }) {
  const entries = readQuery(index, q);
  const ranked = entries.length ? await rank(index, entries) : { etat: "vide", ordre: [], complet: () => 0 };
  if (!entries.length) ranked.ordre = everything(index);
  const { ordre, facettes, desserrer } = narrow(index, ranked.ordre, choix);
  const chosen = facettes.some(({ valeurs }) => valeurs.some(({ choisie }) => choisie)); // an address may hold anything
  const shown = entries.length || chosen ? ordre : [];
  const found = shown.slice(0, combien).map((number) => describe(index, entries, ranked.touches?.(number) ?? [], number));
  return {
    etat: entries.length || !chosen ? ranked.etat : "filtres",
    total: shown.length,
    complets: entries.length ? ordre.reduce((sum, number) => sum + ranked.complet(number), 0) : shown.length,
    pages: found,
    facettes,
    desserrer,
    suggestions: suggest(index, q),
    proche: correct(index, q, entries),
  };
}

/** All pages, what is closed last. */
function everything({ documents }) {
  const numbers = [...documents.chemin.keys()];
  const closed = (number) => documents.statut[number] === "clos";
  return [...numbers.filter((number) => !closed(number)), ...numbers.filter(closed)];
}

function describe({ documents, dates }, entries, touches, numero) {
  const columns = Object.fromEntries(Object.entries(documents).map(([name, values]) => [name, values[numero]]));
  const pourquoi = new Map();
  touches.forEach((sens, i) => {
    if (sens?.genre !== "synonyme" && sens?.genre !== "faute") return;
    pourquoi.set(sens.ecrit, [...(pourquoi.get(sens.ecrit) ?? []), entries[i].mot]);
  });
  return {
    numero, ...columns, dates: dates[numero] ?? ["", ""],
    termes: [...new Set(touches.flatMap((sens, i) => (sens ? [...entries[i].sens.filter(({ genre }) => genre === "mot"), sens] : []))
      .flatMap(({ termes }) => termes))],
    pourquoi: [...pourquoi].map(([ecrit, mots]) => ({ ecrit, mots })),
  };
}

/** Queries that finish the word being typed, the most used words first. */
function suggest({ mots }, q) {
  const [typed] = /[\p{L}\p{M}\p{N}]+$/u.exec(q) ?? [""];
  const [start, ...more] = splitWords(typed);
  if (!start || start.length < 2 || more.length) return [];
  const before = q.slice(0, -typed.length);
  return longer(mots, start).filter(({ terme }) => terme !== stem(start)).slice(0, SUGGESTED).map(({ mot }) => before + mot);
}

/** `q` with each word that the site does not know replaced by the nearest one; "" when every word is known, or none is near. */
function correct({ mots }, q, entries) {
  let changed = false;
  const unknown = new Map();
  for (const { mot, sens } of entries) {
    if (sens.some(({ genre }) => genre !== "faute")) continue;
    const [near] = sens.length ? [{ mot: sens[0].ecrit }] : nearest(mots, mot, Math.min(SLIPS, Math.floor(mot.length / 2)));
    unknown.set(mot, near?.mot ?? "");
  }
  const text = q.slice(0, 200).replace(/[\p{L}\p{M}\p{N}]+/gu, (typed) => {
    const [mot] = splitWords(typed);
    if (!unknown.has(mot)) return typed;
    changed = true;
    return unknown.get(mot);
  });
  const said = text.replace(/\s+/g, " ").trim();
  return changed && splitWords(said).length ? said : "";
}

async function fetchJson(address) {
  // « no-cache » asks the host whether it changed: an old index would lead to pages that moved. Its pieces never change.
  const response = await fetch(address, { cache: address.endsWith("index.json") ? "no-cache" : "default" });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return response.json();
}

if (globalThis.DedicatedWorkerGlobalScope) {
  let opening = null;
  globalThis.addEventListener("message", async ({ data: { id, index: address, jour, ...asked } }) => {
    try {
      opening ??= openIndex(address, fetchJson, jour);
      const index = await opening;
      const resultat = asked.q === undefined ? null : await answer(index, asked);
      postMessage({ id, resultat });
      if (!resultat?.pages.length) return;
      // Without their texts the results are still results.
      const texts = await index.texts(resultat.pages.map(({ numero }) => numero)).catch(() => null);
      if (!texts) return;
      postMessage({ id, passages: resultat.pages.map(({ numero, termes }) => [numero, findPassage(texts.get(numero), termes)]) });
    } catch (error) {
      postMessage({ id, erreur: String(error) });
    }
  });
}
