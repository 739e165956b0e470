"""The pages of the self-assessment: the list of the questionnaires, then each as a grid that scripts turn into a form.

Stands before `pages.py`, which calls it. The page of a questionnaire holds all that it says; only the engine, the aids and the
look-up by commune are fetched, and only once the visitor has begun.
"""

from collections.abc import Iterator
from typing import Any

from .catalogue import Catalogue, Referentiel
from .decoupage import name_id
from .gabarits import Rendering
from .page import Page, make_page
from .phrases import nombre
from .questionnaire import compile_questionnaire, find_quantites
from .typographie import typo

#: The bounds of the head counts that one may choose among, open at the end: those at which aids and questions change.
EFFECTIFS = ((0, 0), (1, 9), (10, 19), (20, 49), (50, 99), (100, 249), (250, 4999), (5000, None))
STYLES = ("questionnaire.css", "bilan.css", "suivi.css")


def render_questionnaires(r: Rendering) -> Iterator[Page]:
    """The list, the main questionnaire first, then the page of each.

    The template of a page gets `q`, the compiled questionnaire; `questions`, how many it asks, in words; `moteur`, the manifest
    of the engine's folder; four addresses for scripts, relative to the page: `donnees` (the questionnaire), `aides`,
    `communes` (a folder), `moteur_base` (a folder); and what the fields of the profil offer: `effectifs`, `secteurs`,
    `quantites`, `regions` (see `list_choices`).
    """
    presentation = "Quelques minutes pour savoir où vous en êtes, sans compte, et sans que rien ne quitte votre navigateur."
    shown = [describe(r.cat, referentiel) for referentiel in r.cat.questionnaires.values()]
    yield make_page(r, "questionnaires", "questionnaires/", "Me situer", presentation, "liste", {"questionnaires": shown})
    choices = list_choices(r.cat)
    for referentiel in r.cat.questionnaires.values():
        compiled = compile_questionnaire(r.cat, referentiel)
        values = {
            "q": compiled,
            "moteur": r.moteur,
            "questions": tell_questions(r.cat, referentiel),
            "donnees": f"../../api/v1/questionnaires/{referentiel.id}.json",
            "aides": "../../api/v1/aides.json",
            "communes": "../../api/v1/communes/",
            "moteur_base": f"../../{r.moteur['chemin']}",
            **choices,
        }
        chemin = f"questionnaires/{referentiel.id}/"
        yield make_page(
            r, "questionnaire", chemin, compiled["titre"], compiled["resume"], "questionnaire", values, gabarit="questionnaire",
            fil=(("Me situer", "questionnaires/"),), styles=STYLES, scripts=("web/main.js",),
            fichier=r.cat.documents["questionnaire", referentiel.id].fichier,
            texte=" ".join(f"{theme.titre}." for theme in referentiel.themes),
            mots=" ".join(describe(r.cat, referentiel)["publics"]), cles="auto-évaluation, questionnaire, me situer",
        )  # fmt: skip


def list_choices(cat: Catalogue) -> dict[str, list[dict[str, Any]]]:
    """What the fields of the profil offer, in the order in which to show it.

    `effectifs` `{min, max, libelle}` (max None: open); `secteurs` `{id, libelle, description}`; `quantites` `{id, libelle, unite}`,
    those that an aid asks for; `regions` `{code, nom}`, by name.
    """
    regions = sorted((lieu for code, lieu in cat.decoupage.items() if code.startswith("REG-")), key=lambda lieu: name_id(lieu.nom))
    quantites = [cat.vocabulaires["quantites"][id_] for id_ in find_quantites(cat)]
    return {
        "effectifs": [{"min": low, "max": high, "libelle": _effectif(low, high)} for low, high in EFFECTIFS],
        "secteurs": [
            {"id": e.id, "libelle": typo(e.libelle), "description": typo(e.description)} for e in cat.vocabulaires["secteurs"].values()
        ],
        "quantites": [{"id": e.id, "libelle": typo(e.libelle), "unite": typo(e.description)} for e in quantites],
        "regions": [{"code": lieu.code, "nom": typo(lieu.nom)} for lieu in regions],
    }


def _effectif(low: int, high: int | None) -> str:
    if high == 0:
        return "Aucun salarié"
    return f"{nombre(low)} ou plus" if high is None else f"De {nombre(low)} à {nombre(high)}"


def describe(cat: Catalogue, referentiel: Referentiel) -> dict[str, Any]:
    """A questionnaire as the list presents it: for whom, how long, how many questions."""
    q = referentiel.questionnaire
    return {
        "id": q.id,
        "titre": q.titre,
        "resume": q.resume,
        "publics": [cat.vocabulaires["publics"][id_].libelle for id_ in q.publics],
        "duree": q.duree_minutes,
        "court": {"duree": q.court.duree_minutes, "questions": len(q.court.questions)} if q.court else None,
        "questions": tell_questions(cat, referentiel),
    }


def tell_questions(cat: Catalogue, referentiel: Referentiel) -> str:
    """« 36 questions », or « de 39 à 43 questions selon votre structure »."""
    low, high = cat.etendues[referentiel.id]
    return f"{high} questions" if low == high else f"de {low} à {high} questions selon votre structure"
