"""A file of answers brought back: the good ones come back whole, the hostile ones change nothing."""

import json

import pytest
from playwright.sync_api import expect
from visiteur import Visiteur, first_question, is_answered, plain


def make_file(visiteur: Visiteur, **changes) -> dict:
    question = first_question(visiteur)
    reponses = {question["id"]: {"revision": question["revision"], "etat": "repondu", "options": [question["options"][1]["id"]]}}
    version = visiteur.q["version"]
    return {
        "format": 1, "questionnaire": {"id": visiteur.q["id"], "version": version}, "parcours": "complet", "date": "2026-01-15",
        "profil": {"public": "entreprise", "effectif": 12, "secteur": None, "zones": []}, "reponses": reponses,
    } | changes  # fmt: skip


def begin_with(visiteur: Visiteur, fichier: dict, garde: bool = False) -> None:
    """Open a file from the start screen, as someone who comes back with it."""
    visiteur.give_file(json.dumps(fichier))
    expect(visiteur.page.locator("[data-annonce]")).to_contain_text("Fichier lu")
    visiteur.page.locator(f"[name=q-garde][value={'oui' if garde else 'non'}]").check()
    visiteur.start()


def test_file_comes_back_whole_and_unknown_answers_are_kept_and_told(visiteur):
    fichier, question = make_file(visiteur), first_question(visiteur)
    fichier["nom"] = "Site de Poitiers"
    fichier["profil"] |= {
        "zones": ["COM-86194", "REG-75", "PAYS-99100"], "territoire_industrie": "aucun", "bilan_ges": "2025-03-31", "projet_demarre": False,
        "quantites": {"anciennete": "3.5", "chiffre-affaires": {"min": "100000", "max": None}},
    }  # fmt: skip
    fichier["reponses"]["question-disparue"] = {"revision": 3, "etat": "ne_sait_pas"}
    fichier["notes"] = {question["id"]: "Voir la facture <b>d'avril</b>", "question-disparue": "à garder"}
    fichier["plan"] = {question["id"]: {"statut": "en-cours", "echeance": "2027-03-01", "responsable": "Camille", "note": "devis reçu"}}
    fichier["mises_de_cote"] = [{"question": "vieille", "reponse": {"revision": 1, "etat": "ne_sait_pas"}, "raison": "retiree"}]
    visiteur.give_file(json.dumps(fichier))
    annonce = visiteur.page.locator("[data-annonce]")
    expect(annonce).to_contain_text("2 réponses")
    expect(annonce).to_contain_text("Une réponse concerne une question que cette page ne pose pas")
    visiteur.page.locator("[name=q-garde][value=non]").check()
    visiteur.start()
    is_answered(visiteur, question, 1)
    note = visiteur.question(question["id"]).get_by_label("Votre note")
    expect(note).to_have_value("Voir la facture <b>d'avril</b>")
    visiteur.show_bilan()
    expect(visiteur.page.locator("#q-bilan-titre")).to_have_text("Votre bilan\u00a0: Site de Poitiers")
    assert visiteur.page.locator("[data-ignorees]").get_attribute("data-ignorees") == "1"
    assert visiteur.download() == fichier


HOSTILES = {
    "pas-du-json": "{",
    "html": "<script>alert(1)</script>",
    "liste": "[]",
    "trop-gros": b" " * 11_000_000,
    "profond": "[" * 100_000 + "]" * 100_000,
    "prototype": {"reponses": {"__proto__": {"revision": 1, "etat": "ne_sait_pas"}}},
    "texte-libre": {"reponses": {"eau-suivi": {"revision": 1, "etat": "repondu", "options": ["<img src=x onerror=alert(1)>"]}}},
    "revision": {"reponses": {"eau-suivi": {"revision": "1", "etat": "ne_sait_pas"}}},
    "etat": {"reponses": {"eau-suivi": {"revision": 1, "etat": "autre"}}},
    "nombre": {"reponses": {"eau-suivi": {"revision": 1, "etat": "repondu", "nombre": "1e999"}}},
    "trop-d-entrees": {"reponses": {f"q-{rang}": {"revision": 1, "etat": "ne_sait_pas"} for rang in range(2001)}},
    "effectif": {"profil": {"public": None, "effectif": -1, "secteur": None, "zones": []}},
    "autre-questionnaire": {"questionnaire": {"id": "un-autre", "version": "1.0.0"}},
    "version": {"questionnaire": {"id": "transition-ecologique", "version": "1.0.0-<b>"}},
    "format": {"format": 2},
    "version-liste": {"questionnaire": {"id": "transition-ecologique", "version": ["1.0.0"]}},
    "jour-qui-n-existe-pas": {"date": "2026-02-30"},
    "bilan": {"profil": {"public": None, "effectif": None, "secteur": None, "zones": [], "bilan_ges": "<b>hier</b>"}},
    "territoire": {"profil": {"zones": ["COM-<script>"]}},
    "territoire-industrie": {"profil": {"territoire_industrie": "REG-75"}},
    "quantite": {"profil": {"quantites": {"age": 12}}},
    "quantite-inconnue": {"profil": {"quantites": {"a b": "12"}}},
    "parcours": {"parcours": "moyen"},
    "nom": {"nom": {"a": 1}},
    "nom-long": {"nom": "x" * 121},
    "note-longue": {"notes": {"eau-suivi": "x" * 1001}},
    "note-moitie-de-caractere": {"notes": {"eau-suivi": "\ud83d"}},
    "notes-liste": {"notes": ["x"]},
    "plan-statut": {"plan": {"eau-suivi": {"statut": "<b>", "echeance": None, "responsable": "", "note": ""}}},
    "plan-echeance": {"plan": {"eau-suivi": {"statut": "fait", "echeance": "demain", "responsable": "", "note": ""}}},
    "mises-de-cote": {"mises_de_cote": [{"question": "a", "reponse": "x", "raison": "retiree"}]},
    "mises-de-cote-objet": {"mises_de_cote": {}},
    "evaluations-vides": {"evaluations": []},
    "evaluations-de-trop": {"evaluations": [{}] * 501},
    "une-mauvaise-parmi-plusieurs": {"evaluations": [{"questionnaire": {"id": "transition-ecologique"}}]},
}


