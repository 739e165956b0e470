"""Of places and of whom to call there: what is let through, beside what `tests/wrong` shows refused."""

import datetime

import pytest

from etabli import RACINE
from etabli.checks_lieux import LISTES, check_contacts
from etabli.lecture import load_catalogue
from etabli.lieux import TYPES

SAMPLE = RACINE / "tests" / "sample" / "data"


def said_of(**fields) -> list[tuple[str, str]]:
    """(key, message) for each thing wrong with a contact of the sample once `fields` are changed."""
    cat, _ = load_catalogue(SAMPLE, datetime.date(2026, 3, 1), SAMPLE.parent)
    contact = cat.contacts["agence-bretagne"]
    values = {**contact.model_dump(mode="json", exclude_unset=True), **fields}
    cat.contacts = {"agence-bretagne": type(contact).model_validate(values)}
    return [(p.chemin, p.message) for p in check_contacts(cat)]


@pytest.mark.parametrize(
    "box",
    [
        "service.economie", "pole.entreprises", "contact.entreprises", "developpement.economique", "transition.ecologique", "eau2.mairie",
        "accueil", "relation-clients-nouvelleaquitaine", "aides_locales", "conseil.energie",
    ],
)  # fmt: skip
def test_the_box_of_a_service_is_let_through(box):
    assert said_of(courriel=f"{box}@agence.example") == []


@pytest.mark.parametrize(
    "box",
    [
        "prenom.nom", "jean-pierre.dupont", "marie.dupont-martin", "j.dupont2", "jeanne_martin", "j.m.durand", "anne.moreau",
        "paul.rolland", "marie.desservices",
    ],
)  # fmt: skip
def test_the_box_of_a_person_is_refused_without_consent(box):
    ((key, message),) = said_of(courriel=f"{box}@agence.example")
    assert (key, box in message) == ("courriel", True)
    assert said_of(courriel=f"{box}@agence.example", consentement={"obtenu_le": "2026-01-05"}) == []


@pytest.mark.parametrize(
    ("number", "refused"), [("06 12 34 56 78", True), ("07 12 34 56 78", True), ("05 49 00 00 00", False), ("3900", False)]
)
def test_a_mobile_telephone_is_a_persons(number, refused):
    assert [key for key, _ in said_of(telephone=number)] == ["telephone"] * refused
    assert said_of(telephone=number, consentement={"obtenu_le": "2026-01-05"}) == []
    assert [key for key, _ in said_of(fonction=f"Accueil ({number})")] == ["fonction"] * refused


def test_the_names_of_the_lists_are_those_of_the_site():
    assert set(LISTES) == {sub for _, _, sub in TYPES.values() if sub}
