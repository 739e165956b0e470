"""Sentences made from data."""

import datetime
from fractions import Fraction

import pytest

from etabli import phrases
from etabli.build import open_catalogue, today

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
        "Compter 249 salariés au plus",
        "Déposer la demande avant de commencer l'opération",
    ]


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
