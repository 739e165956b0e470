"""Who answers: the few facts that hide questions, pick ressources and decide eligibility.

Every fact may be missing. A missing fact is None (or an empty list for `zones`) and never means yes.
"""

from fractions import Fraction
from types import SimpleNamespace

from .erreurs import Erreur
from .lecture import expect_exact, take_bool, take_date, take_entier, take_objet, take_texte, take_textes


def read_profil(charge: dict, chemin: str) -> SimpleNamespace:
    """Read `charge["profil"]`.

    Gives public, secteur (id or None), effectif ((min, max), max None when open, or None), zones (codes of every territory that
    holds the place), bilan_ges (ISO date of the last greenhouse-gas inventory, "aucun", or None), projet_demarre (bool or None),
    quantites ({id: (min, max)}, exact, max None when open).
    """
    brut = take_objet(charge, "profil", chemin, {})
    chemin = f"{chemin}.profil"
    bilan_ges = brut.get("bilan_ges")
    if bilan_ges != "aucun":
        bilan_ges = take_date(brut, "bilan_ges", chemin, None)
    return SimpleNamespace(
        public=take_texte(brut, "public", chemin, None),
        effectif=read_effectif(brut, chemin),
        secteur=take_texte(brut, "secteur", chemin, None),
        zones=take_textes(brut, "zones", chemin, []),
        bilan_ges=bilan_ges,
        projet_demarre=take_bool(brut, "projet_demarre", chemin, None),
        quantites=_read_quantites(take_objet(brut, "quantites", chemin, {}), f"{chemin}.quantites"),
    )


def _read_quantites(brut: dict, chemin: str) -> dict[str, tuple[Fraction, Fraction | None]]:
    """Other numbers of the visitor's case (turnover, age…), each a number or an interval; None is a missing one."""
    return {quoi: read_bornes(valeur, f"{chemin}.{quoi}") for quoi, valeur in brut.items() if valeur is not None}


def read_bornes(brut: object, chemin: str) -> tuple[Fraction, Fraction | None]:
    """An exact number, or `{min, max}` of exact numbers, both included; a missing min is 0, a missing max is open."""
    if type(brut) is not dict:
        return (expect_exact(brut, chemin, 0, None),) * 2
    mini, maxi = (None if brut.get(cle) is None else expect_exact(brut[cle], f"{chemin}.{cle}", 0, None) for cle in ("min", "max"))
    if mini is not None and maxi is not None and mini > maxi:
        raise Erreur("valeur-invalide", chemin, "Le minimum dépasse le maximum.")
    return mini or Fraction(0), maxi


def read_effectif(brut: dict, chemin: str) -> tuple[int, int | None] | None:
    """A head count is a number or an interval, kept as an interval: never replaced by a representative number."""
    if type(brut.get("effectif")) is dict:
        return read_intervalle(brut["effectif"], f"{chemin}.effectif")
    nombre = take_entier(brut, "effectif", chemin, defaut=None)
    return None if nombre is None else (nombre, nombre)


def read_intervalle(brut: dict, chemin: str) -> tuple[int, int | None]:
    """`{min, max}`, both included; a missing min is 0, a missing max is open."""
    mini = take_entier(brut, "min", chemin, defaut=0)
    maxi = take_entier(brut, "max", chemin, defaut=None)
    if maxi is not None and mini > maxi:
        raise Erreur("valeur-invalide", chemin, "Le minimum dépasse le maximum.")
    return mini, maxi


def locate(codes: list[str], zones: list[str]) -> bool | None:
    """Is the place in one of `codes`? True, False, or None when `zones` is not precise enough to tell.

    The whole country excludes no one. A place has one code of each kind, so another code of the same kind means no; for a
    Territoire d'industrie ("TI-…", or "TI-" for any of them), which not every place has, the commune or the EPCI is enough.
    """
    reponses = [_locate_one(code, zones) for code in codes]
    return True if True in reponses else None if None in reponses else False


def _locate_one(code: str, zones: list[str]) -> bool | None:
    if code == "PAYS-99100" or code in zones or (code == "TI-" and any(zone.startswith(code) for zone in zones)):
        return True
    genre = code.split("-")[0]
    precises = ("TI-", "EPCI-", "COM-") if genre == "TI" else (f"{genre}-",)
    return False if any(zone.startswith(precises) for zone in zones) else None
