/**
 * The start screen: who answers, whether to save, and an earlier evaluation to take up again. Nothing is stored from here.
 */
import { element } from "./dom.js";
import { isDay, showDate } from "./evaluation.js";
import { StoreError, exists, read } from "./store.js";

export class StartScreen {
  #enregistree = null; // what the browser kept: {evaluation, rev}
  #decision = null; // "recommencer" once the visitor said so

  /** @param {HTMLElement} racine @param {(record: {evaluation: object, rev: number}) => void} onResume */
  constructor(racine, onResume) {
    this.racine = racine;
    this.onResume = onResume;
  }

  /** Propose what this browser kept, if it can be known without creating anything. */
  async look() {
    if ((await exists()) === true) await this.#offer();
  }

  /**
   * What the visitor chose, once complete: `{public, effectif, garde, recommencer}`; null when something is missing,
   * or when an evaluation kept here calls for a decision first. The focus then stands where to go on.
   */
  async read() {
    const publique = this.#checked("public");
    const garde = this.#checked("garde");
    const effectif = this.racine.querySelector("#q-effectif");
    const wrong = [
      this.#flag("public", publique === null, this.racine.querySelector("[name=q-public]")),
      this.#flag("effectif", !effectif.checkValidity(), effectif),
      this.#flag("garde", garde === null, this.racine.querySelector("[name=q-garde]")),
    ].filter(Boolean);
    if (wrong.length) return void wrong[0].focus() ?? null;
    if (garde === "oui" && this.#decision === null && ((await exists()) === false || !(await this.#offer()))) this.#decision = "neuf";
    if (garde === "oui" && this.#decision === null) return void this.racine.querySelector("[data-reprise]").focus() ?? null;
    return {
      public: publique || null,
      effectif: effectif.value === "" ? null : Number(effectif.value),
      garde: garde === "oui",
      recommencer: this.#decision === "recommencer",
    };
  }

  /** Show the profile of a file that was read. */
  write({ profil }) {
    for (const radio of this.racine.querySelectorAll("[name=q-public]")) radio.checked = radio.value === (profil.public ?? "");
    this.racine.querySelector("#q-effectif").value = Number.isInteger(profil.effectif) ? profil.effectif : "";
  }

  /** Forget the choices, after « Tout effacer ». */
  reset() {
    this.#enregistree = null;
    this.#decision = null;
    this.racine.querySelector("[data-reprise]").hidden = true;
    for (const input of this.racine.querySelectorAll("[data-modes=accueil] input")) {
      if (input.type === "radio") input.checked = false;
      else input.value = "";
    }
  }

  /** Show the proposal; true when there is one. A storage that refuses to be read proposes nothing: the session says so if it matters. */
  async #offer() {
    try {
      this.#enregistree ??= await read(this.racine.dataset.questionnaire);
    } catch (erreur) {
      if (!(erreur instanceof StoreError)) throw erreur;
    }
    if (!this.#enregistree) return false;
    const zone = this.racine.querySelector("[data-reprise]");
    zone.replaceChildren(
      element("p", {}, "Une évaluation est enregistrée sur cet appareil."),
      element(
        "p",
        { class: "q-actions" },
        element("button", { type: "button", class: "bouton", click: () => this.onResume(this.#enregistree) }, `Reprendre l'évaluation${sayDate(this.#enregistree)}`),
        element("button", { type: "button", class: "bouton bouton-second", click: () => this.#restart(zone) }, "Recommencer"),
      ),
    );
    zone.hidden = false;
    return true;
  }

  #restart(zone) {
    this.#decision = "recommencer";
    zone.replaceChildren(element("p", {}, "L'évaluation enregistrée sera remplacée quand vous appuierez sur « Commencer »."));
    zone.focus();
  }

  #checked(champ) {
    return this.racine.querySelector(`[name=q-${champ}]:checked`)?.value ?? null;
  }

  /** Show or hide the error of a field, tie it to its inputs; the input to focus when wrong. */
  #flag(champ, wrong, input) {
    const erreur = this.racine.querySelector(`#q-${champ}-erreur`);
    erreur.hidden = !wrong;
    for (const one of input.type === "radio" ? this.racine.querySelectorAll(`[name=${input.name}]`) : [input]) {
      one.setAttribute("aria-describedby", wrong ? `q-${champ}-erreur q-${champ}-aide` : `q-${champ}-aide`);
      if (one.type !== "radio") one.setAttribute("aria-invalid", String(wrong));
    }
    return wrong ? input : null;
  }
}

/** « du 21 novembre 2026 », or nothing for a record that another program spoilt: it is told when it is opened, and may be replaced. */
function sayDate({ evaluation }) {
  return isDay(evaluation?.date) ? ` du ${showDate(evaluation.date)}` : "";
}
