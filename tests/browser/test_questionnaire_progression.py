"""« Ma progression »: dated evaluations side by side, with the engine's own figures and nothing told by colour alone."""

import datetime
import json
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from test_questionnaire_etats import check_state
from visiteur import Visiteur, first_question, plain

from etabli_engine.bridge import call

PARIS = ZoneInfo("Europe/Paris")
#: Put evaluations in the browser's storage, with the page's own module.
KEEP = """async ([module, evaluations]) => {
  const { newId, save } = await import(module);
  for (const evaluation of evaluations) await save({ id: newId(), questionnaire: evaluation.questionnaire.id, evaluation }, 0);
}"""


def make_evaluation(q: dict, date: str, rang: int, part: int = 1, **fields) -> dict:
    """Answers to one question out of `part`, the better the higher `rang`."""
    reponses = {}
    for question in [question for theme in q["themes"] for question in theme["questions"]][::part]:
        if question["type"] == "unique" and not question["publics"] and question["si"] is None:
            options = question["options"][min(rang, len(question["options"]) - 1)]
            reponses[question["id"]] = {"revision": question["revision"], "etat": "repondu", "options": [options["id"]]}
    profil = {"public": "entreprise", "effectif": 12, "secteur": None, "zones": []}
    identite = {"id": q["id"], "version": q["version"]}
    return {"format": 1, "questionnaire": identite, "parcours": "complet", "date": date, "profil": profil, "reponses": reponses} | fields


def compare(q: dict, evaluations: list[dict]) -> dict:
    return json.loads(call("comparer", json.dumps({"questionnaire": q, "evaluations": evaluations, "date": "2026-11-21"})))


@pytest.fixture
def progression(visiteur: Visiteur, site: str):
    """Keep these evaluations, then open the screen from the start."""

    def show(*evaluations: dict) -> Visiteur:
        visiteur.page.evaluate(KEEP, [f"{site}assets/web/store.js", evaluations])
        visiteur.page.reload()
        visiteur.button("Voir ma progression").click()
        expect(visiteur.page.locator("#q-progression-titre")).to_be_focused(timeout=30_000)
        return visiteur

    return show


def rows_of(serie) -> list[str]:
    """The notes of a table, oldest first; read even while it is folded."""
    return [plain(text) for text in serie.locator("tbody td").all_text_contents()]


def check_series(visiteur: Visiteur, evaluations: list[dict]) -> None:
    page, attendu = visiteur.page, compare(visiteur.q, evaluations)
    expect(page.locator(f"[data-comparables='{attendu['comparables']}']")).to_have_text(attendu["phrase"])
    series = {"s-global": attendu["global"]} | {f"s-theme-{theme['id']}": theme["serie"] for theme in attendu["themes"] if theme["serie"]}
    assert [serie.get_attribute("data-serie") for serie in page.locator("[data-serie]").all()] == list(series)
    for nom, serie in series.items():
        figure = page.locator(f"[data-serie={nom}]")
        assert rows_of(figure) == [mesure["note"] for mesure in serie["mesures"]]
        assert figure.locator("circle").count() == len(evaluations)
        if serie["sens"] != "stable":
            assert plain(serie["ecart_affiche"]) in plain(figure.locator("figcaption").inner_text())
    changes = [question["id"] for sens in ("progres", "recul") for question in attendu["questions"] if question["sens"] == sens]
    assert [item.get_attribute("data-changement") for item in page.locator("[data-changement]").all()] == changes


