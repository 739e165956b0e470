"""The words that a page is found by: the readable text of a model or of an HTML page, and the names of what it is about.

Stands before `pages.py`, which hands them to the search index.
"""

import posixpath
import re
from collections.abc import Container, Iterator
from html.parser import HTMLParser
from typing import Any

from pydantic import BaseModel

from .catalogue import Catalogue, genre
from .proximite import PAYS, Proximite, zones_of

#: Kind of a page → as a visitor reads it in search results; a kind that is not here is not searched.
GENRES_LUS = {
    "dispositif": "Aide", "ressource": "Ressource", "fiche": "Fiche Territoires d’industrie", "territoire": "Territoire",
    "theme": "Thème", "besoin": "Besoin", "public": "Public", "questionnaire": "Auto-évaluation",
    "liste": "Liste", "legale": "À propos",
}  # fmt: skip
#: The same for a term of the glossary.
GLOSSAIRE = "Définition"
#: What kind of help a thing is: its field, and the vocabulary that names it.
_NATURES = {"dispositif": ("nature", "natures"), "ressource": ("type", "types")}
#: Fields whose text is not for reading (ids, codes, addresses), left out of what search indexes.
_NOT_TEXT = frozenset(
    (
        "id", "url", "publics", "themes", "besoins", "source", "autres_sources", "zones", "code", "organisme", "role",
        "type", "nature", "cout", "regime_aide", "besoin", "niveau", "niveau_cible", "conditions", "membres", "sens", "contacts",
        "dispositifs", "ressources", "remplace_par", "repond_a", "parent", "coach_international", "territoires", "voir",
    )
)  # fmt: skip


#: What search indexes apart.
_APART = frozenset(("titre", "nom", "resume", "mots_cles"))
#: What Markdown adds to a text: marks of emphasis, of lists and of titles; a link is reduced to its words.
_MARKDOWN = re.compile(r"\[([^\]\n]+)\]\([^)\s]+\)|\*+|`+|^[ \t]*(?:[-+]|\d+\.|#+|>)[ \t]+", re.M)


def text_of(value: Any) -> str:
    """All the readable text of a model, or of a list of them: sentences, one space apart."""
    return " ".join(_sentences(value))


def body_of(thing: BaseModel) -> str:
    """The same of one thing, without what search indexes apart."""
    return " ".join(_sentences(thing, _NOT_TEXT | _APART))


def _sentences(value: Any, left_out: frozenset[str] = _NOT_TEXT) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in left_out:
                yield from _sentences(getattr(value, name))
    elif isinstance(value, list):
        for part in value:
            yield from _sentences(part)
    elif isinstance(value, str) and (text := " ".join(_MARKDOWN.sub(r"\1", value).split())):
        yield text if text[-1] in ".!?…:;" else f"{text}."


def words_of(cat: Catalogue, near: Proximite, thing: Any) -> str:
    """The names of what a thing is, is about and is for, of those who hold it, and of where it applies when that is not everywhere."""
    kind = genre(thing)
    named = [cat.vocabulaires[field][id_].libelle for field in ("themes", "besoins", "publics") for id_ in getattr(thing, field, ())]
    if kind in _NATURES:
        field, vocabulary = _NATURES[kind]
        named.append(cat.vocabulaires[vocabulary][getattr(thing, field)].libelle)
    owners = [p.organisme for p in getattr(thing, "porteurs", ())] + [getattr(thing, "organisme", "")]
    named += [f"{cat.organismes[o].nom} {cat.organismes[o].sigle or ''}" for o in owners if o]
    places = zones_of(thing) if kind != "territoire" else []
    named += dict.fromkeys(cat.noms[code] for zone in places for code in near.enclosing(zone) if code != PAYS and code in cat.noms)
    return " ".join(named)


def unlink_absent(markdown: str, place: str, known: Container[str]) -> str:
    """The Markdown of the page `place` with every link to a page that is not in `known` replaced by its words, those of tables included."""

    def keep(link: re.Match) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(place), link[2]))
        return link[0] if target in known else link[1]

    def keep_html(link: re.Match) -> str:
        page = posixpath.normpath(posixpath.join(place.removesuffix(".md").removesuffix("index"), link[1]))
        return link[0] if f"{page}/index.md" in known or f"{page}.md" in known else link[2]

    shorter = re.sub(r"\[([^\]\n]+)\]\(([\w./-]+\.md)(?:#[\w-]+)?\)", keep, markdown)
    return re.sub(r'<a href="((?:\.\./)*[\w/-]+/)">(.*?)</a>', keep_html, shorter)


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
