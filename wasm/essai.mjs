/* Boots a Pyodide folder in Node, plays the sample calls through the engine's one door, and prints what happened as JSON.
 *
 *     node wasm/essai.mjs <pyodide folder> <engine wheel> <essais.json>
 *     → {"python": "3.13.2", "modules": ["json/__init__.py", …], "resultats": ["…", …]}
 *
 * build.py runs it twice: on the stock Pyodide, to learn which files of the standard library the engine really imports;
 * on the trimmed one, to prove that the same calls still give the same results. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadPyodide } from "pyodide";

async function play(dossier, roue, essais) {
  const pyodide = await loadPyodide({
    indexURL: dossier,
    lockFileContents: JSON.parse(readFileSync(`${dossier}/pyodide-lock.json`, "utf8")),
  });
  pyodide.unpackArchive(new Uint8Array(readFileSync(roue)), "wheel");

  const { call } = pyodide.pyimport("etabli_engine.bridge");
  const { appels, ...communs } = JSON.parse(readFileSync(essais, "utf8"));
  const resultats = appels.map(({ methode, charge }) => call(methode, JSON.stringify({ ...communs, ...charge })));

  // An error that crosses over to JavaScript needs modules of its own to be written out: they must be shipped as well.
  try {
    pyodide.pyimport("module_qui_n_existe_pas");
  } catch (erreur) {
    if (!String(erreur).includes("ModuleNotFoundError")) throw erreur;
  }

  // A file of the standard library is a path inside /lib/python313.zip.
  const sys = pyodide.pyimport("sys");
  const modules = new Set();
  for (const module of sys.modules.values()) {
    const [, chemin] = (module?.__file__ ?? "").split(/^\/lib\/python\d+\.zip\//);
    if (chemin) modules.add(chemin.replace(/\.pyc$/, ".py"));
  }
  const { major, minor, micro } = sys.version_info;
  return { python: `${major}.${minor}.${micro}`, modules: [...modules].sort(), resultats };
}

try {
  const bilan = await play(...process.argv.slice(2).map((chemin) => resolve(chemin)));
  process.stdout.write(JSON.stringify(bilan));
} catch (erreur) {
  // Left alone, Node would print the megabyte-long line of pyodide.asm.js that the error went through.
  process.stderr.write(`${erreur.message ?? erreur}\n`);
  process.exitCode = 1;
}
