"""Exact numbers: read from text, rounded once, shown in French.

Scores are `Fraction`s on 0–100 from the first to the last step. A note is the same thing out of 5. Rounding happens
only here, half-up (2.25 → 2,3), so that screen, print and export always agree.
"""

import re
from collections.abc import Iterable
from fractions import Fraction

from .erreurs import Erreur
from .phrases import ESPACE, FINE

_NOMBRE = re.compile(r"(-?[0-9]{1,12})(?:[.,]([0-9]{1,12})|/([1-9][0-9]{0,11}))?")
#: Some 600 digits: ten times what a real questionnaire needs, and a seventh of what Python agrees to write.
_BITS = 2000


def read_exact(texte: str) -> Fraction:
    """Read "3", "12.5", "12,5" or "400/7".

    Raises ValueError on anything else, and beyond 12 digits a side: no one answers with more.
    """
    lu = _NOMBRE.fullmatch(texte)
    if lu is None:
        raise ValueError(texte)
    entier, decimales, diviseur = lu.groups()
    if decimales:
        return Fraction(int(entier + decimales), 10 ** len(decimales))
    return Fraction(int(entier), int(diviseur or 1))


def add_exact(valeurs: Iterable[Fraction]) -> Fraction:
    """Add up without rounding.

    Raises Erreur "nombres-trop-longs" when denominators that have nothing in common make a number of more than `_BITS` bits:
    exact arithmetic on those of a hostile file would last for hours.
    """
    total = Fraction(0)
    for valeur in valeurs:
        total += valeur
        if total.denominator.bit_length() > _BITS:
            raise Erreur("nombres-trop-longs", "", "Les poids et les valeurs sont écrits avec trop de chiffres pour être additionnés.")
    return total


def show_exact(valeur: Fraction | None) -> str | None:
    """The exact text of a number, "400/7"; None stays None."""
    return None if valeur is None else str(valeur)


def show_decimal(valeur: Fraction, decimales: int = 1) -> str:
    """Round a number ≥ 0 half-up and write it with a comma: 17/5 → "3,4"."""
    unites = _round(valeur, 10**decimales)
    entier, reste = divmod(unites, 10**decimales)
    return f"{entier},{reste:0{decimales}d}"


def _round(valeur: Fraction, unites: int) -> int:
    """`valeur · unites`, rounded half-up, in whole numbers: a bilan rounds three hundred times."""
    return (2 * valeur.numerator * unites + valeur.denominator) // (2 * valeur.denominator)


def show_points(points: Fraction, possibles: Fraction) -> str:
    """Points obtained out of those possible, at most two decimals each: "0,67 sur 2"."""
    return f"{show_short(points)} sur {show_short(possibles)}"


def show_short(valeur: Fraction) -> str:
    """At most two decimals, thousands apart: 23484 → "23 484", 1/2 → "0,5"."""
    entier, _, decimales = show_decimal(valeur, 2).partition(",")
    groupes = f"{int(entier):,}".replace(",", FINE)
    decimales = decimales.rstrip("0")
    return f"{groupes},{decimales}" if decimales else groupes


def show_note(score: Fraction | None) -> str | None:
    """A score out of 100 as a note out of 5: 400/7 → "2,9"."""
    return None if score is None else show_decimal(score / 20)


def show_gain(gain: Fraction | None) -> str | None:
    """A difference between two scores out of 100, in points of note: 200/7 → "+1,4 point"."""
    if gain is None:
        return None
    signe = "" if _is_tiny(gain) or not gain else "+" if gain.numerator > 0 else "\u2212"
    return signe + show_ecart(gain)


def show_ecart(ecart: Fraction) -> str:
    """How far two scores out of 100 are from each other, in points of note and without sign: 200/7 → "1,4 point"."""
    if _is_tiny(ecart):
        return f"moins de 0,1{ESPACE}point"
    affiche = show_decimal(abs(ecart) / 20)
    return f"{affiche}{ESPACE}point{'s' if affiche[0] >= '2' else ''}"


def _is_tiny(ecart: Fraction) -> bool:
    """Not nothing, but nothing once rounded to a tenth of a point of note."""
    return 0 < abs(ecart.numerator) < ecart.denominator


def show_part(score: Fraction | None) -> float | None:
    """A score out of 100 as a decimal between 0 and 1, to four places: for drawing, never for computing."""
    return None if score is None else _round(score, 100) / 10000
