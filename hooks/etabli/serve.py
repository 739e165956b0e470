"""`make serve`: builds the site, serves it, and builds it again each time a file is saved.

A build goes into a folder of its own and takes the place of `site/` only when it has succeeded: whatever is saved, the
visitor of http://127.0.0.1:8000 sees the last good site. MkDocs is run as a command: nothing here imports it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .serveur import open_server

SURVEILLES = ("data", "docs", "theme", "hooks", "wasm", "mkdocs.yml")
PAUSE = 0.7  # seconds between two looks at the files: about 2 ms of work for 1,000 files


def serve(racine: Path, port: int = 8000) -> int:
    """Serve the site of the project at `racine` until Ctrl-C; 0 then, 1 when the port is taken."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.ExitStack() as pile:
        try:
            adresse = pile.enter_context(open_server(racine / "site", port))
        except OSError:
            print(f"Établi : le port {port} est déjà pris. Essayez : make serve PORT={port + 1}", file=sys.stderr)
            return 1
        with contextlib.suppress(KeyboardInterrupt):
            follow(racine, adresse)
    return 0


def follow(racine: Path, adresse: str) -> None:
    """Build once, then after each change, for ever."""
    etat = look(racine)
    premier = "" if (racine / "site").is_dir() else ", la première construction est en cours"
    say(f"le site est sur {adresse}/{premier} (Ctrl-C pour arrêter).")
    rebuild(racine)
    while True:
        modifies, etat = wait_for_change(racine, etat)
        suite = f" et {len(modifies) - 1} de plus" if len(modifies) > 1 else ""
        say(f"modifié : {modifies[0]}{suite} — reconstruction…")
        if any(is_engine(chemin) for chemin in modifies) and not run(racine, ["wasm/build.py"]):
            say("le moteur ne se construit pas, le site précédent reste servi : corrigez ci-dessus, puis enregistrez.")
            continue
        rebuild(racine)


def rebuild(racine: Path) -> bool:
    """Build, and say how it went; the reasons of a failure are printed by the build itself."""
    debut = time.monotonic()
    if not build_site(racine):
        reste = "le site précédent reste servi" if (racine / "site").is_dir() else "rien à servir encore"
        say(f"la construction a échoué, {reste} : corrigez ci-dessus, puis enregistrez.")
        return False
    say(f"à jour en {time.monotonic() - debut:.1f} s.".replace(".", ",", 1))
    return True


def build_site(racine: Path) -> bool:
    """Build the site with MkDocs, and put it in place of `site/` if, and only if, the build has succeeded.

    In a folder of its own each time: `make site` may run while `make serve` builds.
    """
    (racine / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=racine / "build", prefix="site-") as nom:
        neuf, ancien, site = Path(nom) / "neuf", Path(nom) / "ancien", racine / "site"
        if not run(racine, ["-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(neuf)]):
            return False
        if site.exists():
            site.rename(ancien)
        neuf.rename(site)
    return True


def run(racine: Path, arguments: list[str]) -> bool:
    """Run this Python on `arguments`, its messages going straight to the terminal.

    In a session of its own, so that Ctrl-C stops it through us, without a traceback of its own.
    """
    # Material prints a notice of its end of life (May 2027) at each build. It is planned for: one file imports MkDocs.
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run([sys.executable, *arguments], cwd=racine, env=env, start_new_session=True).returncode == 0


def wait_for_change(racine: Path, avant: dict[str, tuple]) -> tuple[list[str], dict[str, tuple]]:
    """Block until files differ from `avant` and have stopped moving; the paths that changed, and the new state."""
    while True:
        time.sleep(PAUSE)
        vu, apres = avant, look(racine)
        while apres != vu:
            time.sleep(PAUSE / 2)
            vu, apres = apres, look(racine)
        if modifies := sorted({chemin for chemin, _ in avant.items() ^ apres.items()}):
            return modifies, apres


def look(racine: Path) -> dict[str, tuple]:
    """Date and size of each watched file, by its path in the project; what editors and Python leave behind is not seen."""
    etat = {}
    for nom in SURVEILLES:
        depart = racine / nom
        dossiers = [(depart.parent, [], [depart.name])] if depart.is_file() else depart.walk()
        for dossier, sous_dossiers, fichiers in dossiers:
            sous_dossiers[:] = [d for d in sous_dossiers if not d.startswith((".", "__"))]
            for fichier in fichiers:
                if fichier.startswith(".") or fichier.endswith(("~", ".swp", ".tmp", ".pyc")):
                    continue
                chemin = dossier / fichier
                try:
                    fiche = chemin.stat()
                except OSError:  # saved by rename or removed between the two calls, or a link that turns in a circle
                    continue
                etat[chemin.relative_to(racine).as_posix()] = (fiche.st_mtime_ns, fiche.st_size)
    return etat


def is_engine(chemin: str) -> bool:
    """True for what `wasm/build.py` reads; `wasm/web/` is copied by the site's own build."""
    return chemin.startswith("wasm/") and not chemin.startswith("wasm/web/") and not chemin.endswith(".md")


def say(message: str) -> None:
    """One line on the terminal, at once even through a pipe."""
    print(f"Établi : {message}", flush=True)
