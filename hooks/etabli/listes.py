"""The lists of the catalogue: all of a kind, all that bears a theme, a besoin or a public, cut so that no page is heavy.

A list page shows the first things of each group; what is left has pages of its own, so that without any script every
thing is reached by links and no page passes the weight that an old telephone bears.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .catalogue import genre
from .gabarits import LISTES, Rendering
from .page import Page, make_page, rank
from .typographie import typo

#: How each list is cut into groups: the field, and the vocabulary that names its values.
GROUPES = {"dispositif": ("nature", "natures"), "ressource": ("type", "types"), "fiche": ("besoin", "besoins")}
CATEGORIES = {
    "theme": ("themes", "Thèmes", "Entrer par le sujet qui vous occupe."),
    "besoin": ("besoins", "Besoins", "Entrer par ce que vous cherchez à faire."),
    "public": ("publics", "Publics", "Entrer par qui vous êtes."),
}
TITRES = {"dispositif": "Aides", "ressource": "Ressources", "fiche": "Fiches"}
#: Cards on one page: with the frame around them, about 350 elements.
PAR_PAGE = 36


@dataclass(frozen=True)
class Groupe:
    """Part of a list: `montres` stand on the page itself, `chemin` leads to all of them when there are more."""

    id: str
    titre: str
    items: list[Any]
    limite: int
    chemin: str
    clos: int

    @property
    def montres(self) -> list[Any]:
        """The things shown on the page itself; one more costs less than a link to it."""
        return self.items if len(self.items) <= self.limite + 1 else self.items[: self.limite]

    @property
    def compte(self) -> str:
        """« 30 », or « 30, dont 5 closes »."""
        closed = f", dont {self.clos} close{'s' if self.clos > 1 else ''}" if self.clos else ""
        return f"{len(self.items)}{closed}"

    @property
    def reste(self) -> int:
        """How many are on the group's own pages only."""
        return len(self.items) - len(self.montres)


def render_list(r: Rendering, kind: str) -> Iterator[Page]:
    """All things of one kind, in groups, then the pages of the groups that are too long for it."""
    folder, title, presentation = LISTES[kind]
    name, vocabulary = GROUPES[kind]
    entries = [(e.id, e.libelle) for e in r.cat.vocabulaires[vocabulary].values()]
    things = [(id_, label, [t for t in r.cat.of(kind).values() if getattr(t, name) == id_]) for id_, label in entries]
    filled = [(id_, label, found) for id_, label, found in things if found]
    limit = max(3, PAR_PAGE // max(len(filled), 1) // 3 * 3)  # whole rows of three
    groups = [_group(r, id_, label, found, limit, f"{folder}/{name}/{id_}/") for id_, label, found in filled]
    values = {"titre": title, "presentation": presentation, "groupes": groups, "rappel": False, "appel": False}
    values["tableau"] = f"api/v1/{kind}s.csv"
    yield make_page(r, "liste", f"{folder}/", title, presentation, "liste", values)
    yield from _render_rests(r, groups, ((title, f"{folder}/"),))


def render_categories(r: Rendering, kind: str) -> Iterator[Page]:
    """The entries of a vocabulary as a way in, then a page for each with all that bears it."""
    folder, title, presentation = CATEGORIES[kind]
    entries = r.cat.vocabulaires[folder].values()
    cards = [{"titre": e.libelle, "chemin": f"{folder}/{e.id}/", "texte": e.description} for e in entries]
    values = {"titre": title, "presentation": presentation, "entrees": cards}
    yield make_page(r, "categories", f"{folder}/", title, presentation, "liste", values)
    for entry in entries:
        groups = []
        for listed, name in TITRES.items():
            if found := [thing for thing in r.cat.of(listed).values() if entry.id in getattr(thing, folder)]:
                groups.append(_group(r, LISTES[listed][0], name, found, 9, f"{folder}/{entry.id}/{LISTES[listed][0]}/"))
        trail = ((title, f"{folder}/"),)
        values = {"titre": entry.libelle, "presentation": entry.description, "groupes": groups, "rappel": True, "appel": kind == "besoin"}
        yield make_page(
            r, "liste", f"{folder}/{entry.id}/", entry.libelle, entry.description, kind, values,
            fil=trail, fichier=r.cat.documents["vocabulaire", folder].fichier, texte=entry.description, facettes={kind: (entry.id,)},
        )  # fmt: skip
        yield from _render_rests(r, groups, (*trail, (typo(entry.libelle), f"{folder}/{entry.id}/")))


def _group(r: Rendering, id_: str, title: str, things: Iterable[Any], limit: int, path: str) -> Groupe:
    ordered = sorted(((rank(r, thing), thing) for thing in things), key=lambda pair: pair[0])
    return Groupe(id_, title, [thing for _, thing in ordered], limit, path, sum(closed for (closed, *_), _ in ordered))


def _render_rests(r: Rendering, groups: list[Groupe], trail: tuple[tuple[str, str], ...]) -> Iterator[Page]:
    """The pages of every group of which something does not stand on the list itself."""
    for group in groups:
        if not group.reste:
            continue
        pages = [group.items[i : i + PAR_PAGE] for i in range(0, len(group.items), PAR_PAGE)]
        paths = [group.chemin if i == 0 else f"{group.chemin}page-{i + 1}/" for i in range(len(pages))]
        place = f"{group.titre} : {trail[-1][0]}"
        for i, items in enumerate(pages):
            title = place if len(pages) == 1 else f"{place} (page {i + 1} sur {len(pages)})"
            values = {"titre": title, "total": len(group.items), "items": items, "chemins": paths, "rang": i, "rappel": len(trail) > 1}
            values["ordre"] = "dans l'ordre du guide" if genre(items[0]) == "fiche" else "par ordre alphabétique"
            if any(thing in r.epingles for thing in group.items):
                values["ordre"] = f"ce que {r.cat.espace.modele.nom} recommande d'abord, puis {values['ordre']}"
            told = f"{group.titre} : toute la liste, {len(group.items)} {'fiche' if genre(items[0]) == 'fiche' else 'entrée'}s."
            yield make_page(r, "suite", paths[i], title, told, "suite", values, fil=trail)
