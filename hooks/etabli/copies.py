"""The files that go into the site as they stand: the engine, the scripts, the communes, the YAML of the pages, what an espace brings.

Stands after `build.py`; `mkdocs_events.py` hands these files to MkDocs.
"""

from pathlib import Path

from . import RACINE
from .build import MOTEUR, Build, copy_of
from .pages_espace import list_files

BUILT = RACINE / "build"
#: Folders that are copied whole, and where to.
DOSSIERS = ((BUILT / "moteur", MOTEUR), (RACINE / "wasm" / "web", "assets/web/"), (BUILT / "communes", "api/v1/communes/"))


def list_copies(made: Build, *, moteur_partage: bool = False) -> dict[str, Path]:
    """Path in the site → file. moteur_partage: several sites share the engine, which then stands beside them."""
    found = {}
    for page in made.pages:
        if (shown := made.where_to_edit(page.fichier)) and shown == copy_of(page.fichier):
            found[shown] = made.sources[page.fichier]
    for folder, target in DOSSIERS:
        if not (moteur_partage and target == MOTEUR):
            found |= {target + path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return found | (list_files(made.catalogue.espace) if made.catalogue.espace else {})
