"""Walks through the models: every thing, every reference, every condition, every zone, each with its path in the file.

Stands before the checks, which say what must hold at those places.
"""

import functools
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from .catalogue import GENRES, Catalogue
from .champs import Condition, Ref
from .load import Path_

_ZONE = re.compile(r"(REG|DEP|EPCI|COM)-[0-9AB]{2,9}|TI-[a-z0-9-]+")
#: What one file holds: (kind, id, a model or a list of models).
Thing = tuple[str, str, BaseModel | list[Any]]


def each_thing(cat: Catalogue) -> Iterator[Thing]:
    """What each file holds, vocabularies excepted: they point to nothing."""
    for kind in GENRES:
        for id_, thing in cat.of(kind).items():
            if (kind, id_) in cat.documents:  # a département comes from the official list
                yield kind, id_, thing
    for referentiel in cat.questionnaires.values():
        yield "questionnaire", referentiel.id, referentiel.questionnaire
        for theme in referentiel.themes:
            yield "theme", f"{referentiel.id}/{theme.id}", theme
        yield "scenarios", referentiel.id, referentiel.scenarios
    yield from cat.incomplets
    yield "glossaire", "glossaire", cat.termes


def each_ref(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Ref, str]]:
    """Every reference inside a model or a list of models: (path, what it points to, id)."""
    if isinstance(value, list):
        yield from _refs_of_field(None, value, path)
    for name in type(value).model_fields if isinstance(value, BaseModel) else ():
        inner, mark = getattr(value, name), mark_of(type(value), name)
        if mark or isinstance(inner, BaseModel | list):
            yield from _refs_of_field(mark, inner, (*path, name))


@functools.cache
def mark_of(model: type[BaseModel], name: str) -> Ref | None:
    """What the field `name` of a model points to, if anything."""
    return _find_ref(model.model_fields[name])


def _refs_of_field(mark: Ref | None, value: Any, path: Path_) -> Iterator[tuple[Path_, Ref, str]]:
    items = enumerate(value) if isinstance(value, list) else [(None, value)]
    for i, item in items:
        place = path if i is None else (*path, i)
        if isinstance(item, BaseModel):
            yield from each_ref(item, place)
        elif mark and isinstance(item, str):
            yield place, mark, item


def _find_ref(annotation: Any) -> Ref | None:
    """The `Ref` mark of a field, however deep it stands in its annotation."""
    for mark in (*getattr(annotation, "metadata", ()), *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, Ref):
            return mark
    inner = [annotation.annotation] if hasattr(annotation, "annotation") else getattr(annotation, "__args__", ())
    return next((found for found in map(_find_ref, inner) if found), None)


def each_value(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every value inside a model or a list of models, itself first: models, lists and what they hold, each with its path."""
    yield path, value
    inside = enumerate(value) if isinstance(value, list) else value.__dict__.items() if isinstance(value, BaseModel) else ()
    for key, inner in inside:
        if isinstance(inner, BaseModel | list):
            yield from each_value(inner, (*path, key))
        else:
            yield (*path, key), inner


def each_condition(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Condition]]:
    """Every node of every condition tree inside a model."""
    return ((place, inner) for place, inner in each_value(value, path) if isinstance(inner, Condition))


def each_text(value: Any) -> Iterator[tuple[Path_, str]]:
    """Every text inside a model or a list of models."""
    return ((path, inner) for path, inner in each_value(value) if isinstance(inner, str))


def each_zone(value: Any) -> Iterator[tuple[Path_, str]]:
    """Every code of a zone inside a model or a list of models; the whole country is not judged."""
    return ((path, text) for path, text in each_text(value) if _ZONE.fullmatch(text))
