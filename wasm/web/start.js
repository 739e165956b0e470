/**
 * The start screen: which version, who answers, whether to save. Nothing is stored nor fetched from here.
 */
import { ProfilFields } from "./profil.js";

const VIERGE = { public: null, effectif: null, secteur: null, zones: [] };

export class StartScreen {
  #profil;

  /** @param {HTMLElement} racine the .questionnaire element */
  constructor(racine) {
    this.racine = racine;
    this.#profil = new ProfilFields(racine, racine.querySelector("[data-profil-accueil]"));
    for (const radio of this.#radios("garde")) radio.addEventListener("change", () => this.#flagKeep(false));
    this.reset();
  }

  /**
   * What the visitor chose, once complete: `{parcours, profil, garde}`; null when something is missing, which then takes the focus.
   * parcours: "court", "complet", or null where there is no short version.
   */
  read() {
    const garde = this.#radios("garde").find(({ checked }) => checked)?.value ?? null;
    this.#flagKeep(garde === null);
    const profil = this.#profil.read(); // takes the focus when it lacks something
    if (profil && garde === null) this.#radios("garde")[0].focus();
    if (!profil || garde === null) return null;
    return { parcours: this.#radios("parcours").find(({ checked }) => checked)?.value ?? null, profil, garde: garde === "oui" };
  }

  /** Show the profile and the version of a file that was read. */
  write({ profil, parcours = "complet" }) {
    this.#profil.show(profil, true);
    for (const radio of this.#radios("parcours")) radio.checked = radio.value === parcours;
  }

  /** Forget the choices, after « Tout effacer ». */
  reset() {
    this.#profil.show(VIERGE);
    for (const radio of this.#radios("garde")) radio.checked = false;
    for (const radio of this.#radios("parcours")) radio.checked = radio.defaultChecked;
    this.#flagKeep(false);
  }

  #radios(nom) {
    return [...this.racine.querySelectorAll(`[name=q-${nom}]`)];
  }

  #flagKeep(faux) {
    this.racine.querySelector("#q-garde-erreur").hidden = !faux;
    for (const radio of this.#radios("garde")) radio.setAttribute("aria-describedby", faux ? "q-garde-erreur q-garde-aide" : "q-garde-aide");
  }
}
