/** What the page shows around the questions: its mode, what it announces, what the engine is doing. No decision is taken here. */
import { element, space } from "./dom.js";

export class Ecran {
  /** @param {HTMLElement} racine @param {() => void} onMode called when another mode shows */
  constructor(racine, onMode = () => {}) {
    this.racine = racine;
    this.onMode = onMode;
    addEventListener("beforeprint", () => this.#unfold());
    addEventListener("afterprint", () => this.#fold());
  }

  /** "papier" | "accueil" | "themes" | "bilan" | "progression" */
  get mode() {
    return this.racine.dataset.mode;
  }

  /** Show the parts of a mode; `cible` is a selector of what takes the focus. */
  setMode(mode, cible) {
    this.racine.dataset.mode = mode;
    this.wait(""); // what was said of the former screen holds no more
    for (const part of this.racine.querySelectorAll("[data-modes]")) part.hidden = !part.dataset.modes.split(" ").includes(mode);
    this.onMode();
    if (!cible) return;
    const titre = this.racine.querySelector(cible);
    titre.tabIndex = -1;
    titre.focus({ preventScroll: true });
    titre.scrollIntoView({ block: "start" });
  }

  /** Show or hide all that bears an attribute: what only holds with a plan, with several evaluations, in the short version… */
  toggle(attribut, visible) {
    for (const part of this.racine.querySelectorAll(`[${attribut}]`)) part.hidden = !visible;
  }

  /** For screen readers, and in plain sight: what has just happened. */
  announce(texte) {
    this.#find("annonce").textContent = space(texte);
  }

  /** The visitor waits for the engine on a screen that has nothing else to do: say so, and show its download. */
  wait(texte) {
    this.announce(texte);
    const jauge = this.#find("attente");
    jauge.hidden = !texte || this.mode === "themes";
    jauge.removeAttribute("value");
  }

  /** Something went wrong, with ways on: `{label: action}`. The focus is left where it is. */
  alert(texte, issues = {}) {
    this.wait("");
    const zone = this.#find("alerte");
    zone.replaceChildren(element("p", {}, texte), this.makeButtons(issues));
    zone.hidden = false;
  }

  clearAlert() {
    this.#clear("alerte");
  }

  /** Bring "annonce" or "alerte" in sight, for what cannot wait to be noticed; the focus is left where it is. */
  see(nom) {
    this.#find(nom).scrollIntoView({ block: "nearest" });
  }

  focusAlert() {
    const zone = this.#find("alerte");
    zone.tabIndex = -1;
    zone.focus();
  }

  /** Something to read calmly and to put away: what a file held, what was carried over. `contenu`: nodes. */
  report(contenu, issues = {}) {
    const zone = this.#find("rapport");
    zone.replaceChildren(...contenu, this.makeButtons({ ...issues, "J'ai lu": () => this.clearReport() }));
    zone.hidden = false;
  }

  clearReport() {
    this.#clear("rapport");
  }

  /** The heading of what shows takes the focus, when what had it has just gone. */
  focusTitle() {
    const titre = [...this.racine.querySelectorAll("h2")].find((one) => one.getClientRects().length);
    if (!titre) return;
    titre.tabIndex = -1;
    titre.focus();
  }

  makeButtons(issues) {
    const boutons = Object.entries(issues).map(([label, action]) => element("button", { type: "button", class: "bouton bouton-second", click: () => action() }, label));
    return boutons.length ? element("p", { class: "q-actions" }, boutons) : "";
  }

  /** etat: "start" | "ready" | "off" */
  showEngine(etat) {
    const zone = this.#find("etat-moteur");
    if (etat === "start" && zone.dataset.etatMoteur === "ready") return;
    zone.dataset.etatMoteur = etat;
    zone.hidden = etat !== "start";
    zone.querySelector("progress").removeAttribute("value");
    this.#find("moteur-texte").textContent = space("L'outil de calcul arrive, vous pouvez déjà répondre.");
  }

  /** Bytes of the engine received so far. */
  showProgress(recu, total) {
    for (const jauge of [this.#find("etat-moteur").querySelector("progress"), this.#find("attente")]) jauge.value = recu / total;
    this.#find("moteur-texte").textContent = space(`L'outil de calcul arrive, ${Math.round((100 * recu) / total)} %. Vous pouvez déjà répondre.`);
  }

  /** The note so far, in the engine's own figures; nothing before the first answer. */
  showAdvance({ repondues, etat, note, note_min: min, note_max: max }) {
    const bilan = etat === "note" ? `Note : ${note} / 5` : `Note, pour l'instant : entre ${min} et ${max} / 5`;
    this.#find("provisoire").textContent = repondues && etat !== "non_concerne" ? space(bilan) : "";
  }

  /** Open a dialogue by name; the browser keeps the focus in it and gives it back. */
  openDialogue(nom) {
    const dialogue = this.racine.querySelector(`[data-dialogue=${nom}]`);
    dialogue.showModal();
    return dialogue;
  }

  closeDialogue() {
    this.racine.querySelector("dialog[open]")?.close();
  }

  /** Empty and hide a zone; the heading takes the focus if it was there. */
  #clear(nom) {
    const zone = this.#find(nom);
    const focused = zone.contains(document.activeElement);
    zone.replaceChildren();
    zone.hidden = true;
    if (focused) this.focusTitle();
  }

  #find(nom) {
    return this.racine.querySelector(`[data-${nom}]`);
  }

  /** Paper cannot be unfolded. */
  #unfold() {
    for (const details of this.racine.querySelectorAll("[data-bilan] details:not([open]), [data-papiers]:not([open])")) {
      details.open = true;
      details.dataset.replier = "";
    }
  }

  #fold() {
    for (const details of this.racine.querySelectorAll("[data-replier]")) {
      details.open = false;
      delete details.dataset.replier;
    }
  }
}
