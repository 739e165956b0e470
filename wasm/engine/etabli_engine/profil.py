"""Who answers: the few facts that hide questions, pick ressources and decide eligibility.

Every fact may be missing. A missing fact is None (or an empty list for `zones`) and never means yes.
"""

from fractions import Fraction
from types import SimpleNamespace

from .erreurs import Erreur
from .lecture import expect_exact, take_bool, take_date, take_entier, take_objet, take_texte, take_textes

#: The whole country; the beginning of the code of a Territoire d'industrie.
PAYS, TI = "PAYS-99100", "TI-"


def read_profil(charge: dict, chemin: str) -> SimpleNamespace:
    """Read `charge["profil"]`.

    Gives public, secteur (id or None), effectif ((min, max), max None when open, or None), zones (codes of every territory that
    holds the place, Territoires d'industrie apart) and genres (their kinds), territoire_industrie (its code, "aucun", or None),
    bilan_ges (ISO date of the last greenhouse-gas inventory, "aucun", or None), projet_demarre (bool or None), quantites
    ({id: (min, max)}, exact, max None when open).
    """
    brut = take_objet(charge, "profil", chemin, {})
    chemin = f"{chemin}.profil"
    bilan_ges = brut.get("bilan_ges")
    if bilan_ges != "aucun":
        bilan_ges = take_date(brut, "bilan_ges", chemin, None)
    zones = take_textes(brut, "zones", chemin, [])
    return SimpleNamespace(
        public=take_texte(brut, "public", chemin, None),
        effectif=read_effectif(brut, chemin),
        secteur=take_texte(brut, "secteur", chemin, None),
        zones=frozenset(code for code in zones if not code.startswith(TI)),
        genres=frozenset(code.split("-")[0] for code in zones),
        territoire_industrie=_read_territoire(brut, chemin, zones),
        bilan_ges=bilan_ges,
        projet_demarre=take_bool(brut, "projet_demarre", chemin, None),
        quantites=_read_quantites(take_objet(brut, "quantites", chemin, {}), f"{chemin}.quantites"),
    )


def _read_territoire(brut: dict, chemin: str, zones: list[str]) -> str | None:
    """The fact itself; older files have it among the zones."""
    code = take_texte(brut, "territoire_industrie", chemin, None)
    if code is None:
        return next((zone for zone in zones if zone.startswith(TI)), None)
    if code != "aucun" and not code.startswith(TI):
        raise Erreur("valeur-invalide", f"{chemin}.territoire_industrie", "On attendait le code d'un Territoire d'industrie, ou « aucun ».")
    return code


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


def locate(codes: list[str], profil: SimpleNamespace) -> bool | None:
    """Is the place in one of `codes`? True, False, or None when the profil is not precise enough to tell.

    The whole country excludes no one. A place has one code of each kind, so another code of the same kind means no. No list says
    which communes a Territoire d'industrie holds ("TI-…", or "TI-" for any of them): only the fact of that name answers.
    """
    return decide_any([_locate_one(code, profil) for code in codes])


def find_missing_places(codes: list[str], profil: SimpleNamespace) -> list[str]:
    """Which of the facts "zones" and "territoire_industrie" would say more about these codes."""
    flous = [code for code in codes if _locate_one(code, profil) is None]
    faits = {"territoire_industrie" if code.startswith(TI) else "zones" for code in flous}
    return sorted(faits, reverse=True)


def _locate_one(code: str, profil: SimpleNamespace) -> bool | None:
    if code.startswith(TI):
        fait = profil.territoire_industrie
        return None if fait is None else fait == code or (code == TI and fait != "aucun")
    if code == PAYS or code in profil.zones:
        return True
    return False if code.split("-")[0] in profil.genres else None


def decide_any(valeurs: list[bool | None]) -> bool | None:
    """Kleene "or"; false of nothing."""
    return True if True in valeurs else None if None in valeurs else False
