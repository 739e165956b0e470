"""The words that a page is found by: the readable text of a model, and the names of what it is about.

Stands before `pages.py`, which hands both to the search index.
"""

import posixpath
import re
from collections.abc import Container
from typing import Any

from pydantic import BaseModel

from .catalogue import Catalogue

#: Kind of a page → as a visitor reads it in search results; a kind that is not here is not searched.
GENRES_LUS = {
    "dispositif": "Aide", "ressource": "Ressource", "fiche": "Fiche Territoires d’industrie", "territoire": "Territoire",
    "theme": "Thème", "besoin": "Besoin", "public": "Public", "questionnaire": "Auto-évaluation",
    "liste": "Liste", "legale": "À propos",
}  # fmt: skip
#: Fields whose text is not for reading (ids, codes, addresses), left out of what search indexes.
_NOT_TEXT = frozenset(
    (
        "id", "url", "publics", "themes", "besoins", "source", "autres_sources", "zones", "code", "organisme", "role",
        "type", "nature", "cout", "regime_aide", "besoin", "niveau", "niveau_cible", "conditions", "membres", "sens", "contacts",
        "dispositifs", "ressources", "remplace_par", "repond_a", "parent", "coach_international", "territoires", "voir",
    )
)  # fmt: skip


def text_of(value: Any) -> str:
    """The readable text of a model, for search."""
    if isinstance(value, BaseModel):
        return " ".join(filter(None, (text_of(getattr(value, name)) for name in type(value).model_fields if name not in _NOT_TEXT)))
    if isinstance(value, list):
        return " ".join(filter(None, map(text_of, value)))
    return value if isinstance(value, str) else ""


def words_of(cat: Catalogue, thing: Any) -> str:
    """The names of what a thing is about and for."""
    named = [cat.vocabulaires[field][id_].libelle for field in ("themes", "besoins", "publics") for id_ in getattr(thing, field, ())]
    owners = [p.organisme for p in getattr(thing, "porteurs", ())] + [getattr(thing, "organisme", "")]
    return " ".join([*named, *(f"{cat.organismes[o].nom} {cat.organismes[o].sigle or ''}" for o in owners if o)])


def unlink_absent(markdown: str, place: str, known: Container[str]) -> str:
    """The Markdown of the page `place` with every link to a page that is not in `known` replaced by its words."""

    def keep(link: re.Match) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(place), link[2]))
        return link[0] if target in known else link[1]

    return re.sub(r"\[([^\]\n]+)\]\(([\w./-]+\.md)(?:#[\w-]+)?\)", keep, markdown)
