"""The editors' folder tells the truth: its models hold, show every field and say how to fill it; its messages are the real ones."""

import datetime
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from etabli import RACINE
from etabli.champs import Condition, Intervalle, Quantite, Ref, ReponseDonnee
from etabli.load import Document, Path_, load_file
from etabli.messages import read_model
from etabli.phrases import find_statut
from etabli.schema import Duree
from etabli.schemas import SCHEMAS

from .contribuer import CIBLES, DOSSIER, MODELES, lay, tell
from .json_schema import wrong_in

PAGES = sorted(DOSSIER.glob("*.md"))
#: Where a choice excludes the others, or makes a tree: all the choices stand in the examples together, not in each.
CHOIX = {Condition, Quantite, ReponseDonnee, Intervalle, Duree}


def read(kind: str) -> tuple[typing.Any, Document]:
    document = load_file(MODELES / f"{kind}.yml", MODELES)
    value, problems = read_model(SCHEMAS[kind], document)
    assert [*document.problems, *problems] == []
    return value, document


def models_in(annotation: typing.Any) -> Iterator[type[BaseModel]]:
    """The model classes that an annotation leads to, itself and theirs included."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        inner = [field.annotation for field in annotation.model_fields.values()] if annotation is not Condition else []
    else:
        inner = typing.get_args(annotation)
    for found in inner:
        yield from models_in(found)


def each_model(value: typing.Any, path: Path_ = ()) -> Iterator[tuple[Path_, BaseModel]]:
    """Every model inside a value, with its path in the file."""
    if isinstance(value, BaseModel):
        yield path, value
        inner = [(name, getattr(value, name)) for name in value.model_fields_set]
    else:
        inner = list(enumerate(value)) if isinstance(value, list) else list(value.items()) if isinstance(value, dict) else []
    for name, found in inner:
        yield from each_model(found, (*path, name))


def written(kind: str) -> dict[type[BaseModel], set[str]]:
    """Class → the fields that the example of a kind fills with something."""
    filled: dict[type[BaseModel], set[str]] = {}
    for _, model in each_model(read(kind)[0]):
        filled.setdefault(type(model), set()).update(name for name in model.model_fields_set if getattr(model, name) is not None)
    return filled


def comment_of(lines: list[str], number: int) -> str:
    """What is said of the key at line `number` (from 1): at its end, or on the comment lines just above."""
    told = [lines[number - 1].partition(" # ")[2]]
    for line in reversed(lines[: number - 1]):
        if not line.lstrip().startswith("# "):
            break
        told.insert(0, line.lstrip()[2:])
    return " ".join(filter(None, told))


def test_every_kind_has_its_example():
    assert {path.stem for path in MODELES.iterdir()} == set(SCHEMAS) == set(CIBLES)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_an_example_is_what_the_editors_schema_accepts(kind):
    _, document = read(kind)
    assert wrong_in(RACINE / "data" / "schemas" / f"{kind}.schema.json", document.valeur) == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_an_example_shows_every_field(kind):
    filled = written(kind)
    for model in set(models_in(SCHEMAS[kind])) - CHOIX:
        assert set(model.model_fields) - filled.get(model, set()) == set(), f"{model.__name__} : à montrer dans {kind}.yml"


def test_the_examples_together_show_every_choice():
    for model in CHOIX:
        assert set(model.model_fields) == set().union(*(written(kind).get(model, set()) for kind in SCHEMAS)), model.__name__


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_explained(kind):
    """A comment on each line that holds a key; a field seen first says if it is required, its choices, where its ids stand."""
    value, document = read(kind)
    lines = (MODELES / f"{kind}.yml").read_text(encoding="utf-8").splitlines()
    numbers = {line for path, line in document.lignes.items() if path and isinstance(path[-1], str)}
    assert {number for number in numbers if not comment_of(lines, number)} == set()
    seen = set()
    for path, model in sorted(each_model(value), key=lambda found: document.ligne(found[0])):
        for name in sorted(model.model_fields_set, key=lambda name: document.ligne((*path, name))):
            field, told = type(model).model_fields[name], comment_of(lines, document.ligne((*path, name)))
            if (type(model), name) in seen or isinstance(model, ReponseDonnee | Condition) or type(model).__name__ == "Attendu":
                continue
            seen.add((type(model), name))
            assert ("Obligatoire" if field.is_required() else "Facultatif") in told or "mêmes" in told, (name, told)
            missing = [word for word in expected_in(field) if word not in told]
            assert missing == [] or "mêmes" in told or "comme plus haut" in told, (name, missing)


def expected_in(field: typing.Any) -> Iterator[str]:
    """The words that the comment of a field must hold: each choice of a Literal, the file or the folder of its ids."""
    for part in flatten(field):
        if typing.get_origin(part) is typing.Literal:
            yield from map(str, typing.get_args(part))
        elif isinstance(part, Ref) and part.genre.startswith("vocabulaire:"):
            yield f"data/vocabulaires/{part.genre.removeprefix('vocabulaire:')}.yml"
        elif isinstance(part, Ref):
            yield "question" if part.genre == "question" else f"data/{part.genre}s/"


def flatten(annotation: typing.Any) -> Iterator[typing.Any]:
    """A field's annotation, taken apart."""
    yield annotation
    yield from (*getattr(annotation, "metadata", ()), *getattr(annotation, "__metadata__", ()))
    inner = [annotation.annotation] if hasattr(annotation, "annotation") else typing.get_args(annotation)
    for part in inner if typing.get_origin(annotation) is not typing.Literal else ():
        yield from flatten(part)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_an_example_can_be_copied_as_it_stands(kind):
    """Its first line leads to its schema from the place it is meant for, and nothing in it is left to the build's typography."""
    text = (MODELES / f"{kind}.yml").read_text(encoding="utf-8")
    first = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert ((RACINE / CIBLES[kind]).parent / first).resolve() == RACINE / "data" / "schemas" / f"{kind}.schema.json"
    assert re.findall("[\u00a0\u202f’]", text) == []
    assert re.findall(r"https?://(?!\S*\.example\b)\w+\S*", text) == []


