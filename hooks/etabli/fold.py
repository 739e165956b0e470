"""From French text to the words the search compares: no accent, no ending, no filler word.

Used by `search.py` at build time; `wasm/web/fold.js` does the same in the browser, line for line. The two are held
together by `tests/vecteurs-fold.json`: a change here is a change there and in that file.

Only a-z and 0-9 survive, so that neither side depends on the Unicode tables of the other.
"""

import functools
import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f\u00ad]")  # combining accents, soft hyphen
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "²": "2", "³": "3", "₂": "2", "₃": "3", "₄": "4", "ﬁ": "fi", "ﬂ": "fl", "_": " "}
)
_INITIALS = re.compile(r"\b(?:[a-z](?:[.&]| & ))+[a-z]\b", re.ASCII)  # « R&D », « R & D », « P.C.A.E.T. » are one word each
_WORD = re.compile("[a-z0-9]+")

# What elisions leave behind (l', qu', jusqu', aujourd'hui) and words found on every page.
_FILLERS = """
c d j l m n s t qu jusqu lorsqu puisqu quoiqu quelqu aujourd hui
a ai as au aux avant avec avez avoir avons ce cela ces cet cette ceux chez comme comment dans de des donc dont du elle
elles en entre environ est et etes etre eux fait faire forme formes il ils je la le les leur leurs lui ma mais me mes
moi mon ne nos notre nous on ont ou par pas pour pres puis quand que quel quelle quelles quels qui quoi sa se ses si
sommes son sont sous sur ta te tes toi ton tous tout toute toutes tu un une vers vos votre vous y
"""
_STOP = frozenset(_FILLERS.split())

_EXCEPTIONS = {"travaux": "travail", "baux": "bail", "etabli": "etabli"}

# Endings of a singular word without its final e, what replaces each, how many letters must stay before it. Longest
# first; the first that fits is the only one applied. Light on purpose: a noun meets its verb (économie, économiser),
# never two ideas one word, or as rarely as possible.
_ENDINGS = (
    ("ification", "if", 3),
    ("issement", "", 4), ("isatric", "", 4), ("isation", "", 4), ("isateur", "", 4), ("emental", "", 5),
    ("etiqu", "", 4), ("ement", "", 4), ("isant", "", 4), ("isent", "", 4), ("ation", "", 4), ("ateur", "", 4),
    ("atric", "", 4), ("ifier", "if", 3),
    ("iser", "", 4), ("tric", "teu", 3),
    ("iqu", "", 4), ("iel", "", 5), ("ier", "", 5), ("air", "", 5), ("eur", "eu", 3), ("eus", "eu", 3), ("ant", "", 5),
    ("ent", "", 5), ("ic", "", 4), ("is", "", 5), ("iv", "if", 3), ("ag", "", 5), ("er", "", 3), ("ez", "", 4), ("ir", "", 4),
    ("i", "", 5),
)  # fmt: skip


def fold(text: str) -> list[str]:
    """The search tokens of `text`, in order, repetitions kept: fold("L'éclairage (PCAET)") is ["eclair", "pcaet"]."""
    return [stem(word) for word in split_words(text)]


def split_words(text: str) -> list[str]:
    """The same words before their endings are cut, ["eclairage", "pcaet"]: what a visitor half types or mistypes."""
    text = _MARKS.sub("", unicodedata.normalize("NFD", text)).lower().translate(_LETTERS)
    text = _INITIALS.sub(lambda found: re.sub("[.& ]", "", found[0]), text)
    return [word for word in _WORD.findall(text) if word not in _STOP]


@functools.lru_cache(maxsize=65536)  # the same words come back on every page
def stem(word: str) -> str:
    """A word without its ending. Short words, and those with a figure in them (CO2, 14001), are left alone."""
    if word in _EXCEPTIONS or len(word) < 4 or not word.isalpha():
        return _EXCEPTIONS.get(word, word)
    word = _singular(word)
    for e in ("ee", "e"):
        if word.endswith(e) and len(word) - len(e) >= 3:
            word = word.removesuffix(e)
            break
    word = _single(word)
    for ending, replacement, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return _single(word.removesuffix(ending) + replacement)
    return word


def _single(word: str) -> str:
    """Without its last letter if that one is doubled: « industriell » is « industriel »."""
    return word[:-1] if word[-1] == word[-2] else word


def _singular(word: str) -> str:
    """« locaux » is « local », « eaux » is « eau », « aides » is « aide »; « taux » and « process » stay."""
    if word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al" if len(word) > 4 else word
    return word[:-1] if re.search("[aeo]ux$|[^s]s$", word) else word
