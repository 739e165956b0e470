"""The measures of the search, against values worked out by hand, and the judged set itself."""

import datetime
import math
from collections import Counter
from pathlib import Path

import pytest

from etabli.build import build

from ..search.mesures import Requete, ndcg, page_of, pages_of, read_jugements, recall, reciprocal_rank, summarize

RACINE = Path(__file__).resolve().parents[2]
JUGEMENTS = RACINE / "tests" / "search" / "jugements.yml"


def written_pages() -> set[str]:
    """The addresses of docs/, as MkDocs makes them."""
    docs = RACINE / "docs"
    return {path.relative_to(docs).with_suffix("").as_posix().removesuffix("index").strip("/") for path in docs.rglob("*.md")}


def test_an_address_counts_as_its_page():
    assert page_of("glossaire/a/#aap") == "glossaire/a"
    assert page_of("/fiches/8/?h=eau#suite") == "fiches/8"
    assert pages_of(["glossaire/a/#aap", "themes/eau", "glossaire/a#abg", "themes/eau/"]) == ["glossaire/a", "themes/eau"]


def test_recall_is_the_share_of_the_expected_pages():
    found = ["x", "a", "y", "z", "w", "b"]
    assert recall(found, ["a", "b"], 5) == 1 / 2
    assert recall(found, ["a", "b"], 10) == 1
    assert recall(found, ["a", "b", "c"], 1) == 0
    assert recall([], ["a"], 5) == 0
    # « x#1 » and « x#2 » are one page: b is the second, not the third.
    assert recall(["x#1", "x#2", "b"], ["b"], 2) == 1


def test_the_reciprocal_rank_is_that_of_the_first_expected_page():
    assert reciprocal_rank(["a"], ["a"]) == 1
    assert reciprocal_rank(["x", "y", "b", "a"], ["a", "b"]) == 1 / 3
    assert reciprocal_rank(["x"], ["a"]) == 0
    assert reciprocal_rank([*"0123456789", "a"], ["a"]) == 0, "the eleventh is not seen"
    assert reciprocal_rank(["x", "y", "a"], ["a"], k=2) == 0


def test_ndcg_weighs_the_grades_by_their_rank():
    grades = {"a": 2, "b": 2, "c": 1}
    # The best order: 2/log2(2) + 2/log2(3) + 1/log2(4) = 2 + 1.261860 + 0.5
    assert ndcg(["b", "a", "c"], grades) == 1
    # c first, a third: 1/log2(2) + 2/log2(4) = 2, of 3.761860
    assert ndcg(["c", "x", "a"], grades) == pytest.approx(2 / 3.761860, abs=1e-6)
    assert ndcg([], grades) == 0
    # What lies past k counts neither in what is found nor in the ideal: here 1 of 2.
    assert ndcg(["c", "a", "b"], grades, k=1) == 1 / 2


def test_the_ideal_counts_all_that_was_judged():
    # Twelve pages of grade 1 in the set: ten of them, in any order, are as good as can be.
    grades = {str(n): 1 for n in range(12)}
    assert ndcg([str(n) for n in range(11, 1, -1)], grades) == pytest.approx(1)


def test_means_are_given_for_each_part_and_famille():
    requetes = [
        Requete("un", "mot", ("a",)),
        Requete("deux", "mot", ("a", "b")),
        Requete("trois", "sigle", ("c",), ("d",)),
        Requete("quatre", "mot", ("a",), reserve=True),
    ]
    bilan = summarize(requetes, {"un": ["a/"], "deux": ["x", "b"], "trois": [], "quatre": ["x", "y", "z", "a"]})
    reglage = bilan.parts["réglage"]
    assert reglage.requetes == 3
    assert reglage.rappel5 == reglage.rappel10 == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert reglage.mrr == pytest.approx((1 + 1 / 2 + 0) / 3)
    deux = (2 / math.log2(3)) / (2 + 2 / math.log2(3))
    assert reglage.ndcg10 == pytest.approx((1 + deux + 0) / 3)
    assert bilan.parts["réserve"].mrr == 1 / 4
    assert bilan.familles["réglage"]["mot"].requetes == 2
    assert bilan.familles["réglage"]["sigle"].ndcg10 == 0
    assert list(bilan.familles["réserve"]) == ["mot"]
    with pytest.raises(KeyError):
        summarize(requetes, {"un": []})


def test_everything_wrong_is_said_at_once(tmp_path):
    path = tmp_path / "essai.yml"
    path.write_text(
        """
- {q: eau, famille: mot, attendus: [themes/eau]}
- {q: eau, famille: mot, attendus: [themes/eau]}
- {q: air, famille: mot, attendus: [], note: non}
- {q: feu, famille: mot, attendus: [themes/eau, themes/feu/], aussi: [themes/eau]}
- {q: sol, famille: mot, attendus: themes/eau, reserve: oui}
""",
        encoding="utf-8",
    )
    with pytest.raises(ValueError) as refus:
        read_jugements(path, {"themes/eau"})
    assert str(refus.value).splitlines() == [
        "essai.yml, query 2: asked twice",
        "essai.yml, query 3: unknown key note",
        "essai.yml, query 3: attendus is missing or empty",
        "essai.yml, query 4: themes/eau is judged twice",
        "essai.yml, query 4: themes/feu/ is not written as the address of a page",
        "essai.yml, query 4: themes/feu/ is no page of the site",
        "essai.yml, query 5: reserve is no bool",
        "essai.yml, query 5: attendus is no list",
    ]


def test_the_judged_set_holds_together():
    """At least 120 queries, on pages that exist; of each famille a third is kept apart, rounded up."""
    made = build(RACINE / "data", datetime.date(2026, 11, 21))
    requetes = read_jugements(JUGEMENTS, {page_of(page.chemin) for page in made.pages} | written_pages())
    assert len(requetes) >= 120
    familles = Counter(requete.famille for requete in requetes)
    kept = Counter(requete.famille for requete in requetes if requete.reserve)
    assert kept == {famille: math.ceil(total / 3) for famille, total in familles.items()}
    assert 0.33 <= kept.total() / len(requetes) <= 0.36
