"""The tables for spreadsheets, and the file in the format of the national schema."""

import csv
import datetime
import io
import json
import re
import uuid
from fractions import Fraction
from itertools import product

import pytest

from etabli import RACINE, phrases
from etabli.api import render_api
from etabli.build import open_catalogue, today
from etabli.champs import Condition
from etabli.dispositif_aide import render_dispositifs_aide
from etabli.schema import Zones
from etabli.tableaux import BOM, FORMULES, render_tableaux, write_table

from .test_wrong import JOUR, TESTS

#: The Table Schema of etalab/schema-dispositif-aide v0.2.0: name → constraints, in the order of its fields.
GEO = r"^[A-Z]+-\d+(\|[A-Z]+-\d+)*$"
CIBLE = "(professionnels|particuliers|associations|secteur public)"
SCHEMA = {
    "id": {"required": True, "unique": True, "format": "uuid"},
    "titre": {"required": True},
    "promesse": {"maxLength": 180},
    "description": {"required": True, "maxLength": 5000},
    "eligibilite": {"required": True},
    "types_aides": {"required": True},
    "porteurs": {"required": True},
    "programmes_parents": {},
    "url_source": {"pattern": r"^(https?://).+"},
    "cibles": {"required": True, "pattern": rf"^{CIBLE}(\|{CIBLE})*$"},
    "eligibilite_geographique": {"required": True, "pattern": GEO},
    "eligibilite_geographique_exclusions": {"pattern": GEO},
    "date_ouverture": {"type": "datetime"},
    "date_cloture": {"type": "datetime"},
    "date_mise_a_jour": {"required": True, "type": "datetime"},
}


def faults(rows: list[dict[str, str]]) -> list[str]:
    """« row field: fault » for every cell that the schema refuses."""
    found = []
    for name, rules in SCHEMA.items():
        values = [row[name] for row in rows]
        if rules.get("unique") and len(set(values)) < len(values):
            found.append(f"{name} : deux fois le même")
        for row, value in zip(rows, values, strict=True):
            place = f"{row['titre']} {name}"
            if not value:
                found += [f"{place} : vide"] if rules.get("required") else []
                continue
            if len(value) > rules.get("maxLength", len(value)):
                found.append(f"{place} : {len(value)} caractères")
            if not re.match(rules.get("pattern", ""), value):
                found.append(f"{place} : {value}")
            if rules.get("format") == "uuid":
                uuid.UUID(value)
            if rules.get("type") == "datetime":
                datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    return found


def national(cat) -> list[dict[str, str]]:
    text, number = render_dispositifs_aide(cat)
    assert not text.startswith(BOM)
    reader = csv.DictReader(io.StringIO(text, newline=""))
    rows = list(reader)
    assert reader.fieldnames == list(SCHEMA)
    assert len(rows) == number
    return rows


@pytest.fixture
def cat():
    return open_catalogue(TESTS / "sample" / "data", JOUR, racine=TESTS / "sample")[0]


@pytest.fixture(scope="module")
def real():
    return open_catalogue(RACINE / "data", today())[0]


def tables(cat) -> dict[str, list[dict[str, str]]]:
    made = {}
    for name, text, number in render_tableaux(cat):
        assert text.startswith(BOM)
        made[name] = list(csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))
        assert len(made[name]) == number
    return made


# --- « ; » tables ------------------------------------------------------------------------------------------------


def test_a_row_per_thing_with_its_labels_dates_state_and_source(cat):
    row = next(row for row in tables(cat)["dispositifs"] if row["id"] == "etude-energie")
    assert row["titre"] == "Aide à l'étude énergie"
    assert (row["nature"], row["nature_libelle"]) == ("etude", cat.vocabulaires["natures"]["etude"].libelle)
    assert (row["ouverture"], row["cloture"], row["statut"]) == ("2026-01-01", "2026-12-31", "ouvert")
    assert (row["zones"], row["zones_noms"], row["avant_demarrage"]) == ("REG-53", "Bretagne", "oui")
    assert (row["source"], row["source_page"], row["source_consultee_le"]) == ("memoire", "Fiche 1", "2026-01-05")


def test_several_values_stand_apart_in_their_cell(cat):
    row = next(row for row in tables(cat)["dispositifs"] if row["id"] == "defi-collectif")
    assert row["themes"] == "energie | eau"


def test_the_amounts_have_a_row_per_line(cat):
    rows = [(row["dispositif"], row["portee"], row["objet"]) for row in tables(cat)["dispositifs-montants"]]
    assert rows == [
        ("defi-collectif", "ligne", "Moins de 20 salariés"),
        ("etude-energie", "ensemble", "Le coût de l'étude, hors taxes."),
        ("etude-energie", "bonus", "En Corse"),
    ]
    line, whole, bonus = tables(cat)["dispositifs-montants"]
    assert (line["effectif_max"], line["forfait"], line["seuil"], line["sens"]) == ("19", "250", "500", "prix")
    assert (whole["taux_petite"], whole["taux_moyenne"], whole["taux_grande"], whole["plafond_assiette"]) == ("70", "60", "50", "50000")
    assert bonus["bonus_points"] == "5"


def test_every_kind_has_its_table_and_all_rows_their_columns(real):
    made = tables(real)
    assert set(made) == {
        "organismes", "ressources", "dispositifs", "fiches", "contacts", "territoires", "dispositifs-montants",
    }  # fmt: skip
    for name, rows in made.items():
        assert all(None not in row and None not in row.values() for row in rows), name
    assert {row["id"] for row in made["contacts"]} == set(real.contacts)


