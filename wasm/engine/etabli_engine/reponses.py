"""From what the visitor answered to the state and value of every question.

States: "masquee" (its condition is certainly false, it is not for this public, or the short version leaves it out), "vide",
"ne_sait_pas", "non_concerne", "repondu". An answer that cannot be counted leaves its question blank and is reported in
`ignorees`: never lost, never an error.
"""

from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace

from .conditions import decide
from .erreurs import Erreur
from .lecture import check_format, expect_objet, take_choix, take_date, take_entier, take_objet, take_texte, take_textes
from .nombres import read_exact
from .profil import read_profil

ETATS = ("repondu", "ne_sait_pas", "non_concerne")
PARCOURS = ("complet", "court")


def read_evaluation(brut: dict, chemin: str = "evaluation") -> SimpleNamespace:
    """Read an evaluation: questionnaire (id), version, date (or None), parcours, profil, reponses ({question id: answer}).

    Types are checked here, meaning in `settle_reponses`. Notes and plan are the visitor's own: not even looked at.
    """
    check_format(brut, chemin)
    identite = take_objet(brut, "questionnaire", chemin)
    reponses = take_objet(brut, "reponses", chemin)
    return SimpleNamespace(
        questionnaire=take_texte(identite, "id", f"{chemin}.questionnaire"),
        version=take_texte(identite, "version", f"{chemin}.questionnaire"),
        date=take_date(brut, "date", chemin, None),
        parcours=take_choix(brut, "parcours", chemin, PARCOURS, "complet"),
        profil=read_profil(brut, chemin),
        reponses={question: _read_reponse(reponse, f"{chemin}.reponses.{question}") for question, reponse in reponses.items()},
    )


def _read_reponse(brut: object, chemin: str) -> SimpleNamespace:
    objet = expect_objet(brut, chemin)
    return SimpleNamespace(
        revision=take_entier(objet, "revision", chemin, 1),
        etat=take_choix(objet, "etat", chemin, ETATS),
        options=take_textes(objet, "options", chemin, []),
        nombre=take_texte(objet, "nombre", chemin, None),
        motif=take_texte(objet, "motif", chemin, None),
    )


def check_same(questionnaire: SimpleNamespace, evaluation: SimpleNamespace, chemin: str = "evaluation") -> None:
    """Raise Erreur when the answers were given to another questionnaire; another version of the same one is fine."""
    if evaluation.questionnaire != questionnaire.id:
        message = f"Ces réponses sont celles d'un autre questionnaire : « {evaluation.questionnaire} »."
        raise Erreur("autre-questionnaire", f"{chemin}.questionnaire.id", message)


def settle_reponses(questionnaire: SimpleNamespace, evaluation: SimpleNamespace, date: str) -> tuple[dict, list[dict]]:
    """Give `({question id: etat}, ignorees)`, in reading order.

    An etat has question, etat, valeur (exact, None unless answered), prevu (bool), options (chosen), nombre (text), revision
    (that of an answer which counts, else None), hors_parcours (bool). Conditions see only the questions before their own.
    """
    court = questionnaire.court if evaluation.parcours == "court" else None
    faits = SimpleNamespace(profil=evaluation.profil, date=date, reponses={})
    ignorees = []
    for question in questionnaire.questions.values():
        reponse = evaluation.reponses.get(question.id)
        if court is not None and question.id not in court:
            raison, donnee = "hors-parcours", _blank(question, "masquee", hors_parcours=True)
        elif _is_hidden(question, faits):
            raison, donnee = "masquee", _blank(question, "masquee")
        else:
            raison, donnee = _settle_one(question, reponse)
        faits.reponses[question.id] = donnee
        if reponse is not None and raison is not None:
            ignorees.append({"question": question.id, "raison": raison})
    inconnues = [question for question in evaluation.reponses if question not in questionnaire.questions]
    ignorees += [{"question": question, "raison": "inconnue"} for question in inconnues]
    return faits.reponses, ignorees


def _is_hidden(question: SimpleNamespace, faits: SimpleNamespace) -> bool:
    """Only certainty hides: with a fact missing the question is shown."""
    public = faits.profil.public
    if question.publics and public is not None and public not in question.publics:
        return True
    return question.si is not None and decide(question.si, faits) is False


def _blank(question: SimpleNamespace, etat: str, revision: int | None = None, *, hors_parcours: bool = False) -> SimpleNamespace:
    vide = {"valeur": None, "prevu": False, "options": [], "nombre": None}
    return SimpleNamespace(question=question, etat=etat, revision=revision, hors_parcours=hors_parcours, **vide)


def _settle_one(question: SimpleNamespace, reponse: SimpleNamespace | None) -> tuple[str | None, SimpleNamespace]:
    """`(why the answer is not counted, or None; etat)` of a visible question."""
    if reponse is None:
        return None, _blank(question, "vide")
    raison = _find_objection(question, reponse)
    if raison is not None:
        return raison, _blank(question, "vide")
    if reponse.etat != "repondu":
        return None, _blank(question, reponse.etat, reponse.revision)
    if question.type != "nombre" and not reponse.options:
        return None, _blank(question, "vide")
    donnee = _blank(question, "repondu", reponse.revision)
    if question.type == "nombre":
        donnee.nombre = reponse.nombre
        donnee.valeur = interpolate(question.echelle.points, read_exact(reponse.nombre))
    else:
        donnee.options = [question.options[option] for option in dict.fromkeys(reponse.options)]
        donnee.valeur = min(Fraction(1), sum(option.valeur for option in donnee.options))
        donnee.prevu = any(option.prevu for option in donnee.options)
    return None, donnee


def _find_objection(question: SimpleNamespace, reponse: SimpleNamespace) -> str | None:
    """Why a well-formed answer cannot be counted, as a reason of `ignorees`; None when it can."""
    if reponse.revision != question.revision:
        return "revision"
    if reponse.etat == "ne_sait_pas":
        return None if question.ne_sait_pas else "incoherente"
    if reponse.etat == "non_concerne":
        motif_lu = reponse.motif is None or reponse.motif in question.motifs
        return None if question.non_concerne and motif_lu else "incoherente"
    if question.type == "nombre":
        return _find_number_objection(question.echelle, reponse)
    if reponse.nombre is not None:
        return "incoherente"
    if any(option not in question.options for option in reponse.options):
        return "option-inconnue"
    choisies = [question.options[option] for option in set(reponse.options)]
    alone = question.type == "unique" or any(option.exclusif for option in choisies)
    return "incoherente" if alone and len(choisies) > 1 else None


def _find_number_objection(echelle: SimpleNamespace, reponse: SimpleNamespace) -> str | None:
    if reponse.nombre is None or reponse.options:
        return "incoherente"
    try:
        nombre = read_exact(reponse.nombre)
    except ValueError:
        return "incoherente"
    return None if echelle.min <= nombre <= echelle.max else "hors-bornes"


def interpolate(points: list[tuple[Fraction, Fraction]], mesure: Fraction) -> Fraction:
    """The value of a measure on a piecewise-linear scale, flat before the first point and after the last."""
    if mesure <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if mesure <= x1:
            return y0 + (y1 - y0) * (mesure - x0) / (x1 - x0)
    return points[-1][1]
