/**
 * Keeps evaluations in this browser, only when the visitor chose so: `{id, questionnaire, rev, evaluation}`, as many as wanted.
 *
 * Each operation opens and closes the base, so that another tab may erase it at any time. A revision counter in each record
 * tells a tab that another one wrote in between: the write is refused, never silently lost.
 */

const BASE = "etabli";
const VERSION = 2; // 1 held one evaluation per questionnaire
const TABLE = "evaluations";
const INDEX = "questionnaire";

/** `code`: "conflit" (another tab wrote), "efface" (another tab erased) or "refus" (private mode, quota, no IndexedDB). */
export class StoreError extends Error {
  constructor(code, cause) {
    super(`store: ${code}`, { cause });
    this.name = "StoreError";
    this.code = code;
  }
}

/** A new identifier, in the form of a UUID. `crypto.randomUUID` is refused to a site without HTTPS. */
export function newId() {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  octets[6] = (octets[6] & 0x0f) | 0x40;
  octets[8] = (octets[8] & 0x3f) | 0x80;
  const hexa = Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");
  return hexa.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Look without creating anything: true, false, or null when this browser cannot tell. */
export async function exists() {
  try {
    return (await indexedDB.databases()).some((base) => base.name === BASE);
  } catch {
    return null;
  }
}

/** The records kept for a questionnaire, in no order. Asks nothing of a browser that holds none. @throws {StoreError} */
export async function list(questionnaire) {
  if ((await exists()) === false) return [];
  return run("readonly", false, (table) => table.index(INDEX).getAll(questionnaire)).catch((erreur) => {
    if (erreur.code === "efface") return [];
    throw erreur;
  });
}

/** The record `id`, or null. @throws {StoreError} */
export async function read(id) {
  return run("readonly", false, (table) => table.get(id)).then((record) => record ?? null);
}

/**
 * Write a record if the one kept still bears revision `rev` (0: none yet), and return the new revision.
 * @param {{id: string, questionnaire: string, evaluation: object}} record
 * @throws {StoreError}
 */
export async function save({ id, questionnaire, evaluation }, rev) {
  let conflit = null;
  await run("readwrite", rev === 0, (table) => {
    const request = table.get(id);
    request.onsuccess = () => {
      const current = request.result?.rev ?? 0;
      if (current === rev) table.put({ id, questionnaire, rev: rev + 1, evaluation });
      else conflit = current === 0 ? "efface" : "conflit";
    };
    return request;
  });
  if (conflit) throw new StoreError(conflit);
  return rev + 1;
}

/** Delete the record `id`; nothing to do when it has gone. @throws {StoreError} */
export async function remove(id) {
  await run("readwrite", false, (table) => table.delete(id)).catch((erreur) => {
    if (erreur.code !== "efface") throw erreur;
  });
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
      request = indexedDB.open(BASE, VERSION);
    } catch (cause) {
      return reject(new StoreError("refus", cause));
    }
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion === 1) return carryOver(request.result, request.transaction);
      if (create) return void makeTable(request.result);
      efface = true;
      request.transaction.abort();
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new StoreError(efface ? "efface" : "refus", request.error));
  });
}

function makeTable(base) {
  const table = base.createObjectStore(TABLE, { keyPath: "id" });
  table.createIndex(INDEX, "questionnaire");
  return table;
}

/** From version 1: the same table, where a record bore the name of its questionnaire; each is given an id. */
function carryOver(base, transaction) {
  const request = transaction.objectStore(TABLE).getAll();
  request.onsuccess = () => {
    base.deleteObjectStore(TABLE);
    const table = makeTable(base);
    for (const record of request.result) table.put({ ...record, id: newId() });
  };
}
