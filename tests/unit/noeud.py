"""The search's JavaScript, run by Node for the tests: one process, one JSON line per call."""

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]

SCRIPTS = ("fold.js", *sorted(path.name for path in (RACINE / "wasm" / "web").glob("search-*.js") if not path.name.endswith("view.js")))

NODE = """
import { createInterface } from "node:readline";
import { fold, splitWords } from "./fold.js";
import { openIndex } from "./search-index.js";
import { findPassage } from "./search-passage.js";
import { readAddress, writeAddress } from "./search-address.js";
import { distance, nearest } from "./search-query.js";
import { answer } from "./search-worker.js";
const INDEX = "https://etabli.invalid/recherche/index.json";
let index = null;
let files = {};
let asked = [];
async function fetchJson(address) {
  const path = new URL(address).pathname.slice(1);
  asked.push(path);
  if (!Object.hasOwn(files, path)) throw new Error(`${path}: HTTP 404`);
  return JSON.parse(files[path]);
}
const methods = {
  fold: (texts) => texts.map(fold),
  splitWords: (texts) => texts.map(splitWords),
  load: async ([given, today]) => { files = given; asked = []; index = await openIndex(INDEX, fetchJson, today); },
  forget: (path) => { delete files[path]; },
  restore: ([path, text]) => { files[path] = text; },
  asked: () => asked.splice(0),
  search: ([q, choix, combien]) => answer(index, { q, choix, combien }),
  texts: async (numbers) => [...await index.texts(numbers)],
  passage: ([texts, termes]) => findPassage(texts, termes),
  distance: ([a, b, most]) => distance(a, b, most),
  nearest: ([mot, most]) => nearest(index.mots, mot, most).map(({ mot: found }) => found),
  address: (search) => {
    const { q, choix } = readAddress({ search });
    return [{ q, choix }, writeAddress(new URL("https://etabli.invalid/recherche/"), q, choix)];
  },
};
for await (const line of createInterface({ input: process.stdin })) {
  const [method, argument] = JSON.parse(line);
  try {
    console.log(JSON.stringify({ valeur: await methods[method](argument) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ erreur: String(error) }));
  }
}
"""


@contextlib.contextmanager
def open_node() -> Iterator[Callable]:
    """Gives `call(method, argument)`, with the methods of NODE: call("fold", ["eau"]) is [["eau"]]. Raises RuntimeError when one fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for script in SCRIPTS:
            shutil.copy(RACINE / "wasm" / "web" / script, folder)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        (folder / "essai.js").write_text(NODE, encoding="utf-8")
        process = subprocess.Popen(
            ["node", folder / "essai.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

        def call(method, argument):
            process.stdin.write(json.dumps([method, argument]) + "\n")
            process.stdin.flush()
            told = json.loads(process.stdout.readline())
            if "erreur" in told:
                raise RuntimeError(told["erreur"])
            return told["valeur"]

        yield call
        process.stdin.close()
        process.stdout.close()
        assert process.wait(timeout=10) == 0
