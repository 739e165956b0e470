"""What is wrong in the data, said to the person who can mend it.

First module of the pipeline: every later step hands over `Problem`s, and all of them are printed together.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One message: place, what was read, what is expected.

    fichier: path from the repository's root; ligne: from 1; chemin: dotted path of the key in the file, or "".
    avertissement: True when the site can be built all the same.
    """

    fichier: str
    ligne: int
    chemin: str
    message: str
    attendu: str = ""
    avertissement: bool = False

    def __str__(self) -> str:
        place = f"{self.fichier}:{self.ligne}"
        what = f"{self.chemin} : {self.message}" if self.chemin else self.message
        expected = f"\n    Attendu : {self.attendu}" if self.attendu else ""
        return f"{place}  {what}{expected}"


class ProblemsFound(Exception):
    """Raised once, with all problems, when the data cannot give a site."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(report(self.problems))


def report(problems: Iterable[Problem]) -> str:
    """All problems as one text, sorted by file and line, closed by their number; warnings first, so that errors end in sight."""
    problems = sorted(set(problems), key=lambda problem: (not problem.avertissement, problem))
    errors = sum(not p.avertissement for p in problems)
    lines = [("À surveiller  " if p.avertissement else "") + str(p) for p in problems]
    if errors:
        plural = "s" if errors > 1 else ""
        lines.append(f"\n{errors} problème{plural} à corriger dans les données ; rien n'a été publié.")
    return "\n".join(lines)


def suggest(given: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire … ? » when something known looks like what was given, else an empty text."""
    near = difflib.get_close_matches(given, sorted(known), n=1, cutoff=0.6)
    return f" Vouliez-vous dire « {near[0]} » ?" if near else ""


def joined(path: Iterable[object]) -> str:
    """The dotted path of a key, list positions counted from 1: `questions.3.options.1.valeur`."""
    return ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in path)
