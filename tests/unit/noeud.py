"""The search's JavaScript, run by Node for the tests: one process, one JSON line per call."""

import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]

NODE = """
import { createInterface } from "node:readline";
import { fold } from "./fold.js";
import { search } from "./search-worker.js";
import lunr from "LUNR";
let base = null;
const methods = {
  fold: (texts) => texts.map(fold),
  load: ({ documents, vocabulaire, lunr: index }) => { base = { documents, vocabulaire, index: lunr.Index.load(index) }; },
  search: (queries) => queries.map((q) => search(base, q)),
};
for await (const line of createInterface({ input: process.stdin })) {
  const [method, argument] = JSON.parse(line);
  console.log(JSON.stringify(methods[method](argument) ?? null));
}
"""


@contextlib.contextmanager
def open_node() -> Iterator[Callable]:
    """Gives `call(method, argument)`, with the methods of NODE: call("fold", ["eau"]) is [["eau"]]."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for script in ("fold.js", "search-worker.js"):
            shutil.copy(RACINE / "wasm" / "web" / script, folder)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        lunr = RACINE / "node_modules" / "lunr" / "lunr.js"
        (folder / "essai.js").write_text(NODE.replace("LUNR", lunr.as_uri()), encoding="utf-8")
        process = subprocess.Popen(
            ["node", folder / "essai.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

        def call(method, argument):
            process.stdin.write(json.dumps([method, argument]) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield call
        process.stdin.close()
        process.stdout.close()
        assert process.wait(timeout=10) == 0
