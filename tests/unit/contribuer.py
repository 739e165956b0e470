"""The models of `docs/contribuer/modeles/` laid out as a folder of data, for the tests that read them together."""

import datetime
import re
import shutil
from pathlib import Path

from etabli import RACINE
from etabli.build import open_catalogue
from etabli.problems import ProblemsFound, report

DOSSIER = RACINE / "docs" / "contribuer"
MODELES = DOSSIER / "modeles"
#: Kind → where its example goes when it is copied; the name is the example's id.
CIBLES = {
    "ressource": "data/ressources/guide-eau-exemple.yml",
    "dispositif": "data/dispositifs/diagnostic-eau-exemple.yml",
    "fiche": "data/fiches/fiche-24-exemple.yml",
    "contact": "data/contacts/transition-exemple.yml",
    "organisme": "data/organismes/communaute-exemple.yml",
    "territoire": "data/territoires/communaute-exemple.yml",
    "glossaire": "data/glossaire.yml",
    "synonymes": "data/synonymes.yml",
    "vocabulaire": "data/vocabulaires/documents.yml",
    "site": "data/site.yml",
    "questionnaire": "data/questionnaires/demarche-exemple/questionnaire.yml",
    "theme-questionnaire": "data/questionnaires/demarche-exemple/eau.yml",
    "scenarios": "data/questionnaires/demarche-exemple/scenarios.yml",
    "espace": "espaces/communaute-exemple/espace.yml",
}


def lay(folder: Path, edits: dict[str, tuple[str, str] | None] | None = None) -> Path:
    """A data folder made of the project's vocabularies and of the models.

    edits: kind → (text, text that takes its place) in its model, or None to leave its file out. Gives the data folder.
    """
    edits = edits or {}
    shutil.copytree(RACINE / "data" / "vocabulaires", folder / "data" / "vocabulaires")
    for kind, target in CIBLES.items():
        text = re.sub(r"^adapte: .*\n", "", (MODELES / f"{kind}.yml").read_text(encoding="utf-8"), flags=re.M)  # only in an espace
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        if replaced := re.search(r"^remplace_par: (\S+)\n", text, re.M):  # what replaces it must exist: the same, under that name
            heir = re.sub(r"^id: .*$", f"id: {replaced[1]}", text.replace(replaced[0], ""), flags=re.M).replace("numero: 24", "numero: 25")
            (path.parent / f"{replaced[1]}.yml").write_text(heir, encoding="utf-8")
        if kind in edits and edits[kind] is None:
            continue
        if kind in edits:
            assert edits[kind][0] in text
            text = text.replace(*edits[kind], 1)
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")
    return folder / "data"


def tell(data: Path, jour: datetime.date = datetime.date(2026, 12, 1), espace: Path | None = None) -> str:
    """What `make check` says of the folder on that day, under the espace of that folder if any."""
    try:
        return report(open_catalogue(data, jour, data.parent, espace)[1])
    except ProblemsFound as found:
        return str(found)
