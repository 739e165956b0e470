"""What must hold of places and of whom to call there; `checks.py` lists these rules among the others."""

import re
from collections.abc import Iterator

from .catalogue import Catalogue
from .parcours import each_thing, each_zone
from .problems import Problem, suggest

#: Kind of a code → how a message names what it stands for, and an example.
ZONES = {
    "REG": ("d'aucune région", "REG-75"), "DEP": ("d'aucun département", "DEP-86"), "EPCI": ("d'aucune intercommunalité", "EPCI-200069854"),
    "COM": ("d'aucune commune d'aujourd'hui", "COM-86194"), "TI": ("d'aucun Territoire d'industrie", "TI-oyonnax-pays-de-gex"),
}  # fmt: skip


def check_zones(cat: Catalogue) -> Iterator[Problem]:
    """A code names a territoire of `territoires/` or of the official list, and no two territoires share one."""
    if "territoire" in cat.illisibles:
        return
    owners: dict[str, str] = {}
    for id_, territoire in cat.territoires.items():
        if owners.setdefault(territoire.code, id_) != id_ and ("territoire", id_) in cat.documents:
            told = f"« {territoire.code} » est déjà le code de « {owners[territoire.code]} »."
            yield cat.problem("territoire", id_, ("code",), told, "un code par territoire.")
    # A territoire of the data is known by its file: an EPCI may be born before the yearly list says so.
    known = {*owners, *cat.decoupage}
    for kind, id_, thing in each_thing(cat):
        for path, code in each_zone(thing):
            genre, example = ZONES[code.split("-")[0]]
            # Without the official list only the regions and the Territoires d'industrie are known.
            if code not in known and (cat.decoupage or code.startswith(("REG-", "TI-"))):
                # A code of figures that looks like this one is another place, as likely wrong: only names are suggested.
                near = suggest(code, (c for c in owners if c.startswith("TI-"))) if code.startswith("TI-") else ""
                told = f"« {code} » n'est le code {genre}.{near}"
                yield cat.problem(kind, id_, path, told, f"un code officiel, par exemple {example}.")


def check_contacts(cat: Catalogue) -> Iterator[Problem]:
    """A contact gives a way in, and nobody is named without a dated consent."""
    for id_, contact in cat.contacts.items():
        if not (contact.courriel or contact.telephone or contact.url):
            yield cat.problem("contact", id_, (), "aucun moyen de joindre ce contact.", "courriel, telephone ou url.")
        if contact.nom and not contact.consentement:
            yield cat.problem(
                "contact",
                id_,
                ("nom",),
                "une personne est nommée sans son accord.",
                "consentement: {obtenu_le: …}, ou la seule fonction.",
            )
        if contact.courriel and not contact.consentement and re.match(r"[a-z]+[._][a-z]+@", contact.courriel):
            yield cat.problem(
                "contact",
                id_,
                ("courriel",),
                f"« {contact.courriel} » ressemble à la boîte d'une personne.",
                "la boîte d'un service, ou consentement: {obtenu_le: …}.",
            )
