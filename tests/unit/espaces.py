"""Small espaces laid over the sample, for the tests: « ici » is about Rennes Métropole, in Bretagne."""

import datetime
import functools
import re
from pathlib import Path

import yaml

from etabli.build import Build, build, open_catalogue
from etabli.catalogue import Catalogue
from etabli.problems import ProblemsFound

from .test_wrong import JOUR, TESTS

SAMPLE = TESTS / "sample" / "data"
RENNES = "EPCI-243500139"
ESPACE = f"""id: ici
nom: Rennes Métropole
territoires: [{RENNES}]
site: {{nom: L'établi d'ici, accroche: Un territoire miniature pour les tests.}}
"""
SOURCE = "source: {document: memoire, consulte_le: 2026-01-05}"
AIDE = f"""id: aide-locale
titre: Aide locale
resume: La métropole paie une part de votre étude.
nature: etude
publics: [entreprise]
themes: [energie]
besoins: [reduire]
porteurs: [{{organisme: agence, role: financeur}}]
ouverture: 2026-02-01
cloture: 2026-06-30
zones: {{inclus: [{RENNES}]}}
{SOURCE}
maj: 2026-01-05
a_relire_le: 2027-01-05
"""
LOCAL = """id: local
adapte: essai
version: 1.0.0
titre: Le questionnaire d'ici
"""


def write_espace(folder: Path, text: str = "", files: dict[str, str] | None = None, **operations: list[dict]) -> Path:
    """The folder of an espace: `text` after the head of its `espace.yml`, then its operations; files: path → text of the others."""
    dossier = folder / "ici"
    said = "".join(
        f"{nom}: {yaml.safe_dump(entries, allow_unicode=True, default_flow_style=True, width=10_000)}"
        for nom, entries in operations.items()
    )
    for name, content in {"espace.yml": ESPACE + text + said, **(files or {})}.items():
        path = dossier / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return dossier


def change(quoi: str, motif: str = "Pour essayer.", **more: object) -> dict:
    """One operation, with its reason."""
    return {"quoi": quoi, "motif": motif, **more}


def open_with(dossier: Path, jour: datetime.date = JOUR, data: Path = SAMPLE) -> Catalogue:
    """The catalogue under that espace."""
    return open_catalogue(data, jour, data.parent, dossier)[0]


def build_with(dossier: Path, jour: datetime.date = JOUR, data: Path = SAMPLE) -> Build:
    return build(data, jour, data.parent, dossier=dossier)


@functools.cache
def open_base() -> Catalogue:
    """The sample without any espace: to be looked at, not changed."""
    return open_catalogue(SAMPLE, JOUR, SAMPLE.parent)[0]


@functools.cache
def build_base() -> Build:
    return build(SAMPLE, JOUR, SAMPLE.parent)


def refused(dossier: Path, data: Path = SAMPLE) -> list[str]:
    """« place:line message » of each problem, warnings left out; [] when the espace holds."""
    try:
        open_with(dossier, data=data)
    except ProblemsFound as found:
        return [f"{p.fichier}:{p.ligne} {p.message}" for p in found.problems if not p.avertissement]
    return []


def pages_of(made: Build) -> dict[str, str]:
    """Path in the site → HTML of each page, its no-break spaces as plain ones."""
    return {page.chemin: re.sub("[\u00a0\u202f]", " ", page.corps) for page in made.pages}
