"""The search: the same words in Python and in JavaScript, an index that lunr.py writes and lunr.js reads, what it finds.

The JavaScript runs in Node, which the project needs anyway: one process for the whole file, one JSON line per call.
"""

import json
import shutil
import string
import subprocess
from pathlib import Path

import pytest
from etabli.fold import fold, split_words
from etabli.search import Document, build_search, render_search, text_of_html
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.index import Index

RACINE = Path(__file__).resolve().parents[2]
VECTORS = json.loads((RACINE / "tests" / "vecteurs-fold.json").read_text(encoding="utf-8"))

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

NODE = """
import { createInterface } from "node:readline";
import { fold } from "FOLDER/fold.js";
import { search } from "FOLDER/search-worker.js";
import lunr from "LUNR";
let base = null;
const methods = {
  fold: (texts) => texts.map(fold),
  load: ({ documents, vocabulaire, lunr: index }) => { base = { documents, vocabulaire, index: lunr.Index.load(index) }; },
  search: (queries) => queries.map((q) => search(base, q)),
};
for await (const line of createInterface({ input: process.stdin })) {
  const [method, argument] = JSON.parse(line);
  console.log(JSON.stringify(methods[method](argument) ?? null));
}
"""


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    """Call of a method of NODE: node("fold", ["eau"]) is [["eau"]]."""
    folder = tmp_path_factory.mktemp("web")
    for name in ("fold.js", "search-worker.js"):
        shutil.copy(RACINE / "wasm" / "web" / name, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    lunr = RACINE / "node_modules" / "lunr" / "lunr.js"
    (folder / "essai.js").write_text(NODE.replace("FOLDER", ".").replace("LUNR", lunr.as_uri()), encoding="utf-8")
    process = subprocess.Popen(
        ["node", folder / "essai.js"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )

    def call(method, argument):
        process.stdin.write(json.dumps([method, argument]) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield call
    process.stdin.close()
    process.stdout.close()
    assert process.wait(timeout=10) == 0


@pytest.fixture(scope="module")
def ask(node):
    """ask("eau") is the answer of the browser's search on CORPUS."""
    node("load", build_search(CORPUS))
    return lambda q: node("search", [q])[0]


def paths(answer):
    return [page["chemin"] for page in answer["pages"]]


# --- Words -----------------------------------------------------------------------------------------


def test_there_are_enough_vectors():
    assert len({text for text, _ in VECTORS}) == len(VECTORS) >= 150


@pytest.mark.parametrize(("text", "tokens"), VECTORS)
def test_fold_in_python(text, tokens):
    assert fold(text) == tokens


def test_fold_in_javascript(node):
    texts = [text for text, _ in VECTORS]
    assert dict(zip(texts, node("fold", texts), strict=True)) == dict(VECTORS)


# Anything, and what French words are made of: accents, elisions, and every ending the stemmer knows.
_PIECES = (
    *"aàâäbcçdeéèêëfghiîïjklmnoôöpqrstuùûüvwxyzœæÀÉŒßﬁ0123456789₂²'’-.,&/ «»()_\u00a0\u202f\u00ad\u0301",
    *("aux", "eaux", "eux", "euse", "eur", "trice", "ation", "ement", "issement", "isation", "iser", "ique", "ie", "ier"),
    *("age", "aire", "ive", "ité", "ées", "ss", "nn", "l'", "qu'", "etc"),
)
_TEXTS = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from(_PIECES), max_size=12).map("".join),
        st.text(string.ascii_lowercase, max_size=12),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(texts=_TEXTS)
def test_fold_is_the_same_in_python_and_in_javascript(node, texts):
    assert node("fold", texts) == [fold(text) for text in texts]


@given(text=st.text())
def test_tokens_are_plain_letters_and_figures(text):
    allowed = set(string.ascii_lowercase + string.digits)
    assert all(token and set(token) <= allowed for token in fold(text))


@given(text=st.lists(st.sampled_from(_PIECES)).map("".join))
def test_capitals_and_what_is_around_change_nothing(text):
    assert fold(text.upper()) == fold(text) == fold(f"« ({text}) »")


@pytest.mark.parametrize(
    "family",
    [
        "énergie énergies ENERGIE energetique énergétiques",
        "économie économies économiser économisent économique",
        "rénover rénovation rénovée",
        "financer financement financements financière",
        "local locaux locale locales",
        "réseau réseaux",
        "industriel industrielle industriels industrielles industrie",
        "collectif collectives",
        "directeur directrice",
        "éclairage eclairage éclairages",
        "œuvre oeuvre œuvres",
        "simplifier simplification simplifiée",
    ],
)
def test_a_family_is_one_word(family):
    assert len({token for word in family.split() for token in fold(word)}) == 1


@pytest.mark.parametrize(
    "words", ["friche fiche", "commune communication", "taux tal", "prêt prix", "Établi établissement", "territoire territorial"]
)
def test_two_ideas_stay_two_words(words):
    one, other = words.split()
    assert fold(one) != fold(other)


def test_words_keep_their_endings():
    assert split_words("L'éclairage, les (PCAET) !") == ["eclairage", "pcaet"]


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
@given(query=st.one_of(st.text(max_size=300), st.lists(st.sampled_from(_PIECES), max_size=80).map("".join)))
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
