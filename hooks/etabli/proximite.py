"""What exists around a place, and whom to call there: the most specific territoire wins.

Stands before the pages of the territoires. A place is named by its code; `enclosing` gives the codes around it, nearest first.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from . import phrases
from .catalogue import Catalogue
from .decoupage import name_id
from .parcours import each_condition
from .schema import Dispositif, Entree, Ressource
from .schema_acteurs import Contact

PAYS = "PAYS-99100"
#: How near a door is, from the kind of its code: a Territoire d'industrie or an EPCI before a département, and so on.
PORTEES = {"COM": 0, "TI": 1, "EPCI": 1, "DEP": 2, "REG": 3, "PAYS": 4}
#: Doors shown for one besoin.
MONTREES = 3


@dataclass(frozen=True)
class Reponse:
    """For one besoin: the aids that are not closed, those of the place first, and the doors to knock on, nearest first."""

    besoin: Entree
    aides: list[Dispositif]
    contacts: list[Contact]

    @property
    def portes(self) -> list[Contact]:
        """The doors that a page shows: more would be a directory, not an answer. One of each organisme before a second one."""
        first = {contact.organisme: contact for contact in reversed(self.contacts)}
        return sorted(self.contacts, key=lambda contact: first[contact.organisme] is not contact)[:MONTREES]


class Proximite:
    """The places of one catalogue, each with the codes that hold it."""

    def __init__(self, cat: Catalogue):
        self.cat = cat
        self.parents = {t.code: t.parent for t in cat.territoires.values()} | {lieu.code: lieu.parent for lieu in cat.decoupage.values()}
        departements = Counter(parent for code, parent in self.parents.items() if code.startswith("DEP-"))
        #: A région of one département (La Réunion) is the same place under two codes.
        self.jumeaux = {p: code for code, p in self.parents.items() if code.startswith("DEP-") and departements[p] == 1}
        self.chains: dict[str, list[str]] = {}
        #: The aids that one may ask for, by title; and those that ask to be in a Territoire d'industrie.
        self.aides = sorted((d for d in cat.dispositifs.values() if d.est_une_aide and not self._is_closed(d)), key=_by_title)
        #: The codes that anything speaks of, without which two places are the same.
        self.codes = {PAYS, *(code for c in cat.contacts.values() for code in c.territoires)}
        self.codes |= {code for d in self.aides for code in (*zones_of(d), *d.zones.exclus)}
        self.reponses: dict[tuple[frozenset[str], bool], list[Reponse]] = {}
        #: What is not for the whole country: its places in this list, by the codes of its zones, and by all codes that hold them.
        self.locaux = [t for t in (*cat.dispositifs.values(), *cat.ressources.values()) if PAYS not in zones_of(t)]
        self.en_place: dict[str, set[int]] = defaultdict(set)
        self.dedans: dict[str, set[int]] = defaultdict(set)
        for i, thing in enumerate(self.locaux):
            for zone in zones_of(thing):
                self.en_place[zone].add(i)
                for code in self.enclosing(zone):
                    self.dedans[code].add(i)
        self.pour_ti = {d.id for d in self.aides if any(c.genre == "territoire_industrie" and c.valeur for _, c in each_condition(d))}

    def enclosing(self, code: str) -> list[str]:
        """The codes that hold a place, itself first, the country last."""
        if code not in self.chains:
            codes = [code, self.jumeaux[code]] if code in self.jumeaux else [code]
            while (parent := self.parents.get(codes[-1], PAYS)) not in codes:
                codes.append(parent)
            self.chains[code] = codes if codes[-1] == PAYS else [*codes, PAYS]
        return self.chains[code]

    def find_own(self, code: str) -> list[Dispositif | Ressource]:
        """What is proper to a place: for it or for what holds it short of the whole country, or for a part of it."""
        codes = self.enclosing(code)
        around = {i for place in codes for i in self.en_place[place] if is_open_to(self.locaux[i], codes)}
        return [self.locaux[i] for i in sorted(around | self.dedans[code])]

    def answer(self, code: str) -> list[Reponse]:
        """« What exists here, and whom do I call? », besoin by besoin; a besoin that nothing answers is left out."""
        # Most départements have nothing of their own: they share the answer of their region.
        known = frozenset(self.enclosing(code)) & self.codes
        key = known, code.startswith("TI-")
        if key not in self.reponses:
            near = [d for d in self.aides if is_open_to(d, known)]
            besoins = self.cat.vocabulaires["besoins"].values()
            found = [Reponse(b, self._sort_aides(near, b.id, ti=key[1]), self.find_doors(known, b.id)) for b in besoins]
            self.reponses[key] = [reponse for reponse in found if reponse.aides or reponse.contacts]
        return self.reponses[key]

    def find_doors(self, codes: Collection[str], besoin: str) -> list[Contact]:
        """The contacts for a besoin in the place that `codes` hold, nearest first."""
        return self._nearest((c for c in self.cat.contacts.values() if besoin in c.besoins), codes)

    def find_contacts(self, thing: Any) -> list[Contact]:
        """The doors to knock on for a thing: those it names, else those of its porteurs where the thing applies."""
        if getattr(thing, "contacts", None):
            return [self.cat.contacts[id_] for id_ in thing.contacts]
        owners = {p.organisme for p in getattr(thing, "porteurs", [])} | {getattr(thing, "organisme", None)}
        codes = {code for zone in zones_of(thing) for code in self.enclosing(zone)}
        return self._nearest((c for c in self.cat.contacts.values() if c.organisme in owners), codes)

    def _sort_aides(self, aides: list[Dispositif], besoin: str, *, ti: bool) -> list[Dispositif]:
        """The aids for a besoin: those of the place first (in a Territoire d'industrie, those made for such places), then those
        of which it is the main besoin, then by title."""

        def rank(aide: Dispositif) -> tuple[bool, int]:
            near = PAYS not in zones_of(aide) or (ti and aide.id in self.pour_ti)
            return not near, aide.besoins.index(besoin)

        return sorted((aide for aide in aides if besoin in aide.besoins), key=rank)

    def _is_closed(self, dispositif: Dispositif) -> bool:
        return phrases.find_ouverture(dispositif, self.cat.jour).code == "clos"

    def _nearest(self, contacts: Iterable[Contact], codes: Collection[str]) -> list[Contact]:
        """The contacts that reach one of `codes`, nearest first.

        A door that only leads to a local service (`annuaire`) gives way to that service's own.
        """
        known = set(codes)
        reached = [(min(map(_reach, known & set(c.territoires))), c) for c in contacts if known & set(c.territoires)]
        best: dict[str, int] = {}
        for distance, contact in reached:
            best[contact.organisme] = min(distance, best.get(contact.organisme, distance))
        kept = [(distance, contact) for distance, contact in reached if distance == best[contact.organisme] or not contact.annuaire]
        return [contact for _, contact in sorted(kept, key=lambda pair: (pair[0], self.cat.organismes[pair[1].organisme].nom, pair[1].id))]


def _reach(code: str) -> int:
    return PORTEES[code.split("-")[0]]


def _by_title(aide: Dispositif) -> str:
    return name_id(aide.titre)


def zones_of(thing: Any) -> list[str]:
    """The zones of a ressource or of a dispositif; a fiche is for the whole country."""
    zones = getattr(thing, "zones", None)
    return [PAYS] if zones is None else zones if isinstance(zones, list) else zones.inclus


def is_open_to(thing: Any, codes: Collection[str]) -> bool:
    """Does a thing reach the place that `codes` hold?"""
    excluded = getattr(getattr(thing, "zones", None), "exclus", [])
    return bool(set(zones_of(thing)) & set(codes)) and not set(excluded) & set(codes)
