"""The one door to the data: read every file of `data/`, give models by kind and id.

Third step of both flows. Nothing downstream opens a YAML file; all that pages, API and search need is here.
"""

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import RACINE, schema
from .load import Document, Path_, load_file
from .messages import read_model
from .problems import Problem
from .schema_questionnaire import Question, Questionnaire, Scenario, ThemeQuestionnaire
from .schema_site import Site

#: kind → (folder, model): one file per thing, the file's name is its id.
GENRES = {
    "organisme": ("organismes", schema.Organisme),
    "ressource": ("ressources", schema.Ressource),
    "dispositif": ("dispositifs", schema.Dispositif),
    "fiche": ("fiches", schema.Fiche),
    "contact": ("contacts", schema.Contact),
    "territoire": ("territoires", schema.Territoire),
}


@dataclass
class Referentiel:
    """A questionnaire with its theme files, in the order of its screens, and its worked examples."""

    questionnaire: Questionnaire
    themes: list[ThemeQuestionnaire]
    scenarios: list[Scenario]

    @property
    def id(self) -> str:
        return self.questionnaire.id

    @property
    def questions(self) -> list[Question]:
        return [question for theme in self.themes for question in theme.questions]


@dataclass
class Catalogue:
    """All that the data says, as models. `jour` is the day for which it is read: an argument, never a clock."""

    jour: datetime.date
    site: Site | None = None
    organismes: dict[str, schema.Organisme] = field(default_factory=dict)
    ressources: dict[str, schema.Ressource] = field(default_factory=dict)
    dispositifs: dict[str, schema.Dispositif] = field(default_factory=dict)
    fiches: dict[str, schema.Fiche] = field(default_factory=dict)
    contacts: dict[str, schema.Contact] = field(default_factory=dict)
    territoires: dict[str, schema.Territoire] = field(default_factory=dict)
    termes: list[schema.Terme] = field(default_factory=list)
    vocabulaires: dict[str, dict[str, schema.Entree]] = field(default_factory=dict)
    questionnaires: dict[str, Referentiel] = field(default_factory=dict)
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)

    def of(self, genre: str) -> dict[str, Any]:
        """All things of one kind, by id."""
        return getattr(self, genre + "s")

    def problem(self, genre: str, id_: str, path: Path_, message: str, attendu: str = "", *, avertissement: bool = False) -> Problem:
        """A problem at `path` in the file that holds the thing."""
        return self.documents[genre, id_].problem(path, message, attendu, avertissement=avertissement)


def genre(thing: Any) -> str:
    """The kind of a model: « ressource », « dispositif », …"""
    return type(thing).__name__.lower()


def load_catalogue(data: Path, jour: datetime.date, racine: Path = RACINE) -> tuple[Catalogue, list[Problem]]:
    """Read the folder `data` for the day `jour`; gives what could be read, and every problem met.

    racine: the folder from which files are named in messages.
    """
    reading = _Reading(Catalogue(jour), data, racine)
    reading.read_vocabulaires()
    for kind in GENRES:
        reading.read_kind(kind)
    reading.catalogue.termes = reading.read("glossaire", "glossaire", data / "glossaire.yml", list[schema.Terme]) or []
    reading.catalogue.site = reading.read("site", "site", data / "site.yml", Site)
    for folder in sorted((data / "questionnaires").glob("*/")):
        reading.read_referentiel(folder)
    return reading.catalogue, reading.problems


class _Reading:
    """One reading of the data folder: fills the catalogue, collects the problems."""

    def __init__(self, catalogue: Catalogue, data: Path, racine: Path):
        self.catalogue, self.data, self.racine = catalogue, data, racine
        self.problems: list[Problem] = []

    def read(self, kind: str, id_: str, path: Path, model: Any) -> Any:
        """The value of one file as `model`, or None with its problems noted."""
        if not path.is_file():
            self.problems.append(Problem(path.relative_to(self.racine).as_posix(), 1, "", "le fichier manque.", "ce fichier, obligatoire."))
            return None
        document = load_file(path, self.racine)
        self.catalogue.documents[kind, id_] = document
        self.problems.extend(document.problems)
        if document.valeur is None:
            return None
        value, problems = read_model(model, document)
        self.problems.extend(problems)
        return value

    def read_vocabulaires(self) -> None:
        for path in sorted((self.data / "vocabulaires").glob("*.yml")):
            entries = self.read("vocabulaire", path.stem, path, list[schema.Entree]) or []
            self.catalogue.vocabulaires[path.stem] = {entry.id: entry for entry in entries}

    def read_kind(self, kind: str) -> None:
        folder, model = GENRES[kind]
        for path in sorted((self.data / folder).glob("*.yml")):
            thing = self.read(kind, path.stem, path, model)
            if thing is None:
                continue
            if thing.id != path.stem:
                self.problems.append(
                    self.catalogue.problem(
                        kind,
                        path.stem,
                        ("id",),
                        f"« {thing.id} » n'est pas le nom du fichier.",
                        f"« {path.stem} », ou un fichier nommé {thing.id}.yml.",
                    )
                )
            else:
                self.catalogue.of(kind)[thing.id] = thing

    def read_referentiel(self, folder: Path) -> None:
        questionnaire = self.read("questionnaire", folder.name, folder / "questionnaire.yml", Questionnaire)
        scenarios = self.read("scenarios", folder.name, folder / "scenarios.yml", list[Scenario]) or []
        themes = {}
        for path in sorted(folder.glob("*.yml")):
            if path.stem not in ("questionnaire", "scenarios"):
                themes[path.stem] = self.read("theme", f"{folder.name}/{path.stem}", path, ThemeQuestionnaire)
        if questionnaire is None or None in themes.values():
            return
        for name in sorted(set(questionnaire.themes) ^ set(themes)):
            told = "n'a pas de fichier" if name in questionnaire.themes else "a un fichier mais n'est pas dans la liste"
            self.problems.append(
                self.catalogue.problem(
                    "questionnaire",
                    folder.name,
                    ("themes",),
                    f"le thème « {name} » {told}.",
                    f"un fichier {name}.yml et la ligne « - {name} ».",
                )
            )
        ordered = [themes[name] for name in questionnaire.themes if name in themes]
        self.catalogue.questionnaires[folder.name] = Referentiel(questionnaire, ordered, scenarios)
