"""`flux.xml`: the last changes of the catalogue as an Atom 1.0 feed (RFC 4287).

Stands after `identites.py`; `build.py` publishes it beside the API, `theme/base.html` announces it on every page.
"""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .catalogue import Catalogue, genre
from .gabarits import path_of
from .identites import full_address, instant, stable_uuid
from .texte import GENRES_LUS
from .typographie import typo

CHEMIN = "flux.xml"
#: Entries in the feed: a month of work on the data, some 30 kB.
NOMBRE = 40


def render_flux(cat: Catalogue) -> str:
    """The things last updated, newest first, then by id. Its links are full when the site knows its address, else relative to the feed."""
    things = [*cat.dispositifs.values(), *cat.ressources.values(), *cat.fiches.values()]
    things.sort(key=lambda thing: (-thing.maj.toordinal(), thing.id, genre(thing)))
    updated = instant(things[0].maj if things else cat.jour).isoformat()
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        f"<id>{stable_uuid('flux', cat.site.url or cat.site.nom).urn}</id>",
        f"<title>{_text(f'{cat.site.nom} : les nouveautés')}</title>",
        f"<subtitle>{_text(cat.site.accroche)}</subtitle>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_text(cat.site.editeur.nom or cat.site.nom)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={_link(cat, CHEMIN)}/>',
        f'<link rel="alternate" type="text/html" href={_link(cat, "")}/>',
    ]
    for thing in things[:NOMBRE]:
        lines += _entry(cat, thing)
    return "\n".join([*lines, "</feed>", ""])


def _entry(cat: Catalogue, thing: Any) -> list[str]:
    kind = genre(thing)
    return [
        "<entry>",
        f"<id>{stable_uuid(kind, thing.id).urn}</id>",
        f"<title>{_text(thing.titre)}</title>",
        f'<link rel="alternate" type="text/html" href={_link(cat, path_of(thing))}/>',
        f"<updated>{instant(thing.maj).isoformat()}</updated>",
        f"<category term={quoteattr(kind)} label={quoteattr(GENRES_LUS[kind])}/>",
        f"<summary>{_text(thing.resume)}</summary>",
        "</entry>",
    ]


def _text(text: str) -> str:
    return escape(typo(text))


def _link(cat: Catalogue, path: str) -> str:
    return quoteattr(full_address(cat, path) or path or "./")
