"""The files of deploiement/, tried for real with the built site, at a root and under a path: nginx, Apache, Caddy where it is installed.

The rest of the browser tests can be run behind each of them too: ETABLI_SERVEUR=nginx pytest tests/browser
"""

import os
import re
import tempfile
from pathlib import Path

import pytest
from conftest import BUREAU, RACINE, SITE, watched_page
from playwright.sync_api import expect
from serveurs import free_port, open_real
from test_recherche import Search
from visiteur import Visiteur, first_question, judge, note_of, plain

from etabli.construction import Commande, build_site
from etabli.verifier_adresses import find_addresses
from etabli.verifier_epreuves import inspect


def check_all(adresse: str) -> None:
    """Nothing that blocks, and nothing to improve."""
    found = list(inspect(find_addresses(adresse)))
    assert [one for one in found if one.etat != "bon"] == []
    assert len(found) > 30


def walk(browser, adresse: str, tolere) -> None:
    """A visitor looks for something, takes stock of themselves, and follows a link that is dead."""
    with watched_page(browser, adresse, tolere, viewport=BUREAU) as page:
        search = Search(page, adresse)
        assert search.ask("énergie")
        search.results.locator("a").first.click()
        expect(page.locator("main h1")).to_be_visible()

        visiteur = Visiteur(page, adresse)
        visiteur.open()
        visiteur.begin()
        visiteur.answer(first_question(visiteur), 0)
        evaluation = visiteur.download_from_bilan()
        assert plain(page.locator("[data-note-globale]").inner_text()) == note_of(judge(visiteur, evaluation)["global"])
        assert any("/hors-ligne/" not in one.url and one.url.endswith(".wasm") for one in visiteur.requests)

        tolere(rf"réponse 404 : {re.escape(adresse)}une/adresse/perdue", "status of 404")
        page.goto(f"{adresse}une/adresse/perdue")
        page.get_by_role("link", name="Voir toutes les aides").click()
        expect(page).to_have_url(f"{adresse}dispositifs/")
        expect(page.locator("main h1")).to_be_visible()


@pytest.mark.parametrize("nom", ["nginx", "apache"])
def test_at_the_root(browser, tolere, nom):
    with open_real(nom, SITE) as adresse:
        check_all(adresse)
        walk(browser, adresse, tolere)


def test_under_a_path(browser, tolere, monkeypatch):
    """One test for the two servers: the site is built once for its address, and left for them to compress on the way.

    Then Apache as at a shared host, with a .htaccess.
    """
    with tempfile.TemporaryDirectory(dir=RACINE / "build", prefix="sous-chemin-") as place:
        os.chmod(place, 0o755)
        port = free_port()
        monkeypatch.setenv("ETABLI_URL", f"http://127.0.0.1:{port}/transition/")
        assert build_site(Commande(RACINE, sortie=Path(place) / "transition"))
        for nom in ("nginx", "apache"):
            with open_real(nom, Path(place), "/transition/", port) as adresse:
                check_all(adresse)
                if nom == "nginx":  # what a path changes for a visitor is the same for both
                    walk(browser, adresse, tolere)
        with open_real("mutualise", Path(place), "/transition/", port) as adresse:
            check_all(adresse)


def test_caddy():
    with open_real("caddy", SITE) as adresse:
        check_all(adresse)
