"""The self-assessment when things go wrong: engine, storage, second tab. No answer is ever lost silently."""

import re

import pytest
from playwright.sync_api import expect
from visiteur import EMPTY, Visiteur, first_question, is_answered, plain

#: What Chromium and Pyodide say of a file that was refused on purpose.
PANNE = (r"échec : .*\.wasm", r"Failed to load resource", r"wasm", r"réponse 404")


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


def test_worker_that_crashes_in_the_middle_of_a_call_is_replaced(visiteur, tolere):
    tolere("plantage")
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin()
    visiteur.wait_for_engine()
    page.workers[0].evaluate("() => { self.postMessage = () => setTimeout(() => { throw new Error('plantage'); }); }")
    visiteur.answer(question, 1)
    visiteur.show_bilan()
    visiteur.button("Modifier mes réponses").click()
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


SPOIL = """() => new Promise((done) => {
  const opening = indexedDB.open("etabli", 1);
  opening.onsuccess = () => {
    const writing = opening.result.transaction("evaluations", "readwrite");
    writing.objectStore("evaluations").put({ questionnaire: "transition-ecologique", rev: 1, evaluation: { date: 5 } });
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""


def test_a_spoilt_record_is_said_and_can_be_replaced(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin(garde=True)
    visiteur.answer(question, 2)
    page.wait_for_timeout(200)
    page.evaluate(SPOIL)
    page.reload()
    page.get_by_role("button", name=re.compile("^Reprendre l.évaluation$")).click()
    expect(page.get_by_role("alert")).to_contain_text("ne peut pas être repris")
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


def test_answers_erased_from_another_tab_are_not_written_back(visiteur, site):
    visiteur.begin(garde=True)
    visiteur.answer(first_question(visiteur), 0)
    visiteur.page.wait_for_timeout(200)
    visiteur.page.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('etabli').onsuccess = done; }).then(() => 0)")
    visiteur.answer(first_question(visiteur), 1)
    expect(visiteur.page.get_by_role("alert")).to_contain_text("effacée depuis un autre onglet")
    assert visiteur.storage() == EMPTY
    visiteur.button("Enregistrer de nouveau").click()
    expect(visiteur.page.get_by_role("alert")).to_be_hidden()
    visiteur.page.wait_for_timeout(200)
    assert visiteur.storage()["bases"] == ["etabli"]


def test_storage_that_refuses_is_said_and_a_file_is_offered(page, site):
    page.add_init_script("indexedDB.open = () => { throw new DOMException('plein', 'QuotaExceededError'); }")
    visiteur = Visiteur(page, site)
    visiteur.open()
    visiteur.begin(garde=True)
    visiteur.answer(first_question(visiteur), 1)
    expect(page.get_by_role("alert")).to_contain_text("refuse d’enregistrer")
    assert list(visiteur.download()["reponses"]) == [first_question(visiteur)["id"]]
