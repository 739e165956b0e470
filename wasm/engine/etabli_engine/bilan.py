"""Method `evaluer`: from a questionnaire and an evaluation to the bilan that the page shows as it is."""

from types import SimpleNamespace

from . import __version__
from .lecture import take_date
from .leviers import rank_leviers
from .nombres import show_exact, show_gain, show_note, show_part, show_points
from .phrases import count, polish
from .questionnaire import read_questionnaire
from .reponses import check_same, read_evaluation, settle_reponses
from .score import compute_gain, measure_global, measure_theme


def answer_evaluer(charge: dict) -> dict:
    """`{questionnaire, evaluation, date}` → bilan, as wasm/README.md draws it."""
    questionnaire = read_questionnaire(charge)
    evaluation = read_evaluation(charge)
    date = take_date(charge, "date", "")
    check_same(questionnaire, evaluation)
    reponses, ignorees = settle_reponses(questionnaire, evaluation, date)
    niveaux = questionnaire.niveaux
    mesures = [measure_theme(theme, reponses, niveaux) for theme in questionnaire.themes]
    globale = measure_global(questionnaire.themes, mesures, niveaux)
    return {
        "format": 1,
        "moteur": __version__,
        "date": date,
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version},
        "complet": globale.etat != "incomplet",
        "global": _show_mesure(globale, niveaux, {}),
        "themes": [_show_theme(*paire, reponses, niveaux) for paire in zip(questionnaire.themes, mesures, strict=True)],
        "leviers": rank_leviers(questionnaire, reponses, mesures, globale, evaluation.profil, date),
        "ignorees": ignorees,
    }


def _show_theme(theme: SimpleNamespace, mesure: SimpleNamespace, reponses: dict, niveaux: list) -> dict:
    questions = [_show_question(reponses[question.id], mesure) for question in theme.questions]
    identite = {"id": theme.id, "titre": theme.titre, "poids": show_exact(theme.poids)}
    return identite | _show_mesure(mesure, niveaux, theme.messages) | {"questions": questions}


def _show_question(donnee: SimpleNamespace, mesure: SimpleNamespace) -> dict:
    """points and possibles are w·v and w: added up over a theme and divided, they give its score."""
    question = donnee.question
    gain = compute_gain(donnee, mesure) if donnee.etat == "repondu" else None
    compte = donnee.etat in ("repondu", "vide", "ne_sait_pas")
    return {
        "id": question.id,
        "texte": question.texte,
        "etat": donnee.etat,
        "valeur": show_exact(donnee.valeur),
        "points": None if donnee.valeur is None else show_exact(question.poids * donnee.valeur),
        "possibles": show_exact(question.poids) if compte else None,
        "points_affiche": None if donnee.valeur is None else show_points(question.poids * donnee.valeur, question.poids),
        "gain": show_exact(gain),
        "gain_affiche": show_gain(gain),
    }


def _show_mesure(mesure: SimpleNamespace, niveaux: list, messages: dict[str, str]) -> dict:
    niveau = _name(mesure.niveau, niveaux)
    return {
        "etat": mesure.etat,
        "score": show_exact(mesure.score),
        "min": show_exact(mesure.min),
        "max": show_exact(mesure.max),
        "couverture": show_exact(mesure.couverture),
        "part_concernee": show_exact(mesure.part_concernee),
        "note": show_note(mesure.score),
        "note_min": show_note(mesure.min),
        "note_max": show_note(mesure.max),
        "part": show_part(mesure.score),
        "part_min": show_part(mesure.min),
        "part_max": show_part(mesure.max),
        "niveau": niveau.id,
        "niveau_titre": niveau.titre,
        "niveau_sans_plafond": _name(mesure.sans_plafond, niveaux).id,
        "plafonne_par": mesure.plafonne_par,
        "peu_significatif": mesure.peu_significatif,
        "avec_prevu": _show_prevu(mesure, niveaux),
        "message": _write_message(mesure) if niveau.id is None else messages.get(niveau.id, niveau.message),
        "applicables": mesure.applicables,
        "repondues": mesure.repondues,
    }


def _name(rang: int | None, niveaux: list) -> SimpleNamespace:
    return SimpleNamespace(id=None, titre=None, message="") if rang is None else niveaux[rang]


def _show_prevu(mesure: SimpleNamespace, niveaux: list) -> dict | None:
    if mesure.prevu is None:
        return None
    niveau = _name(mesure.niveau_prevu, niveaux)
    return {
        "score": show_exact(mesure.prevu),
        "note": show_note(mesure.prevu),
        "part": show_part(mesure.prevu),
        "niveau": niveau.id,
        "niveau_titre": niveau.titre,
    }


def _write_message(mesure: SimpleNamespace) -> str:
    """What to say while there is no level."""
    if mesure.etat == "non_concerne":
        return polish("Rien ici ne vous concerne : cela ne compte pas dans votre résultat.")
    if not mesure.repondues:
        return polish("Vous n'avez pas encore répondu ici. Prenez votre temps : chaque réponse éclaire le résultat.")
    restes = []
    if mesure.vides:
        restes.append(count(mesure.vides, "question attend votre réponse", "questions attendent votre réponse"))
    if mesure.inconnues:
        restes.append(count(mesure.inconnues, "réponse reste à trouver", "réponses restent à trouver"))
    bornes = f"entre {show_note(mesure.min)} et {show_note(mesure.max)} sur 5"
    return polish(f"Votre résultat se situe {bornes} : {' et '.join(restes)}.")
