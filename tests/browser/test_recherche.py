"""The search in the browser, on the built site: what visitors type, what they see, and what happens when it breaks."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

RACINE = Path(__file__).resolve().parents[2]
VECTORS = json.loads((RACINE / "tests" / "vecteurs-fold.json").read_text(encoding="utf-8"))
AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"
INDEX = "**/recherche/index.json"


class Search:
    """The search field of a page and what it answers."""

    def __init__(self, page, address):
        self.page = page
        self.requests = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(address)
        self.field = page.get_by_label(re.compile("Que cherchez-vous"))
        self.status = page.locator(".recherche [role=status]")
        self.results = page.locator(".recherche-resultats li")

    def ask(self, query):
        """Type a query and return the titles found, once the status speaks of this query."""
        self.field.fill(query)
        expect(self.status).to_contain_text(f"«\u00a0{query[:60]}")
        return self.results.locator("a").all_inner_texts()

    def asked_for(self, end):
        return [url for url in self.requests if url.endswith(end)]


@pytest.fixture
def search(page, site):
    return Search(page, f"{site}recherche/")


def test_nothing_is_fetched_before_the_field_is_used(search):
    search.page.wait_for_load_state("networkidle")
    assert not search.asked_for("index.json")
    assert not search.asked_for("lunr.mjs")
    assert not search.asked_for("search-worker.js")
    with search.page.expect_request(INDEX):
        search.field.focus()


def test_two_ways_to_write_it_find_the_same_pages(search):
    for one, other in (
        ("énergie", "energie"),
        ("éclairage", "eclairage"),
        ("l’éclairage", "éclairage"),
        ("eau", "d'eau"),
        ("PCAET", "pcaet"),
        ("(PCAET)", "PCAET"),
        ("étude", "études"),
        ("déchets", "DECHET"),
        ("territoire industriel", "territoires industriels"),
    ):
        found = search.ask(one)
        assert found, one
        assert search.ask(other) == found, other


def test_the_count_is_announced_and_the_words_are_marked(search):
    titles = search.ask("énergie")
    expect(search.status).to_have_text(re.compile(r"^\d+ résultats pour «\u00a0énergie\u00a0»"))
    assert "énerg" in titles[0].lower()
    assert search.results.first.locator("mark").first.inner_text().lower().startswith("énerg")
    expect(search.results.first.locator(".recherche-genre")).not_to_be_empty()


def test_a_result_leads_to_its_page(search):
    title = search.ask("énergie")[0]
    search.results.locator("a").first.click()
    expect(search.page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_term_that_is_what_is_asked_for_comes_first(search):
    assert search.ask("PCAET")[0] == "PCAET"
    search.results.locator("a").first.click()
    expect(search.page.locator("dt:target")).to_contain_text("PCAET")


def test_closed_schemes_come_last_and_say_so(search):
    search.ask("déchets")
    closed = [item.locator(".recherche-clos").count() > 0 for item in search.results.all()]
    assert any(closed)
    assert closed == sorted(closed)
    for mark in search.page.locator(".recherche-clos").all():
        expect(mark).to_have_text("· Clos")


def test_the_address_follows_the_field_and_brings_the_search_back(search):
    titles = search.ask("eau")
    assert search.page.url.endswith("recherche/?q=eau")
    search.page.reload()
    expect(search.field).to_have_value("eau")
    expect(search.status).to_contain_text("«\u00a0eau\u00a0»")
    assert search.results.locator("a").all_inner_texts() == titles


def test_escape_and_an_empty_query_clear_everything(search):
    for clear in (lambda: search.field.press("Escape"), lambda: search.field.fill("")):
        search.ask("eau")
        clear()
        expect(search.field).to_have_value("")
        expect(search.status).to_be_empty()
        expect(search.results).to_have_count(0)
        assert "?" not in search.page.url


def test_a_wrong_letter_is_said_to_be_a_guess(search):
    assert search.ask("enrgie")
    expect(search.status).to_contain_text("proche")


def test_odd_queries_are_plain_text_and_break_nothing(search):
    for query in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "__proto__", "a" * 10_000):
        search.ask(query)
        assert search.page.locator("main").locator("script, img").count() == 0
        assert search.ask("eau")


def test_nothing_found_is_said(search):
    assert search.ask("xylophone") == []
    expect(search.status).to_have_text(re.compile("^Aucun résultat pour «\u00a0xylophone\u00a0»"))


def test_without_a_word_it_asks_for_one(search):
    for query in ("+ - ~ * ^ :", "de la", "😀", "مرحبا"):
        search.ask("eau")
        search.field.fill(query)
        expect(search.status).to_contain_text("Écrivez un mot")
        expect(search.results).to_have_count(0)


def test_operators_are_plain_words(search):
    assert search.ask("+eau -gaz* ^10 titre:x~1") is not None
    assert search.ask("eau*") == search.ask("eau ")


def test_on_the_home_page_a_few_results_then_the_search_page(page, site):
    search = Search(page, site)
    search.field.focus()
    titles = search.ask("énergie")
    assert len(titles) == 6
    assert re.fullmatch(r"Voir les \d+ résultats", titles[-1])
    assert page.url == site
    search.field.press("Enter")
    page.wait_for_url("**/recherche/?q=%C3%A9nergie")
    expect(search.status).to_contain_text("pour «\u00a0énergie\u00a0»")
    assert search.results.locator("a").all_inner_texts()[:5] == titles[:5]


def test_by_keyboard_on_a_small_screen(page_mobile, site):
    search = Search(page_mobile, f"{site}recherche/")
    search.field.focus()
    page_mobile.keyboard.type("friche", delay=20)
    expect(search.status).to_contain_text("«\u00a0friche\u00a0»")
    page_mobile.keyboard.press("Enter")
    for _ in range(12):
        page_mobile.keyboard.press("Tab")
        if page_mobile.evaluate("document.activeElement.closest('.recherche-resultats') !== null"):
            break
    title = page_mobile.evaluate("document.activeElement.textContent")
    page_mobile.keyboard.press("Enter")
    expect(page_mobile.get_by_role("heading", level=1)).to_have_text(title)
    assert page_mobile.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    "body", ['{"version":1,', "{}", '{"version":99}', '{"version":1,"documents":[],"vocabulaire":[],"lunr":{}}']
)
def test_a_damaged_index_is_said_and_can_be_tried_again(search, body):
    search.page.route(INDEX, lambda route: route.fulfill(body=body, content_type="application/json"))
    search.field.fill("eau")
    expect(search.status).to_contain_text("La recherche ne répond pas")
    expect(search.page.locator(".recherche-listes a")).to_have_count(4)
    # The focus has failed; the word typed tries again by itself a moment later, and must fail too before the index is mended.
    search.page.wait_for_timeout(1000)
    search.page.unroute(INDEX)
    search.page.get_by_role("button", name="Réessayer").click()
    expect(search.status).to_contain_text("pour «\u00a0eau\u00a0»")
    expect(search.page.get_by_role("button", name="Réessayer")).to_be_hidden()


@pytest.mark.parametrize("query", ["énergie", "xylophone", "panne"])
def test_axe_finds_nothing_in_any_state(page_mobile, site, query):
    if query == "panne":
        page_mobile.route(INDEX, lambda route: route.fulfill(body="{}", content_type="application/json"))
    search = Search(page_mobile, f"{site}recherche/")
    search.field.fill(query)
    expect(search.status).to_contain_text("La recherche ne répond pas" if query == "panne" else query)
    page_mobile.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page_mobile.emulate_media(color_scheme=scheme)
        found = page_mobile.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        assert [(violation["id"], [node["target"] for node in violation["nodes"]]) for violation in found] == []


def test_a_worker_that_never_answers_is_given_up(page, site):
    page.clock.install()
    page.route("**/search-worker.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    search = Search(page, f"{site}recherche/")
    search.field.fill("eau")
    page.clock.run_for(500)
    expect(search.status).to_have_text("Recherche en cours…")
    page.clock.run_for(20_000)
    expect(search.status).to_contain_text("La recherche ne répond pas")


def test_the_browser_folds_words_as_the_build_does(search):
    folded = search.page.evaluate(
        """async (texts) => {
            const { fold } = await import(new URL("../assets/web/fold.js", location));
            return texts.map(fold);
        }""",
        [text for text, _ in VECTORS],
    )
    assert dict(zip([text for text, _ in VECTORS], folded, strict=True)) == dict(VECTORS)


def test_without_javascript_the_lists_remain(browser, site):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{site}recherche/")
        assert "La recherche a besoin de JavaScript" in page.locator(".recherche").inner_text()
        expect(page.locator(".recherche form")).to_be_hidden()
        page.locator(".recherche-listes").get_by_role("link", name="tous les dispositifs").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.url == f"{site}dispositifs/"
    finally:
        context.close()
