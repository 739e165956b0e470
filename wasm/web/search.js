/**
 * Brings the search fields of a page to life: `[data-recherche]`, made by `templates/_recherche_champ.html.j2`.
 *
 * The field asks `search-worker.js`, started on its first focus, and shows what comes back. On the search page the
 * address follows the field (`?q=`); elsewhere a few results show at once and Enter leads to that page.
 */
import { fold } from "./fold.js";

const PAUSE = 120; // ms without a key before asking
const PATIENCE = 20_000; // ms without an answer before saying that the search is broken
const GLIMPSE = 5; // results shown outside the search page

for (const field of document.querySelectorAll("[data-recherche]")) enhance(field);

function enhance(root) {
  const form = root.querySelector("form");
  const input = root.querySelector("input");
  const status = root.querySelector("[data-recherche-etat]");
  const list = root.querySelector("[data-recherche-resultats]");
  const retry = root.querySelector("[data-recherche-relance]");
  const indexAddress = new URL(root.dataset.index, document.baseURI);
  const searchPage = new URL("./", indexAddress);
  const siteRoot = new URL("../", indexAddress);
  const onSearchPage = location.pathname.replace(/index\.html$/, "") === searchPage.pathname;

  let worker = null;
  let asked = 0; // number of the last message: answers to older ones are out of date
  let pause = 0;
  let patience = 0;

  function send(message) {
    asked += 1;
    clearTimeout(patience);
    patience = setTimeout(fail, PATIENCE);
    worker.postMessage({ id: asked, index: indexAddress.href, ...message });
  }

  function start() {
    if (worker) return;
    worker = new Worker(new URL(root.dataset.worker, document.baseURI), { type: "module" });
    worker.addEventListener("error", fail);
    worker.addEventListener("message", ({ data }) => {
      if (data.id !== asked) return;
      clearTimeout(patience);
      if (data.erreur) fail();
      else if (data.resultat) show(data.resultat);
    });
    send({});
  }

  /** Ask for what the field holds, or empty the page when it holds nothing. */
  function ask() {
    clearTimeout(pause);
    const q = input.value.trim();
    if (onSearchPage) {
      try {
        history.replaceState(null, "", q ? `?${new URLSearchParams({ q })}` : location.pathname);
      } catch {
        // Some browsers refuse too many changes in a short time: the results matter more than the address.
      }
    }
    if (!q) {
      asked += 1;
      clearTimeout(patience);
      render("", []);
      return;
    }
    start();
    status.textContent ||= "Recherche en cours…";
    send({ q: input.value });
  }

  function show({ etat, total, pages }) {
    const shown = onSearchPage ? pages : pages.slice(0, GLIMPSE);
    render(sentence(etat, total, quote(input.value.trim())), shown.map((page) => resultItem(page, siteRoot)));
    if (total === shown.length) return;
    if (onSearchPage) status.append(`. Voici les ${shown.length} premiers\u00a0: un mot de plus fera le tri.`);
    else list.append(moreItem(total, address()));
  }

  /** The search cannot answer: say so, point at the listing pages, offer another try. Typing again tries too. */
  function fail() {
    clearTimeout(patience);
    worker?.terminate();
    worker = null;
    if (!input.value.trim()) return;
    render("La recherche ne répond pas. Vous pouvez réessayer, ou passer par les listes sous le champ.", []);
    retry.hidden = false;
  }

  function render(text, items) {
    status.textContent = text;
    list.replaceChildren(...items);
    list.hidden = items.length === 0;
    retry.hidden = true;
  }

  const address = () => new URL(`?${new URLSearchParams({ q: input.value.trim() })}`, searchPage).href;

  input.addEventListener("focus", start);
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !input.value) return;
    event.preventDefault();
    input.value = "";
    ask();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (onSearchPage || !input.value.trim()) ask();
    else location.assign(address());
  });
  retry.addEventListener("click", () => {
    input.focus();
    ask();
  });

  if (onSearchPage) {
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    if (input.value.trim()) ask();
  }
}

/** One result as a list item: kind, title (the link), one line, and « clos » in words. */
function resultItem(page, siteRoot) {
  const link = element("a", marked(page.titre, page.termes));
  link.href = new URL(page.chemin, siteRoot).href;
  const kind = element("p", [page.genre], "recherche-genre");
  if (page.statut === "clos") kind.append(" ", element("span", ["· Clos"], "recherche-clos"));
  const item = element("li", [kind, element("p", [link], "recherche-titre")]);
  if (page.resume) item.append(element("p", marked(page.resume, page.termes)));
  return item;
}

function moreItem(count, href) {
  const link = element("a", [`Voir les ${count} résultats`]);
  link.href = href;
  return element("li", [link], "recherche-suite");
}

/** `text` as nodes, with a <mark> around each word that the index knows under one of `terms`. */
function marked(text, terms) {
  return text.split(/([\p{L}\p{M}\p{N}]+)/u).map((part, i) =>
    i % 2 && fold(part).some((term) => terms.includes(term)) ? element("mark", [part]) : part);
}

function element(name, children, className = "") {
  const node = document.createElement(name);
  node.append(...children);
  if (className) node.className = className;
  return node;
}

/** What `role="status"` says. */
function sentence(etat, count, q) {
  const results = `${count} résultat${count > 1 ? "s" : ""}`;
  if (etat === "vide") return "Écrivez un mot de plus, par exemple «\u00a0énergie\u00a0» ou «\u00a0friche\u00a0».";
  if (etat === "aucun") return `Aucun résultat pour ${q}. Essayez un mot plus court ou plus courant.`;
  if (etat === "partiel") return `Aucune page ne réunit tous ces mots\u202f; ${results} avec une partie de ${q}`;
  return `${results} ${etat === "proche" ? "proche" + (count > 1 ? "s" : "") + " de" : "pour"} ${q}`;
}

/** The query between French quotes, cut when it is too long to be read out. */
function quote(q) {
  const characters = [...q];
  return `«\u00a0${characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : q}\u00a0»`;
}
