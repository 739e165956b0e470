"""Read the compiled questionnaire into small plain objects; only what computing needs, texts for the form are skipped.

The build has checked all this at length; here it is checked again, briefly, because the engine must answer to any input.
"""

from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace

from .conditions import read_condition
from .erreurs import Erreur
from .lecture import (
    check_format,
    expect_exact,
    take_bool,
    take_choix,
    take_dictionnaire,
    take_entier,
    take_exact,
    take_liste,
    take_objet,
    take_objets,
    take_texte,
    take_textes,
)
from .memoire import remember

_DERNIER: dict[bytes, SimpleNamespace] = {}

#: Ten times a large questionnaire: what is sent must be answered in a moment.
NIVEAUX_MAXIMUM, THEMES_MAXIMUM, QUESTIONS_MAXIMUM, OPTIONS_MAXIMUM = 20, 100, 1_000, 200


def read_questionnaire(charge: dict) -> SimpleNamespace:
    """Read `charge["questionnaire"]`, or remember it.

    Gives id, version, niveaux, themes (each with its questions), questions ({id: question} in reading order), court (ids of the
    questions of the short version, or None). Raises Erreur at the first thing that cannot be computed with.
    """
    return remember(_DERNIER, take_objet(charge, "questionnaire", ""), lambda brut: _read(brut, "questionnaire"))


def _read(brut: dict, chemin: str) -> SimpleNamespace:
    check_format(brut, chemin)
    niveaux = _read_niveaux(brut, chemin)
    questions: dict = {}
    themes = [_read_theme(objet, lieu, niveaux, questions) for objet, lieu in take_objets(brut, "themes", chemin, maxi=THEMES_MAXIMUM)]
    court = take_objet(brut, "court", chemin, None)
    return SimpleNamespace(
        id=take_texte(brut, "id", chemin),
        version=take_texte(brut, "version", chemin),
        niveaux=niveaux,
        themes=themes,
        questions=questions,
        court=None if court is None else frozenset(take_textes(court, "questions", f"{chemin}.court")),
    )


def _read_niveaux(brut: dict, chemin: str) -> list[SimpleNamespace]:
    niveaux = [
        SimpleNamespace(
            id=take_texte(objet, "id", lieu),
            titre=take_texte(objet, "titre", lieu),
            seuil=take_exact(objet, "seuil", lieu, 0, 100),
            message=take_texte(objet, "message", lieu, ""),
        )
        for objet, lieu in take_objets(brut, "niveaux", chemin, maxi=NIVEAUX_MAXIMUM)
    ]
    seuils = [niveau.seuil for niveau in niveaux]
    if not seuils or seuils[0] != 0 or any(bas >= haut for bas, haut in pairwise(seuils)):
        raise Erreur("valeur-invalide", f"{chemin}.niveaux", "Les seuils commencent à 0 et montent.")
    return niveaux


def _read_theme(brut: dict, chemin: str, niveaux: list, questions: dict) -> SimpleNamespace:
    """Read a theme and add its questions to `questions`, those that stand earlier."""
    lues = []
    for objet, lieu in take_objets(brut, "questions", chemin):
        question = _read_question(objet, lieu, [niveau.id for niveau in niveaux], questions)
        if question.id in questions:
            raise Erreur("valeur-invalide", f"{lieu}.id", f"Deux questions portent l'identifiant « {question.id} ».")
        if len(questions) == QUESTIONS_MAXIMUM:
            raise Erreur("liste-trop-longue", lieu, f"Un questionnaire a {QUESTIONS_MAXIMUM} questions au plus.")
        questions[question.id] = question
        lues.append(question)
    identifiant = take_texte(brut, "id", chemin)
    return SimpleNamespace(
        id=identifiant,
        titre=take_texte(brut, "titre", chemin),
        poids=_take_poids(brut, chemin),
        messages=take_dictionnaire(brut, "messages", chemin),
        # The themes of the catalogue whose aids help here.
        aides=list(dict.fromkeys(take_textes(brut, "aides", chemin, [identifiant]))),
        questions=lues,
    )


