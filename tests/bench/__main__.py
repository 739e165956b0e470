"""`make bench`: measures the budgets of the site on this machine, and prints them as one table.

Nothing fails here: figures are read. PASSAGES=9 make bench takes more runs of each start; TAILLES="1000 5000 20000" make bench also
builds and searches the largest catalogue, which takes some minutes more; ESPACES="3 30 300" builds more espaces side by side.
"""

import json
import os
import sys

from playwright.sync_api import sync_playwright

from construction import BANC, measure_construction, show_construction
from demarrage import measure_demarrage
from echelle import measure_echelle, show_echelle
from mesures import read_jugements
from navigateur import RACINE
from plateforme import measure_plateforme, show_plateforme
from poids import measure_commencer, measure_page
from qualite import JUGEMENTS, measure_qualite, read_pages, search_etabli, show_qualite
from reponse import measure_reponse

TAILLES = [int(taille) for taille in os.environ.get("TAILLES", "1000 5000").split()]
ESPACES = [int(nombre) for nombre in os.environ.get("ESPACES", "3 30").split()]
PASSAGES = int(os.environ.get("PASSAGES", "5"))
QUESTIONNAIRE = "questionnaires/transition-ecologique/"
PAGE = "dispositifs/act-pas-a-pas-collectif/"
MIO = 1024 * 1024


def main() -> int:
    """Measure one thing after the other, each line printed as soon as it is known."""
    courant = json.loads((RACINE / "build" / "moteur" / "courant.json").read_text(encoding="utf-8"))
    moteur, site = RACINE / "build" / "moteur" / courant["dossier"], RACINE / "site"
    print(f"Pyodide {courant['pyodide']}, moteur {courant['moteur']}.")
    print(f"Démarrages : médiane de {PASSAGES} passages, sur {os.cpu_count()} processeurs.")
    if (charge := os.getloadavg()[0]) > os.cpu_count() / 2:
        print(f"Attention : la machine travaille déjà (charge {charge:.1f}), les durées seront peu sûres.".replace(".", ",", 1))
    print()
    print(f"{'mesure':<58}{'valeur':>12}{'objectif':>14}", flush=True)
    with sync_playwright() as playwright:
        show_demarrage(measure_demarrage(playwright, moteur, PASSAGES))
        reponse = measure_reponse(playwright, moteur, site)
        show("réponse → nouveau bilan, 60 questions, 95e centile (ms)", reponse["evaluer"], 50, 0)
        if "bilan" in reponse:
            show("écran du bilan, aides comprises, 95e centile (ms)", reponse["bilan"], decimales=0)
        show_commencer(measure_commencer(playwright, site, QUESTIONNAIRE))
        show_page(measure_page(playwright, site, PAGE))
        print(flush=True)
        pages = read_pages(site)
        show_qualite(measure_qualite(playwright, site, search_etabli, pages, read_jugements(JUGEMENTS, set(pages))), len(pages))
        print(flush=True)
        show_construction(measure_construction(TAILLES))
        print(flush=True)
        show_plateforme(measure_plateforme(ESPACES))
        print(flush=True)
        show_echelle({f"{taille}": measure_echelle(playwright, BANC / str(taille) / "site") for taille in TAILLES})
    return 0


def show_demarrage(durees: dict[tuple[str, str], float]) -> None:
    reference = durees["origine", "froid"]
    show("Pyodide d'origine, à froid (s)", reference)
    show("Pyodide d'origine, à chaud (s)", durees["origine", "chaud"])
    show("moteur prêt, à froid (s)", durees["etabli", "froid"])
    show("moteur prêt, à chaud (s)", durees["etabli", "chaud"])
    show("rapport : à froid / origine à froid", durees["etabli", "froid"] / reference, 0.40)
    show("rapport : à chaud / origine à froid", durees["etabli", "chaud"] / reference, 0.30)
    show("rapport : à chaud / origine à chaud", durees["etabli", "chaud"] / durees["origine", "chaud"])


def show_commencer(visites) -> None:
    if visites is None:
        print(f"/{QUESTIONNAIRE} n'est pas dans site/, ou ne permet pas de commencer : rien à mesurer.")
        return
    premiere, seconde = visites
    show("après « Commencer », première visite (Mio, brotli)", premiere.octets / MIO, 3.7)
    show("après « Commencer », première visite (requêtes)", premiere.requetes, decimales=0)
    show("après « Commencer », seconde visite (octets)", seconde.octets, 0, 0)


def show_page(page) -> None:
    if page is None:
        print(f"/{PAGE} n'est pas dans site/ : rien à mesurer.")
        return
    show("page d'un dispositif, à froid (ko, brotli)", page.octets / 1000, 200, 1)
    show("page d'un dispositif, à froid (requêtes)", page.requetes, 12, 0)
    show("page d'un dispositif (éléments)", page.noeuds, 350, 0)


def show(mesure: str, valeur: float, objectif: float | None = None, decimales: int = 2) -> None:
    """Print one line: the measure, its value, and what it should not go beyond."""
    but = "" if objectif is None else f"≤ {objectif:.{2 if objectif % 1 else 0}f}  {'oui' if valeur <= objectif else 'NON'}"
    print(f"{mesure:<58}{valeur:>12.{decimales}f}{but:>14}".replace(".", ","), flush=True)


if __name__ == "__main__":
    sys.exit(main())
