"""The one door to the data: read every file of `data/`, give models by kind and id.

Third step of both flows. Nothing downstream opens a YAML file; all that pages, API and search need is here.
"""

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import RACINE, schema
from .decoupage import Decoupage, find_communes, name_id
from .load import Document, Path_, load_file
from .messages import read_model
from .problems import Problem
from .schema_acteurs import Contact, Organisme, Territoire
from .schema_questionnaire import Question, Questionnaire, Scenario, ThemeQuestionnaire
from .schema_site import Site

#: The vocabularies that the models refer to; a file each.
VOCABULAIRES = ("besoins", "documents", "natures", "publics", "quantites", "secteurs", "themes", "types")
#: kind → (folder, model): one file per thing, the file's name is its id.
GENRES = {
    "organisme": ("organismes", Organisme),
    "ressource": ("ressources", schema.Ressource),
    "dispositif": ("dispositifs", schema.Dispositif),
    "fiche": ("fiches", schema.Fiche),
    "contact": ("contacts", Contact),
    "territoire": ("territoires", Territoire),
}


@dataclass
class Referentiel:
    """A questionnaire with its theme files, in the order of its screens, and its worked examples."""

    questionnaire: Questionnaire
    themes: list[ThemeQuestionnaire]
    scenarios: list[Scenario]

    @property
    def id(self) -> str:
        """The id of the questionnaire, which is the name of its folder."""
        return self.questionnaire.id

    @property
    def questions(self) -> list[Question]:
        """All questions, in the order of the screens."""
        return [question for theme in self.themes for question in theme.questions]


@dataclass
class Catalogue:
    """All that the data says, as models. `jour` is the day for which it is read: an argument, never a clock."""

    jour: datetime.date
    site: Site | None = None
    organismes: dict[str, Organisme] = field(default_factory=dict)
    ressources: dict[str, schema.Ressource] = field(default_factory=dict)
    dispositifs: dict[str, schema.Dispositif] = field(default_factory=dict)
    fiches: dict[str, schema.Fiche] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    territoires: dict[str, Territoire] = field(default_factory=dict)
    termes: list[schema.Terme] = field(default_factory=list)
    synonymes: list[schema.Synonyme] = field(default_factory=list)
    vocabulaires: dict[str, dict[str, schema.Entree]] = field(default_factory=dict)
    #: The main one first: in the order of their `rang`.
    questionnaires: dict[str, Referentiel] = field(default_factory=dict)
    #: What could be read of a questionnaire of which another file could not: (kind, id, model), judged for what it points to.
    incomplets: list[tuple[str, str, Any]] = field(default_factory=list)
    #: The fewest and the most questions that each asks of one visitor: measured once all holds, by playing profils.
    etendues: dict[str, tuple[int, int]] = field(default_factory=dict)
    #: What the bilans may propose, compiled once all holds.
    aides: dict[str, Any] | None = None
    #: The official list of régions, départements and EPCI; empty when the catalogue is read without it.
    decoupage: Decoupage = field(default_factory=dict)
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    #: Targets of references (« organisme », « vocabulaire:themes », « question ») of which a file could not be read: what
    #: points to them is not judged, or one mistake would be told many times.
    illisibles: set[str] = field(default_factory=set)

    @functools.cached_property
    def noms(self) -> dict[str, str]:
        """The name of every place by its code, once all files are read."""
        names = {code: lieu.nom for code, lieu in self.decoupage.items()} | {t.code: t.nom for t in self.territoires.values()}
        return names | {"PAYS-99100": "France entière"}

    def of(self, genre: str) -> dict[str, Any]:
        """All things of one kind, by id."""
        return getattr(self, genre + "s")

    def problem(self, genre: str, id_: str, path: Path_, message: str, attendu: str = "", *, avertissement: bool = False) -> Problem:
        """A problem at `path` in the file that holds the thing."""
        return self.documents[genre, id_].problem(path, message, attendu, avertissement=avertissement)


def genre(thing: Any) -> str:
    """The kind of a model: « ressource », « dispositif », …"""
    return type(thing).__name__.lower()


