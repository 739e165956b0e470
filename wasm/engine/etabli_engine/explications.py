"""Conditions in French: one sentence for each kind, saying what is expected and whether it is met.

A sentence names the fact first (« Votre effectif »), then the verdict, then what is expected: it stays grammatical whatever
the values are, and never reproaches anything.
"""

from fractions import Fraction

from .conditions import BRANCHES
from .nombres import show_short
from .phrases import ESPACE, enumerate_with, lower_first, polish

_SUJETS = {
    "effectif": "Votre effectif",
    "taille": "La taille de votre structure",
    "public": "Votre type de structure",
    "secteur": "Votre secteur d'activité",
    "zone": "Votre territoire",
    "territoire_industrie": "Votre territoire",
    "bilan_ges_age_max_mois": "L'ancienneté de votre bilan de gaz à effet de serre",
    "date_demarrage": "Le démarrage de votre projet",
    "reponse": "Votre réponse à une question précédente",
}
_TAILLES = {
    "petite": "petite structure (moins de 50 personnes)",
    "moyenne": "structure moyenne (de 50 à 249 personnes)",
    "grande": "grande structure (250 personnes et plus)",
}
_VERDICTS = {
    ("tous", True): "Ces conditions sont toutes réunies",
    ("tous", False): "Ces conditions ne sont pas toutes réunies",
    ("tous", None): "Ces conditions sont toutes nécessaires, et l'une reste à préciser",
    ("un", True): "L'une de ces conditions est remplie",
    ("un", False): "Il faudrait remplir l'une de ces conditions",
    ("un", None): "L'une de ces conditions suffit, et reste à préciser",
    ("aucun", True): "Aucune de ces exclusions ne vous concerne",
    ("aucun", False): "L'une de ces exclusions vous concerne",
    ("aucun", None): "Ces exclusions restent à vérifier",
}
_LIAISONS = {"tous": " et ", "un": " ou ", "aucun": " ni "}

#: A sentence that goes on beyond this is no longer one.
PHRASE_MAXIMUM = 2_000


def explain(condition: tuple, decision: bool | None, libelles: dict[str, str]) -> str:
    """The sentence of one criterion. libelles: labels of publics, secteurs, zones and quantités; a code without label is shown as it is."""
    genre, valeur = condition
    if genre in BRANCHES:
        return _finish(f"{_VERDICTS[genre, decision]} : {' ; '.join(_name(fils, libelles) for fils in valeur)}.")
    return explain_fact(_subject(condition, libelles), _expect(condition, libelles), decision)


def explain_fact(sujet: str, attendu: str, decision: bool | None) -> str:
    """The sentence of a criterion that looks at one fact."""
    if decision:
        return _finish(f"{sujet} correspond : {attendu}.")
    verdict = "reste à préciser" if decision is None else "ne correspond pas"
    return _finish(f"{sujet} {verdict}. Attendu : {attendu}.")


def _finish(phrase: str) -> str:
    return polish(phrase if len(phrase) <= PHRASE_MAXIMUM else f"{phrase[:PHRASE_MAXIMUM]}…")


def name_codes(codes: list[str], libelles: dict[str, str]) -> str:
    """["entreprise", "association"] → "Entreprise ou Association": labels as the page writes them."""
    return enumerate_with([libelles.get(code, code) for code in dict.fromkeys(codes)], "ou")


def _name(condition: tuple, libelles: dict[str, str]) -> str:
    """A condition inside a longer sentence."""
    genre, valeur = condition
    if genre in BRANCHES:
        prefixe = "ni " if genre == "aucun" else ""
        return f"({prefixe}{_LIAISONS[genre].join(_name(fils, libelles) for fils in valeur)})"
    return f"{lower_first(_subject(condition, libelles))} ({_expect(condition, libelles)})"


def _subject(condition: tuple, libelles: dict[str, str]) -> str:
    genre, valeur = condition
    return libelles.get(valeur[0], valeur[0]) if genre == "quantite" else _SUJETS[genre]


def _expect(condition: tuple, libelles: dict[str, str]) -> str:
    """What a single fact should be."""
    genre, valeur = condition
    match genre:
        case "effectif":
            return _expect_effectif(*valeur)
        case "taille":
            return enumerate_with([_TAILLES[taille] for taille in valeur], "ou")
        case "territoire_industrie":
            return "dans un Territoire d'industrie" if valeur else "hors d'un Territoire d'industrie"
        case "bilan_ges_age_max_mois":
            return f"moins de {valeur}{ESPACE}mois"
        case "date_demarrage":
            return "après la demande d'aide"
        case "quantite":
            return _expect_quantite(*valeur[1])
        case "reponse":
            return "une des réponses prévues"
        case _:
            return name_codes(valeur, libelles)


def _expect_effectif(mini: int, maxi: int | None) -> str:
    if maxi is None:
        return f"au moins {mini}{ESPACE}personnes"
    return f"de {mini} à {maxi}{ESPACE}personnes" if mini else f"{maxi}{ESPACE}personnes au plus"


def _expect_quantite(mini: Fraction, maxi: Fraction | None) -> str:
    if maxi is None:
        return f"au moins {show_short(mini)}"
    return f"de {show_short(mini)} à {show_short(maxi)}" if mini else f"{show_short(maxi)} au plus"
