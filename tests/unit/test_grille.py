"""The paper grid says in words whom a question is for, and every kind of condition has its words."""

import datetime

import pytest

from etabli.build import SANS_MOTEUR, open_catalogue
from etabli.champs import Condition
from etabli.gabarits import Rendering
from etabli.typographie import typo_html

from .test_wrong import TESTS

TEXTES = {"e1": {"texte": "Question e1 ?", "options": {"oui": "Oui", "non": "Non", "partiel": "En partie"}}}
MOTS = {
    "tous": ([{"effectif": {"min": 50}}, {"aucun": [{"secteur": ["industrie"]}]}],
             "si votre effectif est d’au moins 50 personnes, sauf si votre secteur est « Industrie »"),
    "un": ([{"effectif": {"max": 0}}, {"public": ["association"]}], "si vous êtes sans salarié, ou si vous répondez pour « Association »"),
    "aucun": ([{"effectif": {"max": 9}}], "sauf si votre effectif est de 9 personnes au plus"),
    "effectif": ({"min": 10, "max": 49}, "si votre effectif est de 10 à 49 personnes"),
    "taille": (["moyenne", "grande"], "si votre effectif est de 50 à 249 personnes ou d’au moins 250 personnes"),
    "public": (["entreprise", "association"], "si vous répondez pour « Entreprise » ou « Association »"),
    "secteur": (["industrie"], "si votre secteur est « Industrie »"),
    "zone": (["REG-53"], "si vous êtes ici : Bretagne"),
    "territoire_industrie": (False, "si vous êtes hors d’un Territoire d’industrie"),
    "bilan_ges_age_max_mois": (48, "si votre bilan de gaz à effet de serre a moins de 48 mois"),
    "date_demarrage": ("apres-demande", "si votre projet n’a pas encore démarré"),
    "quantite": ({"quoi": "montant-projet", "max": "10000"}, "si votre nombre pour « Montant du projet » est de 10 000 euros au plus"),
    "reponse": ({"question": "e1", "options": ["oui", "partiel"]}, "si à « Question e1 ? » vous avez répondu « Oui » ou « En partie »"),
}  # fmt: skip


@pytest.fixture(scope="module")
def macros():
    cat, _ = open_catalogue(TESTS / "sample" / "data", datetime.date(2026, 3, 1), racine=TESTS / "sample")
    return Rendering(cat, SANS_MOTEUR).env.get_template("_points.html.j2").module


def plain(text):
    return typo_html(str(text)).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("genre", Condition.model_fields)
def test_every_kind_of_condition_is_said_in_words(macros, genre):
    node, words = MOTS[genre]
    assert plain(macros.condition({genre: node}, TEXTES)) == words


@pytest.mark.parametrize(
    ("effectif", "words"),
    [({"min": 1}, "d’au moins 1 personne"), ({"max": 1}, "de 1 personne au plus"), ({"min": 5, "max": 5}, "de 5 personnes"),
     ({"min": 5000}, "d’au moins 5 000 personnes")],
)  # fmt: skip
def test_a_head_count_reads_well(macros, effectif, words):
    assert plain(macros.condition({"effectif": effectif}, TEXTES)) == f"si votre effectif est {words}"
