"""Words as the search compares them: the same in Python and in JavaScript, families together, ideas apart."""

import json
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli.fold import _ENDINGS, _STOP, fold, split_words

from .noeud import RACINE, open_node

VECTORS = json.loads((RACINE / "tests" / "vecteurs-fold.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def node():
    with open_node() as call:
        yield call


def test_there_are_enough_vectors():
    assert len({text for text, _ in VECTORS}) == len(VECTORS) >= 150


@pytest.mark.parametrize(("text", "tokens"), VECTORS)
def test_fold_in_python(text, tokens):
    assert fold(text) == tokens


def test_fold_in_javascript(node):
    texts = [text for text, _ in VECTORS]
    assert dict(zip(texts, node("fold", texts), strict=True)) == dict(VECTORS)


def test_both_languages_hold_the_same_tables():
    script = (RACINE / "wasm" / "web" / "fold.js").read_text(encoding="utf-8")
    fillers = re.search(r"new Set\(`(.*?)`", script, re.DOTALL)
    assert set(fillers[1].split()) == _STOP
    endings = re.findall(r'\["(\w+)", "(\w*)", (\d)\]', script)
    assert tuple((ending, replacement, int(left)) for ending, replacement, left in endings) == _ENDINGS
    assert list(_ENDINGS) == sorted(_ENDINGS, key=lambda row: -len(row[0]))


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


def test_fold_is_the_same_on_every_word_of_the_site(node):
    files = [*(RACINE / "data").rglob("*.yml"), *(RACINE / "docs").rglob("*.md")]
    words = sorted({word for path in files for word in re.findall(r"\S+", path.read_text(encoding="utf-8"))})
    assert len(words) > 15_000
    assert node("fold", words) == [fold(word) for word in words]
    assert node("splitWords", words) == [split_words(word) for word in words]


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
