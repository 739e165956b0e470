"""Can this visitor, here and today, have this dispositif? Kleene logic: a missing fact never means yes.

Status, the first that holds: "clos" (its end date, included, is past), "non_eligible" (a criterion is certainly not met),
"a_venir", "inconnu" (a fact is missing), "a_verifier" (all that a machine can check is met, prose remains), "eligible".
"""

from types import SimpleNamespace

from .aides import read_dispositif
from .conditions import decide, find_missing, invert
from .explications import explain, explain_fact, name_codes
from .lecture import LIBELLE_MAXIMUM, take_date, take_dictionnaire, take_objet
from .phrases import polish, show_date
from .profil import PAYS, find_missing_places, locate, read_profil

_RESUMES = {
    "eligible": "Vous remplissez tous les critères.",
    "a_verifier": "Vous remplissez les critères que nous savons vérifier. Les autres se vérifient avec l'organisme.",
    "inconnu": "Il nous manque une information pour vous répondre.",
    "non_eligible": "Au moins un critère ne correspond pas à votre situation.",
    "a_venir": "Ce dispositif n'est pas encore ouvert.",
    "clos": "Ce dispositif est clos.",
}
_MOTS = {True: "oui", False: "non", None: "inconnu"}


def answer_eligibilite(charge: dict) -> dict:
    """Method `eligibilite`: `{dispositif, profil, date, libelles?}` → `{statut, phrase, criteres, manquants}`."""
    dispositif = read_dispositif(take_objet(charge, "dispositif", ""), "dispositif")
    profil, date = read_profil(charge, ""), take_date(charge, "date", "")
    return show_avis(check_dispositif(dispositif, profil, date), take_dictionnaire(charge, "libelles", "", LIBELLE_MAXIMUM))


def check_dispositif(dispositif: SimpleNamespace, profil: SimpleNamespace, date: str) -> SimpleNamespace:
    """Give dispositif, date, statut, criteres ([(condition, decision)]), hors (is the place outside the excluded zones?), and
    manquants (facts to ask for).

    date: the day in Europe/Paris, ISO text.
    """
    faits = SimpleNamespace(profil=profil, date=date, reponses={})
    criteres = [(condition, decide(condition, faits)) for condition in _list_conditions(dispositif)]
    decisions = [decision for _, decision in criteres]
    if dispositif.exclus:
        decisions.append(invert(locate(dispositif.exclus, profil)))
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
    manquants = []
    if statut in ("inconnu", "a_venir"):
        manquants = [fait for condition, _ in criteres for fait in find_missing(condition, faits)]
        if dispositif.exclus and decisions[-1] is None:
            manquants += find_missing_places(dispositif.exclus, profil)
    return SimpleNamespace(
        dispositif=dispositif,
        date=date,
        statut=statut,
        criteres=criteres,
        hors=decisions[-1] if dispositif.exclus else True,
        manquants=list(dict.fromkeys(manquants)),
    )


def show_avis(avis: SimpleNamespace, libelles: dict[str, str]) -> dict:
    """An opinion in sentences, as JSON; apart from the opinion itself, since most are never shown."""
    phrases = _list_dates(avis.dispositif, avis.date)
    phrases += [(_MOTS[decision], explain(condition, decision, libelles)) for condition, decision in avis.criteres]
    if avis.dispositif.exclus:
        attendu = f"hors de {name_codes(avis.dispositif.exclus, libelles)}"
        phrases.append((_MOTS[avis.hors], explain_fact("Votre territoire", attendu, avis.hors)))
    return {
        "statut": avis.statut,
        "phrase": polish(_RESUMES[avis.statut]),
        "criteres": [{"etat": etat, "phrase": phrase} for etat, phrase in phrases],
        "manquants": avis.manquants,
    }


def _list_conditions(dispositif: SimpleNamespace) -> list[tuple]:
    """Who, where, then each condition; a top-level `tous` is one criterion per branch. What goes without saying is left out:
    the whole country, and the publics where a condition of its own narrows them."""
    conditions: list[tuple] = []
    if dispositif.conditions is not None:
        genre, valeur = dispositif.conditions
        conditions = valeur if genre == "tous" else [dispositif.conditions]
    narrowed = any(genre == "public" and set(valeur) <= set(dispositif.publics) for genre, valeur in conditions)
    who = [("public", dispositif.publics)] if dispositif.publics and not narrowed else []
    where = [("zone", dispositif.inclus)] if dispositif.inclus and PAYS not in dispositif.inclus else []
    return [*who, *where, *conditions]


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
