/** What the page shows around the questions: its mode, what it announces, what the engine is doing. No decision is taken here. */
import { element, space } from "./dom.js";

export class Ecran {
  constructor(racine) {
    this.racine = racine;
    addEventListener("beforeprint", () => this.#unfold());
    addEventListener("afterprint", () => this.#fold());
  }

  /** "papier" | "accueil" | "themes" | "bilan" */
  get mode() {
    return this.racine.dataset.mode;
  }

  /** Show the parts of a mode; `cible` is a selector of what takes the focus. */
  setMode(mode, cible) {
    this.racine.dataset.mode = mode;
    for (const part of this.racine.querySelectorAll("[data-modes]")) part.hidden = !part.dataset.modes.split(" ").includes(mode);
    if (!cible) return;
    const titre = this.racine.querySelector(cible);
    titre.tabIndex = -1;
    titre.focus({ preventScroll: true });
    titre.scrollIntoView({ block: "start" });
  }

  /** For screen readers, and in plain sight: what has just happened. */
  announce(texte) {
    this.#find("annonce").textContent = space(texte);
  }

  /** Something went wrong, with ways on: `{label: action}`. The focus is left where it is. */
  alert(texte, issues = {}) {
    this.announce("");
    const boutons = Object.entries(issues).map(([label, action]) => element("button", { type: "button", class: "bouton bouton-second", click: () => action() }, label));
    const zone = this.#find("alerte");
    zone.replaceChildren(element("p", {}, texte), boutons.length ? element("p", { class: "q-actions" }, boutons) : "");
    zone.hidden = false;
  }

  clearAlert() {
    const zone = this.#find("alerte");
    const focused = zone.contains(document.activeElement);
    zone.replaceChildren();
    zone.hidden = true;
    if (focused) this.racine.querySelector("[data-theme]:not([hidden]) h2, [data-bilan] h2")?.focus();
  }

  focusAlert() {
    const zone = this.#find("alerte");
    zone.tabIndex = -1;
    zone.focus();
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
    this.#find("etat-moteur").querySelector("progress").value = recu / total;
    this.#find("moteur-texte").textContent = space(`L'outil de calcul arrive, ${Math.round((100 * recu) / total)} %. Vous pouvez déjà répondre.`);
  }

  /** The whole so far, in the engine's own figures. */
  showAdvance({ repondues, applicables, etat, note, note_min: min, note_max: max }) {
    const bilan = etat === "note" ? `Note : ${note} / 5.` : `Pour l'instant : entre ${min} et ${max} / 5.`;
    this.#find("avancement").textContent = space(`${repondues} réponse${repondues > 1 ? "s" : ""} sur ${applicables} questions. ${repondues ? bilan : ""}`.trim());
  }

  #find(nom) {
    return this.racine.querySelector(`[data-${nom}]`);
  }

  /** Paper cannot be unfolded. */
  #unfold() {
    for (const details of this.racine.querySelectorAll("[data-bilan] details:not([open])")) {
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
