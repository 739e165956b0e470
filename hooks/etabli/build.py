"""The whole pipeline, read top to bottom: data folder in, everything that the site holds out.

Called by the command line, by the MkDocs hook and by the tests; the date is an argument, so the same data and the
same day give the same bytes.
"""

import datetime
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from . import RACINE, opensearch
from .agenda import render_ics
from .api import render_api, render_recherche
from .catalogue import Catalogue
from .checks import run_checks
from .couleurs import FEUILLE, check_couleurs, render_couleurs
from .couverture import check_coverage, measure
from .decoupage import load_decoupage
from .espace import open_espace
from .facettes import GENRES, list_facettes
from .flux import CHEMIN, render_flux
from .gloses import Gloses, anchor_of
from .lecture import load_catalogue
from .masques import hide
from .pages import Page, render_pages
from .pages_espace import check_files
from .problems import Problem, ProblemsFound
from .questionnaire import check_weight, compile_aides, compile_questionnaire
from .rapport import tell_espace
from .releve import version_of
from .scenarios import check_scenarios, play_scenarios
from .search import Document, render_search
from .synonymes import compile_synonymes
from .texte import GENRES_LUS, GLOSSAIRE
from .typographie import typo

#: The mode that refuses what must not be online.
PUBLICATION = "publication"
#: Where the engine's folder stands below the site's root, unless several sites share one.
MOTEUR = "assets/moteur/"
#: What stands for the engine's folder when a build does without it (checks, tests of the pages).
SANS_MOTEUR = {"dossier": "absent", "chemin": f"{MOTEUR}absent/", "octets_total": 0, "octets_brotli": 0}


@dataclass(frozen=True)
class Build:
    """What one run of the pipeline gives: the catalogue, its pages, its other files, and what to keep an eye on.

    sources: the YAML file of each name that a page may bear; rapport: what the espace changes, for its team.
    """

    catalogue: Catalogue
    pages: list[Page]
    api: dict[str, str]
    avertissements: list[Problem]
    gloses: Gloses
    sources: dict[str, Path]
    rapport: str = ""

    def where_to_edit(self, fichier: str | None) -> str | None:
        """The address where the file of a page is edited; without one, its copy in the site.

        An espace's `depot` is that of its own files: those of the base are shown as they are.
        """
        espace, depot = self.catalogue.espace, self.catalogue.site.depot
        if not fichier or not depot:
            return fichier and copy_of(fichier)
        if espace is None:
            return f"{depot.rstrip('/')}/{fichier}"
        path = self.sources[fichier]
        inside = path.relative_to(espace.dossier).as_posix() if path.is_relative_to(espace.dossier) else None
        return f"{depot.rstrip('/')}/{inside}" if inside else copy_of(fichier)


def copy_of(fichier: str) -> str:
    """Where the site shows a YAML file as it stands."""
    return f"donnees/{fichier}.txt"


def today() -> datetime.date:
    """The day in France, or the one that ETABLI_DATE gives for a reproducible build. Raises SystemExit when that is no date."""
    given = os.environ.get("ETABLI_DATE")
    if not given:
        return datetime.datetime.now(ZoneInfo("Europe/Paris")).date()
    try:
        return datetime.date.fromisoformat(given)
    except ValueError:
        raise SystemExit(f"Établi : ETABLI_DATE=« {given} » n'est pas une date. Attendu : année-mois-jour, comme 2026-11-21.") from None


