/**
 * From an evaluation to its bilan: downloads the questions, starts the engine, and always gives the answer to the latest request.
 */
import { EngineClient } from "./client.js";
import { today } from "./evaluation.js";
import { EngineError } from "./protocol.js";

export class Moteur {
  #q = null;
  #tour = 0;

  /**
   * @param {{donnees: string, base: string, onProgress: (recu: number, total: number) => void}} options
   *   absolute addresses of the compiled questionnaire and of the engine's folder
   */
  constructor({ donnees, base, onProgress }) {
    this.donnees = donnees;
    this.client = new EngineClient({ base, onProgress });
  }

  /** The compiled questionnaire, once `evaluate` has resolved. */
  get q() {
    return this.#q;
  }

  /**
   * The bilan of `evaluation` today, or null when a later request has overtaken this one.
   * @throws {EngineError}
   */
  async evaluate(evaluation) {
    const tour = ++this.#tour;
    const charge = { evaluation: structuredClone(evaluation), date: today() };
    this.#q ??= await this.#load();
    await this.client.start();
    if (tour !== this.#tour) return null;
    const bilan = await this.client.call("evaluer", { questionnaire: this.#q, ...charge });
    return tour === this.#tour ? bilan : null;
  }

  stop() {
    this.#tour += 1;
    this.client.terminate();
  }

  async #load() {
    try {
      const response = await fetch(this.donnees);
      if (response.ok) return await response.json();
    } catch {
      // said below, like a refusal of the server
    }
    throw new EngineError("donnees");
  }
}
