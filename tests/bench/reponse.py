"""From an answer to the new bilan, engine warm, with a questionnaire of 60 questions."""

from pathlib import Path
from statistics import quantiles

from playwright.sync_api import Playwright

from navigateur import open_visitor, serve_bench

THEMES, QUESTIONS_PAR_THEME = 6, 10
DATE = "2026-11-21"


def measure_reponse(playwright: Playwright, moteur: Path) -> float:
    """95th percentile, in milliseconds, of the bilans asked for as a visitor answers the 60 questions one by one, twice."""
    questionnaire = make_questionnaire()
    with serve_bench(moteur) as adresse, open_visitor(playwright) as visiteur:
        page = visiteur.new_page()
        page.goto(f"{adresse}/index.html")
        page.evaluate("base => demarrerEtabli(base)", f"{adresse}/assets/moteur/etabli/")
        durees = page.evaluate("a => repondre(...a)", [questionnaire, make_evaluations(questionnaire), DATE])
    return quantiles(durees, n=20)[-1]


def make_questionnaire() -> dict:
    """Sixty questions as the real ones are: five options, weights, one required per theme, and a catalogue to recommend from."""
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
    identites = [question["id"] for theme in themes for question in theme["questions"]]
    dispositifs = [
        {
            "id": f"d{rang}",
            "themes": [f"t{rang % THEMES}"],
            "cloture": "2027-12-31",
            "zones": {"inclus": ["REG-75"]},
            "conditions": {"tous": [{"effectif": {"max": 249}}, {"public": ["entreprise"]}]},
        }
        for rang in range(30)
    ]
    ressources = [
        {
            "id": f"r{rang}",
            "repond_a": [{"question": identites[rang % len(identites)], "max": "1/2"}],
            "dispositifs": [f"d{rang % 30}"],
        }
        for rang in range(120)
    ]
    return {
        "format": 1,
        "id": "banc",
        "version": "1.0.0",
        "niveaux": [{"id": "depart", "titre": "Départ", "seuil": "0"}, {"id": "engage", "titre": "Engagé", "seuil": "50"}],
        "publics": [{"id": "entreprise", "libelle": "Entreprise"}],
        "themes": themes,
        "ressources": ressources,
        "dispositifs": dispositifs,
    }


def make_evaluations(questionnaire: dict) -> list[dict]:
    """The state of the answers after each click: the 60 questions in order, then all changed one by one."""
    reponses: dict[str, dict] = {}
    evaluations = []
    for tour in range(2):
        for theme in questionnaire["themes"]:
            for rang, question in enumerate(theme["questions"]):
                reponses[question["id"]] = {"revision": 1, "etat": "repondu", "options": [f"o{(rang + 2 * tour) % 5}"]}
                evaluations.append(
                    {
                        "format": 1,
                        "questionnaire": {"id": "banc", "version": "1.0.0"},
                        "date": DATE,
                        "profil": {"public": "entreprise", "effectif": 40, "secteur": None, "zones": ["REG-75"]},
                        "reponses": dict(reponses),
                    }
                )
    return evaluations
