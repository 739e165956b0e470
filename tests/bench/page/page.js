/* What demarrage.py and reponse.py call in the page. Times are milliseconds, from the click to the answer in the page's hands. */
import { EngineClient } from "./web/client.js";

/** From nothing to a stock Pyodide that is ready. */
globalThis.demarrerOrigine = (base) =>
  new Promise((resolve, reject) => {
    const debut = performance.now();
    const worker = new Worker("stock.js", { type: "module" });
    worker.onerror = (erreur) => reject(new Error(erreur.message));
    worker.onmessage = () => {
      worker.terminate();
      resolve(performance.now() - debut);
    };
    worker.postMessage({ base });
  });

/** From nothing to the engine ready, through the site's own client and worker. The client is kept for `repondre`. */
globalThis.demarrerEtabli = async (base) => {
  const debut = performance.now();
  globalThis.client = new EngineClient({ base, onProgress() {} });
  await globalThis.client.start();
  return performance.now() - debut;
};

/** Plays evaluations one after the other; gives the duration of each, with what `recommander` adds when there are aids. */
globalThis.repondre = async (questionnaire, aides, evaluations, date) => {
  const durees = [];
  for (const evaluation of evaluations) {
    const debut = performance.now();
    await globalThis.client.call("evaluer", { questionnaire, evaluation, date });
    if (aides) await globalThis.client.call("recommander", { questionnaire, aides, evaluation, date });
    durees.push(performance.now() - debut);
  }
  return durees;
};
