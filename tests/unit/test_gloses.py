"""Words of the glossary, marked where they stand: each once, only in sentences, and nothing else is touched."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etabli.catalogue import Catalogue
from etabli.gloses import _CLOSED, _CLOSED_CLASSES, Gloses, anchor_of, letter_of
from etabli.schema import Terme

JOUR = datetime.date(2026, 3, 1)


def make_terme(id_, terme, developpe=None, variantes=()):
    source = {"document": "memoire", "consulte_le": JOUR}
    return Terme(id=id_, terme=terme, developpe=developpe, variantes=list(variantes), definition="Un mot d'essai.", source=source)


TERMES = [
    make_terme("epci", "EPCI", "Établissement public de coopération intercommunale"),
    make_terme("co2", "CO2", variantes=["CO₂"]),
    make_terme("rd", "R&D", 'Recherche & "développement"'),
    make_terme("assiette", "Assiette", variantes=["assiettes"]),
    make_terme("aide", "aide"),
    make_terme("aide-etat", "aide d'État", variantes=["aides d'État"]),
    make_terme("minimis", "Aide d'État de minimis"),
    make_terme("regle", "minimis"),
    make_terme("paris", "Accord de Paris"),
    make_terme("h2", "H2"),
    make_terme("ecologie", "écologie industrielle"),
]
GLOSES = Gloses(Catalogue(JOUR, termes=TERMES))


def mark(text, prefix="../"):
    return GLOSES.mark(text, prefix)


def marked(text):
    """The words that were made links, in the order of the page."""
    return [re.sub("<.*?>", "", words) for words in re.findall(r'<a class="terme"[^>]*>(.*?)</a>', mark(text))]


def strip(text):
    """The page without what marking adds."""
    return re.sub(r'<a class="terme" href="[^"<>]*">(?:<abbr title="[^"<>]*">([^<]*)</abbr>|([^<]*))</a>', r"\1\2", text)


# --- What a mark is ---------------------------------------------------------------------------------


def test_a_word_becomes_a_link_to_its_definition():
    assert mark("<p>Une assiette large.</p>") == '<p>Une <a class="terme" href="../glossaire/a/#assiette">assiette</a> large.</p>'


def test_the_link_leads_from_the_page_to_the_root():
    for prefix in ("", "../../../"):
        assert f'href="{prefix}glossaire/a/#assiette"' in mark("<p>assiette</p>", prefix)


def test_an_acronym_bears_its_full_name_and_only_an_acronym():
    assert mark("<p>Un EPCI.</p>") == (
        '<p>Un <a class="terme" href="../glossaire/e/#epci">'
        '<abbr title="Établissement public de coopération intercommunale">EPCI</abbr></a>.</p>'
    )
    assert "<abbr" not in mark("<p>Du CO2, une assiette.</p>"), "nothing to spell out"


def test_the_full_name_cannot_break_the_page():
    assert '<abbr title="Recherche &amp; &quot;développement&quot;">R&amp;D</abbr>' in mark("<p>La R&amp;D.</p>")


@pytest.mark.parametrize(("id_", "letter"), [("ecologie", "e"), ("epci", "e"), ("rd", "r")])
def test_a_term_stands_under_its_letter(id_, letter):
    terme = next(t for t in TERMES if t.id == id_)
    assert letter_of(terme) == letter
    assert anchor_of(terme) == f"glossaire/{letter}/#{id_}"


def test_a_term_that_begins_with_a_figure_has_a_place():
    assert anchor_of(make_terme("5s", "5S")) == "glossaire/0-9/#5s"


# --- Which words ------------------------------------------------------------------------------------


def test_once_per_page_and_per_term_whatever_its_form():
    assert marked("<p>assiette, assiette</p><p>Assiettes, EPCI</p><ul><li>EPCI</li></ul>") == ["assiette", "EPCI"]


def test_each_page_starts_anew():
    assert marked("<p>EPCI</p>") == marked("<p>EPCI</p>") == ["EPCI"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("une aide d’État de minimis", ["aide d’État", "minimis"]),
        ("Aide d’État de minimis", ["Aide d’État de minimis"]),
        ("une aide d’État de plus", ["aide d’État"]),
        ("les aides d’État", ["aides d’État"]),
        ("une aide de plus", ["aide"]),
        ("une aide d’État, puis une aide", ["aide d’État", "aide"]),
        ("une aide d’Étatiste", ["aide"]),
    ],
)
def test_the_longest_form_wins(text, words):
    """« Aide d'État de minimis » has a second capital: it is a name, of which the first capital stays."""
    assert marked(f"<p>{text}</p>") == words


