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
   * @param {(question: string, texte: string) => void} onNote
   * @param {(theme: string) => void} onShow called when another theme shows
   */
  constructor(racine, onAnswer, onNote, onShow) {
    this.racine = racine;
    this.onAnswer = onAnswer;
    this.onShow = onShow;
    this.#themes = [...racine.querySelectorAll("[data-theme]")].map((section, rang) => ({
      id: section.dataset.theme,
      rang,
      section,
      titre: section.querySelector("h2"),
      questions: [...section.querySelectorAll("[data-question]")],
    }));
    const zone = racine.querySelector(".q-themes");
    zone.addEventListener("input", ({ target }) => {
      if ("note" in target.dataset) onNote(target.closest("[data-question]").dataset.question, target.value);
      else this.#read(target);
    });
    zone.addEventListener("click", ({ target }) => {
      if (target.closest("[data-action=vider]")) this.#clear(target.closest("[data-question]"));
    });
    for (const lien of racine.querySelectorAll("[data-aller]")) {
      lien.addEventListener("click", (event) => {
        event.preventDefault();
        this.show(lien.dataset.aller);
      });
    }
  }

  /** Show the answers and notes of `evaluation`, all others blank, and hide what its public and its version do not see. */
  write({ profil, reponses, notes = {}, parcours = "complet" }) {
    this.racine.dataset.parcours = parcours;
    for (const fieldset of this.#all()) {
      const id = fieldset.dataset.question;
      const publics = fieldset.dataset.publics.split(" ").filter(Boolean);
      fieldset.hidden = publics.length > 0 && profil.public !== null && !publics.includes(profil.public);
      // An answer to an earlier wording stays in the file; it is not shown as an answer to this one.
      writeAnswer(fieldset, reponses[id]?.revision === Number(fieldset.dataset.revision) ? reponses[id] : null);
      const carnet = fieldset.querySelector("[data-carnet]");
      carnet.querySelector("[data-note]").value = notes[id] ?? "";
      carnet.open = Boolean(notes[id]);
    }
    this.refresh();
  }

  /** The answers on the page: `{question: answer}`, blank ones left out. */
  read() {
    const pairs = this.#all().map((fieldset) => [fieldset.dataset.question, readAnswer(fieldset)]);
    return Object.fromEntries(pairs.filter(([, answer]) => answer !== null));
  }

  /** Where to go on: the first theme with a question left, or the first that has one at all. */
  get nextTheme() {
    const open = (theme) => this.#asked(theme).some((fieldset) => readAnswer(fieldset) === null);
    return (this.#themes.find(open) ?? this.#reachable()[0] ?? this.#themes[0]).id;
  }

  /** Hide exactly the questions that the engine says are hidden; those of the other version are left as they are. */
  applyStates(bilan) {
    const masquees = new Set(bilan.themes.flatMap((theme) => theme.questions).filter(({ etat }) => etat === "masquee").map(({ id }) => id));
    for (const fieldset of this.#all()) if (this.#counts(fieldset)) fieldset.hidden = masquees.has(fieldset.dataset.question);
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
    this.racine.querySelector("[data-sommaire]").open = matchMedia("(min-width: 60em)").matches; // beside the theme, or folded above it
    this.refresh();
    this.onShow(id);
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

  /** `pas`: -1 or 1; themes without any question for this visitor are passed over. */
  move(pas) {
    this.show(this.#next(pas).id);
  }

  /** Say where we are and what is left, from what is on the screen. */
  refresh() {
    let [total, faites] = [0, 0];
    for (const theme of this.#themes) {
      const { posees, reste } = this.#refreshTheme(theme);
      total += posees;
      faites += posees - reste;
    }
    this.racine.querySelector("[data-avancement]").textContent = space(`${faites} réponse${faites > 1 ? "s" : ""} sur ${total} question${total > 1 ? "s" : ""}`);
    this.racine.querySelector("[data-progres]").value = total ? faites / total : 0;
    const suite = this.#next(1);
    this.racine.querySelector("[data-action=precedent]").hidden = !this.#next(-1);
    this.racine.querySelector("[data-action=suivant]").hidden = !suite;
    if (suite) this.racine.querySelector("[data-action=suivant]").textContent = space(`Suite : ${suite.titre.textContent}`);
    this.racine.querySelector(".q-pied [data-action=bilan]").classList.toggle("bouton-second", Boolean(suite));
  }

  #refreshTheme(theme) {
    const asked = this.#asked(theme);
    const reste = asked.filter((fieldset) => readAnswer(fieldset) === null).length;
    const reachable = this.#reachable();
    const rang = reachable.indexOf(theme) + 1;
    theme.section.querySelector("[data-rang]").textContent = space(`${rang ? `Thème ${rang} sur ${reachable.length}, ` : ""}${left(asked.length, reste)}`);
    const vide = theme.section.querySelector("[data-vide]");
    vide.hidden = asked.length > 0;
    vide.textContent = space(this.racine.dataset.parcours === "court" ? EMPTY.court : EMPTY.complet);
    const lien = this.racine.querySelector(`[data-aller="${theme.id}"]`);
    if (theme.rang === this.#courant) lien.setAttribute("aria-current", "step");
    else lien.removeAttribute("aria-current");
    this.racine.querySelector(`[data-etat-theme="${theme.id}"]`).textContent = left(asked.length, reste);
    return { posees: asked.length, reste };
  }

  #all() {
    return this.#themes.flatMap(({ questions }) => questions);
  }

  /** False for what the short version leaves out: the style sheet hides it. */
  #counts(fieldset) {
    return this.racine.dataset.parcours !== "court" || "court" in fieldset.dataset;
  }

  #asked({ questions }) {
    return questions.filter((fieldset) => !fieldset.hidden && this.#counts(fieldset));
  }

  #reachable() {
    return this.#themes.filter((theme) => this.#asked(theme).length > 0);
  }

  #next(pas) {
    const suite = pas > 0 ? this.#themes.slice(this.#courant + 1) : this.#themes.slice(0, this.#courant).reverse();
    return suite.find((theme) => this.#asked(theme).length > 0);
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

const EMPTY = {
  court: "La version courte ne pose aucune question de ce thème, ou aucune ne vous concerne.",
  complet: "D'après votre profil, aucune question de ce thème ne vous concerne. Il ne compte pas dans votre note.",
};

function left(total, reste) {
  if (total === 0) return "aucune question pour vous";
  if (reste === 0) return "toutes les questions ont une réponse";
  return reste === 1 ? "1 question restante" : `${reste} questions restantes`;
}
