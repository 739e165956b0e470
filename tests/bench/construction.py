"""The build: time and memory for catalogues of several sizes, each beside a plain mkdocs-material site of as many equal pages.

What is compared. On one side this site, by its own command (`mkdocs build --strict`, as `make site` runs it), on a catalogue of
`generer.py`: reading and checking all the data, playing the worked examples, the pages of the ressources and all the others (aids,
territoires, lists by theme, besoin and public), API, tables, search. On the other the site that one would write by hand for the same
ressources and nothing else: a Markdown file for each, with the same titles and the same words (see `write_page`), mkdocs-material as
it comes, in French, its search on. The pages stay out of its menu, as ours do: a menu of thousands of entries, written into
thousands of pages, would slow it down beyond any use, and flatter us. Each build runs in a process of its own, one after the other,
into a folder of its own, empty at first.

Alone: `PYTHONPATH=hooks:tests/bench python tests/bench/construction.py 1000 5000`.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generer import RACINE, read_yaml, write_catalogue

BANC = RACINE / "build" / "bench"
#: All the settings of the plain site.
REGLAGES = """\
site_name: Témoin
theme:
  name: material
  language: fr
plugins: [search]
nav: [index.md]
not_in_nav: /ressources/
"""
#: Runs its arguments and says what they took: a process of its own, since the peak of memory is that of all its children.
CHRONOMETRE = """\
import json, resource, subprocess, sys, time
debut = time.monotonic()
code = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode
secondes, pris = time.monotonic() - debut, resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, secondes, pris.ru_utime + pris.ru_stime, pris.ru_maxrss * 1024]))
"""


@dataclass(frozen=True)
class Passage:
    """One build. secondes: of the clock; processeur: seconds of the processor; memoire: the peak, in bytes; fichiers, octets: written."""

    secondes: float
    processeur: float
    memoire: int
    fichiers: int
    octets: int


@dataclass(frozen=True)
class Construction:
    """The two builds of one size: this site's, and the plain one's."""

    etabli: Passage
    temoin: Passage

    @property
    def rapport(self) -> float:
        """How many times the plain build ours takes, by the clock."""
        return self.etabli.secondes / self.temoin.secondes


def measure_construction(tailles: Sequence[int]) -> dict[int, Construction]:
    """By number of ressources. Raises RuntimeError, with what it printed, when a build fails."""
    return {taille: _measure(BANC / str(taille), taille) for taille in tailles}


def _measure(dossier: Path, taille: int) -> Construction:
    data = dossier / "data"
    if not _is_fresh(data / "ressources", taille):
        write_catalogue(dossier, taille)
    write_plain(dossier / "temoin", data)
    temoin = run_build(dossier / "temoin", dossier / "temoin" / "site", {})
    return Construction(run_build(RACINE, dossier / "site", {"ETABLI_DONNEES": str(data)}, "--strict"), temoin)


def _is_fresh(ressources: Path, taille: int) -> bool:
    """Is a catalogue of that size there, made after the last change of the data and of its generator?"""
    if sum(1 for _ in ressources.glob("*.yml")) != taille:
        return False
    sources = [Path(__file__).with_name("generer.py"), *(RACINE / "data").rglob("*.yml")]
    return ressources.stat().st_mtime > max(source.stat().st_mtime for source in sources)


def run_build(projet: Path, site: Path, variables: dict[str, str], *options: str) -> Passage:
    """Build the MkDocs project of the folder `projet` into `site`, which is emptied before the clock starts."""
    shutil.rmtree(site, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site), *options]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **variables}
    done = subprocess.run([sys.executable, "-c", CHRONOMETRE, *command], cwd=projet, env=env, capture_output=True, text=True)
    code, secondes, processeur, memoire = json.loads(done.stdout)
    if code:
        raise RuntimeError(f"{projet.name} ne se construit pas :\n{done.stderr}")
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return Passage(secondes, processeur, memoire, len(sizes), sum(sizes))


def write_plain(projet: Path, data: Path) -> None:
    """Write the plain site: a home page, and a Markdown file for each ressource of `data`."""
    shutil.rmtree(projet, ignore_errors=True)
    pages = projet / "docs" / "ressources"
    pages.mkdir(parents=True)
    (projet / "mkdocs.yml").write_text(REGLAGES, encoding="utf-8")
    (projet / "docs" / "index.md").write_text("# Témoin\n", encoding="utf-8")
    for path in sorted((data / "ressources").glob("*.yml")):
        (pages / f"{path.stem}.md").write_text(write_page(read_yaml(path)), encoding="utf-8")


def write_page(ressource: dict) -> str:
    """The words of a ressource's page as Markdown: title, summary, facts, link, text, subjects, source."""
    facts = {"Pour qui": "publics", "Quoi": "type", "Combien": "cout", "Temps à prévoir": "effort", "Où": "zones", "Qui": "organisme"}
    subjects = [*ressource["themes"], *ressource.get("besoins", [])]
    source = ressource["source"]
    return "\n".join(
        [
            f"# {ressource['titre']}\n", f"{ressource['resume']}\n",
            "## En bref\n", *(f"- {name} : {_tell(ressource[key])}" for name, key in facts.items() if key in ressource),
            f"\n[Ouvrir la ressource]({ressource['url']})\n",
            *(("## De quoi s'agit-il ?\n", f"{ressource['texte']}\n") if ressource.get("texte") else ()),
            "## Sur les mêmes sujets\n", *(f"- {subject}" for subject in subjects),
            "\n## D'où viennent ces informations ?\n", f"{source['document']}, {source.get('page', '')}, lu le {source['consulte_le']}.\n",
            f"Page mise à jour le {ressource['maj']}, à relire avant le {ressource['a_relire_le']}.\n",
        ]
    )  # fmt: skip


def _tell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def show_construction(found: dict[int, Construction]) -> None:
    """Print one line per build, then the ratios that are budgets."""
    print("Construction du site entier, à côté d'un site mkdocs-material d'autant de pages en Markdown :")
    for taille, construction in found.items():
        for nom, passage in (("Établi", construction.etabli), ("témoin", construction.temoin)):
            line = f"{taille:>6} {nom} {passage.secondes:6.1f} s ({passage.processeur:.1f} s de processeur)"
            line += f"  {passage.memoire / 1e6:6.0f} Mo de mémoire  {passage.fichiers:>6} fichiers {passage.octets / 1e6:6.1f} Mo"
            print(line.replace(".", ","))
        print(f"{taille:>6} Établi / témoin : {construction.rapport:.2f}".replace(".", ","))
    if len(found) > 1:
        small, large = min(found), max(found)
        print(f"{large} / {small} : {found[large].etabli.secondes / found[small].etabli.secondes:.2f}".replace(".", ","))


if __name__ == "__main__":
    show_construction(measure_construction([int(taille) for taille in sys.argv[1:]] or [1000, 5000]))
