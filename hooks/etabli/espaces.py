"""`make espaces`: build many espaces side by side, each under its own name, with the national base and a common front page.

Stands after `construction.py`. Each espace is built by a process of its own, as many at once as there are processors; one whose
inputs have not changed is left as it is. The engine is in one place for all, `commun/moteur/`; of the other files, those that are the
same from one espace to the next are one file on disk under several names.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .build import read_moteur
from .compression import precompress
from .copies import BUILT
from .espace import FICHIER

#: What every espace is made from, besides its own folder: a change here builds them all again.
ENTREES = ("data", "docs", "theme", "hooks", "wasm/web", "mkdocs.yml", "requirements.txt")
#: The base without any espace, beside the others.
NATIONAL = "national"
COMMUN = "commun"
#: Below, a link on disk costs as much as the file.
MINIMUM = 512


@dataclass(frozen=True)
class Plateforme:
    """Where things are. racine: the project; sortie: the folder to publish; adresse: where it will stand, if it is known."""

    racine: Path
    sortie: Path
    jour: str
    adresse: str | None = None

    @property
    def memoire(self) -> Path:
        """What is kept from one run to the next, outside what is published."""
        return self.racine / "build" / "plateforme"


@dataclass(frozen=True)
class Resultat:
    """What became of one espace: built, left as it was, or refused; secondes: the time it took; journal: what its build said."""

    nom: str
    etat: str
    secondes: float
    journal: str = ""


def find_espaces(folders: Iterable[Path]) -> dict[str, Path]:
    """Id → folder of every espace that stands in `folders`. Raises ValueError when two have the same name."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"*/{FICHIER}")):
            name = path.parent.name
            if name in found or name in (NATIONAL, COMMUN):
                raise ValueError(f"« {name} » nomme deux espaces, ou un dossier de la plateforme : {path.parent}.")
            found[name] = path.parent
    return found


def build_espaces(plateforme: Plateforme, espaces: dict[str, Path | None]) -> Iterator[Resultat]:
    """Build what has changed, several at once; gives each result in turn. espaces: id → folder, None for the base alone."""
    share_engine(plateforme.sortie / COMMUN)
    inputs = digest_of(plateforme.racine / name for name in ENTREES)
    base = "/".join((inputs, read_moteur(BUILT)["dossier"], plateforme.jour, plateforme.adresse or "", str(plateforme.sortie)))
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        yield from workers.map(partial(_build_one, plateforme, base), espaces.items())


def share_engine(commun: Path) -> None:
    """Put the engine where all espaces find it; the former ones stay as long as a visitor may have a page that leads to them."""
    moteur = read_moteur(BUILT)["dossier"]
    if not (commun / "moteur" / moteur).is_dir():
        (commun / "moteur").mkdir(parents=True, exist_ok=True)
        draft = commun / f".brouillon-{os.getpid()}"
        shutil.copytree(BUILT / "moteur" / moteur, draft / "moteur" / moteur)
        precompress(draft, BUILT / "compresse", partiel=True)
        (draft / "moteur" / moteur).rename(commun / "moteur" / moteur)
        shutil.rmtree(draft)


def digest_of(paths: Iterable[Path]) -> str:
    """One print of all the files below `paths`: their names and their content. The examples of espaces are not part of the base."""
    whole = hashlib.sha256()
    for start in paths:
        files = [start] if start.is_file() else sorted(path for path in start.rglob("*") if path.is_file())
        for path in files:
            inside = path.relative_to(start.parent).parts
            if "__pycache__" not in inside and inside[:2] != ("data", "espaces"):
                whole.update("/".join(inside).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _build_one(plateforme: Plateforme, base: str, asked: tuple[str, Path | None]) -> Resultat:
    name, folder = asked
    began = time.monotonic()
    now = hashlib.sha256((base + (digest_of([folder]) if folder else "")).encode()).hexdigest()
    kept, site = plateforme.memoire / f"{name}.empreinte", plateforme.sortie / name
    if site.is_dir() and kept.is_file() and kept.read_text(encoding="utf-8") == now:
        return Resultat(name, "inchangé", time.monotonic() - began)
    kept.unlink(missing_ok=True)
    command = [sys.executable, "-m", "etabli", "site", "--sortie", str(site), "--commun", str(plateforme.sortie / COMMUN)]
    command += ["--espace", str(folder)] if folder else ["--espace", ""]
    env = {**os.environ, "ETABLI_DATE": plateforme.jour}
    if plateforme.adresse:
        env["ETABLI_URL"] = f"{plateforme.adresse.rstrip('/')}/{name}/"
    done = subprocess.run(command, cwd=plateforme.racine, env=env, capture_output=True, text=True)
    if done.returncode:
        return Resultat(name, "refusé", time.monotonic() - began, done.stderr + done.stdout)
    share_same(site, plateforme.memoire / "memes")
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(now, encoding="utf-8")
    return Resultat(name, "construit", time.monotonic() - began, done.stderr)


def share_same(site: Path, store: Path) -> None:
    """Make each file of `site` one with the same file of another espace, under the name of its content in `store`.

    A host that copies the folder sees ordinary files; nothing writes into them after this.
    """
    store.mkdir(parents=True, exist_ok=True)
    for path in site.rglob("*"):
        if not path.is_file() or path.stat().st_size < MINIMUM:
            continue
        same = store / hashlib.sha256(path.read_bytes()).hexdigest()
        draft = path.with_name(f".{path.name}.lien")
        try:
            if not same.exists():
                os.link(path, same)
                continue
            os.link(same, draft)
            draft.replace(path)
        except OSError:  # another process was first, the links of a file are limited in number, or the disk knows none
            draft.unlink(missing_ok=True)


def forget(plateforme: Plateforme, known: Iterable[str]) -> list[str]:
    """Take away the espaces that are no longer asked for, and what no espace uses any more; gives the names of the former."""
    kept = {*known, NATIONAL, COMMUN}
    gone = [path.name for path in sorted(plateforme.sortie.iterdir()) if path.is_dir() and path.name not in kept]
    for name in gone:
        shutil.rmtree(plateforme.sortie / name)
        (plateforme.memoire / f"{name}.empreinte").unlink(missing_ok=True)
    for same in (plateforme.memoire / "memes").glob("*"):
        if same.stat().st_nlink == 1:
            same.unlink()
    return gone
