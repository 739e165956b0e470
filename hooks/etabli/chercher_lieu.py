"""Find a territoire of the official list by its name, its SIREN or its code, as a person writes it.

Stands before `nouvel_espace.py`: nothing is asked that the list knows.
"""

import re

from .decoupage import Decoupage, Lieu, name_id, read_liste

#: How the list shortens what an EPCI is, and what is left out of a name when it is compared.
TYPES = {"cc": "Communauté de communes", "ca": "Communauté d'agglomération", "cu": "Communauté urbaine"}
_VIDES = frozenset(
    ("cc", "ca", "cu", "communaute", "communautes", "commune", "communes", "agglomeration", "agglo", "urbaine", "metropole",
     "de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "sur")
)  # fmt: skip
#: Places told when a name fits several.
MONTRES = 12


class LieuIntrouvable(Exception):
    """No place of that name, or several; the message, in French, says which and how to choose."""


def find_lieu(demande: str, places: Decoupage) -> Lieu:
    """The place that `demande` names among `places`: « Grand Poitiers », « 200069854 », « DEP-86 ». Raises LieuIntrouvable."""
    asked = demande.strip()
    official = asked.upper() if not asked.upper().startswith("TI-") else f"TI-{asked[3:].lower()}"
    siren = re.sub(r"[^0-9]", "", asked)
    for code in (official, f"EPCI-{siren}", f"DEP-{official}"):
        if code in places:
            return places[code]
    words = _words(asked)
    if not words:
        told = f"« {asked} » ne nomme aucun territoire." if asked else "quel territoire ?"
        attendu = 'son nom, son SIREN ou son code officiel comme DEP-86 : make espace NOM="Grand Poitiers".'
        raise LieuIntrouvable(f"{told}\n    Attendu : {attendu}")
    whole = [lieu for lieu in places.values() if name_id(lieu.nom) == name_id(asked)] or [
        lieu for lieu in places.values() if _words(lieu.nom) == words
    ]
    found = whole or [lieu for lieu in places.values() if words <= _words(lieu.nom)]
    # A part of a name may be the whole name of a commune elsewhere: « Saint-Denis » is not only in « Seine-Saint-Denis ».
    around = [] if whole else _epci_of_commune(words, places)
    if len(found) == 1 and (not around or found[0] in around):
        return found[0]
    if found:
        found += [lieu for lieu in around if lieu not in found]
        shown = sorted(found, key=lambda lieu: (len(_words(lieu.nom)), lieu.nom))
        raise LieuIntrouvable(f"« {asked} » peut désigner {len(found)} territoires :\n{_list(shown, places)}")
    if around:
        told = f"« {asked} » n'est pas un territoire, mais le nom d'une commune :"
        raise LieuIntrouvable(f"{told}\n{_list(around, places)}")
    raise LieuIntrouvable(
        f"« {asked} » n'est dans aucune liste officielle.\n"
        "    Attendu : le nom d'une intercommunalité, d'un département ou d'une région, ou le SIREN de l'intercommunalité."
    )


def full_name(lieu: Lieu) -> str:
    """« Communauté de communes du Haut Poitou », of which the list says « CC du Haut Poitou »."""
    first, _, rest = lieu.nom.partition(" ")
    return f"{TYPES[first.lower()]} {rest}" if first.lower() in TYPES else lieu.nom


def short_name(lieu: Lieu) -> str:
    """« Grand Poitiers », of which the list says « CU du Grand Poitiers »."""
    plain = re.sub(r"^(CC|CA|CU) (du |des |de la |de l'|de |d')?", "", lieu.nom)
    return plain[:1].upper() + plain[1:]


def _words(nom: str) -> frozenset[str]:
    return frozenset(filter(None, name_id(nom).split("-"))) - _VIDES


def _epci_of_commune(words: frozenset[str], places: Decoupage) -> list[Lieu]:
    codes = {c["code"] for c in read_liste("communes") if c["type"] == "commune-actuelle" and _words(c["nom"]) == words}
    return [
        places[code]
        for epci in read_liste("epci")
        if (code := f"EPCI-{epci['code']}") in places and codes & {membre["code"] for membre in epci["membres"]}
    ]


def _list(lieux: list[Lieu], places: Decoupage) -> str:
    def above(lieu: Lieu) -> str:
        return f", {places[lieu.parent].nom}" if lieu.parent in places else ""

    lines = [f"    {lieu.nom}{above(lieu)} : NOM={lieu.code.removeprefix('EPCI-')}" for lieu in lieux[:MONTRES]]
    more = [f"    … et {len(lieux) - MONTRES} autres : précisez le nom."] if len(lieux) > MONTRES else []
    return "\n".join([*lines, *more, "    Relancez la commande avec celui que vous voulez."])
