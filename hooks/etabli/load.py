"""Read one YAML file into plain values, each of which knows its line.

First step of both flows. PyYAML's C parser gives the node tree; the values are built here, so that duplicate keys
are refused, only `true` and `false` are booleans, dates stay text, decimals stay exact, and aliases are bounded.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .problems import Problem, joined

#: A written file of this project weighs a few kilobytes; past this it is a mistake or an attack.
MAX_BYTES = 1_000_000
#: Nodes visited, those that aliases repeat included: a bomb of aliases stops here.
MAX_NODES = 50_000
#: The deepest contract has ten levels.
MAX_DEPTH = 40
#: Nesting that the C composer bears without harm: a file that may hold more is looked at before it is composed.
SAFE_DEPTH = 1_000

Path_ = tuple[str | int, ...]


@dataclass
class Document:
    """A file as read. `lignes` maps the path of each key or list item to its line, from 1.

    origines: where an espace has put a value of its own, the file that holds it (`espace.py`); chemin: where the file stands.
    """

    fichier: str
    valeur: Any = None
    lignes: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    origines: dict[Path_, str] = field(default_factory=dict)
    chemin: Path | None = None

    def ligne(self, path: Path_) -> int:
        """The line of `path`, or of its nearest parent that stands in the file."""
        while path and path not in self.lignes:
            path = path[:-1]
        return self.lignes.get(path, 1)

    def origine(self, path: Path_) -> str:
        """The file that says what stands at `path`: this one, but where an espace has put its own."""
        places = (path[:length] for length in range(len(path), -1, -1)) if self.origines else ()
        return next((self.origines[place] for place in places if place in self.origines), self.fichier)

    def problem(self, path: Path_, message: str, attendu: str = "", *, avertissement: bool = False) -> Problem:
        """A problem with what stands at `path` in this file."""
        return Problem(self.origine(path), self.ligne(path), joined(path), message, attendu, avertissement)


class _Loader(yaml.CSafeLoader):
    """The resolvers that the contract knows: null, true/false, decimal numbers; all else is text."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))

_STRUCTURES = frozenset(("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"))
_SCALARS = {
    "tag:yaml.org,2002:null": lambda text: None,
    "tag:yaml.org,2002:bool": lambda text: text == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": Decimal,
    "tag:yaml.org,2002:str": str,
}

_ALIASES = "le fichier répète trop de valeurs par des alias « *nom »."

#: What libyaml says, and what helps an editor.
_SYNTAX = (
    ("mapping values are not allowed", "un seul deux-points par ligne ; sinon, le texte entre guillemets droits \"…\"."),
    ("cannot start any token", "des espaces pour décaler, jamais de tabulation ; des guillemets autour d'un texte en @, % ou `."),
    ("could not find expected ':'", "« clé: valeur », avec un deux-points suivi d'un espace."),
    ("did not find expected key", "des clés alignées sous la première, décalées par des espaces."),
    ("did not find expected '-'", "un tiret devant chaque élément de la liste, tous alignés."),
    ("unexpected end of stream", "un guillemet fermant : celui qui ouvre n'est pas refermé."),
    ("control characters are not allowed", "du texte seulement : un copier-coller a laissé un caractère invisible."),
    ("unknown escape character", "des guillemets simples '…' autour d'un texte qui contient une barre oblique inverse."),
    ("undefined alias", "une ancre « &nom » définie plus haut, ou la valeur écrite en toutes lettres."),
    ("expected a single document", "un seul document par fichier, sans ligne « --- » au milieu."),
)  # fmt: skip


