/**
 * Answers for the site from what the device keeps: the whole of one version, or nothing.
 *
 * Registered by wasm/web/hors-connexion.js when a visitor asks for it, never before. `hooks/etabli/hors_ligne.py` writes below what the
 * version holds: pieces of about 1 MB, in which files lie end to end, and the engine's files as they are. To install is to have
 * them all, each with the sum that the list gives; short of that the version before goes on, untouched. A page and all that it loads
 * come from one version: this one until every tab is closed, or until « Mettre à jour » is pressed.
 */
const VERSION = null;

const RACINE = new URL(registration.scope).pathname;
const PREFIXE = `etabli ${RACINE} `; // of the caches of this site alone: another one may live on the same host
const CACHE = PREFIXE + VERSION.nom;
const CANAL = new BroadcastChannel(`etabli ${RACINE}`); // words for the page that shows how the download goes
const ENSEMBLE = 4; // downloads at a time
const SITUATION = "hors-ligne/situation.json"; // when this version was kept, for those who read it

/** Path on the host → where its bytes are: {piece, debut, fin}. */
const FICHIERS = new Map();
for (const [adresse, sha256, octets, fichiers] of VERSION.pieces) {
  const piece = { adresse: new URL(adresse, registration.scope).pathname, sha256, octets, entiere: adresse === fichiers[0][0] };
  let debut = 0;
  for (const [chemin, longueur] of fichiers) {
    FICHIERS.set(new URL(chemin, registration.scope).pathname, { piece, debut, fin: debut + longueur });
    debut += longueur;
  }
}
const PIECES = new Set([...FICHIERS.values()].map(({ piece }) => piece));

// --- Install: every piece, verified, or a failure that leaves everything as it was ------------------------------------------

class Echec extends Error {
  /** @param {"reseau"|"absent"|"abime"|"place"|"arret"} raison */
  constructor(raison) {
    super(raison);
    this.raison = raison;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));

async function install() {
  const arret = new AbortController();
  const stop = ({ data }) => data.type === "arreter" && arret.abort();
  CANAL.addEventListener("message", stop);
  try {
    const cache = await caches.open(CACHE);
    const manquent = await copyKnown(cache);
    const total = [...PIECES].reduce((somme, { octets }) => somme + octets, 0);
    const progress = makeProgress(total, total - manquent.reduce((somme, { octets }) => somme + octets, 0));
    const fetchNext = async () => {
      for (let piece = manquent.shift(); piece; piece = manquent.shift()) await keep(cache, piece, await download(piece, arret.signal, progress));
    };
    await Promise.all(Array.from({ length: ENSEMBLE }, fetchNext));
    await cache.put(SITUATION, Response.json({ version: VERSION.nom, le: new Date().toISOString() }));
  } catch (erreur) {
    const place = erreur.name === "QuotaExceededError";
    CANAL.postMessage({ type: "echec", raison: arret.signal.aborted ? "arret" : place ? "place" : (erreur.raison ?? "reseau") });
    if (place) await caches.delete(CACHE); // what is half kept would fill the device for nothing; after a cut, it is taken up again
    arret.abort();
    throw erreur;
  } finally {
    CANAL.removeEventListener("message", stop);
  }
}

/** Take what the device already has, of an earlier version or of an install that was cut; gives the pieces that it has not. */
async function copyKnown(cache) {
  const autres = (await ownCaches()).filter((nom) => nom !== CACHE);
  const manquent = [];
  for (const piece of PIECES) {
    if (await find(CACHE, piece)) continue;
    const trouves = await Promise.all(autres.map((autre) => find(autre, piece)));
    const trouve = trouves.find(Boolean);
    if (trouve) await keep(cache, piece, await trouve.blob());
    else manquent.push(piece);
  }
  return manquent;
}

/** The piece as the cache of that name holds it; undefined when it has another content, or none. */
async function find(cacheName, { adresse, sha256 }) {
  const reponse = await caches.match(adresse, { cacheName });
  return reponse?.headers.get("ETag") === `"${sha256}"` ? reponse : undefined;
}

/** The bytes of a piece, with the sum that the list gives; asked for again past the browser's own cache when it is another. */
async function download({ adresse, sha256 }, signal, progress) {
  for (const cache of ["default", "reload"]) {
    const reponse = await fetch(adresse, { cache, signal }).catch(() => { throw new Echec("reseau"); });
    if (!reponse.ok) throw new Echec("absent");
    const morceaux = [];
    const lecteur = reponse.body.getReader();
    for (let lu = await next(lecteur); !lu.done; lu = await next(lecteur)) {
      morceaux.push(lu.value);
      progress(lu.value.length);
    }
    const contenu = new Blob(morceaux);
    if (await sum(contenu) === sha256) return contenu;
    progress(-contenu.size);
  }
  throw new Echec("abime");
}

const next = (lecteur) => lecteur.read().catch(() => { throw new Echec("reseau"); });

