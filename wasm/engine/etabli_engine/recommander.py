"""Method `recommander`: for each levier, what to read, which aid may pay for it here, and whom to call.

Apart from `evaluer`, which runs at each answer: this one reads the catalogue, and runs when its cards are looked at.
"""

from types import SimpleNamespace

from . import __version__
from .aides import read_aides
from .choix import pick_dispositifs, pick_ressources, start_choix
from .eligibilite import show_avis
from .lecture import take_textes
from .leviers import list_leviers, show_levier
from .nombres import add_exact, show_exact, show_gain, show_note, show_part
from .portes import find_generales, find_portes, find_portes_of, is_next_door, pick_portes, start_portes
from .situation import read_situation

PREMIERS = 3
#: Aids shown for the leviers that follow, among those that nothing known refuses.
AILLEURS = 3
SURS = ("eligible", "a_verifier")
#: More than anyone puts in a plan.
QUESTIONS_MAXIMUM = 100
_FAITS = ("public", "effectif", "secteur", "zones", "territoire_industrie", "bilan_ges", "projet_demarre")


def answer_recommander(charge: dict) -> dict:
    """`{questionnaire, aides, evaluation, date, questions?}` → leviers with their help, as wasm/README.md draws it.

    questions: ids, in the order of the answer; the three first leviers when absent. Those with nothing to gain are left out.
    """
    situation = read_situation(charge)
    aides = read_aides(charge)
    possibles = {levier.question.id: levier for levier in list_leviers(situation)}
    demandees = take_textes(charge, "questions", "", list(possibles)[:PREMIERS], QUESTIONS_MAXIMUM)
    leviers = [possibles[question] for question in dict.fromkeys(demandees) if question in possibles]
    profil = situation.evaluation.profil
    choix, portes = start_choix(aides, profil, situation.date), start_portes(aides, profil)
    proposes: dict[str, SimpleNamespace] = {}
    aidees = [_show_aided(levier, choix, portes, proposes) for levier in leviers]
    suivants = [] if "questions" in charge else [levier for levier in possibles.values() if levier not in leviers]
    return {
        "format": 1,
        "moteur": __version__,
        "date": situation.date,
        "leviers": aidees,
        "ailleurs": _find_ailleurs(suivants, choix, portes, proposes),
        "manquants": _list_manquants(proposes),
        "ensemble": _show_ensemble(situation.globale, leviers),
    }


def _show_aided(levier: SimpleNamespace, choix: SimpleNamespace, portes: SimpleNamespace, proposes: dict[str, SimpleNamespace]) -> dict:
    """A levier and its help. proposes: the opinions shown so far, which this one completes."""
    ressources = pick_ressources(levier, choix)
    avis = pick_dispositifs(levier, ressources, choix)
    proposes |= {un.dispositif.id: un for un in avis}
    return show_levier(levier) | {
        "ressources": [ressource.id for ressource in ressources],
        "dispositifs": [_show_dispositif(un, choix.aides.libelles, portes) for un in avis],
        "contacts": pick_portes(_find_portes(avis, ressources, portes)),
    }


def _find_ailleurs(suivants: list, choix: SimpleNamespace, portes: SimpleNamespace, proposes: dict[str, SimpleNamespace]) -> list[dict]:
    """The first aids that are sure for the visitor among the leviers that follow, one for each that has one.

    The best leviers are not always those that an aid pays for: what is open here should be seen all the same.
    """
    trouves: dict[str, dict] = {}
    for levier in suivants:
        avis = pick_dispositifs(levier, pick_ressources(levier, choix), choix)
        nouveaux = [un for un in avis if un.statut in SURS and un.dispositif.id not in proposes.keys() | trouves.keys()]
        for un in nouveaux[:1]:
            cas = {"question": levier.question.id, "texte": levier.question.texte, "action": levier.question.action}
            trouves[un.dispositif.id] = cas | {"dispositif": _show_dispositif(un, choix.aides.libelles, portes)}
        if len(trouves) == AILLEURS:
            break
    return list(trouves.values())


def _find_portes(avis: list, ressources: list, portes: SimpleNamespace) -> list[tuple[int, SimpleNamespace]]:
    """The doors of a levier: those of its aids, else of its ressources, else the nearest general one; always that of the place.

    An aid of a place that is perhaps not the visitor's own sends no one to its door.
    """
    trouvees = [porte for un in avis if "zones" not in un.manquants for porte in find_portes(un.dispositif, portes)]
    if not trouvees:
        larges = find_portes_of([ressource.organisme for ressource in ressources], portes)
        trouvees = [porte for porte in larges if porte[1].id not in portes.aides.contacts_reserves]
    generales = find_generales(portes)
    return trouvees + [porte for porte in generales if is_next_door(porte)] or generales[:1]


def _show_dispositif(avis: SimpleNamespace, libelles: dict[str, str], portes: SimpleNamespace) -> dict:
    return {
        "id": avis.dispositif.id,
        **show_avis(avis, libelles),
        "conditions_texte": avis.dispositif.conditions_texte,
        "contacts": pick_portes(find_portes(avis.dispositif, portes)),
    }


def _list_manquants(proposes: dict[str, SimpleNamespace]) -> list[dict]:
    """The facts that would settle the proposed dispositifs: those that settle most first, then in the order of the profil."""
    par_fait: dict[str, list[str]] = {}
    for identifiant, avis in proposes.items():
        for fait in avis.manquants:
            par_fait.setdefault(fait, []).append(identifiant)

    def rank(fait: str) -> tuple:
        return -len(par_fait[fait]), _FAITS.index(fait) if fait in _FAITS else len(_FAITS), fait

    return [{"fait": fait, "dispositifs": par_fait[fait]} for fait in sorted(par_fait, key=rank)]


def _show_ensemble(globale: SimpleNamespace, leviers: list[SimpleNamespace]) -> dict | None:
    """The whole once these leviers are done: gains of different questions add up exactly."""
    if globale.score is None:
        return None
    gain = add_exact(levier.gain_global for levier in leviers)
    score = globale.score + gain
    return {
        "gain_global": show_exact(gain),
        "gain_global_affiche": show_gain(gain),
        "score": show_exact(score),
        "note": show_note(score),
        "part": show_part(score),
    }
