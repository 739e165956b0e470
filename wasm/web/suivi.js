/**
 * The plan d'action as this page follows it: every button that adds an action and the section that shows them stand on the same entries.
 * What is kept goes through `contexte.setPlan`; this copy only spares the views from waiting for it.
 */
import { element, space } from "./dom.js";
import { today } from "./evaluation.js";

export class Suivi {
  #entrees;
  #rappels = [];

  /** @param {{evaluation: object, setPlan: (question: string, entry: object|null) => void}} contexte */
  constructor({ evaluation, setPlan }) {
    this.#entrees = new Map(Object.entries(evaluation.plan ?? {}));
    this.setPlan = setPlan;
  }

  /** `[question, entry]` pairs, the nearest échéance first, those without a date last. */
  list() {
    return [...this.#entrees].sort(([, a], [, b]) => (a.echeance ?? "9").localeCompare(b.echeance ?? "9"));
  }

  get(question) {
    return this.#entrees.get(question) ?? null;
  }

  /** Keep an entry, or take it away (null). `raison` tells those who listen what to do again: "liste" or "champ". */
  set(question, entree, raison = "liste") {
    if (entree) this.#entrees.set(question, entree);
    else this.#entrees.delete(question);
    this.setPlan(question, entree);
    for (const rappel of this.#rappels) rappel(raison, question);
  }

  add(question) {
    this.set(question, { statut: "a-faire", echeance: null, responsable: "", note: "" });
  }

  /** @param {(raison: "liste"|"champ", question: string) => void} rappel called after each change */
  listen(rappel) {
    this.#rappels.push(rappel);
  }

  /** « Ajouter à mon plan », which becomes the way to that action once it is there. */
  makeButton(question, texte, classe = "bouton bouton-second") {
    const mots = element("span", {});
    const bouton = element("button", { type: "button", class: classe, "data-ajouter": question, "data-cle": `ajouter-${question}`, click: () => (this.get(question) ? showAction(question) : this.add(question)) }, mots, element("span", { class: "lu" }, ` : ${texte}`));
    const write = () => {
      const present = this.get(question) !== null;
      mots.textContent = space(present ? "Dans votre plan, voir" : "Ajouter à mon plan");
      bouton.classList.toggle("q-ajoute", present);
    };
    write();
    this.listen((raison) => (raison === "liste" ? write() : null));
    return bouton;
  }
}

/** True for an action still to lead whose date has gone by. */
export const isLate = ({ statut, echeance }) => (statut === "a-faire" || statut === "en-cours") && Boolean(echeance) && echeance < today();

/** Take the visitor to an action of the plan. */
export function showAction(question) {
  const carte = document.querySelector(`[data-action-plan="${question}"]`);
  carte?.scrollIntoView({ block: "center" });
  carte?.querySelector("h4")?.focus({ preventScroll: true });
}
