"""Take a field out of untrusted JSON: the right type, or an `Erreur` that says where.

Every `take_…` reads `objet[cle]`; `chemin` is the path of `objet`. A missing field and `null` are the same thing: they give
`defaut`, or an error when there is none. `type(x) is …` on purpose: in Python True is an int, in the contract it is not.
"""

import datetime
from fractions import Fraction

from .erreurs import Erreur
from .nombres import read_exact

REQUIS = object()

#: What is longer or larger was not made by Établi: a payload of 2 MB must not become an answer of 2 GB.
TEXTE_MAXIMUM = 5_000
LIBELLE_MAXIMUM = 500
LISTE_MAXIMUM = 10_000
ENTIER_MAXIMUM = 10**9


def _take(objet: dict, cle: str, chemin: str, genre: type, attendu: str, defaut: object) -> object:
    valeur = objet.get(cle)
    if type(valeur) is genre:
        return valeur
    if valeur is not None:
        raise Erreur("type-invalide", f"{chemin}.{cle}", f"On attendait {attendu} pour « {cle} ».")
    if defaut is REQUIS:
        raise Erreur("champ-manquant", f"{chemin}.{cle}", f"Il manque « {cle} ».")
    return defaut


def take_texte(objet: dict, cle: str, chemin: str, defaut: object = REQUIS) -> str:
    """A text, which may be empty."""
    valeur = _take(objet, cle, chemin, str, "un texte", defaut)
    return _check_length(valeur, f"{chemin}.{cle}") if type(valeur) is str else valeur


def _check_length(texte: str, chemin: str, maxi: int = TEXTE_MAXIMUM) -> str:
    if len(texte) > maxi:
        raise Erreur("texte-trop-long", chemin, f"Ce texte dépasse {maxi} caractères.")
    return texte


def take_bool(objet: dict, cle: str, chemin: str, defaut: object = REQUIS) -> bool:
    return _take(objet, cle, chemin, bool, "true ou false", defaut)


def take_objet(objet: dict, cle: str, chemin: str, defaut: object = REQUIS) -> dict:
    return _take(objet, cle, chemin, dict, "un objet", defaut)


def take_liste(objet: dict, cle: str, chemin: str, defaut: object = REQUIS, maxi: int = LISTE_MAXIMUM) -> list:
    """A list of at most `maxi` elements."""
    valeur = _take(objet, cle, chemin, list, "une liste", defaut)
    if type(valeur) is list and len(valeur) > maxi:
        raise Erreur("liste-trop-longue", f"{chemin}.{cle}", f"Cette liste dépasse {maxi} éléments.")
    return valeur


def take_entier(objet: dict, cle: str, chemin: str, mini: int = 0, defaut: object = REQUIS) -> int:
    """A whole number, at least `mini`, and no larger than anyone counts."""
    valeur = _take(objet, cle, chemin, int, "un nombre entier", defaut)
    if type(valeur) is int and not mini <= valeur <= ENTIER_MAXIMUM:
        raise Erreur("valeur-invalide", f"{chemin}.{cle}", f"« {cle} » doit valoir au moins {mini}, et un milliard au plus.")
    return valeur


def take_choix(objet: dict, cle: str, chemin: str, choix: tuple[str, ...], defaut: object = REQUIS) -> str:
    """One text among `choix`."""
    valeur = _take(objet, cle, chemin, str, "un texte", defaut)
    if type(valeur) is str and valeur not in choix:
        raise Erreur("valeur-invalide", f"{chemin}.{cle}", f"« {cle} » doit être l'un de : {', '.join(choix)}.")
    return valeur


def take_textes(objet: dict, cle: str, chemin: str, defaut: object = REQUIS, maxi: int = LISTE_MAXIMUM) -> list[str]:
    """A list of at most `maxi` texts."""
    valeurs = take_liste(objet, cle, chemin, defaut, maxi)
    for rang, valeur in enumerate(valeurs):
        if type(valeur) is not str:
            raise Erreur("type-invalide", f"{chemin}.{cle}[{rang}]", "On attendait un texte.")
        _check_length(valeur, f"{chemin}.{cle}[{rang}]")
    return valeurs


def take_objets(objet: dict, cle: str, chemin: str, defaut: object = REQUIS, maxi: int = LISTE_MAXIMUM) -> list[tuple[dict, str]]:
    """A list of at most `maxi` objects, each with its own path."""
    valeurs = take_liste(objet, cle, chemin, defaut, maxi)
    return [(expect_objet(valeur, f"{chemin}.{cle}[{rang}]"), f"{chemin}.{cle}[{rang}]") for rang, valeur in enumerate(valeurs)]


def take_dictionnaire(objet: dict, cle: str, chemin: str, maxi: int = TEXTE_MAXIMUM) -> dict[str, str]:
    """An object whose values are texts of at most `maxi` characters; missing means empty."""
    valeurs = take_objet(objet, cle, chemin, {})
    for nom, valeur in valeurs.items():
        if type(valeur) is not str:
            raise Erreur("type-invalide", f"{chemin}.{cle}.{nom}", "On attendait un texte.")
        _check_length(valeur, f"{chemin}.{cle}.{nom}", maxi)
    return valeurs


def take_exact(objet: dict, cle: str, chemin: str, mini: int, maxi: int | None, defaut: object = REQUIS) -> Fraction:
    """An exact number between `mini` and `maxi`, both included, written as a text ("1/2") or as a whole number."""
    brut = objet.get(cle)
    return expect_exact(defaut if brut is None else brut, f"{chemin}.{cle}", mini, maxi)


def take_date(objet: dict, cle: str, chemin: str, defaut: object = REQUIS) -> str:
    """A real day written 2026-11-21; kept as text, since ISO dates compare as texts."""
    valeur = take_texte(objet, cle, chemin, defaut)
    if type(valeur) is str:
        try:
            # fromisoformat also reads 20261121 and 2026-W47-6, which do not compare as texts: hence the way back.
            lisible = datetime.date.fromisoformat(valeur).isoformat() == valeur
        except ValueError:
            lisible = False
        if not lisible:
            raise Erreur("valeur-invalide", f"{chemin}.{cle}", "On attendait une date comme 2026-11-21.")
    return valeur


def expect_objet(valeur: object, chemin: str) -> dict:
    if type(valeur) is not dict:
        raise Erreur("type-invalide", chemin, "On attendait un objet.")
    return valeur


def expect_exact(valeur: object, chemin: str, mini: int, maxi: int | None) -> Fraction:
    if valeur is REQUIS:
        raise Erreur("champ-manquant", chemin, "Il manque un nombre.")
    if type(valeur) is int:
        valeur = str(valeur)
    if type(valeur) is not str:
        raise Erreur("type-invalide", chemin, 'On attendait un nombre exact, écrit en texte : "0.5" ou "1/2".')
    try:
        nombre = read_exact(valeur)
    except ValueError:
        raise Erreur("valeur-invalide", chemin, 'On attendait un nombre comme "3", "0.5" ou "1/2".') from None
    if nombre < mini or (maxi is not None and nombre > maxi):
        bornes = f"au moins {mini}" if maxi is None else f"entre {mini} et {maxi}"
        raise Erreur("valeur-invalide", chemin, f"Ce nombre doit être {bornes}.")
    return nombre


def check_format(objet: dict, chemin: str) -> None:
    """Every file says which version of the contract it follows; this engine knows the first."""
    if take_entier(objet, "format", chemin) != 1:
        raise Erreur("format-inconnu", f"{chemin}.format", "Ce fichier vient d'une version que ce site ne connaît pas encore.")
