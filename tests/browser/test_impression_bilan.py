"""The bilan on paper: the first sheet is the synthesis, whole and alone; nothing to press, nothing folded, nothing cut."""

import pytest
from playwright.sync_api import Page
from test_impression import COUPES, LARGEUR_A4, count_sheets
from test_questionnaire_bilan import PME, make_evaluation, planned, show, worst
from visiteur import judge, plain

#: What only serves a screen.
# A question stands in a button that paper shows as text.
ECRAN = "button:not(th button, .q-prochain button), input, select, textarea, .q-suite, .q-sauts, .q-precisions, progress"
SEEN = (
    """(selector) => [...document.querySelectorAll(selector)].filter((el) => el.checkVisibility()).map((el) => el.outerHTML.slice(0, 80))"""
)
#: Leaves only what `kept` selects on paper: of the bilan, and of what stands above it; everything when it is empty.
KEEP = """(kept) => document.querySelectorAll("[data-bilan-contenu] > *, .entete, h1, .q-bilan > :is(h2, p)").forEach((el) => {
  el.hidden = kept !== "" && !el.matches(kept); })"""
FEUILLE = ".q-feuille, .entete, h1, .q-bilan > :is(h2, p)"
RESTE = "[data-bilan-contenu] > :not(.q-feuille)"
#: Of a whole bilan with all its answers: more is no longer read.
FEUILLES = 7
LENGTHEN = """() => { document.querySelector(".q-feuille").append(...Array.from({ length: 60 }, () => document.createElement("p")));
  document.querySelectorAll(".q-feuille > p").forEach((p) => { p.textContent = "long"; }); }"""


def sheets(page: Page, kept: str = "") -> int:
    """How many sheets are printed of what `kept` selects."""
    page.evaluate(KEEP, kept)
    return count_sheets(page.pdf(format="A4", prefer_css_page_size=True))


@pytest.fixture
def imprime(visiteur):
    """Give a bilan as paper shows it, from an evaluation with a plan."""

    def prepare(choose) -> dict:
        premiere = visiteur.q["themes"][0]["questions"][0]["id"]
        plan = {premiere: {"statut": "en-cours", "echeance": "2031-05-31", "responsable": "Direction technique", "note": "Devis"}}
        evaluation = make_evaluation(visiteur, choose, PME, nom="Site de Poitiers", plan=plan)
        visiteur.begin(None)
        visiteur.show_bilan()
        show(visiteur, evaluation)
        return judge(visiteur, evaluation)

    return prepare


@pytest.mark.parametrize("choose", [worst, planned], ids=["tout reste à faire", "tout est prévu"])
def test_the_first_sheet_is_the_synthesis_and_nothing_else(visiteur, imprime, choose):
    page, bilan = visiteur.page, imprime(choose)
    assert sheets(page, FEUILLE) == 1
    assert 1 + sheets(page, RESTE) == sheets(page) <= FEUILLES
    page.evaluate(KEEP, "")
    page.emulate_media(media="print")
    text = plain(page.locator(".q-feuille").inner_text())
    for said in ("Autoévaluation déclarative", "Entreprise, 70 personnes", "D'où viennent ces chiffres", f"{bilan['global']['note']} / 5"):
        assert said in text
    assert bilan["global"]["niveau_titre"] in text and plain(bilan["global"]["message"]) in text
    for levier in bilan["leviers"][:3]:
        assert plain(f"{levier['action']} {levier['gain_global_affiche']}") in text
    for theme in bilan["themes"]:
        assert plain(theme["titre"]) in text and plain(theme["message"]) in text
    above = plain(page.locator(".questionnaire").inner_text()).split("Autoévaluation déclarative")[0]
    assert plain(visiteur.q["titre"]) in above and "Site de Poitiers" in above and "15 janvier 2026" in above


def test_a_synthesis_too_long_is_seen(visiteur, imprime):
    imprime(worst)
    visiteur.page.evaluate(LENGTHEN)
    assert sheets(visiteur.page, FEUILLE) > 1


def test_the_rest_is_whole_and_has_nothing_to_press(visiteur, imprime):
    page = visiteur.page
    imprime(worst)
    page.evaluate("addEventListener('beforeprint', () => { window.titre = document.title; })")
    page.pdf()
    assert page.evaluate("window.titre") == "Bilan 2026-01-15 – Site de Poitiers"
    assert page.title() != "Bilan 2026-01-15 – Site de Poitiers"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": LARGEUR_A4, "height": 1000})
    assert page.locator(".q-bilan details:not([open])").count() == 0
    assert page.evaluate(SEEN, ECRAN) == []
    row = plain(page.locator("[data-ligne-plan]").inner_text())
    assert "31 mai 2031" in row and "Direction technique" in row and "En cours" in row
    assert sum(piste.is_visible() for piste in page.locator("[data-piste]").all()) == 6
    assert page.locator("[data-reste]").is_visible()
    titles = page.locator("[data-bilan-contenu] > section > h3").evaluate_all("all => all.map((h3) => h3.id)")
    parts = ["q-synthese", "q-leviers", "q-ailleurs", "q-pistes", "q-plan-action", "q-details"]
    assert [title for title in titles if title != "q-precisions"] == parts
    assert page.evaluate("document.documentElement.scrollWidth") <= LARGEUR_A4
    assert [cut for cut in page.evaluate(COUPES, LARGEUR_A4) if not cut.startswith("<text")] == []  # a drawing has no box to stand out of
    assert page.evaluate("getComputedStyle(document.querySelector('.q-levier a[href^=\"../\"]'), '::after').content") in ("none", "normal")
