"""Leviers: the answers worth improving, best first, each with what it would bring and why it is proposed.

Ranked by what each would add to the global score; ties by effort, then by reading order. Those answered "ne sait pas" follow all
the others: finding out is a first step. A question without answer is no levier.
"""

from fractions import Fraction
from types import SimpleNamespace

from .nombres import show_exact, show_gain
from .phrases import ESPACE, polish, quote
from .score import compute_gain


def list_leviers(situation: SimpleNamespace) -> list[SimpleNamespace]:
    """All the leviers of a situation, best first: theme, question, donnee, inconnu, gain (in the theme), gain_global."""
    leviers = []
    for theme, mesure in zip(situation.questionnaire.themes, situation.mesures, strict=True):
        for question in theme.questions:
            donnee = situation.reponses[question.id]
            gain = compute_gain(donnee, mesure)
            if gain:
                levier = SimpleNamespace(theme=theme, question=question, donnee=donnee, inconnu=donnee.etat == "ne_sait_pas")
                levier.gain, levier.gain_global = gain, gain * theme.poids / situation.globale.total
                leviers.append(levier)
    leviers.sort(key=lambda levier: (levier.inconnu, -levier.gain_global, levier.question.effort, levier.question.rang))
    return leviers


def show_levier(levier: SimpleNamespace) -> dict:
    """One levier as JSON."""
    return {
        "question": levier.question.id,
        "theme": levier.theme.id,
        "texte": levier.question.texte,
        "action": levier.question.action,
        "marche": _find_marche(levier),
        "gain": show_exact(levier.gain),
        "gain_affiche": _show_gain(levier.gain, levier.inconnu),
        "gain_global": show_exact(levier.gain_global),
        "gain_global_affiche": _show_gain(levier.gain_global, levier.inconnu),
        "effort": levier.question.effort,
        "raison": _explain(levier),
        "inconnu": levier.inconnu,
    }


def _show_gain(gain: Fraction, inconnu: bool) -> str:
    """What is not known yet brings "jusqu'à +1,4 point", or "moins de 0,1 point", which is a limit already."""
    affiche = show_gain(gain)
    return polish(f"jusqu'à {affiche}") if inconnu and affiche.startswith("+") else affiche


def _find_marche(levier: SimpleNamespace) -> str | None:
    """The next better option of a question with a single choice; what is only planned is no step."""
    if levier.inconnu or levier.question.type != "unique":
        return None
    mieux = [o for o in levier.question.options.values() if o.valeur > levier.donnee.valeur and not o.prevu]
    return min(mieux, key=lambda option: option.valeur).texte if mieux else None


def _explain(levier: SimpleNamespace) -> str:
    donnee = levier.donnee
    if levier.inconnu:
        return polish("Parce que vous ne savez pas encore : trouver la réponse est déjà un premier pas.")
    if donnee.nombre is not None:
        mesure = f"{donnee.nombre.replace('.', ',')}{ESPACE}{donnee.question.echelle.unite}".strip()
        return polish(f"Parce que vous avez indiqué {mesure}.")
    return polish(f"Parce que vous avez répondu {', '.join(quote(option.texte) for option in donnee.options)}.")
