"""`make serve`: builds the site, serves it, and builds it again each time a file is saved.

Whatever is saved, the visitor of http://127.0.0.1:8000 sees the last good site: `construction.py` replaces it only when a build has
succeeded.
"""

import contextlib
import signal
import sys
import time
from pathlib import Path

from .construction import Commande, build_site, run
from .serveur import open_server

SURVEILLES = ("data", "docs", "theme", "hooks", "wasm", "mkdocs.yml")
PAUSE = 0.7  # seconds between two looks at the files: about 2 ms of work for 1,000 files


def serve(racine: Path, port: int = 8000, espace: Path | None = None) -> int:
    """Serve the site of the project at `racine`, under the espace of that folder, until Ctrl-C; 0 then, 1 when the port is taken."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.ExitStack() as pile:
        try:
            adresse = pile.enter_context(open_server(racine / "site", port))
        except OSError:
            print(f"Établi : le port {port} est déjà pris. Essayez : make serve PORT={port + 1}", file=sys.stderr)
            return 1
        with contextlib.suppress(KeyboardInterrupt):
            follow(Commande(racine, espace), adresse)
    return 0


def follow(commande: Commande, adresse: str) -> None:
    """Build once, then after each change, for ever."""
    racine = commande.racine
    etat = look(racine, commande.espace)
    premier = "" if commande.site.is_dir() else ", la première construction est en cours"
    say(f"le site est sur {adresse}/{premier} (Ctrl-C pour arrêter).")
    rebuild(commande)
    while True:
        modifies, etat = wait_for_change(racine, etat, commande.espace)
        suite = f" et {len(modifies) - 1} de plus" if len(modifies) > 1 else ""
        say(f"modifié : {modifies[0]}{suite} — reconstruction…")
        if any(is_engine(chemin) for chemin in modifies) and not run(racine, ["wasm/build.py"]):
            say("le moteur ne se construit pas, le site précédent reste servi : corrigez ci-dessus, puis enregistrez.")
            continue
        rebuild(commande)


def rebuild(commande: Commande) -> bool:
    """Build, and say how it went; the reasons of a failure are printed by the build itself."""
    debut = time.monotonic()
    if not build_site(commande):
        reste = "le site précédent reste servi" if commande.site.is_dir() else "rien à servir encore"
        say(f"la construction a échoué, {reste} : corrigez ci-dessus, puis enregistrez.")
        return False
    say(f"à jour en {time.monotonic() - debut:.1f} s.".replace(".", ",", 1))
    return True


def wait_for_change(racine: Path, avant: dict[str, tuple], espace: Path | None = None) -> tuple[list[str], dict[str, tuple]]:
    """Block until files differ from `avant` and have stopped moving; the paths that changed, and the new state."""
    while True:
        time.sleep(PAUSE)
        vu, apres = avant, look(racine, espace)
        while apres != vu:
            time.sleep(PAUSE / 2)
            vu, apres = apres, look(racine, espace)
        if modifies := sorted({chemin for chemin, _ in avant.items() ^ apres.items()}):
            return modifies, apres


def look(racine: Path, espace: Path | None = None) -> dict[str, tuple]:
    """Date and size of each watched file, by its path in the project; what editors and Python leave behind is not seen.

    espace: a folder to watch as well, whose files are told by the name of that folder when it stands elsewhere.
    """
    etat = {}
    for depart in [racine / nom for nom in SURVEILLES] + ([espace.resolve()] if espace else []):
        origine = racine if depart.is_relative_to(racine) else depart.parent
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
                etat[chemin.relative_to(origine).as_posix()] = (fiche.st_mtime_ns, fiche.st_size)
    return etat


def is_engine(chemin: str) -> bool:
    """True for what `wasm/build.py` reads; `wasm/web/` is copied by the site's own build."""
    return chemin.startswith("wasm/") and not chemin.startswith("wasm/web/") and not chemin.endswith(".md")


def say(message: str) -> None:
    """One line on the terminal, at once even through a pipe."""
    print(f"Établi : {message}", flush=True)
