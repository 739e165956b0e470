"""The peer that the site would have without a search of its own: that of Material for MkDocs, at its default settings.

The content of each built page becomes a page of the same address, with the title and the sections that Material indexes; then its
own interface is used: the results are those it shows, one line per page, sections under it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, Playwright

from pairs import EXEMPLE, LIGNES, TRAVAIL, Reponses, keep_reponses, open_site, read_contenu

DOSSIER = TRAVAIL / "material"
#: Where Material keeps what only its search loads; the part of its bundle that drives it cannot be told apart.
RECHERCHE = ("/search/", "/assets/javascripts/workers/", "/assets/javascripts/lunr/")
CONFIG = {
    "site_name": "Établi",
    "docs_dir": "docs",
    "site_dir": "site",
    # The theme's language is the only setting: the search follows it. The font would be fetched from another host.
    "theme": {"name": "material", "language": "fr", "font": False},
    "plugins": ["search"],
    "validation": {"nav": {"omitted_files": "ignore"}},
}
VIDE = "Taper pour démarrer la recherche"
PRET = f"document.querySelector('.md-search-result__meta').textContent.trim() === {json.dumps(VIDE)}"


def search_material(playwright: Playwright, site: Path, pages: list[str], queries: list[str]) -> Reponses:
    """What Material's search finds among `pages` for each query."""
    build_material(site, pages)
    with open_site(playwright, DOSSIER / "site") as (page, adresse, journal):
        page.goto(f"{adresse}/{pages[0]}/")
        champ = page.locator("[data-md-component=search-query]")
        champ.click()
        page.wait_for_function(PRET)
        type_query(page, EXEMPLE)
        premiere = list(journal)
        trouves = {q: type_query(page, q) for q in queries}
    trouves = {q: [lien.removeprefix(adresse) for lien in liens] for q, liens in trouves.items()}
    return keep_reponses(DOSSIER / "site", premiere, trouves, lambda chemin: chemin.startswith(RECHERCHE))


def type_query(page: Page, q: str) -> list[str]:
    """The links of the first lines of results. The field is emptied before: what is then shown cannot be the last answer."""
    champ = page.locator("[data-md-component=search-query]")
    champ.fill("")
    champ.press("End")  # Material asks at each key that comes up
    page.wait_for_function(PRET)
    champ.fill(q)
    champ.press("End")
    page.wait_for_function(f"!({PRET})")
    return page.evaluate(
        """lignes => [...document.querySelectorAll(".md-search-result__item")].slice(0, lignes)
             .map((ligne) => ligne.querySelector("a[href]").href)""",
        LIGNES,
    )


def build_material(site: Path, pages: list[str]) -> None:
    """Write each page as raw HTML in a Markdown file, and build the site that Material makes of them."""
    shutil.rmtree(DOSSIER, ignore_errors=True)
    for page in pages:
        contenu = read_contenu(site, page)
        fichier = DOSSIER / "docs" / page / "index.md"
        fichier.parent.mkdir(parents=True, exist_ok=True)
        # The title comes first, with an id, as Markdown writes it: else Material would take it for a section of its page.
        fichier.write_text(f'<h1 id="titre">{contenu.titre}</h1>\n\n<div>{contenu.principal}</div>\n', encoding="utf-8")
    # One page in the menu: with all of them in, each page would carry links to all the others, and the build would last minutes.
    config = DOSSIER / "mkdocs.yml"
    config.write_text(json.dumps(CONFIG | {"nav": [f"{pages[0]}/index.md"]}, ensure_ascii=False), encoding="utf-8")
    commande = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config]
    subprocess.run(commande, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
