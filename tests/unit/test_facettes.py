"""What a search can be narrowed by: each thing bears the values that a visitor would expect it under."""

import datetime

import pytest

from etabli.build import open_catalogue
from etabli.facettes import facets_of, list_facettes
from etabli.proximite import Proximite

from .test_wrong import TESTS


@pytest.fixture(scope="module")
def cat():
    return open_catalogue(TESTS / "sample" / "data", datetime.date(2026, 3, 1), racine=TESTS / "sample")[0]


def test_a_thing_has_the_values_of_its_fields(cat):
    near = Proximite(cat)
    dispositif = cat.dispositifs["etude-energie"]
    assert facets_of(cat, near, dispositif) == {
        "genre": ("dispositif",),
        "theme": tuple(dispositif.themes),
        "besoin": tuple(dispositif.besoins),
        "public": tuple(dispositif.publics),
        "nature": (dispositif.nature,),
        "etat": ("ouvert",),
        "territoire": ("REG-53",),
    }
    found = facets_of(cat, near, cat.ressources["guide-eclairage"])
    assert {name: found[name] for name in ("genre", "type", "effort", "cout", "territoire")} == {
        "genre": ("ressource",),
        "type": (cat.ressources["guide-eclairage"].type,),
        "effort": (str(cat.ressources["guide-eclairage"].effort),),
        "cout": (cat.ressources["guide-eclairage"].cout,),
        "territoire": ("PAYS-99100",),
    }


def test_an_aid_is_open_to_come_or_closed(cat):
    near, one = Proximite(cat), cat.dispositifs["etude-energie"]
    for dates, etat in (
        ({"cloture": datetime.date(2026, 2, 28)}, "clos"),
        ({"cloture": datetime.date(2026, 3, 1)}, "ouvert"),
        ({"ouverture": datetime.date(2026, 3, 2)}, "a_venir"),
        ({"ouverture": None, "cloture": None}, "ouvert"),
    ):
        assert facets_of(cat, near, one.model_copy(update=dates))["etat"] == (etat,)


def test_a_place_is_told_as_its_region(cat):
    near, one = Proximite(cat), cat.ressources["guide-eclairage"]
    expected = {("DEP-35", "REG-53"): ("REG-53",), ("PAYS-99100",): ("PAYS-99100",), ("REG-53", "DEP-86"): ("REG-53", "REG-75")}
    for zones, regions in expected.items():
        assert facets_of(cat, near, one.model_copy(update={"zones": list(zones)}))["territoire"] == regions


def test_every_value_has_a_name(cat):
    near, known = Proximite(cat), list_facettes(cat)
    for kind in ("dispositif", "ressource", "fiche", "territoire"):
        for thing in cat.of(kind).values():
            for facet, values in facets_of(cat, near, thing).items():
                assert set(values) <= set(known[facet][1]), (thing.id, facet)
