"""Condition trees: read, then decided in Kleene logic (True, False, None for unknown).

A condition is data, `(genre, valeur)`; the tables below are the whole vocabulary. There is no expression language, on purpose.
`explications.py` puts the result into words.
"""

from types import SimpleNamespace

from .erreurs import Erreur
from .lecture import expect_objet, take_bool, take_choix, take_entier, take_objet, take_objets, take_texte, take_textes
from .profil import TI, decide_any, find_missing_places, locate, read_bornes, read_intervalle

#: The fact of the profil that each kind looks at; a zone may look at two of them.
FAIT = {
    "effectif": "effectif",
    "taille": "effectif",
    "public": "public",
    "secteur": "secteur",
    "zone": "zones",
    "territoire_industrie": "territoire_industrie",
    "bilan_ges_age_max_mois": "bilan_ges",
    "date_demarrage": "projet_demarre",
    "quantite": "quantites",
    "reponse": "reponse",
}
BRANCHES = ("tous", "un", "aucun")
#: No one reads a longer condition, in a questionnaire or on a page.
NOEUDS_MAXIMUM = 300

#: Sizes read from the head count alone, which is one part of the European definition; bounds included.
TAILLES = {"petite": (0, 49), "moyenne": (50, 249), "grande": (250, None)}


def read_condition(brut: object, chemin: str, questions: dict | None = None) -> tuple:
    """Read one node and what is under it.

    questions: those that stand earlier in the questionnaire; None where answers are no criterion (a dispositif).
    Raises Erreur "condition-inconnue" on an unknown kind, and when a `reponse` looks forward; "liste-trop-longue" on a tree of
    more than `NOEUDS_MAXIMUM` nodes.
    """
    condition = _read_node(brut, chemin, questions)
    if _count_nodes(condition) > NOEUDS_MAXIMUM:
        raise Erreur("liste-trop-longue", chemin, f"Cette condition en réunit plus de {NOEUDS_MAXIMUM}.")
    return condition


def _count_nodes(condition: tuple) -> int:
    genre, valeur = condition
    return 1 + (sum(_count_nodes(fils) for fils in valeur) if genre in BRANCHES else 0)


def list_leaves(condition: tuple) -> list[tuple]:
    """The conditions of a tree that look at a fact, in reading order."""
    genre, valeur = condition
    return [feuille for fils in valeur for feuille in list_leaves(fils)] if genre in BRANCHES else [condition]


def _read_node(brut: object, chemin: str, questions: dict | None) -> tuple:
    objet = expect_objet(brut, chemin)
    genre = next(iter(objet), "")
    if len(objet) != 1 or genre not in (*BRANCHES, *FAIT):
        raise Erreur("condition-inconnue", chemin, f"Une condition porte une seule clé, parmi : {', '.join([*BRANCHES, *FAIT])}.")
    match genre:
        case "tous" | "un" | "aucun":
            valeur = [_read_node(fils, lieu, questions) for fils, lieu in take_objets(objet, genre, chemin)]
        case "effectif":
            valeur = read_intervalle(take_objet(objet, genre, chemin), f"{chemin}.{genre}")
        case "territoire_industrie":
            valeur = take_bool(objet, genre, chemin)
        case "bilan_ges_age_max_mois":
            valeur = take_entier(objet, genre, chemin, 1)
        case "date_demarrage":
            valeur = take_choix(objet, genre, chemin, ("apres-demande",))
        case "quantite":
            valeur = _read_quantite(take_objet(objet, genre, chemin), f"{chemin}.{genre}")
        case "reponse":
            valeur = _read_reponse(take_objet(objet, genre, chemin), f"{chemin}.{genre}", questions)
        case _:
            valeur = take_textes(objet, genre, chemin)
            if genre == "taille" and not set(valeur) <= set(TAILLES):
                raise Erreur("valeur-invalide", f"{chemin}.{genre}", f"Une taille est l'une de : {', '.join(TAILLES)}.")
    return genre, valeur


def _read_quantite(brut: dict, chemin: str) -> tuple[str, tuple]:
    return take_texte(brut, "quoi", chemin), read_bornes({cle: brut.get(cle) for cle in ("min", "max")}, chemin)


def _read_reponse(brut: dict, chemin: str, questions: dict | None) -> tuple[str, frozenset[str]]:
    question = take_texte(brut, "question", chemin)
    if questions is None or question not in questions:
        raise Erreur("condition-inconnue", f"{chemin}.question", f"« {question} » n'est pas une question posée plus tôt.")
    return question, frozenset(take_textes(brut, "options", chemin))


