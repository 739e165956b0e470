"""Write the JSON Schemas that editors use for completion and red lines: `make schemas`.

They come out of the models, so that the contract is written once; a test tells when they are out of date.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from . import schema
from .catalogue import GENRES, Catalogue
from .schema_espace import Espace
from .schema_questionnaire import Questionnaire, Scenario, ThemeQuestionnaire
from .schema_site import Site

SCHEMAS: dict[str, Any] = {
    **{kind: model for kind, (_, model) in GENRES.items()},
    "glossaire": list[schema.Terme],
    "synonymes": list[schema.Synonyme],
    "vocabulaire": list[schema.Entree],
    "site": Site,
    "espace": Espace,
    "questionnaire": Questionnaire,
    "theme-questionnaire": ThemeQuestionnaire,
    "scenarios": list[Scenario],
}


def make_schemas(cat: Catalogue) -> dict[str, str]:
    """File name → text of each schema; the ids of the vocabularies stand in them as lists of choices."""
    made = {}
    for name, model in SCHEMAS.items():
        body = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$comment": "Fait par « make schemas » à partir de hooks/etabli/schema.py : ne pas modifier à la main.",
            **_with_choices(TypeAdapter(model).json_schema(), cat),
        }
        made[f"{name}.schema.json"] = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return made


def _with_choices(node: Any, cat: Catalogue) -> Any:
    if isinstance(node, list):
        return [_with_choices(item, cat) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _with_choices(value, cat) for key, value in node.items() if key != "x-genre"}
    kind = node.get("x-genre", "")
    if isinstance(kind, str) and kind.startswith("vocabulaire:"):
        kept["enum"] = sorted(cat.vocabulaires.get(kind.removeprefix("vocabulaire:"), {}))
    return kept


def write_schemas(cat: Catalogue, folder: Path) -> list[str]:
    """Write every schema into `folder`; gives the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = make_schemas(cat)
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(made)