def _take_poids(brut: dict, chemin: str) -> Fraction:
    poids = take_exact(brut, "poids", chemin, 0, None, 1)
    if poids == 0:
        raise Erreur("valeur-invalide", f"{chemin}.poids", "Un poids est plus grand que zéro.")
    return poids


def _read_question(brut: dict, chemin: str, niveaux: list[str], earlier: dict) -> SimpleNamespace:
    genre = take_choix(brut, "type", chemin, ("unique", "multiple", "nombre"))
    notee = take_bool(brut, "notee", chemin, True)
    if not notee and genre != "unique":
        raise Erreur("valeur-invalide", f"{chemin}.notee", "Une question sans note est à choix unique.")
    requis_pour = take_choix(brut, "requis_pour", chemin, tuple(niveaux[1:]), None)
    non_concerne = take_objet(brut, "non_concerne", chemin, None)
    motifs = take_objets(non_concerne, "motifs", f"{chemin}.non_concerne", []) if non_concerne is not None else []
    return SimpleNamespace(
        id=take_texte(brut, "id", chemin),
        rang=len(earlier),
        revision=take_entier(brut, "revision", chemin, 1, 1),
        texte=take_texte(brut, "texte", chemin),
        action=take_texte(brut, "action", chemin, None),
        type=genre,
        notee=notee,
        poids=_take_poids(brut, chemin),
        effort=take_entier(brut, "effort", chemin, 1, 2),
        publics=take_textes(brut, "publics", chemin, []),
        si=None if brut.get("si") is None else read_condition(brut["si"], f"{chemin}.si", earlier),
        non_concerne=non_concerne is not None,
        motifs={take_texte(objet, "id", lieu) for objet, lieu in motifs},
        ne_sait_pas=take_bool(brut, "ne_sait_pas", chemin, True),
        requis_pour=None if requis_pour is None else niveaux.index(requis_pour),
        requis_valeur=take_exact(brut, "requis_valeur", chemin, 0, 1, 1),
        options={option.id: option for option in _read_options(brut, chemin, genre)},
        echelle=_read_echelle(brut, chemin) if genre == "nombre" else None,
    )


def _read_options(brut: dict, chemin: str, genre: str) -> list[SimpleNamespace]:
    options = [
        SimpleNamespace(
            id=take_texte(objet, "id", lieu),
            texte=take_texte(objet, "texte", lieu),
            valeur=take_exact(objet, "valeur", lieu, 0, 1),
            exclusif=take_bool(objet, "exclusif", lieu, False),
            prevu=take_bool(objet, "prevu", lieu, False),
        )
        for objet, lieu in take_objets(brut, "options", chemin, [], OPTIONS_MAXIMUM)
    ]
    if genre != "nombre" and not options:
        raise Erreur("champ-manquant", f"{chemin}.options", "Cette question n'a aucune réponse possible.")
    return options


def _read_echelle(brut: dict, chemin: str) -> SimpleNamespace:
    objet = take_objet(brut, "echelle", chemin)
    chemin = f"{chemin}.echelle"
    points = []
    for rang, point in enumerate(take_liste(objet, "points", chemin, [])):
        lieu = f"{chemin}.points[{rang}]"
        if type(point) is not list or len(point) != 2:
            raise Erreur("type-invalide", lieu, "Un point de l'échelle est une paire : la mesure et sa valeur.")
        points.append((expect_exact(point[0], f"{lieu}[0]", 0, None), expect_exact(point[1], f"{lieu}[1]", 0, 1)))
    if len(points) < 2 or any(avant[0] >= apres[0] for avant, apres in pairwise(points)):
        raise Erreur("valeur-invalide", f"{chemin}.points", "L'échelle demande au moins deux points, dans l'ordre des mesures.")
    return SimpleNamespace(
        unite=take_texte(objet, "unite", chemin, ""),
        min=take_exact(objet, "min", chemin, 0, None),
        max=take_exact(objet, "max", chemin, 0, None),
        points=points,
    )