def test_the_examples_together_are_a_folder_of_data(tmp_path):
    """References, dates, zones, the questionnaire that the engine plays: `make check` finds nothing to say."""
    assert tell(lay(tmp_path)) == ""


def test_the_example_of_an_espace_can_be_laid_over_them(tmp_path):
    """Each of its operations finds what it names."""
    data = lay(tmp_path)
    espace = (tmp_path / CIBLES["espace"]).parent
    (espace / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    assert tell(data, espace=espace) == ""
    broken = (espace / "espace.yml").read_text(encoding="utf-8").replace("source.page:", "sources.page:")
    (espace / "espace.yml").write_text(broken, encoding="utf-8")
    assert "« sources » n'existe pas ici." in tell(data, espace=espace)


@pytest.mark.parametrize(
    ("kind", "edit", "message"),
    [
        ("contact", ("organisme: communaute-", "organisme: commune-"), "« commune-exemple » est inconnu."),
        ("scenarios", ("score: 75", "score: 74"), "le moteur donne 75."),
        ("fiche", ("besoin: innover", "besoin: attirer"), "la fiche 24 répond à « innover »"),
    ],
)
def test_an_example_that_would_not_hold_is_told(tmp_path, kind, edit, message):
    """Else the test above would prove nothing."""
    assert message in tell(lay(tmp_path, {kind: edit}))


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S)


#: Page → for each message that it shows, in order: the edits of the models that bring it, and the day.
MESSAGES = {
    "index": (
        ({"ressource": ("themes: [eau]", "themes: [eaux]")}, "2026-12-01"),
        ({"dispositif": ("    petite: 70  #", "    petite: 180  #")}, "2026-12-01"),
    ),
    "retirer": (
        ({"dispositif": None}, "2026-12-01"),
        ({"dispositif": ("cloture: 2027-12-31", "cloture: 2025-12-31")}, "2026-12-01"),
        ({"dispositif": ("remplace_par: diagnostic-eau-exemple-2027", "remplace_par: diagnostic-eau-exemple-2026")}, "2026-12-01"),
        ({"dispositif": ("remplace_par: diagnostic-eau-exemple-2027", "remplace_par: diagnostic-eau-exemple")}, "2026-12-01"),
        ({}, "2027-06-01"),
    ),
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_messages_shown_are_the_real_ones(tmp_path, path):
    """Brought again one by one; the number of a line follows the model, so it is not compared."""
    for i, (shown, (edits, jour)) in enumerate(zip(blocks(path, "text"), MESSAGES.get(path.stem, ()), strict=True)):
        said = tell(lay(tmp_path / str(i), edits), datetime.date.fromisoformat(jour))
        assert re.sub(r"yml:\d+", "yml:N", shown.strip()) in re.sub(r"yml:\d+", "yml:N", said)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_every_command_and_place_named_exists(path):
    text = path.read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (RACINE / "Makefile").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= set(targets)
    for place in re.findall(r"`((?:data|docs|site|hooks)/[\w/.-]*)`", text):
        assert place == "site/" or (RACINE / place).exists(), place
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert link.endswith("index.md") or (DOSSIER / link).exists(), link
    fields = {name for kind in SCHEMAS.values() for model in (*models_in(kind), *CHOIX) for name in model.model_fields}
    assert set(re.findall(r"(?:`|<code>)([a-z_]+)(?:: \w+)?(?:`|</code>)", text)) <= fields


def test_the_steps_of_retirer_give_the_states_it_shows(tmp_path):
    """Each step of the page, merged into the example of a dispositif, is valid; the page then says what the site says."""
    text = (DOSSIER / "retirer.md").read_text(encoding="utf-8")
    base = re.sub(r"^(cloture|remplace_par|a_verifier): .*\n", "", (MODELES / "dispositif.yml").read_text(encoding="utf-8"), flags=re.M)
    states = []
    for block in blocks(DOSSIER / "retirer.md", "yaml"):
        merged = base
        for key, line in re.findall(r"^(\w+)(:.*\n)", block, re.M):
            merged = re.sub(rf"^{key}:.*\n", "", merged, flags=re.M) + f"{key}{line}"
        (tmp_path / "essai.yml").write_text(merged, encoding="utf-8")
        dispositif, problems = read_model(SCHEMAS["dispositif"], load_file(tmp_path / "essai.yml", tmp_path))
        assert problems == []
        states.append(find_statut(dispositif, datetime.date(2027, 4, 1)).libelle)
    assert {state for state in states if f"« {state} »" not in text} == set()
    assert {"Clos depuis le 31 mars 2027", "À vérifier avant de vous engager", "Ouvert jusqu'au 31 décembre 2027"} <= set(states)
    templates = "".join(path.read_text(encoding="utf-8") for path in (RACINE / "hooks/etabli/templates").glob("*.j2"))
    for sentence in re.findall(r"^> (.+)$", text, re.M):
        assert sentence in templates, sentence
