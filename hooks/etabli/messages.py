"""Turn what Pydantic found wrong into sentences for the editor.

Stands between the models of `schema.py` and the catalogue: `read_model` gives a model or a list of problems.
"""

import typing
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from .load import Document, Path_
from .problems import Problem, suggest

#: What each pattern of `champs.py` asks for, told by the beginning of the pattern.
_PATTERNS = (
    ("^[a-z0-9]+(-", "un identifiant en minuscules sans accent, mots séparés par des tirets : « aide-aux-etudes »."),
    ("^(PAYS", "un code officiel : PAYS-99100 (France entière), REG-93, DEP-13, EPCI-200046977, COM-13055, TI-oyonnax-pays-de-gex."),
    ("^(TI-", "le code d'un Territoire d'industrie, ou « aucun » : TI-oyonnax-pays-de-gex."),
    ("^[a-z0-9._-]+@", "une adresse de courriel en minuscules, celle d'un service."),
    ("^0[1-9]", "un numéro de téléphone par paires : 05 49 00 00 00."),
    (r"^\d+\.\d+", "une version à trois nombres : 1.0.0."),
    ("^[a-z]+/", "« genre/identifiant » : dispositif/act-pas-a-pas."),
    ("^[a-z0-9_-]+(", "le nom d'un champ, ou le chemin qui y mène : montant.affichage, niveaux.pret.message."),
    ("^#[0-9a-f]", 'une couleur en six chiffres hexadécimaux minuscules, entre guillemets : "#0b5450".'),
    (r"^[a-z0-9_-]+\.(svg", "un fichier du dossier de l'espace, au nom en minuscules : logo.svg, logo.png ou logo.webp."),
)


def read_model(kind: Any, document: Document) -> tuple[Any, list[Problem]]:
    """Read `document.valeur` as `kind` (a model, or a list of models); gives (value or None, problems)."""
    try:
        return TypeAdapter(kind).validate_python(document.valeur, strict=True), []
    except ValidationError as error:
        return None, [_to_problem(kind, document, details) for details in error.errors(include_url=False)]


def _to_problem(kind: Any, document: Document, details: dict[str, Any]) -> Problem:
    path = _path_in_file(details["loc"], document)
    message, expected = _sentences(kind, path, details)
    if details["type"] == "missing":
        where = path if path in document.origines else path[:-1]
        return document.problem(where, message, expected)
    return document.problem(path, message, expected)


def _path_in_file(loc: tuple[Any, ...], document: Document) -> Path_:
    """Pydantic's place without the union tags that it adds: keep what stands in the file, and the last key."""
    path: Path_ = ()
    for i, part in enumerate(loc):
        is_missing_key = i == len(loc) - 1 and isinstance(part, str) and part.isidentifier() and part.islower()
        if (*path, part) in document.lignes or is_missing_key:
            path = (*path, part)
    return path


def _sentences(kind: Any, path: Path_, details: dict[str, Any]) -> tuple[str, str]:
    """(what was read, what is expected) for one Pydantic error."""
    value, context = details["input"], details.get("ctx", {})
    shown = f"« {str(value)[:60]} »"
    match details["type"]:
        case "etabli":
            return context["message"], context["attendu"]
        case "missing":
            return f"la clé « {path[-1]} » manque.", "cette clé, obligatoire."
        case "extra_forbidden" if value is None and str(path[-1]).isdigit():
            return f"une virgule coupe le nombre avant « {path[-1]} ».", "un point pour les décimales : 80.5."
        case "extra_forbidden":
            known = _keys_at(kind, path[:-1])
            return (
                f"la clé « {path[-1]} » est inconnue.{suggest(str(path[-1]), known)}",
                f"une de ces clés : {', '.join(sorted(known))}.",
            )
        case "literal_error":
            allowed = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            return f"{shown} n'est pas admis.{suggest(str(value), allowed)}", f"un de ces mots : {', '.join(allowed)}."
        case "string_type" if value is None:
            return "la valeur est vide.", "un texte."
        case "string_type" if isinstance(value, list | dict):
            return "une liste ou un groupe de clés est écrit là où il faut un texte.", "un texte."
        case "string_type":
            return f"{shown} n'est pas un texte.", "un texte ; entourez un nombre de guillemets droits pour en faire un texte."
        case "int_type" | "int_from_float" | "int_parsing":
            return f"{shown} n'est pas un nombre entier.", "un nombre entier, sans guillemets."
        case "bool_type":
            return f"{shown} n'est ni vrai ni faux.", "true ou false."
        case "list_type" | "dict_type" | "model_type" | "model_attributes_type" if value is None:
            return "la valeur est vide.", "ce qui va dessous, décalé par des espaces, ou rien du tout : retirez alors cette ligne."
        case "dict_type" | "model_type" | "model_attributes_type" if isinstance(value, list):
            return "une liste est écrite là où il faut un groupe de clés.", "des lignes « clé: valeur », sans tiret devant."
        case "list_type":
            return f"{shown} n'est pas une liste.", "une liste : [a, b], ou un tiret par ligne."
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"{shown} n'est pas un groupe de clés.", "des lignes « clé: valeur » décalées."
        case "string_pattern_mismatch":
            return f"{shown} n'a pas la bonne forme.", next(
                (told for start, told in _PATTERNS if context["pattern"].startswith(start)), "une autre forme."
            )
        case "string_too_short":
            return f"le texte est trop court ({len(value)}).", f"au moins {context['min_length']} caractère(s)."
        case "string_too_long":
            return f"le texte est trop long ({len(value)}).", f"au plus {context['max_length']} caractères."
        case "too_short" if isinstance(value, dict):
            return "rien n'est écrit ici.", "au moins une ligne « clé: valeur », décalée."
        case "too_short":
            return f"la liste est trop courte ({len(value)}).", f"au moins {context['min_length']} élément(s)."
        case "too_long":
            return f"la liste est trop longue ({len(value)}).", f"au plus {context['max_length']} élément(s)."
        case "greater_than_equal":
            return f"{shown} est trop petit.", f"au moins {context['ge']}."
        case "less_than_equal":
            return f"{shown} est trop grand.", f"au plus {context['le']}."
        case _:
            return f"{shown} ne convient pas.", details["msg"]


def _keys_at(kind: Any, path: Path_) -> set[str]:
    """The keys that the contract knows at `path`, found by walking the annotations."""
    models = _models_in(kind)
    for part in path:
        if isinstance(part, str):
            models = {
                inner for model in models if part in model.model_fields for inner in _models_in(model.model_fields[part].annotation)
            } or models
    return {name for model in models for name in model.model_fields}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for inner in typing.get_args(annotation) for model in _models_in(inner)}
