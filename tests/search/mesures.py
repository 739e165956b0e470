"""How good a list of results is: reads the judged set, and reckons what `tests/bench/qualite.py` shows for each engine.

A result is an address in the site. What is found counts as pages: « glossaire/a/#aap » is « glossaire/a », and a page found twice
counts where it was found first. All means are over queries, each of the same weight.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

CLES = {"q": str, "famille": str, "reserve": bool, "attendus": list, "aussi": list}
OBLIGATOIRES = ("q", "famille", "attendus")
#: What the ranking may be tuned on, and what was kept apart.
PARTS = ("réglage", "réserve")


@dataclass(frozen=True)
class Requete:
    """What someone types; attendus: the pages that must come first (grade 2); aussi: other pages of use (grade 1)."""

    q: str
    famille: str
    attendus: tuple[str, ...]
    aussi: tuple[str, ...] = ()
    reserve: bool = False

    @property
    def part(self) -> str:
        return PARTS[self.reserve]

    @property
    def grades(self) -> dict[str, int]:
        return dict.fromkeys(self.aussi, 1) | dict.fromkeys(self.attendus, 2)


@dataclass(frozen=True)
class Moyennes:
    """Means over `requetes` queries; the reciprocal rank is that of the first ten results."""

    requetes: int
    rappel5: float
    rappel10: float
    mrr: float
    ndcg10: float


@dataclass(frozen=True)
class Bilan:
    """One engine: its means in each part, then in each famille of that part."""

    parts: dict[str, Moyennes]
    familles: dict[str, dict[str, Moyennes]]


def page_of(adresse: str) -> str:
    """The page that an address of the site leads to: no anchor, no query, no slash at either end."""
    return adresse.partition("#")[0].partition("?")[0].strip("/")


def pages_of(found: Iterable[str]) -> list[str]:
    """The pages of a list of results, each at its first place."""
    return list(dict.fromkeys(map(page_of, found)))


def recall(found: Sequence[str], attendus: Collection[str], k: int) -> float:
    """The share of `attendus` that stands among the first k pages."""
    return len(set(pages_of(found)[:k]) & set(attendus)) / len(attendus)


def reciprocal_rank(found: Sequence[str], attendus: Collection[str], k: int = 10) -> float:
    """1 ÷ the rank of the first page of `attendus`, or 0 when the first k pages have none."""
    return next((1 / rang for rang, page in enumerate(pages_of(found)[:k], 1) if page in attendus), 0.0)


def ndcg(found: Sequence[str], grades: Mapping[str, int], k: int = 10) -> float:
    """DCG of the first k pages ÷ DCG of the best order there is, over all the pages that were judged.

    DCG = Σ grade ÷ log2(rank + 1), with the grade itself as gain (2, 1, or 0 for a page that nobody judged): Järvelin and
    Kekäläinen, « Cumulated gain-based evaluation of IR techniques », ACM TOIS 20(4), 2002, with the discount in common use since,
    which already applies from rank 2 on.
    """
    best = _dcg(sorted(grades.values(), reverse=True)[:k])
    return _dcg([grades.get(page, 0) for page in pages_of(found)[:k]]) / best


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / log2(rang + 1) for rang, gain in enumerate(gains, 1))


def summarize(requetes: Sequence[Requete], results: Mapping[str, Sequence[str]]) -> Bilan:
    """The means of an engine that gave `results` (query → addresses in order of rank).

    Raises KeyError for a query without an answer: finding nothing is an empty list.
    """
    familles = dict.fromkeys(requete.famille for requete in requetes)

    def mean_of(keep: Callable[[Requete], bool]) -> Moyennes | None:
        kept = [requete for requete in requetes if keep(requete)]
        return _mean(kept, results) if kept else None

    parts = {part: mean_of(lambda r, part=part: r.part == part) for part in PARTS}
    detail = {
        part: {famille: mean_of(lambda r, part=part, famille=famille: (r.part, r.famille) == (part, famille)) for famille in familles}
        for part in PARTS
    }
    return Bilan(_without_none(parts), {part: _without_none(means) for part, means in detail.items()})


def _mean(requetes: Sequence[Requete], results: Mapping[str, Sequence[str]]) -> Moyennes:
    lists = [(requete, results[requete.q]) for requete in requetes]
    return Moyennes(
        len(requetes),
        fmean(recall(found, requete.attendus, 5) for requete, found in lists),
        fmean(recall(found, requete.attendus, 10) for requete, found in lists),
        fmean(reciprocal_rank(found, requete.attendus) for requete, found in lists),
        fmean(ndcg(found, requete.grades) for requete, found in lists),
    )


def _without_none[T](values: Mapping[str, T | None]) -> dict[str, T]:
    return {cle: value for cle, value in values.items() if value is not None}


def read_jugements(path: Path, pages: Collection[str] | None = None) -> list[Requete]:
    """The judged set. `pages`: those of the site, to hold the judged ones against.

    Raises ValueError with everything that is wrong, one line each.
    """
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(entries, list):
        raise ValueError(f"{path.name}: a list of queries was expected")
    wrong, seen = [], set()
    for numero, entry in enumerate(entries, 1):
        # The number and not the text: what is kept apart must not be read in passing.
        where = f"{path.name}, query {numero}"
        problems = list(_problems(entry, pages))
        wrong += [f"{where}: {problem}" for problem in problems]
        if not problems:
            if entry["q"] in seen:
                wrong.append(f"{where}: asked twice")
            seen.add(entry["q"])
    if wrong:
        raise ValueError("\n".join(wrong))
    return [
        Requete(e["q"], e["famille"], tuple(e["attendus"]), tuple(e.get("aussi", ())), reserve=e.get("reserve", False)) for e in entries
    ]


def _problems(entry: Any, pages: Collection[str] | None) -> Iterable[str]:
    if not isinstance(entry, dict):
        yield "a mapping was expected"
        return
    yield from (f"unknown key {cle}" for cle in entry if cle not in CLES)
    yield from (f"{cle} is missing or empty" for cle in OBLIGATOIRES if not entry.get(cle))
    mistyped = [cle for cle, genre in CLES.items() if cle in entry and not isinstance(entry[cle], genre)]
    yield from (f"{cle} is no {CLES[cle].__name__}" for cle in mistyped)
    if {"attendus", "aussi"} & set(mistyped):
        return
    judged = [*entry.get("attendus", ()), *entry.get("aussi", ())]
    yield from (f"{page} is judged twice" for page in dict.fromkeys(judged) if judged.count(page) > 1)
    yield from (f"{page} is not written as the address of a page" for page in judged if page != page_of(str(page)))
    if pages is not None:
        yield from (f"{page} is no page of the site" for page in judged if page not in pages)
