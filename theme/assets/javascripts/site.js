/**
 * The only script of a content page: folds the menu on small screens, takes « / » to the search, and mends the states that have
 * aged since the build.
 *
 * State lives in `aria-expanded`, which the style sheet reads: one truth for eyes and for screen readers.
 */
const button = document.querySelector(".bouton-menu");
const menu = document.getElementById("menu");

const isOpen = () => button.getAttribute("aria-expanded") === "true";
const setOpen = (open) => button.setAttribute("aria-expanded", String(open));

button.addEventListener("click", () => setOpen(!isOpen()));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !isOpen()) return;
  setOpen(false);
  button.focus();
});

// A menu left open behind the reader hides the page: it closes when focus or a press goes elsewhere.
for (const type of ["focusin", "pointerdown"]) {
  document.addEventListener(type, ({ target }) => {
    if (isOpen() && !menu.contains(target) && !button.contains(target)) setOpen(false);
  });
}

// Only on a page that this device keeps, once the visitor has asked for it on « Hors connexion »: says it, and proposes newer versions.
const worker = new URL("../../service-worker.js", import.meta.url).href;
if (navigator.serviceWorker?.controller?.scriptURL === worker) import("../web/hors-ligne-avis.js").catch(() => {}); // the page is being left

// « / » leads to the search from everywhere. WCAG 2.1.4: a shortcut of one key can be turned off, on the search page; that choice
// is the only thing kept in this browser, and only once it is made.
const SHORTCUT = "etabli-raccourci";
const shortcutIsOff = () => {
  try {
    return localStorage.getItem(SHORTCUT) === "non";
  } catch {
    return false; // a browser that refuses to keep anything
  }
};

document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey, defaultPrevented } = event;
  if (key !== "/" || ctrlKey || metaKey || altKey || defaultPrevented || shortcutIsOff()) return;
  if (target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const field = document.getElementById("recherche-champ");
  if (field) field.focus();
  else location.assign(`${document.querySelector(".menu-recherche a").href}#recherche-champ`);
});

const shortcut = document.querySelector("[data-raccourci]");
if (shortcut) {
  const box = shortcut.querySelector("input");
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(SHORTCUT);
      else localStorage.setItem(SHORTCUT, "non");
    } catch {
      // The choice cannot be kept here: the box says what is.
    }
    box.checked = !shortcutIsOff();
  });
  box.checked = !shortcutIsOff();
  shortcut.hidden = false;
  if (location.hash === "#recherche-champ") document.getElementById("recherche-champ").focus();
}

// A page may be read long after it was built: what has closed or opened since is said so, from the dates that it carries.
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris" }).format(); // 2026-11-21
const inWords = (day) => new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day)).replace(/^1 /, "1er ");

/** What the dates alone say today; the same as `find_ouverture` in hooks/etabli/phrases.py. */
export function openingOf({ ouverture, cloture }) {
  if (cloture && cloture < today) return ["clos", `Clos depuis le ${inWords(cloture)}`];
  if (ouverture && ouverture > today) return ["a-venir", `Ouvre le ${inWords(ouverture)}`];
  return cloture ? ["ouvert", `Ouvert jusqu\u2019au ${inWords(cloture)}`] : ["permanent", "Sans date limite connue"];
}

/** The same, unless it is open and its facts are to be checked; as `find_statut`. */
function stateOf(data) {
  const [code, words] = openingOf(data);
  const doubtful = "confirmer" in data || data.relire < today;
  return doubtful && ["ouvert", "permanent"].includes(code) ? ["a-verifier", "À vérifier"] : [code, words];
}

// A state only moves forward: a clock that is behind the build changes nothing.
const AGE = { "a-venir": 0, ouvert: 1, permanent: 1, "a-verifier": 2, clos: 3 };

for (const badge of document.querySelectorAll(".statut[data-cloture], .statut[data-ouverture], .statut[data-relire]")) {
  const code = [...badge.classList].find((name) => name.startsWith("statut-")).slice("statut-".length);
  const [aged, words] = stateOf(badge.dataset);
  if (AGE[aged] <= AGE[code]) continue;
  badge.classList.replace(`statut-${code}`, `statut-${aged}`);
  badge.textContent = words;
}

// The same in « En bref », which says what the dates alone say.
for (const quand of document.querySelectorAll(".quand")) {
  const [aged, words] = openingOf(quand.dataset);
  if (aged === "clos" || (aged !== "a-venir" && quand.textContent.startsWith("Ouvre"))) quand.textContent = words;
}
