"""The quality of the search, next to its two peers: the judged set asked to the three of them, in the same browser.

    CHROMIUM=$(.ci/trouver chromium) PYTHONPATH=hooks:tests/bench:tests/search .venv/bin/python tests/bench/qualite.py

Needs site/ (`make site`); builds the peers under build/bench/qualite/. Only means are shown: no query that was kept apart is
ever named.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

from mesures import PARTS, Bilan, Moyennes, Requete, page_of, pages_of, read_jugements, summarize
from navigateur import RACINE
from pairs import EXEMPLE, LIGNES, Reponses, keep_reponses, open_site
from pairs_material import search_material
from pairs_pagefind import search_pagefind

JUGEMENTS = RACINE / "tests" / "search" / "jugements.yml"
RECHERCHE = "recherche/"

SearchOwn = Callable[[Page, str, list[str]], dict[str, list[str]]]


def search_etabli(page: Page, adresse: str, queries: list[str]) -> dict[str, list[str]]:
    """What the search page of the site shows for each query: the addresses of its results, in order. `adresse`: that of the page."""
    page.goto(adresse)
    champ, statut = page.get_by_label("Que cherchez-vous"), page.locator(".recherche [role=status]")
    trouves = {}
    for q in queries:
        champ.fill(q)
        champ.press("Enter")
        # The whole query between its quotes: one query may begin like another.
        statut.filter(has_text=f"«\u00a0{q if len(q) <= 60 else q[:60] + '…'}\u00a0»").wait_for()
        liens = page.locator(".recherche-resultats li a").evaluate_all("liens => liens.map((lien) => lien.href)")
        trouves[q] = [lien.removeprefix(adresse.removesuffix(RECHERCHE)) for lien in liens]
    return trouves


def read_pages(site: Path) -> list[str]:
    """The pages that the search of the site knows: what the peers are given to search."""
    index = json.loads((site / RECHERCHE / "index.json").read_text(encoding="utf-8"))
    return sorted(set(pages_of(index["documents"]["chemin"])))


def measure_qualite(
    playwright: Playwright, site: Path, search_own: SearchOwn, pages: list[str], requetes: Sequence[Requete]
) -> dict[str, tuple[Bilan, Reponses]]:
    """The three engines on the same queries and the same pages: name → means, and what they gave."""
    queries = [requete.q for requete in requetes]
    reponses = {
        "Établi": ask_own(playwright, site, search_own, queries),
        "Pagefind": search_pagefind(playwright, site, pages, queries),
        "Material": search_material(playwright, site, pages, queries),
    }
    known = set(pages)
    for nom, donne in reponses.items():
        if unknown := {page_of(a) for liens in donne.trouves.values() for a in liens[:LIGNES]} - known:
            raise ValueError(f"{nom} found pages that the others were not given: {', '.join(sorted(unknown)[:5])}")
    return {nom: (summarize(requetes, {q: liens[:LIGNES] for q, liens in donne.trouves.items()}), donne) for nom, donne in reponses.items()}


def ask_own(playwright: Playwright, site: Path, search_own: SearchOwn, queries: list[str]) -> Reponses:
    """The site's own engine. What it downloads is what the server sends once more when the page, already seen, is searched."""
    with open_site(playwright, site) as (page, adresse, journal):
        adresse = f"{adresse}/{RECHERCHE}"
        page.goto(adresse, wait_until="networkidle")
        journal.clear()
        search_own(page, adresse, [EXEMPLE])
        premiere = [reponse for reponse in journal if reponse[1] == 200]
        return keep_reponses(site, premiere, search_own(page, adresse, queries), lambda _: True)


def show_qualite(mesures: Mapping[str, tuple[Bilan, Reponses]], pages: int) -> None:
    """One table by part, one by famille for what may be tuned on, then what the first result costs."""
    bilans = {nom: bilan for nom, (bilan, _) in mesures.items()}
    premier = next(iter(bilans.values()))
    total = sum(moyennes.requetes for moyennes in premier.parts.values())
    print(f"Qualité de la recherche : {total} requêtes jugées, {pages} pages, les {LIGNES} premières lignes de résultats.\n")
    print(f"{'':<26}{'rappel@5':>10}{'rappel@10':>11}{'MRR@10':>9}{'nDCG@10':>9}")
    for part in premier.parts:
        print(f"{part} ({premier.parts[part].requetes} requêtes)")
        for nom, bilan in bilans.items():
            m = bilan.parts[part]
            print(f"  {nom:<24}{figure(m.rappel5, 10)}{figure(m.rappel10, 11)}{figure(m.mrr, 9)}{figure(m.ndcg10, 9)}")
    # What was kept apart is shown as a whole only: a famille has four to nine queries of it, which is near to reading them.
    part, largeur = PARTS[0], 11 * len(bilans)
    noms = "".join(f"{nom:>11}" for nom in bilans)
    print(f"\n{part + ', par famille':<26}{'nDCG@10':^{largeur}}  {'rappel@10':^{largeur}}")
    print(f"{'':<26}{noms}  {noms}")
    for famille, moyennes in premier.familles[part].items():
        ligne = [bilan.familles[part][famille] for bilan in bilans.values()]
        print(f"  {label(famille, moyennes):<24}{row(ligne, 'ndcg10')}  {row(ligne, 'rappel10')}")
    print()
    print(f"Avant le premier résultat de « {EXEMPLE} » (première recherche, en brotli, sans la page) :")
    for nom, (_, donne) in mesures.items():
        print(f"  {nom:<24}{donne.octets / 1000:>7.0f} ko en {donne.requetes} requêtes")


def label(famille: str, moyennes: Moyennes) -> str:
    return f"{famille} ({moyennes.requetes})"


def row(moyennes: Sequence[Moyennes], mesure: str) -> str:
    return "".join(figure(getattr(m, mesure), 11) for m in moyennes)


def figure(valeur: float, largeur: int) -> str:
    return f"{valeur:>{largeur}.3f}".replace(".", ",")


def main() -> int:
    """Measure and show; the pages come from the index of the built site."""
    debut = time.perf_counter()
    site = RACINE / "site"
    pages = read_pages(site)
    with sync_playwright() as playwright:
        mesures = measure_qualite(playwright, site, search_etabli, pages, read_jugements(JUGEMENTS, set(pages)))
    show_qualite(mesures, len(pages))
    print(f"\nMesuré en {time.perf_counter() - debut:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
