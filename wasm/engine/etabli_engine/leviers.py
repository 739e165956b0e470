"""Leviers: the three answers worth improving first, with why, what helps, and which dispositifs may pay for it.

Ranked by what each would add to the global score; ties by effort, then by reading order. A question without answer is no levier,
but when fewer than three answered ones have something to gain, those answered "ne sait pas" follow: finding out is a first step.
"""

from fractions import Fraction
from types import SimpleNamespace

from .eligibilite import check_dispositif
from .nombres import show_exact, show_gain
from .phrases import ESPACE, polish, quote
from .profil import locate
from .score import compute_gain

LEVIERS = 3
AIDES = 3
_STATUTS = ("eligible", "a_verifier", "inconnu", "a_venir")


def rank_leviers(
    questionnaire: SimpleNamespace, reponses: dict, mesures: list, globale: SimpleNamespace, profil: SimpleNamespace, date: str
) -> list[dict]:
    """The leviers of a bilan, best first. mesures: one per theme, in the same order."""
    candidats = _list_candidats(questionnaire.themes, reponses, mesures, globale)
    candidats.sort(key=lambda levier: (levier.inconnu, -levier.gain_global, levier.question.effort, levier.question.rang))
    libelles = questionnaire.libelles
    avis = {dispositif.id: check_dispositif(dispositif, profil, date, libelles) for dispositif in questionnaire.dispositifs}
    deja: set[str] = set()
    return [_show_levier(candidat, questionnaire, profil, avis, deja) for candidat in candidats[:LEVIERS]]


def _list_candidats(themes: list, reponses: dict, mesures: list, globale: SimpleNamespace) -> list[SimpleNamespace]:
    candidats = []
    for theme, mesure in zip(themes, mesures, strict=True):
        for question in theme.questions:
            donnee = reponses[question.id]
            gain = compute_gain(donnee, mesure)
            if gain:
                levier = SimpleNamespace(theme=theme, question=question, donnee=donnee, inconnu=donnee.etat == "ne_sait_pas")
                levier.gain, levier.gain_global = gain, gain * theme.poids / globale.total
                candidats.append(levier)
    return candidats


def _show_levier(levier: SimpleNamespace, questionnaire: SimpleNamespace, profil: SimpleNamespace, avis: dict, deja: set[str]) -> dict:
    """One levier as JSON. deja: ressources shown by the leviers before, which this one completes."""
    ressources = _pick_ressources(levier, questionnaire.ressources, profil, deja)
    deja.update(ressource.id for ressource in ressources)
    plafond = "jusqu'à " if levier.inconnu else ""
    return {
        "question": levier.question.id,
        "theme": levier.theme.id,
        "texte": levier.question.texte,
        "gain": show_exact(levier.gain),
        "gain_affiche": polish(plafond + show_gain(levier.gain)),
        "gain_global": show_exact(levier.gain_global),
        "gain_global_affiche": polish(plafond + show_gain(levier.gain_global)),
        "effort": levier.question.effort,
        "raison": _explain(levier),
        "ressources": [ressource.id for ressource in ressources],
        "dispositifs": _pick_dispositifs(levier, questionnaire.dispositifs, ressources, avis),
    }


def _explain(levier: SimpleNamespace) -> str:
    donnee = levier.donnee
    if levier.inconnu:
        return polish("Parce que vous ne savez pas encore : trouver la réponse est déjà un premier pas.")
    if donnee.nombre is not None:
        mesure = f"{donnee.nombre.replace('.', ',')}{ESPACE}{donnee.question.echelle.unite}".strip()
        return polish(f"Parce que vous avez indiqué {mesure}.")
    return polish(f"Parce que vous avez répondu {', '.join(quote(option.texte) for option in donnee.options)}.")


def _pick_ressources(levier: SimpleNamespace, ressources: list, profil: SimpleNamespace, deja: set[str]) -> list:
    """What answers this very question; failing that, what the theme offers and no levier before has shown. Easiest first."""
    valeur = levier.donnee.valeur or Fraction(0)
    utiles = [ressource for ressource in ressources if _is_usable(ressource, profil)]
    choisies = [r for r in utiles if levier.question.id in r.repond_a and valeur <= r.repond_a[levier.question.id]]
    if not choisies:
        choisies = [r for r in utiles if levier.theme.id in r.themes and r.id not in deja]
    uniques = {ressource.id: ressource for ressource in choisies}
    return sorted(uniques.values(), key=lambda ressource: ressource.effort)[:AIDES]


def _is_usable(ressource: SimpleNamespace, profil: SimpleNamespace) -> bool:
    """Still current, and neither for another public nor for another place as far as is known."""
    autre_public = profil.public is not None and ressource.publics and profil.public not in ressource.publics
    ailleurs = bool(ressource.zones) and locate(ressource.zones, profil.zones) is False
    return not (ressource.remplacee or autre_public or ailleurs)


def _pick_dispositifs(levier: SimpleNamespace, dispositifs: list, ressources: list, avis: dict) -> list[dict]:
    """Those that the ressources lead to, then those of the theme; closed or refused ones are no help. Surest first."""
    lies = {identifiant for ressource in ressources for identifiant in ressource.dispositifs}
    possibles = [d for d in dispositifs if (d.id in lies or levier.theme.id in d.themes) and avis[d.id].statut in _STATUTS]
    possibles.sort(key=lambda d: (d.id not in lies, _STATUTS.index(avis[d.id].statut)))
    return [{"id": d.id, "statut": avis[d.id].statut, "raisons": _list_raisons(d, avis[d.id])} for d in possibles[:AIDES]]


def _list_raisons(dispositif: SimpleNamespace, avis: SimpleNamespace) -> list[str]:
    """What stands between the visitor and "eligible"."""
    if avis.statut == "a_verifier":
        return dispositif.conditions_texte
    return [phrase for etat, phrase in avis.criteres if etat != "oui"]
