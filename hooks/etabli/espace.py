"""Lay an espace over the national base: its own files beside those of the base, some fields replaced, some lists made longer.

Stands between the files as read and the catalogue. It works on plain values, before any model sees them, so that what an espace
writes is judged by the same contract as the base, and a mistake is told with the espace's own file and line. Nothing is ever
written into the base. What an espace hides is taken away later, by `masques.py`, once it is known who names whom.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import schema_espace
from .load import Document, Path_, load_file
from .messages import read_model
from .problems import Problem, suggest

FICHIER = "espace.yml"
#: What `quoi` may name, and what may be done to it.
GENRES = ("organisme", "ressource", "dispositif", "fiche", "contact", "territoire", "questionnaire", "theme", "vocabulaire", "terme")
MASQUABLES = ("ressource", "dispositif", "fiche", "contact", "territoire", "questionnaire", "question", "terme", "page")
EPINGLABLES = ("ressource", "dispositif", "fiche")
#: The words of a national questionnaire and its place on the site may be one's own; what counts in the score may not: scores would
#: no longer compare.
_MOTS = re.compile(
    r"rang|titre|resume|presentation|documents_utiles|messages(\.[a-z0-9-]+)?|niveaux\.[a-z0-9-]+\.(titre|message)"
    r"|questions\.[a-z0-9-]+\.(pourquoi|comment|preuves|action)"
)


@dataclass(frozen=True)
class Changement:
    """One thing that the espace changes. `avant`: what the base says there, None when it says nothing."""

    operation: str
    quoi: str
    champ: str
    motif: str
    fichier: str
    ligne: int
    avant: Any = None


@dataclass
class Espace:
    """An espace as read: its folder, what `espace.yml` says, and what has been done with it so far.

    racine: the folder from which its files are named in messages.
    """

    dossier: Path
    racine: Path
    modele: schema_espace.Espace
    document: Document
    changements: list[Changement] = field(default_factory=list)

    def problem(self, path: Path_, message: str, attendu: str = "", *, avertissement: bool = False) -> Problem:
        """A problem at `path` of `espace.yml`."""
        return self.document.problem(path, message, attendu, avertissement=avertissement)

    def note(self, operation: str, quoi: str, champ: str, motif: str, path: Path_, avant: Any = None) -> None:
        """Remember a change, for the report and for the pages."""
        changement = Changement(operation, quoi, champ, motif, self.document.fichier, self.document.ligne(path), avant)
        self.changements.append(changement)

    def operations(self, nom: str) -> Iterator[tuple[Path_, Any]]:
        """The entries of « ajoute », « remplace », « masque » or « epingle », each with its place in the file."""
        return (((nom, i), operation) for i, operation in enumerate(getattr(self.modele, nom)))


def open_espace(dossier: Path, racine: Path) -> tuple[Espace | None, list[Problem]]:
    """The espace that stands in `dossier`, and what is wrong with its `espace.yml`. racine: the root of the project."""
    dossier = dossier.resolve()
    racine = racine if dossier.is_relative_to(racine) else dossier.parent
    path = dossier / FICHIER
    if not path.is_file():
        place = path.relative_to(racine).as_posix()
        return None, [
            Problem(place, 1, "", "ce fichier manque.", f"un dossier d'espace, avec son fichier {FICHIER} : « make espace » en écrit un.")
        ]
    document = load_file(path, racine)
    if document.valeur is None:
        return None, document.problems
    modele, problems = read_model(schema_espace.Espace, document)
    if modele is None or document.problems:
        return None, [*document.problems, *problems]
    espace = Espace(dossier, racine, modele, document)
    if modele.id != dossier.name:
        told, attendu = f"« {modele.id} » n'est pas le nom du dossier.", f"« {dossier.name} », ou un dossier nommé {modele.id}."
        problems.append(espace.problem(("id",), told, attendu))
    return espace, problems + list(_check_operations(espace))


def _check_operations(espace: Espace) -> Iterator[Problem]:
    """Each operation names a kind that it can be done to, no field is replaced twice, and a shadow says what happens at its end."""
    allowed = {"ajoute": GENRES, "remplace": GENRES, "masque": MASQUABLES, "epingle": EPINGLABLES}
    seen: set[tuple[str, str, str]] = set()
    for nom, genres in allowed.items():
        for path, operation in espace.operations(nom):
            genre = operation.quoi.partition("/")[0]
            if genre not in genres:
                told = f"« {genre} » ne convient pas ici.{suggest(genre, genres)}"
                yield espace.problem((*path, "quoi"), told, f"« genre/identifiant », avec un de ces genres : {', '.join(genres)}.")
            champs = list(operation.champs) if nom == "remplace" else [""] if nom in ("masque", "epingle") else []
            for champ in champs:
                if (nom, operation.quoi, champ) in seen:
                    told = f"« {operation.quoi} » {champ} est déjà dans cette liste.".replace("  ", " ")
                    yield espace.problem((*path, "champs", champ) if champ else (*path, "quoi"), told, "chaque changement une seule fois.")
                seen.add((nom, operation.quoi, champ))
            if nom == "masque" and operation.quoi == f"dispositif/{operation.au_profit_de}":
                yield espace.problem((*path, "au_profit_de"), "une aide ne prend pas sa propre place.", "l'identifiant d'une autre aide.")
            if nom == "masque" and (operation.au_profit_de is None) != (operation.quand_expire is None):
                told = "« au_profit_de » et « quand_expire » vont ensemble."
                yield espace.problem(
                    path, told, "l'aide locale, et ce que l'on montre hors de ses dates : montre-national ou reste-masque."
                )


def overlay(espace: Espace, kind: str, id_: str, document: Document, *, propre: bool) -> list[Problem]:
    """Carry out on `document`, which holds the thing `kind`/`id_`, what the espace says of it; gives what cannot be done.

    propre: True for a thing of the espace itself, of which all may be changed.
    """
    problems: list[Problem] = []
    for path, operation in espace.operations("remplace"):
        if (start := _start_in(operation.quoi, kind, id_)) is None:
            continue
        for champ in operation.champs:
            source = (*path, "champs", champ)
            place, problem = _find(document, (*start, *champ.split(".")), espace, source)
            if problem := _refuse_field(espace, kind, champ, source, propre=propre) or problem:
                problems.append(problem)
                continue
            avant = _value_at(document.valeur, place)
            graft(document, place, espace.document, source)
            espace.note("remplace", operation.quoi, champ, operation.motif, source, avant)
    for path, operation in espace.operations("ajoute"):
        if (start := _start_in(operation.quoi, kind, id_)) is None:
            continue
        source = (*path, "champ")
        place, problem = _find(document, (*start, *operation.champ.split(".")), espace, source)
        problem = _refuse_field(espace, kind, operation.champ, source, propre=propre) or problem
        held = None if problem else _value_at(document.valeur, place)
        if problem is None and not isinstance(held, list | None):
            problem = espace.problem(source, f"« {operation.champ} » n'est pas une liste.", "« remplace », pour une valeur seule.")
        if problem:
            problems.append(problem)
            continue
        if held is None:
            graft(document, place, espace.document, (*path, "valeurs"))
        else:
            extend(document, place, espace.document, (*path, "valeurs"))
        espace.note("ajoute", operation.quoi, operation.champ, operation.motif, path)
    return problems


def check_done(espace: Espace, known: set[str]) -> Iterator[Problem]:
    """An operation names something that exists. known: « dispositif/act-pas-a-pas » and all others."""
    for nom in ("ajoute", "remplace", "masque", "epingle"):
        for path, operation in espace.operations(nom):
            if operation.quoi not in known:
                genre, _, id_ = operation.quoi.partition("/")
                same = {quoi.removeprefix(f"{genre}/") for quoi in known if quoi.startswith(f"{genre}/")}
                near = suggest(id_, same).replace("« ", f"« {genre}/")  # likeness is between ids: all begin with the same word
                told = f"« {operation.quoi} » est inconnu.{near}"
                attendu = "l'identifiant de quelque chose qui existe dans la base ou dans cet espace ; sinon, retirez cette entrée."
                yield espace.problem((*path, "quoi"), told, attendu)


def graft(document: Document, place: Path_, other: Document, source: Path_) -> None:
    """Put what stands at `source` of `other` at `place` of `document`, with its lines; null takes the field away."""
    value = _value_at(other.valeur, source)
    holder = _value_at(document.valeur, place[:-1]) if place[:-1] else document.valeur
    for path in [path for path in document.lignes if path[: len(place)] == place]:
        del document.lignes[path]
    for path in [path for path in document.origines if path[: len(place)] == place]:
        del document.origines[path]
    document.origines[place] = other.fichier
    if value is None and isinstance(holder, dict):
        holder.pop(place[-1], None)
        document.lignes[place] = other.ligne(source)  # a field that must be there is told to who has taken it away
        return
    if isinstance(holder, list) and place[-1] == len(holder):
        holder.append(value)
    else:
        holder[place[-1]] = value
    for path, ligne in other.lignes.items():
        if path[: len(source)] == source:
            document.lignes[(*place, *path[len(source) :])] = ligne


def extend(document: Document, place: Path_, other: Document, source: Path_) -> None:
    """Add the items of the list at `source` of `other` to the list at `place` of `document`."""
    held = _value_at(document.valeur, place)
    for i in range(len(_value_at(other.valeur, source))):
        graft(document, (*place, len(held)), other, (*source, i))


def _start_in(quoi: str, kind: str, id_: str) -> Path_ | None:
    """Where the thing `quoi` begins in the document of `kind`/`id_`, None when it is not there."""
    if kind == "glossaire":
        return (quoi.removeprefix("terme/"),) if quoi.startswith("terme/") else None
    return () if quoi == f"{kind}/{id_}" else None


def _refuse_field(espace: Espace, kind: str, champ: str, source: Path_, *, propre: bool) -> Problem | None:
    if champ.split(".")[-1] == "id":
        return espace.problem(source, "un identifiant ne change jamais.", "un autre champ.")
    if kind in ("questionnaire", "theme") and not propre and not _MOTS.fullmatch(champ):
        told = f"« {champ} » changerait ce que mesure le questionnaire national."
        attendu = "un champ de texte (titre, presentation, messages, pourquoi, comment…), ou votre propre questionnaire, avec « adapte »."
        return espace.problem(source, told, attendu)
    return None


def _find(document: Document, wanted: Path_, espace: Espace, source: Path_) -> tuple[Path_, Problem | None]:
    """The place of a field told by names: items of a list are found by their id. The last key may be new."""
    value, place = document.valeur, ()
    for rank, part in enumerate(wanted):
        last = rank == len(wanted) - 1
        if isinstance(value, list):
            ids = [item.get("id") if isinstance(item, dict) else None for item in value]
            if part not in ids:
                told = f"« {part} » est inconnu.{suggest(str(part), [i for i in ids if i])}"
                return (), espace.problem(source, told, "l'identifiant d'un élément de cette liste.")
            part = ids.index(part)
        elif not isinstance(value, dict) or (part not in value and not last):
            told = f"« {part} » n'existe pas ici."
            attendu = f"une de ces clés : {', '.join(sorted(value))}." if isinstance(value, dict) else "le nom d'un champ, sans rien après."
            return (), espace.problem(source, told, attendu)
        place, value = (*place, part), value.get(part) if isinstance(value, dict) else value[part]
    return place, None


def _value_at(value: Any, path: Path_) -> Any:
    for part in path:
        value = value.get(part) if isinstance(value, dict) else value[part]
    return value
