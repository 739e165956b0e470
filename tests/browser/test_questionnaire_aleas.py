"""The self-assessment when things go wrong: engine, storage, second tab. No answer is ever lost silently."""

import pytest
from playwright.sync_api import expect
from visiteur import EMPTY, LEAVES, Visiteur, first_question, is_answered, judge, plain

#: What Chromium and Pyodide say of a file that was refused on purpose.
PANNE = (r"échec : .*\.wasm", r"Failed to load resource", r"wasm", r"réponse 404")

#: The last worker made, within reach of the test.
KEEP_WORKER = "window.Worker = class extends Worker { constructor(...parts) { super(...parts); window.worker = this; } };"


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
    alert = page.locator("[data-alerte]")
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


def test_what_was_ticked_on_the_grid_is_saved_at_once(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.button("Répondre sur papier").click()
    visiteur.answer(question, 1)
    visiteur.button("Revenir au questionnaire").click()
    visiteur.begin(garde=True)
    visiteur.saved()
    page.reload()
    visiteur.resume()
    is_answered(visiteur, question, 1)


def test_the_grid_shows_the_answers_of_the_evaluation_under_way(visiteur):
    """What is ticked there goes to it: it must be seen."""
    question = first_question(visiteur)
    visiteur.begin()
    visiteur.answer(question, 1)
    visiteur.show_bilan()
    visiteur.button("Revenir à l’accueil du questionnaire").click()
    visiteur.button("Répondre sur papier").click()
    is_answered(visiteur, question, 1)


def check_shown(visiteur: Visiteur, public: str) -> None:
    """The bilan on the screen is that of the engine for this public and the first question answered."""
    question = first_question(visiteur)
    identite, profil = {"id": visiteur.q["id"], "version": visiteur.q["version"]}, {"public": public}
    reponses = {question["id"]: {"revision": question["revision"], "etat": "repondu", "options": [question["options"][0]["id"]]}}
    bilan = judge(visiteur, {"format": 1, "questionnaire": identite, "profil": profil, "reponses": reponses})
    attendues = [q["id"] for theme in bilan["themes"] for q in theme["questions"] if q["etat"] != "masquee" and q["notee"]]
    shown = visiteur.page.locator("[data-question-bilan]")
    expect(shown).to_have_count(len(attendues))
    assert sorted(shown.evaluate_all("rows => rows.map((row) => row.dataset.questionBilan)")) == sorted(attendues)


def test_a_bilan_of_former_facts_never_stays_on_the_screen(visiteur, tolere):
    """The profile changes while the aids cannot come, then while the engine has just stopped: what shows is of the new one."""
    tolere(*PANNE, r"aides\.json")
    page, alerte = visiteur.page, visiteur.page.locator("[data-alerte]")

    def change(public):
        visiteur.button("Modifier mon profil").first.click()
        visiteur.fact("public").locator(f'input[value="{public}"]').check()
        visiteur.button("Enregistrer ce profil").click()

    page.add_init_script(KEEP_WORKER)
    page.context.route("**/aides.json", lambda route: route.abort())
    page.reload()
    visiteur.begin(public="entreprise")
    visiteur.answer(first_question(visiteur), 0)
    visiteur.show_bilan()
    expect(alerte).to_contain_text("Les aides ne sont pas disponibles", timeout=30_000)
    check_shown(visiteur, "entreprise")
    change("etablissement-public")
    check_shown(visiteur, "etablissement-public")

    page.context.unroute("**/aides.json")
    page.context.route("**/*.wasm", lambda route: route.abort())
    page.evaluate("() => { worker.dispatchEvent(new ErrorEvent('error')); }")
    change("entreprise")
    expect(alerte).to_contain_text("Le calcul n’est pas disponible", timeout=30_000)
    page.context.unroute("**/*.wasm")
    alerte.get_by_role("button", name="Réessayer").click()
    check_shown(visiteur, "entreprise")


def test_a_bilan_asked_for_without_the_engine_shows_once_retried(visiteur, tolere):
    tolere(*PANNE)
    page = visiteur.page
    page.context.route("**/*.wasm", lambda route: route.abort())
    visiteur.begin()
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate("document.querySelector('.q-pied').scrollIntoView()")
    visiteur.button("Voir mon bilan").click()
    expect(page.locator("[data-alerte]")).to_be_focused(timeout=30_000)
    page.context.unroute("**/*.wasm")
    visiteur.button("Réessayer").click()
    expect(page.locator("#q-bilan-titre")).to_be_focused(timeout=30_000)


def test_the_focus_stays_on_the_bilan_when_an_alert_goes(visiteur, tolere):
    tolere(r"aides\.json", "Failed to load resource")
    page = visiteur.page
    page.context.route("**/aides.json", lambda route: route.abort())
    visiteur.begin()
    visiteur.answer(first_question(visiteur), 0)
    visiteur.show_bilan()
    alerte = page.locator("[data-alerte]")
    expect(alerte).to_contain_text("Les aides ne sont pas disponibles", timeout=30_000)
    page.context.unroute("**/aides.json")
    alerte.get_by_role("button", name="Réessayer").click()
    expect(alerte).to_be_hidden()
    expect(page.locator("#q-bilan-titre")).to_be_focused()


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
    publics = visiteur.fact("public").locator("input")
    visiteur.button("Commencer").click()
    expect(publics.first).to_be_focused()
    erreur = visiteur.fact("public").locator(".q-erreur")
    expect(erreur).to_be_visible()
    assert erreur.get_attribute("id") in publics.first.get_attribute("aria-describedby")
    publics.first.check()
    expect(erreur).to_be_hidden()
    visiteur.button("Commencer").click()
    expect(page.locator("[name=q-garde]").first).to_be_focused()
    expect(page.locator("#q-garde-erreur")).to_be_visible()
    assert visiteur.storage() == EMPTY


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
    visiteur.begin_saved(question, 0)

    other = Visiteur(visiteur.page.context.new_page(), site)
    other.open()
    other.resume()
    other.answer(question, 1)
    other.saved()

    visiteur.answer(question, 2)
    expect(visiteur.page.locator("[data-alerte]")).to_contain_text("autre onglet")
    is_answered(visiteur, question, 2)
    visiteur.page.get_by_role("button", name="Prendre celles de l’autre onglet").click()
    is_answered(visiteur, question, 1)


def test_each_tab_has_an_evaluation_of_its_own(visiteur, site):
    question = first_question(visiteur)
    other = Visiteur(visiteur.page.context.new_page(), site)
    other.open()
    for rang, one in enumerate((visiteur, other)):
        one.begin_saved(question, rang)
    for rang, one in enumerate((visiteur, other)):
        one.answer(question, rang + 2)
        one.saved()
        expect(one.page.locator("[data-alerte]")).to_be_hidden()
    visiteur.page.reload()
    expect(visiteur.page.locator("[data-appareil] [data-evaluation]")).to_have_count(2)


def test_answers_erased_from_another_tab_are_not_written_back(visiteur, site):
    visiteur.begin_saved(first_question(visiteur), 0)
    visiteur.page.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('etabli').onsuccess = done; }).then(() => 0)")
    visiteur.page.locator("[data-option]:visible").last.check()
    expect(visiteur.page.locator("[data-alerte]")).to_contain_text("effacée depuis un autre onglet")
    expect(visiteur.page.locator("[data-alerte]")).to_be_in_viewport()
    assert visiteur.storage() == EMPTY
    visiteur.button("Enregistrer de nouveau").click()
    expect(visiteur.page.locator("[data-alerte]")).to_be_hidden()
    visiteur.saved()
    assert visiteur.storage()["bases"] == ["etabli"]


