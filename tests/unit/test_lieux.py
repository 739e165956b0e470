"""Places: the départements that the official list adds, the words that name them, the pages of each."""

import datetime
import shutil

import pytest

from etabli.build import build, open_catalogue
from etabli.catalogue import Catalogue
from etabli.decoupage import clean, departement_of, load_decoupage, name_id
from etabli.officiel import add_departements
from etabli.schema_acteurs import Territoire

from .test_listes import links_of
from .test_wrong import TESTS

JOUR = datetime.date(2026, 3, 1)
SOURCE = {"document": "memoire", "consulte_le": JOUR}


def make_region(id_, code):
    return Territoire(id=id_, nom=id_, type="region", code=code, source=SOURCE, maj=JOUR)


def test_a_region_brings_its_departements():
    cat = Catalogue(JOUR, territoires={"bretagne": make_region("bretagne", "REG-53")}, decoupage=load_decoupage())
    add_departements(cat)
    found = {t.id: (t.type, t.code, t.parent) for t in cat.territoires.values() if t.type == "departement"}
    assert found == {
        "cotes-d-armor": ("departement", "DEP-22", "REG-53"),
        "finistere": ("departement", "DEP-29", "REG-53"),
        "ille-et-vilaine": ("departement", "DEP-35", "REG-53"),
        "morbihan": ("departement", "DEP-56", "REG-53"),
    }


def test_a_departement_that_is_a_whole_region_is_not_added_twice():
    cat = Catalogue(JOUR, territoires={"la-reunion": make_region("la-reunion", "REG-04")}, decoupage=load_decoupage())
    add_departements(cat)
    assert list(cat.territoires) == ["la-reunion"]


def test_a_departement_whose_name_is_taken_has_another_id():
    cat = Catalogue(JOUR, territoires={"morbihan": make_region("morbihan", "REG-53")}, decoupage=load_decoupage())
    add_departements(cat)
    assert cat.territoires["morbihan"].code == "REG-53"
    assert cat.territoires["departement-morbihan"].code == "DEP-56"


def test_a_departement_that_has_a_file_is_that_of_the_file(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(TESTS / "sample" / "data", data)
    text = (data / "territoires" / "bretagne.yml").read_text(encoding="utf-8")
    for old, new in (("id: bretagne", "id: le-morbihan"), ("type: region", "type: departement"), ("REG-53", "DEP-56\nparent: REG-53")):
        text = text.replace(old, new)
    (data / "territoires" / "le-morbihan.yml").write_text(text, encoding="utf-8")
    cat, _ = open_catalogue(data, JOUR, racine=tmp_path)
    assert [t.id for t in cat.territoires.values() if t.code == "DEP-56"] == ["le-morbihan"]


def test_without_the_official_list_only_what_is_written_is_there():
    cat = Catalogue(JOUR, territoires={"bretagne": make_region("bretagne", "REG-53")})
    add_departements(cat)
    assert list(cat.territoires) == ["bretagne"]


@pytest.mark.parametrize(
    ("code", "nom", "parent"),
    [
        ("REG-75", "Nouvelle-Aquitaine", "PAYS-99100"),
        ("DEP-86", "Vienne", "REG-75"),
        ("DEP-974", "La Réunion", "REG-04"),
        ("EPCI-200069854", "CU du Grand Poitiers", "DEP-86"),
        ("EPCI-243500741", "CA Redon Agglomération", "DEP-35"),
    ],
)
def test_a_place_of_the_official_list(code, nom, parent):
    """Redon stands in three départements: 12 of its communes in Ille-et-Vilaine, 11 and 8 elsewhere."""
    lieu = load_decoupage()[code]
    assert (lieu.code, lieu.nom, lieu.parent) == (code, nom, parent)


def test_the_official_list_is_whole_and_each_place_has_its_parent():
    lieux = load_decoupage()
    counts = [sum(code.startswith(start) for code in lieux) for start in ("REG-", "DEP-", "EPCI-")]
    assert counts[:2] == [18, 101]
    assert counts[2] > 1200
    assert {lieu.parent for lieu in lieux.values()} <= {*lieux, "PAYS-99100"}


def test_the_departement_of_a_commune():
    assert [departement_of(code) for code in ("86194", "2A004", "97411", "97701", "01001")] == ["86", "2A", "974", "977", "01"]


def test_a_name_as_one_reads_it_and_as_part_of_an_address():
    assert clean("CC  Faucigny - Glières ") == "CC Faucigny - Glières"
    assert name_id("Côtes-d'Armor") == name_id("Côtes-d’Armor") == "cotes-d-armor"
    assert name_id("L'Île (du Nord)") == "l-ile-du-nord"


@pytest.fixture(scope="module")
def pages():
    made = build(TESTS / "sample" / "data", JOUR, racine=TESTS / "sample")
    return {page.chemin: page for page in made.pages}


def test_every_place_is_reached_from_the_list_of_its_type(pages):
    lists = [f"territoires/{name}/" for name in ("departements", "intercommunalites", "territoires-industrie")]
    assert {"territoires/bretagne/", *lists} <= links_of(pages["territoires/"])
    for path, id_ in zip(lists, ("ille-et-vilaine", "rennes-metropole", "pays-d-essai"), strict=True):
        assert f"territoires/{id_}/" in links_of(pages[path])


def test_a_place_says_what_holds_it_and_what_it_holds(pages):
    corps = pages["territoires/pays-d-essai/"].corps
    above = [corps.index(f">{nom}</a>") for nom in ("Rennes Métropole", "Ille-et-Vilaine", "Bretagne")]
    assert above == sorted(above)
    inside = pages["territoires/bretagne/"].corps
    for nom in ("Finistère", "Rennes Métropole", "Pays d’essai"):
        assert f">{nom}</a>" in inside
    assert ">Finistère</a>" not in pages["territoires/rennes-metropole/"].corps


def test_the_nearest_door_stands_on_the_page_of_a_place_and_the_directory_elsewhere(pages):
    """The agency has a desk in Rennes: there its national directory is no use."""
    for path in ("territoires/pays-d-essai/", "territoires/rennes-metropole/"):
        reduire = pages[path].corps.split('id="pour-reduire"')[1]
        assert "Bureau de Rennes" in reduire
        assert "Annuaire" not in reduire
        assert "Annuaire" in pages[path].corps.split('id="pour-attirer"')[1].split("</section>")[0]
    assert "Annuaire" in pages["territoires/finistere/"].corps
    assert "Bureau de Rennes" not in pages["territoires/finistere/"].corps
