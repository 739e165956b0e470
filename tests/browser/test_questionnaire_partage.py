"""The share link: made on demand, sent nowhere, told to the last answer, and read without leaving a trace."""

import json
import re

import pytest
from conftest import watched_page
from playwright.sync_api import expect
from test_questionnaire_etats import check_state
from test_questionnaire_progression import make_evaluation
from visiteur import EMPTY, STORAGE, Visiteur, judge, plain


@pytest.fixture
def bilan(visiteur: Visiteur) -> dict:
    """A visitor in front of the bilan of this evaluation, which came by a file."""
    evaluation = make_evaluation(
        visiteur.q, "2026-11-20", 1, nom="Atelier Dupont",
        profil={"public": "entreprise", "effectif": 12, "secteur": "industrie", "zones": ["COM-86194", "DEP-86", "REG-75", "PAYS-99100"]},
        notes={visiteur.q["themes"][0]["questions"][0]["id"]: "Demander à Camille"},
    )  # fmt: skip
    visiteur.give_file(json.dumps(evaluation))
    visiteur.page.locator("[name=q-garde][value=non]").check()
    visiteur.button("Commencer").click()
    visiteur.show_bilan()
    return evaluation


def open_dialogue(visiteur: Visiteur):
    visiteur.button("Préparer un lien").click()
    dialogue = visiteur.page.get_by_role("dialog")
    expect(dialogue.get_by_label("Le lien")).to_have_value(re.compile("#partage="))
    return dialogue


def check_files(visiteur: Visiteur, bilan: dict) -> None:
    """The badge is the image that the page shows; the table has a row per question of the bilan."""
    page = visiteur.page
    apercu = page.locator(".s-badge")
    assert apercu.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])") == [320, 120]
    with page.expect_download() as download:
        visiteur.button("Télécharger le badge").click()
    assert download.value.suggested_filename == f"{visiteur.q['id']}-2026-11-20-badge.svg"
    svg = download.value.path().read_text(encoding="utf-8")
    assert "non vérifiée" in svg
    assert "20 novembre 2026" in plain(svg)
    with page.expect_download() as download:
        visiteur.button("Télécharger le tableau").click()
    assert download.value.suggested_filename == f"{visiteur.q['id']}-2026-11-20-bilan.csv"
    shown = [x for t in judge(visiteur, bilan)["themes"] for x in t["questions"] if x["etat"] != "masquee"]
    assert len(download.value.path().read_bytes().split(b"\r\n")) == len(shown) + 2


def test_the_dialogue_tells_everything_before_the_link_is_copied(visiteur, bilan):
    page = visiteur.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    check_files(visiteur, bilan)
    page.wait_for_load_state("networkidle")
    adresse, asked = page.url, len(visiteur.requests)
    dialogue = open_dialogue(visiteur)
    check_state(visiteur)
    told = plain(dialogue.inner_text())
    counted = [x["id"] for t in judge(visiteur, bilan)["themes"] for x in t["questions"] if x["etat"] == "repondu"]
    assert f"Réponses {len(counted)} réponses" in told
    assert "Entreprise" in told and "12 personnes" in told and "20 novembre 2026" in told
    for hidden in ("vos notes personnelles", "votre plan d'action", "le nom de l'évaluation", "votre commune, votre territoire"):
        assert hidden in told.split("Ce qu'il ne contient pas")[1]
    dialogue.locator("summary").click()
    assert [item.get_attribute("data-partagee") for item in dialogue.locator("[data-partagee]").all()] == counted
    link = dialogue.get_by_label("Le lien").input_value()
    assert link.startswith(f"{adresse}#partage=")
    assert f"{len(link)} caractères" in plain(dialogue.inner_text())

    # A box ticked makes another link, and the list says what it adds.
    dialogue.get_by_role("checkbox", name="Mon territoire").check()
    dialogue.get_by_role("checkbox", name="Le nom de l’évaluation").check()
    dialogue.get_by_role("checkbox", name="Mon profil").uncheck()
    expect(dialogue.get_by_label("Le lien")).not_to_have_value(link)
    faits = dialogue.locator("[data-partage-faits]")
    expect(faits).to_contain_text("commune 86194")
    expect(faits).to_contain_text("Atelier Dupont")
    expect(faits).not_to_contain_text("12 personnes")
    dialogue.get_by_role("button", name="Copier le lien").click()
    expect(dialogue.get_by_role("status")).to_have_text("Lien copié.")
    assert page.evaluate("navigator.clipboard.readText()") == dialogue.get_by_label("Le lien").input_value()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refus')); }")
    dialogue.get_by_role("button", name="Copier le lien").click()
    expect(dialogue.get_by_label("Le lien")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialogue).to_have_count(0)
    expect(visiteur.button("Préparer un lien")).to_be_focused()
    assert page.url == adresse
    assert [request.url for request in visiteur.requests[asked:] if not request.url.startswith("data:")] == []


def test_the_link_opens_elsewhere_read_only_and_leaves_nothing(visiteur, bilan, browser, site, tolere):
    link = open_dialogue(visiteur).get_by_label("Le lien").input_value()
    with watched_page(browser, site, tolere, viewport={"width": 390, "height": 844}) as page:
        reader = Visiteur(page, site)
        page.goto(link)
        expect(page.locator("#q-recu")).to_be_focused()
        assert not [request.url for request in reader.requests if "assets/moteur/" in request.url]
        reader.button("Afficher ce bilan").click()
        expect(page.locator("#q-bilan-titre")).to_be_focused(timeout=30_000)
        shared = {**bilan, "profil": {**bilan["profil"], "zones": []}}
        page.locator("[data-leviers]").wait_for()
        note = judge(reader, shared)["global"]
        assert page.locator("[data-note-globale]").inner_text().strip() != ""
        assert plain(page.locator("[data-note-globale]").inner_text()) == plain(visiteur.page.locator("[data-note-globale]").inner_text())
        assert note["note_min"] in plain(page.locator("[data-note-globale]").inner_text())
        for absent in ("Préparer un lien", "Modifier mes réponses", "Tout effacer", "Télécharger mes réponses"):
            expect(page.get_by_role("button", name=absent)).to_have_count(0)
        check_state(reader)
        assert page.evaluate(STORAGE) == EMPTY
        assert not [request.url for request in reader.requests if "partage=" in request.url.split("#")[0]]
        reader.button("Commencer ma propre évaluation").click()
        expect(reader.button("Commencer")).to_be_visible()
        assert "partage" not in page.url


@pytest.mark.parametrize("fragment", ["d.AAAA", "j.e30", "z.AAAA"])
def test_a_spoilt_link_is_told_and_the_page_stays_usable(page, site, fragment):
    visiteur = Visiteur(page, site)
    page.goto(f"{visiteur.address}#partage={fragment}")
    expect(page.get_by_role("alert")).to_contain_text("lien de partage ne peut pas être lu")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(visiteur.button("Commencer")).to_be_visible()
