"""Many espaces side by side: what `make espaces` takes in time and on disk, for several numbers of made-up espaces.

Each espace is one that `make espace` writes for a real EPCI of the official list, taken at regular steps in it, so that all regions
are there. For each number: all of them from nothing, then again with nothing changed, then again with one of them changed.

Alone: `PYTHONPATH=hooks:tests/bench python tests/bench/plateforme.py 3 30 300` (300 take about half an hour on two processors).
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from construction import BANC
from etabli.build import open_catalogue, today
from etabli.nouvel_espace import create_espace
from generer import RACINE

#: The EPCI of France that may want an espace: what the measures are carried to.
EPCI = 1250


@dataclass(frozen=True)
class Mesure:
    """Seconds: all from nothing, nothing changed, one changed; `calcul`: those of the processors; octets on disk, and outside `commun/`."""

    espaces: int
    tout: float
    calcul: float
    rien: float
    un: float
    disque: int


def measure_plateforme(nombres: Sequence[int]) -> list[Mesure]:
    """One measure for each number of espaces, each from an empty folder."""
    return [_measure(nombre) for nombre in nombres]


def _measure(nombre: int) -> Mesure:
    work = BANC / f"plateforme-{nombre}"
    shutil.rmtree(work, ignore_errors=True)
    for kept in ("plateforme", "compresse"):  # what earlier runs remember would flatter this one
        shutil.rmtree(RACINE / "build" / kept, ignore_errors=True)
    write_espaces(work / "espaces", nombre)
    tout, calcul = _run(work)
    rien, _ = _run(work)
    with next((work / "espaces").glob("*/espace.yml")).open("a", encoding="utf-8") as changed:
        changed.write("# un changement\n")
    un, _ = _run(work)
    disque = int(subprocess.run(["du", "-s", "-B1", str(work / "site")], capture_output=True, text=True, check=True).stdout.split()[0])
    shutil.rmtree(work / "site")
    return Mesure(nombre, tout, calcul, rien, un, disque)


def write_espaces(folder: Path, nombre: int) -> None:
    """Write the espaces of `nombre` EPCI, at regular steps in the official list."""
    cat, _ = open_catalogue(RACINE / "data", today())
    codes = sorted(code for code in cat.decoupage if code.startswith("EPCI-"))
    for code in codes[:: len(codes) // nombre][:nombre]:
        create_espace(cat, RACINE / "data", code, folder / f"epci-{code.removeprefix('EPCI-')}")


def _run(work: Path) -> tuple[float, float]:
    """Seconds that the command took, and those of the processors. Raises CalledProcessError when an espace is refused."""
    command = [sys.executable, "-m", "etabli", "espaces", "--dossiers", str(work / "espaces"), "--sortie", str(work / "site")]
    begin, before = time.monotonic(), os.times()
    subprocess.run(command, cwd=RACINE, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": "hooks"})
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - begin, used


def show_plateforme(mesures: Sequence[Mesure]) -> None:
    """The table, the cost of one more espace between the first and the last line, and what it would be for all EPCI."""
    print(f"{'espaces':>8}{'tout (s)':>10}{'calcul (s)':>12}{'rien (s)':>10}{'un seul (s)':>13}{'disque (Mo)':>13}")
    for m in mesures:
        print(f"{m.espaces:>8}{m.tout:>10.0f}{m.calcul:>12.0f}{m.rien:>10.1f}{m.un:>13.1f}{m.disque / 1e6:>13.0f}", flush=True)
    if len(mesures) > 1:
        first, last = mesures[0], mesures[-1]
        more = last.espaces - first.espaces
        seconds, work, disk = (last.tout - first.tout) / more, (last.calcul - first.calcul) / more, (last.disque - first.disque) / more
        print(f"un espace de plus : {seconds:.1f} s ({work:.1f} s de calcul), {disk / 1e6:.1f} Mo")
        hours = EPCI * work / 3600
        print(
            f"{EPCI} EPCI : {hours:.1f} h de calcul, soit {hours / (os.cpu_count() or 1):.1f} h ici, {EPCI * disk / 1e9:.0f} Go", flush=True
        )


if __name__ == "__main__":
    show_plateforme(measure_plateforme([int(nombre) for nombre in sys.argv[1:]] or [3, 30]))
