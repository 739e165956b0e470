/**
 * The form once « Commencer » is pressed: one theme per screen, what is left, which questions show.
 *
 * It reads and writes inputs and reports each answer; it never waits for the engine and knows nothing of scores.
 */
import { readAnswer, settle, writeAnswer } from "./answers.js";
import { space } from "./dom.js";

export class Form {
  #themes;
  #courant = 0;

  /**
   * @param {HTMLElement} racine the .questionnaire element
   * @param {(question: string, answer: object|null) => void} onAnswer
   */
  constructor(racine, onAnswer) {
    this.racine = racine;
    this.onAnswer = onAnswer;
    this.#themes = [...racine.querySelectorAll("[data-theme]")].map((section, rang) => ({
      id: section.dataset.theme,
      rang,
      section,
      titre: section.querySelector("h2"),
      questions: [...section.querySelectorAll("[data-question]")],
    }));
    const listen = (event) => this.#read(event.target);
    racine.querySelector(".q-themes").addEventListener("input", listen);
    racine.querySelector(".q-themes").addEventListener("click", ({ target }) => {
      if (target.closest("[data-action=vider]")) this.#clear(target.closest("[data-question]"));
    });
    for (const lien of racine.querySelectorAll("[data-aller]")) {
      lien.addEventListener("click", (event) => {
        event.preventDefault();
        this.show(lien.dataset.aller);
      });
    }
  }

  /** Show the answers of `evaluation`, all others blank, and hide what its public does not see. */
  write({ profil, reponses }) {
    for (const fieldset of this.#all()) {
      const publics = fieldset.dataset.publics.split(" ").filter(Boolean);
      fieldset.hidden = publics.length > 0 && profil.public !== null && !publics.includes(profil.public);
      const reponse = reponses[fieldset.dataset.question];
      // An answer to an earlier wording stays in the file; it is not shown as an answer to this one.
      writeAnswer(fieldset, reponse?.revision === Number(fieldset.dataset.revision) ? reponse : null);
    }
    this.refresh();
  }

  /** The answers on the page: `{question: answer}`, blank ones left out. */
  read() {
    const pairs = this.#all().map((fieldset) => [fieldset.dataset.question, readAnswer(fieldset)]);
    return Object.fromEntries(pairs.filter(([, answer]) => answer !== null));
  }

  /** Where to go on: the first theme with a question left, or the first of all. */
  get nextTheme() {
    const open = ({ questions }) => questions.some((fieldset) => !fieldset.hidden && readAnswer(fieldset) === null);
    return (this.#themes.find(open) ?? this.#themes[0]).id;
  }

  /** Hide exactly the questions that the engine says are hidden. */
  applyStates(bilan) {
    const masquees = new Set(bilan.themes.flatMap((theme) => theme.questions).filter(({ etat }) => etat === "masquee").map(({ id }) => id));
    for (const fieldset of this.#all()) fieldset.hidden = masquees.has(fieldset.dataset.question);
    this.refresh();
  }

  /** All themes at once, for paper. */
  showAll() {
    for (const { section } of this.#themes) section.hidden = false;
    for (const fieldset of this.#all()) fieldset.hidden = false;
  }

  /** Go to a theme (id, or the current one): its heading takes the focus, its place in the list comes on the screen with it. */
  show(id = this.#themes[this.#courant].id) {
    this.#courant = this.#themes.findIndex((theme) => theme.id === id);
    for (const theme of this.#themes) theme.section.hidden = theme.rang !== this.#courant;
    this.racine.querySelector("[data-plan]").open = matchMedia("(min-width: 60em)").matches; // beside the theme, or folded above it
    this.refresh();
    const { titre, section } = this.#themes[this.#courant];
    titre.focus({ preventScroll: true });
    section.scrollIntoView({ block: "start" });
  }

  /** Go to a question, focus on its frame. */
  showQuestion(id) {
    const theme = this.#themes.find(({ questions }) => questions.some((fieldset) => fieldset.dataset.question === id));
    this.show(theme.id);
    const fieldset = theme.questions.find((one) => one.dataset.question === id);
    fieldset.focus({ preventScroll: true });
    fieldset.scrollIntoView({ block: "start" });
  }

  /** `pas`: -1 or 1. */
  move(pas) {
    this.show(this.#themes[this.#courant + pas].id);
  }

  /** Say where we are and what is left, from what is on the screen. */
  refresh() {
    for (const theme of this.#themes) {
      const visibles = theme.questions.filter((fieldset) => !fieldset.hidden);
      const reste = visibles.filter((fieldset) => readAnswer(fieldset) === null).length;
      theme.section.querySelector("[data-rang]").textContent = space(`Thème ${theme.rang + 1} sur ${this.#themes.length}, ${left(visibles.length, reste)}`);
      theme.section.querySelector("[data-vide]").hidden = visibles.length > 0;
      const lien = this.racine.querySelector(`[data-aller="${theme.id}"]`);
      if (theme.rang === this.#courant) lien.setAttribute("aria-current", "step");
      else lien.removeAttribute("aria-current");
      this.racine.querySelector(`[data-etat-theme="${theme.id}"]`).textContent = left(visibles.length, reste);
    }
    this.racine.querySelector("[data-action=precedent]").hidden = this.#courant === 0;
    this.racine.querySelector("[data-action=suivant]").hidden = this.#courant === this.#themes.length - 1;
  }

  #all() {
    return this.#themes.flatMap(({ questions }) => questions);
  }

  #read(input) {
    const fieldset = input.closest("[data-question]");
    settle(fieldset, input);
    this.onAnswer(fieldset.dataset.question, readAnswer(fieldset));
    this.refresh();
  }

  #clear(fieldset) {
    writeAnswer(fieldset, null);
    fieldset.querySelector("input").focus(); // the button that had the focus has just gone
    this.onAnswer(fieldset.dataset.question, null);
    this.refresh();
  }
}

function left(total, reste) {
  if (total === 0) return "aucune question pour vous";
  if (reste === 0) return "toutes les questions ont une réponse";
  return reste === 1 ? "1 question restante" : `${reste} questions restantes`;
}
