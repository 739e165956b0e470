"""Établi's pipeline: YAML data in, pages, JSON API and search index out. Runs without MkDocs.

The modules follow one another in the order of `ORDRE`; each imports only what stands before it.
"""

import gc
import sys
from pathlib import Path

#: The repository's root, from which every path in a message is told.
RACINE = Path(__file__).resolve().parents[2]

#: The import rule: a module may import only modules that stand before it here.
ORDRE = (
    "problems", "load", "champs", "schema", "schema_acteurs", "schema_questionnaire", "schema_site", "schema_espace", "messages",
    "espace", "decoupage", "communes", "catalogue", "officiel", "lecture", "parcours", "typographie", "phrases", "fold", "checks_lieux",
    "checks_versions", "checks_questionnaire", "checks", "schemas", "propositions", "questionnaire", "scenarios", "couverture",
    "synonymes", "rendu", "liens", "proximite", "masques", "texte", "facettes", "etat", "gloses", "adaptations", "gabarits",
    "identites", "page", "search", "releve", "rapport", "couleurs", "listes", "lieux", "agenda", "grilles", "schema_org",
    "pages_espace", "pages", "tableaux", "dispositif_aide", "api", "flux", "opensearch", "visites", "adresses", "publication", "build",
    "copies", "demande", "chercher_lieu", "nouvel_espace", "exemples", "serveur", "verifier_http", "verifier_adresses",
    "verifier_politique", "verifier_epreuves", "verifier_conseils", "verifier", "compression", "hors_ligne", "cle_usb", "archives",
    "construction", "espaces", "portail", "plateforme", "serve", "__main__",
)  # fmt: skip

# The engine is a package of its own, shipped to browsers; the build plays its scenarios with the same source.
sys.path.insert(0, str(RACINE / "wasm" / "engine"))

# A build makes a million objects that stay to its end: to look for garbage among them at every 2,000 new ones takes an eighth of it.
gc.set_threshold(200_000, 50)
