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
        self.suggestions = page.get_by_role("list", name="Suggestions").get_by_role("button")
        self.more = page.locator("[data-recherche-suite]")

    def ask(self, query):
        """Type a query and return the titles found, once the status speaks of this query."""
        self.field.fill(query)
        expect(self.status).to_contain_text(f"«\u00a0{query[:60]}")
        return self.results.locator("a").all_inner_texts()

    def show_more(self):
        """Press the link to the next results, and wait for them."""
        shown = self.results.count()
        self.more.click()
        expect(self.results.nth(shown)).to_be_visible()

    def facet(self, name):
        """The group of a facet, opened."""
        group = self.page.locator(".facette", has=self.page.locator("summary", has_text=name))
        expect(group).to_be_attached()  # with the first answer, which may open the panel too
        if not self.page.locator(".recherche-facettes > details").evaluate("one => one.open"):
            self.page.get_by_text("Filtrer les résultats").click()
        if not group.evaluate("one => one.open"):
            group.locator("summary").click()
        return group

    def asked_for(self, end):
        return [url for url in self.requests if url.endswith(end)]


@pytest.fixture
def search(page, site):
    return Search(page, f"{site}recherche/")


def test_nothing_is_fetched_before_the_field_is_used(search):
    search.page.wait_for_load_state("networkidle")
    assert not search.asked_for("index.json")
    assert not search.asked_for("search-index.js")
    assert not search.asked_for("search-worker.js")
    with search.page.expect_request(INDEX):
        search.field.focus()


