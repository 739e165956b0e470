"""The editors' schemas are those of the models, and they do refuse."""

import json

import pytest

from etabli import RACINE
from etabli.build import open_catalogue, today
from etabli.schemas import SCHEMAS, make_schemas

FOLDER = RACINE / "data" / "schemas"


@pytest.fixture(scope="module")
def made():
    return make_schemas(open_catalogue(RACINE / "data", today())[0])


def test_the_committed_schemas_are_fresh(made):
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == made, "lancez « make schemas »"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_asks_for_something(made, name):
    body = json.loads(made[f"{name}.schema.json"])
    if body.get("type") == "array":
        body = body["$defs"][body["items"]["$ref"].removeprefix("#/$defs/")]
    assert body["required"]
    assert body["additionalProperties"] is False


def test_vocabularies_are_offered_as_choices(made):
    assert '"etablissement-public"' in made["ressource.schema.json"]
    assert "x-genre" not in "".join(made.values())
