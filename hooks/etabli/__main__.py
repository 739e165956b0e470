"""The pipeline from a terminal: `python -m etabli check|scenarios|liens|schemas|site|serve`.

Messages are in French, for the people who keep the data; exit status 1 when something is to be mended.
"""

import argparse
import os
import sys
from pathlib import Path

from . import RACINE, decoupage
from .adresses import LIMITE, check_addresses
from .build import open_catalogue, today
from .catalogue import GENRES
from .communes import write_communes
from .couverture import measure
from .couverture import show as show_coverage
from .etat import show, survey
from .exemples import show_examples
from .problems import ProblemsFound, report
from .questionnaire import compile_questionnaire
from .schemas import write_schemas
from .serve import build_site, serve
from .verifier import verify_deployment


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit status. Without the official list of communes, every command that reads it says how to get it."""
    parser = argparse.ArgumentParser(
        prog="python -m etabli", description="Établi : vérifier les données, préparer l'édition, servir le site."
    )
    commands = parser.add_subparsers(dest="commande", required=True)
    check = commands.add_parser("check", help="lit toutes les données et dit tout ce qui ne va pas")
    check.add_argument("--bref", action="store_true", help="compte ce qui est à tenir à jour, sans le lister")
    scenarios = commands.add_parser("scenarios", help="joue les exemples des questionnaires et dit ce que le calcul donne")
    scenarios.add_argument("questionnaire", nargs="?", help="un seul questionnaire, par son identifiant")
    liens = commands.add_parser("liens", help="demande aux sites cités dans les données et dans docs/ s'ils répondent toujours")
    ask = liens.add_mutually_exclusive_group()
    ask.add_argument("--tout", action="store_true", help="vérifie aussi ce qui l'a été il y a peu")
    ask.add_argument("--hors-ligne", action="store_true", help="redit ce qui est connu, sans rien demander à personne")
    liens.add_argument("--limite", type=float, default=LIMITE, metavar="SECONDES", help="s'arrête au bout de ce temps")
    schemas = commands.add_parser("schemas", help="écrit les schémas JSON que les éditeurs de texte utilisent")
    communes = commands.add_parser("communes", help="prépare les fichiers de la recherche par commune")
    communes.add_argument("dossier", type=Path)
    commands.add_parser("site", help="construit le site dans site/")
    online = commands.add_parser("verifier-deploiement", help="vérifie qu'un site en ligne répond comme il faut")
    online.add_argument("url", help="l'adresse du site, comme https://www.exemple.fr/transition/")
    server = commands.add_parser("serve", help="construit le site, le sert, et le reconstruit à chaque changement")
    server.add_argument("--port", type=int, default=8000)
    for command in (check, scenarios, liens, schemas):
        command.add_argument("--data", type=Path, default=RACINE / "data", help="le dossier des données")
    espace = os.environ.get("ETABLI_ESPACE")
    check.add_argument("--espace", type=Path, default=Path(espace) if espace else None, help="le dossier d'un espace, posé sur ces données")
    try:
        return run(parser.parse_args(arguments))
    except FileNotFoundError as missing:
        if decoupage.LISTE not in Path(missing.filename or "").parents:
            raise
        print("Établi : la liste officielle des communes manque : lancez « make check », qui installe ce qui manque.", file=sys.stderr)
        return 1


def run(given: argparse.Namespace) -> int:
    """Run the command that was asked for; gives the exit status. Raises FileNotFoundError without the official list of communes."""
    if given.commande == "serve":
        return serve(RACINE, given.port)
    if given.commande == "verifier-deploiement":
        return verify_deployment(given.url)
    if given.commande == "site":
        if not build_site(RACINE):
            return 1
        print("Le site est prêt dans site/.")
        return 0
    if given.commande == "communes":
        print(f"{write_communes(given.dossier)} fichiers de communes écrits.")
        return 0
    if given.commande == "scenarios":
        text, right = show_examples(given.data.resolve(), today(), given.questionnaire)
        print(text)
        return 0 if right else 1
    try:
        dossier = getattr(given, "espace", None)
        cat, warnings = open_catalogue(given.data.resolve(), today(), racine=given.data.resolve().parent, dossier=dossier)
    except ProblemsFound as problems:
        print(problems, file=sys.stderr)
        return 1
    if given.commande == "liens":
        racine = given.data.resolve().parent
        return check_addresses(cat, racine, tout=given.tout, hors_ligne=given.hors_ligne, limite=given.limite)
    if given.commande == "schemas":
        print(f"{len(write_schemas(cat, given.data / 'schemas'))} schémas écrits dans {given.data.name}/schemas.")
        return 0
    if warnings:
        print(report(warnings), file=sys.stderr)
    if found := survey(cat):
        print(show(found, bref=given.bref) + "\n")
    counts = ", ".join(f"{len(cat.of(kind))} {kind}s" for kind in GENRES)
    questions = sum(len(referentiel.questions) for referentiel in cat.questionnaires.values())
    scenarios = sum(len(referentiel.scenarios) for referentiel in cat.questionnaires.values())
    print(f"Données en ordre : {counts}, {len(cat.termes)} termes, {questions} questions, {scenarios} exemples joués.")
    for referentiel in cat.questionnaires.values():
        print("  " + show_coverage(measure(cat, referentiel, compile_questionnaire(cat, referentiel))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
