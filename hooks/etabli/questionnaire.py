"""Compile what the browser needs to assess itself: each questionnaire, and the aids that all of them share (contracts in wasm/README.md).

First step of the second flow after the checks. Exact numbers leave as texts; sentences leave with their typography. The aids
stand in a file of their own: they weigh most of it, and one download serves every questionnaire.
"""

import json
from collections.abc import Container, Iterator
from typing import Any

from etabli_engine.bridge import OCTETS_MAXIMUM

from .catalogue import Catalogue, Referentiel
from .parcours import each_condition, each_zone
from .problems import Problem
from .propositions import find_propositions
from .typographie import typo

#: The keys of a compiled file that hold sentences, and so take French typography.
_SENTENCES = frozenset(
    (
        "titre", "resume", "texte", "pourquoi", "comment", "action", "message", "presentation", "libelle", "unite",
        "montant_affichage", "nom", "fonction",
    )
)  # fmt: skip
_SENTENCE_LISTS = frozenset(("preuves", "documents_utiles", "conditions_texte", "messages", "libelles", "organismes", "types", "natures"))
#: What the answers of a visitor may weigh, notes and plan included: the engine's limit is for all that it is given at once.
REPONSES = 100_000
_HEAD = {"id", "version", "titre", "resume", "duree_minutes", "court", "migrations", "documents_utiles", "niveaux"}
_RESSOURCE = {"id", "titre", "resume", "url", "type", "publics", "themes", "zones", "effort", "cout", "organisme", "remplace_par"}
_DISPOSITIF = {
    "id", "titre", "resume", "nature", "ouverture", "cloture", "zones", "publics", "themes", "conditions", "conditions_texte", "contacts",
}  # fmt: skip
_CONTACT = {"id", "organisme", "fonction", "territoires", "besoins", "annuaire", "courriel", "telephone", "url"}


def compile_questionnaire(cat: Catalogue, referentiel: Referentiel) -> dict[str, Any]:
    """The questionnaire as the engine and the form read it, exact numbers as texts."""
    questionnaire = referentiel.questionnaire
    compiled = {
        "format": 1,
        **questionnaire.model_dump(mode="json", include=_HEAD),
        "publics": [{"id": id_, "libelle": cat.vocabulaires["publics"][id_].libelle} for id_ in questionnaire.publics],
        "themes": [_theme(theme) for theme in referentiel.themes],
    }
    if referentiel.adapte:  # said wherever a score is shown: it is not one of the national questionnaire
        compiled["adapte"] = referentiel.adapte.model_dump(mode="json", include={"id", "titre", "version"})
    return _typeset(compiled)


def compile_aides(cat: Catalogue) -> dict[str, Any]:
    """The ressources, dispositifs and contacts that a bilan may propose, with the names of what they refer to."""
    found = find_propositions(cat)
    aides = {id_: d for id_, d in cat.dispositifs.items() if d.est_une_aide}
    owners = {r.organisme for r in found.ressources} | {porteur.organisme for d in found.dispositifs for porteur in d.porteurs}
    compiled = {
        "format": 1,
        "ressources": [_ressource(r, aides) for r in found.ressources],
        "dispositifs": [_dispositif(d) for d in found.dispositifs],
        "contacts": [_contact(cat, c) for c in found.contacts],
        "libelles": _libelles(cat, aides),
        "organismes": {id_: cat.organismes[id_].nom for id_ in sorted(owners)},
        "types": {id_: cat.vocabulaires["types"][id_].libelle for id_ in sorted({r.type for r in found.ressources})},
        "natures": {id_: cat.vocabulaires["natures"][id_].libelle for id_ in sorted({d.nature for d in found.dispositifs})},
    }
    return _typeset(compiled)


