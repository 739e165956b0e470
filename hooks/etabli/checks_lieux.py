"""What must hold of places and of whom to call there; `checks.py` lists these rules among the others."""

import re
from collections.abc import Iterator

from .catalogue import Catalogue
from .load import Path_
from .parcours import each_thing, each_zone
from .problems import Problem, suggest
from .schema_acteurs import Contact

#: Kind of a code → how a message names what it stands for, and an example.
ZONES = {
    "REG": ("d'aucune région", "REG-75"), "DEP": ("d'aucun département", "DEP-86"), "EPCI": ("d'aucune intercommunalité", "EPCI-200069854"),
    "COM": ("d'aucune commune d'aujourd'hui", "COM-86194"), "TI": ("d'aucun Territoire d'industrie", "TI-oyonnax-pays-de-gex"),
}  # fmt: skip

#: Type of a territoire → the kind of its code, those of what may hold it (so that no chain of parents turns in a circle), and what
#: the latter are called.
PARENTS = {
    "region": ("REG", ("PAYS",), "PAYS-99100 : une région n'est que dans le pays"),
    "departement": ("DEP", ("REG",), "le code de sa région, par exemple REG-75"),
    "epci": ("EPCI", ("DEP", "REG", "PAYS"), "le code de son département, par exemple DEP-86"),
    "territoire-industrie": ("TI", ("EPCI", "DEP", "REG", "PAYS"), "le code de sa région, par exemple REG-75"),
}
#: The names of the lists below `territoires/`, where the page of a territoire would take the place of a list.
LISTES = ("departements", "intercommunalites", "territoires-industrie")

#: Words of a service's box: « service.economie@ » is no person's, « prenom.nom@ » is one's.
_SERVICE = re.compile(
    "(?<![a-z])(?:accueil|agence|aide|attractivite|bureau|centre|climat|commerce|communication|contact|developpement|direction|eau|"
    "ecologie|economie|economique|emploi|energie|entreprise|environnement|formation|guichet|habitat|industrie|info|innovation|international|"
    "mairie|mission|numerique|pole|projet|region|relation|secretariat|service|territoire|tourisme|transition|urbanisme)s?(?![a-z])"
)
#: What names one person inside a text: the address of a box, the number of a mobile telephone.
_PORTABLE = r"(?:\b0|\+33[ .]?)[67](?:[ .]?\d\d){4}\b"
_PERSONNEL = re.compile(rf"\S*@\S*|{_PORTABLE}")


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
    known = {*owners, *cat.decoupage, *cat.ailleurs}
    for kind, id_, thing in each_thing(cat):
        for path, code in each_zone(thing):
            genre, example = ZONES[code.split("-")[0]]
            # Without the official list only the regions and the Territoires d'industrie are known.
            if code not in known and (cat.decoupage or code.startswith(("REG-", "TI-"))):
                # A code of figures that looks like this one is another place, as likely wrong: only names are suggested.
                near = suggest(code, (c for c in owners if c.startswith("TI-"))) if code.startswith("TI-") else ""
                told = f"« {code} » n'est le code {genre}.{near}"
                yield cat.problem(kind, id_, path, told, f"un code officiel, par exemple {example}.")


def check_territoires(cat: Catalogue) -> Iterator[Problem]:
    """A territoire's code is of its type, what holds it is broader, and its page has a place of its own."""
    for id_, territoire in cat.territoires.items():
        if ("territoire", id_) not in cat.documents:
            continue  # of the official list
        kind, above, expected = PARENTS[territoire.type]
        if not territoire.code.startswith(f"{kind}-"):
            told = f"« {territoire.code} » n'est pas le code d'un territoire de type « {territoire.type} »."
            yield cat.problem("territoire", id_, ("code",), told, f"un code qui commence par {kind}-, ou un autre type.")
        if territoire.parent.split("-")[0] not in above:
            told = f"« {territoire.parent} » ne contient pas un territoire de type « {territoire.type} »."
            yield cat.problem("territoire", id_, ("parent",), told, f"{expected}.")
        if id_ in LISTES:
            told = f"« {id_} » est déjà le nom d'une liste du site."
            yield cat.problem("territoire", id_, ("id",), told, "un autre nom, par exemple celui du lieu en toutes lettres.")


def check_contacts(cat: Catalogue) -> Iterator[Problem]:
    """A contact gives a way in, and nobody is named or reached in person without a dated consent."""
    for id_, contact in cat.contacts.items():
        if not (contact.courriel or contact.telephone or contact.url):
            yield cat.problem("contact", id_, (), "aucun moyen de joindre ce contact.", "courriel, telephone ou url.")
        if not contact.consentement:
            for path, told, expected in _personal_in(contact):
                yield cat.problem("contact", id_, path, told, expected)


def _personal_in(contact: Contact) -> Iterator[tuple[Path_, str, str]]:
    """(path, message, expected) for all that leads to a person and not to a service."""
    if contact.nom:
        yield ("nom",), "une personne est nommée sans son accord.", "consentement: {obtenu_le: …}, ou la seule fonction."
    if contact.courriel and _is_of_a_person(contact.courriel):
        told = f"« {contact.courriel} » ressemble à la boîte d'une personne."
        yield ("courriel",), told, "la boîte d'un service, ou consentement: {obtenu_le: …}."
    if contact.telephone and re.match(_PORTABLE, contact.telephone):
        told = f"« {contact.telephone} » est le numéro d'un portable."
        yield ("telephone",), told, "le numéro d'un service, ou consentement: {obtenu_le: …}."
    texts = {("fonction",): contact.fonction, ("a_verifier",): contact.a_verifier, ("source", "page"): contact.source.page}
    for path, text in texts.items():
        if found := _PERSONNEL.search(text or ""):
            told = f"« {found[0]} » mène à une personne."
            yield path, told, "le nom d'un service, sans adresse ni numéro : courriel, telephone et url sont là pour cela."


def _is_of_a_person(courriel: str) -> bool:
    """« prenom.nom@ », « j_nom2@ »: several words, none of which is a service's."""
    box = courriel.partition("@")[0]
    return bool(re.search("[._]", box)) and not _SERVICE.search(box)