@pytest.mark.parametrize(("begin", "before"), [*product(FORMULES, ("", " "))])
def test_a_cell_is_never_a_formula(begin, before):
    text = write_table([{"a": f"{before}{begin}HYPERLINK(0)", "b": "4 + 4"}])
    cells = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))[1]
    assert not cells[0].startswith(FORMULES)
    assert cells[0].startswith("'") or begin.isspace()
    assert cells[1] == "4 + 4"


def test_a_formula_in_the_data_is_a_text_in_the_table(cat):
    cat.dispositifs["etude-energie"] = cat.dispositifs["etude-energie"].model_copy(update={"titre": "=1+1"})
    assert [row["titre"] for row in tables(cat)["dispositifs"] if row["id"] == "etude-energie"] == ["'=1+1"]


def test_numbers_and_lines_are_those_of_a_french_spreadsheet():
    text = write_table(
        [{"n": Fraction(25, 2), "entier": Fraction(70), "tiers": Fraction(1, 3), "texte": 'deux\nlignes ; "dites"', "vide": None}]
    )
    assert text.splitlines()[1] == '12,5;70;0,3333;"deux lignes ; ""dites""";'


def test_the_index_of_the_api_names_every_table(cat):
    files = dict(render_api(cat))
    listed = {entry["chemin"]: entry["nombre"] for entry in json.loads(files["api/v1/index.json"])["tableaux"].values()}
    assert set(listed) == {path for path in files if path.endswith(".csv")}
    assert listed["api/v1/dispositifs.csv"] == len(cat.dispositifs)


# --- The national schema -----------------------------------------------------------------------------------------


def test_the_catalogue_and_the_sample_hold_the_national_schema(cat, real):
    assert faults(national(cat)) == []
    assert faults(national(real)) == []


def test_the_check_of_the_schema_can_fail(cat):
    row = national(cat)[0]
    wrong = row | {"promesse": "a" * 181, "eligibilite": "", "eligibilite_geographique": "DEP-2A", "cibles": "tous"}
    assert len(faults([wrong])) == 4
    assert len(faults([row, row])) == 1


def test_an_aid_is_told_in_the_words_of_the_schema(cat):
    row = next(row for row in national(cat) if row["titre"] == "Aide à l'étude énergie")
    assert row["promesse"] == "L'agence paie une part de votre étude, selon votre taille"
    assert row["porteurs"].startswith("[{ nom: '") and row["porteurs"].endswith("', roles: [ 'financeur' ]}]")
    assert (row["types_aides"], row["cibles"]) == ("étude|financement", "professionnels")
    assert row["eligibilite"].split("\n") == [
        "• S'adresse à : " + cat.vocabulaires["publics"]["entreprise"].libelle.lower(),
        "• Vous êtes ici : Bretagne",
        "• Vous comptez 249 salariés au plus",
        "• Vous déposez la demande avant de commencer l'opération",
        "• Montant du projet : plus de 10 000 euros",
        "• Le prestataire est indépendant",
    ]
    # First and last second of the days in France, winter time.
    assert (row["date_ouverture"], row["date_cloture"]) == ("2025-12-31T23:00:00Z", "2026-12-31T22:59:59Z")


def test_the_same_thing_has_the_same_id_whatever_else_changes(cat):
    before = {row["titre"]: row["id"] for row in national(cat)}
    cat.dispositifs["etude-energie"] = cat.dispositifs["etude-energie"].model_copy(update={"resume": "Autre chose.", "titre": "Autre"})
    assert {row["id"] for row in national(cat)} == set(before.values())
    assert before["Aide à l'étude énergie"] == "786a6422-b999-5edd-a82f-577a8be85114"


def test_a_state_aid_rule_is_no_aid(real):
    rules = {d.titre for d in real.dispositifs.values() if d.nature == "regime"}
    assert rules
    assert not rules & {row["titre"] for row in national(real)}


def test_a_zone_that_the_schema_cannot_write_is_widened_and_an_exclusion_never_is(cat):
    zones = Zones(inclus=["DEP-2A", "EPCI-200046977", "DEP-2B"], exclus=["DEP-2B", "DEP-29"])
    cat.dispositifs = {"x": cat.dispositifs["etude-energie"].model_copy(update={"zones": zones})}
    [row] = national(cat)
    assert row["eligibilite_geographique"] == "REG-94|EPCI-200046977"
    assert row["eligibilite_geographique_exclusions"] == "DEP-29"
    assert f"• Vous êtes hors de : {phrases.zones_texte(cat, zones.exclus)}" in row["eligibilite"]


def test_a_territoire_d_industrie_counts_as_its_region(real):
    row = next(row for row in national(real) if row["titre"] == real.dispositifs["louer-pour-l-emploi"].titre)
    regions = {t.parent for t in real.territoires.values() if t.code in real.dispositifs["louer-pour-l-emploi"].zones.inclus}
    assert set(row["eligibilite_geographique"].split("|")) == regions


def test_long_texts_are_cut_between_words(cat):
    update = {"resume": "Des mots " * 22, "texte": "Une phrase. " * 900}
    cat.dispositifs = {"x": cat.dispositifs["etude-energie"].model_copy(update=update)}
    rows = national(cat)
    assert faults(rows) == []
    assert rows[0]["promesse"].endswith((" mots…", " Des…"))
    assert rows[0]["description"].endswith((" phrase…", " Une…"))


def test_alternatives_stand_on_one_line(cat):
    either = Condition(
        un=[Condition(public=["entreprise"]), Condition(tous=[Condition(public=["association"]), Condition(zone=["REG-53"])])]
    )
    cat.dispositifs = {"x": cat.dispositifs["etude-energie"].model_copy(update={"conditions": either, "conditions_texte": []})}
    lines = national(cat)[0]["eligibilite"].split("\n")
    assert lines[2].startswith("• Au moins une de ces conditions : Vous êtes : entreprise ; (Toutes ces conditions : ")
