"""Sentences made from data."""

import datetime
import re
from fractions import Fraction

import pytest

from etabli import phrases
from etabli.build import open_catalogue, today
from etabli.champs import Condition
from etabli.pages import render_pages
from etabli.phrases import Phrase
from etabli.schema import Duree

from .test_wrong import TESTS


@pytest.fixture(scope="module")
def cat():
    return open_catalogue(TESTS / "sample" / "data", datetime.date(2026, 3, 1), racine=TESTS / "sample")[0]


@pytest.mark.parametrize(
    ("day", "code"), [("2025-12-31", "a_venir"), ("2026-01-01", "ouvert"), ("2026-12-31", "ouvert"), ("2027-01-01", "clos")]
)
def test_end_dates_are_inclusive(cat, day, code):
    assert phrases.find_statut(cat.dispositifs["etude-energie"], datetime.date.fromisoformat(day)).code == code


def test_a_closed_scheme_says_since_when(cat):
    assert phrases.find_statut(cat.dispositifs["defi-collectif"], cat.jour).libelle == "Clos depuis le 31 janvier 2026"


def test_past_its_rereading_date_a_thing_is_to_be_checked(cat):
    assert phrases.find_statut(cat.fiches["fiche-02-accueil"], cat.jour).code == "a_verifier"


def test_what_is_to_be_checked_keeps_its_dates(cat):
    """« À vérifier » stands on the card; the page must still say until when."""
    doubtful = cat.dispositifs["etude-energie"].model_copy(update={"a_verifier": "Le taux."})
    assert phrases.find_statut(doubtful, cat.jour).code == "a_verifier"
    assert phrases.find_ouverture(doubtful, cat.jour).libelle == "Ouvert jusqu'au 31 décembre 2026"


def test_conditions_are_told_in_sentences(cat):
    told = phrases.explain_condition(cat, cat.dispositifs["etude-energie"].conditions)
    assert [child.phrase for child in told.enfants] == [
        "Vous comptez 249 salariés au plus",
        "Vous déposez la demande avant de commencer l'opération",
        "Montant du projet : plus de 10 000 euros",
    ]


def explain(cat, **condition):
    return phrases.explain_condition(cat, Condition(**condition))


@pytest.mark.parametrize(
    ("bounds", "text"),
    [
        ({"min": 20000, "max": 400000}, "Montant du projet : de 20 000 à 400 000 euros"),
        ({"min": 20000}, "Montant du projet : 20 000 euros ou plus"),
        ({"max": "12.5"}, "Montant du projet : 12,5 euros au plus"),
        ({"min": 3, "max": 3}, "Montant du projet : 3 euros"),
        ({"min": 0, "max": "1/2"}, "Montant du projet : de 0 à 0,5 euros"),
    ],
)
def test_a_quantity_is_told_with_its_bounds_and_its_unit(cat, bounds, text):
    assert explain(cat, quantite={"quoi": "montant-projet", **bounds}) == Phrase(text)


def test_what_a_quantity_must_not_be_is_told_the_other_way_round(cat):
    """« None of 10 000 at most » is how the data says « more than 10 000 »: a bound that is not included."""
    assert explain(cat, aucun=[{"quantite": {"quoi": "montant-projet", "max": 10000}}]) == Phrase(
        "Montant du projet : plus de 10 000 euros"
    )
    assert explain(cat, aucun=[{"quantite": {"quoi": "montant-projet", "min": 70}}]) == Phrase("Montant du projet : moins de 70 euros")
    both = {"quantite": {"quoi": "montant-projet", "min": 1, "max": 9}}
    assert explain(cat, aucun=[both]) == Phrase("Aucune de ces conditions", (Phrase("Montant du projet : de 1 à 9 euros"),))
    other = {"effectif": {"max": 9}}
    told = explain(cat, aucun=[{"quantite": {"quoi": "montant-projet", "max": 9}}, other])
    assert [child.phrase for child in told.enfants] == ["Montant du projet : 9 euros au plus", "Vous comptez 9 salariés au plus"]


@pytest.mark.parametrize(
    ("duree", "text"),
    [
        ({"mois": {"min": 12, "max": 18}}, "de 12 à 18 mois"),
        ({"mois": {"min": 1, "max": 1}}, "1 mois"),
        ({"jours": {"min": 5, "max": 5}}, "5 jours"),
        ({"jours": {"max": 1}}, "1 jour au plus"),
        ({"jours": {"min": 1}}, "1 jour ou plus"),
        ({"jours": {"min": 1, "max": 3}}, "de 1 à 3 jours"),
        ({"jours": {"min": 0, "max": 1}}, "de 0 à 1 jour"),
        ({"semaines": {"min": 1, "max": 1}}, "1 semaine"),
        ({"semaines": {"min": 2}}, "2 semaines ou plus"),
        ({"heures": {"min": 1, "max": 1}}, "1 heure"),
        ({"heures": {"max": 1500}}, "1 500 heures au plus"),
    ],
)
def test_durations(duree, text):
    assert phrases.duree_texte(Duree(**duree)) == text


def test_terms_are_told_with_their_figures_on_the_page(cat):
    """A sentence, conditions, a duration and figures: each in its place under the term."""
    page = next(
        page
        for page in render_pages(cat, {"dossier": "", "chemin": "", "octets_total": 0, "octets_brotli": 0})
        if page.chemin == "fiches/fiche-02-accueil/"
    )
    text = " ".join(re.sub("<[^>]+>", " ", page.corps.split("Accompagnement")[1]).replace("\u00a0", " ").replace("\u202f", " ").split())
    for told in (
        "Un conseiller vous suit.", "Vous êtes dans un Territoire d’industrie", "Montant du projet : de 20 000 à 400 000 euros",
        "5 jours (répartis sur six mois)", "Prix d’une journée 1 200 € HT", "Reste à votre charge 30 %",
    ):  # fmt: skip
        assert told in text
    assert text.index("Reste à votre charge") < text.index("Projets accompagnés 12,5 par an")


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(147000), "147 000"), (Fraction(1, 3), "0,33"), (Fraction(5, 2), "2,5"), (Fraction(1, 200), "0,01")],
)
def test_numbers(value, text):
    assert phrases.nombre(value) == text


def test_the_first_of_the_month():
    assert phrases.date_fr(datetime.date(2026, 3, 1)) == "1er mars 2026"


@pytest.mark.parametrize("given", ["demain", "2026-02-30", "2026"])
def test_a_day_that_is_none_gets_one_line(monkeypatch, given):
    monkeypatch.setenv("ETABLI_DATE", given)
    with pytest.raises(SystemExit, match=f"ETABLI_DATE=« {given} »") as ended:
        today()
    assert "\n" not in str(ended.value)
