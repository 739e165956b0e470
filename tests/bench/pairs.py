"""What the engines of `qualite.py` have in common: the pages they are given, the browser they run in, what is kept of them.

`pairs_pagefind.py` and `pairs_material.py` are the two peers, each at the settings its visitors get.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, Playwright

from etabli.serveur import open_server
from navigateur import OPTIONS, RACINE
from poids import weigh

TRAVAIL = RACINE / "build" / "bench" / "qualite"
#: Lines of results that are looked at, for every engine: nobody reads further.
LIGNES = 10
#: The query whose first answer is weighed: the first example that the search field gives.
EXEMPLE = "économies d’énergie"
DELAI = 30_000

Journal = list[tuple[str, int, str]]


@dataclass(frozen=True)
class Reponses:
    """trouves: each query and the addresses found, in order of rank; octets, requetes: what a visitor who never searched
    downloads for the first result, in brotli, the page itself left out."""

    trouves: Mapping[str, list[str]]
    octets: int
    requetes: int


@dataclass(frozen=True)
class Contenu:
    """What a page says: titre: its <h1>, as HTML; principal: the rest of its <main>, as it was built."""

    titre: str
    principal: str


@contextlib.contextmanager
def open_site(playwright: Playwright, site: Path) -> Iterator[tuple[Page, str, Journal]]:
    """An empty browser on the served folder `site`: its page, the address, the server's journal.

    Without the content policy of Établi, which the pages of the peers were not made for.
    """
    journal: Journal = []
    with open_server(site, journal=journal) as adresse:
        navigateur = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], chromium_sandbox=False, args=OPTIONS)
        try:
            page = navigateur.new_context(bypass_csp=True, locale="fr-FR").new_page()
            page.set_default_timeout(DELAI)
            yield page, adresse, journal
        finally:
            navigateur.close()


def read_contenu(site: Path, page: str) -> Contenu:
    """The content of a built page; raises ValueError when it is not made as the others are."""
    html = (site / page / "index.html").read_text(encoding="utf-8")
    principal = re.search(r'<main id="contenu"[^>]*>(.*)</main>', html, re.S)
    titre = principal and re.search(r"<h1\b[^>]*>(.*?)</h1>", principal[1], re.S)
    if not titre:
        raise ValueError(f"{page}: no <main id=contenu> with a <h1>")
    return Contenu(titre[1], principal[1].replace(titre[0], "", 1))


def keep_reponses(site: Path, journal: Journal, trouves: Mapping[str, list[str]], est_recherche: Callable[[str], bool]) -> Reponses:
    """`trouves`, and the weight of the answers of `journal` whose path is the search's."""
    poids = weigh(site, [reponse for reponse in journal if est_recherche(reponse[2])])
    return Reponses(trouves, poids.octets, poids.requetes)
