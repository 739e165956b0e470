/**
 * Keeps one evaluation per questionnaire in this browser, only when the visitor chose so.
 *
 * Each operation opens and closes the base, so that another tab may erase it at any time. A revision counter
 * tells a tab that another one wrote in between: the write is refused, never silently lost.
 */

const BASE = "etabli";
const TABLE = "evaluations";

/** `code`: "conflit" (another tab wrote), "efface" (another tab erased) or "refus" (private mode, quota, no IndexedDB). */
export class StoreError extends Error {
  constructor(code, cause) {
    super(`store: ${code}`, { cause });
    this.name = "StoreError";
    this.code = code;
  }
}

/** Look without creating anything: true, false, or null when this browser cannot tell. */
export async function exists() {
  try {
    return (await indexedDB.databases()).some((base) => base.name === BASE);
  } catch {
    return null;
  }
}

/** The record kept for a questionnaire, `{questionnaire, rev, evaluation}`, or null. */
export async function read(questionnaire) {
  return run("readonly", true, (table) => table.get(questionnaire)).then((record) => record ?? null);
}

/**
 * Write `evaluation` if the record still bears revision `rev` (0: none yet), and return the new revision.
 * @throws {StoreError}
 */
export async function save(questionnaire, evaluation, rev) {
  let conflit = null;
  await run("readwrite", rev === 0, (table) => {
    const request = table.get(questionnaire);
    request.onsuccess = () => {
      const current = request.result?.rev ?? 0;
      if (current === rev) table.put({ questionnaire, rev: rev + 1, evaluation });
      else conflit = current === 0 ? "efface" : "conflit";
    };
    return request;
  });
  if (conflit) throw new StoreError(conflit);
  return rev + 1;
}

/** Delete the whole base. Resolves once nothing is left. */
export function erase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(BASE);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(new StoreError("refus", request.error));
  });
}

/** Run `task(table)` in one transaction and give its request's result once committed. Without `create`, an absent base stays absent. */
async function run(mode, create, task) {
  const base = await open(create);
  try {
    return await new Promise((resolve, reject) => {
      const transaction = base.transaction(TABLE, mode);
      const request = task(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(new StoreError("refus", transaction.error));
    });
  } finally {
    base.close();
  }
}

function open(create) {
  return new Promise((resolve, reject) => {
    let efface = false;
    let request;
    try {
      request = indexedDB.open(BASE, 1);
    } catch (cause) {
      return reject(new StoreError("refus", cause));
    }
    request.onupgradeneeded = () => {
      if (create) return void request.result.createObjectStore(TABLE, { keyPath: "questionnaire" });
      efface = true;
      request.transaction.abort();
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new StoreError(efface ? "efface" : "refus", request.error));
  });
}