REFUS = {
    "navigation-privee": "indexedDB.open = () => { throw new DOMException('privé', 'InvalidStateError'); }",
    "disque-plein": "IDBObjectStore.prototype.put = function () { this.transaction.abort(); }",
}


@pytest.mark.parametrize("refus", REFUS.values(), ids=REFUS)
def test_storage_that_refuses_is_said_and_a_file_is_offered(page, site, refus):
    page.add_init_script(refus)
    visiteur = Visiteur(page, site)
    visiteur.open()
    visiteur.begin(garde=True)
    question = first_question(visiteur)
    visiteur.answer(question, 1)
    expect(page.locator("[data-alerte]")).to_contain_text("refuse d’enregistrer")
    assert not page.evaluate(LEAVES)
    visiteur.question(question["id"]).locator("summary", has_text="Une note pour vous").click()
    visiteur.question(question["id"]).get_by_label("Votre note").fill("Sans place, mais pas perdue")
    fichier = visiteur.download()
    assert list(fichier["reponses"]) == [question["id"]]
    assert fichier["notes"] == {question["id"]: "Sans place, mais pas perdue"}
    assert page.evaluate(LEAVES)


def test_screen_of_results_then_aids_that_cannot_come_are_said_then_retried(visiteur, tolere):
    tolere("Failed to load resource", r"échec : .*(radar\.js|aides\.json)")
    page, question = visiteur.page, first_question(visiteur)
    for nom in ("radar.js", "aides.json"):
        page.context.route(f"**/{nom}", lambda route: route.abort())
    visiteur.begin()
    visiteur.answer(question, 0)
    visiteur.button("Voir mon bilan").click()
    expect(page.locator("[data-alerte]")).to_contain_text("n’a pas pu être téléchargé")
    is_answered(visiteur, question, 0)
    page.context.unroute("**/radar.js")
    visiteur.button("Réessayer").click()
    expect(page.locator("#q-bilan-titre")).to_be_focused(timeout=30_000)
    expect(page.locator("[data-alerte]")).to_contain_text("Les aides ne sont pas disponibles")
    page.context.unroute("**/aides.json")
    visiteur.button("Réessayer").click()
    expect(page.locator("[data-levier] [data-statut]").first).to_be_visible()
    expect(page.locator("[data-alerte]")).to_be_hidden()
