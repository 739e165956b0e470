"""`make espace`: write the folder of a new espace, with all that the official list knows of its territoire.

Stands beside the other commands. It writes into a folder that does not exist yet, and nowhere else.
"""

import os
from pathlib import Path
from typing import Any

import jinja2

from .catalogue import Catalogue
from .chercher_lieu import find_lieu, full_name, short_name
from .decoupage import Lieu, name_id, read_version
from .releve import version_of

MODELES = Path(__file__).parent / "templates" / "espace"
#: Kind of a code → the type of its territoire, and the list it comes from.
TYPES = {
    "REG": ("region", "régions"), "DEP": ("departement", "départements"), "EPCI": ("epci", "intercommunalités"),
    "TI": ("territoire-industrie", "Territoires d'industrie"),
}  # fmt: skip


class EspaceRefuse(Exception):
    """The folder cannot be written; the message, in French, says why and what to do."""


def create_espace(cat: Catalogue, data: Path, demande: str, dossier: Path | None) -> tuple[Path, Lieu]:
    """Write the espace of the territoire that `demande` names; gives its folder and the place.

    data: the base; dossier: where to write, `espaces/<id>` beside it unless told. Raises LieuIntrouvable, EspaceRefuse.
    """
    places = {code: lieu for code, lieu in cat.decoupage.items() if not code.startswith("COM-")}
    places |= {t.code: Lieu(t.code, t.nom, t.parent) for t in cat.territoires.values() if t.code.startswith("TI-")}
    lieu = find_lieu(demande, places)
    dossier = (dossier or data.parent / "espaces" / name_id(short_name(lieu))).resolve()
    if name_id(dossier.name) != dossier.name:
        raise EspaceRefuse(f"« {dossier.name} » ne peut pas nommer un espace.\n    Attendu : un dossier nommé « {name_id(dossier.name)} ».")
    if dossier.exists() and (not dossier.is_dir() or any(dossier.iterdir())):
        raise EspaceRefuse(
            f"{dossier} existe déjà, et n'a pas été touché.\n    Attendu : DOSSIER=un/autre/chemin, ou ce dossier vidé par vous."
        )
    for name, text in _render(cat, data, lieu, dossier).items():
        path = dossier / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return dossier, lieu


def _render(cat: Catalogue, data: Path, lieu: Lieu, dossier: Path) -> dict[str, str]:
    """Path in the folder → text of each file."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(MODELES), undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False
    )
    type_, liste = TYPES[lieu.code.split("-")[0]]
    page = next((t for t in cat.territoires.values() if t.code == lieu.code), None)
    organisme = f"collectivite-{dossier.name}"
    known: dict[str, Any] = {
        "id": dossier.name, "nom": page.nom if page else short_name(lieu), "nom_complet": full_name(lieu), "code": lieu.code,
        "parent": lieu.parent, "type": type_, "liste": liste, "version_liste": read_version(), "version": version_of(data),
        "jour": cat.jour.isoformat(), "chemin": _shown(dossier, data.parent), "organisme": organisme,
    }  # fmt: skip

    def render(template: str, folder: str, kind: str = "", **more: Any) -> str:
        schema = Path(os.path.relpath(data / "schemas" / f"{kind}.schema.json", dossier / folder)).as_posix()
        return env.get_template(template).render(known | {"schema": schema} | more)

    files = {
        "espace.yml": render("espace.yml.j2", ".", "espace"),
        "logo.svg": render("logo.svg.j2", "."),
        "pages/notre-demarche.md": render("page.md.j2", "pages"),
        f"organismes/{organisme}.yml": render("organisme.yml.j2", "organismes", "organisme", id=organisme),
        f"contacts/{organisme}.yml.exemple": render("contact.yml.exemple.j2", "contacts", "contact", id=organisme),
    }
    if page is None:
        files[f"territoires/{dossier.name}.yml"] = render("territoire.yml.j2", "territoires", "territoire")
    return files


def _shown(dossier: Path, racine: Path) -> str:
    """The folder as one types it from the project's root."""
    return Path(os.path.relpath(dossier, racine)).as_posix()


def tell_created(dossier: Path, lieu: Lieu, racine: Path) -> str:
    """What has been written, and the next steps."""
    shown = _shown(dossier, racine)
    written = "\n".join(f"  {path.relative_to(dossier).as_posix()}" for path in sorted(dossier.rglob("*")) if path.is_file())
    return (
        f"Espace de {full_name(lieu)} ({lieu.code}), écrit dans {shown}/ :\n{written}\n\nPour le voir : make serve ESPACE={shown}\n"
        f"Pour le vérifier : make check ESPACE={shown}\nPour le construire : make site ESPACE={shown}\n"
        f"Commencez par {shown}/espace.yml : chaque ligne y est expliquée."
    )
