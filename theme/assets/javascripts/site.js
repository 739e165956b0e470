/**
 * The only script of a content page: folds the menu on small screens.
 *
 * State lives in `aria-expanded`, which the style sheet reads: one truth for eyes and for screen readers.
 * No single-key shortcut here: WCAG 2.1.4 asks for a way to turn those off, and the search link is one Tab away.
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
