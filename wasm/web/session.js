/**
 * The evaluation under way: every answer goes through here, is dated, and is saved when the visitor chose so.
 *
 * A refused write never loses an answer: it stays in memory, saving pauses, and `onTrouble` says why.
 */
import { download, today } from "./evaluation.js";
import { read, save } from "./store.js";

export class Session {
  #file = Promise.resolve();
  #pause = false;
  #sauf = true; // everything is in a file or in the browser's storage

  /**
   * @param {object} evaluation
   * @param {{garde: boolean, rev?: number, onTrouble: (code: string) => void}} options
   *   garde: save in this browser; rev: revision of the record that `evaluation` was read from
   */
  constructor(evaluation, { garde, rev = 0, onTrouble }) {
    this.evaluation = evaluation;
    this.garde = garde;
    this.rev = rev;
    this.onTrouble = onTrouble;
  }

  /** True when closing the page would lose answers. */
  get atRisk() {
    return !this.#sauf;
  }

  /** Record an answer, or its removal (null). */
  answer(question, reponse) {
    if (reponse === null) delete this.evaluation.reponses[question];
    else this.evaluation.reponses[question] = reponse;
    this.evaluation.date = today();
    this.#touch();
  }

  /** Replace everything, after a file was read; returns what was there before. */
  replace(evaluation) {
    const avant = this.evaluation;
    this.evaluation = evaluation;
    this.#touch();
    return avant;
  }

  download() {
    download(this.evaluation);
    this.#sauf = true;
  }

  /** After a conflict, keep this page's answers: the other ones are overwritten, on purpose. */
  async overwrite() {
    this.rev = (await read(this.evaluation.questionnaire.id))?.rev ?? 0;
    this.#pause = false;
    this.garde = true;
    await this.#save();
  }

  /** Go on without saving; resolves once the write under way, if any, is over. */
  stopSaving() {
    this.garde = false;
    return this.#file;
  }

  #touch() {
    this.#sauf = false;
    if (this.garde && !this.#pause) this.#save();
  }

  #save() {
    this.#file = this.#file.then(async () => {
      if (this.#pause || !this.garde) return;
      const copie = structuredClone(this.evaluation);
      try {
        this.rev = await save(copie.questionnaire.id, copie, this.rev);
        this.#sauf = JSON.stringify(copie) === JSON.stringify(this.evaluation);
      } catch (erreur) {
        this.#pause = true;
        this.onTrouble(erreur.code ?? "refus");
      }
    });
    return this.#file;
  }
}
