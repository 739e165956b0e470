"""« Back » and « forward » of the browser: one screen at a time, nothing lost, and nothing about the answers in the address."""

from playwright.sync_api import expect
from visiteur import first_question, is_answered


def on_theme(visiteur, rang: int) -> None:
    expect(visiteur.page.locator(f"[data-theme={visiteur.q['themes'][rang]['id']}] h2")).to_be_focused()


def test_back_and_forward_walk_through_the_screens(visiteur):
    page = visiteur.page
    question = first_question(visiteur)
    visiteur.begin()
    visiteur.answer(question, 1)
    visiteur.go_to(visiteur.q["themes"][1]["id"])
    visiteur.go_to(visiteur.q["themes"][2]["id"])
    visiteur.show_bilan()
    page.go_back()
    on_theme(visiteur, 2)
    page.go_back()
    page.go_back()
    on_theme(visiteur, 0)
    is_answered(visiteur, question, 1)
    page.go_back()
    expect(page.locator("#q-accueil")).to_be_focused()
    page.go_forward()
    on_theme(visiteur, 0)
    is_answered(visiteur, question, 1)
    page.go_forward()
    page.go_forward()
    page.go_forward()
    expect(page.locator("#q-bilan-titre")).to_be_focused(timeout=30_000)
    assert page.url == visiteur.address
    assert "options" not in page.evaluate("JSON.stringify(history.state)")


def test_back_to_an_evaluation_that_was_erased_is_the_start_screen(visiteur):
    page = visiteur.page
    visiteur.begin(garde=True)
    visiteur.answer(first_question(visiteur), 1)
    visiteur.show_bilan()
    visiteur.button("Tout effacer").first.click()
    page.locator("[data-dialogue=effacer]").get_by_role("button", name="Tout effacer").click()
    expect(page.locator("#q-accueil")).to_be_focused()
    page.go_back()
    expect(page.locator("#q-accueil")).to_be_visible()
    expect(page.locator("[data-theme]:visible")).to_have_count(0)
    expect(visiteur.button("Commencer")).to_be_visible()
