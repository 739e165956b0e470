"""Can this visitor, here and today, have this dispositif? Kleene logic: a missing fact never means yes.

Status, the first that holds: "clos" (its end date, included, is past), "non_eligible" (a criterion is certainly not met),
"a_venir", "inconnu" (a fact is missing), "a_verifier" (all that a machine can check is met, prose remains), "eligible".
"""

from types import SimpleNamespace

from .conditions import decide, find_missing, invert
from .explications import explain, explain_fact, name_codes
from .lecture import take_date, take_dictionnaire, take_objet
from .phrases import polish, show_date
from .profil import locate, read_profil
from .questionnaire import read_dispositif

_RESUMES = {
    "eligible": "Vous remplissez tous les critères.",
    "a_verifier": "Vous remplissez les critères que nous savons vérifier. Les autres se vérifient avec l'organisme.",
    "inconnu": "Il nous manque une information pour vous répondre.",
    "non_eligible": "Au moins un critère ne correspond pas à votre situation.",
    "a_venir": "Ce dispositif n'est pas encore ouvert.",
    "clos": "Ce dispositif est clos.",
}


def answer_eligibilite(charge: dict) -> dict:
    """Method `eligibilite`: `{dispositif, profil, date, libelles?}` → `{statut, phrase, criteres, manquants}`."""
    dispositif = read_dispositif(take_objet(charge, "dispositif", ""), "dispositif")
    profil, date, libelles = read_profil(charge, ""), take_date(charge, "date", ""), take_dictionnaire(charge, "libelles", "")
    avis = check_dispositif(dispositif, profil, date, libelles)
    criteres = [{"etat": etat, "phrase": phrase} for etat, phrase in avis.criteres]
    return {"statut": avis.statut, "phrase": polish(_RESUMES[avis.statut]), "criteres": criteres, "manquants": avis.manquants}


def check_dispositif(dispositif: SimpleNamespace, profil: SimpleNamespace, date: str, libelles: dict) -> SimpleNamespace:
    """Give statut, criteres ([(etat, phrase)], etat "oui", "non" or "inconnu"), manquants (facts to ask for).

    date: the day in Europe/Paris, ISO text.
    """
    faits = SimpleNamespace(profil=profil, date=date, reponses={})
    criteres = _list_criteres(dispositif, faits, libelles)
    decisions = [decision for decision, _, _ in criteres]
    if dispositif.cloture is not None and date > dispositif.cloture:
        statut = "clos"
    elif False in decisions:
        statut = "non_eligible"
    elif dispositif.ouverture is not None and date < dispositif.ouverture:
        statut = "a_venir"
    elif None in decisions:
        statut = "inconnu"
    else:
        statut = "a_verifier" if dispositif.conditions_texte else "eligible"
    manquants = [fait for _, _, manque in criteres for fait in manque] if statut in ("inconnu", "a_venir") else []
    mots = {True: "oui", False: "non", None: "inconnu"}
    return SimpleNamespace(
        statut=statut,
        criteres=[*_list_dates(dispositif, date), *((mots[decision], phrase) for decision, phrase, _ in criteres)],
        manquants=list(dict.fromkeys(manquants)),
    )


def _list_criteres(dispositif: SimpleNamespace, faits: SimpleNamespace, libelles: dict) -> list[tuple]:
    """`(decision, phrase, missing facts)`: who, where, then each condition; a top-level `tous` is one criterion per branch."""
    profil = faits.profil
    criteres = []
    conditions = [("public", dispositif.publics)] if dispositif.publics else []
    if dispositif.inclus:
        conditions.append(("zone", dispositif.inclus))
    if dispositif.conditions is not None:
        genre, valeur = dispositif.conditions
        conditions += valeur if genre == "tous" else [dispositif.conditions]
    for condition in conditions:
        decision = decide(condition, faits)
        criteres.append((decision, explain(condition, decision, libelles), find_missing(condition, faits)))
    if dispositif.exclus:
        decision = invert(locate(dispositif.exclus, profil.zones))
        phrase = explain_fact("Votre territoire", f"hors de {name_codes(dispositif.exclus, libelles)}", decision)
        criteres.append((decision, phrase, ["zones"] if decision is None else []))
    return criteres


def _list_dates(dispositif: SimpleNamespace, date: str) -> list[tuple[str, str]]:
    dates = []
    if dispositif.ouverture is not None and date < dispositif.ouverture:
        dates.append(("non", f"Les demandes ouvriront le {show_date(dispositif.ouverture)}."))
    if dispositif.cloture is not None:
        if date > dispositif.cloture:
            dates.append(("non", f"Clos depuis le {show_date(dispositif.cloture)}."))
        else:
            dates.append(("oui", f"Les demandes sont possibles jusqu'au {show_date(dispositif.cloture)} inclus."))
    return [(etat, polish(phrase)) for etat, phrase in dates]