def decide(condition: tuple, faits: SimpleNamespace) -> bool | None:
    """Decide a tree.

    faits: profil (see `read_profil`), date (ISO text), reponses ({question: etat} of the questions that stand earlier).
    """
    genre, valeur = condition
    profil = faits.profil
    match genre:
        case "tous" | "un" | "aucun":
            return _combine(genre, [decide(fils, faits) for fils in valeur])
        case "effectif":
            return _decide_within(valeur, profil.effectif)
        case "taille":
            return _decide_taille(valeur, profil.effectif)
        case "public":
            return _decide_among(valeur, profil.public)
        case "secteur":
            return _decide_among(valeur, profil.secteur)
        case "zone":
            return locate(valeur, profil)
        case "territoire_industrie":
            dedans = locate([TI], profil)
            return dedans if valeur else invert(dedans)
        case "bilan_ges_age_max_mois":
            return _decide_bilan(valeur, profil.bilan_ges, faits.date)
        case "date_demarrage":
            return invert(profil.projet_demarre)
        case "quantite":
            return _decide_within(valeur[1], profil.quantites.get(valeur[0]))
        case "reponse":
            return _decide_reponse(valeur, faits.reponses)


def decide_all(valeurs: list[bool | None]) -> bool | None:
    """Kleene "and"; true of nothing."""
    return False if False in valeurs else None if None in valeurs else True


def invert(valeur: bool | None) -> bool | None:
    """Kleene "not"."""
    return None if valeur is None else not valeur


def find_missing(condition: tuple, faits: SimpleNamespace) -> list[str]:
    """The facts (see `FAIT`) that keep this condition unknown, once each, in reading order; empty once it is decided."""
    return _examine(condition, faits)[1]


def _examine(condition: tuple, faits: SimpleNamespace) -> tuple[bool | None, list[str]]:
    """`(decision, missing facts)`, in one walk through the tree."""
    genre, valeur = condition
    if genre in BRANCHES:
        examines = [_examine(fils, faits) for fils in valeur]
        decision = _combine(genre, [decision for decision, _ in examines])
        manquants = [fait for _, manques in examines for fait in manques]
    else:
        decision = decide(condition, faits)
        manquants = _name_missing(genre, valeur, faits.profil)
    return decision, list(dict.fromkeys(manquants)) if decision is None else []


def _name_missing(genre: str, valeur: object, profil: SimpleNamespace) -> list[str]:
    if genre == "zone":
        return find_missing_places(valeur, profil)
    return [f"quantites.{valeur[0]}" if genre == "quantite" else FAIT[genre]]


def _combine(genre: str, decisions: list[bool | None]) -> bool | None:
    if genre == "tous":
        return decide_all(decisions)
    return decide_any(decisions) if genre == "un" else invert(decide_any(decisions))


def _decide_within(bornes: tuple, fait: tuple | None) -> bool | None:
    """Is the whole interval inside the bounds (True), outside (False), or astride one (None)?"""
    if fait is None:
        return None
    (mini, maxi), (bas, haut) = bornes, fait
    if (maxi is not None and bas > maxi) or (haut is not None and haut < mini):
        return False
    dedans = bas >= mini and (maxi is None or (haut is not None and haut <= maxi))
    return True if dedans else None


def _decide_taille(tailles: list[str], effectif: tuple | None) -> bool | None:
    if effectif is None:
        return None
    possibles = [taille in tailles for taille, bornes in TAILLES.items() if _decide_within(bornes, effectif) is not False]
    return True if all(possibles) else None if any(possibles) else False


def _decide_among(attendus: list[str], fait: str | None) -> bool | None:
    return None if fait is None else fait in attendus


def _decide_bilan(mois: int, bilan: str | None, date: str) -> bool | None:
    """Was the inventory made less than `mois` calendar months before `date`? The anniversary day is one day too late."""
    if bilan is None:
        return None
    if bilan == "aucun" or bilan > date:
        return False
    (annee, rang, jour), (annee_fin, rang_fin, jour_fin) = ([int(part) for part in iso.split("-")] for iso in (bilan, date))
    return ((annee_fin - annee) * 12 + rang_fin - rang, jour_fin) < (mois, jour)


def _decide_reponse(attendu: tuple, reponses: dict) -> bool | None:
    """A hidden or not applicable question was certainly not answered so; one that is blank, unknown or not asked may still be."""
    question, options = attendu
    donnee = reponses[question]
    if donnee.hors_parcours or donnee.etat in ("vide", "ne_sait_pas"):
        return None
    return any(option.id in options for option in donnee.options)
