"""Method `evaluer`: from a questionnaire and an evaluation to the bilan that the page shows as it is."""

from fractions import Fraction
from types import SimpleNamespace

from . import __version__
from .leviers import list_leviers, show_levier
from .nombres import show_ecart, show_exact, show_gain, show_note, show_part, show_points
from .phrases import count, polish
from .prochain import find_prochain
from .score import compute_gain
from .situation import read_situation


def answer_evaluer(charge: dict) -> dict:
    """`{questionnaire, evaluation, date}` → bilan, as wasm/README.md draws it."""
    situation = read_situation(charge)
    questionnaire = situation.questionnaire
    leviers = list_leviers(situation)
    gains: dict[str, dict] = {theme.id: {} for theme in questionnaire.themes}
    for levier in leviers:
        gains[levier.theme.id][levier.question.id] = levier.gain
    gains_globaux = {levier.question.id: levier.gain_global for levier in leviers}
    return {
        "format": 1,
        "moteur": __version__,
        "date": situation.date,
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version},
        "parcours": "complet" if questionnaire.court is None else situation.evaluation.parcours,
        "complet": situation.globale.etat != "incomplet",
        "global": _show_mesure(situation.globale, questionnaire.niveaux, {}, gains_globaux),
        "themes": [
            _show_theme(theme, mesure, situation, gains[theme.id])
            for theme, mesure in zip(questionnaire.themes, situation.mesures, strict=True)
        ],
        "leviers": [show_levier(levier) for levier in leviers],
        "ignorees": situation.ignorees,
    }


def _show_theme(theme: SimpleNamespace, mesure: SimpleNamespace, situation: SimpleNamespace, gains: dict[str, Fraction]) -> dict:
    donnees = [situation.reponses[question.id] for question in theme.questions]
    identite = {"id": theme.id, "titre": theme.titre, "poids": show_exact(theme.poids), "interet": _show_interet(donnees)}
    montree = _show_mesure(mesure, situation.questionnaire.niveaux, theme.messages, gains)
    return identite | montree | {"questions": [_show_question(donnee, mesure) for donnee in donnees]}


def _show_interet(donnees: list) -> dict | None:
    """The answer to the theme's unscored question; the first one answered if it has several."""
    for donnee in donnees:
        if not donnee.question.notee and donnee.etat == "repondu":
            option = donnee.options[0]
            valeur = show_exact(option.valeur)
            return {"question": donnee.question.id, "texte": donnee.question.texte, "reponse": option.texte, "valeur": valeur}
    return None


def _show_question(donnee: SimpleNamespace, mesure: SimpleNamespace) -> dict:
    """points and possibles are w·v and w: added up over a theme and divided, they give its score."""
    question = donnee.question
    gain = compute_gain(donnee, mesure) if donnee.etat == "repondu" else None
    compte = question.notee and donnee.etat in ("repondu", "vide", "ne_sait_pas")
    points = question.poids * donnee.valeur if compte and donnee.valeur is not None else None
    return {
        "id": question.id,
        "texte": question.texte,
        "notee": question.notee,
        "etat": donnee.etat,
        "valeur": show_exact(donnee.valeur),
        "points": show_exact(points),
        "possibles": show_exact(question.poids) if compte else None,
        "points_affiche": None if points is None else show_points(points, question.poids),
        "gain": show_exact(gain),
        "gain_affiche": show_gain(gain),
    }


def _show_mesure(mesure: SimpleNamespace, niveaux: list, messages: dict[str, str], gains: dict[str, Fraction]) -> dict:
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
        "prochain": _show_prochain(find_prochain(mesure, niveaux, gains)),
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


def _show_prochain(prochain: SimpleNamespace | None) -> dict | None:
    if prochain is None:
        return None
    return {
        "niveau": prochain.niveau.id,
        "niveau_titre": prochain.niveau.titre,
        "manque": show_exact(prochain.manque),
        "manque_affiche": show_ecart(prochain.manque),
        "verrous": prochain.verrous,
        "par": prochain.par,
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
    return polish(f"{' et '.join(restes)}.")
