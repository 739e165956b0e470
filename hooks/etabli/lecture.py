"""Read every file of `data/`, and of the espace that is laid over it, into the catalogue.

Third step of both flows: after this, no YAML file is opened any more.
"""

import datetime
import hashlib
from pathlib import Path
from typing import Any

from . import RACINE, schema
from .catalogue import GENRES, VOCABULAIRES, Catalogue, Referentiel
from .decoupage import Decoupage
from .espace import Changement, Espace, check_done, extend, graft, overlay
from .load import Document, load_file
from .messages import read_model
from .officiel import add_communes, add_departements
from .problems import Problem, suggest
from .schema_questionnaire import Questionnaire, Scenario, ThemeQuestionnaire
from .schema_site import Site


def load_catalogue(
    data: Path, jour: datetime.date, racine: Path = RACINE, decoupage: Decoupage | None = None, espace: Espace | None = None
) -> tuple[Catalogue, list[Problem]]:
    """Read the folder `data` for the day `jour`; gives what could be read, and every problem met.

    racine: the folder from which files are named in messages; decoupage: the official list, which adds the départements; espace: what
    is laid over the base.
    """
    reading = _Reading(Catalogue(jour, decoupage=decoupage or {}, espace=espace), data, racine)
    reading.read_vocabulaires()
    for kind in GENRES:
        reading.read_kind(kind)
    add_departements(reading.catalogue)
    reading.catalogue.termes = reading.read("glossaire", "glossaire", data / "glossaire.yml", list[schema.Terme]) or []
    if (synonymes := data / "synonymes.yml").exists():  # a territory may do without
        reading.catalogue.synonymes = reading.read("synonymes", "synonymes", synonymes, list[schema.Synonyme]) or []
    reading.read_site()
    for root in reading.racines:
        for folder in sorted((root / "questionnaires").glob("[!.]*/")):
            reading.read_referentiel(folder)
    ranked = sorted(reading.catalogue.questionnaires.items(), key=lambda item: (item[1].questionnaire.rang, item[0]))
    reading.catalogue.questionnaires = dict(ranked)
    add_communes(reading.catalogue)
    reading.refuse_strays()
    reading.check_espace()
    return reading.catalogue, reading.problems


def _files(folder: Path) -> list[Path]:
    """The YAML files of a folder, by name; what an editor leaves behind while it works (« .#guide.yml ») is not data."""
    return sorted(path for path in folder.glob("*.yml") if not path.name.startswith("."))


