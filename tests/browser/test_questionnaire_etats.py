"""Every state of the self-assessment page against axe, in both widths and colour modes, and at 320 px."""

import pytest
from test_accessibilite import AXE, COULEURS, NORMES, RUN_AXE
from visiteur import Visiteur


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


def test_start_with_its_errors(visiteur):
    visiteur.button("Commencer").click()
    visiteur.page.locator("details:visible > summary").last.click()
    check_state(visiteur)


def test_paper_grid(visiteur):
    visiteur.button("Répondre sur papier").click()
    check_state(visiteur)


def test_theme_with_help_unfolded_and_an_alert(visiteur, tolere):
    tolere(r"\.wasm", "Failed to load resource")
    page = visiteur.page
    page.context.route("**/*.wasm", lambda route: route.abort())
    visiteur.begin()
    page.get_by_role("alert").get_by_role("button").first.wait_for(timeout=30_000)
    for summary in page.locator(".q-themes summary:visible").all()[:2]:
        summary.click()
    visiteur.go_to("energie")
    check_state(visiteur)


@pytest.mark.parametrize("complet", [True, False], ids=["complet", "incomplet"])
def test_bilan_unfolded_and_its_dialogue(visiteur, complet):
    page = visiteur.page
    visiteur.begin()
    if complet:
        visiteur.answer_all()
    else:
        visiteur.answer(visiteur.q["themes"][0]["questions"][0], 0)
    visiteur.show_bilan()
    page.locator(".q-bilan").evaluate("bilan => bilan.querySelectorAll('details').forEach((d) => { d.open = true; })")
    check_state(visiteur)
    visiteur.button("Tout effacer").click()
    check_state(visiteur)
