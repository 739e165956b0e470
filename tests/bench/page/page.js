/* Times the start of an engine in a module worker: from the creation of the worker to its first word.
 * `mesurer` is called by demarrage.py; it gives milliseconds, or throws what the worker said. */
globalThis.mesurer = (base, roue, charge) =>
  new Promise((resolve, reject) => {
    const debut = performance.now();
    const worker = new Worker("worker.js", { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      if (data.erreur) reject(new Error(data.erreur));
      else resolve({ duree: performance.now() - debut, resultat: data.resultat });
    };
    worker.onerror = (erreur) => reject(new Error(erreur.message));
    worker.postMessage({ base, roue, charge });
  });
