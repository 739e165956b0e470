"""The page's own modules, run by Node for the tests: one process, one JSON line per call."""

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
const revive = (value) => (value?.$date ? new Date(value.$date) : value);
for await (const line of createInterface({ input: process.stdin })) {
  const [file, name, given] = JSON.parse(line);
  try {
    const module = await import(`./${file}.js`);
    const result = await module[name](...given.map(revive));
    console.log(JSON.stringify({ result: result ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
"""


class Refused(Exception):
    """What a module threw; the text is the one a visitor would read."""


@contextlib.contextmanager
def open_modules(prelude: str = "") -> Iterator[Callable]:
    """Gives `call(file, function, *arguments)`: call("partage", "readShare", "#a"); {"$date": …} stands for a Date.

    prelude: JavaScript run before, such as what a browser would lack.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for script in (RACINE / "wasm" / "web").glob("*.js"):
            shutil.copy(script, folder)
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        (folder / "essai.mjs").write_text(prelude + NODE, encoding="utf-8")
        process = subprocess.Popen(
            ["node", folder / "essai.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

        def call(file, function, *given):
            process.stdin.write(json.dumps([file, function, given]) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            if "error" in answer:
                raise Refused(answer["error"])
            return answer["result"]

        yield call
        process.stdin.close()
        process.stdout.close()
        assert process.wait(timeout=10) == 0
