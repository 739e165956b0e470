"""What an espace brings that is no YAML: its written pages, its logo; and the written pages of the base that it leaves out.

Stands between the espace and MkDocs, to which `mkdocs_events.py` hands these files. Nothing here reads what the pages say: like
those of `docs/`, they are Markdown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .espace import Espace
from .problems import Problem, suggest

PAGES = "pages"
#: Where the logo stands in the site.
IMAGES = "assets/images/espace-"
#: Written pages that other pages lead to for good.
GARDEES = ("guides/index.md", "methode.md", "fichier-de-reponses.md", "donnees-ouvertes.md")
#: What may stand beside written pages.
JOINTES = (".svg", ".png", ".webp", ".jpg", ".pdf")
#: A logo is on every page.
LOGO_OCTETS = 30_000
#: What an image must not hold: it would be refused by the site's policy, or lead elsewhere.
_ACTIF = re.compile(r"<script|<foreignObject|\son[a-z]+\s*=|(?:href|src)\s*=\s*[\"'](?!#|data:)|@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)


@dataclass(frozen=True)
class Ecrite:
    """A written page: `source` in its folder (« demarche.md »), `chemin` in the site (« demarche/ »), and its title."""

    source: str
    chemin: str
    titre: str


def list_pages(espace: Espace) -> list[Ecrite]:
    """The written pages of the espace, the index first, then by name."""
    folder = espace.dossier / PAGES
    found = sorted(folder.rglob("*.md"), key=lambda path: (path.name != "index.md", path.relative_to(folder).as_posix()))
    made = []
    for path in found:
        source = path.relative_to(folder).as_posix()
        chemin = source.removesuffix(".md").removesuffix("index").rstrip("/") + "/"
        made.append(Ecrite(source, chemin, read_title(path)))
    return made


def find_folders(espace: Espace | None, racine: Path) -> dict[Path, Path]:
    """The folders of written pages, each with the one from which its files are named: `docs/` of the project, `pages/` of the espace."""
    return {racine / "docs": racine} | ({espace.dossier / PAGES: espace.racine} if espace else {})


def list_files(espace: Espace) -> dict[str, Path]:
    """Every file that the espace adds to the site as it stands: its pages, what goes with them, its logo. Path in the site → file."""
    folder = espace.dossier / PAGES
    found = {page.source: folder / page.source for page in list_pages(espace)}
    joined = sorted(path for path in folder.rglob("*") if path.suffix in JOINTES and path.is_file())
    found |= {path.relative_to(folder).as_posix(): path for path in joined}
    if espace.modele.apparence.logo:
        found[f"{IMAGES}{espace.modele.apparence.logo}"] = espace.dossier / espace.modele.apparence.logo
    return found


def arrange_nav(nav: list[Any], espace: Espace) -> list[Any]:
    """The menu of `mkdocs.yml` without the pages that the espace leaves out, its own pages as a section named after it."""
    kept = [entry for entry in (_without_left_out(entry, espace) for entry in nav) if entry]
    own = [page.source for page in list_pages(espace)]
    return [*kept, {espace.modele.nom: own}] if own else kept


def _without_left_out(entry: Any, espace: Espace) -> Any:
    if isinstance(entry, dict):
        kept = {title: _without_left_out(inner, espace) for title, inner in entry.items()}
        return {title: inner for title, inner in kept.items() if inner}
    if isinstance(entry, list):
        return [inner for inner in (_without_left_out(item, espace) for item in entry) if inner]
    return None if is_left_out(espace, entry) else entry


def read_title(path: Path) -> str:
    """The title of a written page: the one above its text, else its first heading, else its name."""
    text = path.read_text(encoding="utf-8", errors="replace")
    found = re.search(r"\A---\n(?:.*\n)*?title:[ \t]*(.+)\n", text) or re.search(r"^#[ \t]+(.+)$", text, re.MULTILINE)
    return found[1].strip().strip("\"'") if found else path.stem.replace("-", " ").capitalize()


def is_left_out(espace: Espace, source: str) -> bool:
    """Does the espace mask that written page of the base, or the folder that holds it?"""
    masked = (masque.quoi for _, masque in espace.operations("masque"))
    named = {quoi.removeprefix("page/").rstrip("/") for quoi in masked if quoi.startswith("page/")}
    return source in named or any(source.startswith(f"{name}/") for name in named)


def check_files(espace: Espace, docs: Path) -> Iterator[Problem]:
    """The logo is there, light and harmless; a page has a place of its own; a masked page exists and is not one that others need."""
    known = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    logo = espace.modele.apparence.logo
    if logo:
        yield from _check_logo(espace, espace.dossier / logo)
    for page in list_pages(espace):
        if page.source in known:
            place = (espace.dossier / PAGES / page.source).relative_to(espace.racine).as_posix()
            yield Problem(place, 1, "", "cette adresse est déjà celle d'une page de la base.", "un autre nom de fichier.")
    for path, masque in espace.operations("masque"):
        genre, _, name = masque.quoi.partition("/")
        hidden = {page for page in known if page == name or page.startswith(f"{name.rstrip('/')}/")} if genre == "page" else set()
        if genre == "page" and not hidden:
            told = f"« {name} » n'est pas une page de la base.{suggest(name, known)}"
            yield espace.problem((*path, "quoi"), told, "le chemin d'une page de docs/, ou d'un de ses dossiers.")
        elif kept := sorted(hidden & set(GARDEES)):
            yield espace.problem((*path, "quoi"), f"le reste du site mène à « {kept[0]} ».", "une autre page : celle-ci reste.")


def _check_logo(espace: Espace, path: Path) -> Iterator[Problem]:
    place = ("apparence", "logo")
    if not path.is_file():
        yield espace.problem(place, f"« {path.name} » n'est pas dans le dossier de l'espace.", "ce fichier, à côté de espace.yml.")
        return
    if (size := path.stat().st_size) > LOGO_OCTETS:
        told = f"« {path.name} » pèse {size / 1000:.0f} ko, et il est sur toutes les pages."
        yield espace.problem(place, told, f"{LOGO_OCTETS // 1000} ko au plus : un dessin SVG, ou une image plus petite.")
    if path.suffix == ".svg" and (found := _ACTIF.search(path.read_text(encoding="utf-8", errors="replace"))):
        told = f"« {path.name} » contient « {found[0].strip()} »."
        yield espace.problem(place, told, "un dessin seul, sans script ni adresse d'un autre fichier.")