@pytest.mark.parametrize("text", ["epci", "Epci", "co2", "h2", "r&amp;d"])
def test_an_acronym_has_its_capitals(text):
    assert marked(f"<p>{text}</p>") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Assiette large", ["Assiette"]),
        ("assiette large", ["assiette"]),
        ("ASSIETTE", []),
        ("Écologie industrielle", ["Écologie industrielle"]),
        ("écologie industrielle", ["écologie industrielle"]),
        ("Écologie Industrielle", []),
        ("l’Accord de Paris", ["Accord de Paris"]),
        ("un accord de Paris", []),
        ("un accord de paris", []),
    ],
)
def test_a_word_may_open_a_sentence_and_a_name_keeps_its_capital(text, words):
    assert marked(f"<p>{text}</p>") == words


@pytest.mark.parametrize(
    "text", ["EPCIX", "XEPCI", "EPCI2", "EPCI-CO", "CO-EPCI", "R&amp;EPCI", "assiettées", "préaide", "EPCI_a", "aideé"]
)
def test_a_piece_of_a_word_is_not_the_word(text):
    assert marked(f"<p>{text}</p>") == []


def test_in_a_compound_neither_part_is_marked():
    assert marked("<p>Le CO2-EPCI.</p>") == []
    assert marked("<p>Le CO2-EPCI, le CO2, un EPCI.</p>") == ["CO2", "EPCI"]


@pytest.mark.parametrize(
    "text", ["l’EPCI", "(EPCI)", "«\u00a0EPCI\u00a0»", "EPCI.", "EPCI,", "EPCI\u202f;", "EPCI/commune", "&nbsp;EPCI", "EPCI’", "EPCI"]
)
def test_signs_around_a_word_do_not_hide_it(text):
    assert marked(f"<p>{text}</p>") == ["EPCI"]


def test_an_apostrophe_in_a_term_is_the_one_of_the_page():
    """Pages have « ’ »: the YAML's « ' » is no longer there when words are marked."""
    assert marked("<p>les aides d’État</p>") == ["aides d’État"]
    assert marked("<p>les aides d'État</p>") == []


def test_a_term_with_an_ampersand_and_one_with_a_small_figure():
    assert marked("<p>La R&amp;D et le CO₂.</p>") == ["R&amp;D", "CO₂"]


# --- Where ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", sorted(_CLOSED - {"script", "style"}))
def test_nothing_is_marked_inside(tag):
    assert marked(f"<div><{tag}>EPCI</{tag}></div>") == []
    assert marked(f"<div><{tag} id='x'><em>un <b>EPCI</b></em></{tag}><p>EPCI</p></div>") == ["EPCI"]


@pytest.mark.parametrize("name", ["carte", "porte", "tuiles", "sources", "surtitre", "statut", "contact", "lu"])
def test_nothing_is_marked_inside_an_element_of_class(name):
    assert marked(f'<div><div class="{name}"><p>EPCI</p></div></div>') == []
    assert marked(f'<ul><li class="avant {name} apres"><p>EPCI</p></li><li>EPCI</li></ul>') == ["EPCI"]
    assert marked(f'<p class="{name}x">EPCI</p>') == ["EPCI"]


