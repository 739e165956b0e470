"""The pipeline from a terminal: `python -m etabli check|scenarios|liens|schemas|site|serve|espace|relu|…`.

Messages are in French, for the people who keep the data; exit status 1 when something is to be mended.
"""

import argparse
import os
import sys
from pathlib import Path

from . import RACINE, decoupage
from .adresses import LIMITE, check_addresses
from .build import PUBLICATION, open_catalogue, today
from .catalogue import GENRES, Catalogue
from .chercher_lieu import LieuIntrouvable
from .communes import write_communes
from .construction import Commande, build_site, make_archives
from .couverture import measure
from .couverture import show as show_coverage
from .etat import show, survey
from .exemples import show_examples
from .nouvel_espace import EspaceRefuse, create_espace, tell_created
from .plateforme import Demande, make_platform
from .problems import ProblemsFound, report
from .questionnaire import compile_questionnaire
from .rapport import tell_espace
from .releve import RELEVE, version_of, write_releve
from .schemas import write_schemas
from .serve import serve
from .verifier import verify_deployment


def main(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit status. Without the official list of communes, every command that reads it says how to get it."""
    try:
        return run(make_parser().parse_args(arguments))
    except BrokenPipeError:  # « make check | head » has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except FileNotFoundError as missing:
        if decoupage.LISTE not in Path(missing.filename or "").parents:
            raise
        print("Établi : la liste officielle des communes manque : lancez « make check », qui installe ce qui manque.", file=sys.stderr)
        return 1


def make_parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
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
    site = commands.add_parser("site", help="construit le site dans site/, et ses archives dans paquets/")
    site.add_argument("--mode", type=str.strip, default="", help="« publication » refuse ce qui ne doit pas être mis en ligne")
    site.add_argument("--vite", action="store_true", help="compresse moins, pour un essai")
    site.add_argument("--sortie", type=_folder, help="le dossier du site, site/ si rien n'est dit ; sans archives alors")
    site.add_argument("--commun", type=_folder, help="le dossier que partagent plusieurs sites, à côté de celui-ci")
    several = commands.add_parser("espaces", help="construit tous les espaces côte à côte, avec une page d'accueil commune")
    several.add_argument("--dossiers", type=_folders, default=None, help="où sont les espaces, séparés par des espaces")
    several.add_argument("--sortie", type=_folder, default=None, help="le dossier à publier, plateforme/ si rien n'est dit")
    several.add_argument("--seul", type=str.strip, default="", help="un seul espace, par son nom")
    several.add_argument("--lot", type=str.strip, default="", help="une part des espaces, « 3/20 » : pour les partager entre des machines")
    several.add_argument("--portail", type=str.strip, default="", help="« seul » : la page d'accueil des sites déjà construits")
    online = commands.add_parser("verifier-deploiement", help="vérifie qu'un site en ligne répond comme il faut")
    online.add_argument("url", help="l'adresse du site, comme https://www.exemple.fr/transition/")
    server = commands.add_parser("serve", help="construit le site, le sert, et le reconstruit à chaque changement")
    server.add_argument("--port", type=int, default=8000)
    new = commands.add_parser("espace", help="écrit le dossier d'un nouvel espace")
    new.add_argument("nom", help="le territoire : son nom, son SIREN ou son code officiel")
    new.add_argument("--dossier", type=_folder, help="où l'écrire ; espaces/<nom> si rien n'est dit")
    read = commands.add_parser("relu", help="garde ce que dit la base de ce que l'espace change, une fois que vous l'avez relu")
    for command in (check, scenarios, liens, schemas, new, read):
        command.add_argument("--data", type=Path, default=RACINE / "data", help="le dossier des données")
    for command in (check, liens, site, server, read):
        asked = _folder(os.environ.get("ETABLI_ESPACE", ""))
        command.add_argument("--espace", type=_folder, default=asked, help="le dossier d'un espace, posé sur ces données")
    return parser


def _folder(text: str) -> Path | None:
    """A folder, or none: `make` gives an empty text when nothing is asked."""
    return Path(text.strip()).expanduser() if text.strip() else None


def _folders(text: str) -> list[Path] | None:
    return [Path(part).expanduser() for part in text.split()] or None


def run(given: argparse.Namespace) -> int:
    """Run the command that was asked for; gives the exit status. Raises FileNotFoundError without the official list of communes."""
    if given.commande == "serve":
        return serve(RACINE, given.port, given.espace)
    if given.commande == "verifier-deploiement":
        return verify_deployment(given.url)
    if given.commande == "site":
        return make_site(given)
    if given.commande == "espaces":
        asked = Demande(given.dossiers, given.sortie, given.seul, given.lot, os.environ.get("ETABLI_URL"), bool(given.portail))
        return make_platform(RACINE, today(), asked)
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
        if given.commande == "espace":
            print(tell_created(*create_espace(cat, given.data.resolve(), given.nom, given.dossier), RACINE))
            return 0
    except (LieuIntrouvable, EspaceRefuse) as refused:
        print(f"Établi : {refused}", file=sys.stderr)
        return 1
    except ProblemsFound as problems:
        print(problems, file=sys.stderr)
        return 1
    if given.commande == "liens":
        racine = given.data.resolve().parent
        return check_addresses(cat, racine, tout=given.tout, hors_ligne=given.hors_ligne, limite=given.limite)
    if given.commande == "relu":
        return keep_read(cat, given.data.resolve())
    if given.commande == "schemas":
        print(f"{len(write_schemas(cat, given.data / 'schemas'))} schémas écrits dans {given.data.name}/schemas.")
        return 0
    if warnings:
        print(report(warnings), file=sys.stderr)
    if cat.espace:
        print(tell_espace(cat, version_of(given.data)) + "\n")
    if found := survey(cat):
        print(show(found, bref=given.bref or cat.espace is not None) + "\n")  # a collectivité cannot mend the base
    counts = ", ".join(f"{len(cat.of(kind))} {kind}s" for kind in GENRES)
    questions = sum(len(referentiel.questions) for referentiel in cat.questionnaires.values())
    scenarios = sum(len(referentiel.scenarios) for referentiel in cat.questionnaires.values())
    print(f"Données en ordre : {counts}, {len(cat.termes)} termes, {questions} questions, {scenarios} exemples joués.")
    for referentiel in cat.questionnaires.values():
        print("  " + show_coverage(measure(cat, referentiel, compile_questionnaire(cat, referentiel))))
    return 0


def make_site(given: argparse.Namespace) -> int:
    """Build the site and its archives; say where they are and what they weigh."""
    if given.mode not in ("", PUBLICATION):
        print(f"Établi : MODE={given.mode} est inconnu.\n    Attendu : MODE={PUBLICATION}, ou rien.", file=sys.stderr)
        return 1
    commande = Commande(RACINE, given.espace, given.sortie and given.sortie.resolve(), given.mode == PUBLICATION, given.commun, given.vite)
    if not build_site(commande, entier=True):
        return 1
    if given.sortie:
        return 0
    print("Le site est prêt dans site/.")
    for paquet in make_archives(commande):
        weight = f"{paquet.octets / 1e6:.1f}".replace(".", ",")
        print(f"  {paquet.chemin.relative_to(RACINE)} : {weight} Mo")
    return 0


def keep_read(cat: Catalogue, data: Path) -> int:
    """Keep what the base says now of all that the espace changes."""
    if cat.espace is None:
        print("Établi : quel espace avez-vous relu ?\n    Attendu : make relu ESPACE=chemin/du/dossier", file=sys.stderr)
        return 1
    version = version_of(data)
    number = write_releve(cat.espace, version)
    print(f"Relevé : {number} champ{'s' if number > 1 else ''} de la base {version}, dans {cat.espace.dossier.name}/{RELEVE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
