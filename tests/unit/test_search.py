"""The search: an index that lunr.py writes and lunr.js reads, what the browser finds in it, the text of written pages."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.index import Index

from etabli.fold import fold
from etabli.search import Document, build_search, render_search, text_of_html

from .noeud import open_node

CORPUS = (
    Document(
        chemin="dispositifs/eclairage/",
        titre="Moderniser l’éclairage",
        genre="Dispositif · Subvention",
        resume="Une aide pour payer moins d’électricité.",
        texte="Remplacer les lampes. Elle couvre 30 % des coûts, et jusqu'à 40 % avec l'éclairage public.",
        mots="Énergie CEE",
    ),
    Document(
        chemin="dispositifs/sobriete/",
        titre="Énergie : la sobriété en commun",
        genre="Dispositif · Collectif",
        resume="Un accompagnement qui n'est plus ouvert.",
        texte="Énergie, énergie, énergie : les entreprises économisent ensemble.",
        statut="clos",
        mots="Énergie",
    ),
    Document(
        chemin="ressources/eau/",
        titre="Mesurer sa consommation d’eau",
        genre="Ressource · Guide",
        resume="Des gestes simples pour économiser.",
        texte="Les réseaux, les eaux usées, une fuite.",
        mots="Eau",
    ),
    Document(
        chemin="ressources/plan-climat/",
        titre="Comprendre le plan climat",
        genre="Ressource · Guide",
        resume="Le plan climat-air-énergie territorial (PCAET) expliqué aux entreprises.",
        mots="Énergie",
    ),
    Document(
        chemin="fiches/8/",
        titre="Requalifier une friche industrielle",
        genre="Fiche 8 · Attirer",
        resume="Étudier puis financer la reconversion d'un site industriel.",
        texte="Le fonds friches. R&D, émissions de CO₂, mise en œuvre.",
    ),
    Document(
        chemin="guides/batiment/",
        titre="Rénover un bâtiment",
        genre="Guide",
        texte="La fiche pratique de la rénovation énergétique, la formation des équipes.",
    ),
)


@pytest.fixture(scope="module")
def ask():
    """ask("eau") is the answer of the browser's search on CORPUS."""
    with open_node() as call:
        call("load", build_search(CORPUS))
        yield lambda q: call("search", [q])[0]


def paths(answer):
    return [page["chemin"] for page in answer["pages"]]


# --- Index -----------------------------------------------------------------------------------------


def test_same_documents_same_bytes():
    assert render_search(CORPUS) == render_search(list(CORPUS))
    assert render_search(CORPUS).startswith('{"documents":[{"chemin":"dispositifs/eclairage/","genre":')


def test_what_the_file_holds():
    index = json.loads(render_search(CORPUS))
    assert sorted(index) == ["documents", "lunr", "version", "vocabulaire"]
    assert index["lunr"]["version"] == "2.3.9"
    assert index["lunr"]["pipeline"] == []
    assert [document["chemin"] for document in index["documents"]] == [document.chemin for document in CORPUS]
    assert {*index["documents"][0]} == {"chemin", "genre", "resume", "statut", "titre"}
    assert {"economiser", "economisent", "pcaet"} <= set(index["vocabulaire"])
    # The text of a page is in the index as words, never as sentences.
    assert "Remplacer les lampes" not in render_search(CORPUS)


def test_no_document_no_index():
    with pytest.raises(ValueError, match="no document"):
        build_search([])


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("energie", "dispositifs/sobriete/"),
        ("L'ECLAIRAGE", "dispositifs/eclairage/"),
        ("eaux", "ressources/eau/"),
        ("pcaet", "ressources/plan-climat/"),
    ],
)
def test_lunr_in_python_finds_too(query, first):
    index = Index.load(build_search(CORPUS)["lunr"])
    terms = index.create_query()
    for token in fold(query):
        terms.term(token)
    assert CORPUS[int(index.query(terms)[0]["ref"])].chemin == first


@pytest.mark.parametrize(("better", "worse"), [("titre", "mots"), ("mots", "resume"), ("resume", "texte")])
def test_where_a_word_stands_matters(better, worse):
    plain = {"chemin": "", "genre": ""} | dict.fromkeys(("titre", "mots", "resume", "texte"), "autre chose")
    pages = [plain | {worse: "eau potable"}, plain | {better: "eau potable"}, *[plain] * 8]
    found = Index.load(build_search([Document(**page) for page in pages])["lunr"]).search("eau")
    assert [result["ref"] for result in found] == ["1", "0"]


