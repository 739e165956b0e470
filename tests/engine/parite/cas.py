"""The payloads on which CPython and Pyodide must agree to the byte, and how to play them.

`python cas.py` writes `{"cas": [[method, payload], …], "resultats": [text, …]}`; pyodide.mjs plays them again inside Pyodide.
"""

import json
import random
import sys
from pathlib import Path

ICI = Path(__file__).resolve()
sys.path[:0] = [str(ICI.parents[1]), str(ICI.parents[3] / "wasm" / "engine")]

from fabrique import DATE, make_evaluation, make_question, make_questionnaire, make_theme  # noqa: E402

from etabli_engine import bridge  # noqa: E402

COURTS = ["oui", "partiel", "prevu", "non", "?", "-", None]
POIDS = [4, 4, 2, 4, 1, 1, 1]
ECHELLE = {"unite": "kWh", "min": "0", "max": "1000", "points": [["10", "0"], ["70", "1/3"], ["900", "1"]]}
CONDITIONS = [
    {"effectif": {"min": 10, "max": 249}},
    {"un": [{"taille": ["petite"]}, {"territoire_industrie": True}]},
    {"aucun": [{"secteur": ["industrie"]}, {"bilan_ges_age_max_mois": 12}]},
    {"tous": [{"public": ["entreprise"]}, {"date_demarrage": "apres-demande"}, {"zone": ["REG-93", "DEP-05"]}]},
    {"quantite": {"quoi": "montant-projet", "min": "23484.5", "max": "2000000"}},
]


def make_cases(nombre: int = 200) -> list[list[str]]:
    """The fixed payloads, one per method and one error, then `nombre` evaluations drawn from a fixed seed."""
    hasard = random.Random("parité")
    questionnaire = _make_questionnaire(hasard)
    evaluations = [_make_evaluation(hasard, questionnaire) for _ in range(nombre)]
    migrations = [{"de": "0.9.0", "vers": "1.0.0", "questions": {"t0q0": "t0q1"}, "options": {"t1q1": {"oui": "non"}}}]
    cas = [["evaluer", {"questionnaire": questionnaire, "evaluation": evaluation, "date": DATE}] for evaluation in evaluations]
    cas.append(["comparer", {"questionnaire": questionnaire, "avant": evaluations[0], "apres": evaluations[1], "date": DATE}])
    ancienne = evaluations[2] | {"questionnaire": {"id": "essai", "version": "0.9.0"}}
    cas.append(["migrer", {"questionnaire": questionnaire, "migrations": migrations, "evaluation": ancienne}])
    for dispositif in questionnaire["dispositifs"]:
        cas.append(["eligibilite", {"dispositif": dispositif, "profil": evaluations[3]["profil"], "date": DATE}])
    cas.append(["evaluer", {"questionnaire": questionnaire, "evaluation": {}, "date": DATE}])
    return [[methode, json.dumps(charge)] for methode, charge in cas]


def play(cas: list[list[str]]) -> list[str]:
    """The answer of the engine to each case."""
    return [bridge.call(methode, charge) for methode, charge in cas]


def _make_questionnaire(hasard: random.Random) -> dict:
    themes = []
    for rang in range(7):
        questions = [make_question(f"t{rang}q{place}", hasard.randint(1, 9), effort=hasard.randint(1, 3)) for place in range(8)]
        questions[1] |= {"requis_pour": hasard.choice(["en-route", "engage", "moteur"])}
        questions[2] |= {"si": {"reponse": {"question": f"t{rang}q0", "options": ["oui", "partiel"]}}}
        questions[3] |= {"publics": ["entreprise"]}
        questions[4] |= {"type": "nombre", "options": [], "echelle": ECHELLE}
        themes.append(make_theme(f"t{rang}", questions, hasard.randint(1, 5)))
    dispositifs = [
        {
            "id": f"d{rang}",
            "themes": [f"t{rang}"],
            "publics": ["entreprise"],
            "conditions": condition,
            "conditions_texte": ["À voir."],
        }
        for rang, condition in enumerate(CONDITIONS)
    ]
    ressources = [
        {
            "id": f"r{rang}",
            "themes": [f"t{rang % 7}"],
            "repond_a": [{"question": f"t{rang % 7}q{rang % 8}", "max": "1/2"}],
            "dispositifs": ["d0"],
        }
        for rang in range(40)
    ]
    return make_questionnaire(themes, ressources=ressources, dispositifs=dispositifs)


def _make_evaluation(hasard: random.Random, questionnaire: dict) -> dict:
    reponses = {}
    for theme in questionnaire["themes"]:
        for question in theme["questions"]:
            court = hasard.choices(COURTS, POIDS)[0]
            if question["type"] == "nombre" and court not in ("?", "-", None):
                court = {"revision": 1, "etat": "repondu", "nombre": f"{hasard.randint(0, 1000)}.{hasard.randint(0, 99)}"}
            reponses[question["id"]] = court
    profil = {
        "public": hasard.choice(["entreprise", "association", None]),
        "effectif": hasard.choice([None, hasard.randint(0, 400), {"min": hasard.randint(0, 60), "max": hasard.randint(60, 300)}]),
        "secteur": hasard.choice([None, "industrie", "services"]),
        "zones": hasard.choice([[], ["DEP-13", "REG-93"], ["COM-05061", "DEP-05", "REG-93", "TI-alpes"]]),
        "bilan_ges": hasard.choice([None, "aucun", "2026-01-31"]),
        "quantites": {"montant-projet": hasard.choice([None, "30000", {"min": "20000", "max": "90000"}])},
        "projet_demarre": hasard.choice([None, True, False]),
    }
    return make_evaluation(reponses, profil)


if __name__ == "__main__":
    tous = make_cases()
    sys.stdout.write(json.dumps({"cas": tous, "resultats": play(tous)}))
