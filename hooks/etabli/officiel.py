"""Add to the catalogue what the official list of places knows: an editor never types a département nor a commune.

Stands between the catalogue and `lecture.py`, which calls it.
"""

import re
from collections.abc import Iterator
from typing import Any

from .catalogue import Catalogue
from .decoupage import find_communes, name_id
from .schema_acteurs import Territoire


def add_departements(cat: Catalogue) -> None:
    """Add the départements of the regions that the data knows, from the same source as each.

    One that is a whole region (La Réunion) is there already, and one that has a file too.
    """
    written = {t.code for t in cat.territoires.values()}
    regions = {t.code: t for t in cat.territoires.values() if t.type == "region"}
    places = [lieu for lieu in cat.decoupage.values() if lieu.code.startswith("DEP-") and lieu.parent in regions]
    for lieu in places:
        if lieu.code in written or sum(other.parent == lieu.parent for other in places) == 1:
            continue
        id_, region = name_id(lieu.nom), regions[lieu.parent]
        territoire = Territoire(
            id=id_ if id_ not in cat.territoires else f"departement-{id_}",
            nom=lieu.nom, type="departement", code=lieu.code, parent=lieu.parent, source=region.source, maj=region.maj,
        )  # fmt: skip
        cat.territoires[territoire.id] = territoire


def add_communes(cat: Catalogue) -> None:
    """Add to the official list the communes that the data names: to read all of them at each build would be long."""
    named = {code for document in cat.documents.values() for code in _codes_of(document.valeur)}
    if named and cat.decoupage:
        cat.decoupage = cat.decoupage | find_communes(named)


def _codes_of(value: Any) -> Iterator[str]:
    """The codes of communes anywhere in a plain value."""
    if isinstance(value, str):
        if value.startswith("COM-") and re.fullmatch(r"COM-\d[0-9AB]\d{3}", value):
            yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _codes_of(inner)