async function sum(blob) {
  const octets = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Kept with the headers of the file that it is, so that the browser may use a whole one as it comes (and keep its compiled code). */
function keep(cache, { adresse, sha256, entiere }, contenu) {
  return cache.put(adresse, new Response(contenu, { headers: { ...headers(entiere ? adresse : ".txt", contenu.size), ETag: `"${sha256}"` } }));
}

function makeProgress(total, recu) {
  let dit = -1;
  const progress = (octets) => {
    recu += octets;
    const pourcent = Math.floor(recu / total * 100);
    if (pourcent !== dit) CANAL.postMessage({ type: "progres", pourcent });
    dit = pourcent;
  };
  progress(0);
  return progress;
}

// --- Activate: the earlier versions go --------------------------------------------------------------------------------------

const ownCaches = async () => (await caches.keys()).filter((nom) => nom.startsWith(PREFIXE));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const nom of await ownCaches()) if (nom !== CACHE) await caches.delete(nom);
})()));

// Only « Mettre à jour » says it, once no tab holds an evaluation begun. No `clients.claim()`: a page that came from the network stays with it.
self.addEventListener("message", ({ data }) => data === "activer" && self.skipWaiting());

// --- Fetch ------------------------------------------------------------------------------------------------------------------

const duReseau = new Set(); // pages that this version does not hold, and their workers
const perdues = new Set(); // our « page not found », shown at an address that this version does not hold

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin || !["GET", "HEAD"].includes(request.method)) return;
  if (request.mode === "navigate") {
    const chemin = findPage(pathname);
    // Links of a page are relative to its folder: without its slash they would lead elsewhere.
    if (chemin && chemin !== pathname && !pathname.endsWith("/")) event.respondWith(Response.redirect(`${pathname}/${search}`, 301));
    else event.respondWith(chemin ? answer(chemin, request) : goElsewhere(request, event.resultingClientId));
  } else if (FICHIERS.has(pathname)) {
    event.respondWith(answerPart(pathname, event));
  }
});

/** The file that stands for a page's address, or undefined. */
function findPage(pathname) {
  return [pathname, `${pathname}index.html`, `${pathname}/index.html`].find((chemin) => FICHIERS.has(chemin));
}

/** A part goes with its page: the one that came from the network, being of another version or of another site, gets nothing from here. */
async function answerPart(chemin, { request, clientId, resultingClientId }) {
  if (await isOurs(clientId)) return answer(chemin, request);
  if (resultingClientId) duReseau.add(resultingClientId);
  return fetch(request);
}

async function isOurs(clientId) {
  if (duReseau.has(clientId)) return false;
  if (!clientId || perdues.has(clientId)) return true;
  // Not `clients.get`, which waits for a worker to be ready, when what it waits for is the import that is asked for here.
  const client = (await clients.matchAll({ type: "all" })).find(({ id }) => id === clientId);
  return !client || findPage(new URL(client.url).pathname) !== undefined;
}

/** What this version does not hold comes from the network; without one, a page is « not found », and a file asks for patience. */
async function goElsewhere(request, resultingClientId) {
  duReseau.add(resultingClientId);
  try {
    return await fetch(request);
  } catch {
    duReseau.delete(resultingClientId);
    const { pathname } = new URL(request.url);
    if (/\.[a-z0-9]+$/.test(pathname) && !pathname.endsWith(".html")) {
      return new Response("Ce fichier n’est pas gardé sur votre appareil : il faut une connexion pour le télécharger.\n", { status: 504, headers: headers(".txt") });
    }
    perdues.add(resultingClientId);
    return answer(`${RACINE}404.html`, request, 404);
  }
}

const contenus = new Map(); // address of a piece → its bytes, which the browser keeps where it likes: for as long as this worker runs

async function answer(chemin, request, status = 200) {
  const { piece, debut, fin } = FICHIERS.get(chemin);
  if (piece.entiere && request.method === "GET" && status === 200) return (await take(piece)) ?? giveUp(request);
  if (!contenus.has(piece.adresse)) contenus.set(piece.adresse, (await take(piece))?.blob());
  const contenu = await contenus.get(piece.adresse);
  if (!contenu) return giveUp(request);
  const corps = request.method === "HEAD" ? null : contenu.slice(debut, fin);
  return new Response(corps, { status, headers: headers(chemin, fin - debut) });
}

/** Not through `caches.open`, which would make again, empty, a cache that has just been taken away. */
const take = ({ adresse }) => caches.match(adresse, { cacheName: CACHE });

/** The browser or the visitor has taken away what was kept: this worker has nothing left to do here. */
async function giveUp(request) {
  await registration.unregister();
  return fetch(request);
}

/** What a well-configured host sends with a file of this name: a worker script obeys the policy of its own answer. */
function headers(chemin, longueur = null) {
  const type = VERSION.types[/\.[^./]*$/.exec(chemin)?.[0]] ?? "text/plain; charset=utf-8";
  return { ...VERSION.enTetes, "Content-Type": type, ...(longueur === null ? {} : { "Content-Length": String(longueur) }) };
}
