"""Where the visitor stands: what every method that gives a score begins with.

Reads the questionnaire and the evaluation, settles the answers, measures the themes and the whole.
"""

from types import SimpleNamespace

from .lecture import take_date, take_objet
from .questionnaire import read_questionnaire
from .reponses import check_same, read_evaluation, settle_reponses
from .score import measure_global, measure_theme


def read_situation(charge: dict) -> SimpleNamespace:
    """Read `{questionnaire, evaluation, date}`.

    Gives questionnaire, evaluation, date (ISO text), reponses ({question id: etat}), ignorees, mesures (one per theme, in the
    same order), globale.
    """
    questionnaire = read_questionnaire(charge)
    evaluation = read_evaluation(take_objet(charge, "evaluation", ""))
    date = take_date(charge, "date", "")
    check_same(questionnaire, evaluation)
    reponses, ignorees = settle_reponses(questionnaire, evaluation, date)
    mesures = [measure_theme(theme, reponses, questionnaire.niveaux) for theme in questionnaire.themes]
    return SimpleNamespace(
        questionnaire=questionnaire,
        evaluation=evaluation,
        date=date,
        reponses=reponses,
        ignorees=ignorees,
        mesures=mesures,
        globale=measure_global(questionnaire.themes, mesures, questionnaire.niveaux),
    )
