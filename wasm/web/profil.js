/**
 * The profile as a group of fields: the start screen and « Modifier mon profil » show the same ones.
 *
 * It holds a draft and says what is wrong; whoever opened it decides when the draft becomes the profile.
 */
import { flag, makeField } from "./champs.js";
import { space } from "./dom.js";
import { mergeProfil } from "./evaluation.js";

const FAITS = ["effectif", "secteur", "zones"];

export class ProfilFields {
  #dit; // true once a public was chosen, « je préfère ne pas dire » included

  /**
   * @param {HTMLElement} racine the .questionnaire element
   * @param {HTMLElement} zone where the fields go: it has a [data-profil-public] and a [data-profil-reste]
   */
  constructor(racine, zone) {
    this.racine = racine;
    this.zone = zone;
  }

  /** Show `profil`; `dit`: its public, even unknown, is a choice already made. */
  show(profil, dit = false) {
    this.draft = structuredClone(profil);
    this.#dit = dit || profil.public !== null;
    this.zone.querySelector("[data-profil-public]").replaceChildren(this.#field("public"));
    this.zone.querySelector("[data-profil-reste]").replaceChildren(...FAITS.map((fait) => this.#field(fait)));
    if (this.#dit && profil.public === null) this.zone.querySelector("[data-champ=public] input[value='']").checked = true;
    this.#showTerritoire();
  }

  /** The profile as it stands in the fields, or null when something is wrong: it is then said, and takes the focus. */
  read() {
    const publique = this.zone.querySelector("[data-champ=public]");
    if (!this.#dit) for (const radio of publique.querySelectorAll("input")) flag(publique, radio, true);
    const fautif = this.#dit ? (this.zone.querySelector("[aria-invalid=true]") ?? findUnchosen(this.zone)) : publique.querySelector("input");
    fautif?.focus();
    return fautif ? null : this.draft;
  }

  #field(fait) {
    return makeField(fait, { racine: this.racine, profil: this.draft }, (patch) => this.#take(patch));
  }

  #take(patch) {
    this.draft = mergeProfil(this.draft, patch);
    if ("public" in patch) this.#dit = true;
    if ("zones" in patch) this.#showTerritoire();
  }

  /** A Territoire d'industrie is asked for once the région is known: there are too many otherwise. */
  #showTerritoire() {
    const reste = this.zone.querySelector("[data-profil-reste]");
    reste.querySelector("[data-champ=territoire_industrie]")?.remove();
    if (this.draft.zones.some((zone) => zone.startsWith("REG-"))) reste.append(this.#field("territoire_industrie") ?? "");
  }
}

/** The field of the commune, when a name was typed and none was chosen: it would be forgotten without a word. */
function findUnchosen(zone) {
  const saisie = zone.querySelector("[data-champ=zones] input[type=search]");
  if (!saisie?.offsetParent || !saisie.value.trim()) return null;
  zone.querySelector("[data-champ=zones] [data-etat]").textContent = space("Choisissez votre commune dans la liste, ou videz ce champ.");
  return saisie;
}
