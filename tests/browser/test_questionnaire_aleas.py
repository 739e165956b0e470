"""The self-assessment when things go wrong: engine, storage, second tab, hostile files. No answer is ever lost silently."""

import json
import re

import pytest
from playwright.sync_api import expect
from visiteur import EMPTY, Visiteur, plain

#: What Chromium and Pyodide say of a file that was refused on purpose.
PANNE = (r"échec : .*\.wasm", r"Failed to load resource", r"wasm", r"réponse 404")


@pytest.fixture
def visiteur(page, site) -> Visiteur:
    visiteur = Visiteur(page, site)
    visiteur.open()
    return visiteur


def first_question(visiteur: Visiteur) -> dict:
    return next(q for q in visiteur.q["themes"][0]["questions"] if q["type"] == "unique" and not q["publics"])


def is_answered(visiteur: Visiteur, question: dict, rang: int):
    return expect(visiteur.question(question["id"]).locator("[data-option]").nth(rang)).to_be_checked()


def serve_as_octets(route):
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-type": "application/octet-stream"})


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (lambda route: route.abort(), "n'a pas pu être téléchargé"),
        (serve_as_octets, "application/wasm"),
        (lambda route: route.fulfill(status=404), "manque sur le serveur"),
    ],
    ids=["coupure", "type-mime", "absent"],
)
def test_engine_that_cannot_start_is_said_then_retried(visiteur, tolere, trouble, said):
    tolere(*PANNE)
    page, question = visiteur.page, first_question(visiteur)
    page.context.route("**/*.wasm", trouble)
    visiteur.begin()
    visiteur.answer(question, 1)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Le calcul n’est pas disponible", timeout=30_000)
    assert said in plain(alert.inner_text())
    is_answered(visiteur, question, 1)

    page.context.unroute("**/*.wasm")
    visiteur.button("Réessayer").click()
    visiteur.wait_for_engine()
    expect(alert).to_be_hidden()
    is_answered(visiteur, question, 1)
    visiteur.show_bilan()


def test_paper_is_a_way_out_that_keeps_the_answers(visiteur, tolere):
    tolere(*PANNE)
    page, question = visiteur.page, first_question(visiteur)
    page.context.route("**/*.wasm", lambda route: route.abort())
    visiteur.begin()
    visiteur.answer(question, 1)
    page.get_by_role("button", name="Continuer sur papier").click()
    expect(page.get_by_role("heading", name="Répondre et compter à la main")).to_be_focused()
    for theme in visiteur.q["themes"]:
        expect(page.locator(f"[data-theme={theme['id']}]")).to_be_visible()
    expect(visiteur.question(question["id"]).locator(".q-points").first).to_be_visible()
    is_answered(visiteur, question, 1)
    visiteur.button("Revenir au questionnaire").click()
    is_answered(visiteur, question, 1)


def test_what_was_ticked_on_the_grid_counts_after_the_start(visiteur):
    question = first_question(visiteur)
    visiteur.button("Répondre sur papier").click()
    visiteur.answer(question, 2)
    visiteur.button("Revenir au questionnaire").click()
    visiteur.begin()
    is_answered(visiteur, question, 2)


def test_crashed_worker_is_replaced(visiteur, tolere):
    tolere("plantage")
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin()
    visiteur.wait_for_engine()
    page.workers[0].evaluate("() => { setTimeout(() => { throw new Error('plantage'); }); }")
    page.wait_for_timeout(300)
    visiteur.answer(question, 1)
    visiteur.show_bilan()
    is_answered(visiteur, question, 1)


def test_missing_choices_are_said_and_focused(visiteur):
    page = visiteur.page
    visiteur.button("Commencer").click()
    expect(page.locator("[name=q-public]").first).to_be_focused()
    expect(page.locator("#q-public-erreur")).to_be_visible()
    assert "q-public-erreur" in page.locator("[name=q-public]").first.get_attribute("aria-describedby")
    assert visiteur.storage() == EMPTY


def test_saved_answers_come_back_on_demand(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin(garde=True)
    visiteur.answer(question, 2)
    page.wait_for_function("indexedDB.databases().then((bases) => bases.some((b) => b.name === 'etabli'))")
    page.wait_for_timeout(200)
    page.reload()
    page.get_by_role("button", name=re.compile("^Reprendre l.évaluation du ")).click()
    is_answered(visiteur, question, 2)

    page.reload()
    visiteur.button("Recommencer").click()
    visiteur.begin(garde=True)
    expect(visiteur.question(question["id"]).locator(":checked")).to_have_count(0)


def test_not_saving_leaves_nothing(visiteur):
    visiteur.begin(garde=False)
    visiteur.answer(first_question(visiteur), 1)
    visiteur.show_bilan()
    assert visiteur.storage() == EMPTY


def test_erasing_leaves_nothing(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin(garde=True)
    visiteur.answer(question, 1)
    visiteur.show_bilan()
    assert visiteur.storage()["bases"] == ["etabli"]
    visiteur.button("Tout effacer").click()
    visiteur.button("Garder mes réponses").click()
    assert visiteur.storage()["bases"] == ["etabli"]
    visiteur.button("Tout effacer").click()
    page.get_by_role("dialog").get_by_role("button", name="Tout effacer").click()
    expect(page.get_by_role("heading", name="Avant de commencer")).to_be_focused()
    assert visiteur.storage() == EMPTY
    visiteur.begin()
    expect(visiteur.question(question["id"]).locator(":checked")).to_have_count(0)
    visiteur.show_bilan()


def test_second_tab_never_overwrites_silently(visiteur, site):
    question = first_question(visiteur)
    visiteur.begin(garde=True)
    visiteur.answer(question, 0)
    visiteur.page.wait_for_timeout(200)

    other = Visiteur(visiteur.page.context.new_page(), site)
    other.open()
    other.page.get_by_role("button", name=re.compile("^Reprendre")).click()
    other.answer(question, 1)
    other.page.wait_for_timeout(200)

    visiteur.answer(question, 2)
    expect(visiteur.page.get_by_role("alert")).to_contain_text("autre onglet")
    is_answered(visiteur, question, 2)
    visiteur.page.get_by_role("button", name="Prendre celles de l’autre onglet").click()
    is_answered(visiteur, question, 1)


def test_storage_that_refuses_is_said_and_a_file_is_offered(page, site):
    page.add_init_script("indexedDB.open = () => { throw new DOMException('plein', 'QuotaExceededError'); }")
    visiteur = Visiteur(page, site)
    visiteur.open()
    visiteur.begin(garde=True)
    visiteur.answer(first_question(visiteur), 1)
    expect(page.get_by_role("alert")).to_contain_text("refuse d’enregistrer")
    assert list(visiteur.download()["reponses"]) == [first_question(visiteur)["id"]]


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
}


def test_hostile_files_are_refused_and_change_nothing(visiteur):
    question = first_question(visiteur)
    visiteur.begin()
    visiteur.answer(question, 2)
    visiteur.show_bilan()
    alert = visiteur.page.get_by_role("alert")
    seen = {}
    for nom, hostile in HOSTILES.items():
        visiteur.page.locator("[data-alerte]").evaluate("zone => zone.hidden = true")
        visiteur.give_file(json.dumps(make_file(visiteur, **hostile)) if isinstance(hostile, dict) else hostile)
        expect(alert, nom).to_contain_text("ne peut pas être repris")
        seen[nom] = visiteur.download()["reponses"][question["id"]]["options"]
    assert seen == dict.fromkeys(HOSTILES, [question["options"][2]["id"]])
    assert visiteur.page.evaluate("({}).etat") is None


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
