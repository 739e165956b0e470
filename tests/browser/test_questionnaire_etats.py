"""Every state of the self-assessment page against axe, in both widths and colour modes, and at 320 px."""

import pytest
from playwright.sync_api import expect
from test_accessibilite import AXE, COULEURS, NORMES, RUN_AXE
from visiteur import Visiteur, first_question


def check_state(visiteur: Visiteur) -> None:
    page, found = visiteur.page, {}
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            asked = {"type": "tag", "values": NORMES} if scheme == "light" else {"type": "rule", "values": COULEURS}
            found[width, scheme] = page.evaluate(RUN_AXE, asked)
    page.set_viewport_size({"width": 320, "height": 900})
    found["défilement à 320 px"] = page.evaluate("document.documentElement.scrollWidth - innerWidth > 0 ? ['oui'] : []")
    assert not any(found.values()), found


def test_start_with_its_errors_and_all_that_unfolds(visiteur):
    page = visiteur.page
    visiteur.fact("effectif").get_by_label("Je connais le nombre").check()
    visiteur.fact("effectif").get_by_label("Nombre de personnes").fill("-1")
    visiteur.fact("zones").get_by_label("Ma commune").check()
    visiteur.fact("zones").get_by_label("Commune ou code postal").fill("poi")
    expect(visiteur.fact("zones").locator("[data-choix] button").first).to_be_visible()
    visiteur.button("Commencer").click()
    page.locator(".questionnaire").evaluate("page => page.querySelectorAll('details').forEach((d) => { d.open = true; })")
    check_state(visiteur)


def test_start_with_evaluations_kept_here(visiteur):
    page = visiteur.page
    for _ in range(2):
        visiteur.begin(garde=True, parcours="court")
        visiteur.answer(next(q for q in visiteur.q["themes"][0]["questions"] if q["id"] in visiteur.q["court"]["questions"]), 0)
        visiteur.saved()
        page.reload()
    page.locator("[data-appareil] [data-evaluation]").nth(1).get_by_role("button", name="Supprimer").click()
    check_state(visiteur)
    page.locator("[data-appareil] [data-evaluation]").first.get_by_role("button", name="Renommer").click()
    check_state(visiteur)


def test_paper_grid(visiteur):
    visiteur.button("Répondre sur papier").click()
    check_state(visiteur)


def test_theme_with_help_and_note_unfolded_an_alert_and_the_profile(visiteur, tolere):
    tolere(r"\.wasm", "Failed to load resource")
    page = visiteur.page
    page.context.route("**/*.wasm", lambda route: route.abort())
    visiteur.begin()
    page.locator("[data-alerte]").get_by_role("button").first.wait_for(timeout=30_000)
    for summary in page.locator(".q-themes summary:visible").all()[:3]:
        summary.click()
    check_state(visiteur)
    visiteur.button("Modifier mon profil").click()
    check_state(visiteur)


@pytest.mark.parametrize("complet", [True, False], ids=["complet", "incomplet"])
def test_bilan_unfolded_and_its_dialogue(visiteur, complet):
    page = visiteur.page
    visiteur.begin()
    if complet:
        visiteur.answer_all()
    else:
        visiteur.answer(first_question(visiteur), 0)
    visiteur.show_bilan()
    page.locator("[data-levier] [data-statut]").first.wait_for()
    page.locator(".q-bilan").evaluate("bilan => bilan.querySelectorAll('details').forEach((d) => { d.open = true; })")
    check_state(visiteur)
    visiteur.button("Tout effacer").click()
    check_state(visiteur)


def test_one_question_is_readable_without_scrolling_on_a_small_screen(page_mobile, site):
    """From its legend to its last answer: at 390 px, a question of the short version holds in the window."""
    visiteur = Visiteur(page_mobile, site)
    visiteur.open()
    visiteur.begin(parcours="court")
    for theme in visiteur.q["themes"]:
        visiteur.go_to(theme["id"])
        for frame in page_mobile.locator("[data-question]:visible").all():
            box = frame.bounding_box()
            assert box["height"] <= page_mobile.viewport_size["height"], (frame.get_attribute("id"), box["height"])
