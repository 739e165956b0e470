"""Method `comparer`: progress from one evaluation to the next, on the questions that mean the same thing in all of them.

A question is comparable when it was answered each time (not blank, unknown, hidden or `non_concerne`) at its present revision.
Every evaluation is then scored on these questions alone, with the same weights, so that a difference comes from the answers only.
"""

from fractions import Fraction
from types import SimpleNamespace

from .erreurs import Erreur
from .lecture import take_date, take_objets
from .nombres import show_exact, show_gain, show_note, show_part
from .phrases import ESPACE, polish
from .questionnaire import read_questionnaire
from .reponses import check_same, read_evaluation, settle_reponses
from .score import average

EVALUATIONS = range(2, 25)


def answer_comparer(charge: dict) -> dict:
    """`{questionnaire, evaluations, date}` → `{comparables, total, phrase, dates, global: SERIE|null, themes, questions}`.

    evaluations: 2 to 24, oldest first. total: scored questions visible in the last one. dates: those of the evaluations.
    themes: [{id, titre, comparables, serie: SERIE|null}], null where nothing compares.
    SERIE: {mesures: [{score, note, part}], ecart (exact, out of 100), ecart_affiche, sens: "progres"|"stable"|"recul"}.
    questions: [{id, theme, texte, valeurs, sens}], the comparable ones, values exact.
    """
    questionnaire = read_questionnaire(charge)
    date = take_date(charge, "date", "")
    evaluations, suites = _read_evaluations(charge, questionnaire, date)
    themes, questions, notes = [], [], []
    for theme in questionnaire.themes:
        communes = [question for question in theme.questions if question.notee and _is_common(question, suites)]
        scores = [_score(communes, reponses) for reponses in suites] if communes else None
        if scores:
            notes.append((theme.poids, scores))
        themes.append({"id": theme.id, "titre": theme.titre, "comparables": len(communes), "serie": _show_serie(scores)})
        questions += [_show_question(question, theme, suites) for question in communes]
    total = sum(donnee.question.notee and donnee.etat != "masquee" for donnee in suites[-1].values())
    moyennes = [average([(poids, scores[rang]) for poids, scores in notes]) for rang in range(len(suites))] if notes else None
    return {
        "comparables": len(questions),
        "total": total,
        "phrase": _write_phrase(len(questions), total),
        "dates": [evaluation.date for evaluation in evaluations],
        "global": _show_serie(moyennes),
        "themes": themes,
        "questions": questions,
    }


def _read_evaluations(charge: dict, questionnaire: SimpleNamespace, date: str) -> tuple[list, list[dict]]:
    """The evaluations, and their settled answers."""
    bruts = take_objets(charge, "evaluations", "", maxi=EVALUATIONS[-1])
    if len(bruts) not in EVALUATIONS:
        raise Erreur("valeur-invalide", "evaluations", "Il faut au moins deux évaluations pour les comparer.")
    evaluations = []
    for brut, chemin in bruts:
        take_date(brut, "date", chemin)  # optional elsewhere: a curve without dates says nothing
        evaluations.append(read_evaluation(brut, chemin))
        check_same(questionnaire, evaluations[-1], chemin)
    return evaluations, [settle_reponses(questionnaire, evaluation, date)[0] for evaluation in evaluations]


def _is_common(question: SimpleNamespace, suites: list[dict]) -> bool:
    return all(reponses[question.id].etat == "repondu" for reponses in suites)


def _score(questions: list, reponses: dict) -> Fraction:
    return 100 * average([(question.poids, reponses[question.id].valeur) for question in questions])


def _show_serie(scores: list[Fraction] | None) -> dict | None:
    if scores is None:
        return None
    ecart = scores[-1] - scores[0]
    return {
        "mesures": [{"score": show_exact(score), "note": show_note(score), "part": show_part(score)} for score in scores],
        "ecart": show_exact(ecart),
        "ecart_affiche": show_gain(ecart),
        "sens": _name_sens(ecart),
    }


def _show_question(question: SimpleNamespace, theme: SimpleNamespace, suites: list[dict]) -> dict:
    valeurs = [reponses[question.id].valeur for reponses in suites]
    return {
        "id": question.id,
        "theme": theme.id,
        "texte": question.texte,
        "valeurs": [show_exact(valeur) for valeur in valeurs],
        "sens": _name_sens(valeurs[-1] - valeurs[0]),
    }


def _name_sens(ecart: Fraction) -> str:
    return "progres" if ecart > 0 else "recul" if ecart < 0 else "stable"


def _write_phrase(comparables: int, total: int) -> str:
    if not comparables:
        return polish("Aucune question ne se compare encore : répondez aux mêmes questions à chaque fois.")
    pluriel = "s comparables" if comparables > 1 else " comparable"
    return polish(f"{comparables}{ESPACE}question{pluriel} sur {total}.")
