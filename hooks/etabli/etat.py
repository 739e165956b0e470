"""What ages or stands alone in the data: nothing that stops a build, all that a team wants to know before it publishes.

Printed by `python -m etabli check` after the problems, whose warnings already say what is past its rereading date; each family
is a small function whose docstring is its rule.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from . import phrases
from .catalogue import GENRES, Catalogue
from .load import Path_
from .parcours import each_ref, each_thing
from .proximite import Proximite
from .texte import text_of

Ligne = tuple[str, str, Path_, str]  # kind, id, place in the file, what to say of it


@dataclass(frozen=True)
class Constat:
    """A family of things to look at: `titre`, what to do about them, and where they are (« data/x.yml:3  id : … »)."""

    titre: str
    conseil: str
    lignes: list[str]


def find_closed(cat: Catalogue) -> Iterator[Ligne]:
    """Closed, and nothing takes its place."""
    for id_, thing in cat.dispositifs.items():
        if thing.cloture and thing.cloture < cat.jour and not thing.remplace_par:
            yield "dispositif", id_, ("cloture",), f"clos depuis le {phrases.date_fr(thing.cloture)}"


def find_unsourced(cat: Catalogue) -> Iterator[Ligne]:
    """Its only source is the people who write this site."""
    for kind, id_, thing in _contents(cat):
        if {source.document for source in (thing.source, *thing.autres_sources)} == {"redaction"}:
            yield kind, id_, ("source",), "rien d'extérieur ne le confirme"


def find_unverified(cat: Catalogue) -> Iterator[Ligne]:
    """A contact that nobody has looked at for a year, or ever."""
    for id_, contact in cat.contacts.items():
        if contact.verifie_le is None:
            yield "contact", id_, ("id",), "jamais vérifié"
        elif (cat.jour - contact.verifie_le).days > 365:
            yield "contact", id_, ("verifie_le",), f"vérifié le {phrases.date_fr(contact.verifie_le)}"


def find_orphans(cat: Catalogue) -> Iterator[Ligne]:
    """Nothing names it: no page shows an organisme, only the lists lead to a ressource or to a dispositif."""
    named: set[tuple[str, str]] = set()
    for kind, id_, thing in each_thing(cat):
        named |= {(mark.genre, target) for _, mark, target in each_ref(thing) if (mark.genre, target) != (kind, id_)}
    for id_ in cat.organismes:
        if ("organisme", id_) not in named:
            yield "organisme", id_, ("id",), "aucune page ne le montre"
    for kind in ("ressource", "dispositif"):
        for id_, thing in cat.of(kind).items():
            if (kind, id_) not in named and not getattr(thing, "repond_a", None) and not getattr(thing, "dispositifs", None):
                yield kind, id_, ("id",), "seules les listes et la recherche y mènent"


def find_unreached(cat: Catalogue) -> Iterator[Ligne]:
    """No page and no answer leads to it."""
    near = Proximite(cat)
    shown = {c.id for _, _, thing in _contents(cat) for c in near.find_contacts(thing)}
    for territoire in cat.territoires.values():
        shown |= {c.id for reponse in near.answer(territoire.code) for c in reponse.portes}
    for id_ in cat.contacts:
        if id_ not in shown:
            yield "contact", id_, ("id",), "aucune page ne le donne"
    used = {value for _, _, thing in _contents(cat) for name in ("themes", "besoins", "publics") for value in getattr(thing, name)}
    for name in ("themes", "besoins", "publics"):
        for rank, id_ in enumerate(cat.vocabulaires[name]):
            if id_ not in used:
                yield "vocabulaire", name, (rank, "id"), f"rien n'est rangé sous « {id_} »"


def find_unused_terms(cat: Catalogue) -> Iterator[Ligne]:
    """A term of the glossary that no thing of the catalogue uses."""
    things = [thing for kind in GENRES for thing in cat.of(kind).values()]
    things += [theme for referentiel in cat.questionnaires.values() for theme in referentiel.themes]
    texts = " ".join(map(text_of, things)).lower()
    for rank, terme in enumerate(cat.termes):
        forms = "|".join(re.escape(form.lower()) for form in (terme.terme, *terme.variantes))
        if not re.search(rf"(?<!\w)(?:{forms})(?!\w)", texts):
            yield "glossaire", "glossaire", (rank, "id"), f"« {terme.terme} »"


def _contents(cat: Catalogue) -> Iterator[tuple[str, str, Any]]:
    for kind in ("ressource", "dispositif", "fiche"):
        for id_, thing in cat.of(kind).items():
            yield kind, id_, thing


FAMILLES: tuple[tuple[Callable[[Catalogue], Iterator[Ligne]], str, str], ...] = (
    (find_closed, "Clos sans remplaçant", "Si une aide a pris la suite, nommez-la dans « remplace_par » ; sinon, rien à faire."),
    (find_unsourced, "Sans source extérieure", "Citez un document dans « source » ou « autres_sources »."),
    (find_unverified, "Contacts à revérifier", "Vérifiez l'adresse, puis changez « verifie_le »."),
    (find_orphans, "Orphelins", "Reliez-les depuis une fiche, une aide ou une question, ou retirez-les."),
    (find_unused_terms, "Mots que rien n'emploie", "Rien à faire si une source ou un guide les emploie : le glossaire les garde tous."),
    (find_unreached, "Hors d'atteinte", "Donnez-leur un besoin ou un territoire, ou une aide qui y mène, ou retirez-les."),
)


def survey(cat: Catalogue) -> list[Constat]:
    """Every family that has something to say."""
    found = []
    for find, titre, conseil in FAMILLES:
        lines = [_place(cat, *line) for line in find(cat)]
        if lines:
            found.append(Constat(titre, conseil, sorted(lines)))
    return found


def _place(cat: Catalogue, kind: str, id_: str, path: Path_, told: str) -> str:
    problem = cat.problem(kind, id_, path, told)
    return f"{problem.fichier}:{problem.ligne}  {told}"


def show(found: list[Constat], *, bref: bool) -> str:
    """The survey as text; `bref`: the counts alone."""
    if bref:
        return " ; ".join(f"{constat.titre.lower()} : {len(constat.lignes)}" for constat in found)
    return "\n\n".join(f"{c.titre} ({len(c.lignes)}). {c.conseil}\n  " + "\n  ".join(c.lignes) for c in found)
