"""The feed of changes, read as a feed reader reads it."""

import datetime
import uuid
import xml.etree.ElementTree as ET

import pytest

from etabli.build import build, open_catalogue
from etabli.flux import NOMBRE, render_flux

from .test_wrong import JOUR, TESTS

ATOM = "{http://www.w3.org/2005/Atom}"
SAMPLE = TESTS / "sample" / "data"


@pytest.fixture
def cat():
    return open_catalogue(SAMPLE, JOUR, racine=SAMPLE.parent)[0]


def read(cat) -> ET.Element:
    """The feed, with what RFC 4287 asks of every feed checked (4.1.1 and 4.1.2)."""
    feed = ET.fromstring(render_flux(cat).encode())
    assert feed.tag == ATOM + "feed"
    for element in (feed, *feed.iter(ATOM + "entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1 and element.findtext(ATOM + name)
        assert datetime.datetime.fromisoformat(element.findtext(ATOM + "updated")).tzinfo is not None
        assert uuid.UUID(element.findtext(ATOM + "id")).version == 5
        assert [link for link in element.iter(ATOM + "link") if link.get("rel") == "alternate"]
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    ids = [entry.findtext(ATOM + "id") for entry in feed.iter(ATOM + "entry")]
    assert len(set(ids)) == len(ids)
    return feed


def test_the_newest_first_then_by_id(cat):
    cat.ressources["compteur-eau"] = cat.ressources["compteur-eau"].model_copy(update={"maj": datetime.date(2026, 7, 1)})
    feed = read(cat)
    things = {t.titre: t for kind in ("dispositif", "ressource", "fiche") for t in cat.of(kind).values()}
    days = [entry.findtext(ATOM + "updated") for entry in feed.iter(ATOM + "entry")]
    assert len(days) == len(things)
    assert days == sorted(days, reverse=True)
    # Midnight in France, summer time.
    assert feed.findtext(ATOM + "updated") == days[0] == "2026-07-01T00:00:00+02:00"
    same = [entry.find(ATOM + "link").get("href").split("/")[1] for entry in feed.iter(ATOM + "entry")][1:]
    assert same == sorted(same, key=lambda id_: (-max(t.maj.toordinal() for t in things.values() if t.id == id_), id_))


def test_an_entry_says_what_it_is(cat):
    [entry] = [e for e in read(cat).iter(ATOM + "entry") if e.findtext(ATOM + "title") == "Aide à l’étude énergie"]
    assert entry.findtext(ATOM + "summary") == "L’agence paie une part de votre étude, selon votre taille."
    assert entry.find(ATOM + "category").attrib == {"term": "dispositif", "label": "Aide"}
    assert entry.findtext(ATOM + "updated") == "2026-01-05T00:00:00+01:00"


def test_links_are_relative_without_an_address_and_full_with_one(cat):
    base = "{http://www.w3.org/XML/1998/namespace}base"
    feed = read(cat)
    links = [link.get("href") for link in feed.iter(ATOM + "link")]
    assert "dispositifs/etude-energie/" in links
    assert not [link for link in links if link.startswith(("http", "/"))]
    assert not [element for element in feed.iter() if base in element.attrib]
    for address in ("https://etabli.example/ici", "https://etabli.example/ici/"):
        cat.site = cat.site.model_copy(update={"url": address})
        links = [link.get("href") for link in read(cat).iter(ATOM + "link")]
        assert {"https://etabli.example/ici/flux.xml", "https://etabli.example/ici/dispositifs/etude-energie/"} <= set(links)
        assert all(link.startswith("https://etabli.example/ici/") for link in links)


def test_no_more_than_forty_entries_and_none_is_no_error(cat):
    one = cat.dispositifs["etude-energie"]
    cat.dispositifs = {f"a{i:02}": one.model_copy(update={"id": f"a{i:02}"}) for i in range(NOMBRE + 5)}
    assert len(list(read(cat).iter(ATOM + "entry"))) == NOMBRE == 40
    cat.dispositifs, cat.ressources, cat.fiches = {}, {}, {}
    assert read(cat).findtext(ATOM + "updated").startswith(JOUR.isoformat())


def test_what_an_editor_types_stays_text(cat):
    title = "L'aide <b>&</b> \"l'étude\" ]]>"
    cat.dispositifs = {"x": cat.dispositifs["etude-energie"].model_copy(update={"titre": title})}
    titles = [entry.findtext(ATOM + "title") for entry in read(cat).iter(ATOM + "entry")]
    assert 'L’aide <b>&</b> "l’étude" ]]>' in titles


def test_two_sites_have_two_feeds_and_the_same_entries(cat):
    before = read(cat)
    cat.site = cat.site.model_copy(update={"nom": "Un autre établi"})
    after = read(cat)
    assert before.findtext(ATOM + "id") != after.findtext(ATOM + "id")
    assert [e.findtext(ATOM + "id") for e in before.iter(ATOM + "entry")] == [e.findtext(ATOM + "id") for e in after.iter(ATOM + "entry")]


def test_the_build_publishes_it_at_the_address_that_mkdocs_knows():
    made = build(SAMPLE, JOUR, racine=SAMPLE.parent, adresse="https://etabli.example/")
    assert 'href="https://etabli.example/flux.xml"' in made.api["flux.xml"]
