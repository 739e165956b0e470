"""Take away what an espace does not show: what it masks, and what only concerns other places.

Stands between the reading and the checks. What is taken away leaves no dead reference behind: it goes out of the lists that name
it, and what cannot stand without it is told.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from . import phrases
from .catalogue import GENRES, Catalogue, Referentiel
from .espace import Espace
from .load import Path_
from .parcours import each_ref, each_thing, mark_of
from .problems import Problem, suggest
from .proximite import PAYS, Proximite, zones_of
from .schema_questionnaire import AttenduScenario, Scenario

Cles = set[tuple[str, str]]  # (kind, id)


def hide(cat: Catalogue) -> list[Problem]:
    """Take out of the catalogue what its espace does not show; gives what cannot be."""
    if cat.espace is None:
        return []
    problems: list[Problem] = []
    gone = _masked(cat, cat.espace, problems)
    if cat.espace.modele.perimetre == "territoire":
        gone |= find_elsewhere(cat, cat.espace)
    gone |= {("questionnaire", r.adapte.id) for r in cat.questionnaires.values() if r.adapte}
    kept = {id_: r for id_, r in cat.questionnaires.items() if ("questionnaire", id_) not in gone}
    asked = {q.id for r in kept.values() for q in r.questions}
    gone |= {("question", q.id) for r in cat.questionnaires.values() for q in r.questions if q.id not in asked}
    cat.questionnaires = {id_: _without(r, gone, _expect_less(cat, r)) for id_, r in kept.items()}
    cat.ailleurs = {t.code: t.nom for id_, t in cat.territoires.items() if ("territoire", id_) in gone}
    for kind in GENRES:
        for id_ in [id_ for id_ in cat.of(kind) if (kind, id_) in gone]:
            del cat.of(kind)[id_]
    cat.termes = [terme for terme in cat.termes if ("terme", terme.id) not in gone]
    return problems + list(_cut_references(cat, gone))


def is_current(dispositif: Any, jour: datetime.date) -> bool:
    """May it be asked for on that day? Neither before its opening, nor after its closing day."""
    return phrases.find_ouverture(dispositif, jour).code not in ("clos", "a_venir")


def _masked(cat: Catalogue, espace: Espace, problems: list[Problem]) -> Cles:
    """What the espace masks today: what a local scheme stands for comes back with its end, when the espace says so."""
    gone: Cles = set()
    for path, masque in espace.operations("masque"):
        kind, _, id_ = masque.quoi.partition("/")
        if masque.au_profit_de:
            local = cat.dispositifs.get(masque.au_profit_de)
            if local is None:
                told = f"« {masque.au_profit_de} » est inconnu.{suggest(masque.au_profit_de, cat.dispositifs)}"
                problems.append(espace.problem((*path, "au_profit_de"), told, "l'identifiant d'une aide de cet espace ou de la base."))
                continue
            if not is_current(local, cat.jour) and masque.quand_expire == "montre-national":
                espace.note("laisse", masque.quoi, "", masque.motif, path)
                continue
        if kind == "question" and (owner := _owner_of(cat, id_)) and owner.adapte is None and _is_national(cat, owner):
            told = f"« {id_} » compte dans le questionnaire national « {owner.id} »."
            problems.append(
                espace.problem((*path, "quoi"), told, "votre propre questionnaire, avec « adapte », pour retirer une question.")
            )
            continue
        gone.add((kind, id_))
        espace.note("masque", masque.quoi, "", masque.motif, path)
    return gone


def _owner_of(cat: Catalogue, question: str) -> Referentiel | None:
    """The questionnaire that asks it: the espace's own when it asks it too."""
    owners = [r for r in cat.questionnaires.values() if any(q.id == question for q in r.questions)]
    return min(owners, key=lambda r: _is_national(cat, r), default=None)


def _is_national(cat: Catalogue, referentiel: Referentiel) -> bool:
    return not cat.documents["questionnaire", referentiel.id].chemin.is_relative_to(cat.espace.dossier)


def find_elsewhere(cat: Catalogue, espace: Espace) -> Cles:
    """What concerns neither the espace's territoires, nor what holds them, nor a part of them.

    A Territoire d'industrie is known by its région only: in doubt, it stays.
    """
    near, own = Proximite(cat), set(espace.modele.territoires)
    around = {code for territoire in own for code in near.enclosing(territoire)}

    def concerns(code: str) -> bool:
        holders = set(near.enclosing(code))
        return code in around or bool(holders & own) or (code.startswith("TI-") and bool((holders & around) - {PAYS}))

    gone = {("territoire", id_) for id_, t in cat.territoires.items() if not concerns(t.code)}
    for kind in ("ressource", "dispositif"):
        for id_, thing in cat.of(kind).items():
            excluded = set(getattr(getattr(thing, "zones", None), "exclus", []))
            if not any(map(concerns, zones_of(thing))) or excluded & around:
                gone.add((kind, id_))
    return gone | {("contact", id_) for id_, c in cat.contacts.items() if not any(map(concerns, c.territoires))}


