"""The search index of the whole site, ready made: the browser only has to load it.

Last step of the build flow: the pipeline hands over one `Document` per page, catalogue and written pages alike, and
writes what `render_search` returns as `recherche/index.json`. `wasm/web/search-worker.js` loads it with lunr.js, on the
first focus of the search field and never before.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from lunr.builder import Builder

from .fold import fold, split_words

FORMAT = 1  # search-worker.js refuses any other

# A word of the title says more about a page than one of its text.
_BOOSTS = {"titre": 10, "mots": 6, "resume": 3, "texte": 1}


@dataclass(frozen=True)
class Document:
    """One page as the search sees it.

    chemin: path in the site, without a leading slash; genre: the kind as visitors read it (« Dispositif · Étude »);
    statut: "clos" puts the page last and marks it, "terme" puts a term of the glossary after the rest; mots: what the page should be found
    by without showing it: themes, publics, acronyms. resume, texte and mots are plain text (see `text_of_html`).
    """

    chemin: str
    titre: str
    genre: str
    resume: str = ""
    texte: str = ""
    statut: str = ""
    mots: str = ""


def build_search(documents: Sequence[Document]) -> dict:
    """The index as plain values: {version, documents, vocabulaire, lunr}.

    documents: what a result shows; their order gives each its number in the index. lunr: the index in the form of
    lunr.js 2.3.9; words are folded here and lunr's own pipeline, which knows English only, stays empty. vocabulaire:
    the words of the site with their endings, which the index has lost: what half a word or a misspelt one is held against.
    Raises ValueError without documents: a site has at least a home page.
    """
    if not documents:
        raise ValueError("build_search: no document")
    builder = Builder()
    builder.ref("numero")
    for field, boost in _BOOSTS.items():
        builder.field(field, boost)
    for numero, document in enumerate(documents):
        builder.add({"numero": numero} | {field: fold(getattr(document, field)) for field in _BOOSTS})
    vocabulary = {word for document in documents for field in _BOOSTS for word in split_words(getattr(document, field))}
    shown = [{cle: getattr(document, cle) for cle in ("chemin", "titre", "genre", "resume", "statut")} for document in documents]
    return {
        "version": FORMAT,
        "documents": shown,
        "vocabulaire": sorted(vocabulary),
        "lunr": builder.build().serialize(),
    }


def render_search(documents: Sequence[Document]) -> str:
    """The content of `recherche/index.json`: the same documents in the same order give the same bytes."""
    return json.dumps(build_search(documents), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def text_of_html(html: str) -> str:
    """The words a reader of `html` gets, one space between blocks: for written pages, whose source is Markdown."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _TextReader(HTMLParser):
    """Collects text. A tag inside a line (CO<sub>2</sub>) joins words, any other one parts them."""

    INLINE = frozenset(("a", "abbr", "b", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"))
    SILENT = frozenset(("script", "style", "template", "svg", "math"))

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in self.SILENT
        if tag not in self.INLINE:
            self.parts.append(" ")
        if tag == "img":
            self.parts.append(f" {dict(attrs).get('alt') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT and self.silent > 0
        if tag not in self.INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)
