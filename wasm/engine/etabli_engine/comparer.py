"""Method `comparer`: progress between two evaluations, on the questions that mean the same thing in both.

A question is comparable when it was answered both times (not blank, unknown, hidden or `non_concerne`) at its present revision.
Both sides are then scored on these questions alone, with the same weights, so that the difference comes from the answers only.
"""

from fractions import Fraction
from types import SimpleNamespace

from .lecture import take_date
from .nombres import show_exact, show_gain, show_note, show_part
from .phrases import ESPACE, polish
from .questionnaire import read_questionnaire
from .reponses import check_same, read_evaluation, settle_reponses


def answer_comparer(charge: dict) -> dict:
    """`{questionnaire, avant, apres, date}` → `{comparables, total, phrase, global: ECART|null, themes, questions}`.

    avant, apres: two evaluations. total: questions visible in `apres`.
    themes: [{id, titre, comparables, ecart: ECART|null}], null where nothing compares.
    ECART: {avant: {score, note, part}, apres, ecart (exact, out of 100), ecart_affiche, sens: "progres"|"stable"|"recul"}.
    questions: [{id, theme, texte, avant, apres, sens}], the comparable ones, values exact.
    """
    questionnaire = read_questionnaire(charge)
    date = take_date(charge, "date", "")
    avant, apres = (_settle(charge, cle, questionnaire, date) for cle in ("avant", "apres"))
    themes = []
    questions = []
    couples = []
    for theme in questionnaire.themes:
        communes = [question for question in theme.questions if avant[question.id].etat == apres[question.id].etat == "repondu"]
        scores = [_score(communes, reponses) for reponses in (avant, apres)] if communes else None
        if scores:
            couples.append((theme.poids, scores))
        themes.append({"id": theme.id, "titre": theme.titre, "comparables": len(communes), "ecart": _show_ecart(scores)})
        questions += [_show_question(question, theme, avant[question.id], apres[question.id]) for question in communes]
    total = sum(donnee.etat != "masquee" for donnee in apres.values())
    return {
        "comparables": len(questions),
        "total": total,
        "phrase": _write_phrase(len(questions), total),
        "global": _show_ecart(_average(couples) if couples else None),
        "themes": themes,
        "questions": questions,
    }


def _settle(charge: dict, cle: str, questionnaire: SimpleNamespace, date: str) -> dict:
    evaluation = read_evaluation(charge, cle)
    check_same(questionnaire, evaluation, cle)
    return settle_reponses(questionnaire, evaluation, date)[0]


def _score(questions: list, reponses: dict) -> Fraction:
    total = sum(question.poids for question in questions)
    return 100 * sum(question.poids * reponses[question.id].valeur for question in questions) / total


def _average(couples: list) -> list[Fraction]:
    total = sum(poids for poids, _ in couples)
    return [sum(poids * scores[cote] for poids, scores in couples) / total for cote in (0, 1)]


def _show_ecart(scores: list | None) -> dict | None:
    if scores is None:
        return None
    avant, apres = scores
    ecart = apres - avant
    return {
        "avant": _show_score(avant),
        "apres": _show_score(apres),
        "ecart": show_exact(ecart),
        "ecart_affiche": show_gain(ecart),
        "sens": _name_sens(avant, apres),
    }


def _show_score(score: Fraction) -> dict:
    return {"score": show_exact(score), "note": show_note(score), "part": show_part(score)}


def _show_question(question: SimpleNamespace, theme: SimpleNamespace, avant: SimpleNamespace, apres: SimpleNamespace) -> dict:
    return {
        "id": question.id,
        "theme": theme.id,
        "texte": question.texte,
        "avant": show_exact(avant.valeur),
        "apres": show_exact(apres.valeur),
        "sens": _name_sens(avant.valeur, apres.valeur),
    }


def _name_sens(avant: Fraction, apres: Fraction) -> str:
    return "progres" if apres > avant else "recul" if apres < avant else "stable"


def _write_phrase(comparables: int, total: int) -> str:
    if not comparables:
        return polish("Aucune question ne se compare encore : répondez aux mêmes questions les deux fois.")
    pluriel = "s comparables" if comparables > 1 else " comparable"
    return polish(f"{comparables}{ESPACE}question{pluriel} sur {total}.")