def test_three_evaluations_compared_named_and_deleted(progression, visiteur):
    page, q = visiteur.page, visiteur.q
    anciennes = [
        make_evaluation(q, "2024-11-30", 0),
        make_evaluation(q, "2025-05-02", 2),
        make_evaluation(q, "2026-11-20", 1, nom="Après l'audit"),
    ]
    progression(anciennes[2], anciennes[0], anciennes[1])
    liste = page.locator(".s-evaluations > li")
    assert [plain(text).split("complète")[0] for text in liste.locator("label").all_inner_texts()] == [
        "Évaluation du 30 novembre 2024 version ", "Évaluation du 2 mai 2025 version ", "Après l'audit 20 novembre 2026 · version ",
    ]  # fmt: skip
    check_series(visiteur, anciennes)
    assert "autre version" not in liste.nth(0).inner_text()
    # True dates: the second one is nearer to the first than to the last.
    first, second, last = [float(point.get_attribute("cx")) for point in page.locator("[data-serie=s-global] circle").all()]
    assert second - first < (last - second) / 2

    liste.nth(0).get_by_role("checkbox").uncheck()
    expect(page.locator("[data-serie=s-global] tbody tr")).to_have_count(2)
    check_series(visiteur, anciennes[1:])
    assert page.locator("[data-changement][data-sens=recul]").count() > 0
    question = compare(q, anciennes[1:])["questions"][0]
    change = plain(page.locator(f"[data-changement={question['id']}]").inner_text())
    options = {o["id"]: o["texte"] for t in q["themes"] for x in t["questions"] if x["id"] == question["id"] for o in x["options"]}
    avant, apres = (plain(options[evaluation["reponses"][question["id"]]["options"][0]]) for evaluation in anciennes[1:])
    assert f"{avant} → . Après : {apres}" in change
    liste.nth(1).get_by_role("button", name="Renommer").click()
    for summary in page.locator("[data-serie] summary").all():
        summary.click()
    check_state(visiteur)
    liste.nth(1).get_by_role("textbox").focus()
    page.keyboard.type("Avant les travaux")
    page.keyboard.press("Enter")
    expect(liste.nth(1).get_by_role("button", name="Renommer : Avant les travaux")).to_be_focused()
    liste.nth(0).get_by_role("button", name="Supprimer").click()
    check_state(visiteur)
    page.keyboard.press("Escape")
    expect(liste).to_have_count(3)
    expect(liste.nth(0).get_by_role("button", name="Supprimer")).to_be_focused()
    liste.nth(0).get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(liste).to_have_count(2)
    liste.nth(1).get_by_role("checkbox").uncheck()
    expect(page.locator("[data-comparaison]")).to_contain_text("Cochez au moins deux évaluations")
    page.reload()
    page.locator("[data-appareil] [data-evaluation]").nth(1).wait_for()
    kept = plain(page.locator("[data-appareil]").inner_text())
    assert "Avant les travaux" in kept
    assert "30 novembre 2024" not in kept


def test_the_one_under_way_comes_after_those_of_the_same_day(visiteur, site):
    """« Refaire le point » the same afternoon: what it adds is progress, not the other way round."""
    page, q = visiteur.page, visiteur.q
    matin = make_evaluation(q, datetime.datetime.now(PARIS).date().isoformat(), 0)
    page.evaluate(KEEP, [f"{site}assets/web/store.js", [matin]])
    page.reload()
    visiteur.resume()
    visiteur.show_bilan()
    visiteur.button("Refaire le point").click()
    question = first_question(visiteur)
    visiteur.answer(question, len(question["options"]) - 1)
    visiteur.show_bilan()
    visiteur.saved()
    visiteur.button("Voir ma progression").click()
    expect(page.locator(f"[data-changement={question['id']}]")).to_have_attribute("data-sens", "progres")


def test_short_and_full_versions_compare_and_an_empty_one_says_what_to_do(progression, visiteur):
    page, q = visiteur.page, visiteur.q
    courte = make_evaluation(q, "2026-01-10", 0, parcours="court")
    courte["reponses"] = {nom: reponse for nom, reponse in courte["reponses"].items() if nom in q["court"]["questions"]}
    vide = make_evaluation(q, "2026-09-01", 0, reponses={})
    progression(courte, make_evaluation(q, "2026-06-01", 1), vide)
    expect(page.locator("[data-comparables='0']")).to_be_visible()
    expect(page.locator("[data-comparaison]")).to_contain_text("Décochez une évaluation presque vide")
    check_state(visiteur)
    page.locator(".s-evaluations > li").nth(2).get_by_role("checkbox").uncheck()
    expect(page.locator("[data-serie=s-global]")).to_be_visible()
    check_series(visiteur, [courte, make_evaluation(q, "2026-06-01", 1)])
    expect(page.locator("[data-comparaison]")).to_contain_text("version courte et une version complète")
