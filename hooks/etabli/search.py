"""The search index of the whole site, ready made and cut in pieces: the browser fetches those that a query needs.

Last step of the build flow: the pipeline hands over one `Document` per page, catalogue and written pages alike, and writes
what `render_search` returns under `recherche/`. `wasm/web/search-index.js` reads it, on the first focus of the search field
and never before; `wasm/web/search-rank.js` ranks with it.
"""

import hashlib
import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .fold import split_words, stem

FORMAT = 2  # search-index.js refuses any other

#: Weight of a word in each field (a title says more about a page than its text), and how much a long field counts against it:
#: BM25F, Robertson and Zaragoza, « The Probabilistic Relevance Framework », 2009, §3.6.
CHAMPS = {"titre": (5.0, 0.5), "cles": (2.0, 0.7), "mots": (0.5, 0.6), "resume": (3.0, 0.4), "texte": (1.0, 0.3)}
SATURATION = 3.0  # the k1 of BM25F: from that weight on, one more occurrence adds less than half of what is left
#: A weight is told in that many steps, so that a document and its weight make one whole number.
NIVEAUX = 16
#: Characters of a file of terms, documents of a file of texts: small enough to come at once on a slow line.
PAR_TERMES, PAR_TEXTES = 48_000, 16

# Letters and figures with their accents, written apart or not; « R&D » and « P.C.A.E.T. » are one.
_TOKEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:(?:[.&]| & )(?:[^\W_]|[\u0300-\u036f])+)*")


@dataclass(frozen=True)
class Document:
    """One page as the search sees it.

    chemin: path in the site, without a leading slash; genre: the kind as visitors read it (« Aide »); statut: the code of its
    state (« clos » puts it last) with its dates, (ouverture, cloture) or nothing; cles: the words that visitors use for it; mots:
    what it should be found by without showing it: themes, publics, organisations; facettes: facet → the values it has. resume,
    texte and mots are plain text (see `text_of_html`).
    """

    chemin: str
    titre: str
    genre: str
    resume: str = ""
    texte: str = ""
    statut: str = ""
    dates: tuple[str, str] = ("", "")
    cles: str = ""
    mots: str = ""
    facettes: Mapping[str, Sequence[str]] = field(default_factory=dict)


def render_search(
    documents: Sequence[Document],
    synonymes: Mapping[str, Sequence[tuple[str, str, int]]],
    facettes: Mapping[str, tuple[str, Mapping[str, str]]],
) -> dict[str, str]:
    """Path in the site → JSON text, of every file of the index: the same documents in the same order give the same bytes.

    recherche/index.json: what each result shows before its text, column by column; the words of the site as they are written,
    with how many documents have each; the first term of each file of terms. recherche/<hash>/termes-N.json: term → its
    documents. recherche/<hash>/textes-N.json: [resume, texte] of PAR_TEXTES documents in a row. The hash is that of all the
    files, so that an old index never meets a new file.

    synonymes: see `synonymes.py`. facettes: facet → its title, and its values with their names, in the order shown.
    Raises ValueError without documents: a site has at least a home page.
    """
    if not documents:
        raise ValueError("render_search: no document")
    words, postings = _index(documents)
    parts = list(_cut(postings))
    files = {f"termes-{number}.json": _dump(terms) for number, terms in enumerate(parts)}
    for number in range(0, len(documents), PAR_TEXTES):
        texts = [[document.resume, _shown(document)] for document in documents[number : number + PAR_TEXTES]]
        files[f"textes-{number // PAR_TEXTES}.json"] = _dump(texts)
    index = {
        "version": FORMAT,
        "niveaux": NIVEAUX,
        "par_textes": PAR_TEXTES,
        "termes": [next(iter(terms), "") for terms in parts],
        "mots": [word for word, _ in words],
        "nombres": [count for _, count in words],
        "synonymes": synonymes,
        "facettes": [_facet(id_, titre, valeurs, documents) for id_, (titre, valeurs) in facettes.items()],
        "documents": {cle: [getattr(document, cle) for document in documents] for cle in ("chemin", "titre", "genre", "statut")},
        "dates": {str(number): document.dates for number, document in enumerate(documents) if any(document.dates)},
    }
    folder = hashlib.sha256("".join([_dump(index), *files.values()]).encode()).hexdigest()[:12]
    named = {f"recherche/{folder}/{name}": text for name, text in files.items()}
    return {"recherche/index.json": _dump(index | {"dossier": folder}), **named}


