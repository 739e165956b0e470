"""Render every page of the catalogue as an HTML fragment, from models only.

Fifth step of the first flow: nothing here reads a file, and no template looks one up. The functions below are the
table of contents of the site: `render_pages` calls each in turn.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from . import phrases
from .agenda import TITRE, render_agenda
from .catalogue import Catalogue
from .decoupage import name_id
from .facettes import facets_of
from .gabarits import LISTES, Rendering
from .gloses import letter_of
from .grilles import render_questionnaires
from .lieux import TYPES, render_lieux
from .listes import CATEGORIES, GROUPES, render_categories, render_list
from .page import Page, make_page, name_of
from .pages_espace import is_left_out, list_pages
from .schema_espace import Textes
from .schema_org import describe_page
from .texte import body_of, words_of
from .typographie import typo

LEGALES = (
    ("accessibilite", "Accessibilité", "Déclaration d'accessibilité du site."),
    ("mentions-legales", "Mentions légales", "Qui publie ce site et qui l'héberge."),
    ("donnees-personnelles", "Données personnelles", "Ce site ne recueille aucune donnée sur vous."),
)
HORS_CONNEXION = "Hors connexion"
#: A dispositif that closes within this time stands on the home page.
BIENTOT = timedelta(days=90)


def render_pages(cat: Catalogue, moteur: dict[str, Any]) -> Iterator[Page]:
    """Every page made from data, in the order of the site. moteur: the manifest of the engine's folder."""
    for page in _render_all(Rendering(cat, moteur)):
        yield replace(page, schema=describe_page(cat, page))


def _render_all(rendering: Rendering) -> Iterator[Page]:
    yield render_home(rendering)
    for kind in GROUPES:
        yield from render_list(rendering, kind)
        yield from render_things(rendering, kind)
    yield render_agenda(rendering)
    yield from render_lieux(rendering)
    for kind in CATEGORIES:
        yield from render_categories(rendering, kind)
    yield from render_questionnaires(rendering)
    yield from render_glossary(rendering)
    yield render_search(rendering)
    yield render_offline(rendering)
    yield from render_legal(rendering)
    yield render_sitemap(rendering)


def render_home(r: Rendering) -> Page:
    """The three doors, what closes soon, the besoins and the themes."""
    soon = [d for d in r.cat.dispositifs.values() if d.est_une_aide and d.cloture and r.cat.jour <= d.cloture <= r.cat.jour + BIENTOT]
    espace = r.cat.espace.modele if r.cat.espace else None
    home = next((t.id for code in (espace.territoires if espace else ()) for t in r.cat.territoires.values() if t.code == code), None)
    values = {
        "textes": espace.textes if espace else Textes(),
        "epingles": r.epingles,
        "chez_nous": home and f"territoires/{home}/",
        "bientot": sorted(soon, key=lambda d: d.cloture),
        "comptes": {kind + "s": len(r.cat.of(kind)) for kind in LISTES},
        "questionnaire": next((referentiel.questionnaire for referentiel in r.cat.questionnaires.values()), None),
    }
    return make_page(
        r, "accueil", "", r.cat.site.nom, r.cat.site.accroche, "accueil", values,
        gabarit="accueil", fichier=r.cat.documents["site", "site"].fichier, styles=("recherche.css",), scripts=("web/search.js",),
    )  # fmt: skip


def render_things(r: Rendering, kind: str) -> Iterator[Page]:
    """A page for each thing of one kind."""
    folder, title, _ = LISTES[kind]
    for thing in r.cat.of(kind).values():
        name = name_of(thing)
        yield make_page(
            r, kind, f"{folder}/{thing.id}/", name,
            getattr(thing, "resume", None) or f"{name} : les aides, les contacts et les fiches qui vous concernent.",
            kind, {"item": thing},
            fil=((typo(title), f"{folder}/"),), fichier=r.cat.documents[kind, thing.id].fichier,
            statut=phrases.find_statut(thing, r.cat.jour).code if hasattr(thing, "a_relire_le") else None,
            texte=body_of(thing), mots=words_of(r.cat, r.proximite, thing), cles=", ".join(getattr(thing, "mots_cles", ())),
            facettes=facets_of(r.cat, r.proximite, thing),
            dates=tuple(day.isoformat() if (day := getattr(thing, field, None)) else "" for field in ("ouverture", "cloture")),
        )  # fmt: skip


