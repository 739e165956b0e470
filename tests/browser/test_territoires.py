"""The way in by place: the look-up by commune, the map of the régions, and what is left of them when something fails."""

import os
import re
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Page, expect
from visiteur import EMPTY, STORAGE, plain

BATI = Path(os.environ.get("ETABLI_SITE") or Path(__file__).resolve().parents[2] / "site")
COMMUNES = BATI / "api" / "v1" / "communes"
PAGE = "territoires/"
PANNE = "La liste des communes ne se charge pas. Réessayez, ou choisissez votre région plus bas."
INCONNUE = "Aucune commune ne commence ainsi. Vérifiez l’orthographe, ou choisissez votre région plus bas."
COURT = "Tapez au moins deux lettres."
ENCORE = "Tapez encore une lettre."


class Recherche:
    """The look-up of a page that is open on it: what one types, what it says, what it shows."""

    def __init__(self, page: Page, site: str):
        self.page, self.site = page, site
        page.goto(site + PAGE)
        self.champ = page.get_by_label("Commune ou code postal")
        self.etat = page.locator("#commune-etat")
        self.choix = page.locator("#commune-choix button")
        self.reponse = page.locator("#commune-reponse")

    def search(self, text: str, says: str | re.Pattern[str]) -> list[str]:
        """The communes shown for `text`, with what sets them apart, once the status says `says`."""
        self.champ.fill(text)
        expect(self.etat).to_have_text(says)
        return [plain(button.inner_text()) for button in self.choix.all()]

    def answer(self) -> dict[str, str]:
        """What the answer says, once it has the focus: « Région » → « Bretagne », each link as its path."""
        expect(self.reponse).to_be_focused()
        rows = self.reponse.locator("dl > div").all()
        return {row.locator("dt").inner_text(): self.path_of(row.locator("dd")) for row in rows}

    def path_of(self, place) -> str:
        link = place.locator("a")
        return link.evaluate("el => el.href").removeprefix(self.site) if link.count() else place.inner_text()


@pytest.fixture
def recherche(page, site) -> Recherche:
    return Recherche(page, site)


def test_a_name_without_accents_is_found(recherche):
    shown = recherche.search("chatell", "6 communes trouvées.")
    assert shown[0] == "Châtellerault Vienne"
    assert {"Le Châtellier Ille-et-Vilaine", "Le Châtellier Orne"} <= set(shown)


def test_st_is_saint(recherche):
    shown = recherche.search("St Etienne", re.compile(r"^\d+ communes trouvées, voici les 8 premières\s: précisez le nom\.$"))
    assert shown[0] == "Saint-Étienne Loire"
    assert len(shown) == 8


def test_a_postal_code_gives_its_communes(recherche):
    shown = recherche.search("86100", re.compile(r"^\d communes trouvées\.$"))
    assert shown[0] == "Châtellerault Vienne"
    assert all("Vienne" in commune for commune in shown)
    assert recherche.search("86 100", re.compile("trouvées")) == shown


@pytest.mark.parametrize("text", ["L'Haÿ", "L’Haÿ", "l'hay", "haÿ les roses"])
def test_the_article_and_the_apostrophe_do_not_matter(recherche, text):
    shown = recherche.search(text, re.compile("communes? trouvée"))
    assert "L'Haÿ-les-Roses Val-de-Marne" in shown


def test_by_mouse_the_answer_names_the_places_around(recherche, page):
    recherche.search("Poitiers", re.compile("trouvée"))
    recherche.choix.filter(has_text="Vienne").first.click()
    assert recherche.answer() == {
        "Intercommunalité": "territoires/grand-poitiers/",
        "Département": "territoires/vienne/",
        "Région": "territoires/nouvelle-aquitaine/",
    }
    assert recherche.choix.count() == 0
    expect(page.get_by_role("status")).to_have_text("Poitiers : la réponse est ci-dessous.")
    page.get_by_role("link", name="Ce qui existe ici : Grand Poitiers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grand Poitiers")


