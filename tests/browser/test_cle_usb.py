"""The copy for a USB stick, as a visitor opens it: from its files, without a server, as unzipped."""

import datetime
import functools
import re
from pathlib import Path

import pytest
from conftest import BUREAU, MOBILE, SITE, watched_page
from test_accessibilite import AXE, NORMES, RUN_AXE

from etabli.cle_usb import make_copy

QUESTIONNAIRE = "questionnaires/transition-ecologique/index.html"
#: axe would fetch the style sheets, which a page that is a file may not.
RUN_AXE_ON_FILES = RUN_AXE.replace("resultTypes", "preload: false, resultTypes")
DEBORDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def copie(tmp_path_factory) -> str:
    """The address of the unzipped copy, with its final slash."""
    folder = tmp_path_factory.mktemp("cle")
    for name, content in make_copy(SITE, datetime.date(2026, 11, 21)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return f"{folder.as_uri()}/"


@pytest.fixture
def open_page(browser, copie, tolere):
    """A page that may ask for nothing but the files of the copy."""
    return functools.partial(watched_page, browser, copie, tolere)


@pytest.mark.parametrize("viewport", [BUREAU, MOBILE], ids=["bureau", "mobile"])
def test_a_visitor_goes_from_page_to_page_without_a_server(open_page, copie, viewport):
    def look(title: str) -> None:
        """Where one stands, that the styles are there, that nothing overflows, that the day of the copy is said."""
        assert title in page.locator("h1").inner_text()
        assert page.evaluate("getComputedStyle(document.querySelector('.entete')).borderBottomStyle") == "solid"
        assert page.evaluate(DEBORDE) == 0
        assert "Copie du 21 novembre 2026, consultée sans serveur" in page.locator("header").inner_text()

    with open_page(viewport=viewport) as page:
        menu = page.get_by_role("navigation", name="Menu principal")
        page.goto(f"{copie}index.html")
        look("La boîte à outils")
        assert page.get_by_role("button").count() + page.get_by_role("searchbox").count() == 0
        assert page.locator("header img").evaluate("(image) => image.naturalWidth") > 0
        menu.get_by_role("link", name="Aides").click()
        look("Aides")
        page.locator(".carte-titre a").first.click()
        assert page.locator(".en-bref").is_visible()
        look("")
        menu.get_by_role("link", name="Guides").click()
        page.locator("main").get_by_role("link", name=re.compile("action collective")).first.click()
        look("action collective")
        menu.get_by_role("link", name="Plan du site").click()
        look("Plan du site")
        menu.get_by_role("link", name="Me situer").click()
        page.locator(".entrees h2 a").first.click()
        look("")
        assert page.url == copie + QUESTIONNAIRE
        assert "WebAssembly" in page.locator("h1 + .note").inner_text()
        assert page.get_by_role("button").count() + page.locator("textarea").count() == 0
        question = page.locator(".q-question").first
        assert question.locator(".q-points").first.is_visible()
        question.locator("input").first.check()
        page.locator(".marque").click()
        look("La boîte à outils")


@pytest.mark.parametrize("path", ["index.html", "dispositifs/index.html", QUESTIONNAIRE])
def test_axe_finds_nothing_in_the_copy(open_page, copie, path):
    with open_page(viewport=MOBILE) as page:
        page.goto(copie + path)
        page.evaluate(Path(AXE).read_text(encoding="utf-8"))
        assert page.evaluate(RUN_AXE_ON_FILES, {"type": "tag", "values": NORMES}) == []
