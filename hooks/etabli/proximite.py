"""What exists around a place, and whom to call there: the most specific territoire wins.

Stands before the pages of the territoires. A place is named by its code; `enclosing` gives the codes around it, nearest first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import phrases
from .catalogue import Catalogue, genre
from .decoupage import Lieu
from .schema import Contact, Dispositif, Entree, Ressource, Territoire

PAYS = "PAYS-99100"


@dataclass(frozen=True)
class Reponse:
    """For one besoin: the aids that are not closed, those of the place first, and the doors to knock on, nearest first."""

    besoin: Entree
    aides: list[Dispositif]
    contacts: list[Contact]


def enclosing(cat: Catalogue, code: str) -> list[str]:
    """The codes that hold a place, itself first, the country last."""
    parents: dict[str, Territoire | Lieu] = {**cat.decoupage, **{t.code: t for t in cat.territoires.values()}}
    codes = [code]
    while codes[-1] in parents and (parent := _parent_of(cat, parents[codes[-1]])) not in codes:
        codes.append(parent)
    return codes if codes[-1] == PAYS else [*codes, PAYS]


def _parent_of(cat: Catalogue, place: Territoire | Lieu) -> str:
    """The official list knows the département of an EPCI, which the editor of its file may have left out."""
    return cat.decoupage[place.code].parent if place.code in cat.decoupage else place.parent


def zones_of(thing: Any) -> list[str]:
    """The zones of a ressource or of a dispositif; a fiche is for the whole country."""
    zones = getattr(thing, "zones", None)
    return [PAYS] if zones is None else zones if isinstance(zones, list) else zones.inclus


def is_open_to(thing: Any, codes: list[str]) -> bool:
    """Does a thing reach the place that `codes` hold?"""
    excluded = getattr(getattr(thing, "zones", None), "exclus", [])
    return bool(set(zones_of(thing)) & set(codes)) and not set(excluded) & set(codes)


def find_own(cat: Catalogue, code: str) -> list[Dispositif | Ressource]:
    """What is proper to a place: for it or for what holds it short of the whole country, or for a part of it."""
    codes = enclosing(cat, code)
    things = [*cat.dispositifs.values(), *cat.ressources.values()]
    return [
        thing
        for thing in things
        if PAYS not in zones_of(thing) and (is_open_to(thing, codes) or any(code in enclosing(cat, zone) for zone in zones_of(thing)))
    ]


def answer(cat: Catalogue, code: str) -> list[Reponse]:
    """« What exists here, and whom do I call? », besoin by besoin; a besoin that nothing answers is left out."""
    codes = enclosing(cat, code)
    aides = [d for d in cat.dispositifs.values() if d.nature != "regime" and is_open_to(d, codes) and not _is_closed(cat, d)]
    aides.sort(key=lambda d: (PAYS in zones_of(d), d.titre))
    found = [
        Reponse(besoin, [d for d in aides if besoin.id in d.besoins], find_doors(cat, codes, besoin.id))
        for besoin in cat.vocabulaires["besoins"].values()
    ]
    return [reponse for reponse in found if reponse.aides or reponse.contacts]


def _is_closed(cat: Catalogue, dispositif: Dispositif) -> bool:
    return phrases.find_ouverture(dispositif, cat.jour).code == "clos"


def find_doors(cat: Catalogue, codes: list[str], besoin: str | None = None) -> list[Contact]:
    """The contacts for a besoin (None: any) in the place that `codes` hold, nearest first.

    A door that only leads to a local service (`annuaire`) gives way to that service's own."""
    return _nearest(cat, (c for c in cat.contacts.values() if besoin is None or besoin in c.besoins), codes)


def find_contacts(cat: Catalogue, thing: Any) -> list[Contact]:
    """The doors to knock on for a thing: those it names, else those of its porteurs where the thing applies."""
    if genre(thing) == "dispositif" and thing.contacts:
        return [cat.contacts[id_] for id_ in thing.contacts]
    owners = {p.organisme for p in getattr(thing, "porteurs", [])} | {getattr(thing, "organisme", None)}
    codes = [*(zone for zone in zones_of(thing) if zone != PAYS), PAYS]
    return _nearest(cat, (c for c in cat.contacts.values() if c.organisme in owners), codes)


def _nearest(cat: Catalogue, contacts: Iterable[Contact], codes: list[str]) -> list[Contact]:
    distances = {code: distance for distance, code in enumerate(codes)}
    reached = [(min(distances[t] for t in c.territoires if t in distances), c) for c in contacts if set(c.territoires) & set(codes)]
    best: dict[str, int] = {}
    for distance, contact in reached:
        best[contact.organisme] = min(distance, best.get(contact.organisme, distance))
    kept = [(distance, contact) for distance, contact in reached if distance == best[contact.organisme] or not contact.annuaire]
    return [contact for _, contact in sorted(kept, key=lambda pair: (pair[0], cat.organismes[pair[1].organisme].nom, pair[1].id))]
