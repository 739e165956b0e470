// Runs the engine's tests inside Pyodide, the Python that visitors have, then checks that both Pythons agree to the byte.
//
//     node tests/engine/pyodide.mjs        exit status: pytest's, or 1 if an answer differs

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const racine = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const python = path.join(racine, ".venv/bin/python");
const paquets = path.join(racine, ".venv/lib/python3.13/site-packages");
if (!existsSync(paquets)) {
  console.error("pyodide.mjs : l'environnement .venv manque ; lancez « make test » une première fois.");
  process.exit(2);
}

const debut = Date.now();
const statut = await play().catch((erreur) => {
  // Pyodide is one line of a megabyte: without this, Node would print it.
  console.error(String(erreur.message ?? erreur).slice(-4000));
  return 1;
});
process.exit(statut);

/** Run pytest, then the shared cases; give the exit status. */
async function play() {
  const pyodide = await loadPyodide();
  pyodide.mountNodeFS("/depot", racine);
  pyodide.mountNodeFS("/paquets", paquets);
  const statutPytest = pyodide.runPython(`
import os, sys
sys.dont_write_bytecode = True  # the folder is the host's, and so are its caches
sys.path.append("/paquets")
os.chdir("/depot")
import pytest
int(pytest.main(["tests/engine", "-q", "-p", "no:cacheprovider"]))
`);
  const cas = path.join(racine, "tests/engine/parite/cas.py");
  const texte = execFileSync(python, [cas], { encoding: "utf8", maxBuffer: 1 << 28 });
  pyodide.globals.set("lu", texte);
  const [nombre, differents] = JSON.parse(
    pyodide.runPython(`
import json
sys.path.insert(0, "/depot/tests/engine/parite")
from cas import play
lu = json.loads(lu)
resultats = play(lu["communs"], lu["cas"])
json.dumps([len(resultats), [rang for rang, paire in enumerate(zip(resultats, lu["resultats"], strict=True)) if paire[0] != paire[1]]])
`),
  );
  const sortes = Object.entries(JSON.parse(texte).nombres).map(([sorte, combien]) => `${combien} ${sorte}`);
  console.log(`${nombre} réponses jouées dans CPython et dans Pyodide (${sortes.join(", ")}),`);
  console.log(`${differents.length} différence(s) ${differents}`.trimEnd() + ".");
  console.log(`Pyodide ${pyodide.version}, ${((Date.now() - debut) / 1000).toFixed(0)} s.`);
  return statutPytest || (differents.length > 0 || nombre === 0 ? 1 : 0);
}
