"""Start-up: the engine, as the site starts it, against a stock `loadPyodide` of the same version in the same browser."""

import time
from pathlib import Path
from statistics import median

from playwright.sync_api import BrowserContext, Playwright

from navigateur import open_visitor, serve_bench

VARIANTES = {"origine": "demarrerOrigine", "etabli": "demarrerEtabli"}
# Chromium writes the compiled WebAssembly to its cache a moment after the start; a second visit never comes sooner.
REPIT = 2.0


def measure_demarrage(playwright: Playwright, moteur: Path, passages: int) -> dict[tuple[str, str], float]:
    """Medians in seconds, by (variant, "froid" or "chaud"), over `passages` new browsers each; the two take turns."""
    durees: dict[tuple[str, str], list[float]] = {}
    with serve_bench(moteur) as adresse:
        for _ in range(passages):
            for variante in VARIANTES:
                with open_visitor(playwright) as visiteur:
                    for etat in ("froid", "chaud"):
                        durees.setdefault((variante, etat), []).append(start_once(visiteur, adresse, variante))
                        time.sleep(REPIT)
    return {cle: median(valeurs) / 1000 for cle, valeurs in durees.items()}


def start_once(visiteur: BrowserContext, adresse: str, variante: str) -> float:
    """Milliseconds of one start, in a page of its own."""
    page = visiteur.new_page()
    page.goto(f"{adresse}/index.html")
    duree = page.evaluate(f"base => {VARIANTES[variante]}(base)", f"{adresse}/assets/moteur/{variante}/")
    page.close()
    return duree