def load_file(path: Path, racine: Path) -> Document:
    """Read `path`; what is wrong with it as YAML stands in the document's `problems`, and `valeur` is then None.

    racine: the folder from which the file is named in messages.
    """
    document = Document(path.relative_to(racine).as_posix(), chemin=path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        document.problems.append(
            Problem(
                document.fichier,
                1,
                "",
                f"le fichier pèse {size / 1e6:.1f} Mo.".replace(".", ",", 1),
                "moins de 1 Mo : une seule chose par fichier.",
            )
        )
        return document
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        document.problems.append(Problem(document.fichier, line, "", "un caractère n'est pas lisible.", "un fichier enregistré en UTF-8."))
        return document
    try:
        if sum(map(text.count, "[{-?:")) > SAFE_DEPTH and (line := _find_too_deep(text)):  # each collection needs one of these
            document.problems.append(_too_deep(document.fichier, line))
            return document
        node = _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        document.problems.append(_syntax_problem(document.fichier, text, error))
        return document
    if node is None:
        document.problems.append(Problem(document.fichier, 1, "", "le fichier est vide.", "au moins un identifiant et un titre."))
        return document
    builder = _Builder(document)
    try:
        document.valeur = builder.build(node, (), 0)
    except _Refused as error:
        line = _find_too_deep(text)
        document.problems.append(_too_deep(document.fichier, line) if line else error.problem)
        document.valeur = None
    return document


def _syntax_problem(fichier: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    if isinstance(error, yaml.reader.ReaderError):  # its position counts bytes
        line = text.encode()[: error.position].count(b"\n") + 1
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    expected = next(
        (french for english, french in _SYNTAX if english in said),
        "du YAML : des lignes « clé: valeur » et des listes à tirets, décalées par des espaces.",
    )
    return Problem(fichier, line, "", "le fichier n'est pas du YAML lisible à cet endroit.", expected)


def _find_too_deep(text: str) -> int | None:
    """The line where the nesting passes MAX_DEPTH, if any: the C composer is recursive and would crash before us."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return event.start_mark.line + 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _too_deep(fichier: str, line: int) -> Problem:
    return Problem(fichier, line, "", "les valeurs sont emboîtées trop profondément.", f"{MAX_DEPTH} niveaux au plus.")


class _Refused(Exception):
    def __init__(self, problem: Problem):
        self.problem = problem


class _Builder:
    """Builds the values of one document and counts the nodes it meets."""

    def __init__(self, document: Document):
        self.document = document
        self.count = 0

    def build(self, node: yaml.Node, path: Path_, depth: int) -> Any:
        line = node.start_mark.line + 1
        self.document.lignes.setdefault(path, line)
        self.count += 1
        if self.count > MAX_NODES or depth + isinstance(node, yaml.CollectionNode) > MAX_DEPTH:
            raise self.refuse(line, path, _ALIASES, f"{MAX_NODES} valeurs au plus, écrites en toutes lettres.")
        if isinstance(node, yaml.SequenceNode) and node.tag in _STRUCTURES:
            return [self.build(child, (*path, i), depth + 1) for i, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode) and node.tag in _STRUCTURES:
            return self.build_mapping(node, path, depth)
        try:
            return _SCALARS[node.tag](node.value)
        except (KeyError, TypeError, ValueError, ArithmeticError):
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            said = f"l'étiquette « {tag} » n'est pas admise ici."
            raise self.refuse(line, path, said, "une valeur simple, sans « ! » devant.") from None

    def refuse(self, line: int, path: Path_, message: str, attendu: str) -> "_Refused":
        return _Refused(Problem(self.document.fichier, line, joined(path[:MAX_DEPTH]), message, attendu))

    def build_mapping(self, node: yaml.MappingNode, path: Path_, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.refuse(key_node.start_mark.line + 1, path, "une clé n'est pas un texte.", "« clé: valeur ».")
            key, line = key_node.value, key_node.start_mark.line + 1
            if key in values:
                first = self.document.lignes[(*path, key)]
                self.document.problems.append(
                    Problem(
                        self.document.fichier,
                        line,
                        joined((*path, key)),
                        f"la clé « {key} » est déjà à la ligne {first}.",
                        "chaque clé une seule fois.",
                    )
                )
                continue
            self.document.lignes[(*path, key)] = line
            values[key] = self.build(value_node, (*path, key), depth + 1)
        return values
