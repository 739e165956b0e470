"""What must hold between files: each rule is a small generator whose docstring is the rule.

Fourth step of both flows, after every file has been read on its own. `CHECKS` lists the rules; nothing else runs.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from .catalogue import Catalogue
from .checks_lieux import check_contacts, check_territoires, check_zones
from .checks_questionnaire import check_referentiel
from .fold import fold
from .parcours import each_condition, each_ref, each_thing, each_value
from .phrases import date_fr
from .problems import Problem, suggest

#: The besoin of a fiche follows from its number in the guide.
BESOINS_DES_FICHES = ((1, 11, "attirer"), (12, 20, "recruter"), (21, 29, "innover"), (30, 32, "simplifier"))

#: The dates of what has been done, wherever they stand; all others say what is to come.
FAITS = {
    "maj": "la mise à jour", "consulte_le": "la consultation", "verifie_le": "la vérification", "obtenu_le": "l'accord",
    "audit_le": "l'audit",
}  # fmt: skip

#: How each kind is named in a message.
_DE = {
    "organisme": "d'un organisme", "ressource": "d'une ressource", "dispositif": "d'un dispositif",
    "contact": "d'un contact", "fiche": "d'une fiche", "question": "d'une question d'un questionnaire",
}  # fmt: skip


def check_references(cat: Catalogue) -> Iterator[Problem]:
    """An id that names something else names something that exists."""
    questions = {q.id for referentiel in cat.questionnaires.values() for q in referentiel.questions}
    for kind, id_, thing in each_thing(cat):
        for path, mark, target in each_ref(thing):
            if mark.genre == "question":
                known: Any = questions
            elif mark.genre.startswith("vocabulaire:"):
                known = cat.vocabulaires.get(mark.genre.removeprefix("vocabulaire:"), {})
            else:
                known = cat.of(mark.genre)
            if target not in known and mark.genre not in cat.illisibles:
                where = _DE.get(mark.genre) or f"du vocabulaire « {mark.genre.removeprefix('vocabulaire:')} »"
                yield cat.problem(kind, id_, path, f"« {target} » est inconnu.{suggest(target, known)}", f"l'identifiant {where}.")


def check_dates(cat: Catalogue) -> Iterator[Problem]:
    """A dispositif closes after it opens, and nothing is to be reread before its update."""
    for kind in ("ressource", "dispositif", "fiche"):
        for id_, thing in cat.of(kind).items():
            opening, closing = getattr(thing, "ouverture", None), getattr(thing, "cloture", None)
            if opening and closing and closing < opening:
                yield cat.problem(
                    kind,
                    id_,
                    ("cloture",),
                    f"la clôture ({date_fr(closing)}) précède l'ouverture ({date_fr(opening)}).",
                    "une clôture le même jour ou plus tard.",
                )
            if thing.a_relire_le < thing.maj:
                yield cat.problem(kind, id_, ("a_relire_le",), "la relecture précède la mise à jour.", "une date après « maj ».")


def check_facts(cat: Catalogue) -> Iterator[Problem]:
    """Nothing was done in the future: updated, read, verified, agreed to, audited."""
    things = [*each_thing(cat), *([("site", "site", cat.site)] if cat.site else [])]
    for kind, id_, thing in things:
        for path, day in each_value(thing):
            if isinstance(day, datetime.date) and path[-1] in FAITS and day > cat.jour:
                told = f"{FAITS[path[-1]]} est dans le futur ({date_fr(day)})."
                yield cat.problem(kind, id_, path, told, f"au plus tard le {date_fr(cat.jour)}.")


def check_reread(cat: Catalogue) -> Iterator[Problem]:
    """Past its rereading date a thing is said « à vérifier » on its page, and here."""
    for kind in ("ressource", "dispositif", "fiche"):
        for id_, thing in cat.of(kind).items():
            if thing.a_relire_le < cat.jour:
                yield cat.problem(
                    kind,
                    id_,
                    ("a_relire_le",),
                    f"à relire depuis le {date_fr(thing.a_relire_le)}.",
                    "un contenu relu et une nouvelle date.",
                    avertissement=True,
                )


def check_fiches(cat: Catalogue) -> Iterator[Problem]:
    """A fiche's number is its own, and its besoin is that of its chapter and stands in the vocabulary."""
    seen: dict[int, str] = {}
    for id_, fiche in cat.fiches.items():
        besoin = next(name for first, last, name in BESOINS_DES_FICHES if first <= fiche.numero <= last)
        if fiche.besoin != besoin:
            yield cat.problem(
                "fiche",
                id_,
                ("besoin",),
                f"la fiche {fiche.numero} répond à « {besoin} », pas à « {fiche.besoin} ».",
                f"besoin: {besoin}.",
            )
        if besoin not in cat.vocabulaires["besoins"] and "vocabulaire:besoins" not in cat.illisibles:
            yield cat.problem("fiche", id_, ("besoin",), f"« {besoin} » manque au vocabulaire « besoins ».", "une entrée de ce nom.")
        if fiche.numero in seen:
            yield cat.problem(
                "fiche",
                id_,
                ("numero",),
                f"le numéro {fiche.numero} est déjà celui de {seen[fiche.numero]}.",
                "un numéro par fiche.",
            )
        seen[fiche.numero] = id_


