"""A site under an espace, as its visitors meet it: the smallest of the three examples, built once, then looked at in one go.

It stands among others, as `make espaces` builds it: below a front page, with an engine that all share.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import yaml
from conftest import BUREAU, RACINE, watched_page
from playwright.sync_api import Page, expect
from test_accessibilite import AXE, COULEURS, NORMES, RUN_AXE
from test_recherche import Search
from visiteur import Visiteur, first_question, plain

from etabli.serveur import open_server

DOSSIER = RACINE / "data" / "espaces" / "mayotte-centre-ouest"
ESPACE = yaml.safe_load((DOSSIER / "espace.yml").read_text(encoding="utf-8"))
LOCAL, NATIONAL = "climat-centre-ouest", "maturite-act"
COULEUR = """(one) => getComputedStyle(document.querySelector(one)).color"""


@pytest.fixture(scope="module")
def plateforme(tmp_path_factory) -> Iterator[str]:
    """Its address; with that one espace, which takes some ten seconds."""
    target = tmp_path_factory.mktemp("espaces")
    command = [sys.executable, "-m", "etabli", "espaces", "--seul", DOSSIER.name, "--sortie", str(target)]
    done = subprocess.run(command, cwd=RACINE, env={**os.environ, "PYTHONPATH": "hooks"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with open_server(target) as adresse:
        yield f"{adresse}/"


def test_a_visitor_of_a_territoire(plateforme, browser, tolere):
    site_espace = f"{plateforme}{DOSSIER.name}/"
    with watched_page(browser, plateforme, tolere, viewport=BUREAU, reduced_motion="reduce") as page:
        page.goto(plateforme)
        assert find_barriers(page, plateforme) == {}
        page.get_by_role("link", name=ESPACE["nom"]).click()
        expect(page).to_have_url(site_espace)
        look_at_home(page, site_espace)
        look_at_what_is_elsewhere(page, site_espace)
        search(page, site_espace)
        for chemin in ("", "site-de-demonstration/", f"questionnaires/{LOCAL}/"):
            assert find_barriers(page, site_espace + chemin) == {}
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        assess(page, site_espace)
        engine = [url for url in asked if url.endswith("/pyodide.asm.wasm")]
        assert engine and all(url.startswith(f"{plateforme}commun/moteur/") for url in engine)


def look_at_home(page: Page, site: str) -> None:
    """Its name, its logo, its colours by day and by night, its words, its menu, what it puts forward."""
    page.goto(site)
    expect(page.locator(".marque")).to_contain_text(ESPACE["site"]["nom"])
    logo = page.locator(".marque img")
    expect(logo).to_have_attribute("src", "assets/images/espace-logo.svg")
    assert logo.evaluate("async (one) => { await one.decode(); return one.naturalWidth; }") > 0
    couleurs = ESPACE["apparence"]["couleurs"]
    for scheme, fin in (("light", ""), ("dark", "_sombre")):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(COULEUR, "h1") == rgb(couleurs[f"principale{fin}"])
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--etabli-accent')") == couleurs[f"accent{fin}"]
    page.emulate_media(color_scheme="light")
    doors = [plain(text) for text in page.locator(".porte h2").all_inner_texts()]
    textes = ESPACE["textes"]
    assert (doors[0], doors[2]) == (textes["porte_aides"]["titre"], textes["porte_contact"]["titre"])
    assert textes["pied"].replace("'", "’") in page.locator(".pied-nom").inner_text().replace("\u00a0", " ")
    forward = page.locator("section", has=page.get_by_role("heading", name="À commencer par, ici"))
    expect(forward.get_by_role("link")).to_have_attribute("href", "dispositifs/investissements-ademe/")
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=ESPACE["nom"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("À propos de cet exemple")
    assert page.evaluate(COULEUR, "h1") == rgb(couleurs["principale"]), "a written page too"


def look_at_what_is_elsewhere(page: Page, site: str) -> None:
    """The third door leads to its own page; other places have none, nor have the questionnaires that it has made its own."""
    page.goto(site)
    page.locator(".porte a").nth(2).click()
    expect(page).to_have_url(f"{site}territoires/centre-ouest-mayotte/")
    for chemin in ("territoires/grand-poitiers/", "dispositifs/engages-grand-poitiers/", f"questionnaires/{NATIONAL}/"):
        assert page.request.get(site + chemin).status == 404
    page.goto(f"{site}territoires/")
    assert "Nouvelle-Aquitaine" not in page.locator("main").inner_text()


def search(page: Page, site: str) -> None:
    """It finds the espace's own pages, and nothing of what the espace leaves aside."""
    one = Search(page, f"{site}recherche/")
    assert "À propos de cet exemple" in one.ask("démonstration centre-ouest")
    found = [address.removeprefix(site) for address in addresses(one, "engagés Grand Poitiers")]
    assert "ressources/temoignage-grand-poitiers/" in found, "what is told to all of France stays"
    assert not {"dispositifs/engages-grand-poitiers/", "territoires/grand-poitiers/"} & set(found)
    found = addresses(one, "collectif ACT Pas à Pas")
    assert any(f"questionnaires/{LOCAL}/" in address for address in found)
    assert not [address for address in found if NATIONAL in address]


def addresses(one: Search, query: str) -> list[str]:
    one.ask(query)
    return [link.get_attribute("href") for link in one.results.locator("a").all()]


def find_barriers(page: Page, address: str) -> dict[str, list[str]]:
    """What axe finds, by colour scheme: these colours are no one else's."""
    found = {}
    for scheme, asked in (("light", {"type": "tag", "values": NORMES}), ("dark", {"type": "rule", "values": COULEURS})):
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found[scheme] = page.evaluate(RUN_AXE, asked)
    page.emulate_media(color_scheme="light")
    return {scheme: rules for scheme, rules in found.items() if rules}


def assess(page: Page, site: str) -> None:
    """The adapted questionnaire says that it does not compare, before and after; the file of the national one is refused with words."""
    visiteur = Visiteur(page, site, LOCAL)
    visiteur.open()
    told = f"questionnaire national « {visiteur.q['adapte']['titre']} » (version {visiteur.q['adapte']['version']})"
    assert plain(told) in plain(page.locator("main").inner_text())
    national = {
        "format": 1, "questionnaire": {"id": NATIONAL, "version": visiteur.q["adapte"]["version"]}, "parcours": "complet",
        "date": "2026-11-01", "profil": {"public": "entreprise", "effectif": 12, "secteur": None, "zones": []}, "reponses": {},
    }  # fmt: skip
    visiteur.give_file(json.dumps(national))
    expect(page.get_by_role("alert")).to_contain_text("il vient d’un autre questionnaire")
    visiteur.begin()
    visiteur.answer(first_question(visiteur), 1)
    visiteur.show_bilan()
    note = page.locator("[data-adapte]:visible")
    assert plain(told) in plain(note.inner_text())
    assert "ne se compare pas au résultat national" in plain(note.inner_text())
    assert visiteur.download()["questionnaire"] == {"id": LOCAL, "version": visiteur.q["version"]}
    assert [theme["poids"] for theme in visiteur.q["themes"]][:3] == ["6", "1", "2"]


def rgb(couleur: str) -> str:
    """« #0a5a70 » as the browser says it."""
    return f"rgb({', '.join(str(int(couleur[i : i + 2], 16)) for i in (1, 3, 5))})"
