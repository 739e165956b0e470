"""The pages of the territoires: the way in by commune, map or list, then a page for each place.

A territory's page answers one question, « what exists here, and whom do I call? », besoin by besoin.
"""

from collections.abc import Iterator
from typing import Any

from .decoupage import name_id
from .facettes import facets_of
from .gabarits import LISTES, Rendering
from .page import Page, make_page, rank
from .schema_acteurs import Territoire
from .texte import body_of, words_of
from .typographie import typo

#: type of a territoire → its name, the name of several, and the folder of their list below `territoires/`.
TYPES = {
    "region": ("Région", "Régions", None),
    "departement": ("Département", "Départements", "departements"),
    "epci": ("Intercommunalité", "Intercommunalités", "intercommunalites"),
    "territoire-industrie": ("Territoire d'industrie", "Territoires d'industrie", "territoires-industrie"),
}


def render_lieux(r: Rendering) -> Iterator[Page]:
    """The list of the regions with the look-up by commune, the lists of the other types, then every place."""
    folder, title, presentation = LISTES["territoire"]
    regions = _of_type(r, "region")
    lists = [(names, f"{folder}/{sub}/", len(_of_type(r, type_))) for type_, (_, names, sub) in TYPES.items() if sub and _of_type(r, type_)]
    codes = {region.code.removeprefix("REG-"): region for region in regions}
    yield make_page(
        r, "territoires", f"{folder}/", title, presentation, "liste", {"regions": regions, "par_code": codes, "listes": lists},
        styles=("territoires.css",), scripts=("web/territoires.js",),
    )  # fmt: skip
    trail = ((typo(title), f"{folder}/"),)
    for type_, (_, names, sub) in TYPES.items():
        if sub and (places := _of_type(r, type_)):
            by_region = [(region, [p for p in places if region.code in r.proximite.enclosing(p.code)]) for region in regions]
            groups = [(region, found) for region, found in by_region if found]
            told = f"{names} de France, région par région : ce qui existe là, et qui appeler."
            yield make_page(r, "lieux", f"{folder}/{sub}/", names, told, "suite", {"titre": names, "groupes": groups}, fil=trail)
    for territoire in r.cat.territoires.values():
        yield render_lieu(r, territoire, trail)


def render_lieu(r: Rendering, territoire: Territoire, trail: tuple[tuple[str, str], ...]) -> Page:
    """What exists in one place, and whom to call there."""
    known = {t.code: t for t in r.cat.territoires.values()}
    above = [known[code] for code in r.proximite.enclosing(territoire.code)[1:] if code in known]
    inside = [t for t in known.values() if territoire.code in r.proximite.enclosing(t.code)[1:]]
    propres = sorted(r.proximite.find_own(territoire.code), key=lambda thing: rank(r, thing))
    values: dict[str, Any] = {
        "item": territoire,
        "type": TYPES[territoire.type][0],
        "autour": above,
        "dedans": [
            (names, sorted((t for t in inside if t.type == type_), key=lambda t: name_id(t.nom)))
            for type_, (_, names, _) in TYPES.items()
            if any(t.type == type_ for t in inside)
        ],
        "propres": propres,
        "clos": [thing.id for thing in propres if rank(r, thing)[0]],
        "reponses": r.proximite.answer(territoire.code),
    }
    document = r.cat.documents.get(("territoire", territoire.id))
    kind = TYPES[territoire.type][0].lower() if territoire.type != "territoire-industrie" else TYPES[territoire.type][0]
    return make_page(
        r, "territoire", f"territoires/{territoire.id}/", territoire.nom,
        f"{territoire.nom}, {kind} : les aides qui existent ici et les contacts à appeler, besoin par besoin.",
        "territoire", values, fil=trail, fichier=document.fichier if document else None,
        texte=body_of(territoire), mots=f"{words_of(r.cat, r.proximite, territoire)} {kind} {' '.join(t.nom for t in above)}",
        facettes=facets_of(r.cat, r.proximite, territoire),
    )  # fmt: skip


def _of_type(r: Rendering, type_: str) -> list[Territoire]:
    return sorted((t for t in r.cat.territoires.values() if t.type == type_), key=lambda t: name_id(t.nom))
