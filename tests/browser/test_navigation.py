"""The frame of the site: menu by keyboard, focus, links, policy, budgets, and nothing left behind in the browser.

The first half opens pages; the second half (`Bati`) reads the files of `site/` as a host would serve them.
"""

import re
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

BATI = Path(__file__).resolve().parents[2] / "site"
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'"
)
CONTENUS = ["dispositifs/etudes-ademe/", "ressources/elipse/", "fiches/fiche-08-investissements-ademe/", "territoires/bretagne/", "methode/"]

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


@pytest.mark.parametrize("chemin", ["", "dispositifs/", *CONTENUS, "questionnaires/", "plan-du-site/", "accessibilite/", "recherche/", "404.html"])
def test_no_horizontal_scroll_at_320_px(site, page, chemin):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + chemin)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("chemin", ["", "dispositifs/etudes-ademe/", "methode/"])
def test_targets_are_large_enough(site, page_mobile, chemin):
    """WCAG 2.5.8: 24 px, links inside a sentence or a list of text excepted."""
    page_mobile.goto(site + chemin)
    small = page_mobile.evaluate("""() => [...document.querySelectorAll("header a, button, .fil a, .pied a, .etiquettes a, .bouton, .cote a")]
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


# --- The built files ------------------------------------------------------------------------------------------------


class Bati(HTMLParser):
    """One built page, read once: its tags, its links, its ids."""

    def __init__(self, path: Path):
        super().__init__()
        self.path, self.tags, self.inline = path, [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.inline.append(data)

    @property
    def name(self) -> str:
        return self.path.relative_to(BATI).as_posix()

    @cached_property
    def ids(self) -> set[str]:
        return {attrs["id"] for _, attrs in self.tags if attrs.get("id")}

    @property
    def links(self) -> list[str]:
        """Addresses that this page asks for or leads to; the canonical one is the site's own name, not a link to follow."""
        return [
            attrs[key]
            for tag, attrs in self.tags
            for key in ("href", "src", "data-index", "data-worker")
            if attrs.get(key) is not None and not (tag == "link" and attrs.get("rel") == "canonical")
        ]


@pytest.fixture(scope="module")
def bati() -> dict[str, Bati]:
    pages = {page.name: page for page in map(Bati, sorted(BATI.rglob("*.html")))}
    assert len(pages) > 50, "site/ n'est pas construit : lancez « make site »"
    return pages


def test_every_page_carries_the_policy_before_anything_it_governs(bati):
    wrong = []
    for page in bati.values():
        kinds = [attrs.get("content") if attrs.get("http-equiv") == "Content-Security-Policy" else tag for tag, attrs in page.tags]
        first_asked = next(i for i, kind in enumerate(kinds) if kind in ("script", "link", "img", "style"))
        if CSP not in kinds[:first_asked] or ("meta", {"name": "referrer", "content": "no-referrer"}) not in page.tags:
            wrong.append(page.name)
    assert wrong == []


def test_nothing_is_written_inline(bati):
    wrong = [
        f"{page.name} : <{tag} {key}>"
        for page in bati.values()
        for tag, attrs in page.tags
        for key in attrs
        if key == "style" or re.fullmatch(r"on[a-z]+", key)
    ]
    wrong += [f"{page.name} : {text[:60]}" for page in bati.values() for text in page.inline]
    wrong += [page.name for page in bati.values() if any(tag == "style" for tag, _ in page.tags)]
    assert wrong == []


def test_every_page_has_one_title_one_h1_and_the_frame(bati):
    for page in bati.values():
        tags = [tag for tag, _ in page.tags]
        counts = {tag: tags.count(tag) for tag in ("title", "h1", "main", "header", "footer")}
        assert counts == dict.fromkeys(counts, 1), page.name
        assert ("html", {"lang": "fr"}) in page.tags, page.name
        assert len(page.ids) == sum(1 for _, attrs in page.tags if attrs.get("id")), page.name


def test_every_internal_link_resolves_in_any_folder(bati):
    """As if the site lived in /un/sous-dossier/: a link that leaves that folder is broken. The 404 page, served anywhere, is the exception."""
    root = "https://site.test/un/sous-dossier/"
    broken = []
    for page in bati.values():
        base = root if page.name == "404.html" else urljoin(root, page.name.removesuffix("index.html"))
        for link in page.links:
            address = root + link.lstrip("/") if page.name == "404.html" and link.startswith("/") else urljoin(base, link)
            address, fragment = urldefrag(address)
            if urlsplit(address).netloc != "site.test" or urlsplit(address).scheme != "https":
                continue
            chemin = unquote(address.removeprefix(root).split("?")[0]) if address.startswith(root) else None
            target = None if chemin is None else BATI / chemin / ("index.html" if chemin in ("", ".") or chemin.endswith("/") else "")
            if target is None or not target.is_file():
                broken.append(f"{page.name} → {link}")
            elif fragment and target.suffix == ".html" and unquote(fragment) not in bati[target.relative_to(BATI).as_posix()].ids:
                broken.append(f"{page.name} → {link} (ancre absente)")
    assert broken == []


def test_no_page_asks_anything_of_another_host(bati):
    asked = [
        f"{page.name} : {attrs.get('src') or attrs.get('href')}"
        for page in bati.values()
        for tag, attrs in page.tags
        if tag in ("script", "img", "iframe", "video", "audio", "source") or (tag == "link" and attrs.get("rel") != "canonical")
        if (attrs.get("src") or attrs.get("href") or "").startswith(("http:", "https:", "//"))
    ]
    assert asked == []


def test_nothing_of_material_is_shipped_unused():
    shipped = {p.relative_to(BATI).as_posix() for p in BATI.rglob("*") if p.is_file()}
    unused = [name for name in shipped if name.endswith(".map") or re.search(r"/(bundle|main|palette|search)\.[0-9a-f]{8}\.min\.", name)]
    assert unused == []
