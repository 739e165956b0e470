"""The next level, and the fewest answers that lead to it.

Every unmet gate up to that level must be lifted; then the largest gains that are left are taken one by one until the threshold is
reached, so that no smaller number of answers would do. Full answers are meant, and questions that they may reveal are not counted.
"""

from fractions import Fraction
from types import SimpleNamespace


def find_prochain(mesure: SimpleNamespace, niveaux: list, gains: dict[str, Fraction]) -> SimpleNamespace | None:
    """Give niveau (that of the questionnaire), manque (points out of 100, 0 when only gates bar the way), verrous and par (ids).

    gains: {question: what it would add to the score of this measure}, best first. None without a level and on the highest one.
    """
    if mesure.niveau is None or mesure.niveau + 1 == len(niveaux):
        return None
    rang = mesure.niveau + 1
    seuil = niveaux[rang].seuil
    verrous = [donnee.question.id for donnee in mesure.manques if donnee.question.requis_pour <= rang]
    total = mesure.score + sum(gains[question] for question in verrous)
    par = []
    for question in gains:
        if total >= seuil:
            break
        if question not in verrous:
            total += gains[question]
            par.append(question)
    return SimpleNamespace(niveau=niveaux[rang], manque=max(Fraction(0), seuil - mesure.score), verrous=verrous, par=par)