def open_catalogue(data: Path, jour: datetime.date, racine: Path = RACINE, dossier: Path | None = None) -> tuple[Catalogue, list[Problem]]:
    """The checked catalogue and its warnings. dossier: the folder of the espace to lay over the base.

    Raises ProblemsFound with every problem of every file, when there is one that is not a warning.
    """
    espace, problems = open_espace(dossier, racine) if dossier else (None, [])
    appearance = [*check_couleurs(espace), *check_files(espace, RACINE / "docs")] if espace else []
    if problems:  # laid over the base, an operation that makes no sense would be told again as faults of the base
        raise ProblemsFound([*problems, *appearance])
    cat, problems = load_catalogue(data, jour, racine, load_decoupage(), espace)
    problems += appearance
    problems += hide(cat)
    problems += run_checks(cat)
    # The engine is given only what holds: it would say the same again, less well.
    if all(p.avertissement for p in problems):
        aides = cat.aides = compile_aides(cat)
        for referentiel in cat.questionnaires.values():
            compiled = compile_questionnaire(cat, referentiel)
            problems += check_weight(cat, referentiel, compiled, aides)
            parties = play_scenarios(referentiel, compiled, aides)
            problems += check_scenarios(cat, referentiel, parties)
            if parties and all(partie.bilan for partie in parties):  # what they reach is not judged before they can be played
                found = measure(cat, referentiel, compiled)
                cat.etendues[referentiel.id] = found.etendue
                # What an espace hides may leave a low answer without a ressource: to be known, not a reason to publish nothing.
                problems += [replace(p, avertissement=p.avertissement or espace is not None) for p in check_coverage(cat, found)]
    if any(not p.avertissement for p in problems):
        raise ProblemsFound(problems)
    return cat, problems


def build(
    data: Path,
    jour: datetime.date,
    racine: Path = RACINE,
    moteur: dict[str, Any] | None = None,
    adresse: str | None = None,
    dossier: Path | str | None = None,
    mode: str | None = None,
) -> Build:
    """Run the pipeline on the folder `data`, under the espace of the folder `dossier` if any.

    moteur: what `wasm/build.py` says of the engine's folder; adresse: where the site is published, when its data does not say; mode:
    « publication » refuses what must not be online. Raises ProblemsFound.
    """
    cat, warnings = open_catalogue(data, jour, racine, Path(dossier) if dossier else None)
    if mode == PUBLICATION:
        from .publication import check_publication  # here: it knows how to ask addresses, and no other build may

        warnings += check_publication(cat, RACINE, adresse)
        if any(not p.avertissement for p in warnings):
            raise ProblemsFound(warnings)
    if adresse:  # what the command says wins over what the file says
        cat.site = cat.site.model_copy(update={"url": adresse})
    files = {**dict(render_api(cat)), CHEMIN: render_flux(cat)}
    optional = {"calendrier.ics": render_ics(cat), opensearch.CHEMIN: opensearch.render_opensearch(cat)}
    if cat.espace:
        optional[FEUILLE] = render_couleurs(cat.espace.modele.apparence.couleurs)
    files |= {path: text for path, text in optional.items() if text}
    sources = {document.fichier: document.chemin for document in cat.documents.values()}
    pages, rapport = list(render_pages(cat, moteur or SANS_MOTEUR)), tell_espace(cat, version_of(data)) if cat.espace else ""
    return Build(cat, pages, files, warnings, Gloses(cat), sources, rapport)


def read_moteur(built: Path, place: str = MOTEUR) -> dict[str, Any]:
    """What `wasm/build.py` left in the folder `built` about the engine; raises FileNotFoundError when it has not run.

    place: the folder of engines, from the site's root; `chemin` then leads to this one.
    """
    moteur = json.loads((built / "moteur" / "courant.json").read_text(encoding="utf-8"))
    return moteur | {"chemin": f"{place}{moteur['dossier']}/"}


def make_search(cat: Catalogue, pages: list[Page], written: list[Document]) -> dict[str, str]:
    """The search index of the catalogue's pages, of the written ones and of the glossary: path in the site → JSON text."""
    made = [
        Document(
            page.chemin, page.titre, GENRES_LUS[page.genre], page.description, page.texte, page.statut or "", page.dates, page.cles,
            f"{page.mots} {GENRES_LUS[page.genre]}",
            {"genre": (page.genre if page.genre in GENRES else "page",)} | dict(page.facettes),
        )
        for page in pages
        if page.genre in GENRES_LUS
    ]  # fmt: skip
    # A term is found as itself: a letter of the glossary would be found for any words that share it.
    made += [
        Document(
            anchor_of(t), typo(t.terme), GLOSSAIRE, typo(t.definition), " ".join([t.developpe or "", *t.variantes]),
            facettes={"genre": ("glossaire",)},
        )
        for t in cat.termes
    ]  # fmt: skip
    documents = [*made, *written]
    files = render_search(documents, compile_synonymes(cat.termes, cat.synonymes), list_facettes(cat))
    return {**files, **dict(render_recherche(cat, documents))}
