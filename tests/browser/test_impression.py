"""What comes out of the printer: the fiches on one or two sheets, nothing to press, no text cut."""

import json
import re
from urllib.request import urlopen

import pytest

#: A4 at 96 px an inch, less the margins of 10 mm of papier.css.
LARGEUR_A4 = round((210 - 2 * 10) / 25.4 * 96)
PAGES = [
    "fiches/fiche-08-investissements-ademe/",
    "fiches/fiche-12-besoins-en-competences/",
    "dispositifs/etudes-ademe/",
    "ressources/elipse/",
    "territoires/nouvelle-aquitaine/",
    "guides/deployer-la-demarche/",
]
#: What only serves a screen.
ECRAN = ".evitement, .menu, .fil, .pied, .cote, .modifier, .voir-tout, .sauts, button, input, select, textarea"

#: Elements whose text is wider than they are, or that stand out of the sheet on the right.
COUPES = """(largeur) => {
  const cut = [...document.querySelectorAll("main *")].filter((el) => {
    if (!el.checkVisibility() || el.matches(".lu, .lu *") || getComputedStyle(el).display.startsWith("inline")) return false;
    return el.scrollWidth > el.clientWidth + 1 && el.clientWidth > 0 || el.getBoundingClientRect().right > largeur + 1;
  });
  return cut.map((el) => el.outerHTML.slice(0, 120));
}"""


def count_sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_a_fiche_holds_on_two_sheets_and_many_on_one(site, page):
    with urlopen(f"{site}api/v1/fiches.json") as answer:
        fiches = [fiche["id"] for fiche in json.load(answer)]
    assert len(fiches) == 32
    sheets = {}
    for fiche in fiches:
        page.goto(f"{site}fiches/{fiche}/")
        sheets[fiche] = count_sheets(page.pdf(format="A4", prefer_css_page_size=True))
    assert {fiche: count for fiche, count in sheets.items() if not 1 <= count <= 2} == {}
    assert sum(count == 1 for count in sheets.values()) >= 16


def test_counting_sheets_can_fail(site, page):
    page.goto(site + PAGES[0])
    page.evaluate("document.querySelector('main').append(...Array.from({ length: 300 }, () => document.createElement('h2')))")
    page.evaluate("document.querySelectorAll('main h2').forEach((h2) => { h2.textContent = 'long' })")
    assert count_sheets(page.pdf(format="A4")) > 3


@pytest.mark.parametrize("chemin", ["", *PAGES, "territoires/", "dispositifs/"])
def test_nothing_to_press_is_printed(site, page, chemin):
    page.emulate_media(media="print")
    page.goto(site + chemin)
    found = page.locator(ECRAN).all()
    assert found
    assert [el.evaluate("el => el.outerHTML.slice(0, 80)") for el in found if el.is_visible()] == []
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("chemin", PAGES)
def test_no_text_is_cut_on_paper(site, page, chemin):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": LARGEUR_A4, "height": 1000})
    page.goto(site + chemin)
    assert page.evaluate("document.documentElement.scrollWidth") <= LARGEUR_A4
    assert page.evaluate(COUPES, LARGEUR_A4) == []


def test_a_cut_text_is_seen(site, page):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": LARGEUR_A4, "height": 1000})
    page.goto(site + PAGES[0])
    page.evaluate("document.querySelector('.en-bref dd').textContent = 'x'.repeat(200)")
    page.evaluate("document.querySelector('.en-bref dd').style.overflowWrap = 'normal'")
    assert page.evaluate(COUPES, LARGEUR_A4) != []
