/**
 * The module worker: loads Pyodide and the engine wheel from the site's own folder, then passes calls to `bridge.call`.
 *
 * No Python is written here and no answer is kept: JSON text goes in, JSON text comes out.
 */
import { EngineError, buildFailure, buildProgress, buildResult, checkMessage } from "./protocol.js";

const TYPES_JS = ["text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript", "application/ecmascript"];
let bridge = null;

self.addEventListener("message", async ({ data }) => {
  const { id, type, base, methode, charge } = checkMessage(data);
  try {
    const resultat = type === "demarrer" ? await startEngine(id, base) : callEngine(methode, charge);
    self.postMessage(buildResult(id, resultat));
  } catch (erreur) {
    self.postMessage(buildFailure(id, erreur));
  }
});

async function startEngine(id, base) {
  const manifeste = await (await load(`${base}manifest.json`)).json();
  await Promise.all([
    checkType(`${base}pyodide.asm.wasm`, ["application/wasm"], "application/wasm"),
    checkType(`${base}pyodide.mjs`, TYPES_JS, "text/javascript"),
  ]);
  const stop = watchDownloads(id, manifeste.fichiers);
  try {
    const { loadPyodide } = await import(`${base}pyodide.mjs`);
    // packageBaseUrl: Pyodide never falls back on its public address, even for a package that does not exist.
    const pyodide = await loadPyodide({ indexURL: base, packageBaseUrl: base });
    pyodide.unpackArchive(await (await load(base + manifeste.roue)).arrayBuffer(), "wheel");
    bridge = pyodide.pyimport("etabli_engine.bridge");
  } catch (erreur) {
    throw erreur instanceof TypeError ? new EngineError("reseau") : erreur; // what `fetch` and `import` throw when the connection is cut
  } finally {
    stop();
  }
  return { moteur: manifeste.moteur };
}

function callEngine(methode, charge) {
  if (!bridge) throw new EngineError("panne");
  const resultat = JSON.parse(bridge.call(methode, JSON.stringify(charge)));
  if (resultat.erreur) throw new EngineError(resultat.erreur.code, resultat.erreur.message);
  return resultat;
}

async function load(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch {
    throw new EngineError("reseau");
  }
  if (response.status === 404) throw new EngineError("absent", `Le fichier ${nameOf(url)} manque sur le serveur.`);
  if (!response.ok && options?.method !== "HEAD") throw new EngineError("reseau");
  return response;
}

/**
 * Ask for the headers alone. With a wrong type `loadPyodide` never settles, so this check is what turns
 * the commonest hosting mistake into a sentence that the host can act upon.
 */
async function checkType(url, types, attendu) {
  const response = await load(url, { method: "HEAD" });
  if (!response.ok) return; // A host that refuses HEAD is not proved wrong: the time limit remains.
  const type = (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
  if (types.includes(type)) return;
  const nom = nameOf(url);
  throw new EngineError("mime", `Le serveur envoie ${nom} avec le type « ${type || "aucun"} ». La personne qui héberge ce site doit associer les fichiers .${nom.split(".").pop()} au type ${attendu}.`);
}

/**
 * Report what arrives, as it arrives, by listening to a copy of each response: Pyodide downloads on its own and tells nothing.
 * Scripts come by `import`, which cannot be followed: they are left out of the total.
 */
function watchDownloads(id, fichiers) {
  const total = fichiers.filter(({ nom }) => !/\.m?js$/.test(nom)).reduce((somme, { octets }) => somme + octets, 0);
  const { fetch } = self;
  let recu = 0;
  let dit = 0;
  const count = async (reader) => {
    for (let morceau = await reader.read(); !morceau.done; morceau = await reader.read()) {
      recu = Math.min(recu + morceau.value.length, total);
      if (recu - dit < total / 100) continue;
      dit = recu;
      self.postMessage(buildProgress(id, "telechargement", recu, total));
    }
  };
  self.fetch = async (...demande) => {
    const response = await fetch(...demande);
    count(response.clone().body.getReader()).catch(() => {}); // a cut is reported by whoever asked for the file
    return response;
  };
  return () => {
    self.fetch = fetch;
  };
}

const nameOf = (url) => url.slice(url.lastIndexOf("/") + 1);
