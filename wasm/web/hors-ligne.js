/**
 * What a page can do about the version of the site that this device keeps: find it, move on to the next one, take it away.
 *
 * The version itself is in `service-worker.js` (hooks/etabli/templates/), at the site's root. Nothing here acts by itself.
 */
const RACINE = new URL("../../", import.meta.url);

export const SCRIPT = new URL("service-worker.js", RACINE).href;
/** Begins the names of this site's caches, and of no other's on the same host. */
const PREFIXE = `etabli ${RACINE.pathname} `;
/** The worker's words while it downloads: `{type: "progres", pourcent}` and `{type: "echec", raison}`; ours to it: `{type: "arreter"}`. */
export const CANAL = `etabli ${RACINE.pathname}`;
const VERROU = `etabli ${RACINE.pathname} évaluation`;
const PATIENCE = 10_000; // ms for a worker to take over, or to let go

/** This site's registration, or undefined; the one of a site that stands above it on the same host is not ours. */
export async function findRegistration() {
  const found = await navigator.serviceWorker.getRegistration(RACINE.href);
  return found?.scope === RACINE.href ? found : undefined;
}

/** Ask the browser to keep the site. Rejects when it refuses. */
export function register() {
  return navigator.serviceWorker.register(SCRIPT, { updateViaCache: "none" });
}

/** Resolves once `worker` is in `state`, or is given up. */
export function reach(worker, state) {
  return new Promise((resolve) => {
    const look = () => [state, "redundant"].includes(worker.state) && resolve(worker.state === state);
    worker.addEventListener("statechange", look);
    look();
  });
}

/** An evaluation has begun in this page: until it is closed, no tab may move the site on to another version. */
export function holdVersion() {
  navigator.locks?.request(VERROU, { mode: "shared" }, () => new Promise(() => {}));
}

/**
 * Move every tab on to the version that waits. Gives false when a tab holds an evaluation begun: nothing has then changed.
 * The pages that the worker answers for reload by themselves (`hors-ligne-avis.js`), all at once.
 */
export async function update(registration) {
  if (!navigator.locks) return false;
  return navigator.locks.request(VERROU, { ifAvailable: true }, async (lock) => {
    const { waiting } = registration;
    if (!lock || !waiting) return Boolean(lock);
    waiting.postMessage("activer");
    return Promise.race([reach(waiting, "activated"), new Promise((resolve) => setTimeout(resolve, PATIENCE, false))]);
  });
}

/** Take everything away: the worker, and all that it keeps. */
export async function remove() {
  const registration = await findRegistration();
  const { installing } = registration ?? {};
  if (installing) {
    const canal = new BroadcastChannel(CANAL);
    canal.postMessage({ type: "arreter" });
    await Promise.race([reach(installing, "redundant"), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    canal.close();
  }
  await registration?.unregister();
  for (const name of await ownCaches()) await caches.delete(name);
}

/** What is kept: `null`, or `{le}`, when the last version was; `le` is null while one is not whole. */
export async function findKept() {
  const dates = [];
  for (const cacheName of await ownCaches()) {
    // Not through `caches.open`, which would make again, empty, a cache that is being taken away.
    const situation = await caches.match(new URL("hors-ligne/situation.json", RACINE), { cacheName });
    dates.push(situation ? (await situation.json()).le : null);
  }
  return dates.length ? { le: dates.sort((a, b) => (a ?? "").localeCompare(b ?? "")).at(-1) } : null;
}

/** « 22 novembre 2026 ». */
export const inWords = (moment) => new Intl.DateTimeFormat("fr-FR", { dateStyle: "long" }).format(new Date(moment));

async function ownCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIXE));
}
