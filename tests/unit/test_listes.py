"""Lists: cut so that no page is heavy, and by following links alone everything is reached."""

import datetime
import re
from posixpath import join, normpath

import pytest

from etabli import RACINE
from etabli.build import build, load_catalogue
from etabli.catalogue import Catalogue
from etabli.gabarits import LISTES, Rendering
from etabli.listes import CATEGORIES, GROUPES, PAR_PAGE, Groupe, render_categories, render_list
from etabli.page import rank
from etabli.schema import Entree

from .test_proximite import make_dispositif
from .test_site import run_mkdocs
from .test_wrong import TESTS

JOUR = datetime.date(2026, 3, 1)
#: Elements that the layout puts around a page, at the most (measured below), and the most that a page may have.
CADRE, MAX = 80, 350


def links_of(page):
    """The addresses of the site to which a page leads, from its root and with the final slash that pages have."""
    paths = [normpath(join(page.chemin, href)) for href in re.findall(r'<a [^>]*?href="([^"#:]+)(?:#[^"]*)?"', page.corps)]
    return {"" if path == "." else path + "/" for path in paths}


def cards_of(page):
    """The things of which a page shows the card, in order: « dispositifs/prime »."""
    cards = re.findall(r'<h[23] class="carte-titre"><a href="([^"]+)/">', page.corps)
    return [normpath(join(page.chemin, href)) for href in cards]


def count(html):
    """How many elements there are in a text."""
    return len(re.findall(r"<[a-zA-Z]", html))


# --- A list of aids made for the test ---------------------------------------------------------------


@pytest.fixture(scope="module")
def sample():
    return load_catalogue(TESTS / "sample" / "data", JOUR, TESTS / "sample")[0]


@pytest.fixture
def lists(sample):
    """Gives `lists(aids, natures)`: the pages of the list of these aids, by path."""

    def make(aids, natures=("etude", "collectif"), render=lambda r: render_list(r, "dispositif")):
        entries = {id_: Entree(id=id_, libelle=f"Nature {id_}", description=id_) for id_ in natures}
        fields = {name: getattr(sample, name) for name in ("site", "organismes", "documents")}
        cat = Catalogue(JOUR, **fields, vocabulaires={**sample.vocabulaires, "natures": entries})
        cat.dispositifs = {aid.id: aid for aid in aids}
        return {page.chemin: page for page in render(Rendering(cat, {}))}

    return make


def make_aids(number, nature="etude", **fields):
    return [make_dispositif(f"{nature}-{i:03}", nature=nature, **fields) for i in range(number)]


def test_a_group_is_an_entry_of_the_vocabulary_that_something_bears(lists):
    pages = lists([*make_aids(2, "collectif"), *make_aids(1)], ("etude", "vide", "collectif"))
    assert list(pages) == ["dispositifs/"]
    corps = pages["dispositifs/"].corps
    assert re.findall(r'<h2 id="([\w-]+)">(.*?)</h2>', corps) == [("etude", "Nature etude"), ("collectif", "Nature collectif")]
    assert cards_of(pages["dispositifs/"]) == ["dispositifs/etude-000", "dispositifs/collectif-000", "dispositifs/collectif-001"]
    assert "Nature collectif (2)" in corps


def test_a_list_of_nothing_leads_elsewhere(lists):
    (page,) = lists([]).values()
    assert cards_of(page) == []
    assert "recherche/" in links_of(page)


@pytest.mark.parametrize(("number", "shown", "rest"), [(0, 0, 0), (3, 3, 0), (4, 4, 0), (5, 3, 2), (9, 3, 6)])
def test_one_more_than_the_limit_costs_less_than_a_link_to_it(number, shown, rest):
    group = Groupe("id", "Titre", list(range(number)), 3, "ici/", 0)
    assert (group.montres, group.reste) == (list(range(shown)), rest)


def test_a_long_group_has_pages_of_its_own_that_hold_all_of_it(lists):
    pages = lists(make_aids(PAR_PAGE * 2 + 1))
    first, second, third = "dispositifs/nature/etude/", "dispositifs/nature/etude/page-2/", "dispositifs/nature/etude/page-3/"
    assert list(pages) == ["dispositifs/", first, second, third]
    assert [len(cards_of(pages[path])) for path in pages] == [PAR_PAGE, PAR_PAGE, PAR_PAGE, 1]
    everything = [card for path in (first, second, third) for card in cards_of(pages[path])]
    assert everything == [f"dispositifs/etude-{i:03}" for i in range(PAR_PAGE * 2 + 1)]
    assert first in links_of(pages["dispositifs/"])
    for path in (first, second, third):
        assert {first, second, third} <= links_of(pages[path]) | {path}
        assert pages[path].fil == (("Aides et dispositifs", "dispositifs/"),)
    assert pages[second].titre == "Nature etude\u00a0: Aides et dispositifs (page 2 sur 3)"
    assert len({page.titre for page in pages.values()}) == 4
    assert re.findall(r'aria-current="page">(.*?)<', pages[second].corps) == ["Page 2"]


def test_a_group_of_one_page_does_not_speak_of_pages(lists):
    pages = lists([*make_aids(30), *make_aids(1, "collectif")])
    path = "dispositifs/nature/etude/"
    assert list(pages) == ["dispositifs/", path]
    assert "page 1" not in pages[path].titre
    assert "Pages de la liste" not in pages[path].corps
    assert len(cards_of(pages[path])) == 30


