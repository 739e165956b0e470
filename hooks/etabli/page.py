"""What a page is, and how one is made from a template and models.

Stands before the modules that make the pages (`listes.py`, `lieux.py`, `agenda.py`), which `pages.py` calls in turn.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import phrases
from .catalogue import genre
from .decoupage import name_id
from .gabarits import Rendering
from .typographie import typo


@dataclass(frozen=True)
class Page:
    """One page. `chemin` is its place in the site, with a trailing slash ("" is the home page).

    corps: HTML fragment; fichier: the YAML file to edit, from the repository's root; texte: what search indexes; mots: what
    the page is to be found by without showing it; cles: the words that visitors use for it; facettes: by what it can be narrowed
    to; dates: when an aid opens and closes, as ISO text or nothing; styles, scripts: what the layout adds for this page alone; schema: what
    it is about in the words of schema.org, None when that says nothing.
    """

    chemin: str
    titre: str
    description: str
    corps: str
    genre: str
    gabarit: str = "large"
    fil: tuple[tuple[str, str], ...] = ()
    fichier: str | None = None
    statut: str | None = None
    texte: str = ""
    mots: str = ""
    cles: str = ""
    facettes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: tuple[str, str] = ("", "")
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    schema: dict[str, Any] | None = None

    def meta(self, modifier: str | None) -> dict[str, Any]:
        """What the layout needs of the page. modifier: where its file is edited or shown, if it has one."""
        kept = {name: getattr(self, name) for name in ("description", "gabarit", "genre", "fichier", "styles", "scripts")}
        trail = [{"titre": title, "chemin": path} for title, path in self.fil]
        # As text ready for the page: an « < » written so cannot end the block that holds it.
        schema = self.schema and json.dumps(self.schema, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return {"title": self.titre, "fil": trail, "modifier": modifier, **kept, "schema": schema}


def make_page(r: Rendering, template: str, chemin: str, titre: str, description: str, genre: str, values: Any = None, **page: Any) -> Page:
    """One page: `template` rendered with `values`, its titles with their typography; `page` are the other fields of Page."""
    return Page(chemin, typo(titre), typo(description), r.render(template, chemin, **(values or {})), genre, **page)


def name_of(thing: Any) -> str:
    """What a thing is called: its title, or the name of a territoire."""
    return getattr(thing, "titre", None) or thing.nom


def rank(r: Rendering, thing: Any) -> tuple[bool, bool, int, str]:
    """The order of every list: closed things last, what the espace puts forward first, then by number, then by name."""
    key = genre(thing), thing.id
    if key not in r.rangs:
        closed = hasattr(thing, "cloture") and phrases.find_statut(thing, r.cat.jour).code == "clos"
        pinned = any(thing is other for other in r.epingles)
        r.rangs[key] = closed, not pinned, getattr(thing, "numero", 0), name_id(name_of(thing))
    return r.rangs[key]