def _expect_less(cat: Catalogue, referentiel: Referentiel) -> list[Scenario]:
    """Its worked examples: those of the base say nothing here of the aids that the espace changes, nor, in a questionnaire that it
    adapts, of what they give."""
    if cat.documents["scenarios", referentiel.id].chemin.is_relative_to(cat.espace.dossier):
        return referentiel.scenarios
    touched = {operation.quoi for nom in ("remplace", "ajoute", "masque") for _, operation in cat.espace.operations(nom)}
    asked = {question.id for question in referentiel.questions}
    made = []
    for x in referentiel.scenarios:
        aides = {id_: statut for id_, statut in x.attendu.aides.items() if f"dispositif/{id_}" not in touched}
        attendu = AttenduScenario() if referentiel.adapte else _keep(x.attendu, aides=aides)
        reponses = {id_: r for id_, r in x.reponses.items() if id_ in asked} if referentiel.adapte else x.reponses
        made.append(_keep(x, attendu=attendu, reponses=reponses))
    return made


def _without(referentiel: Referentiel, gone: Cles, scenarios: list[Scenario]) -> Referentiel:
    """The same questionnaire, less the questions that the espace takes out of it; its examples say nothing of what is gone."""
    removed = {id_ for kind, id_ in gone if kind == "question"}
    themes = [_keep(theme, questions=[q for q in theme.questions if q.id not in removed]) for theme in referentiel.themes]
    questionnaire = referentiel.questionnaire
    if questionnaire.court:
        court = _keep(questionnaire.court, questions=[id_ for id_ in questionnaire.court.questions if id_ not in removed])
        questionnaire = _keep(questionnaire, court=court)
    scenarios = [
        _keep(
            x,
            reponses={id_: reponse for id_, reponse in x.reponses.items() if id_ not in removed},
            attendu=_keep(x.attendu, aides={id_: s for id_, s in x.attendu.aides.items() if ("dispositif", id_) not in gone}),
        )
        for x in scenarios
    ]
    return Referentiel(questionnaire, themes, scenarios, referentiel.adapte)


def _keep(model: Any, **kept: Any) -> Any:
    return model.model_copy(update=kept)


def _cut_references(cat: Catalogue, gone: Cles) -> Iterator[Problem]:
    """No list names what is gone; a thing that cannot stand without it is told to the espace."""
    for kind, id_, thing in list(each_thing(cat)):
        if kind not in GENRES:
            continue
        if getattr(thing, "remplace_par", None) and (kind, thing.remplace_par) in gone:
            thing = thing.model_copy(update={"remplace_par": None})
            cat.of(kind)[id_] = thing
        named = [(path, (mark.genre, target)) for path, mark, target in each_ref(thing) if (mark.genre, target) in gone]
        if not named:
            continue
        kept, path = prune(thing, gone)
        if kept is None:
            missing = next(target for place, target in named if place[: len(path)] == path)
            told = f"« {id_} » ne tient pas sans « {missing[1]} », que cet espace ne montre pas."
            place = _place_of(cat.espace, missing)
            yield cat.espace.problem(place, told, f"« {missing[1]} » gardé, ou « {kind}/{id_} » masqué aussi.")
        else:
            cat.of(kind)[id_] = kept


def _place_of(espace: Espace, key: tuple[str, str]) -> Path_:
    masks = (path for path, masque in espace.operations("masque") if masque.quoi == "/".join(key))
    return next(masks, ("perimetre",))


def prune(thing: BaseModel, gone: Cles, path: Path_ = ()) -> tuple[BaseModel | None, Path_]:
    """The model without what it names of `gone`; (None, the place) when a field that must be there would be empty."""
    updates: dict[str, Any] = {}
    for name, field in type(thing).model_fields.items():
        value, mark = getattr(thing, name), mark_of(type(thing), name)
        if isinstance(value, BaseModel):
            kept, place = prune(value, gone, (*path, name))
            if kept is None and field.is_required():
                return None, place
            updates[name] = kept
        elif isinstance(value, list):
            items = [_prune_item(item, mark, gone) for item in value]
            updates[name] = [item for item in items if item is not None]
            least = next((m.min_length for m in field.metadata if hasattr(m, "min_length")), 0)
            if len(updates[name]) < min(least, len(value)):
                return None, (*path, name)
        elif mark and isinstance(value, str) and (mark.genre, value) in gone:
            if field.is_required():
                return None, (*path, name)
            updates[name] = None
    changed = {name: value for name, value in updates.items() if value != getattr(thing, name)}
    return (thing.model_copy(update=changed) if changed else thing), path


def _prune_item(item: Any, mark: Any, gone: Cles) -> Any:
    if isinstance(item, BaseModel):
        return prune(item, gone)[0]
    return None if mark and isinstance(item, str) and (mark.genre, item) in gone else item