def render_glossary(r: Rendering) -> Iterator[Page]:
    """The letters, then the terms of each."""
    termes = sorted(r.cat.termes, key=lambda terme: name_id(terme.terme))
    letters = [(letter, list(found)) for letter, found in groupby(termes, key=letter_of)]
    title, description = "Glossaire", "Les sigles et les mots du métier, en clair."
    fichier = r.cat.documents["glossaire", "glossaire"].fichier
    yield make_page(r, "glossaire", "glossaire/", title, description, "liste", {"lettres": letters}, fichier=fichier)
    for letter, found in letters:
        words = ", ".join(terme.terme for terme in found)
        texte = " ".join(f"{terme.terme} {terme.developpe or ''} {' '.join(terme.variantes)} {terme.definition}" for terme in found)
        yield make_page(
            r, "lettre", f"glossaire/{letter}/", f"Glossaire : {letter.upper()}", f"{description} Ici : {words[:140]}…",
            "glossaire", {"lettre": letter, "termes": found, "lettres": letters},
            fil=((title, "glossaire/"),), fichier=fichier, texte=texte,
        )  # fmt: skip


def render_search(r: Rendering) -> Page:
    """The field and the place of its results, which come from the browser."""
    extra = {"styles": ("recherche.css",), "scripts": ("web/search.js",)}
    return make_page(r, "recherche", "recherche/", "Rechercher", "Chercher dans tout le site.", "outil", **extra)


def render_offline(r: Rendering) -> Page:
    """How to keep the site on a device; `hors_ligne.py` writes its weight into it, once the site is finished."""
    return make_page(
        r, "hors-connexion", "hors-connexion/", HORS_CONNEXION, "Garder ce site sur votre appareil, pour le lire sans réseau.", "legale",
        styles=("hors-ligne.css",), scripts=("web/hors-connexion.js",), cles="hors ligne, sans réseau, sans internet, zone blanche",
    )  # fmt: skip


def render_legal(r: Rendering) -> Iterator[Page]:
    """The pages that the law asks for, fed from `data/site.yml`."""
    for name, title, description in LEGALES:
        yield make_page(r, name, f"{name}/", title, description, "legale", fichier=r.cat.documents["site", "site"].fichier)


def render_sitemap(r: Rendering) -> Page:
    """The second way through the site, besides the menu: every section, and the pages of those that have few."""
    known = [referentiel.questionnaire for referentiel in r.cat.questionnaires.values()]
    regions = sorted((t for t in r.cat.territoires.values() if t.type == "region"), key=lambda t: t.nom)
    lists = [(names, f"territoires/{sub}/") for type_, (_, names, sub) in TYPES.items() if sub and _has_type(r, type_)]
    sections = [
        ("Chercher", [*((LISTES[kind][1], f"{LISTES[kind][0]}/") for kind in ("dispositif", "ressource")), ("Rechercher", "recherche/")]),
        ("Fiches Territoires d'industrie", [(f.titre, f"fiches/{f.id}/") for f in sorted(r.cat.fiches.values(), key=lambda f: f.numero)]),
        *(
            (title, [(e.libelle, f"{folder}/{e.id}/") for e in r.cat.vocabulaires[folder].values()])
            for folder, title, _ in CATEGORIES.values()
        ),
        ("Territoires", [*((t.nom, f"territoires/{t.id}/") for t in regions), *lists]),
        ("Me situer", [(questionnaire.titre, f"questionnaires/{questionnaire.id}/") for questionnaire in known]),
        ("À propos du site", [
            ("Glossaire", "glossaire/"), (TITRE, "calendrier/"), (HORS_CONNEXION, "hors-connexion/"),
            *((title, f"{name}/") for name, title, _ in LEGALES),
        ]),
    ]  # fmt: skip
    shown = [{"titre": title, "liens": [{"titre": name, "chemin": path} for name, path in links]} for title, links in sections]
    title, description = "Plan du site", "Toutes les rubriques, d'un coup d'œil."
    espace = r.cat.espace
    values = {
        "sections": shown,
        "ecrites": list_pages(espace) if espace else [],
        "laissee": lambda path: espace and any(is_left_out(espace, f"{path.rstrip('/')}{end}") for end in (".md", "/index.md")),
    }
    return make_page(r, "plan-du-site", "plan-du-site/", title, description, "outil", values)


def _has_type(r: Rendering, type_: str) -> bool:
    return any(territoire.type == type_ for territoire in r.cat.territoires.values())
