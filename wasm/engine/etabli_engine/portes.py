"""Whom to call: the nearest door of each of those who carry an aid, in the place where the visitor is.

The same rule as the pages of the territoires: a Territoire d'industrie or an EPCI before a département, then the région, then the
country; so a door that only leads to a local service gives way to that service's own.
"""

from collections.abc import Iterable
from types import SimpleNamespace

from .profil import PAYS

PORTES = 3
#: How near a door is, from the kind of its code.
_PORTEES = {"COM": 0, "TI": 1, "EPCI": 1, "DEP": 2, "REG": 3}
_LOIN = 4


def start_portes(aides: SimpleNamespace, profil: SimpleNamespace) -> SimpleNamespace:
    """What looking for doors remembers: the codes around the visitor, and what was found for each dispositif and each organisme.

    Where the visitor is not known to be, only what is for the whole country reaches him.
    """
    codes = {PAYS, profil.territoire_industrie, *profil.zones}
    return SimpleNamespace(aides=aides, codes=codes, des_dispositifs={}, des_organismes={}, generales=None)


def find_portes(dispositif: SimpleNamespace, portes: SimpleNamespace) -> list[tuple[int, SimpleNamespace]]:
    """The doors of a dispositif as `[(distance, contact)]`: those that it names, else those of its porteurs."""
    if dispositif.id not in portes.des_dispositifs:
        connus = portes.aides.contacts
        nommees = [connus[contact] for contact in dict.fromkeys(dispositif.contacts) if contact in connus]
        # A door that only leads to a local service gives way to that service's own, unless it is kept for another aid.
        locales = [proche for contact in nommees if contact.annuaire for proche in portes.aides.contacts_de[contact.organisme]]
        proches = [contact for contact in locales if contact.id not in portes.aides.contacts_reserves]
        nommees = _reach([*nommees, *proches], portes.codes)
        portes.des_dispositifs[dispositif.id] = nommees or find_portes_of(dispositif.porteurs, portes)
    return portes.des_dispositifs[dispositif.id]


def find_portes_of(organismes: Iterable[str | None], portes: SimpleNamespace) -> list[tuple[int, SimpleNamespace]]:
    """The doors of some organismes as `[(distance, contact)]`."""
    trouvees = []
    for organisme in dict.fromkeys(organismes):
        if organisme not in portes.des_organismes:
            portes.des_organismes[organisme] = _reach(portes.aides.contacts_de.get(organisme, []), portes.codes)
        trouvees += portes.des_organismes[organisme]
    return sorted(trouvees, key=_rank)


def find_generales(portes: SimpleNamespace) -> list[tuple[int, SimpleNamespace]]:
    """The doors that help anyone find where to begin, as `[(distance, contact)]`, nearest first."""
    if portes.generales is None:
        portes.generales = _reach(portes.aides.contacts_generaux, portes.codes)
    return portes.generales


def is_next_door(porte: tuple[int, SimpleNamespace]) -> bool:
    """Is it the door of the place itself: of its commune, its intercommunalité or its Territoire d'industrie?"""
    return porte[0] < _PORTEES["DEP"]


def pick_portes(trouvees: Iterable[tuple[int, SimpleNamespace]]) -> list[str]:
    """The ids of the nearest doors, one for each organisme; the first of equals is kept."""
    choisies: dict[str, str] = {}
    for _, contact in sorted(trouvees, key=lambda porte: porte[0]):
        choisies.setdefault(contact.organisme, contact.id)
    return list(choisies.values())[:PORTES]


def _reach(contacts: list[SimpleNamespace], codes: set[str | None]) -> list[tuple[int, SimpleNamespace]]:
    """The nearest of these doors for each organisme, nearest first; those that do not reach the visitor are left out."""
    atteintes = []
    for contact in contacts:
        communs = codes.intersection(contact.territoires)
        if communs:
            atteintes.append((min(_PORTEES.get(code.split("-")[0], _LOIN) for code in communs), contact))
    uniques: dict[str, tuple[int, SimpleNamespace]] = {}
    for porte in sorted(atteintes, key=_rank):
        uniques.setdefault(porte[1].organisme, porte)
    return list(uniques.values())


def _rank(porte: tuple[int, SimpleNamespace]) -> tuple[int, str, str]:
    distance, contact = porte
    return distance, contact.nom, contact.id
