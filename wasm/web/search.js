/**
 * Brings the search fields of a page to life: `[data-recherche]`, made by `templates/_recherche_champ.html.j2`.
 *
 * The field asks `search-worker.js`, started on its first focus, and `search-view.js` shows what comes back. On the search page
 * the address follows the field and the facets (`search-address.js`), so that the back button undoes a choice; elsewhere a few
 * results show at once and Enter leads to that page.
 */
import { readAddress, writeAddress } from "./search-address.js";

const CALM = 300; // ms without a change before the count is told: a screen reader would else be cut at each key
const PATIENCE = 20_000; // ms without an answer before saying that the search is broken
const GLIMPSE = 5; // results shown outside the search page
const PORTION = 10; // results shown at a time on the search page

for (const field of document.querySelectorAll("[data-recherche]")) enhance(field);

async function enhance(root) {
  root.dataset.prete = ""; // what the style sheet waits for before it says that the search could not start
  const part = (name) => root.querySelector(`[data-recherche-${name}]`);
  const [form, input] = [root.querySelector("form"), root.querySelector("input[type=search]")];
  const [status, list, retry, suggestions, pistes, more] = ["etat", "resultats", "relance", "suggestions", "pistes", "suite"].map(part);
  const indexAddress = new URL(root.dataset.index, document.baseURI);
  const searchPage = new URL("./", indexAddress);
  const siteRoot = new URL("../", indexAddress);
  const onSearchPage = location.pathname.replace(/index\.html$/, "") === searchPage.pathname;
  const jour = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format();

  let choix = {}; // facet → values
  let combien = onSearchPage ? PORTION : GLIMPSE;
  let worker = null;
  let asked = 0; // number of the last message: answers to older ones are out of date
  let busy = false; // the worker has not answered yet
  let next = null; // what to ask it then: only the last thing typed matters
  let calm = 0;
  let patience = 0;
  let facets = null;
  let view = null; // search-view.js, fetched with the index: a page that nobody searches does without
  let growing = false; // more of the same was asked: what was shown stays
  let settled = null; // the words sent, picked or left with Escape: no suggestion for them any more
  let entered = false; // the words were sent: those typed next are a step that « back » undoes

  function send(message) {
    if (busy) {
      next = message;
      return;
    }
    busy = true;
    next = null;
    asked += 1;
    clearTimeout(patience);
    patience = setTimeout(tire, PATIENCE);
    worker.postMessage({ id: asked, index: indexAddress.href, jour, ...message });
  }

  function start() {
    if (worker) return;
    worker = new Worker(new URL(root.dataset.worker, document.baseURI), { type: "module" });
    worker.addEventListener("error", fail);
    const viewing = import("./search-view.js");
    viewing.catch(fail);
    worker.addEventListener("message", async ({ data }) => {
      if (data.id !== asked) return;
      if (data.erreur) return fail();
      view ??= await viewing.catch(() => null);
      if (!view || data.id !== asked) return;
      if (data.passages) return view.showPassages(list, data.passages);
      clearTimeout(patience);
      busy = false;
      if (next) send(next);
      else if (data.resultat) show(data.resultat);
    });
    send({});
  }

  const query = () => input.value.trim();
  const address = () => writeAddress(searchPage, query(), choix);

  /** Ask for what the field and the facets hold, or empty the page when they hold nothing. push: a step that « back » undoes. */
  function ask({ push = false, more: further = false } = {}) {
    growing = further;
    if (onSearchPage) {
      try {
        if (push && address() !== location.href) history.pushState(null, "", address());
        else history.replaceState(null, "", address());
      } catch {
        // Some browsers refuse too many changes in a short time: the results matter more than the address.
      }
    }
    if (!query() && !Object.keys(choix).length && !facets) return clear();
    start();
    if (query() && !further) say("Recherche en cours…"); // told only if the answer is slow: until then what stands there is of the words before
    send({ q: input.value, choix, combien });
  }

  /** Tell the count once the typing stops; now: what cannot wait. */
  function say(text, { now = false } = {}) {
    clearTimeout(calm);
    if (now) status.textContent = text;
    else calm = setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, CALM); // the same again would be read again
  }

  function clear() {
    asked += 1; // what is still on its way is of no use
    busy = false;
    next = null;
    clearTimeout(patience);
    say("", { now: true });
    hide(list, suggestions, pistes, more, retry);
  }

  /** No more suggestions for these words. */
  function settle(q = input.value) {
    settled = q;
    hide(suggestions);
  }

  /** A change of what is asked starts again from the first results. */
  function change({ push = false, q = input.value, chosen = choix } = {}) {
    if (input.value !== q) input.value = q; // else the caret would jump
    choix = chosen;
    combien = onSearchPage ? PORTION : GLIMPSE;
    ask({ push });
  }

  function show(resultat) {
    hide(retry);
    // An answer that comes late replaces what a keyboard had already reached.
    if (!growing && [suggestions, list].some((part) => part.contains(document.activeElement))) input.focus();
    facets?.update(resultat.facettes);
    view.showSuggestions(suggestions, document.activeElement === input && input.value !== settled ? resultat.suggestions : [], (q) => {
      input.focus();
      settle(q);
      change({ push: true, q });
    });
    say(query() || resultat.etat === "filtres" ? view.sentence(resultat, query(), facets?.tell() ?? "") : "");
    view.showPistes(pistes, resultat, {
      names: facets?.names ?? {},
      // The button goes: focus must be somewhere.
      search: (q) => {
        input.focus();
        settle(q);
        change({ push: true, q });
      },
      loosen: (id) => {
        input.focus();
        settle();
        change({ push: true, chosen: Object.fromEntries(Object.entries(choix).filter(([key]) => key !== id)) });
      },
    });
    view.showResults(list, resultat.pages, siteRoot);
    const left = resultat.total - resultat.pages.length;
    more.hidden = !left || !resultat.pages.length;
    more.href = address();
    const onward = left > 1 ? `Voir les ${Math.min(left, PORTION)} suivants` : "Voir le dernier";
    more.textContent = onSearchPage ? onward : `Voir les ${resultat.total} résultats`;
  }

  /** The answer is long to come: say so and offer another try, without stopping what may be a download on a slow line. */
  function tire() {
    say("La recherche tarde à répondre, peut-être à cause de la connexion. Vous pouvez attendre, réessayer, ou passer par les listes.", { now: true });
    retry.hidden = false;
  }

  /** The search cannot answer: say so, point at the listing pages, offer another try. Typing again tries too. */
  function fail() {
    clearTimeout(patience);
    worker?.terminate();
    worker = null;
    busy = false;
    next = null;
    hide(list, suggestions, pistes, more);
    if (!query() && !facets) return;
    say("La recherche ne répond pas\u00a0: la connexion est coupée, ou votre navigateur est trop ancien. Vous pouvez réessayer, ou passer par les listes.", { now: true });
    retry.hidden = false;
  }

  input.addEventListener("focus", start);
  input.addEventListener("input", () => {
    settled = null;
    change({ push: entered });
    entered = false;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settle();
    entered = true;
    if (!onSearchPage && query()) location.assign(address());
    else change();
  });
  more.addEventListener("click", (event) => {
    if (!onSearchPage) return;
    event.preventDefault();
    const shown = list.children.length;
    combien += PORTION;
    list.addEventListener("recherche-montree", () => list.children[shown]?.querySelector("a").focus(), { once: true });
    ask({ more: true });
  });
  retry.addEventListener("click", () => {
    worker?.terminate();
    worker = null;
    busy = false;
    next = null;
    input.focus();
    hide(retry);
    say("Recherche en cours…", { now: true }); // so that the same failure is told again
    ask();
  });

  // Arrows walk from the field through the suggestions and the results; Escape comes back, then closes, then empties.
  root.addEventListener("keydown", (event) => {
    if (event.isComposing || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const stops = [input, ...root.querySelectorAll("[data-recherche-suggestions] button, [data-recherche-resultats] a, [data-recherche-suite]")]
      .filter((stop) => !stop.closest("[hidden]"));
    const here = stops.indexOf(event.target);
    if (here < 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && stops[here + step]) stops[here + step].focus();
    else if (event.key === "Escape" && here) input.focus();
    else if (event.key === "Escape" && (!suggestions.hidden || (!onSearchPage && !list.hidden))) {
      settle();
      hide(...(onSearchPage ? [] : [list, more]));
    } else if (event.key === "Escape" && input.value) change({ q: "" });
    else return;
    event.preventDefault();
  });

  if (!onSearchPage) return;
  const restore = () => {
    const state = readAddress(location);
    // A link to a part of the page (« Aller au contenu ») is a step too: the same search stays as it is.
    if (writeAddress(searchPage, state.q, state.choix) !== address()) change({ q: state.q, chosen: state.choix });
  };
  addEventListener("popstate", restore);
  restore();
  const { openFacets } = await import("./search-facets-view.js").catch(() => ({})); // without facets there are still results
  facets = openFacets?.(part("facettes"), {
    start: () => ask(),
    chosen: () => choix,
    lost: () => input.focus(),
    choose: (chosen) => change({ push: true, chosen }),
  });
  if (query() || Object.keys(choix).length) ask();
}

function hide(...nodes) {
  for (const node of nodes) node.hidden = true;
}
