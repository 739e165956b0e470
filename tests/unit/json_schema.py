"""A reader of JSON Schema for the tests: the few keywords that `data/schemas/` uses, and a refusal of any other.

What an editor's red underlines come from; no package of the project knows JSON Schema.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, Decimal), "null": type(None)}
_SAID = {"$schema", "$comment", "$defs", "title", "description", "default", "properties", "patternProperties", "propertyNames"}


def wrong_in(schema: Path, value: Any) -> list[str]:
    """What the schema refuses in `value`, as read by `load_file`. Raises ValueError at a keyword not known here."""
    root = json.loads(schema.read_text(encoding="utf-8"))
    return list(_wrong(root, root, value, "$"))


def _wrong(root: dict, node: Any, value: Any, place: str) -> Iterator[str]:
    if node is True:
        return
    for keyword, given in node.items():
        match keyword:
            case "$ref":
                yield from _wrong(root, root["$defs"][given.removeprefix("#/$defs/")], value, place)
            case "anyOf":
                if all(list(_wrong(root, one, value, place)) for one in given):
                    yield f"{place} : aucune des formes"
            case "items" if isinstance(value, list):
                for i, item in enumerate(value):
                    yield from _wrong(root, given, item, f"{place}[{i}]")
            case "additionalProperties" if isinstance(value, dict):
                yield from _wrong_keys(root, node, value, place)
            case _ if keyword in _SAID:
                pass
            case _ if not _holds(keyword, given, value):
                yield f"{place} : {keyword} {given}"
    if isinstance(value, dict):
        for name, inner in node.get("properties", {}).items():
            if name in value:
                yield from _wrong(root, inner, value[name], f"{place}.{name}")
        for pattern, inner in node.get("patternProperties", {}).items():
            for name in filter(lambda name: re.search(pattern, name), value):
                yield from _wrong(root, inner, value[name], f"{place}.{name}")


def _wrong_keys(root: dict, node: dict, value: dict, place: str) -> Iterator[str]:
    others = [name for name in value if name not in node.get("properties", {})]
    for name in others:
        if node["additionalProperties"] is False and not any(re.search(p, name) for p in node.get("patternProperties", {})):
            yield f"{place} : clé {name}"
        elif node["additionalProperties"] is not False:
            yield from _wrong(root, node["additionalProperties"], value[name], f"{place}.{name}")


def _holds(keyword: str, given: Any, value: Any) -> bool:
    """One keyword that looks at the value itself; those of another type say nothing of it."""
    number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    match keyword:
        case "type":
            return isinstance(value, _TYPES[given]) and (given == "boolean" or not isinstance(value, bool))
        case "enum":
            return value in given
        case "const":
            return value == given
        case "required":
            return not isinstance(value, dict) or set(given) <= set(value)
        case "pattern":
            return not isinstance(value, str) or bool(re.search(given, value))
        case "format":
            return given == "date" and (not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)))
        case "minLength" | "maxLength":
            return not isinstance(value, str) or (len(value) >= given if keyword == "minLength" else len(value) <= given)
        case "minItems" | "maxItems":
            return not isinstance(value, list) or (len(value) >= given if keyword == "minItems" else len(value) <= given)
        case "minProperties":
            return not isinstance(value, dict) or len(value) >= given
        case "minimum" | "maximum":
            return not number or (value >= given if keyword == "minimum" else value <= given)
        case "items" | "additionalProperties":
            return True
        case _:
            raise ValueError(keyword)
