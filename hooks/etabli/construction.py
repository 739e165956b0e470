"""Build the folder of a site, whole: pages by MkDocs, then what makes it available offline, light on the line, and easy to hand over.

Stands after the pipeline and before the commands that call it (`make site`, `make serve`, `make espaces`). MkDocs is run as a command:
nothing here imports it.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .archives import Paquet, write_archives
from .compression import precompress
from .hors_ligne import write_offline

PAQUETS = "paquets"


@dataclass(frozen=True)
class Commande:
    """What to build. racine: the project; espace: the folder to lay over its data; sortie: where the site goes, `site/` unless told.

    publication: refuse what must not be online; commun: the folder that several sites share, which stands beside `sortie`; vite: spend
    less on compressing.
    """

    racine: Path
    espace: Path | None = None
    sortie: Path | None = None
    publication: bool = False
    commun: Path | None = None
    vite: bool = False

    @property
    def site(self) -> Path:
        return self.sortie or self.racine / "site"

    @property
    def nom(self) -> str:
        return self.espace.resolve().name if self.espace else "etabli"


def build_site(commande: Commande, *, entier: bool = False) -> bool:
    """Build the site, and put it in place of the former one if, and only if, the build has succeeded.

    In a folder of its own each time: `make site` may run while `make serve` builds. entier: with what a host needs, the files
    compressed once for all; it takes longer.
    """
    work = commande.racine / "build"
    work.mkdir(exist_ok=True)
    commande.site.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix="site-") as nom:
        neuf, ancien = Path(nom) / "neuf", Path(nom) / "ancien"
        if not run(commande.racine, ["-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(neuf)], _environment(commande)):
            return False
        if commande.commun:  # beside the folder in which the site is finished, as it will be where the site goes
            (Path(nom) / commande.commun.name).symlink_to(commande.commun.resolve())
        write_offline(neuf, commande.commun)
        if entier:
            precompress(neuf, work / "compresse", vite=commande.vite or commande.commun is not None)
        if commande.site.exists():
            commande.site.rename(ancien)
        neuf.rename(commande.site)
    return True


def make_archives(commande: Commande) -> list[Paquet]:
    """The finished site as archives, in `paquets/`."""
    return write_archives(commande.site, commande.racine / PAQUETS, commande.nom)


def run(racine: Path, arguments: list[str], env: dict[str, str] | None = None) -> bool:
    """Run this Python on `arguments`, its messages going straight to the terminal.

    In a session of its own, so that Ctrl-C stops it through us, without a traceback of its own.
    """
    return subprocess.run([sys.executable, *arguments], cwd=racine, env=env, start_new_session=True).returncode == 0


def _environment(commande: Commande) -> dict[str, str]:
    """What MkDocs is told, through the environment that `mkdocs.yml` reads."""
    asked = {
        "ETABLI_ESPACE": str(commande.espace.resolve()) if commande.espace else "",
        "ETABLI_MODE": "publication" if commande.publication else "",
        "ETABLI_MOTEUR": f"../{commande.commun.name}/moteur/" if commande.commun else "",
        # Material prints a notice of its end of life (May 2027) at each build. It is planned for: one file imports MkDocs.
        "NO_MKDOCS_2_WARNING": "1",
    }
    return {**os.environ, **asked}
