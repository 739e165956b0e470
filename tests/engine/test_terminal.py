"""From a terminal, the same bytes as from the bridge."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from test_bridge import CHARGES

from etabli_engine import bridge

pytestmark = pytest.mark.skipif(sys.platform == "emscripten", reason="no process can be started inside Pyodide")
MOTEUR = Path(__file__).parents[2] / "wasm" / "engine"


def run(arguments, entree=b""):
    return subprocess.run([sys.executable, "-m", "etabli_engine", *arguments], input=entree, capture_output=True, cwd=MOTEUR, timeout=30)


@pytest.mark.parametrize("methode", CHARGES)
def test_same_bytes(methode):
    charge = json.dumps(CHARGES[methode])
    fini = run([methode], charge.encode())
    assert (fini.returncode, fini.stdout.decode(), fini.stderr) == (0, bridge.call(methode, charge) + "\n", b"")


@pytest.mark.parametrize("entree", [b"{}", b"", b"\xff\xfe"])
def test_an_error_is_json_and_status_one(entree):
    fini = run(["evaluer"], entree)
    assert (fini.returncode, fini.stderr) == (1, b"")
    assert set(json.loads(fini.stdout)) == {"erreur"}


def test_help_is_in_french():
    fini = run(["--help"])
    assert fini.returncode == 0
    assert "Méthodes : evaluer" in fini.stdout.decode()


def test_a_badly_written_command_gets_the_help():
    assert (run([]).returncode, run(["evaluer", "x"]).returncode) == (2, 2)
    assert run(["autre"], b"{}").returncode == 1