def test_by_keyboard_alone(recherche, page):
    for _ in range(20):
        page.keyboard.press("Tab")
        if recherche.champ.evaluate("el => el === document.activeElement"):
            break
    page.keyboard.type("chatell", delay=20)
    expect(recherche.etat).to_have_text("6 communes trouvées.")
    page.keyboard.press("Tab")
    expect(recherche.choix.first).to_be_focused()
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    page.keyboard.press("Enter")
    # No page for this intercommunalité: it is named, and the département is the way on.
    assert recherche.answer() == {
        "Intercommunalité": "CA Grand Châtellerault",
        "Département": "territoires/vienne/",
        "Région": "territoires/nouvelle-aquitaine/",
    }
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Vienne"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("territoires/vienne/$"))


def test_enter_in_the_field_goes_on(recherche, page):
    """To the answer when there is one commune, else to the first of the list."""
    recherche.champ.fill("Châtellerault")
    page.keyboard.press("Enter")
    assert recherche.answer()["Département"] == "territoires/vienne/"
    recherche.champ.fill("chatell")
    page.keyboard.press("Enter")
    expect(recherche.choix.first).to_be_focused()
    expect(recherche.reponse).to_be_empty()


def test_a_commune_that_joined_another_says_so(recherche):
    shown = recherche.search("Les Châtelliers-Ch", "1 commune trouvée.")
    assert shown == ["Les Châtelliers-Châteaumur commune de Sèvremont, Vendée"]
    recherche.choix.click()
    assert recherche.answer()["Département"] == "territoires/vendee/"
    assert "Aujourd'hui dans la commune de Sèvremont." in plain(recherche.reponse.inner_text())


def test_a_commune_outside_the_regions_has_an_answer_too(recherche):
    recherche.search("Nouméa", "1 commune trouvée.")
    recherche.choix.click()
    assert recherche.answer() == {}
    assert "dans aucune région de notre liste" in plain(recherche.reponse.inner_text())


@pytest.mark.parametrize("commune", ["Besançon", "Lille", "Mamoudzou", "Saint-Denis", "Ajaccio", "Paris", "Lyon", "Bayonne", "Cayenne"])
def test_every_link_of_an_answer_leads_to_a_page(recherche, page, commune):
    recherche.champ.fill(commune)
    page.keyboard.press("Enter")
    expect(recherche.choix.first.or_(recherche.reponse.locator("h3"))).to_be_visible()
    if recherche.choix.count():
        recherche.choix.first.click()
    recherche.answer()
    links = recherche.reponse.locator("a").evaluate_all("links => links.map((a) => a.href)")
    assert len(links) >= 2  # overseas, the région is the département
    assert [link for link in links if not (BATI / link.removeprefix(recherche.site) / "index.html").is_file()] == []


def test_what_names_no_commune_is_said_plainly(recherche, page):
    assert recherche.search("zzyzx", INCONNUE) == []
    assert recherche.search("Poitiersville", INCONNUE) == []
    assert recherche.search("99999", INCONNUE) == []
    assert recherche.search("a", COURT) == []
    assert recherche.search("🌿🌿", COURT) == []
    assert recherche.search("Saint-É", ENCORE) == []
    assert recherche.search("../../index", INCONNUE) == []
    assert recherche.search("<script>alert(1)</script>", INCONNUE) == []
    assert recherche.search("a" * 10_000, INCONNUE) == []
    assert recherche.search("1" * 10_000, INCONNUE) == []
    assert recherche.search("", "") == []
    assert recherche.search("Y", "1 commune trouvée.") == ["Y Somme"]
    assert page.locator("main script").count() == 0


def test_the_field_takes_no_more_than_a_name(recherche, page):
    recherche.champ.focus()
    page.keyboard.insert_text("a" * 10_000)
    assert len(recherche.champ.input_value()) == 80


@pytest.mark.parametrize("fichier", ["debuts.json", "nom/po.json", "territoires.json"])
def test_when_the_host_fails_it_is_said_and_the_rest_works(recherche, page, tolere, fichier):
    tolere("500", "Failed to load resource")
    page.route(f"**/api/v1/communes/{fichier}", lambda route: route.fulfill(status=500, body="panne"))
    assert recherche.search("Poitiers", PANNE) == []
    page.unroute_all()
    recherche.champ.fill("")
    assert recherche.search("Poitiers", re.compile("trouvée")) != []  # the failure is not kept
    page.get_by_role("list").get_by_role("link", name="Bretagne").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bretagne")


