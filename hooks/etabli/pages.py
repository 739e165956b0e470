"""Render every page of the catalogue as an HTML fragment, from models only.

Fifth step of the first flow: nothing here reads a file, and no template looks one up. The functions below are the
table of contents of the site: `render_pages` calls each in turn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from . import phrases
from .catalogue import Catalogue
from .gabarits import LISTES, Rendering
from .questionnaire import compile_questionnaire
from .texte import text_of, words_of
from .typographie import typo

#: How each list is cut into groups: the field, and the vocabulary that names its values.
GROUPES = {"dispositif": ("nature", "natures"), "ressource": ("type", "types"), "fiche": ("besoin", "besoins")}
CATEGORIES = {
    "theme": ("themes", "Thèmes", "Entrer par le sujet qui vous occupe."),
    "besoin": ("besoins", "Besoins", "Entrer par ce que vous cherchez à faire."),
    "public": ("publics", "Publics", "Entrer par qui vous êtes."),
}
LEGALES = (
    ("accessibilite", "Accessibilité", "Déclaration d'accessibilité du site."),
    ("mentions-legales", "Mentions légales", "Qui publie ce site et qui l'héberge."),
    ("donnees-personnelles", "Données personnelles", "Ce site ne recueille aucune donnée sur vous."),
)
#: A dispositif that closes within this time stands on the home page.
BIENTOT = timedelta(days=90)


@dataclass(frozen=True)
class Page:
    """One page. `chemin` is its place in the site, with a trailing slash ("" is the home page).

    corps: HTML fragment; fichier: the YAML file to edit, from the repository's root; texte: what search indexes; mots: what
    the page is to be found by without showing it; styles, scripts: what the layout adds for this page alone.
    """

    chemin: str
    titre: str
    description: str
    corps: str
    genre: str
    gabarit: str = "large"
    fil: tuple[tuple[str, str], ...] = ()
    fichier: str | None = None
    statut: str | None = None
    texte: str = ""
    mots: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def render_pages(cat: Catalogue, moteur: dict[str, Any]) -> Iterator[Page]:
    """Every page made from data, in the order of the site. moteur: the manifest of the engine's folder."""
    rendering = Rendering(cat, moteur)
    yield render_home(rendering)
    for kind in LISTES:
        yield render_list(rendering, kind)
        yield from render_things(rendering, kind)
    for kind in CATEGORIES:
        yield from render_categories(rendering, kind)
    yield from render_questionnaires(rendering)
    yield render_glossary(rendering)
    yield render_search(rendering)
    yield from render_legal(rendering)
    yield render_sitemap(rendering)


def make_page(r: Rendering, template: str, chemin: str, titre: str, description: str, genre: str, values: Any = None, **page: Any) -> Page:
    """One page: `template` rendered with `values`, its titles with their typography; `page` are the other fields of Page."""
    return Page(chemin, typo(titre), typo(description), r.render(template, chemin, **(values or {})), genre, **page)


def render_home(r: Rendering) -> Page:
    """The three doors, what closes soon, the besoins and the themes."""
    soon = [d for d in r.cat.dispositifs.values() if d.cloture and r.cat.jour <= d.cloture <= r.cat.jour + BIENTOT]
    values = {
        "bientot": sorted(soon, key=lambda d: d.cloture),
        "comptes": {kind + "s": len(r.cat.of(kind)) for kind in LISTES},
        "questionnaire": next((referentiel.questionnaire for referentiel in r.cat.questionnaires.values()), None),
    }
    return make_page(
        r, "accueil", "", r.cat.site.nom, r.cat.site.accroche, "accueil", values,
        gabarit="accueil", fichier=r.cat.documents["site", "site"].fichier, styles=("recherche.css",), scripts=("web/search.js",),
    )  # fmt: skip


def render_list(r: Rendering, kind: str) -> Page:
    """All things of one kind, in groups."""
    folder, title, presentation = LISTES[kind]
    things = list(r.cat.of(kind).values())
    if kind in GROUPES:
        name, vocabulary = GROUPES[kind]
        entries = r.cat.vocabulaires[vocabulary].values()
        groups = [{"id": e.id, "titre": e.libelle, "items": [t for t in things if getattr(t, name) == e.id]} for e in entries]
    else:
        groups = [{"id": "regions", "titre": "Régions", "items": things}]
    for group in groups:
        group["items"].sort(key=lambda thing: (getattr(thing, "numero", 0), *rank(r, thing)))
    values = {"titre": title, "presentation": presentation, "groupes": groups}
    return make_page(r, "liste", f"{folder}/", title, presentation, "liste", values)


def name_of(thing: Any) -> str:
    """What a thing is called: its title, or the name of a territoire."""
    return getattr(thing, "titre", None) or thing.nom


