/**
 * The evaluation under way: every change goes through here, and is saved when the visitor chose so.
 *
 * A refused write never loses anything: it stays in memory, saving pauses, and `onTrouble` says why.
 */
import { mergeProfil, today } from "./evaluation.js";
import { newId, read, save } from "./store.js";

export class Session {
  #file = Promise.resolve();
  #pause = false;
  #sauf = true; // everything is in a file or in the browser's storage

  /**
   * @param {object} evaluation
   * @param {{garde: boolean, id?: string, rev?: number, onTrouble: (code: string) => void}} options
   *   garde: save in this browser; id, rev: of the record that `evaluation` was read from
   */
  constructor(evaluation, { garde, id = newId(), rev = 0, onTrouble }) {
    this.evaluation = evaluation;
    this.garde = garde;
    this.id = id;
    this.rev = rev;
    this.onTrouble = onTrouble;
  }

  /** True when closing the page would lose something. */
  get atRisk() {
    return !this.#sauf;
  }

  /** Record an answer, or its removal (null). */
  answer(question, reponse) {
    this.#put("reponses", question, reponse);
    this.evaluation.date = today();
    this.#touch();
  }

  /** The visitor's own words about a question; empty removes them. */
  setNote(question, texte) {
    this.#put("notes", question, texte.trim() ? texte : null);
    this.#touch();
  }

  /** An entry of the plan d'action, or its removal (null). */
  setPlan(question, entree) {
    this.#put("plan", question, entree);
    this.#touch();
  }

  /** Facts of the profile to add, change or forget (null). */
  setProfil(patch) {
    this.evaluation.profil = mergeProfil(this.evaluation.profil, patch);
    this.evaluation.date = today();
    this.#touch();
  }

  /** "court" | "complet" */
  setParcours(parcours) {
    this.evaluation.parcours = parcours;
    this.#touch();
  }

  rename(nom) {
    if (nom) this.evaluation.nom = nom;
    else delete this.evaluation.nom;
    this.#touch();
  }

  /** Put another content in the same evaluation, after a migration. */
  replace(evaluation) {
    this.evaluation = evaluation;
    this.#touch();
  }

  /** Save now what came from elsewhere: a file, an earlier evaluation. */
  keep() {
    this.#touch();
    return this.#file;
  }

  /** Resolves once the write under way, if any, is over. */
  settle() {
    return this.#file;
  }

  /** Everything has just been handed over as a file. */
  markSafe() {
    this.#sauf = true;
  }

  /** After a conflict, keep this page's answers: the other ones are overwritten, on purpose. */
  async overwrite() {
    this.rev = (await read(this.id).catch((erreur) => (erreur.code === "efface" ? null : Promise.reject(erreur))))?.rev ?? 0;
    this.#pause = false;
    this.garde = true;
    await this.#save();
  }

  /** Go on without saving; resolves once the write under way, if any, is over. */
  stopSaving() {
    this.garde = false;
    return this.settle();
  }

  #put(champ, cle, valeur) {
    this.evaluation[champ] ??= {};
    if (valeur === null) delete this.evaluation[champ][cle];
    else this.evaluation[champ][cle] = valeur;
    if (champ !== "reponses" && Object.keys(this.evaluation[champ]).length === 0) delete this.evaluation[champ];
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
        this.rev = await save({ id: this.id, questionnaire: copie.questionnaire.id, evaluation: copie }, this.rev);
        this.#sauf = JSON.stringify(copie) === JSON.stringify(this.evaluation);
      } catch (erreur) {
        this.#pause = true;
        this.onTrouble(erreur.code ?? "refus");
      }
    });
    return this.#file;
  }
}
