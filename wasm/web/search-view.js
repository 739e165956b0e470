/**
 * Shows what the search found: the sentence that is announced, the results, the suggestions, and the ways on when nothing was found.
 *
 * Called by `search.js` with what `search-worker.js` answered. Texts go in as text.
 */
import { openingOf } from "../javascripts/site.js";
import { element, space } from "./dom.js";
import { fold } from "./fold.js";

const AIDE = "Aide"; // the kind of which the dates are told even when there are none

/** What `role="status"` says. filtres: the choices in words, or nothing. */
export function sentence({ etat, total, complets }, q, filtres) {
  const found = `${total} ${etat === "filtres" ? "page" : "résultat"}${total > 1 ? "s" : ""}`;
  const narrowed = filtres ? `, avec ${filtres}` : "";
  const asked = quote(q);
  if (etat === "vide") return "Écrivez un mot plus précis, par exemple «\u00a0énergie\u00a0» ou «\u00a0friche\u00a0».";
  if (etat === "filtres") return total ? `${found}${narrowed}.` : `Aucune page avec ces filtres\u00a0: ${filtres}.`;
  if (!total && etat !== "aucun") return `Aucun résultat pour ${asked}${narrowed}.`;
  if (etat === "aucun") return `Aucun résultat pour ${asked}. Essayez un mot plus court ou plus courant.`;
  if (etat === "proche") return `${found} proche${total > 1 ? "s" : ""} de ${asked}${narrowed}.`;
  if (etat === "partiel") return `Aucune page ne réunit tous ces mots\u202f; ${found} avec une partie de ${asked}${narrowed}.`;
  const whole = complets < total ? `, dont ${complets || "aucun"} avec tous les mots` : "";
  return `${found} pour ${asked}${narrowed}${whole}.`;
}

/** Fill the list of results; the passages come later (`showPassages`). Says so with the event « recherche-montree ». */
export function showResults(list, pages, siteRoot) {
  const kept = new Map([...list.children].map((item) => [item.dataset.page, item.querySelector(".recherche-passage")?.cloneNode(true)]));
  list.replaceChildren(...pages.map((page) => resultItem(page, siteRoot, kept.get(String(page.numero)))));
  list.hidden = !pages.length;
  list.dispatchEvent(new Event("recherche-montree"));
}

/** One result: kind and state, title (the link), the passage, and why it is there when none of its words was typed. */
function resultItem(page, siteRoot, passage) {
  const state = stateOf(page);
  const link = element("a", { href: new URL(page.chemin, siteRoot).href });
  link.append(...marked(page.titre, page.termes));
  const item = element("li", { "data-page": page.numero },
    element("p", { class: "recherche-genre" }, page.genre, state && element("span", { class: `recherche-statut recherche-${page.statut}` }, ` · ${state}`)),
    element("p", { class: "recherche-titre" }, link),
    // While the same page stays in the list its passage stays too: the text below does not jump with each key.
    passage ?? element("p", { class: "recherche-passage" }));
  for (const { ecrit, mots } of page.pourquoi) {
    item.append(element("p", { class: "recherche-pourquoi" }, `Trouvé avec « ${ecrit} » pour « ${mots.join(" ")} ».`));
  }
  item.termes = page.termes;
  return item;
}

/** Fill in the passages of the results shown, [[numero, text]]. */
export function showPassages(list, passages) {
  const texts = new Map(passages);
  for (const item of list.children) {
    const text = texts.get(Number(item.dataset.page));
    item.querySelector(".recherche-passage").replaceChildren(...marked(space(text ?? ""), item.termes));
  }
}

/** The state of a page in words; "" for what is open and has no dates, unless it is an aid. */
function stateOf({ genre, statut, dates: [ouverture, cloture] }) {
  if (statut === "a_verifier") return "À vérifier";
  const [code, words] = openingOf({ ouverture, cloture });
  return statut && (code !== "permanent" || genre === AIDE) ? words : "";
}

/** Buttons that finish the query; `choose(query)` when one is pressed. */
export function showSuggestions(list, queries, choose) {
  list.replaceChildren(...queries.map((q) => element("li", {}, element("button", { type: "button", click: () => choose(q) }, q))));
  list.hidden = !queries.length;
}

/** When nothing was found, or by way of another word: the nearest query, and the facets without which there is something. */
export function showPistes(box, { etat, total, proche, desserrer }, { names, search, loosen }) {
  const buttons = [];
  if (proche && (!total || etat === "proche" || etat === "partiel")) {
    buttons.push(element("button", { type: "button", class: "bouton discret", click: () => search(proche) }, `Chercher « ${proche} »`));
  }
  for (const { id, nombre } of desserrer) {
    buttons.push(element("button", { type: "button", class: "bouton discret", click: () => loosen(id) },
      `Retirer « ${names[id] ?? id} » : ${nombre} résultat${nombre > 1 ? "s" : ""}`));
  }
  box.replaceChildren(...buttons);
  box.hidden = !buttons.length;
}

/** `text` as nodes, with a <mark> around each word that the index knows under one of `termes`. */
function marked(text, termes) {
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).map((part, i) => {
    if (i % 2 === 0 || !fold(part).some((term) => termes.includes(term))) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}

/** The query between French quotes, cut when it is too long to be read out. */
function quote(q) {
  const characters = [...q];
  return `«\u00a0${characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : q}\u00a0»`;
}
