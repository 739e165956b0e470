"""The plan d'action, from a levier to the file: added, dated, led, removed and put back, kept over a reload."""

import datetime
import json

import pytest
from playwright.sync_api import Page, expect
from test_questionnaire_bilan import PME, ask, check_page, make_evaluation, show, worst
from visiteur import Visiteur, plain


def actions(page: Page) -> list[str]:
    return [card.get_attribute("data-action-plan") for card in page.locator("[data-action-plan]").all()]


def write(page: Page, question: str, champ: str, valeur: str) -> None:
    field = page.locator(f"[data-action-plan={question}] [data-champ-plan={champ}]")
    field.select_option(valeur) if champ == "statut" else field.fill(valeur)
    field.blur()


@pytest.fixture
def planner(visiteur) -> Visiteur:
    """A visitor whose answers are kept in this browser, before a bilan full of leviers."""
    visiteur.begin(None, garde=True)
    visiteur.show_bilan()
    show(visiteur, make_evaluation(visiteur, worst, PME, date=datetime.datetime.now(datetime.UTC).date().isoformat()))
    return visiteur


def test_a_plan_from_its_first_action_to_a_reload(planner):
    page = planner.page
    assert page.locator("[data-plan-vide]").is_visible()
    premier, deuxieme = [card.get_attribute("data-levier") for card in page.locator("[data-levier]").all()][:2]
    for question in (premier, deuxieme):
        page.locator(f"[data-levier={question}] [data-ajouter]").click()
        expect(page.locator(f"[data-levier={question}] [data-ajouter]")).to_contain_text("Dans votre plan")
    libelles = {question["id"]: plain(question["action"]) for theme in planner.q["themes"] for question in theme["questions"]}
    assert plain(page.locator("[data-plan-annonce]").inner_text()) == f"Action ajoutée à votre plan : {libelles[deuxieme]}"
    page.locator(f"[data-levier={deuxieme}] [data-ajouter]").press("Enter")
    expect(page.locator(f"[data-action-plan={deuxieme}] h4")).to_be_focused()
    troisieme = page.locator("#q-plan-choix option").nth(1).get_attribute("value")
    assert plain(page.locator("#q-plan-choix option").nth(1).inner_text()).startswith(f"{libelles[troisieme]} (+")
    page.locator("#q-plan-choix").select_option(troisieme)
    page.locator("[data-plan-ajouter]").click()
    expect(page.locator(f"[data-action-plan={troisieme}] h4")).to_be_focused()

    assert [plain(titre) for titre in page.locator("[data-action-plan] h4").all_inner_texts()] == [libelles[id_] for id_ in actions(page)]

    hier = (datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=2)).isoformat()
    write(page, premier, "echeance", "2031-05-31")
    write(page, premier, "responsable", "Direction technique")
    write(page, premier, "note", "Devis « A » & <b>B</b>")
    write(page, deuxieme, "echeance", hier)
    assert page.locator("[data-plan-progres]").inner_text() == "0 action faite sur 3"
    assert "Une échéance est passée" in plain(page.locator("[data-plan-retard]").inner_text())
    write(page, deuxieme, "statut", "fait")
    assert page.locator("[data-plan-progres]").inner_text() == "1 action faite sur 3"
    assert page.locator("[data-plan-retard]").count() == 0
    write(page, troisieme, "echeance", "1900-01-01")
    expect(page.locator(f"[data-action-plan={troisieme}] .q-erreur")).to_have_text("Choisissez une date entre 2000 et 2100.")
    check_page(planner)

    evaluation = planner.download()
    vide = {"statut": "a-faire", "echeance": None, "responsable": "", "note": ""}
    plan = {
        premier: vide | {"echeance": "2031-05-31", "responsable": "Direction technique", "note": "Devis « A » & <b>B</b>"},
        deuxieme: vide | {"echeance": hier, "statut": "fait"},
        troisieme: vide,
    }
    assert evaluation["plan"] == plan
    ensemble = ask(planner, evaluation, questions=[premier, troisieme])["ensemble"]
    together = plain(page.locator("[data-ensemble]").inner_text())
    assert plain(f"{ensemble['gain_global_affiche']}, soit une note de {ensemble['note']} / 5") in together

    planner.saved()
    page.reload()
    planner.resume()
    planner.show_bilan()
    expect(page.locator("[data-action-plan]")).to_have_count(3)
    assert actions(page) == [deuxieme, premier, troisieme]
    assert page.locator(f"[data-action-plan={premier}] textarea").input_value() == plan[premier]["note"]


def test_an_action_removed_comes_back_and_files_hold_the_plan(planner):
    page = planner.page
    premier = page.locator("[data-levier]").first.get_attribute("data-levier")
    page.locator(f"[data-levier={premier}] [data-ajouter]").click()
    write(page, premier, "responsable", "Accueil")
    page.locator("[data-plan-ics]").click()
    expect(page.locator("[data-plan-annonce]")).to_contain_text("Donnez d’abord une échéance")
    write(page, premier, "echeance", "2031-05-31")
    with page.expect_download() as ics:
        page.locator("[data-plan-ics]").click()
    assert "DTSTART;VALUE=DATE:20310531" in ics.value.path().read_text(encoding="utf-8")
    with page.expect_download() as csv:
        page.locator("[data-plan-csv]").click()
    assert "Accueil" in csv.value.path().read_text(encoding="utf-8")
    page.locator("[data-plan-retirer]").click()
    expect(page.get_by_role("button", name="Annuler", exact=True)).to_be_focused()
    assert actions(page) == [] and not planner.download().get("plan")
    page.get_by_role("button", name="Annuler", exact=True).click()
    expect(page.locator(f"[data-action-plan={premier}] h4")).to_be_focused()
    assert page.locator("[data-champ-plan=responsable]").input_value() == "Accueil"
    assert json.dumps(planner.download()["plan"]).count("Accueil") == 1
