"""By what a search can be narrowed: kind, theme, besoin, public, nature, place, state, effort, cost.

Stands before `page.py`: each page bears its values, `search.py` counts them into the index.
"""

from typing import Any

from . import phrases
from .catalogue import Catalogue, genre
from .decoupage import name_id
from .proximite import PAYS, Proximite, zones_of

#: Kind of a page → the value of the facet « genre » and its name. What is not here is a page of the site.
GENRES = {
    "dispositif": "Aides", "ressource": "Ressources", "fiche": "Fiches Territoires d’industrie", "territoire": "Territoires",
    "questionnaire": "Auto-évaluations", "guide": "Guides du site", "glossaire": "Définitions", "page": "Thèmes, listes et autres pages",
}  # fmt: skip
EFFORTS = {"1": "Prise en main rapide", "2": "Quelques heures", "3": "Un vrai projet"}
COUTS = {"gratuit": "Gratuit", "variable": "Gratuit ou payant selon le cas", "payant": "Payant"}
ETATS = {"ouvert": "Ouverte", "a_venir": "À venir", "clos": "Close"}


def list_facettes(cat: Catalogue) -> dict[str, tuple[str, dict[str, str]]]:
    """Facet → its title, and its values with their names, in the order in which visitors see them."""

    def entries(name: str) -> dict[str, str]:
        return {entry.id: entry.libelle for entry in cat.vocabulaires[name].values()}

    regions = sorted(((code, nom) for code, nom in cat.noms.items() if code.startswith("REG-")), key=lambda region: name_id(region[1]))
    return {
        "genre": ("Genre", GENRES),
        "theme": ("Thème", entries("themes")),
        "besoin": ("Besoin", entries("besoins")),
        "public": ("Pour qui", entries("publics")),
        "nature": ("Nature de l’aide", entries("natures")),
        "type": ("Type de ressource", entries("types")),
        "territoire": ("Territoire", {PAYS: "Toute la France"} | dict(regions)),
        "etat": ("Aide ouverte ou close", ETATS),
        "effort": ("Temps à prévoir", EFFORTS),
        "cout": ("Coût", COUTS),
    }


def facets_of(cat: Catalogue, near: Proximite, thing: Any) -> dict[str, tuple[str, ...]]:
    """The values of one thing of the catalogue; a facet that does not apply to it is left out."""
    kind = genre(thing)
    found: dict[str, tuple[str, ...]] = {"genre": (kind,)}
    for facet, fields in (("theme", "themes"), ("besoin", "besoins"), ("public", "publics")):
        found[facet] = tuple(getattr(thing, fields, ()))
    if kind == "dispositif":
        etat = phrases.find_ouverture(thing, cat.jour).code
        found |= {"nature": (thing.nature,), "etat": (etat if etat in ETATS else "ouvert",)}
    if kind == "ressource":
        found |= {"type": (thing.type,), "effort": (str(thing.effort),), "cout": (thing.cout,)}
    codes = [thing.code] if kind == "territoire" else zones_of(thing)
    found["territoire"] = tuple(dict.fromkeys(_region_of(near, code) for code in codes))
    return found


def _region_of(near: Proximite, code: str) -> str:
    """The région that holds a place, or the country for what is nowhere in particular."""
    return next((above for above in near.enclosing(code) if above.startswith("REG-")), PAYS)