def test_two_ways_to_write_it_find_the_same_pages(search):
    for one, other in (
        ("énergie", "energie"),
        ("(PCAET)", "pcaet"),
        ("territoire industriel", "les territoires industriels"),
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
    search.ask("Assett")
    while search.more.is_visible():
        search.show_more()
    closed = [item.locator(".recherche-clos").count() > 0 for item in search.results.all()]
    assert any(closed)
    assert not all(closed)
    assert closed == sorted(closed)
    for mark in search.page.locator(".recherche-clos").all():
        expect(mark).to_have_text(re.compile(r"^ · Clos depuis le \d"))


def test_the_address_follows_the_field_and_brings_the_search_back(search):
    titles = search.ask("eau")
    assert search.page.url.endswith("recherche/?q=eau")
    search.page.reload()
    expect(search.field).to_have_value("eau")
    expect(search.status).to_contain_text("«\u00a0eau\u00a0»")
    assert search.results.locator("a").all_inner_texts() == titles


def test_escape_and_an_empty_query_clear_everything(search):
    def escape():  # once for the suggestions, once for the words
        search.field.press("Escape")
        search.field.press("Escape")

    for clear in (escape, lambda: search.field.fill("")):
        search.ask("recru")
        expect(search.suggestions.first).to_be_visible()
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
    assert len(titles) == 5
    expect(search.more).to_have_text(re.compile(r"^Voir les \d+ résultats$"))
    assert page.url == site
    search.field.press("Enter")
    page.wait_for_url("**/recherche/?q=%C3%A9nergie")
    expect(search.status).to_contain_text("pour «\u00a0énergie\u00a0»")
    assert search.results.locator("a").all_inner_texts()[:5] == titles


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


@pytest.mark.parametrize("body", ['{"version":2,', "{}", '{"version":99}', '{"version":2,"documents":{"chemin":[]}}'])
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


@pytest.mark.parametrize("query", ["énergie", "xylophone", "enrgie", "panne"])
def test_axe_finds_nothing_in_any_state(page_mobile, site, query):
    if query == "panne":
        page_mobile.route(INDEX, lambda route: route.fulfill(body="{}", content_type="application/json"))
    search = Search(page_mobile, f"{site}recherche/")
    search.field.fill(query)
    expect(search.status).to_contain_text("La recherche ne répond pas" if query == "panne" else query)
    if query == "énergie":  # everything that may show: suggestions, facets, one open, one chosen
        search.facet("Thème").get_by_role("checkbox").first.check()
        expect(search.page.get_by_role("list", name="Filtres choisis")).to_be_visible()
        search.field.fill("éner")
        expect(search.suggestions.first).to_be_visible()
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
    expect(search.status).to_contain_text("La recherche tarde à répondre")
    page.unroute("**/search-worker.js")
    page.get_by_role("button", name="Réessayer").click()
    page.clock.run_for(1_000)
    expect(search.results.first).to_be_visible()


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


# --- Facets ----------------------------------------------------------------------------------------


def test_facets_narrow_add_up_and_go_back(search):
    page = search.page
    search.ask("étude")
    total = int(re.match(r"\d+", search.status.inner_text())[0])
    theme = search.facet("Thème")
    box = theme.get_by_role("checkbox", name=re.compile("^Énergie"))
    count = int(re.search(r"(\d+)\s*résultats$", box.locator("..").inner_text())[1])
    box.check()
    expect(search.status).to_contain_text(f"{count} résultats pour «\u00a0étude\u00a0», avec Thème\u00a0: Énergie")
    assert page.url.endswith("?q=%C3%A9tude&theme=energie")
    assert 0 < count < total
    # Another value of the same facet adds pages, a value of another facet takes some away.
    theme.get_by_role("checkbox", name=re.compile("^Eau")).check()
    expect(search.status).to_contain_text("Énergie ou Eau")
    both = int(re.match(r"\d+", search.status.inner_text())[0])
    assert both > count
    search.facet("Genre").get_by_role("checkbox", name=re.compile("^Aides")).check()
    expect(search.status).to_contain_text("Genre\u00a0: Aides")
    assert int(re.match(r"\d+", search.status.inner_text())[0]) < both
    assert {kind.split(" ")[0] for kind in page.locator(".recherche-genre").all_inner_texts()} == {"Aide"}
    # Back undoes one choice at a time; an address brings all of it back.
    address = page.url
    page.go_back()
    expect(search.status).to_contain_text(f"{both} résultats")
    expect(search.facet("Genre").get_by_role("checkbox", name=re.compile("^Aides"))).not_to_be_checked()
    page.go_back()
    expect(search.status).to_contain_text(f"{count} résultats")
    page.go_forward()
    page.goto(address)
    expect(search.status).to_contain_text("Énergie ou Eau")
    expect(search.page.get_by_role("list", name="Filtres choisis").get_by_role("button")).to_have_count(4)
    page.get_by_role("button", name="Tout retirer").click()
    expect(search.status).to_contain_text(f"{total} résultats")
    assert page.url.endswith("?q=%C3%A9tude")


def test_facets_alone_are_a_way_through_the_catalogue(search):
    search.page.goto(search.page.url + "?nature=subvention&etat=ouvert")
    expect(search.status).to_have_text(
        re.compile(r"^\d+ pages, avec Nature de l’aide\u00a0: Subvention, Aide ouverte ou close\u00a0: Ouverte\.$")
    )
    assert search.results.count() > 2
    search.page.get_by_role("button", name="Retirer Nature").click()
    expect(search.status).not_to_contain_text("Subvention")
    # Focus stays among what is chosen, so that a keyboard goes on from there.
    expect(search.page.get_by_role("list", name="Filtres choisis").get_by_role("button").first).to_be_focused()


def test_a_facet_that_leaves_nothing_can_be_let_go(search):
    search.page.goto(search.page.url + "?q=covoiturage&theme=eau&cout=gratuit")
    expect(search.status).to_contain_text("Aucun résultat")
    found = re.search(r"\d+", search.page.get_by_role("button", name="Retirer « Thème »").inner_text())[0]
    search.page.get_by_role("button", name="Retirer « Thème »").click()
    expect(search.status).to_have_text(re.compile(rf"^{found} résultats? pour «\u00a0covoiturage\u00a0», avec Coût\u00a0: Gratuit"))
    assert search.page.url.endswith("?q=covoiturage&cout=gratuit")


def test_a_hostile_address_shows_no_more_than_words(search):
    search.page.goto(search.page.url + "?q=<img src=x onerror=alert(1)>&theme=volcan&__proto__=x&constructor=y&theme=eau")
    expect(search.status).to_contain_text("<img src=x")
    assert search.page.locator("main img").count() == 0


# --- What a result says ----------------------------------------------------------------------------


def test_a_result_shows_the_passage_and_why_it_is_there(search):
    search.ask("poubelle")
    item = search.results.first
    why = re.compile("^Trouvé avec «\u00a0.+\u00a0» pour «\u00a0poubelle\u00a0»\\.$")
    expect(item.locator(".recherche-pourquoi").first).to_have_text(why)
    search.ask("covoiturage")
    expect(search.results.first.locator(".recherche-passage mark").first).to_have_text(re.compile("covoiturage", re.I))
    expect(search.page.locator(".recherche-pourquoi")).to_have_count(0)


def test_a_page_found_by_a_keyword_shows_it(search):
    search.ask("Propluvia")
    expect(search.results.first.locator("a")).to_have_text("VigiEau")
    expect(search.results.first.locator(".recherche-passage mark")).to_have_text("Propluvia")


def test_a_wrong_word_is_told_and_the_right_one_proposed(search):
    search.ask("covoiturge")
    expect(search.status).to_contain_text("proche")
    search.page.get_by_role("button", name="Chercher « covoiturage »").click()
    expect(search.status).to_contain_text("pour «\u00a0covoiturage\u00a0»")
    expect(search.field).to_have_value("covoiturage")


def test_the_next_results_come_on_demand(search):
    search.ask("entreprise")
    expect(search.results).to_have_count(10)
    search.show_more()
    expect(search.results).to_have_count(20)
    expect(search.results.nth(10).locator("a")).to_be_focused()


# --- Keyboard --------------------------------------------------------------------------------------


def test_a_slash_leads_to_the_search_and_can_be_turned_off(page, site):
    page.goto(f"{site}dispositifs/")
    page.keyboard.press("/")
    page.wait_for_url("**/recherche/#recherche-champ")
    field = page.get_by_label(re.compile("Que cherchez-vous"))
    expect(field).to_be_focused()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("checkbox", name="Utiliser ce raccourci").uncheck()
    page.keyboard.press("/")
    expect(field).not_to_be_focused()
    page.goto(f"{site}dispositifs/")
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    assert page.url == f"{site}dispositifs/"
    page.goto(f"{site}recherche/")
    page.get_by_role("checkbox", name="Utiliser ce raccourci").check()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    assert page.evaluate("localStorage.length") == 0, "nothing is kept of a choice that was undone"


def test_arrows_walk_enter_opens_escape_comes_back(search):
    page = search.page
    search.field.focus()
    page.keyboard.type("recrut", delay=10)
    expect(search.suggestions.first).to_be_visible()
    suggested = search.suggestions.first.inner_text()
    page.keyboard.press("ArrowDown")
    expect(search.suggestions.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(search.field).to_have_value(suggested)
    expect(search.field).to_be_focused()
    expect(search.status).to_contain_text(f"«\u00a0{suggested}\u00a0»")
    expect(search.suggestions).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(search.results.nth(1).locator("a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(search.results.nth(0).locator("a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(search.field).to_be_focused()
    expect(search.results.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    title = search.results.nth(0).locator("a").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    # Back is where one was: the same words, the same results.
    page.go_back()
    expect(search.field).to_have_value(suggested)
    expect(search.results.first.locator("a")).to_have_text(title)


def test_on_the_home_page_escape_closes_what_opened(page, site):
    search = Search(page, site)
    search.field.focus()
    search.ask("énergie")
    search.field.press("Escape")
    expect(page.locator(".recherche-resultats")).to_be_hidden()
    expect(search.field).to_have_value("énergie")


# --- Breakdowns ------------------------------------------------------------------------------------


def test_a_piece_that_is_missing_is_said_and_tried_again(search):
    search.field.focus()
    search.page.route("**/termes-*.json", lambda route: route.fulfill(body="{", content_type="application/json"))
    search.field.fill("friche")
    expect(search.status).to_contain_text("La recherche ne répond pas")
    search.page.unroute("**/termes-*.json")
    search.page.get_by_role("button", name="Réessayer").click()
    expect(search.status).to_contain_text("pour «\u00a0friche\u00a0»")


def test_a_worker_that_dies_is_replaced(search):
    search.ask("eau")
    search.page.route("**/search-worker.js", lambda route: route.fulfill(body="throw new Error('panne')", content_type="text/javascript"))
    search.page.reload()
    expect(search.status).to_contain_text("La recherche ne répond pas")
    search.page.unroute("**/search-worker.js")
    search.field.fill("friche")
    expect(search.status).to_contain_text("pour «\u00a0friche\u00a0»")


def test_only_the_pieces_that_a_query_needs_are_fetched(search):
    pieces = len(list((RACINE / "site" / "recherche").glob("*/termes-*.json")))
    search.ask("friche")
    fetched = {url for url in search.requests if "/termes-" in url}
    assert 0 < len(fetched) < pieces


# --- Slow lines, late answers, focus ---------------------------------------------------------------

# What a slow line does: each question waits before it reaches the worker.
LAG = """
  const W = Worker;
  window.lag = 0;
  window.Worker = class extends W { postMessage(m) { setTimeout(() => super.postMessage(m), window.lag); } };
"""


def test_two_boxes_ticked_before_the_answer_are_both_kept(page, site):
    page.add_init_script(LAG)
    search = Search(page, f"{site}recherche/?q=entreprise")
    boxes = search.facet("Thème").get_by_role("checkbox")
    expect(boxes.nth(1)).to_be_visible()
    values = [boxes.nth(n).get_attribute("value") for n in (0, 1)]
    page.evaluate("lag = 500")
    boxes.nth(0).click()
    boxes.nth(1).click()
    page.wait_for_url(f"**/recherche/?q=entreprise&theme={values[0]}&theme={values[1]}")
    expect(search.status).to_contain_text(" ou ")
    assert [boxes.nth(n).is_checked() for n in (0, 1)] == [True, True]


def test_the_words_of_before_are_not_told_while_a_slow_answer_is_awaited(page, site):
    page.add_init_script(LAG)
    search = Search(page, f"{site}recherche/")
    search.ask("eau")
    page.evaluate("lag = 1200")
    search.field.fill("friche")
    expect(search.status).to_have_text("Recherche en cours…", timeout=2000)
    expect(search.status).to_contain_text("friche")


@pytest.mark.parametrize(
    ("address", "button"),
    [
        ("?q=covoiturage&theme=eau&cout=gratuit", "Retirer « Thème »"),
        ("?q=covoiturge", "Chercher « covoiturage »"),
        ("?q=xylophone&theme=eau", "Retirer Thème"),
    ],
)
def test_focus_is_never_lost_with_the_button_that_was_pressed(search, address, button):
    page = search.page
    page.goto(page.url + address)
    expect(search.status).to_contain_text("«")
    before = search.status.inner_text()
    pressed = page.get_by_role("button", name=button)
    pressed.focus()
    page.keyboard.press("Enter")
    if "xylophone" not in address:
        expect(search.status).not_to_have_text(before)
    else:
        expect(pressed).to_have_count(0)
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement !== document.body && !document.activeElement.closest('[hidden]')")


def test_focus_stays_in_a_group_that_has_nothing_left(search):
    page = search.page
    page.goto(page.url + "?q=covoiturage&theme=eau&nature=subvention")
    box = search.facet("Nature").get_by_role("checkbox", checked=True)
    box.focus()
    page.keyboard.press("Space")
    expect(search.status).not_to_contain_text("Subvention")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.closest('.facette') !== null")


def test_enter_closes_the_suggestions(search):
    search.ask("recr")
    expect(search.suggestions.first).to_be_visible()
    search.field.press("Enter")
    search.page.wait_for_timeout(500)
    expect(search.suggestions.first).to_be_hidden()
    search.field.press("End")
    search.page.keyboard.type("u")
    expect(search.suggestions.first).to_be_visible()


def test_pages_are_not_cut_short(search):
    """What the link promises comes, however far: 245 territoires, by ten."""
    search.page.goto(search.page.url + "?genre=territoire")
    expect(search.status).to_contain_text("pages")
    total = int(re.match(r"\d+", search.status.inner_text())[0])
    assert total > 200
    for shown in range(10, total, 10):
        expect(search.results).to_have_count(shown)
        search.more.click()
    expect(search.results).to_have_count(total)
    expect(search.more).to_be_hidden()


def test_a_single_result_left_is_not_told_as_several(search):
    search.ask("ci ")
    expect(search.more).not_to_have_text("Voir les 1 suivants")


@pytest.mark.parametrize("parameters", ["?fbclid=abc", "?genre=Aides"])
def test_what_no_facet_knows_is_no_search(search, parameters):
    search.page.goto(search.page.url + parameters)
    search.page.wait_for_timeout(700)
    expect(search.status).to_be_empty()
    expect(search.results).to_have_count(0)


def test_a_link_inside_the_page_leaves_the_results_as_they_are(search):
    search.ask("entreprise")
    search.show_more()
    search.page.evaluate("location.hash = 'contenu'")
    search.page.wait_for_timeout(500)
    expect(search.results).to_have_count(20)


def test_without_their_texts_results_are_still_results(search, tolere):
    tolere("textes-", "Failed to load resource")
    search.page.route("**/textes-*.json", lambda route: route.fulfill(status=404, body=""))
    assert search.ask("eau")
    search.page.wait_for_timeout(500)
    expect(search.results.first).to_be_visible()


def test_the_name_of_a_group_and_its_count_are_two_words(search):
    search.page.goto(search.page.url + "?q=eau&theme=eau")
    expect(search.page.locator("[data-facette=theme] > summary")).to_have_text(re.compile(r"^Thème\s1 choisi$"), use_inner_text=False)


def test_the_same_sentence_is_not_told_twice(search):
    search.ask("entreprise")
    search.page.evaluate(
        "window.told = 0;"
        "new MutationObserver(() => told++).observe(document.querySelector('.recherche [role=status]'), { childList: true })"
    )
    search.show_more()
    search.page.wait_for_timeout(500)
    assert search.page.evaluate("told") == 0


def test_an_answer_that_comes_late_does_not_take_the_focus_away(page, site):
    page.add_init_script(LAG)
    search = Search(page, f"{site}recherche/")
    search.ask("recru")
    expect(search.suggestions.first).to_be_visible()
    page.evaluate("lag = 500")
    search.field.press("End")
    page.keyboard.type("t")
    for _ in range(3):  # to a suggestion, or to a result
        page.keyboard.press("ArrowDown")
    expect(search.status).to_contain_text("recrut")
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement !== document.body && !document.activeElement.closest('[hidden]')")


def test_an_answer_ends_the_wait(page, site):
    page.clock.install()
    search = Search(page, f"{site}recherche/")
    search.field.fill("eau")
    expect(search.results.first).to_be_visible()
    page.clock.run_for(25_000)
    expect(search.status).to_contain_text("pour «\u00a0eau\u00a0»")
    expect(search.results.first).to_be_visible()


def test_the_host_is_always_asked_whether_the_index_changed(search):
    with search.page.expect_request(INDEX) as asked:
        search.field.focus()
    assert asked.value.all_headers().get("cache-control") in ("no-cache", "max-age=0")


def test_an_empty_field_empties_the_home_page(page, site):
    search = Search(page, site)
    search.ask("énergie")
    search.field.fill("")
    expect(page.locator(".recherche-resultats")).to_be_hidden()
    expect(search.more).to_be_hidden()
    expect(search.status).to_be_empty()


def test_a_slash_with_another_key_is_the_browsers_own(page, site):
    page.goto(f"{site}dispositifs/")
    for keys in ("Control+/", "Alt+/", "Meta+/"):
        page.keyboard.press(keys)
    page.wait_for_timeout(300)
    assert page.url == f"{site}dispositifs/"


def test_other_words_start_again_from_the_first_results(search):
    search.ask("entreprise")
    search.show_more()
    search.ask("énergie")
    expect(search.results).to_have_count(10)


def test_an_answer_to_a_field_since_emptied_shows_nothing(page, site):
    page.add_init_script(LAG)
    search = Search(page, site)
    search.ask("eau")
    page.evaluate("lag = 500")
    search.field.fill("friche")
    search.field.fill("")
    page.wait_for_timeout(1500)
    expect(search.results.first).to_be_hidden()
    expect(search.status).to_be_empty()


def test_only_the_last_words_typed_are_shown(page, site):
    page.add_init_script(LAG)
    search = Search(page, site)
    search.ask("énergie")
    page.evaluate("lag = 600; window.drawn = 0")
    page.evaluate("new MutationObserver(() => drawn++).observe(document.querySelector('.recherche-resultats'), { childList: true })")
    search.field.fill("eau")
    search.ask("friche")
    assert page.evaluate("drawn") == 1


def test_enter_is_a_step_that_back_undoes(search):
    search.ask("eau")
    search.field.press("Enter")
    search.ask("friche")
    search.page.go_back()
    expect(search.field).to_have_value("eau")
    expect(search.status).to_contain_text("«\u00a0eau\u00a0»")


def test_a_script_that_does_not_come_is_said(page, site, tolere):
    tolere("search.js", "Failed to load resource")
    page.route("**/assets/web/search.js", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"{site}recherche/")
    expect(page.get_by_text("La recherche n’a pas pu démarrer")).to_be_visible(timeout=6000)
    page.unroute("**/assets/web/search.js")
    page.goto(f"{site}recherche/?q=eau")
    expect(page.get_by_text("La recherche n’a pas pu démarrer")).to_be_hidden()
