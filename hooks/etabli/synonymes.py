"""The words that stand for one another: what a visitor writes, and what else the search then looks for.

Stands after `fold.py` and before `build.py`, which puts them in the search index. They come from the glossary, where an acronym
stands beside its full name, and from `data/synonymes.yml`, where the team writes the words that visitors use and the site does not.
"""

from collections.abc import Iterable, Iterator

from .fold import fold
from .schema import Synonyme, Terme

#: What a word is worth that stands for the one that was written: another name of the same thing, or something close to it.
MEME, PROCHE = 90, 55


def compile_synonymes(termes: Iterable[Terme], synonymes: Iterable[Synonyme]) -> dict[str, list[tuple[str, str, int]]]:
    """Folded words → what is looked for as well: (folded words, the same as written, worth in hundredths of the word itself).

    Several words in a row are parted by spaces: « plan climat » → « pcaet ». Sorted: the same data gives the same bytes.
    """
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for one, other, worth in [*_from_termes(termes), *_from_synonymes(synonymes)]:
        key, target = " ".join(fold(one)), " ".join(fold(other))
        if key and target and key != target:
            known = found.setdefault(key, {})
            if worth > known.get(target, ("", 0))[1]:
                known[target] = (other, worth)
    return {key: [(target, *told) for target, told in sorted(known.items())] for key, known in sorted(found.items())}


def _from_termes(termes: Iterable[Terme]) -> Iterator[tuple[str, str, int]]:
    """A term, its full name and its variants are names of the same thing."""
    for terme in termes:
        yield from _both_ways([terme.terme, *filter(None, [terme.developpe]), *terme.variantes])


def _from_synonymes(synonymes: Iterable[Synonyme]) -> Iterator[tuple[str, str, int]]:
    """Without `voir`, the words are names of the same thing; with it, they lead there and not back."""
    for synonyme in synonymes:
        if not synonyme.voir:
            yield from _both_ways(synonyme.mots)
        for word in synonyme.mots:
            yield from ((word, other, PROCHE) for other in synonyme.voir)


def _both_ways(names: list[str]) -> Iterator[tuple[str, str, int]]:
    return ((one, other, MEME) for one in names for other in names if one != other)
