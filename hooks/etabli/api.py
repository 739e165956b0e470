"""The published contract: `/api/v1/*.json` and `*.csv`, the same facts as the pages, for machines and for spreadsheets.

Apart from the pages on purpose: the shape written here changes only with the version in the address.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from . import phrases
from .catalogue import GENRES, Catalogue
from .decoupage import name_id
from .dispositif_aide import render_dispositifs_aide
from .facettes import list_facettes
from .gabarits import LISTES, path_of
from .proximite import Proximite
from .questionnaire import compile_aides, compile_questionnaire
from .search import Document
from .tableaux import render_tableaux

VERSION = "v1"
RECHERCHE = f"api/{VERSION}/recherche.json"


def dump(value: Any) -> str:
    """Stable JSON: same data, same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def render_api(cat: Catalogue) -> Iterator[tuple[str, str]]:
    """(path in the site, text) of every published file."""
    index = {"version": 1, "jour": cat.jour.isoformat(), "fichiers": {}}
    for kind in GENRES:
        things = [_published(cat, kind, thing) for thing in cat.of(kind).values()]
        index["fichiers"][f"{kind}s"] = {"chemin": f"api/{VERSION}/{kind}s.json", "nombre": len(things)}
        yield f"api/{VERSION}/{kind}s.json", dump(things)
    yield f"api/{VERSION}/glossaire.json", dump([terme.model_dump(mode="json") for terme in cat.termes])
    yield (
        f"api/{VERSION}/vocabulaires.json",
        dump(
            {name: [e.model_dump(mode="json", exclude_none=True) for e in entries.values()] for name, entries in cat.vocabulaires.items()}
        ),
    )
    yield f"api/{VERSION}/communes/territoires.json", dump(_places(cat))
    for referentiel in cat.questionnaires.values():
        yield f"api/{VERSION}/questionnaires/{referentiel.id}.json", dump(compile_questionnaire(cat, referentiel))
    aides = cat.aides or compile_aides(cat)
    yield f"api/{VERSION}/aides.json", dump(aides)
    for name, number in (("glossaire", len(cat.termes)), ("vocabulaires", len(cat.vocabulaires))):
        index["fichiers"][name] = {"chemin": f"api/{VERSION}/{name}.json", "nombre": number}
    index["fichiers"]["aides"] = {"chemin": f"api/{VERSION}/aides.json", "nombre": len(aides["ressources"]) + len(aides["dispositifs"])}
    index["fichiers"]["questionnaires"] = {id_: {"chemin": f"api/{VERSION}/questionnaires/{id_}.json"} for id_ in cat.questionnaires}
    index["fichiers"]["recherche"] = {"chemin": RECHERCHE}
    index["tableaux"] = {}
    for name, text, rows in (*render_tableaux(cat), ("dispositifs-aide", *render_dispositifs_aide(cat))):
        index["tableaux"][name] = {"chemin": f"api/{VERSION}/{name}.csv", "nombre": rows}
        yield f"api/{VERSION}/{name}.csv", text
    yield f"api/{VERSION}/index.json", dump(index)


def render_recherche(cat: Catalogue, documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """(path in the site, text) of what a search of one's own needs: every page that the site's search knows, the values of its
    facets with their names, and the synonyms as they are written. Apart from the rest: the written pages come late."""
    shown = [
        {
            "chemin": d.chemin, "titre": d.titre, "genre": d.genre, "resume": d.resume, "texte": d.texte,
            "mots_cles": d.cles, "mots": d.mots, "statut": d.statut, "ouverture": d.dates[0], "cloture": d.dates[1],
            "facettes": {facette: list(valeurs) for facette, valeurs in d.facettes.items() if valeurs},
        }
        for d in documents
    ]  # fmt: skip
    kept = [{key: value for key, value in one.items() if value} for one in shown]
    facettes = [
        {"id": id_, "titre": titre, "valeurs": [{"id": value, "libelle": libelle} for value, libelle in valeurs.items()]}
        for id_, (titre, valeurs) in list_facettes(cat).items()
    ]
    synonymes = [synonyme.model_dump(mode="json") for synonyme in cat.synonymes]
    yield RECHERCHE, dump({"version": 1, "jour": cat.jour.isoformat(), "documents": kept, "facettes": facettes, "synonymes": synonymes})


def _places(cat: Catalogue) -> dict[str, Any]:
    """What the look-up by commune leads to: the territoires that have a page, the département of every commune, and the
    Territoires d'industrie by name, since no list says which communes they hold."""
    near = Proximite(cat)
    pages = {t.code: {"nom": t.nom, "chemin": f"territoires/{t.id}/"} for t in cat.territoires.values() if t.type != "territoire-industrie"}
    places = [lieu for lieu in cat.decoupage.values() if lieu.code.startswith("DEP-")]
    industrie = [
        {"code": t.code, "nom": t.nom, "region": next((code for code in near.enclosing(t.code) if code.startswith("REG-")), None)}
        for t in cat.territoires.values()
        if t.type == "territoire-industrie"
    ]
    return {
        "pages": pages,
        "departements": {p.code.removeprefix("DEP-"): {"nom": p.nom, "region": p.parent} for p in places},
        "territoires_industrie": sorted(industrie, key=lambda t: name_id(t["nom"])),
    }


def _published(cat: Catalogue, kind: str, thing: Any) -> dict[str, Any]:
    """The written fields as they stand, and the computed ones: chemin, statut."""
    written = thing.model_dump(mode="json", exclude_none=True)
    computed = {"chemin": path_of(thing)} if kind in LISTES else {}
    if hasattr(thing, "a_relire_le"):
        status = phrases.find_statut(thing, cat.jour)
        computed["statut"] = {"code": status.code, "libelle": status.libelle}
    return written | computed
