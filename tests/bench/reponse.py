"""From an answer to the new bilan, and to the bilan with its aids, engine warm, with a questionnaire of 60 questions."""

import json
from pathlib import Path
from statistics import quantiles

from playwright.sync_api import Playwright

from navigateur import open_visitor, serve_bench

THEMES, QUESTIONS_PAR_THEME = 6, 10
DATE = "2026-11-21"
QUESTIONNAIRE = "api/v1/questionnaires/transition-ecologique.json"
AIDES = "api/v1/aides.json"


def measure_reponse(playwright: Playwright, moteur: Path, site: Path) -> dict[str, float]:
    """95th percentiles, in milliseconds, as a visitor answers the questions one by one, twice.

    "evaluer": the bilan alone, asked for after each answer, with 60 questions; "bilan": the screen of results, `evaluer` then
    `recommander`, with the questionnaire and the aids of the built site; absent when there is none.
    """
    essais = {"evaluer": (make_questionnaire(), None)}
    if (site / AIDES).is_file():
        essais["bilan"] = (read_json(site / QUESTIONNAIRE), read_json(site / AIDES))
    with serve_bench(moteur) as adresse, open_visitor(playwright) as visiteur:
        page = visiteur.new_page()
        page.goto(f"{adresse}/index.html")
        page.evaluate("base => demarrerEtabli(base)", f"{adresse}/assets/moteur/etabli/")
        durees = {
            nom: page.evaluate("a => repondre(...a)", [questionnaire, aides, make_evaluations(questionnaire), DATE])
            for nom, (questionnaire, aides) in essais.items()
        }
    return {nom: quantiles(valeurs, n=20)[-1] for nom, valeurs in durees.items()}


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def make_questionnaire() -> dict:
    """Sixty questions as the real ones are: five options, weights, one required per theme."""
    options = [{"id": f"o{rang}", "texte": f"Réponse {rang}", "valeur": f"{rang}/4"} for rang in range(5)]
    themes = [
        {
            "id": f"t{t}",
            "titre": f"Thème {t}",
            "poids": "1",
            "messages": {},
            "questions": [
                {
                    "id": f"t{t}-q{q}",
                    "revision": 1,
                    "texte": f"Question {q} du thème {t} ?",
                    "type": "unique",
                    "poids": str(1 + q % 3),
                    "effort": 1 + q % 3,
                    "non_concerne": {"motifs": []},
                    "requis_pour": "engage" if q == 0 else None,
                    "options": options,
                }
                for q in range(QUESTIONS_PAR_THEME)
            ],
        }
        for t in range(THEMES)
    ]
    return {
        "format": 1,
        "id": "banc",
        "version": "1.0.0",
        "niveaux": [{"id": "depart", "titre": "Départ", "seuil": "0"}, {"id": "engage", "titre": "Engagé", "seuil": "50"}],
        "publics": [{"id": "entreprise", "libelle": "Entreprise"}],
        "themes": themes,
    }


def make_evaluations(questionnaire: dict) -> list[dict]:
    """The state of the answers after each click: the questions with options in order, then all changed one by one."""
    reponses: dict[str, dict] = {}
    evaluations = []
    for tour in range(2):
        for theme in questionnaire["themes"]:
            for rang, question in enumerate(question for question in theme["questions"] if question["options"]):
                option = question["options"][(rang + 2 * tour) % len(question["options"])]
                reponses[question["id"]] = {"revision": question["revision"], "etat": "repondu", "options": [option["id"]]}
                evaluations.append(
                    {
                        "format": 1,
                        "questionnaire": {"id": questionnaire["id"], "version": questionnaire["version"]},
                        "date": DATE,
                        "profil": {"public": "entreprise", "effectif": 40, "secteur": None, "zones": ["REG-75", "PAYS-99100"]},
                        "reponses": dict(reponses),
                    }
                )
    return evaluations