def check_weight(cat: Catalogue, referentiel: Referentiel, compiled: dict[str, Any], aides: dict[str, Any]) -> Iterator[Problem]:
    """A questionnaire and the aids go to the engine together, with the answers of the visitor: it refuses what is too heavy."""
    weight = len(json.dumps([compiled, aides], ensure_ascii=False, separators=(",", ":")).encode())
    if weight > OCTETS_MAXIMUM - REPONSES:
        told = f"avec tout ce qu'il peut proposer, il pèse {weight / 1e6:.1f} Mo : le bilan ne montrera aucune aide.".replace(".", ",", 1)
        limit = f"{(OCTETS_MAXIMUM - REPONSES) / 1e6:.1f} Mo au plus".replace(".", ",", 1)
        advice = f"{limit} ; {len(aides['ressources'])} ressources y sont : moins de « repond_a », ou de thèmes, pour les moins utiles."
        yield cat.problem("questionnaire", referentiel.id, (), told, advice, avertissement=True)


def find_quantites(cat: Catalogue) -> list[str]:
    """The quantités that a condition of an aid looks at: the numbers that a visitor may be asked for."""
    used = {
        condition.valeur.quoi
        for d in cat.dispositifs.values()
        if d.est_une_aide
        for _, condition in each_condition(d.conditions)
        if condition.genre == "quantite"
    }
    return [id_ for id_ in cat.vocabulaires["quantites"] if id_ in used]


def _theme(theme: Any) -> dict[str, Any]:
    """A theme without what only the build needs, its conditions reduced to their one key."""
    plain = theme.model_dump(mode="json", exclude={"questions": {"__all__": {"source"}}})
    plain["aides"] = theme.aides or [theme.id]
    plain["poids"] = str(plain["poids"])
    for question in plain["questions"]:
        question["poids"] = str(question["poids"])
        question["si"] = _prune(question["si"])
    return plain


def _prune(condition: Any) -> Any:
    """A dumped condition without its empty keys."""
    if isinstance(condition, dict):
        return {key: _prune(value) for key, value in condition.items() if value is not None}
    return [_prune(item) for item in condition] if isinstance(condition, list) else condition


def _ressource(r: Any, aides: Container[str]) -> dict[str, Any]:
    return r.model_dump(mode="json", include=_RESSOURCE) | {
        "dispositifs": [id_ for id_ in r.dispositifs if id_ in aides],
        "chemin": f"ressources/{r.id}/",
        "repond_a": _answers(r),
    }


def _dispositif(d: Any) -> dict[str, Any]:
    kept = d.model_dump(mode="json", include=_DISPOSITIF)
    return kept | {
        "conditions": _prune(kept["conditions"]),
        "porteurs": [porteur.organisme for porteur in d.porteurs],
        "chemin": f"dispositifs/{d.id}/",
        "montant_affichage": d.montant.affichage if d.montant else "",
        "repond_a": _answers(d),
    }


def _answers(thing: Any) -> list[dict[str, str]]:
    """The questions to which a thing responds, each with the highest value of the answer for which it does."""
    return [{"question": x.question, "max": str(x.si.max)} for x in thing.repond_a]


def _contact(cat: Catalogue, c: Any) -> dict[str, Any]:
    return c.model_dump(mode="json", include=_CONTACT) | {"nom": cat.organismes[c.organisme].nom}


def _libelles(cat: Catalogue, aides: dict[str, Any]) -> dict[str, str]:
    """The names with which a condition or a profil is told: publics, sectors, quantités, places."""
    names = {entry.id: entry.libelle for vocabulary in ("publics", "secteurs") for entry in cat.vocabulaires[vocabulary].values()}
    quantities = {entry.id: f"{entry.libelle} ({entry.description})" for entry in cat.vocabulaires["quantites"].values()}
    used = {code for d in aides.values() for _, code in each_zone(d)}
    used |= {code for code in cat.decoupage if code.startswith(("REG-", "DEP-"))}  # a profil names its own in any case
    zones = {code: cat.noms[code] for code in sorted({*used, "PAYS-99100"})}
    return quantities | names | zones


def _typeset(value: Any, key: str = "") -> Any:
    """French typography on the sentences of a compiled file; ids and codes stay as they are."""
    if isinstance(value, dict):
        return {name: _typeset(inner, key if key in _SENTENCE_LISTS else name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_typeset(inner, key) for inner in value]
    return typo(value) if isinstance(value, str) and (key in _SENTENCES or key in _SENTENCE_LISTS) else value