def test_offline_or_garbled_it_is_said(recherche, page, tolere):
    tolere("INTERNET_DISCONNECTED", "Failed to load resource", "SyntaxError")
    page.context.set_offline(True)
    assert recherche.search("Poitiers", PANNE) == []
    page.context.set_offline(False)
    assert recherche.search("Poitiers ", re.compile("trouvée")) != []
    page.route("**/nom/ch.json", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>pas du JSON"))
    assert recherche.search("Châtellerault", PANNE) == []


def test_a_slow_search_takes_no_answer_back(recherche, page):
    """The press comes before the search that follows the last key."""
    recherche.search("chatell", "6 communes trouvées.")
    page.evaluate("""() => {
      const champ = document.getElementById("commune");
      champ.value = "chatellier";
      champ.dispatchEvent(new Event("input"));
      document.querySelector("#commune-choix button").click();
    }""")
    assert recherche.answer()["Département"] == "territoires/vienne/"
    page.wait_for_timeout(400)
    expect(recherche.reponse.locator("h3")).to_have_text("Châtellerault")


def test_what_is_typed_stays_here_and_little_is_loaded(recherche, page, site):
    asked = []
    icon = "/etabli.svg"  # the browser fetches it when it likes
    page.context.on("request", lambda request: None if request.url.endswith(icon) else asked.append(request))
    recherche.search("Châtellerault", "1 commune trouvée.")
    recherche.choix.click()
    recherche.answer()
    assert {request.url.removeprefix(f"{site}api/v1/communes/") for request in asked} == {
        "territoires.json", "debuts.json", "nom/ch.json",
    }  # fmt: skip
    for request in asked:
        assert (request.method, request.post_data) == ("GET", None)
        assert "tellerault" not in str(request.all_headers())
    assert sum(len(request.response().body()) for request in asked) <= 130_000
    assert page.url == site + PAGE
    assert page.evaluate(STORAGE) == EMPTY
    assert page.context.cookies() == []


def test_the_files_of_the_communes_are_small():
    files = {path.relative_to(COMMUNES).as_posix(): path.read_bytes() for path in COMMUNES.rglob("*.json")}
    assert len(files) > 300
    assert {name: len(body) for name, body in files.items() if len(body) > 100_000} == {}
    largest = max(files.values(), key=len)
    assert len(brotli.compress(largest)) <= 40_000


FOCUS = """() => { const a = document.activeElement, path = a.querySelector("path");
  return path && a.closest(".carte-regions") && [a.getAttribute("aria-label"), parseFloat(getComputedStyle(path).strokeWidth)]; }"""


def test_every_region_of_the_map_is_reached_by_keyboard_and_seen(recherche, page):
    recherche.champ.focus()
    seen = {}
    for _ in range(19):
        page.keyboard.press("Tab")
        if at := page.evaluate(FOCUS):
            seen[at[0]] = at[1]
    assert seen.keys() == set(page.locator(".regions a").all_inner_texts())
    assert len(seen) == 18
    assert min(seen.values()) >= 4  # three CSS pixels or more, once the map is drawn at its size


def test_the_map_and_the_list_lead_to_the_same_pages(recherche, page, site):
    carte = page.get_by_role("group", name="Carte des régions").get_by_role("link")
    liste = page.locator(".regions").get_by_role("link")
    on_map = {link.get_attribute("aria-label"): link.get_attribute("href") for link in carte.all()}
    assert on_map == {link.inner_text(): link.get_attribute("href") for link in liste.all()}
    for name, href in on_map.items():
        assert f"<h1>{name}</h1>" in (BATI / "territoires" / href / "index.html").read_text(encoding="utf-8")
    page.get_by_role("group", name="Carte des régions").get_by_role("link", name="Bretagne").click()
    expect(page).to_have_url(f"{site}territoires/bretagne/")


def test_without_scripts_the_map_and_the_lists_are_enough(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + PAGE)
    assert not page.locator("#commune").is_visible()
    page.get_by_role("group", name="Carte des régions").get_by_role("link", name="Corse", exact=True).click()
    assert page.url == f"{site}territoires/corse/"
    page.goto(site + PAGE)
    page.get_by_role("link", name="Intercommunalités").click()
    page.get_by_role("link", name="Grand Poitiers").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Grand Poitiers"
    context.close()