# --- Answers of the browser ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("éclairage", {"dispositifs/eclairage/"}),
        ("eclairage", {"dispositifs/eclairage/"}),
        ("l’éclairage", {"dispositifs/eclairage/"}),
        ("eau", {"ressources/eau/"}),
        ("d'eau", {"ressources/eau/"}),
        ("eaux", {"ressources/eau/"}),
        ("PCAET", {"ressources/plan-climat/"}),
        ("pcaet", {"ressources/plan-climat/"}),
        ("(PCAET)", {"ressources/plan-climat/"}),
        ("friches", {"fiches/8/"}),
        ("fiche", {"guides/batiment/"}),
        ("CO2", {"fiches/8/"}),
        ("r&d", {"fiches/8/"}),
        ("oeuvre", {"fiches/8/"}),
        ("rénovation", {"guides/batiment/"}),
        ("site industriel", {"fiches/8/"}),
        ("économies", {"dispositifs/sobriete/", "ressources/eau/"}),
    ],
)
def test_the_search_finds(ask, query, expected):
    answer = ask(query)
    assert (answer["etat"], set(paths(answer))) == ("exact", expected)


@pytest.mark.parametrize(
    ("one", "other"), [("énergie", "energies"), ("entreprise", "Entreprises"), ("équipe", "ÉQUIPES"), ("réseau", "reseaux")]
)
def test_number_case_and_accents_change_nothing(ask, one, other):
    assert paths(ask(one)) == paths(ask(other)) != []


def test_a_closed_scheme_is_last(ask):
    assert paths(ask("énergie"))[-1] == "dispositifs/sobriete/"
    assert ask("énergie")["pages"][-1]["statut"] == "clos"


def test_a_term_of_the_glossary_comes_after_the_pages_unless_it_is_what_is_asked_for():
    term = Document("glossaire/e/#eau-grise", "Eau grise", "Glossaire", "L'eau qui a déjà servi.", statut="terme")
    page = Document("ressources/arrosage/", "Arroser", "Ressource · Guide", texte="Une eau grise arrose aussi bien.")
    closed = Document("dispositifs/pluie/", "Récupérer l'eau grise", "Dispositif", statut="clos")
    with open_node() as call:
        call("load", build_search([term, closed, page]))
        assert paths(call("search", ["eau"])[0]) == [page.chemin, term.chemin, closed.chemin]
        assert paths(call("search", ["l'eau grise"])[0]) == [term.chemin, page.chemin, closed.chemin]


def test_the_title_counts_most(ask):
    assert paths(ask("climat énergie"))[0] == "ressources/plan-climat/"


@pytest.mark.parametrize("end", range(2, len("accompagnement") + 1))
def test_every_beginning_of_a_word_finds_it(ask, end):
    assert "dispositifs/sobriete/" in paths(ask("accompagnement"[:end]))


def test_a_finished_word_is_not_a_beginning(ask):
    assert paths(ask("indus")) == ["fiches/8/"]
    assert ask("indus ")["etat"] == "aucun"


@pytest.mark.parametrize("query", ["enrgie", "énertgie", "éenrgie", "enargie"])
def test_one_wrong_letter_is_forgiven(ask, query):
    answer = ask(query)
    assert answer["etat"] == "proche"
    assert set(paths(answer)) == set(paths(ask("énergie")))


def test_a_sentence_finds_what_has_most_of_its_words(ask):
    answer = ask("J'ai une friche industrielle et je cherche de l'argent")
    assert (answer["etat"], paths(answer)[0]) == ("partiel", "fiches/8/")


@pytest.mark.parametrize("query", ["", "   ", "de la", "l'", "é", "😀", "مرحبا", "+ - ~ * ^ :", "\\", "\ud83d"])
def test_without_a_word_nothing_is_looked_for(ask, query):
    assert ask(query) == {"etat": "vide", "total": 0, "pages": []}


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        "xylophone",
        "__proto__",
        "constructor",
        "toString",
        "x" * 10_000,
        "a b " * 3_000 + "xylophone",
    ],
)
def test_odd_queries_find_nothing_and_break_nothing(ask, query):
    assert ask(query)["pages"] == []


def test_operators_are_words(ask):
    assert paths(ask("+eau")) == paths(ask("-eau*")) == paths(ask("eau:^")) == ["ressources/eau/"]


@settings(max_examples=60, deadline=None)
@given(query=st.text(max_size=300) | st.text("aeinrstéà '’-+~*^:<>", max_size=300))
def test_any_query_gets_an_answer(ask, query):
    assert ask(query)["etat"] in ("vide", "exact", "proche", "partiel", "aucun")


# --- Text of written pages -------------------------------------------------------------------------


def test_text_of_html():
    heading = '<h1 id="a">Eau<a href="#a">¶</a></h1><script>let x = 1;</script>'
    body = '<ul><li>un</li><li>CO<sub>2</sub> &amp; l&#8217;air</li></ul><img src="a.png" alt="Un puits">'
    assert text_of_html(heading + body) == "Eau¶ un CO2 & l’air Un puits"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("a<br>b", "a b"),
        ("</script>a", "a"),
        ("a &lt;b&gt;", "a <b>"),
        ("<style>p{}</style>a", "a"),
        ("a<!-- b -->c", "ac"),
    ],
)
def test_text_of_odd_html(html, text):
    assert text_of_html(html) == text
