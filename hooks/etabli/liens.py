"""Who is related to whom: the links written in the data, read in both directions.

Stands before the pages: a dispositif shows the ressources that name it without having to name them itself.
"""

from collections import defaultdict
from typing import Any

from .catalogue import Catalogue

#: Kind of the thing that holds the link → fields that hold it, and the kind they point to.
_FIELDS = (
    ("ressource", "dispositifs", "dispositif"),
    ("fiche", "dispositifs", "dispositif"),
    ("fiche", "ressources", "ressource"),
)

Relations = dict[tuple[str, str], dict[str, list[Any]]]


def relate(cat: Catalogue) -> Relations:
    """(kind, id) → {"ressources": […], "dispositifs": […], "fiches": […]}, in the order of the data, without repeats."""
    ids: dict[tuple[str, str], dict[str, dict[str, None]]] = defaultdict(lambda: {"ressources": {}, "dispositifs": {}, "fiches": {}})
    for kind, field, target in _FIELDS:
        for thing in cat.of(kind).values():
            for id_ in getattr(thing, field):
                ids[kind, thing.id][target + "s"][id_] = None
                ids[target, id_][kind + "s"][thing.id] = None
    return {key: {kinds: [cat.of(kinds[:-1])[id_] for id_ in found] for kinds, found in related.items()} for key, related in ids.items()}
