"""Compile a questionnaire for the browser: the JSON that the form and the engine read (contract in wasm/README.md).

First step of the second flow after the checks. Exact numbers leave as texts; sentences leave with their typography.
"""

from collections.abc import Container
from typing import Any

from .catalogue import Catalogue, Referentiel
from .parcours import each_zone
from .typographie import typo

#: The keys of a compiled questionnaire that hold sentences, and so take French typography.
_SENTENCES = frozenset(
    ("titre", "resume", "texte", "pourquoi", "comment", "message", "presentation", "libelle", "unite", "montant_affichage")
)
_SENTENCE_LISTS = frozenset(("preuves", "documents_utiles", "conditions_texte", "messages", "libelles"))


def compile_questionnaire(cat: Catalogue, referentiel: Referentiel) -> dict[str, Any]:
    """The questionnaire as the engine and the form read it (contract in wasm/README.md), exact numbers as texts."""
    questionnaire = referentiel.questionnaire
    head = questionnaire.model_dump(
        mode="json", include={"id", "version", "titre", "resume", "duree_minutes", "documents_utiles", "niveaux"}
    )
    aides = {id_: d for id_, d in cat.dispositifs.items() if d.est_une_aide}  # a rule is not an aid
    compiled = {
        "format": 1,
        **head,
        "publics": [{"id": id_, "libelle": cat.vocabulaires["publics"][id_].libelle} for id_ in questionnaire.publics],
        "themes": [_plain(theme.model_dump(mode="json", exclude_none=False)) for theme in referentiel.themes],
        "ressources": [_ressource(r, aides) for r in cat.ressources.values()],
        "dispositifs": [_dispositif(d) for d in aides.values()],
        "libelles": _libelles(cat),
    }
    return _typeset(compiled)


def _plain(theme: dict[str, Any]) -> dict[str, Any]:
    """A theme without what only the build needs, its conditions reduced to their one key."""
    theme["poids"] = str(theme["poids"])
    for question in theme["questions"]:
        question.pop("source")
        question["poids"] = str(question["poids"])
        question["si"] = _prune(question["si"])
    return theme


def _prune(condition: Any) -> Any:
    """A dumped condition without its empty keys."""
    if isinstance(condition, dict):
        return {key: _prune(value) for key, value in condition.items() if value is not None}
    return [_prune(item) for item in condition] if isinstance(condition, list) else condition


def _ressource(r: Any, aides: Container[str]) -> dict[str, Any]:
    kept = r.model_dump(
        mode="json",
        include={
            "id",
            "titre",
            "resume",
            "url",
            "type",
            "publics",
            "themes",
            "zones",
            "effort",
            "cout",
            "remplace_par",
        },
    )
    return kept | {
        "dispositifs": [id_ for id_ in r.dispositifs if id_ in aides],
        "chemin": f"ressources/{r.id}/",
        "repond_a": [{"question": x.question, "max": str(x.si.max)} for x in r.repond_a],
    }


def _dispositif(d: Any) -> dict[str, Any]:
    kept = d.model_dump(
        mode="json",
        include={"id", "titre", "resume", "ouverture", "cloture", "zones", "publics", "themes", "conditions", "conditions_texte"},
    )
    kept["conditions"] = _prune(kept["conditions"])
    return kept | {"chemin": f"dispositifs/{d.id}/", "montant_affichage": d.montant.affichage if d.montant else ""}


def _libelles(cat: Catalogue) -> dict[str, str]:
    """The names of sectors, quantities and the zones of dispositifs, with which the engine explains a condition."""
    quantities = {entry.id: f"{entry.libelle} ({entry.description})" for entry in cat.vocabulaires["quantites"].values()}
    sectors = {entry.id: entry.libelle for entry in cat.vocabulaires["secteurs"].values()}
    used = {code for d in cat.dispositifs.values() for _, code in each_zone(d)}
    zones = {code: cat.noms[code] for code in sorted({*used, "PAYS-99100"})}
    return quantities | sectors | zones


def _typeset(value: Any, key: str = "") -> Any:
    """French typography on the sentences of a compiled questionnaire; ids and codes stay as they are."""
    if isinstance(value, dict):
        return {name: _typeset(inner, key if key in _SENTENCE_LISTS else name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_typeset(inner, key) for inner in value]
    return typo(value) if isinstance(value, str) and (key in _SENTENCES or key in _SENTENCE_LISTS) else value
