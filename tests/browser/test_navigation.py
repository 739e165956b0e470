"""The frame of the site by keyboard and by measure: menu, focus, targets, weight, and nothing left behind in the browser."""

import pytest

#: One content page per template, held to the budget of a content page.
CONTENUS = [
    "dispositifs/etudes-ademe/",
    "ressources/elipse/",
    "fiches/fiche-08-investissements-ademe/",
    "territoires/bretagne/",
    "methode/",
]
ETROITS = [
    "",
    "dispositifs/",
    *CONTENUS,
    "questionnaires/",
    "calendrier/",
    "territoires/",
    "territoires/departements/",
    "territoires/vienne/",
    "territoires/grand-poitiers/",
    "territoires/ti-aix-rousset-gardanne-istres-fos-marignane-etang-de-berre/",
    "publics/entreprise/ressources/page-2/",
    "glossaire/a/",
    "guides/deployer-la-demarche/",
    "contribuer/ecrire/",
    "plan-du-site/",
    "accessibilite/",
    "recherche/",
    "404.html",
]

FOCUSED = """() => {
  const el = document.activeElement, box = el.getBoundingClientRect(), style = getComputedStyle(el);
  return { name: el.outerHTML.slice(0, 90), left: box.left, right: box.right, top: box.top, bottom: box.bottom,
           outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), body: el === document.body };
}"""


def test_menu_opens_and_closes_by_keyboard(site, page_mobile):
    page = page_mobile
    page.goto(site)
    button = page.get_by_role("button", name="Menu")
    menu = page.get_by_role("navigation", name="Menu principal")
    assert button.get_attribute("aria-expanded") == "false"
    assert not menu.is_visible()

    for _ in range(5):
        page.keyboard.press("Tab")
        if button.evaluate("el => el === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert menu.get_by_role("link", name="Aides").is_visible()

    page.keyboard.press("Tab")
    assert menu.evaluate("el => el.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert not menu.is_visible()
    assert button.evaluate("el => el === document.activeElement")


def test_menu_leads_somewhere(site, page_mobile):
    page_mobile.goto(site)
    page_mobile.get_by_role("button", name="Menu").click()
    page_mobile.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Fiches").click()
    assert page_mobile.url == f"{site}fiches/"
    assert page_mobile.locator("nav#menu [aria-current]").text_content() == "Fiches"


def test_menu_is_there_without_scripts(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site)
    assert page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Rechercher").is_visible()
    assert not page.get_by_role("button", name="Menu").is_visible()
    context.close()


def test_skip_link_comes_first_and_leads_to_the_content(site, page):
    page.goto(site + CONTENUS[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    assert page.evaluate(FOCUSED)["top"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


@pytest.mark.parametrize("chemin", ["", "dispositifs/etudes-ademe/", "glossaire/", "methode/"])
@pytest.mark.parametrize("menu_open", [False, True])
def test_focus_is_always_seen(site, page_mobile, chemin, menu_open):
    page = page_mobile
    page.goto(site + chemin)
    if menu_open:
        page.get_by_role("button", name="Menu").click()
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    steps = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["body"]:
            break
        steps += 1
        assert at["outline"] >= 2, at
        assert at["left"] >= 0 and at["right"] <= width and at["bottom"] > 0 and at["top"] < height, at
    assert steps > 10


def test_a_guide_comes_before_its_side_menu_on_a_small_screen(site, page_mobile):
    page_mobile.goto(site + "guides/deployer-la-demarche/")
    assert page_mobile.locator("h1").bounding_box()["y"] < 400
    menu = page_mobile.get_by_role("navigation", name="Guides")
    assert menu.get_by_role("link", name="Bien écrire").is_visible()


@pytest.mark.parametrize("chemin", ETROITS)
def test_no_horizontal_scroll_at_320_px(site, page, chemin):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + chemin)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_horizontal_scroll_at_320_px_with_the_answer_of_a_commune(site, page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + "territoires/")
    page.get_by_label("Commune ou code postal").fill("Saint-Remy-en-Bouzemont")
    page.locator("#commune-choix button").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#commune-choix button").first.click()
    page.locator("#commune-reponse dl").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("chemin", ["", "dispositifs/etudes-ademe/", "methode/"])
def test_targets_are_large_enough(site, page_mobile, chemin):
    """WCAG 2.5.8: 24 px, links inside a sentence or a list of text excepted."""
    page_mobile.goto(site + chemin)
    small = page_mobile.evaluate("""() => [...document.querySelectorAll("header a, button, footer a, .fil a, .etiquettes a")]
        .filter((el) => el.checkVisibility()).map((el) => [el.textContent.trim(), el.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)""")
    assert small == []


@pytest.mark.parametrize("chemin", CONTENUS)
def test_content_page_stays_light(site, page, chemin):
    page.goto(site + chemin, wait_until="networkidle")
    assert page.evaluate("document.querySelectorAll('*').length") <= 350
    assert page.evaluate("performance.getEntriesByType('resource').length") + 1 <= 12
    assert page.evaluate("performance.getEntries().reduce((sum, e) => sum + (e.encodedBodySize || 0), 0)") <= 200_000


def test_visiting_leaves_nothing_in_the_browser(site, page):
    for chemin in ("", "dispositifs/", *CONTENUS[:2], "questionnaires/transition-ecologique/"):
        page.goto(site + chemin, wait_until="networkidle")
    kept = page.evaluate("""async () => ({
        local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
        bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
        workers: (await navigator.serviceWorker.getRegistrations()).length })""")
    assert kept == {"local": 0, "session": 0, "cookies": "", "bases": 0, "caches": 0, "workers": 0}
    assert page.context.cookies() == []