@pytest.mark.parametrize("tag", ["p", "li", "td", "dd", "em", "strong", "span", "section", "article", "blockquote"])
def test_a_sentence_is_marked_inside(tag):
    assert marked(f"<{tag}>EPCI</{tag}>") == ["EPCI"]


def test_a_name_that_begins_like_a_closed_one_is_open():
    assert marked("<address>EPCI</address><p>CO2</p>") == ["EPCI", "CO2"]


@pytest.mark.parametrize(
    "tag", ['<img class="carte">', "<br>", '<input class="lu">', "<svg/>", '<svg class="x" />', "<hr>", "<!-- <a> -->"]
)
def test_what_holds_nothing_closes_nothing(tag):
    assert marked(f"<p>{tag} EPCI {tag}</p><p>CO2</p>") == ["EPCI", "CO2"]


def test_attributes_comments_and_scripts_are_left_alone():
    page = '<p title="EPCI" data-x=\'CO2\'>R <!-- EPCI <p>CO2</p> --></p><script>let EPCI = "<p>CO2</p>";</script><style>CO2</style>'
    assert mark(page) == page


# --- The whole page ---------------------------------------------------------------------------------

_TEXTS = st.sampled_from(
    (
        "EPCI", "un EPCI, ", "EPCIX", "CO2-EPCI", "CO₂", "R&amp;D", "assiette", "Assiettes", "aide d’État", "aides d’État ", "aide ",
        "-", "&amp;", "Aide d’État de minimis", "l’Accord de Paris", "\n  ", " ", "é", "&lt;p&gt;", "Écologie industrielle", "1",
        "«\u00a0", "<br>", "<hr/>", '<img alt="EPCI" src="a.png">', "<!-- EPCI <a> -->",
    )
)  # fmt: skip
_OPEN = ("p", "p", "div", "li", "em", "a", "h2", "th", "code", "abbr", "label", "svg")
_ATTRIBUTES = ("", "", ' class="carte"', ' class="x sources"', ' id="aide"', ' title="EPCI assiette"', ' class="texte"')


def _wrap(inside):
    return st.builds(
        lambda tag, attributes, parts: f"<{tag}{attributes}>{''.join(parts)}</{tag}>",
        st.sampled_from(_OPEN), st.sampled_from(_ATTRIBUTES), st.lists(inside, max_size=5),
    )  # fmt: skip


_PAGES = st.lists(st.recursive(_TEXTS, _wrap, max_leaves=25), max_size=6).map("".join).map("<div>{}</div>".format)


class Reader(HTMLParser):
    """Notes each mark of a page: its address, and what encloses it."""

    def __init__(self, page):
        super().__init__()
        self.open, self.marks = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        classes = set((dict(attrs).get("class") or "").split())
        if (tag, classes) == ("a", {"terme"}):
            self.marks.append((dict(attrs)["href"], [name for name, _ in self.open], set().union(*(c for _, c in self.open))))
        if tag not in ("br", "hr", "img"):
            self.open.append((tag, classes))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag


@given(page=_PAGES)
def test_without_its_marks_the_page_is_as_it_was_to_the_byte(page):
    assert strip(mark(page)) == page


@given(page=_PAGES)
def test_no_term_twice_and_none_where_it_must_not_be(page):
    marks = Reader(mark(page)).marks
    assert len({address for address, *_ in marks}) == len(marks)
    for _, tags, classes in marks:
        assert not set(tags) & _CLOSED
        assert not classes & _CLOSED_CLASSES


@given(page=_PAGES)
def test_a_marked_page_marked_again_links_nothing_twice(page):
    """What is a link already stays one link."""
    assert 'class="terme"' not in "".join(re.findall(r"<a class=\"terme\"[^>]*>(.*?)</a>", mark(mark(page))))


def test_the_properties_are_about_pages_that_have_marks():
    assert marked("<div><p>un EPCI, R&amp;D</p></div>") == ["EPCI", "R&amp;D"]
    assert strip(mark("<div><p>un EPCI, R&amp;D</p></div>")) == "<div><p>un EPCI, R&amp;D</p></div>"
