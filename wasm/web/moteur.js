/**
 * The engine as the page sees it: downloads the questions and the aids, starts the engine, and drops the answers that came too late.
 *
 * The visitor's notes and plan stay in the page: the engine is given what it reads and nothing else.
 */
import { EngineClient } from "./client.js";
import { today } from "./evaluation.js";
import { EngineError } from "./protocol.js";

export class Moteur {
  #tour = 0; // how many evaluations were asked for: an answer to an earlier one is out of date
  #fichiers = new Map();

  /**
   * @param {{donnees: string, aides: string, base: string, onProgress: (recu: number, total: number) => void}} options
   *   absolute addresses of the compiled questionnaire, of the aids and of the engine's folder
   */
  constructor({ donnees, aides, base, onProgress }) {
    this.adresses = { donnees, aides };
    this.client = new EngineClient({ base, onProgress });
    /** The compiled questionnaire, once `evaluate` or `start` has resolved. */
    this.q = null;
    /** The aids, once `recommander` has resolved. */
    this.aides = null;
  }

  /** The questions and the engine, ready. @throws {EngineError} */
  async start() {
    this.q ??= await this.#load("donnees");
    await this.client.start();
  }

  /** The bilan of `evaluation` today, or null when a later request has overtaken this one. @throws {EngineError} */
  async evaluate(evaluation) {
    const tour = ++this.#tour;
    const charge = { evaluation: copy(evaluation), date: today() };
    await this.start();
    if (tour !== this.#tour) return null;
    const bilan = await this.client.call("evaluer", { questionnaire: this.q, ...charge });
    return tour === this.#tour ? bilan : null;
  }

  /**
   * What helps for `questions` (the first leviers when absent), or null once another evaluation was asked for.
   * @throws {EngineError}
   */
  async recommander(evaluation, questions) {
    const tour = this.#tour;
    const charge = { evaluation: copy(evaluation), date: today(), ...(questions ? { questions } : {}) };
    await Promise.all([this.start(), this.loadAides()]);
    if (tour !== this.#tour) return null;
    const reco = await this.client.call("recommander", { questionnaire: this.q, aides: this.aides, ...charge });
    return tour === this.#tour ? reco : null;
  }

  /** Evaluations side by side, oldest first, each already carried to the present questions. @throws {EngineError} */
  async comparer(evaluations) {
    await this.start();
    return this.client.call("comparer", { questionnaire: this.q, evaluations: evaluations.map(copy), date: today() });
  }

  /** `evaluation` as the present questionnaire reads it, notes and plan with it, and what found no place. @throws {EngineError} */
  async migrer(evaluation) {
    await this.start();
    return this.client.call("migrer", { questionnaire: this.q, evaluation: structuredClone(evaluation) });
  }

  /** Fetch the aids, once; called ahead of time so that the bilan does not wait for them. @throws {EngineError} */
  async loadAides() {
    this.aides ??= await this.#load("aides");
  }

  /** The bilan under way is no longer wanted: it will resolve to null. */
  drop() {
    this.#tour += 1;
  }

  stop() {
    this.drop();
    this.client.terminate();
  }

  /** A file that arrived is kept; one that failed may be asked for again. */
  #load(nom) {
    if (!this.#fichiers.has(nom)) {
      const chargement = fetchJson(this.adresses[nom], nom);
      chargement.catch(() => this.#fichiers.delete(nom));
      this.#fichiers.set(nom, chargement);
    }
    return this.#fichiers.get(nom);
  }
}

function copy({ notes, plan, nom, mises_de_cote, ...lu }) {
  return structuredClone(lu);
}

async function fetchJson(adresse, nom) {
  try {
    const response = await fetch(adresse);
    if (response.ok) return await response.json();
  } catch {
    // said below, like a refusal of the server
  }
  throw new EngineError(nom);
}
