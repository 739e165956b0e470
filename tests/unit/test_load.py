"""Values and their lines, read from one file."""

from decimal import Decimal

import pytest

from etabli.load import load_file


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "essai.yml"
        path.write_text(text, encoding="utf-8")
        return load_file(path, tmp_path)

    return read


def test_only_true_and_false_are_booleans_and_dates_stay_text(read):
    document = read("a: oui\nb: no\nc: true\nd: 2026-11-21\ne: 0.25\nf: 12\ng: 012\nh: null\ni: 1:30\nj: 1e3\n")
    assert document.valeur == {
        "a": "oui",
        "b": "no",
        "c": True,
        "d": "2026-11-21",
        "e": Decimal("0.25"),
        "f": 12,
        "g": "012",
        "h": None,
        "i": "1:30",
        "j": "1e3",
    }


def test_every_value_knows_its_line(read):
    document = read("a:\n  - x\n  - b: 1\n    c: 2\n")
    assert [document.ligne(path) for path in (("a",), ("a", 0), ("a", 1, "c"))] == [1, 2, 4]


def test_a_missing_key_is_told_at_its_parent(read):
    assert read("# titre\na:\n  b: 1\n").ligne(("a", "absent", "plus-bas")) == 2


def test_a_duplicate_key_keeps_the_first_value_and_says_both_lines(read):
    document = read("a: 1\nb: 2\na: 3\n")
    assert document.valeur == {"a": 1, "b": 2}
    assert [str(p) for p in document.problems] == [
        "essai.yml:3  a : la clé « a » est déjà à la ligne 1.\n    Attendu : chaque clé une seule fois."
    ]


def test_a_modest_alias_is_welcome(read):
    assert read("a: &x [1]\nb: *x\n").valeur == {"a": [1], "b": [1]}