def test_hostile_files_are_refused_and_change_nothing(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin()
    visiteur.answer(question, 2)
    visiteur.show_bilan()
    page.locator("[data-levier] [data-statut]").first.wait_for()
    before = page.locator("[data-bilan-contenu]").inner_text()
    lourde = {f"q-{rang}": "é" * 1000 for rang in range(300)}
    for nom, hostile in (HOSTILES | {"note-lourde": {"notes": lourde}}).items():
        page.locator("[data-alerte]").evaluate("zone => { zone.hidden = true; zone.textContent = ''; }")
        visiteur.give_file(json.dumps(make_file(visiteur, **hostile)) if isinstance(hostile, dict) else hostile)
        expect(page.locator("[data-alerte]"), nom).to_contain_text("ne peut pas être repris")
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


@pytest.fixture
def migrations(visiteur: Visiteur) -> Visiteur:
    """The questionnaire on its way gets a history: one question had another id, another one is no longer asked."""
    first = first_question(visiteur)
    questions = {"ancien-nom": first["id"], "disparue": None}
    visiteur.q["migrations"] = [{"de": "0.9.0", "vers": visiteur.q["version"], "questions": questions, "options": {}}]
    visiteur.page.route("**/api/v1/questionnaires/*.json", lambda route: route.fulfill(json=visiteur.q))
    return visiteur


def test_an_older_file_is_carried_forward_and_it_is_said(migrations):
    visiteur, question = migrations, first_question(migrations)
    fichier = make_file(visiteur, questionnaire={"id": visiteur.q["id"], "version": "0.9.0"})
    fichier["reponses"] = {"ancien-nom": fichier["reponses"][question["id"]], "disparue": {"revision": 1, "etat": "ne_sait_pas"}}
    fichier["notes"] = {"ancien-nom": "avant", "disparue": "ce mot reste"}
    begin_with(visiteur, fichier, garde=True)
    rapport = visiteur.page.locator("[data-rapport]")
    expect(rapport).to_contain_text("version 0.9.0", timeout=30_000)
    told = plain(rapport.inner_text())
    assert "1 réponse reprise, 1 mise de côté" in told
    assert "disparue (cette question n'est plus posée)" in told
    is_answered(visiteur, question, 1)
    visiteur.saved()
    rapport.get_by_role("button", name="J’ai lu").click()
    expect(rapport).to_be_hidden()
    exported = visiteur.download_from_bilan()
    assert exported["questionnaire"]["version"] == visiteur.q["version"]
    assert exported["reponses"] == {question["id"]: fichier["reponses"]["ancien-nom"]}
    assert exported["notes"] == {question["id"]: "avant"}
    assert exported["mises_de_cote"] == [
        {"question": "disparue", "reponse": {"revision": 1, "etat": "ne_sait_pas"}, "note": "ce mot reste", "raison": "retiree"}
    ]


def test_a_newer_file_is_opened_without_change_and_says_so(visiteur):
    fichier = make_file(visiteur, questionnaire={"id": visiteur.q["id"], "version": "99.0.0"})
    begin_with(visiteur, fichier)
    expect(visiteur.page.locator("[data-rapport]")).to_contain_text("version plus récente")
    is_answered(visiteur, first_question(visiteur), 1)
    assert visiteur.download_from_bilan() == fichier


def test_several_evaluations_leave_in_one_file_and_come_back(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    dates = ["2026-01-15", "2026-06-15"]
    plusieurs = {"format": 1, "evaluations": [make_file(visiteur, date=date) for date in dates]}
    ailleurs = make_file(visiteur, questionnaire={"id": "un-autre", "version": "1.0.0"})
    visiteur.give_file(json.dumps(plusieurs | {"evaluations": [*plusieurs["evaluations"], ailleurs]}))
    alerte = page.locator("[data-alerte]")
    expect(alerte).to_contain_text("2 évaluations de ce questionnaire. Il contient aussi une évaluation d’un autre questionnaire")
    alerte.get_by_role("button", name="Ouvrir seulement la plus récente").click()
    expect(page.locator("[data-annonce]")).to_contain_text("Fichier lu")
    for _ in range(2):  # the same file twice doubles nothing
        visiteur.give_file(json.dumps(plusieurs))
        alerte.get_by_role("button", name="Les enregistrer sur cet appareil").click()
        expect(page.locator("[data-appareil] [data-evaluation]")).to_have_count(2)
        expect(page.locator("[data-appareil] h3")).to_be_focused()
    with page.expect_download() as download:
        visiteur.button("Emporter toutes mes évaluations").click()
    emportees = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert sorted(emportees["evaluations"], key=lambda one: one["date"]) == plusieurs["evaluations"]
    page.locator("[data-appareil] [data-evaluation]", has_text="15 juin").get_by_role("button", name="Reprendre").click()
    visiteur.button("Continuer celle-ci").click()
    is_answered(visiteur, question, 1)