def rank(r: Rendering, thing: Any) -> tuple[bool, str]:
    """The order of every list: closed things last, then by name."""
    closed = hasattr(thing, "cloture") and phrases.find_statut(thing, r.cat.jour).code == "clos"
    return closed, name_of(thing)


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
            texte=text_of(thing), mots=words_of(r.cat, thing),
        )  # fmt: skip


def render_categories(r: Rendering, kind: str) -> Iterator[Page]:
    """The entries of a vocabulary as a way in, then a page for each with all that bears it."""
    folder, title, presentation = CATEGORIES[kind]
    entries = r.cat.vocabulaires[folder].values()
    cards = [{"titre": e.libelle, "chemin": f"{folder}/{e.id}/", "texte": e.description} for e in entries]
    values = {"titre": title, "presentation": presentation, "entrees": cards}
    yield make_page(r, "categories", f"{folder}/", title, presentation, "liste", values)
    for entry in entries:
        found: dict[str, Any] = {"entree": entry, "genre_entree": kind}
        for listed in ("ressource", "dispositif", "fiche"):
            matching = (thing for thing in r.cat.of(listed).values() if entry.id in getattr(thing, folder))
            found[listed + "s"] = sorted(matching, key=lambda thing: rank(r, thing))
        yield make_page(
            r, kind, f"{folder}/{entry.id}/", entry.libelle, entry.description, kind, found,
            fil=((title, f"{folder}/"),), fichier=r.cat.documents["vocabulaire", folder].fichier, texte=entry.description,
        )  # fmt: skip


def render_questionnaires(r: Rendering) -> Iterator[Page]:
    """The list of the questionnaires, then each as a grid that scripts turn into a form."""
    presentation = "Quelques minutes pour savoir où vous en êtes, sans compte, et sans que rien ne quitte votre navigateur."
    yield make_page(r, "questionnaires", "questionnaires/", "Me situer", presentation, "liste")
    for referentiel in r.cat.questionnaires.values():
        compiled = compile_questionnaire(r.cat, referentiel)
        values = {
            "q": compiled,
            "moteur": r.moteur,
            "donnees": f"../../api/v1/questionnaires/{referentiel.id}.json",
            "moteur_base": f"../../assets/moteur/{r.moteur['dossier']}/",
        }
        chemin = f"questionnaires/{referentiel.id}/"
        yield make_page(
            r, "questionnaire", chemin, compiled["titre"], compiled["resume"], "questionnaire", values, gabarit="questionnaire",
            fil=(("Me situer", "questionnaires/"),), styles=("questionnaire.css",), scripts=("web/main.js",),
            fichier=r.cat.documents["questionnaire", referentiel.id].fichier, texte=" ".join(map(text_of, referentiel.themes)),
        )  # fmt: skip


def render_glossary(r: Rendering) -> Page:
    """All terms on one page."""
    texte = " ".join(f"{terme.terme} {terme.developpe or ''} {terme.definition}" for terme in r.cat.termes)
    title, description = "Glossaire", "Les sigles et les mots du métier, en clair."
    fichier = r.cat.documents["glossaire", "glossaire"].fichier
    return make_page(r, "glossaire", "glossaire/", title, description, "glossaire", fichier=fichier, texte=texte)


def render_search(r: Rendering) -> Page:
    """The field and the place of its results, which come from the browser."""
    extra = {"styles": ("recherche.css",), "scripts": ("web/search.js",)}
    return make_page(r, "recherche", "recherche/", "Rechercher", "Chercher dans tout le site.", "outil", **extra)


def render_legal(r: Rendering) -> Iterator[Page]:
    """The pages that the law asks for, fed from `data/site.yml`."""
    for name, title, description in LEGALES:
        yield make_page(r, name, f"{name}/", title, description, "legale", fichier=r.cat.documents["site", "site"].fichier)


def render_sitemap(r: Rendering) -> Page:
    """The second way through the site, besides the menu: a list of all pages."""
    known = [referentiel.questionnaire for referentiel in r.cat.questionnaires.values()]
    sections = [
        *(
            (title, [(name_of(thing), f"{folder}/{thing.id}/") for thing in r.cat.of(kind).values()])
            for kind, (folder, title, _) in LISTES.items()
        ),
        *(
            (title, [(e.libelle, f"{folder}/{e.id}/") for e in r.cat.vocabulaires[folder].values()])
            for folder, title, _ in CATEGORIES.values()
        ),
        ("Me situer", [(questionnaire.titre, f"questionnaires/{questionnaire.id}/") for questionnaire in known]),
        ("À propos du site", [("Glossaire", "glossaire/"), *((title, f"{name}/") for name, title, _ in LEGALES)]),
    ]  # fmt: skip
    shown = [{"titre": title, "liens": [{"titre": name, "chemin": path} for name, path in links]} for title, links in sections]
    title, description = "Plan du site", "Toutes les pages, d'un coup d'œil."
    return make_page(r, "plan-du-site", "plan-du-site/", title, description, "outil", {"sections": shown})
