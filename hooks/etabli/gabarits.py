"""The templates, ready for one catalogue: what every one of them may call, and how a link is written.

Stands before `pages.py`. A template gets models and these functions; it never looks a file up.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from . import phrases
from .adaptations import list_pinned, tell_changes, tell_shadow
from .catalogue import Catalogue, genre
from .gloses import Gloses
from .liens import relate
from .proximite import Proximite, zones_of
from .rendu import render_inline, render_markdown
from .typographie import typo_html

#: Templates in which the words of the glossary are not marked: tools, lists of links, and the glossary itself.
SANS_GLOSES = frozenset(("questionnaire", "recherche", "plan-du-site", "territoires", "lieux", "glossaire", "lettre"))
#: Marks that no text holds. In a card that is kept: its place for the prefix, for the heading's element, what says its kind;
#: in a page that is being made: around the number of a card.
_PREFIXE, _TITRE, _RAPPEL, _CARTE = "\0", "\1", "\2", "\3"
_CARTES = re.compile(f"{_CARTE}(\\d+){_CARTE}")
#: Singular kind → (folder of its pages, title of its list, what the list says of itself).
LISTES = {
    "dispositif": (
        "dispositifs",
        "Aides et dispositifs",
        "Financements, accompagnements, opérations collectives : pour qui, combien, jusqu'à quand.",
    ),
    "ressource": (
        "ressources",
        "Ressources",
        "Guides, outils, annuaires et réseaux à lire ou à utiliser pour passer à l'action.",
    ),
    "fiche": (
        "fiches",
        "Fiches Territoires d'industrie",
        "Les offres de l'État et de ses opérateurs pour les territoires industriels, par besoin.",
    ),
    "territoire": ("territoires", "Territoires", "Ce qui vous concerne selon l'endroit où vous êtes."),
}


def path_of(thing: Any) -> str:
    """Where the page of a thing stands in the site, « dispositifs/act-pas-a-pas/ »."""
    return f"{LISTES[genre(thing)][0]}/{thing.id}/"


@dataclass
class Rendering:
    """The templates, ready for one catalogue; `prefix` leads from the page being written to the site's root."""

    cat: Catalogue
    moteur: dict[str, Any]
    prefix: str = ""
    gloses: Gloses = field(init=False)
    proximite: Proximite = field(init=False)
    env: jinja2.Environment = field(init=False)
    cartes: list[tuple[str, bool, str]] = field(default_factory=list)
    modeles: dict[tuple[str, str], str] = field(default_factory=dict)
    rangs: dict[tuple[str, str], tuple[bool, bool, int, str]] = field(default_factory=dict)
    epingles: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        cat, relations = self.cat, relate(self.cat)
        self.gloses, self.proximite, self.epingles = Gloses(cat), Proximite(cat), list_pinned(cat)
        nothing = {"ressources": [], "dispositifs": [], "fiches": []}
        self.env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.env.filters |= {
            "md": render_markdown,
            "md_inline": render_inline,
            "date_fr": phrases.date_fr,
            "euros": phrases.euros,
            "pourcent": phrases.pourcent,
            "nombre": phrases.nombre,
            "incise": phrases.incise,
        }
        self.env.globals |= {
            "cat": cat,
            "site": cat.site,
            "espace": cat.espace and cat.espace.modele,
            "changements": lambda thing: tell_changes(cat, thing),
            "ombres": lambda thing: tell_shadow(cat, thing),
            "jour": cat.jour,
            "lien": self.link,
            "carte_de": self.make_card,
            "genre": genre,
            "libelle": lambda vocabulary, id_: cat.vocabulaires[vocabulary][id_].libelle,
            "statut": lambda thing: phrases.find_statut(thing, cat.jour),
            "quand": lambda thing: phrases.find_ouverture(thing, cat.jour).libelle,
            "lies": lambda thing: relations.get((genre(thing), thing.id), nothing),
            "fraction": Fraction,
            "explique": lambda condition: [phrases.explain_condition(cat, condition)] if condition else [],
            "zones_texte": lambda codes: phrases.zones_texte(cat, codes),
            "duree_texte": phrases.duree_texte,
            "zones_de": zones_of,
            "ou_court": lambda thing: phrases.ou_court(cat, zones_of(thing)),
            "autres_noms": phrases.autres_noms,
            "combien": phrases.amount_texte,
            "contacts_de": self.proximite.find_contacts,
            "source_texte": lambda source: phrases.source_texte(cat, source),
        }

    def link(self, target: Any) -> str:
        """A relative URL to a model's page or to a site path; relative, so that the site lives in any folder."""
        path = target if isinstance(target, str) else path_of(target)
        return (self.prefix + path) or "./"

    def make_card(self, thing: Any, rappel: bool, titre: str) -> Markup:
        """What `render` replaces by the card of a thing: rendered once, as it stands in a dozen lists at several depths of the site."""
        key = genre(thing), thing.id
        if key not in self.modeles:
            here, self.prefix = self.prefix, _PREFIXE
            self.modeles[key] = typo_html(self.env.get_template("_macros.html.j2").module.carte(thing, _RAPPEL, _TITRE))
            self.prefix = here
        self.cartes.append((self.modeles[key], rappel, titre))
        return Markup(f"{_CARTE}{len(self.cartes) - 1}{_CARTE}")

    def finish_card(self, found: re.Match) -> str:
        """The card of that number, for the page that is being made."""
        modele, rappel, titre = self.cartes[int(found[1])]
        head, kind, rest = modele.split(_RAPPEL)
        return f"{head}{kind if rappel else ''}{rest}".replace(_TITRE, titre).replace(_PREFIXE, self.prefix)

    def render(self, template: str, chemin: str, **values: Any) -> str:
        """The HTML fragment of the page that stands at `chemin`, its typography mended, the words of the glossary marked."""
        self.prefix = "../" * chemin.count("/")
        self.cartes.clear()
        page = typo_html(self.env.get_template(template + ".html.j2").render(**values))
        page = page if template in SANS_GLOSES else self.gloses.mark(page, self.prefix)
        return _CARTES.sub(self.finish_card, page)
