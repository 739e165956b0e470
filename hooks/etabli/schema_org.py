"""What a page is about in the words of https://schema.org, as JSON-LD, for search engines and the services that gather aids.

Stands before `pages.py`, which gives every page its description; `page.py` hands it to the layout as a data block, which no
browser runs. Only what the data says is written: a type is chosen when we hold what it asks for. Addresses are full ones or
none: as long as the site does not know its own, they are left out.
"""

from collections.abc import Callable
from typing import Any

from . import phrases
from .catalogue import Catalogue
from .gloses import anchor_of, letter_of
from .identites import full_address
from .page import Page
from .proximite import zones_of
from .rendu import render_markdown
from .schema import Dispositif, Fiche, Ressource
from .schema_acteurs import Territoire
from .texte import text_of_html
from .typographie import typo

Noeud = dict[str, Any]

#: Type of a ressource → its type in schema.org. An « evenement » of ours is often a network or a yearly meeting: without a day
#: and a place it is no Event, and its site is described instead.
RESSOURCES = {"outil": "SoftwareApplication", "formation": "Course", "annuaire": "WebSite", "evenement": "WebSite", "temoignage": "Article"}


def describe_page(cat: Catalogue, page: Page) -> dict[str, Any] | None:
    """The description of a page: the thing it shows, and the way to it. None when there is nothing to say of it."""
    nodes = []
    if page.genre in _THINGS:
        thing = cat.of(page.genre)[page.chemin.split("/")[1]]
        nodes.append(_THINGS[page.genre](cat, thing) | _page(cat, page))
    elif page.genre == "accueil":
        nodes.append(_site(cat))
    elif page.genre == "glossaire":
        nodes.append(_glossary(cat, page))
    if page.fil:
        nodes.append(_trail(cat, page))
    return {"@context": "https://schema.org", "@graph": nodes} if nodes else None


def _page(cat: Catalogue, page: Page) -> Noeud:
    address = full_address(cat, page.chemin)
    return {"@id": f"{address}#objet", "mainEntityOfPage": address} if address else {}


def _dispositif(cat: Catalogue, d: Dispositif) -> Noeud:
    """A service of the public authorities; the rule under which aid is given (`regime`) is a piece of legislation."""
    node = {"@type": "GovernmentService", **_head(d)}
    if not d.est_une_aide:
        return node | {"@type": "Legislation"}
    node |= {
        "serviceType": typo(cat.vocabulaires["natures"][d.nature].libelle),
        "provider": [_organisation(cat, id_) for id_ in dict.fromkeys(porteur.organisme for porteur in d.porteurs)],
        "areaServed": _areas(cat, zones_of(d)),
        "audience": _audience(cat, d),
    }
    if d.ouverture or d.cloture:
        days = {"validFrom": d.ouverture, "validThrough": d.cloture}
        node["offers"] = {"@type": "Offer", **{name: day.isoformat() for name, day in days.items() if day}}
    if d.url:
        node["availableChannel"] = {"@type": "ServiceChannel", "serviceUrl": d.url}
    return node


def _ressource(cat: Catalogue, ressource: Ressource) -> Noeud:
    kind = RESSOURCES.get(ressource.type, "CreativeWork")
    owner = _organisation(cat, ressource.organisme)
    node = {
        "@type": kind,
        **_head(ressource),
        "url": ressource.url,
        "about": _themes(cat, ressource),
        "audience": _audience(cat, ressource),
    }
    node |= {"headline": node["name"], "author": owner} if kind == "Article" else {"provider": owner}
    if ressource.cout != "variable":
        node["isAccessibleForFree"] = ressource.cout == "gratuit"
    return node


def _fiche(cat: Catalogue, fiche: Fiche) -> Noeud:
    head = _head(fiche)
    return {
        "@type": "Article",
        **head,
        "headline": head["name"],
        "author": {"@type": "Organization", "name": typo(cat.site.editeur.nom or cat.site.nom)},
        "dateModified": fiche.maj.isoformat(),
        "inLanguage": "fr",
        "about": _themes(cat, fiche),
        "audience": _audience(cat, fiche),
        "citation": [typo(phrases.source_texte(cat, source)) for source in (fiche.source, *fiche.autres_sources)],
    }


def _territoire(cat: Catalogue, territoire: Territoire) -> Noeud:
    node = {"@type": "AdministrativeArea", "name": typo(territoire.nom), "identifier": territoire.code}
    if territoire.presentation:
        node["description"] = typo(text_of_html(render_markdown(territoire.presentation)))
    return node | {"containedInPlace": _areas(cat, [territoire.parent])[0]}


_THINGS: dict[str, Callable[[Catalogue, Any], Noeud]] = {
    "dispositif": _dispositif, "ressource": _ressource, "fiche": _fiche, "territoire": _territoire,
}  # fmt: skip


def _site(cat: Catalogue) -> Noeud:
    """The site, and how to search it: `?q=` is what `wasm/web/search.js` reads."""
    node = {"@type": "WebSite", "name": typo(cat.site.nom), "description": typo(cat.site.accroche), "inLanguage": "fr"}
    if address := full_address(cat, ""):
        target = {"@type": "EntryPoint", "urlTemplate": f"{address}recherche/?q={{search_term_string}}"}
        node |= {"@id": f"{address}#site", "url": address}
        node["potentialAction"] = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return node


def _glossary(cat: Catalogue, page: Page) -> Noeud:
    """The terms of one letter; their definitions stand in the page itself."""
    terms = []
    for terme in cat.termes:
        if page.chemin == f"glossaire/{letter_of(terme)}/":
            address = full_address(cat, anchor_of(terme))
            terms.append({"@type": "DefinedTerm", "name": typo(terme.terme), **({"url": address} if address else {})})
    return {"@type": "DefinedTermSet", "name": page.titre, "hasDefinedTerm": terms} | _page(cat, page)


def _trail(cat: Catalogue, page: Page) -> Noeud:
    """The breadcrumbs that the page shows."""
    steps = []
    for place, (title, path) in enumerate((("Accueil", ""), *page.fil, (page.titre, page.chemin)), 1):
        address = full_address(cat, path)
        steps.append({"@type": "ListItem", "position": place, "name": title, **({"item": address} if address else {})})
    return {"@type": "BreadcrumbList", "itemListElement": steps}


# --- What several kinds share ----------------------------------------------------------------------------------------


def _head(thing: Dispositif | Ressource | Fiche) -> Noeud:
    return {"name": typo(thing.titre), "description": typo(thing.resume)}


def _organisation(cat: Catalogue, id_: str) -> Noeud:
    organisme = cat.organismes[id_]
    told = {"alternateName": organisme.sigle, "url": organisme.url}
    return {"@type": "Organization", "name": typo(organisme.nom), **{name: value for name, value in told.items() if value}}


def _areas(cat: Catalogue, codes: list[str]) -> list[Noeud]:
    if codes == ["PAYS-99100"]:
        return [{"@type": "Country", "name": "France"}]
    return [{"@type": "AdministrativeArea", "name": typo(phrases.zones_texte(cat, [code])), "identifier": code} for code in codes]


def _audience(cat: Catalogue, thing: Dispositif | Ressource | Fiche) -> list[Noeud]:
    return [{"@type": "Audience", "audienceType": typo(cat.vocabulaires["publics"][id_].libelle)} for id_ in thing.publics]


def _themes(cat: Catalogue, thing: Ressource | Fiche) -> list[Noeud]:
    return [{"@type": "Thing", "name": typo(cat.vocabulaires["themes"][id_].libelle)} for id_ in thing.themes]
