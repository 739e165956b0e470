"""Read the compiled aids, one file for every questionnaire: what may help, who may have it, whom to call.

Goes with `questionnaire.py`; only what choosing needs is read, the sentences of the cards are the page's business.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from types import SimpleNamespace

from .conditions import list_leaves, read_condition
from .lecture import (
    LIBELLE_MAXIMUM,
    check_format,
    take_bool,
    take_date,
    take_dictionnaire,
    take_entier,
    take_exact,
    take_objet,
    take_objets,
    take_texte,
    take_textes,
)
from .memoire import remember
from .profil import PAYS

#: The besoin of the doors that help anyone find where to begin.
GENERAL = "se-situer"
#: Each is shown as often as its dispositif is proposed.
CONDITIONS_MAXIMUM = 50
_DERNIERES: dict[bytes, SimpleNamespace] = {}


def read_aides(charge: dict) -> SimpleNamespace:
    """Read `charge["aides"]`, or remember it.

    Gives ressources and dispositifs ({id: …}, in the order of the file), contacts ({id: …}), libelles ({code: text}),
    contacts_generaux, contacts_reserves (the ids of those that a dispositif names as its own), and what leads to them:
    ressources_pour and dispositifs_pour (a question), ressources_du_theme, contacts_de (an organisme), each {id: [thing]}.
    """
    return remember(_DERNIERES, take_objet(charge, "aides", ""), lambda brut: _read(brut, "aides"))


def _read(brut: dict, chemin: str) -> SimpleNamespace:
    check_format(brut, chemin)
    ressources, dispositifs, contacts = (
        _index(read(objet, lieu) for objet, lieu in take_objets(brut, cle, chemin, []))
        for cle, read in (("ressources", _read_ressource), ("dispositifs", read_dispositif), ("contacts", _read_contact))
    )
    return SimpleNamespace(
        ressources=ressources,
        dispositifs=dispositifs,
        contacts=contacts,
        libelles=take_dictionnaire(brut, "libelles", chemin, LIBELLE_MAXIMUM),
        ressources_pour=_group(ressources, lambda ressource: ressource.repond_a),
        dispositifs_pour=_group(dispositifs, lambda dispositif: dispositif.repond_a),
        ressources_du_theme=_group(ressources, lambda ressource: ressource.themes),
        contacts_reserves={contact for dispositif in dispositifs.values() for contact in dispositif.contacts},
        contacts_generaux=[contact for contact in contacts.values() if GENERAL in contact.besoins],
        contacts_de=_group(contacts, lambda contact: [contact.organisme]),
    )


def _index(choses: Iterable[SimpleNamespace]) -> dict[str, SimpleNamespace]:
    """By id; `rang` is the place in the file."""
    index = {}
    for rang, chose in enumerate(choses):
        chose.rang = rang
        index[chose.id] = chose
    return index


def _group(choses: dict, name: Callable) -> dict[str, list]:
    """The things under each of the names that they bear."""
    groupes: dict[str, list] = {}
    for chose in choses.values():
        for nom in dict.fromkeys(name(chose)):
            groupes.setdefault(nom, []).append(chose)
    return groupes


def _read_ressource(brut: dict, chemin: str) -> SimpleNamespace:
    zones = take_textes(brut, "zones", chemin, [])
    return SimpleNamespace(
        id=take_texte(brut, "id", chemin),
        publics=take_textes(brut, "publics", chemin, []),
        themes=take_textes(brut, "themes", chemin, []),
        zones=zones,
        locale=_is_local(zones),
        effort=take_entier(brut, "effort", chemin, 1, 2),
        organisme=take_texte(brut, "organisme", chemin, None),
        repond_a=_read_questions(brut, chemin),
        dispositifs=take_textes(brut, "dispositifs", chemin, []),
        remplacee=take_texte(brut, "remplace_par", chemin, None) is not None,
    )


def read_dispositif(brut: dict, chemin: str) -> SimpleNamespace:
    """Read a dispositif of the catalogue: what eligibility looks at, and who carries it."""
    zones = take_objet(brut, "zones", chemin, {})
    inclus = take_textes(zones, "inclus", f"{chemin}.zones", [])
    conditions = None if brut.get("conditions") is None else read_condition(brut["conditions"], f"{chemin}.conditions")
    return SimpleNamespace(
        id=take_texte(brut, "id", chemin),
        ouverture=take_date(brut, "ouverture", chemin, None),
        cloture=take_date(brut, "cloture", chemin, None),
        inclus=inclus,
        exclus=take_textes(zones, "exclus", f"{chemin}.zones", []),
        local=_is_local(inclus),
        publics=take_textes(brut, "publics", chemin, []),
        repond_a=_read_questions(brut, chemin),
        conditions=conditions,
        # In a Territoire d'industrie, what was made for such places is made for this one.
        pour_ti=conditions is not None and ("territoire_industrie", True) in list_leaves(conditions),
        conditions_texte=take_textes(brut, "conditions_texte", chemin, [], CONDITIONS_MAXIMUM),
        porteurs=take_textes(brut, "porteurs", chemin, []),
        contacts=take_textes(brut, "contacts", chemin, []),
    )


def _read_questions(brut: dict, chemin: str) -> dict[str, Fraction]:
    """`{question: the highest value of the answer for which this helps}`."""
    return {
        take_texte(objet, "question", lieu): take_exact(objet, "max", lieu, 0, 1)
        for objet, lieu in take_objets(brut, "repond_a", chemin, [])
    }


def _read_contact(brut: dict, chemin: str) -> SimpleNamespace:
    return SimpleNamespace(
        id=take_texte(brut, "id", chemin),
        organisme=take_texte(brut, "organisme", chemin),
        nom=take_texte(brut, "nom", chemin, ""),
        territoires=take_textes(brut, "territoires", chemin, []),
        besoins=take_textes(brut, "besoins", chemin, []),
        annuaire=take_bool(brut, "annuaire", chemin, False),
    )


def _is_local(zones: list[str]) -> bool:
    """Made for some place, not for the whole country."""
    return bool(zones) and PAYS not in zones
