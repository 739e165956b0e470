"""The official list of France's régions, départements and EPCI (npm `@etalab/decoupage-administratif`, MIT licence).

Stands before the catalogue, which takes its départements from here: an editor never types them. `communes.py` makes from the
same list the files with which a visitor finds a territoire by the name of a commune.
"""

import functools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from . import RACINE

LISTE = RACINE / "node_modules" / "@etalab" / "decoupage-administratif"


@dataclass(frozen=True)
class Lieu:
    """A région, a département or an EPCI. code: REG-75, DEP-86, EPCI-200069854; parent: the code of what holds it."""

    code: str
    nom: str
    parent: str


Decoupage = dict[str, Lieu]


def read_liste(nom: str) -> list[dict[str, Any]]:
    """One file of the list: « communes », « epci », … Raises FileNotFoundError when the package is not installed."""
    return json.loads((LISTE / "data" / f"{nom}.json").read_text(encoding="utf-8"))


@functools.cache
def read_version() -> str:
    """The version of the list, which says how fresh it is."""
    return json.loads((LISTE / "package.json").read_text(encoding="utf-8"))["version"]


@functools.cache
def load_decoupage() -> Decoupage:
    """Every région, département and EPCI (or EPT of Grand Paris) by its code; an EPCI's parent is the département of most of its communes.

    The list is a package of a pinned version: it cannot change while the program runs. Raises FileNotFoundError.
    """
    lieux = [Lieu(f"REG-{r['code']}", r["nom"], "PAYS-99100") for r in read_liste("regions") if r["zone"] != "com"]
    regions = {lieu.code for lieu in lieux}
    lieux += [
        Lieu(f"DEP-{d['code']}", d["nom"], f"REG-{d['region']}") for d in read_liste("departements") if f"REG-{d['region']}" in regions
    ]
    for epci in [*read_liste("epci"), *read_liste("ept")]:
        (departement, _), *_ = Counter(departement_of(membre["code"]) for membre in epci["membres"]).most_common(1)
        lieux.append(Lieu(f"EPCI-{epci['code']}", clean(epci["nom"]), f"DEP-{departement}"))
    return {lieu.code: lieu for lieu in lieux}


def find_communes(codes: Collection[str]) -> Decoupage:
    """The communes of today among `codes` (« COM-86194 »), each held by its EPCI, or by its département when it has none."""
    epci_of = {membre["code"]: f"EPCI-{epci['code']}" for epci in read_liste("epci") for membre in epci["membres"]}
    return {
        code: Lieu(code, c["nom"], epci_of.get(c["code"], f"DEP-{departement_of(c['code'])}"))
        for c in read_liste("communes")
        if c["type"] == "commune-actuelle" and (code := f"COM-{c['code']}") in codes
    }


def departement_of(commune: str) -> str:
    """« 86 » from 86194, « 2A » from 2A004, « 974 » from 97411."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def clean(nom: str) -> str:
    """An EPCI's name as one reads it: the list writes « CC Faucigny - Glières », with spaces that come and go."""
    return " ".join(nom.split())


@functools.lru_cache(maxsize=8192)
def name_id(nom: str) -> str:
    """« Côtes-d'Armor » is « cotes-d-armor »: the name as part of an address."""
    lower = nom.lower().replace("œ", "oe").replace("æ", "ae")
    text = "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "-", text).strip("-")