def test_the_more_groups_the_fewer_cards_of_each(lists):
    natures = [f"n{i}" for i in range(6)]
    pages = lists([aid for nature in natures for aid in make_aids(30, nature)], natures)
    shown = cards_of(pages["dispositifs/"])
    assert len(shown) == 36
    assert {sum(card.startswith(f"dispositifs/{nature}-") for card in shown) for nature in natures} == {6}
    many = [f"n{i:02}" for i in range(20)]
    pages = lists([aid for nature in many for aid in make_aids(9, nature)], many)
    assert len(cards_of(pages["dispositifs/"])) == 3 * 20


def test_what_is_closed_comes_last_and_names_are_sorted_without_accents(lists):
    day = datetime.timedelta(days=1)
    aids = [make_dispositif(f"a{i}", titre=title) for i, title in enumerate(("Zinc", "Écowatt", "Forma", "eau", "Çatalyse"))]
    closed = [make_dispositif("clos", titre="Aaa", cloture=JOUR - day), make_dispositif("ouvert", titre="Abc", cloture=JOUR)]
    pages = lists([*closed, *aids])
    shown = re.findall(r'carte-titre"><a [^>]*>(.*?)</a>', pages["dispositifs/"].corps)
    assert shown == ["Abc", "Çatalyse", "eau", "Écowatt", "Forma", "Zinc", "Aaa"]


def test_a_category_shows_nine_of_each_kind_and_leads_to_the_rest(lists):
    aids = [*make_aids(12, besoins=["reduire"]), *make_aids(3, "collectif", besoins=[])]
    pages = lists(aids, render=lambda r: render_categories(r, "besoin"))
    assert len(cards_of(pages["besoins/reduire/"])) == 9
    assert "besoins/reduire/dispositifs/" in links_of(pages["besoins/reduire/"])
    assert len(cards_of(pages["besoins/reduire/dispositifs/"])) == 12
    assert pages["besoins/reduire/dispositifs/"].fil == (("Besoins", "besoins/"), ("Réduire mes impacts", "besoins/reduire/"))
    assert cards_of(pages["besoins/attirer/"]) == []
    assert links_of(pages["besoins/"]) >= {"besoins/attirer/", "besoins/reduire/"}


# --- The real lists ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real():
    """The catalogue as published, on a day that does not move."""
    return build(RACINE / "data", datetime.date(2026, 11, 21))


@pytest.fixture(scope="module")
def pages(real):
    return {page.chemin: page for page in real.pages}


def reach(pages, start):
    """The cards found from a list by following its links to the pages of the same list only."""
    seen, todo, found = set(), [start], []
    while todo:
        page = pages[todo.pop()]
        seen.add(page.chemin)
        found += cards_of(page)
        more = {link for link in links_of(page) if link.startswith(start) and link in pages and pages[link].genre == "suite"}
        todo += sorted(more - seen - set(todo))
    return set(found)


@pytest.mark.parametrize("kind", GROUPES)
def test_everything_is_reached_from_its_list(real, pages, kind):
    folder = LISTES[kind][0]
    assert reach(pages, f"{folder}/") == {f"{folder}/{id_}" for id_ in real.catalogue.of(kind)}


@pytest.mark.parametrize("kind", CATEGORIES)
def test_everything_that_bears_a_category_is_reached_from_its_page(real, pages, kind):
    folder = CATEGORIES[kind][0]
    for entry in real.catalogue.vocabulaires[folder]:
        bearers = {
            f"{LISTES[listed][0]}/{id_}"
            for listed in GROUPES
            for id_, thing in real.catalogue.of(listed).items()
            if entry in getattr(thing, folder)
        }
        assert reach(pages, f"{folder}/{entry}/") == bearers
        assert f"{folder}/{entry}/" in links_of(pages[f"{folder}/"])


@pytest.mark.parametrize("kind", GROUPES)
def test_the_pages_of_a_group_are_in_order(real, pages, kind):
    """Closed things last: over the pages of a group, and over the cards of each page."""
    rendering = Rendering(real.catalogue, {})
    folder, (field, _) = LISTES[kind][0], GROUPES[kind]
    shown = [real.catalogue.of(kind)[card.split("/")[1]] for card in cards_of(pages[f"{folder}/"])]
    for value in {getattr(thing, field) for thing in shown}:
        ranks = [rank(rendering, thing) for thing in shown if getattr(thing, field) == value]
        assert ranks == sorted(ranks)
    for path in [path for path in pages if path.startswith(f"{folder}/{field}/") and "page-" not in path]:
        rest = [p for p in (path, *(f"{path}page-{i}/" for i in range(2, 9))) if p in pages]
        ranks = [rank(rendering, real.catalogue.of(kind)[card.split("/")[1]]) for p in rest for card in cards_of(pages[p])]
        assert ranks == sorted(ranks)


def test_no_page_is_heavier_than_an_old_telephone_bears(pages):
    """The budget of a content page; a questionnaire is a tool, all in its page so that it is read without any script."""
    weights = {path: count(page.corps) + CADRE for path, page in pages.items() if page.genre != "questionnaire"}
    assert {path: weight for path, weight in weights.items() if weight > MAX} == {}


def test_the_layout_adds_no_more_than_that(tmp_path):
    data = TESTS / "sample" / "data"
    assert run_mkdocs(data, tmp_path, JOUR.isoformat()).returncode == 0
    made = build(data, JOUR, racine=data.parent).pages
    content = [page for page in made if page.genre != "questionnaire"]
    frames = {p.chemin: count((tmp_path / p.chemin / "index.html").read_text(encoding="utf-8")) - count(p.corps) for p in content}
    assert CADRE - 5 < max(frames.values()) <= CADRE
