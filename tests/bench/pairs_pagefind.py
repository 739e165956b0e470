"""The peer that most static sites take: Pagefind, on the same built pages, with the text of their <main>."""

import platform
import re
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Playwright

from navigateur import RACINE
from pairs import EXEMPLE, LIGNES, TRAVAIL, Reponses, keep_reponses, open_site

DOSSIER = TRAVAIL / "pagefind"
#: What npm calls the processors of the machines whose binary package-lock.json names; elsewhere this peer cannot be run.
PROCESSEURS = {"x86_64": "x64", "aarch64": "arm64"}

# `search` alone gives no address: each result is fetched, as the list of results does when it shows it.
CHERCHER = """
async ([q, lignes]) => {
  const { results } = await window.pagefind.search(q);
  const data = await Promise.all(results.slice(0, lignes).map((result) => result.data()));
  return data.map(({ url }) => new URL(url, location.origin).pathname);
}
"""


def search_pagefind(playwright: Playwright, site: Path, pages: list[str], queries: list[str]) -> Reponses:
    """What Pagefind finds among `pages` for each query."""
    build_pagefind(site, pages)
    with open_site(playwright, DOSSIER) as (page, adresse, journal):
        page.goto(f"{adresse}/{pages[0]}/", wait_until="networkidle")
        journal.clear()
        page.evaluate("async () => { window.pagefind = await import('/pagefind/pagefind.js'); await window.pagefind.init(); }")
        page.evaluate(CHERCHER, [EXEMPLE, 1])
        premiere = list(journal)
        trouves = {q: page.evaluate(CHERCHER, [q, LIGNES]) for q in queries}
    return keep_reponses(DOSSIER, premiere, trouves, lambda chemin: chemin.startswith("/pagefind/"))


def build_pagefind(site: Path, pages: list[str]) -> None:
    """Copy the pages, mark their <main> as what is searched, and have them indexed."""
    shutil.rmtree(DOSSIER, ignore_errors=True)
    for page in pages:
        html = (site / page / "index.html").read_text(encoding="utf-8")
        marked, count = re.subn(r'<main id="contenu"', '<main id="contenu" data-pagefind-body', html)
        if count != 1:
            raise ValueError(f"{page}: no <main id=contenu>")
        copie = DOSSIER / page / "index.html"
        copie.parent.mkdir(parents=True, exist_ok=True)
        copie.write_text(marked, encoding="utf-8")
    subprocess.run([find_pagefind(), "--silent", "--site", DOSSIER], cwd=DOSSIER, check=True)


def find_pagefind() -> Path:
    """The program that npm installed for this machine; raises FileNotFoundError when there is none."""
    paquet = f"{platform.system().lower()}-{PROCESSEURS.get(platform.machine(), platform.machine())}"
    binaire = RACINE / "node_modules" / "@pagefind" / paquet / "bin" / "pagefind_extended"
    binaire.stat()
    return binaire
