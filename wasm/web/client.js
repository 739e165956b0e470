/**
 * The page's side of the engine: one worker, one request at a time, a time limit on each.
 *
 * A worker that fails to start, crashes or goes silent is thrown away; the next call makes a new one.
 */
import { DELAIS, EngineError, buildCall, buildStart, checkMessage } from "./protocol.js";

export class EngineClient {
  #worker = null;
  #pret = null; // promise of the start under way or done
  #demande = null; // the one request in flight: {id, resolve, reject}
  #file = Promise.resolve();
  #dernier = 0;

  /**
   * @param {object} options
   * @param {string} options.base absolute address of assets/moteur/<hash>/, with its final slash
   * @param {(recu: number, total: number) => void} [options.onProgress] bytes received while starting
   * @param {{demarrer: number, appeler: number}} [options.delais] milliseconds without any news before giving up
   */
  constructor({ base, onProgress = () => {}, delais = DELAIS }) {
    this.base = base;
    this.onProgress = onProgress;
    this.delais = delais;
  }

  /** Resolves when the engine is ready; asked twice, starts once. Rejects with an EngineError, after which it may be asked again. */
  start() {
    this.#pret ??= this.#enqueue(() => this.#launch());
    return this.#pret;
  }

  /**
   * The engine's answer to `methode`; starts the engine when there is none, and once more if it crashed meanwhile.
   * Rejects with an EngineError.
   */
  async call(methode, charge) {
    const attempt = async () => {
      await this.start();
      return this.#enqueue(() => this.#send((id) => buildCall(id, methode, charge), this.delais.appeler));
    };
    return attempt().catch((erreur) => {
      if (erreur.code !== "panne") throw erreur;
      return attempt();
    });
  }

  /** Stop at once; a request in flight is rejected. The next call starts a new worker. */
  terminate(erreur = new EngineError("arret")) {
    this.#worker?.terminate();
    this.#worker = null;
    this.#pret = null;
    this.#demande?.reject(erreur);
  }

  #enqueue(task) {
    const result = this.#file.then(task);
    this.#file = result.catch(() => {});
    return result;
  }

  async #launch() {
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }) => this.#receive(data));
    // A script error, or worker.js itself refused by the browser.
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.terminate(new EngineError(navigator.onLine ? "panne" : "reseau"));
    });
    try {
      return await this.#send((id) => buildStart(id, this.base), this.delais.demarrer);
    } catch (erreur) {
      this.terminate(erreur);
      throw erreur;
    }
  }

  async #send(build, delai) {
    if (!this.#worker) throw new EngineError("panne");
    const id = ++this.#dernier;
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.terminate(new EngineError("delai")), delai);
    };
    try {
      return await new Promise((resolve, reject) => {
        this.#demande = { id, resolve, reject, wait };
        wait();
        this.#worker.postMessage(build(id));
      });
    } finally {
      clearTimeout(timer);
      this.#demande = null;
    }
  }

  #receive(data) {
    const demande = this.#demande;
    try {
      const message = checkMessage(data);
      if (message.id !== demande?.id) return; // late words of a request that was given up
      if (message.type === "progres") {
        demande.wait(); // a slow connection that moves on is no failure
        this.onProgress(message.recu, message.total);
      } else if (message.type === "reponse") demande.resolve(message.resultat);
      else demande.reject(new EngineError(message.erreur.code, message.erreur.message));
    } catch (erreur) {
      this.terminate(erreur);
    }
  }
}