def load_catalogue(
    data: Path, jour: datetime.date, racine: Path = RACINE, decoupage: Decoupage | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Read the folder `data` for the day `jour`; gives what could be read, and every problem met.

    racine: the folder from which files are named in messages; decoupage: the official list, which adds the départements.
    """
    reading = _Reading(Catalogue(jour, decoupage=decoupage or {}), data, racine)
    reading.read_vocabulaires()
    for kind in GENRES:
        reading.read_kind(kind)
    add_departements(reading.catalogue)
    reading.catalogue.termes = reading.read("glossaire", "glossaire", data / "glossaire.yml", list[schema.Terme]) or []
    if (synonymes := data / "synonymes.yml").exists():  # a territory may do without
        reading.catalogue.synonymes = reading.read("synonymes", "synonymes", synonymes, list[schema.Synonyme]) or []
    reading.catalogue.site = reading.read("site", "site", data / "site.yml", Site)
    for folder in sorted((data / "questionnaires").glob("[!.]*/")):
        reading.read_referentiel(folder)
    ranked = sorted(reading.catalogue.questionnaires.items(), key=lambda item: (item[1].questionnaire.rang, item[0]))
    reading.catalogue.questionnaires = dict(ranked)
    add_communes(reading.catalogue)
    reading.refuse_strays()
    return reading.catalogue, reading.problems


def add_departements(cat: Catalogue) -> None:
    """Add the départements of the regions that the data knows, from the same source as each.

    One that is a whole region (La Réunion) is there already, and one that has a file too.
    """
    written = {t.code for t in cat.territoires.values()}
    regions = {t.code: t for t in cat.territoires.values() if t.type == "region"}
    places = [lieu for lieu in cat.decoupage.values() if lieu.code.startswith("DEP-") and lieu.parent in regions]
    for lieu in places:
        if lieu.code in written or sum(other.parent == lieu.parent for other in places) == 1:
            continue
        id_, region = name_id(lieu.nom), regions[lieu.parent]
        territoire = Territoire(
            id=id_ if id_ not in cat.territoires else f"departement-{id_}",
            nom=lieu.nom, type="departement", code=lieu.code, parent=lieu.parent, source=region.source, maj=region.maj,
        )  # fmt: skip
        cat.territoires[territoire.id] = territoire


def add_communes(cat: Catalogue) -> None:
    """Add to the official list the communes that the data names: to read all of them at each build would be long."""
    named = {code for document in cat.documents.values() for code in _codes_of(document.valeur)}
    if named and cat.decoupage:
        cat.decoupage = cat.decoupage | find_communes(named)


def _codes_of(value: Any) -> Iterator[str]:
    """The codes of communes anywhere in a plain value."""
    if isinstance(value, str):
        if value.startswith("COM-") and re.fullmatch(r"COM-\d[0-9AB]\d{3}", value):
            yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _codes_of(inner)


def _files(folder: Path) -> list[Path]:
    """The YAML files of a folder, by name; what an editor leaves behind while it works (« .#guide.yml ») is not data."""
    return sorted(path for path in folder.glob("*.yml") if not path.name.startswith("."))


class _Reading:
    """One reading of the data folder: fills the catalogue, collects the problems."""

    def __init__(self, catalogue: Catalogue, data: Path, racine: Path):
        self.catalogue, self.data, self.racine = catalogue, data, racine
        self.problems: list[Problem] = []
        self.paths: set[Path] = set()

    def read(self, kind: str, id_: str, path: Path, model: Any) -> Any:
        """The value of one file as `model`, or None with its problems noted."""
        self.paths.add(path)
        if not path.is_file():
            message, attendu = "le fichier manque.", "ce fichier, obligatoire."
            if path.exists(follow_symlinks=False):
                message, attendu = "ce n'est pas un fichier.", "un fichier de texte, ni un dossier, ni un lien qui ne mène nulle part."
            return self.refuse(kind, id_, [Problem(path.relative_to(self.racine).as_posix(), 1, "", message, attendu)])
        document = load_file(path, self.racine)
        self.catalogue.documents[kind, id_] = document
        if document.valeur is None:
            return self.refuse(kind, id_, document.problems)
        value, problems = read_model(model, document)
        self.problems.extend(document.problems)
        return value if not problems else self.refuse(kind, id_, problems)

    def read_named(self, kind: str, id_: str, path: Path, model: Any, place: Path) -> Any:
        """The same for a thing that bears the name of `place`, its file or its folder."""
        thing = self.read(kind, id_, path, model)
        what, name = ("fichier", path.stem) if place == path else ("dossier", place.name)
        if thing is None or thing.id == name:
            return thing
        message = f"« {thing.id} » n'est pas le nom du {what}."
        attendu = f"« {name} », ou un {what} nommé {thing.id}{place.suffix}."
        return self.refuse(kind, id_, [self.catalogue.problem(kind, id_, ("id",), message, attendu)])

    def refuse(self, kind: str, id_: str, problems: list[Problem]) -> None:
        """Note why a file gives nothing, and what can no longer be looked up."""
        self.problems.extend(problems)
        looked_up = {"vocabulaire": f"vocabulaire:{id_}", "questionnaire": "question", "theme": "question"}.get(kind, kind)
        self.catalogue.illisibles.add(looked_up)

    def read_vocabulaires(self) -> None:
        folder = self.data / "vocabulaires"
        for name in sorted({*VOCABULAIRES, *(path.stem for path in _files(folder))}):
            entries = self.read("vocabulaire", name, folder / f"{name}.yml", list[schema.Entree]) or []
            self.catalogue.vocabulaires[name] = {entry.id: entry for entry in entries}

    def read_kind(self, kind: str) -> None:
        folder, model = GENRES[kind]
        for path in _files(self.data / folder):
            if (thing := self.read_named(kind, path.stem, path, model, path)) is not None:
                self.catalogue.of(kind)[thing.id] = thing

    def read_referentiel(self, folder: Path) -> None:
        questionnaire = self.read_named("questionnaire", folder.name, folder / "questionnaire.yml", Questionnaire, folder)
        scenarios = self.read("scenarios", folder.name, folder / "scenarios.yml", list[Scenario]) or []
        themes = {}
        for path in _files(folder):
            if path.stem not in ("questionnaire", "scenarios"):
                themes[path.stem] = self.read_named("theme", f"{folder.name}/{path.stem}", path, ThemeQuestionnaire, path)
        if questionnaire is None or None in themes.values():
            parts = {("questionnaire", folder.name): questionnaire, ("scenarios", folder.name): scenarios}
            parts |= {("theme", f"{folder.name}/{name}"): theme for name, theme in themes.items()}
            self.catalogue.incomplets += [(*key, part) for key, part in parts.items() if part]
            return
        for name in sorted(set(questionnaire.themes) ^ set(themes)):
            told = "n'a pas de fichier" if name in questionnaire.themes else "a un fichier mais n'est pas dans la liste"
            message, attendu = f"le thème « {name} » {told}.", f"un fichier {name}.yml et la ligne « - {name} »."
            problem = self.catalogue.problem("questionnaire", folder.name, ("themes",), message, attendu)
            self.refuse("questionnaire", folder.name, [problem])
        ordered = [themes[name] for name in questionnaire.themes if name in themes]
        self.catalogue.questionnaires[folder.name] = Referentiel(questionnaire, ordered, scenarios)

    def refuse_strays(self) -> None:
        """A YAML file that no one has asked for would be content that its author believes published."""
        folders = ", ".join(folder for folder, _ in GENRES.values())
        for path in sorted(set(self.data.rglob("*.[yY]*")) - self.paths):
            hidden = any(part.startswith(".") for part in path.relative_to(self.data).parts)
            if path.suffix.lower() in (".yml", ".yaml") and not hidden:
                attendu = f"un nom qui finit par « .yml », dans un de ces dossiers de {self.data.name}/ : {folders}."
                self.problems.append(Problem(path.relative_to(self.racine).as_posix(), 1, "", "ce fichier n'est pas lu.", attendu))
