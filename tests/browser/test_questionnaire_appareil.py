"""Several evaluations kept in one browser: taken up again, renewed, named, deleted, carried over from the former way of keeping one."""

import datetime
import re

from playwright.sync_api import expect
from visiteur import Visiteur, first_question, is_answered, plain

#: The base as it was with one evaluation per questionnaire.
FORMER = """(evaluation) => new Promise((done) => {
  const opening = indexedDB.open("etabli", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("evaluations", { keyPath: "questionnaire" });
  opening.onsuccess = () => {
    const writing = opening.result.transaction("evaluations", "readwrite");
    writing.objectStore("evaluations").put({ questionnaire: evaluation.questionnaire.id, rev: 7, evaluation });
    writing.objectStore("evaluations").put({ questionnaire: "un-autre", rev: 2, evaluation: { format: 1 } });
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""
RECORDS = """() => new Promise((done) => {
  const opening = indexedDB.open("etabli");
  opening.onsuccess = () => {
    const reading = opening.result.transaction("evaluations").objectStore("evaluations").getAll();
    reading.onsuccess = () => { opening.result.close(); done(reading.result); };
  };
})"""
SPOIL = """() => new Promise((done) => {
  const opening = indexedDB.open("etabli");
  opening.onsuccess = () => {
    const writing = opening.result.transaction("evaluations", "readwrite");
    writing.objectStore("evaluations").put({ id: "abime", questionnaire: "transition-ecologique", rev: 1, evaluation: { date: 5 } });
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def lines(visiteur: Visiteur):
    return visiteur.page.locator("[data-appareil] [data-evaluation]")


def test_saved_answers_come_back_and_a_new_evaluation_leaves_them(visiteur):
    page, courtes = visiteur.page, visiteur.q["court"]["questions"]
    question = next(q for q in visiteur.q["themes"][0]["questions"] if q["id"] in courtes and q["type"] == "unique")
    visiteur.begin_saved(question, 2)
    page.reload()
    visiteur.resume()
    is_answered(visiteur, question, 2)

    page.reload()
    visiteur.begin(garde=True, parcours="court")
    expect(visiteur.question(question["id"]).locator(":checked")).to_have_count(0)
    visiteur.answer(question, 0)
    visiteur.saved()
    page.reload()
    expect(lines(visiteur)).to_have_count(2)
    assert sorted(plain(text).split(" · ")[0].split()[-1] for text in lines(visiteur).all_inner_texts()) == ["complète", "courte"]
    visiteur.resume("version complète")
    is_answered(visiteur, question, 2)


def test_renamed_and_deleted_from_the_start_screen(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin_saved(question, 2)
    page.reload()
    lines(visiteur).get_by_role("button", name="Renommer").click()
    page.get_by_role("dialog").get_by_label("Nom, pour la reconnaître").fill("Site de Poitiers")
    page.keyboard.press("Enter")
    expect(lines(visiteur)).to_contain_text("Site de Poitiers")
    expect(lines(visiteur).get_by_role("button", name="Renommer")).to_be_focused()
    visiteur.resume("Site de Poitiers")
    expect(page.locator("[data-theme]:visible")).to_have_count(1)
    page.reload()
    lines(visiteur).get_by_role("button", name="Supprimer").click()
    visiteur.button("La garder").click()
    expect(lines(visiteur).get_by_role("button", name="Supprimer")).to_be_focused()
    lines(visiteur).get_by_role("button", name="Supprimer").click()
    visiteur.button("Supprimer").click()
    expect(lines(visiteur)).to_have_count(0)
    expect(page.locator("#q-accueil")).to_be_focused()
    assert page.evaluate(RECORDS) == []


def go_home(visiteur: Visiteur) -> None:
    visiteur.show_bilan()
    visiteur.button("Revenir à l’accueil du questionnaire").click()
    expect(lines(visiteur)).to_have_count(1)


def test_the_one_under_way_is_renamed_from_the_start_screen_without_a_quarrel(visiteur):
    """The same page writes twice: it is not another tab."""
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin(garde=True)
    visiteur.answer(question, 2)
    go_home(visiteur)
    lines(visiteur).get_by_role("button", name="Renommer").click()
    page.get_by_role("dialog").get_by_label("Nom, pour la reconnaître").fill("Site de Poitiers")
    page.keyboard.press("Enter")
    expect(lines(visiteur)).to_contain_text("Site de Poitiers")
    visiteur.button("Y revenir").click()
    visiteur.answer(question, 0)
    visiteur.saved()
    expect(page.locator("[data-alerte]")).to_be_hidden()
    [record] = page.evaluate(RECORDS)
    assert (record["evaluation"]["nom"], record["evaluation"]["reponses"][question["id"]]["options"]) == (
        "Site de Poitiers", [question["options"][0]["id"]],
    )  # fmt: skip


def test_the_one_under_way_is_deleted_from_the_start_screen(visiteur):
    visiteur.begin(garde=True)
    visiteur.answer(first_question(visiteur), 2)
    go_home(visiteur)
    lines(visiteur).get_by_role("button", name="Supprimer").click()
    visiteur.button("Supprimer").click()
    expect(lines(visiteur)).to_have_count(0)
    expect(visiteur.button("Y revenir")).to_be_hidden()
    assert visiteur.page.evaluate(RECORDS) == []


def test_a_deletion_that_is_refused_changes_nothing(visiteur):
    """The evaluation under way goes on being saved."""
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin(garde=True)
    visiteur.answer(question, 2)
    visiteur.show_bilan()
    page.evaluate("() => { IDBFactory.prototype.deleteDatabase = () => { throw new Error('refus'); }; }")
    visiteur.button("Tout effacer").click()
    page.get_by_role("dialog").get_by_role("button", name="Tout effacer").click()
    expect(page.locator("[data-alerte]")).to_contain_text("refuse d’effacer")
    visiteur.button("Modifier mes réponses").click()
    visiteur.answer(question, 0)
    visiteur.saved()
    [record] = page.evaluate(RECORDS)
    assert record["evaluation"]["reponses"][question["id"]]["options"] == [question["options"][0]["id"]]


def test_what_another_tab_has_written_since_the_list_was_shown_is_taken_up(visiteur, site):
    question = first_question(visiteur)
    visiteur.begin_saved(question, 1)
    other = Visiteur(visiteur.page.context.new_page(), site)
    other.open()
    expect(lines(other)).to_have_count(1)
    visiteur.answer(question, 2)
    visiteur.saved()
    other.resume()
    is_answered(other, question, 2)


def test_a_month_later_one_may_take_stock_again(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin_saved(question, 0)
    page.clock.set_system_time(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=40))
    page.reload()
    visiteur.resume()
    visiteur.button("Continuer celle-ci").click()
    is_answered(visiteur, question, 0)
    page.reload()
    visiteur.resume()
    visiteur.button("Refaire le point").click()
    is_answered(visiteur, question, 0)
    visiteur.answer(question, 2)
    visiteur.saved()
    records = sorted(page.evaluate(RECORDS), key=lambda record: record["evaluation"]["date"])
    assert [record["evaluation"]["reponses"][question["id"]]["options"] for record in records] == [
        [question["options"][0]["id"]], [question["options"][2]["id"]],
    ]  # fmt: skip
    first, last = (datetime.date.fromisoformat(record["evaluation"]["date"]) for record in records)
    assert (last - first).days in (39, 40, 41)


def test_an_evaluation_kept_by_the_former_version_is_carried_over(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    reponse = {"revision": question["revision"], "etat": "repondu", "options": [question["options"][1]["id"]]}
    identite = {"id": visiteur.q["id"], "version": visiteur.q["version"]}
    profil = {"public": None, "effectif": None, "secteur": None, "zones": []}
    jour = datetime.date.today().isoformat()
    ancienne = {"format": 1, "questionnaire": identite, "date": jour, "profil": profil, "reponses": {question["id"]: reponse}}
    page.evaluate(FORMER, ancienne)
    page.reload()
    visiteur.resume()
    is_answered(visiteur, question, 1)
    visiteur.answer(question, 2)
    visiteur.saved()
    records = {record["questionnaire"]: record for record in page.evaluate(RECORDS)}
    assert records["un-autre"]["evaluation"] == {"format": 1}
    assert records[visiteur.q["id"]]["rev"] == 8
    assert all(re.fullmatch(UUID, record["id"]) for record in records.values())


def test_a_spoilt_record_is_said_and_can_be_deleted(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin_saved(question, 2)
    page.evaluate(SPOIL)
    page.reload()
    abimee = lines(visiteur).filter(has_text="ne peut pas être relue")
    expect(abimee).to_have_count(1)
    abimee.get_by_role("button", name="Supprimer").click()
    abimee = page.locator("[data-evaluation=abime]")
    abimee.get_by_role("button", name="Supprimer").click()
    expect(lines(visiteur)).to_have_count(1)
    visiteur.resume()
    is_answered(visiteur, question, 2)


def test_one_is_erased_and_the_others_stay(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    for rang in range(2):
        visiteur.begin(garde=True)
        visiteur.answer(question, rang)
        visiteur.show_bilan()
        visiteur.saved()
        if rang == 0:
            visiteur.button("Revenir à l’accueil du questionnaire").click()
            visiteur.button("Y revenir").click()
            is_answered(visiteur, question, 0)
            page.reload()
    visiteur.button("Tout effacer").click()
    page.get_by_role("dialog").get_by_role("button", name="Effacer cette évaluation").click()
    expect(page.get_by_role("status").first).to_contain_text("les autres restent")
    expect(lines(visiteur)).to_have_count(1)
    visiteur.resume()
    is_answered(visiteur, question, 0)


def test_leaving_what_is_not_saved_asks_first(visiteur):
    question = first_question(visiteur)
    visiteur.begin(garde=False)
    visiteur.answer(question, 1)
    visiteur.show_bilan()
    visiteur.button("Refaire le point").click()
    alerte = visiteur.page.locator("[data-alerte]")
    expect(alerte).to_contain_text("n’est pas enregistrée")
    expect(alerte).to_be_focused()
    with visiteur.page.expect_download():
        alerte.get_by_role("button", name="Télécharger mes réponses").click()
    is_answered(visiteur, question, 1)


def test_a_shared_link_pasted_in_the_page_leaves_the_evaluation_under_way(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin_saved(question, 1)
    adresse, fragment = page.url, page.evaluate(SHARE, f"{visiteur.address.split('questionnaires')[0]}assets/web/partage.js")
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    expect(page.locator("#q-recu")).to_be_focused()
    visiteur.button("Afficher ce bilan").click()
    expect(page.locator("#q-bilan-titre")).to_have_text("Bilan partagé", timeout=30_000)
    visiteur.button("Commencer ma propre évaluation").click()
    assert page.url == adresse
    visiteur.button("Y revenir").click()
    is_answered(visiteur, question, 1)
    assert [list(record["evaluation"]["reponses"]) for record in page.evaluate(RECORDS)] == [[question["id"]]]


#: A link made elsewhere, with an earlier version of the questionnaire.
SHARE = """async (module) => {
  const { encodeShare } = await import(module), { questionnaire: id } = document.querySelector(".questionnaire").dataset;
  const profil = { public: null, effectif: null, secteur: null, zones: [] };
  return encodeShare({ format: 1, questionnaire: { id, version: "0.0.1" }, date: "2026-01-15", profil, reponses: {} });
}"""