def check_replacements(cat: Catalogue) -> Iterator[Problem]:
    """What replaces a thing is another thing of the same kind, and the chain ends."""
    for kind in ("ressource", "dispositif", "fiche"):
        things = cat.of(kind)
        for id_, thing in things.items():
            target, seen = thing.remplace_par, {id_}
            if target and target not in things and kind not in cat.illisibles:
                yield cat.problem(
                    kind,
                    id_,
                    ("remplace_par",),
                    f"« {target} » est inconnu.{suggest(target, things)}",
                    f"l'identifiant {_DE[kind]}.",
                )
            while target in things and target not in seen:
                seen.add(target)
                target = things[target].remplace_par
            if target in seen:
                yield cat.problem(kind, id_, ("remplace_par",), "les remplacements tournent en rond.", "une chaîne qui se termine.")


def check_conditions(cat: Catalogue) -> Iterator[Problem]:
    """Only a question may depend on an answer."""
    for kind, id_, thing in each_thing(cat):
        for path, condition in each_condition(thing) if kind != "theme" else ():
            if condition.genre == "reponse":
                told = "hors d'un questionnaire, rien ne dépend d'une réponse."
                yield cat.problem(kind, id_, (*path, "reponse"), told, "une condition sur le profil : effectif, public, zone, …")


def check_unique_ids(cat: Catalogue) -> Iterator[Problem]:
    """Inside a list file an id stands once."""
    for kind, id_ in [("vocabulaire", name) for name in cat.vocabulaires] + [("glossaire", "glossaire"), ("synonymes", "synonymes")]:
        document = cat.documents.get((kind, id_))
        seen: set[str] = set()
        for i, entry in enumerate(document.valeur if document and isinstance(document.valeur, list) else ()):
            name = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(name, str):
                continue  # said where the entry was read
            if name in seen:
                yield document.problem((i, "id"), f"« {name} » est déjà dans cette liste.", "un identifiant par entrée.")
            seen.add(name)


def check_synonymes(cat: Catalogue) -> Iterator[Problem]:
    """A synonym is made of words that the search reads: it leaves out « sous », « de », « pour »."""
    for i, synonyme in enumerate(cat.synonymes):
        for name in ("mots", "voir"):
            for j, word in enumerate(getattr(synonyme, name)):
                if not fold(word):
                    message, attendu = f"la recherche ne retient aucun mot de « {word} ».", "au moins un mot qui porte du sens."
                    yield cat.problem("synonymes", "synonymes", (i, name, j), message, attendu)


def check_repeats(cat: Catalogue) -> Iterator[Problem]:
    """A list of choices names each of them once."""
    for kind, id_, thing in each_thing(cat):
        seen: set[tuple] = set()
        for path, _, target in each_ref(thing):
            place = (*path[:-1], target) if path and isinstance(path[-1], int) else None
            if place in seen:
                yield cat.problem(kind, id_, path, f"« {target} » est déjà dans cette liste.", "chaque choix une seule fois.")
            if place:
                seen.add(place)


def check_questions(cat: Catalogue) -> Iterator[Problem]:
    """A question's id belongs to one questionnaire only: ressources answer to it by that name."""
    owners: dict[str, str] = {}
    for referentiel in cat.questionnaires.values():
        for theme in referentiel.themes:
            for i, question in enumerate(theme.questions):
                if owners.setdefault(question.id, referentiel.id) != referentiel.id:
                    told = f"« {question.id} » est déjà une question de « {owners[question.id]} »."
                    key = f"{referentiel.id}/{theme.id}"
                    yield cat.problem("theme", key, ("questions", i, "id"), told, "un identifiant qui ne sert qu'ici.")


def check_questionnaires(cat: Catalogue) -> Iterator[Problem]:
    """Each questionnaire holds together: its own rules stand in `checks_questionnaire.py`."""
    for referentiel in cat.questionnaires.values():
        yield from check_referentiel(cat, referentiel)


CHECKS: tuple[Callable[[Catalogue], Iterator[Problem]], ...] = (
    check_references,
    check_zones,
    check_territoires,
    check_dates,
    check_facts,
    check_reread,
    check_fiches,
    check_contacts,
    check_replacements,
    check_conditions,
    check_unique_ids,
    check_synonymes,
    check_repeats,
    check_questions,
    check_questionnaires,
)


def run_checks(cat: Catalogue) -> list[Problem]:
    """Every problem that every rule finds."""
    return [problem for check in CHECKS for problem in check(cat)]
