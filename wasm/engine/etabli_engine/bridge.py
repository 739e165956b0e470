"""The one door of the engine: JSON text in, JSON text out, never an exception.

The browser's worker, the terminal and the build all come through here, so that they get the same bytes.
"""

import json
import math
import re

from .bilan import answer_evaluer
from .comparer import answer_comparer
from .eligibilite import answer_eligibilite
from .erreurs import Erreur
from .lecture import expect_objet
from .migrer import answer_migrer
from .phrases import polish
from .recommander import answer_recommander

#: An imported file is hostile until read: what is bigger or deeper than this was not made by Établi.
OCTETS_MAXIMUM = 2_000_000
PROFONDEUR_MAXIMUM = 40
_ECHAPPE = re.compile(r"(?s)\\.")
_CROCHET = re.compile(r"[][{}]")

METHODES = {
    "evaluer": answer_evaluer,
    "recommander": answer_recommander,
    "eligibilite": answer_eligibilite,
    "comparer": answer_comparer,
    "migrer": answer_migrer,
}


def call(method: str, payload: str) -> str:
    """Answer `payload` (JSON text, at most 2 MB and 40 levels) with `method`, one of `METHODES`.

    Gives the JSON text of the result, or of `{"erreur": {"code", "chemin", "message"}}`. Raises nothing.
    """
    try:
        if type(method) is not str or method not in METHODES:
            raise Erreur("methode-inconnue", "", f"Les méthodes connues sont : {', '.join(METHODES)}.")
        return _write(METHODES[method](_read(payload)))
    except Erreur as erreur:
        return _write_erreur(erreur.code, erreur.chemin, erreur.message)
    except Exception as exception:
        nom = type(exception).__name__
        return _write_erreur("interne", "", f"Le calcul s'est interrompu ({nom}). Vos réponses sont intactes.")


def _read(payload: str) -> dict:
    if type(payload) is not str:
        raise Erreur("charge-illisible", "", "On attendait un texte JSON.")
    try:
        if len(payload.encode()) > OCTETS_MAXIMUM:
            raise Erreur("charge-trop-grande", "", "Ce fichier est trop volumineux : 2 Mo au plus.")
        _check_depth(payload)
        return expect_objet(json.loads(payload, parse_float=_read_float, parse_constant=_refuse_constant), "")
    except ValueError:
        # JSONDecodeError, UnicodeEncodeError, a number of thousands of digits: all are ValueErrors.
        raise Erreur("charge-illisible", "", "Ce contenu n'est pas du JSON lisible.") from None


def _check_depth(payload: str) -> None:
    """Count brackets in the text, before parsing: a RecursionError in CPython, deep nesting kills the whole of Pyodide.

    Without its escapes, a JSON text cut at the quotes has its strings at the odd places, the structure at the even ones.
    """
    simple = _ECHAPPE.sub("", payload) if "\\" in payload else payload
    profondeur = 0
    for signe in _CROCHET.findall("".join(simple.split('"')[::2])):
        profondeur += 1 if signe in "[{" else -1
        if profondeur > PROFONDEUR_MAXIMUM:
            raise Erreur("charge-trop-profonde", "", "Ce fichier est trop imbriqué pour venir d'Établi.")


def _read_float(texte: str) -> float:
    """A decimal that JSON can write again: 1e999 would come back as Infinity. No score is ever made of one."""
    valeur = float(texte)
    if math.isinf(valeur):
        raise ValueError(texte)
    return valeur


def _refuse_constant(nom: str) -> None:
    """NaN and the infinities, which Python would read and JSON does not have."""
    raise ValueError(nom)


def _write(resultat: dict) -> str:
    texte = json.dumps(resultat, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate, legal in JSON as an escape, cannot be encoded: give it back as the escape it came from.
    return texte.encode("utf-8", "backslashreplace").decode()


def _write_erreur(code: str, chemin: str, message: str) -> str:
    return _write({"erreur": {"code": code, "chemin": chemin, "message": polish(message)}})
