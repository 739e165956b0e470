"""What is asked of a build, read from the settings that `mkdocs.yml` takes from the environment; then the build itself.

Stands between `build.py` and MkDocs: `mkdocs_events.py` calls it once per build.
"""

from pathlib import Path
from typing import Any

from . import RACINE
from .build import MOTEUR, Build, build, read_moteur, today
from .copies import BUILT
from .couleurs import FEUILLE
from .typographie import typo


def build_asked(settings: dict[str, Any], adresse: str | None) -> Build:
    """Build what `settings` asks: `donnees` and `espace`, folders; `moteur`, where several sites share the engine; `mode`.

    Raises ProblemsFound, and FileNotFoundError when something that `make` prepares is not there.
    """
    (BUILT / "communes" / "nom").stat()  # without it the look-up by commune would fail, and only for visitors
    data = Path(settings.get("donnees") or RACINE / "data").resolve()
    moteur = read_moteur(BUILT, settings.get("moteur") or MOTEUR)
    return build(data, today(), data.parent, moteur, adresse, settings.get("espace"), settings.get("mode"))


def describe_frame(made: Build) -> dict[str, Any]:
    """What the frame around every page shows of the site: its legal block, and what an espace makes its own.

    own: the site is the national one, and all that our written pages lead to is in it.
    """
    espace = made.catalogue.espace and made.catalogue.espace.modele
    own = espace is None and made.catalogue.documents["site", "site"].chemin == RACINE / "data" / "site.yml"
    pied = typo(espace.textes.pied) if espace and espace.textes.pied else ""
    return {"site": made.catalogue.site, "espace": espace, "pied": pied, "couleurs": FEUILLE in made.api, "own": own, "build": made}
