"""A file of answers brought back: the good ones come back whole, the hostile ones change nothing."""

import json

from playwright.sync_api import expect
from visiteur import Visiteur, first_question, is_answered


def make_file(visiteur: Visiteur, **changes) -> dict:
    question = first_question(visiteur)
    reponses = {question["id"]: {"revision": question["revision"], "etat": "repondu", "options": [question["options"][1]["id"]]}}
    version = visiteur.q["version"]
    return {
        "format": 1, "questionnaire": {"id": visiteur.q["id"], "version": version}, "date": "2026-01-15",
        "profil": {"public": "entreprise", "effectif": 12, "secteur": None, "zones": []}, "reponses": reponses,
    } | changes  # fmt: skip


def test_file_comes_back_and_unknown_answers_are_kept(visiteur):
    fichier = make_file(visiteur)
    fichier["profil"] |= {"bilan_ges": "2025-03-31", "projet_demarre": False}
    fichier["reponses"]["question-disparue"] = {"revision": 3, "etat": "ne_sait_pas"}
    visiteur.give_file(json.dumps(fichier))
    expect(visiteur.page.get_by_role("status")).to_contain_text("2 réponses")
    visiteur.page.locator("[name=q-garde][value=non]").check()
    visiteur.button("Commencer").click()
    is_answered(visiteur, first_question(visiteur), 1)
    visiteur.show_bilan()
    assert visiteur.page.locator("[data-ignorees]").get_attribute("data-ignorees") == "1"
    exported = visiteur.download()
    assert exported["reponses"] == fichier["reponses"]
    assert exported["profil"] == fichier["profil"]


HOSTILES = {
    "pas-du-json": "{",
    "html": "<script>alert(1)</script>",
    "liste": "[]",
    "trop-gros": b" " * 300_000,
    "profond": "[" * 100_000 + "]" * 100_000,
    "prototype": {"reponses": {"__proto__": {"revision": 1, "etat": "ne_sait_pas"}}},
    "texte-libre": {"reponses": {"eau-suivi": {"revision": 1, "etat": "repondu", "options": ["<img src=x onerror=alert(1)>"]}}},
    "revision": {"reponses": {"eau-suivi": {"revision": "1", "etat": "ne_sait_pas"}}},
    "etat": {"reponses": {"eau-suivi": {"revision": 1, "etat": "autre"}}},
    "nombre": {"reponses": {"eau-suivi": {"revision": 1, "etat": "repondu", "nombre": "1e999"}}},
    "effectif": {"profil": {"public": None, "effectif": -1, "secteur": None, "zones": []}},
    "autre-questionnaire": {"questionnaire": {"id": "un-autre", "version": "1.0.0"}},
    "format": {"format": 2},
    "jour-qui-n-existe-pas": {"date": "2026-02-30"},
    "bilan": {"profil": {"public": None, "effectif": None, "secteur": None, "zones": [], "bilan_ges": "<b>hier</b>"}},
}


def test_hostile_files_are_refused_and_change_nothing(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin()
    visiteur.answer(question, 2)
    visiteur.show_bilan()
    before = page.locator("[data-bilan-contenu]").inner_text()
    for nom, hostile in HOSTILES.items():
        page.locator("[data-alerte]").evaluate("zone => { zone.hidden = true; }")
        visiteur.give_file(json.dumps(make_file(visiteur, **hostile)) if isinstance(hostile, dict) else hostile)
        expect(page.get_by_role("alert"), nom).to_contain_text("ne peut pas être repris")
        assert page.locator("[data-bilan-contenu]").inner_text() == before, nom
    assert page.evaluate("({}).etat") is None
    reponses = visiteur.download()["reponses"]
    assert list(reponses) == [question["id"]]
    assert reponses[question["id"]]["options"] == [question["options"][2]["id"]]


def test_another_file_can_be_undone(visiteur):
    question = first_question(visiteur)
    visiteur.begin()
    visiteur.answer(question, 2)
    visiteur.show_bilan()
    visiteur.give_file(json.dumps(make_file(visiteur)))
    retour = visiteur.page.get_by_role("button", name="Revenir à mes réponses d’avant")
    expect(retour).to_be_visible()
    assert visiteur.download()["reponses"][question["id"]]["options"] == [question["options"][1]["id"]]
    retour.click()
    expect(retour).to_be_hidden()
    assert visiteur.download()["reponses"][question["id"]]["options"] == [question["options"][2]["id"]]
