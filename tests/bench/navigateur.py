"""A Chromium like a newcomer's: an empty profile, which stays for the second visit, and the bench's own page to work in."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from etabli.serveur import open_server

RACINE = Path(__file__).resolve().parents[2]
OPTIONS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextlib.contextmanager
def open_visitor(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser with an empty profile on disk: cold at its first page, warm at the next ones. $CHROMIUM is its path."""
    with tempfile.TemporaryDirectory() as profil:
        contexte = playwright.chromium.launch_persistent_context(
            profil, executable_path=os.environ["CHROMIUM"], chromium_sandbox=False, args=OPTIONS, locale="fr-FR"
        )
        try:
            yield contexte
        finally:
            contexte.close()


@contextlib.contextmanager
def serve_bench(moteur: Path) -> Iterator[str]:
    """Address of the bench's page, with the engine as assets/moteur/etabli/ and the stock Pyodide as assets/moteur/origine/."""
    with tempfile.TemporaryDirectory() as nom:
        site = Path(nom) / "site"
        shutil.copytree(Path(__file__).parent / "page", site)
        shutil.copytree(RACINE / "wasm" / "web", site / "web")
        (site / "assets" / "moteur").mkdir(parents=True)
        (site / "assets" / "moteur" / "etabli").symlink_to(moteur)
        (site / "assets" / "moteur" / "origine").symlink_to(RACINE / "node_modules" / "pyodide")
        with open_server(site) as adresse:
            yield adresse