def _index(documents: Sequence[Document]) -> tuple[list[tuple[str, int]], dict[str, list[int]]]:
    """The words of the site as written with how many documents have each, sorted without accents; term → its postings.

    A posting is one number: the distance from the document before it, times NIVEAUX, plus the step of its weight.
    """
    reading = _Reading()
    read = [{champ: reading.tokens(getattr(document, champ)) for champ in CHAMPS} for document in documents]
    mean = {champ: max(1.0, sum(len(fields[champ]) for fields in read) / len(read)) for champ in CHAMPS}
    found: dict[str, list[tuple[int, int]]] = {}
    seen: Counter[str] = Counter()
    for number, fields in enumerate(read):
        weights: dict[str, float] = {}
        for champ, (boost, longueur) in CHAMPS.items():
            share = boost / (1 - longueur + longueur * len(fields[champ]) / mean[champ])
            for word in fields[champ]:
                term = reading.stems[word]
                weights[term] = weights.get(term, 0.0) + share
        for term, weight in weights.items():
            found.setdefault(term, []).append((number, round(weight / (SATURATION + weight) * NIVEAUX)))
        seen.update({word for words in fields.values() for word in words})
    postings = {}
    for term in sorted(found):
        last, postings[term] = -1, []
        for number, step in found[term]:
            postings[term].append((number - last) * NIVEAUX + min(max(step, 1), NIVEAUX) - 1)
            last = number
    spelling = reading.spell()
    return [(spelling[word], seen[word]) for word in sorted(seen)], postings


def _shown(document: Document) -> str:
    """The text from which a passage is taken: a page found by one of its keywords has to show it."""
    return f"{document.texte} Mots-clés : {document.cles}.".strip() if document.cles else document.texte


class _Reading:
    """Reads texts word by word; the same words come back on every page, so each spelling is folded once."""

    def __init__(self) -> None:
        self.known: dict[str, list[str]] = {}
        self.stems: dict[str, str] = {}
        self.count: Counter[str] = Counter()

    def tokens(self, text: str) -> list[str]:
        """The words of `text` without accents, as `split_words` gives them."""
        words: list[str] = []
        for token in _TOKEN.findall(unicodedata.normalize("NFC", text.replace("\u00ad", ""))):
            if token not in self.known:
                self.known[token] = split_words(token)
                self.stems |= {word: stem(word) for word in self.known[token]}
            words += self.known[token]
            self.count[token] += 1
        return words

    def spell(self) -> dict[str, str]:
        """Word → the way it is most often written, for suggestions: « énergie », « PCAET ». A capital that may only open a
        sentence gives way to the same word without."""
        best: dict[str, str] = {}
        for token, _ in sorted(self.count.items(), key=lambda pair: (not pair[0].istitle(), pair[1], pair[0])):
            if len(self.known[token]) == 1:
                best[self.known[token][0]] = token
        return {word: best.get(word, word) for word in self.stems}


def _cut(postings: Mapping[str, list[int]]) -> Iterator[dict[str, list[int]]]:
    """The terms in their order, in parts of about PAR_TERMES characters; at least one part."""
    part: dict[str, list[int]] = {}
    size = 0
    for term, numbers in postings.items():
        part[term] = numbers
        size += len(term) + 5 + sum(int(math.log10(number + 1)) + 2 for number in numbers)
        if size > PAR_TERMES:
            yield part
            part, size = {}, 0
    if part or not postings:
        yield part


def _facet(id_: str, titre: str, valeurs: Mapping[str, str], documents: Sequence[Document]) -> dict:
    """One facet: its values that a document has, and for each document the places of its own among them."""
    used = {value for document in documents for value in document.facettes.get(id_, ())}
    kept = [value for value in valeurs if value in used]
    place = {value: number for number, value in enumerate(kept)}
    return {
        "id": id_,
        "titre": titre,
        "valeurs": [[value, valeurs[value]] for value in kept],
        "documents": [[place[value] for value in document.facettes.get(id_, ())] for document in documents],
    }


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