class _Reading:
    """One reading of the data folder: fills the catalogue, collects the problems."""

    def __init__(self, catalogue: Catalogue, data: Path, racine: Path):
        self.catalogue, self.data, self.racine, self.espace = catalogue, data, racine, catalogue.espace
        #: The folder of each source → the folder from which its files are named: the base, then the espace.
        self.racines = {data: racine} | ({self.espace.dossier: self.espace.racine} if self.espace else {})
        self.problems: list[Problem] = []
        self.paths: set[Path] = set()

    def read(self, kind: str, id_: str, path: Path, model: Any, document: Document | None = None) -> Any:
        """The value of one file as `model`, or None with its problems noted. document: the file, when it has been opened already."""
        if (document := document or self.open(kind, id_, path)) is None:
            return None
        self.catalogue.documents[kind, id_] = document
        if document.valeur is None:
            return self.refuse(kind, id_, document.problems)
        if self.espace:
            propre = kind in ("questionnaire", "theme") and self.is_own(id_.partition("/")[0])
            self.problems.extend(overlay(self.espace, kind, id_, document, propre=propre))
        value, problems = read_model(model, document)
        self.problems.extend(document.problems)
        return value if not problems else self.refuse(kind, id_, problems)

    def open(self, kind: str, id_: str, path: Path) -> Document | None:
        """A file as read, with the entries that the espace adds to a list; None, with its problem noted, when it is not there."""
        self.paths.add(path)
        root = next((root for root in reversed(self.racines) if path.is_relative_to(root)), self.data)
        if not path.is_file():
            message, attendu = "le fichier manque.", "ce fichier, obligatoire."
            if path.exists(follow_symlinks=False):
                message, attendu = "ce n'est pas un fichier.", "un fichier de texte, ni un dossier, ni un lien qui ne mène nulle part."
            return self.refuse(kind, id_, [Problem(path.relative_to(self.racines[root]).as_posix(), 1, "", message, attendu)])
        document = load_file(path, self.racines[root])
        if self.espace and root is self.data and isinstance(document.valeur, list):
            own = self.espace.dossier / path.relative_to(self.data)
            if own.is_file():
                self.paths.add(own)
                added = load_file(own, self.espace.racine)
                document.problems += added.problems
                if isinstance(added.valeur, list):
                    extend(document, (), added, ())
                elif not added.problems:
                    document.problems.append(added.problem((), "ce fichier n'est pas une liste.", "des entrées, un tiret devant chacune."))
        return document

    def is_own(self, questionnaire: str) -> bool:
        """Is it a questionnaire of the espace, or of the base?"""
        return self.espace is not None and (self.espace.dossier / "questionnaires" / questionnaire).is_dir()

    def read_named(self, kind: str, id_: str, path: Path, model: Any, place: Path, document: Document | None = None) -> Any:
        """The same for a thing that bears the name of `place`, its file or its folder."""
        thing = self.read(kind, id_, path, model, document)
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
        for root in self.racines:
            for path in _files(root / folder):
                if root is not self.data and (kind, path.stem) in self.catalogue.documents:
                    self.paths.add(path)
                    place, told = path.relative_to(self.racines[root]).as_posix(), f"« {path.stem} » existe déjà dans la base."
                    attendu = f"un autre nom, ou « remplace » dans {self.espace.document.fichier}."
                    self.problems.append(Problem(place, 1, "id", told, attendu))
                elif (thing := self.read_named(kind, path.stem, path, model, path)) is not None:
                    self.catalogue.of(kind)[thing.id] = thing

    def read_site(self) -> None:
        """The block that legal pages and footer are fed from: the espace's own, never mixed with that of the base."""
        if self.espace is None:
            self.catalogue.site = self.read("site", "site", self.data / "site.yml", Site)
            return
        self.paths.add(self.data / "site.yml")
        written = self.espace.document
        lignes = {path[1:]: ligne for path, ligne in written.lignes.items() if path[:1] == ("site",)}
        document = Document(written.fichier, written.valeur["site"], lignes, chemin=written.chemin)
        self.catalogue.documents["site", "site"] = document
        self.catalogue.site = self.espace.modele.site

    def read_referentiel(self, folder: Path) -> None:
        if refused := self.refuse_own(folder):
            self.paths.update(_files(folder))
            self.refuse("questionnaire", folder.name, [refused])
            return
        document, base = self.open_questionnaire(folder)
        questionnaire = self.read_named("questionnaire", folder.name, folder / "questionnaire.yml", Questionnaire, folder, document)
        paths = ({path.stem: path for path in _files(base)} if base else {}) | {path.stem: path for path in _files(folder)}
        themes = {}
        for name, path in sorted(paths.items()):
            if name not in ("questionnaire", "scenarios"):
                themes[name] = self.read_named("theme", f"{folder.name}/{name}", path, ThemeQuestionnaire, path)
        scenarios = self.read("scenarios", folder.name, paths.get("scenarios", folder / "scenarios.yml"), list[Scenario]) or []
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
        adapte = self.catalogue.questionnaires[base.name].questionnaire if base and base.name in self.catalogue.questionnaires else None
        self.catalogue.questionnaires[folder.name] = Referentiel(questionnaire, ordered, scenarios, adapte)

    def refuse_own(self, folder: Path) -> Problem | None:
        """A questionnaire of the espace has a name of its own, and starts from one that exists."""
        if folder.is_relative_to(self.data) or not (path := folder / "questionnaire.yml").is_file():
            return None
        known = sorted(path.name for path in (self.data / "questionnaires").glob("[!.]*/"))
        document = load_file(path, self.espace.racine)
        adapte = document.valeur.get("adapte") if isinstance(document.valeur, dict) else None
        if folder.name in known:
            attendu = f"un autre nom ; avec « adapte: {folder.name} », il prend sa place."
            return document.problem(("id",), f"« {folder.name} » existe déjà dans la base.", attendu)
        told, attendu = f"« {adapte} » est inconnu.{suggest(str(adapte), known)}", f"un questionnaire de la base : {', '.join(known)}."
        return document.problem(("adapte",), told, attendu) if adapte not in (None, *known) else None

    def open_questionnaire(self, folder: Path) -> tuple[Document | None, Path | None]:
        """For a questionnaire of the espace that adapts one of the base: its file, completed by that one, and that one's folder."""
        if not self.is_own(folder.name) or (document := self.open("questionnaire", folder.name, folder / "questionnaire.yml")) is None:
            return None, None
        adapte = document.valeur.get("adapte") if isinstance(document.valeur, dict) else None
        if adapte is None:
            return document, None
        base = self.data / "questionnaires" / str(adapte)
        national = load_file(base / "questionnaire.yml", self.racine)
        self.note_adaptation(folder.name, document, base, national)
        for key in national.valeur if isinstance(national.valeur, dict) else ():
            if key not in document.valeur and key != "migrations":  # answers to the national one are not answers to this one
                graft(document, (key,), national, (key,))
        return document, base

    def note_adaptation(self, id_: str, document: Document, base: Path, national: Document) -> None:
        """For the report: which version of the national questionnaire this one started from."""
        empreinte = hashlib.sha256(b"".join(path.read_bytes() for path in _files(base) if path.stem != "scenarios")).hexdigest()[:12]
        avant = {"questionnaire": base.name, "version": (national.valeur or {}).get("version"), "empreinte": empreinte}
        place = document.fichier, document.ligne(("adapte",))
        self.espace.changements.append(Changement("adapte", f"questionnaire/{id_}", "", "", *place, avant))

    def check_espace(self) -> None:
        """Every operation of the espace has found what it names."""
        if self.espace:
            known = {f"{'terme' if kind == 'glossaire' else kind}/{id_}" for kind, id_ in self.catalogue.documents}
            known |= {f"territoire/{id_}" for id_ in self.catalogue.territoires}
            known |= {f"terme/{terme.id}" for terme in self.catalogue.termes}
            known |= {f"question/{q.id}" for referentiel in self.catalogue.questionnaires.values() for q in referentiel.questions}
            known |= {quoi for _, operation in self.espace.operations("masque") if (quoi := operation.quoi).startswith("page/")}
            self.problems.extend(check_done(self.espace, known))

    def refuse_strays(self) -> None:
        """A YAML file that no one has asked for would be content that its author believes published."""
        folders = ", ".join(folder for folder, _ in GENRES.values())
        if self.espace:
            self.paths.add(self.espace.document.chemin)
        for root, racine in self.racines.items():
            for path in sorted(set(root.rglob("*.[yY]*")) - self.paths):
                inside = path.relative_to(root).parts
                # The examples of espaces stand beside the data that they adapt: each is read with `ESPACE=`.
                elsewhere = any(part.startswith(".") for part in inside) or (root is self.data and inside[0] == "espaces")
                if path.suffix.lower() in (".yml", ".yaml") and not elsewhere:
                    attendu = f"un nom qui finit par « .yml », dans un de ces dossiers de {root.name}/ : {folders}."
                    self.problems.append(Problem(path.relative_to(racine).as_posix(), 1, "", "ce fichier n'est pas lu.", attendu))
