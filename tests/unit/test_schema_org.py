"""What the pages say of themselves in the words of schema.org."""

import json
from dataclasses import replace
from html.parser import HTMLParser

import jinja2
import pytest

from etabli import RACINE
from etabli.build import SANS_MOTEUR, build, open_catalogue, today
from etabli.page import Page
from etabli.pages import render_pages

from .test_wrong import JOUR, TESTS

SAMPLE = TESTS / "sample" / "data"
ADRESSE = "https://etabli.example/ici/"
#: Type → what a reader of that type needs: schema.org asks for nothing, search engines ask for these.
REQUIRED = {
    "GovernmentService": {"name", "description", "serviceType", "provider", "areaServed", "audience"},
    "Legislation": {"name", "description"},
    "CreativeWork": {"name", "description", "url", "provider", "about", "audience"},
    "SoftwareApplication": {"name", "description", "url", "provider"},
    "Course": {"name", "description", "url", "provider"},
    "WebSite": {"name", "description"},
    "Article": {"name", "headline", "description", "author", "about", "audience"},
    "AdministrativeArea": {"name"},
    "Country": {"name"},
    "DefinedTermSet": {"name", "hasDefinedTerm"},
    "DefinedTerm": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "Organization": {"name"},
    "Audience": {"audienceType"},
    "Thing": {"name"},
    "Offer": set(),
    "ServiceChannel": {"serviceUrl"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
}
GENRES = {
    "dispositif": {"GovernmentService", "Legislation"},
    "ressource": {"CreativeWork", "SoftwareApplication", "Course", "WebSite", "Article"},
    "fiche": {"Article"},
    "territoire": {"AdministrativeArea"},
    "glossaire": {"DefinedTermSet"},
    "accueil": {"WebSite"},
}


def walk(value):
    """Every node of a description."""
    if isinstance(value, dict):
        yield value
        for inside in value.values():
            yield from walk(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from walk(inside)


def block_of(page: Page) -> str:
    """What the layout writes in the page: the text that front matter hands over."""
    return page.meta(None)["schema"]


@pytest.fixture(scope="module", params=[None, ADRESSE], ids=["sans adresse", "avec adresse"])
def made(request):
    return build(SAMPLE, JOUR, racine=SAMPLE.parent, adresse=request.param), request.param


@pytest.fixture(scope="module")
def real():
    return list(render_pages(open_catalogue(RACINE / "data", today())[0], SANS_MOTEUR))


def faults(pages: list[Page]) -> list[str]:
    """What is missing from the descriptions, page by page."""
    found = []
    for page in pages:
        if page.schema is None:
            found += [f"{page.chemin} : rien"] if page.genre in GENRES or page.fil else []
            continue
        described = json.loads(block_of(page))
        if described["@context"] != "https://schema.org":
            found.append(f"{page.chemin} : @context")
        for node in walk(described["@graph"]):
            missing = {name for name in REQUIRED[node["@type"]] if not node.get(name)}
            found += [f"{page.chemin} : {node['@type']} sans {name}" for name in sorted(missing)]
            found += [f"{page.chemin} : {name} vide" for name, value in node.items() if value in (None, "", [], {})]
        types = [node["@type"] for node in described["@graph"]]
        if page.genre in GENRES and types[0] not in GENRES[page.genre]:
            found.append(f"{page.chemin} : {types[0]}")
        if bool(page.fil) != ("BreadcrumbList" in types):
            found.append(f"{page.chemin} : fil")
    return found


def test_every_page_of_the_sample_says_what_is_required(made):
    assert faults(made[0].pages) == []


def test_every_page_of_the_catalogue_says_what_is_required(real):
    assert faults(real) == []


def test_the_check_can_fail(made):
    page = next(page for page in made[0].pages if page.genre == "dispositif")
    assert faults([replace(page, schema=None)]) == ["dispositifs/defi-collectif/ : rien"]
    graph = [{**page.schema["@graph"][0], "provider": []}]
    assert len(faults([replace(page, schema=page.schema | {"@graph": graph})])) == 3


def test_addresses_are_full_or_left_out(made):
    built, address = made
    for page in built.pages:
        for node in walk(page.schema or {}):
            for name in ("@id", "mainEntityOfPage", "item", "urlTemplate"):
                assert address is not None or name not in node
                assert node.get(name, ADRESSE).startswith(ADRESSE)


def test_the_breadcrumbs_are_those_of_the_page():
    made = build(SAMPLE, JOUR, racine=SAMPLE.parent, adresse=ADRESSE)
    page = next(page for page in made.pages if page.chemin == "dispositifs/etude-energie/")
    [trail] = [node for node in page.schema["@graph"] if node["@type"] == "BreadcrumbList"]
    assert [(step["position"], step["name"], step["item"]) for step in trail["itemListElement"]] == [
        (1, "Accueil", ADRESSE),
        (2, "Aides et dispositifs", ADRESSE + "dispositifs/"),
        (3, "Aide à l’étude énergie", ADRESSE + "dispositifs/etude-energie/"),
    ]


def test_an_aid_says_who_where_for_whom_and_until_when(made):
    page = next(page for page in made[0].pages if page.chemin == "dispositifs/etude-energie/")
    node = page.schema["@graph"][0]
    assert node["provider"][0]["@type"] == "Organization"
    assert node["areaServed"] == [{"@type": "AdministrativeArea", "name": "Bretagne", "identifier": "REG-53"}]
    assert node["offers"] == {"@type": "Offer", "validFrom": "2026-01-01", "validThrough": "2026-12-31"}
    other = next(page for page in made[0].pages if page.chemin == "dispositifs/defi-collectif/")
    assert other.schema["@graph"][0]["areaServed"] == [{"@type": "Country", "name": "France"}]


def test_the_search_is_asked_with_the_parameter_that_its_script_reads():
    made = build(SAMPLE, JOUR, racine=SAMPLE.parent, adresse=ADRESSE.rstrip("/"))
    [site] = made.pages[0].schema["@graph"]
    assert site["potentialAction"]["target"]["urlTemplate"] == ADRESSE + "recherche/?q={search_term_string}"
    script = (RACINE / "wasm" / "web" / "search-address.js").read_text(encoding="utf-8")
    assert 'if (name === "q") q = value' in script


class Reader(HTMLParser):
    """Tags of a page, and the text of its data blocks."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.blocks = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1] == ("script", {"type": "application/ld+json"}):
            self.blocks.append(data)


@pytest.mark.parametrize("title", ["Aide </script><img src=x onerror=alert(1)>", "<!--<script>", "]]> </SCRIPT >", 'a " b \\ </title>'])
def test_a_title_cannot_break_out_of_its_block(title):
    """The block as `theme/base.html` writes it, read as a browser reads it."""
    cat = open_catalogue(SAMPLE, JOUR, racine=SAMPLE.parent)[0]
    cat.dispositifs["etude-energie"] = cat.dispositifs["etude-energie"].model_copy(update={"titre": title})
    page = next(page for page in render_pages(cat, SANS_MOTEUR) if page.chemin == "dispositifs/etude-energie/")
    layout = (RACINE / "theme" / "base.html").read_text(encoding="utf-8")
    [line] = [line for line in layout.splitlines() if "application/ld+json" in line]
    html = jinja2.Template(line).render(meta=page.meta(None))
    read = Reader(f"{html}<p>après</p>")
    assert [tag for tag, _ in read.tags] == ["script", "p"]
    assert json.loads("".join(read.blocks))["@graph"][0]["name"].replace("\u00a0", " ").replace("’", "'") == title
