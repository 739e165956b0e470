"""Weights: what the server really sends, file by file, each compressed with brotli at its best.

The server's own journal is read, not the browser's: nothing that a worker fetches can be missed, and a file that comes
from the browser's cache does not count.
"""

import functools
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli
from playwright.sync_api import Page, Playwright
from playwright.sync_api import TimeoutError as Lenteur

from etabli.serveur import open_server
from navigateur import open_visitor

# Long enough for the slowest start of the engine; the wait ends with the last request.
DELAI = 60_000


@dataclass(frozen=True)
class Poids:
    """requetes: answers of the server; octets: their bodies, in brotli; noeuds: elements of the page."""

    requetes: int
    octets: int
    noeuds: int = 0


def measure_page(playwright: Playwright, site: Path, chemin: str) -> Poids | None:
    """A page opened by someone who never came; None when the site has no such page."""
    if not (site / chemin / "index.html").is_file():
        return None
    journal: list[tuple[str, int, str]] = []
    with open_server(site, journal=journal) as adresse, open_visitor(playwright) as visiteur:
        page = visiteur.new_page()
        page.goto(f"{adresse}/{chemin}", wait_until="networkidle")
        return weigh(site, journal, noeuds=page.evaluate("document.querySelectorAll('*').length"))


def measure_commencer(playwright: Playwright, site: Path, chemin: str) -> tuple[Poids, Poids] | None:
    """What « Commencer » downloads, at the first visit and at the second; None when there is no such page, or button."""
    if not (site / chemin / "index.html").is_file():
        return None
    journal: list[tuple[str, int, str]] = []
    with open_server(site, journal=journal) as adresse, open_visitor(playwright) as visiteur:
        visites = []
        for _ in range(2):
            page = visiteur.new_page()
            page.goto(f"{adresse}/{chemin}", wait_until="networkidle")
            journal.clear()
            try:
                begin(page)
            except Lenteur:
                return None
            visites.append(weigh(site, journal))
            page.close()
        return visites[0], visites[1]


def begin(page: Page) -> None:
    """Fill the start screen, press « Commencer », and wait until the engine has nothing more to fetch."""
    page.locator("[data-champ=public] input").first.check(timeout=5_000)
    page.locator("[name=q-garde][value=non]").check()
    page.get_by_role("button", name="Commencer").click()
    page.wait_for_timeout(3_000)
    page.wait_for_load_state("networkidle", timeout=DELAI)


def weigh(site: Path, journal: list[tuple[str, int, str]], noeuds: int = 0) -> Poids:
    """Add up the journal; an answer without a body (304, HEAD) still counts as a request."""
    envois = [chemin for methode, statut, chemin in journal if (methode, statut) == ("GET", 200)]
    corps = [site / unquote(urlsplit(chemin).path).lstrip("/") for chemin in envois]
    fichiers = [f / "index.html" if f.is_dir() else f for f in corps]
    return Poids(len(journal), sum(compressed_size(f) for f in fichiers), noeuds)


@functools.cache
def compressed_size(fichier: Path) -> int:
    """Bytes in brotli at quality 11, or as they are when that is no gain (images)."""
    contenu = fichier.read_bytes()
    return min(len(contenu), len(brotli.compress(contenu)))
