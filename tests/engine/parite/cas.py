"""The payloads on which CPython and Pyodide must agree to the byte, and how to play them.

`python cas.py` compiles the questionnaires and the aids of the site, and writes `{"communs": {name: JSON text}, "cas": [case, …],
"resultats": [text, …], "nombres": {kind: how many}}`; pyodide.mjs plays them again inside Pyodide. A case is `[method, {key: name of
what is common}, the rest of the payload]`: the same questionnaire is written once, not a thousand times.
"""

import datetime
import json
import random
import sys
from pathlib import Path

ICI = Path(__file__).resolve()
RACINE = ICI.parents[3]
sys.path[:0] = [str(ICI.parents[1]), str(RACINE / "wasm" / "engine")]

from fabrique import DATE, make_aides, make_contact, make_dispositif, make_question, make_questionnaire, make_ressource, make_theme  # noqa: E402

from etabli_engine import bridge  # noqa: E402

ALEATOIRES = 1_000
RECOMMANDES = 150
ECHELLE = {"unite": "kWh", "min": "0", "max": "1000", "points": [["10", "0"], ["70", "1/3"], ["900", "1"]]}
CONDITIONS = [
    {"effectif": {"min": 10, "max": 249}},
    {"un": [{"taille": ["petite"]}, {"territoire_industrie": True}]},
    {"aucun": [{"secteur": ["industrie"]}, {"bilan_ges_age_max_mois": 12}]},
    {"tous": [{"public": ["entreprise"]}, {"date_demarrage": "apres-demande"}, {"zone": ["REG-93", "DEP-05", "TI-alpes"]}]},
    {"quantite": {"quoi": "montant-projet", "min": "23484.5", "max": "2000000"}},
]
ERREURS = [
    ("evaluer", ""),
    ("evaluer", "[" * 100_000),
    ("evaluer", '{"date": NaN}'),
    ("evaluer", '{"date": 1e999}'),
    ("evaluer", '{"date": ' + "9" * 5_000 + "}"),
    ("evaluer", '{"a": "' + "é" * 1_000_000 + '"}'),
    ("recommander", "[]"),
    ("comparer", '{"questionnaire": {}}'),
    ("migrer", '"\\ud800"'),
    ("eligibilite", '{"dispositif": {"id": "d", "conditions": {"age": 3}}}'),
    ("inconnue", "{}"),
]


def play(communs: dict[str, str], cas: list[list]) -> list[str]:
    """The answer of the engine to each case."""
    return [bridge.call(methode, _write(communs, noms, reste)) for methode, noms, reste in cas]


def _write(communs: dict[str, str], noms: dict[str, str], reste: dict | str) -> str:
    if isinstance(reste, str):
        return reste
    parts = [f"{json.dumps(cle)}:{communs[nom]}" for cle, nom in noms.items()]
    return "{" + ",".join([*parts, *(f"{json.dumps(cle)}:{json.dumps(valeur)}" for cle, valeur in reste.items())]) + "}"


def make_cases() -> tuple[dict[str, str], list[list], dict[str, int]]:
    """`(communs, cases, how many of each kind)`: the worked examples of the site, random evaluations, and wrong payloads."""
    hasard = random.Random("parité")
    questionnaires, aides, exemples = _compile_site()
    questionnaires["invente"] = _invent_questionnaire(hasard)
    aides_inventees = _invent_aides()
    communs = {nom: json.dumps(questionnaire) for nom, questionnaire in questionnaires.items()}
    communs |= {"aides": json.dumps(aides), "aides-inventees": json.dumps(aides_inventees)}
    profils = [_draw_profil(hasard, aides) for _ in range(40)]
    cas: dict[str, list[list]] = {}

    for nom, evaluation in exemples:
        commun = {"evaluation": evaluation, "date": DATE}
        cas.setdefault("exemples évalués", []).append(["evaluer", {"questionnaire": nom}, commun])
        cas.setdefault("exemples recommandés", []).append(["recommander", {"questionnaire": nom, "aides": "aides"}, commun])
    noms = list(questionnaires)
    tirees = [
        (nom, _draw_evaluation(hasard, questionnaires[nom], profils)) for nom in (noms[rang % len(noms)] for rang in range(ALEATOIRES))
    ]
    for rang, (nom, evaluation) in enumerate(tirees):
        commun = {"evaluation": evaluation, "date": DATE}
        cas.setdefault("tirages évalués", []).append(["evaluer", {"questionnaire": nom}, commun])
        if rang < RECOMMANDES:
            liste = "aides-inventees" if nom == "invente" else "aides"
            cas.setdefault("tirages recommandés", []).append(["recommander", {"questionnaire": nom, "aides": liste}, commun])
        if rang % 25 == 0:
            suite = [tirees[autre][1] for autre in range(rang % len(noms), rang + 1, len(noms))][-8:]
            if len(suite) > 1:
                charge = {"evaluations": suite, "date": DATE}
                cas.setdefault("comparaisons", []).append(["comparer", {"questionnaire": nom}, charge])
            ancienne = evaluation | {"questionnaire": {"id": questionnaires[nom]["id"], "version": "0.9.0"}, "notes": {"x": "é"}}
            charge = {"evaluation": ancienne, "migrations": _draw_migrations(hasard, questionnaires[nom])}
            cas.setdefault("migrations", []).append(["migrer", {"questionnaire": nom}, charge])
    for rang, dispositif in enumerate([*aides["dispositifs"], *aides_inventees["dispositifs"]]):
        for profil in profils[rang % 20 : rang % 20 + 3]:
            charge = {"dispositif": dispositif, "profil": profil, "date": DATE, "libelles": aides["libelles"]}
            cas.setdefault("éligibilités", []).append(["eligibilite", {}, charge])
    cas["erreurs"] = [[methode, {}, texte] for methode, texte in ERREURS]
    return communs, [un for liste in cas.values() for un in liste], {sorte: len(liste) for sorte, liste in cas.items()}


def _compile_site() -> tuple[dict[str, dict], dict, list[tuple[str, dict]]]:
    """`({id: questionnaire}, aides, [(questionnaire, evaluation)])`, from data/ through the pipeline, which only CPython has."""
    sys.path.insert(0, str(RACINE / "hooks"))
    from etabli.build import open_catalogue
    from etabli.questionnaire import compile_aides, compile_questionnaire
    from etabli.scenarios import make_evaluation

    catalogue, _ = open_catalogue(RACINE / "data", datetime.date.fromisoformat(DATE))
    referentiels = catalogue.questionnaires
    compiles = {nom: compile_questionnaire(catalogue, referentiel) for nom, referentiel in referentiels.items()}
    exemples = [(nom, make_evaluation(referentiels[nom], exemple)) for nom in compiles for exemple in referentiels[nom].scenarios]
    return compiles, compile_aides(catalogue), exemples


def _invent_questionnaire(hasard: random.Random) -> dict:
    """One question of each kind in each theme: what the questionnaires of the site do not use is played all the same."""
    themes = []
    for rang in range(7):
        questions = [make_question(f"t{rang}q{place}", hasard.randint(1, 9), effort=hasard.randint(1, 3)) for place in range(8)]
        questions[1] |= {"requis_pour": hasard.choice(["en-route", "engage", "moteur"])}
        questions[2] |= {"si": {"reponse": {"question": f"t{rang}q0", "options": ["oui", "partiel"]}}}
        questions[3] |= {"publics": ["entreprise"]}
        questions[4] |= {"type": "nombre", "options": [], "echelle": ECHELLE}
        questions[5] |= {"notee": False}
        themes.append(make_theme(f"t{rang}", questions, hasard.randint(1, 5)))
    return make_questionnaire(
        themes, court={"duree_minutes": 5, "questions": [f"t{rang}q{place}" for rang in range(7) for place in (0, 2, 4)]}
    )


def _invent_aides() -> dict:
    pour = [(f"t{rang}q{place}", "1/2") for rang in range(7) for place in range(4)]
    dispositifs = [
        make_dispositif(f"d{rang}", pour, publics=["entreprise"], conditions=condition, porteurs=["o"], conditions_texte=["À voir."])
        for rang, condition in enumerate(CONDITIONS)
    ]
    ressources = [
        make_ressource(f"r{rang}", [(f"t{rang % 7}q{rang % 8}", "1/2")], themes=[f"t{rang % 7}"], effort=1 + rang % 3, dispositifs=["d0"])
        for rang in range(40)
    ]
    return make_aides(ressources, dispositifs, [make_contact("k", "o", ["REG-93"]), make_contact("l", "o")])


def _draw_evaluation(hasard: random.Random, questionnaire: dict, profils: list[dict]) -> dict:
    reponses = {}
    for theme in questionnaire["themes"]:
        for question in theme["questions"]:
            etat = hasard.choices(["repondu", "ne_sait_pas", "non_concerne", None], [14, 1, 1, 1])[0]
            reponse = {"revision": question["revision"], "etat": etat}
            if etat == "repondu" and question["type"] == "nombre":
                reponse["nombre"] = f"{hasard.randint(0, 120)}.{hasard.randint(0, 99)}"
            elif etat == "repondu":
                nombre = hasard.randint(1, 3) if question["type"] == "multiple" else 1
                options = [option["id"] for option in question["options"]]
                reponse["options"] = hasard.sample(options, min(nombre, len(options)))
            if etat:
                reponses[question["id"]] = reponse
    return {
        "format": 1,
        "questionnaire": {"id": questionnaire["id"], "version": questionnaire["version"]},
        "parcours": hasard.choice(["complet", "complet", "court"]),
        "date": DATE,
        "profil": hasard.choice(profils),
        "reponses": reponses,
    }


def _draw_profil(hasard: random.Random, aides: dict) -> dict:
    codes = sorted({code for contact in aides["contacts"] for code in contact["territoires"] if not code.startswith("TI-")})
    return {
        "public": hasard.choice(["entreprise", "association", "collectivite", None]),
        "effectif": hasard.choice([None, hasard.randint(0, 400), {"min": hasard.randint(0, 60), "max": hasard.randint(60, 300)}]),
        "secteur": hasard.choice([None, "industrie", "services"]),
        "zones": hasard.choice([[], ["DEP-13", "REG-93", "PAYS-99100"], ["COM-05061", "DEP-05", "REG-93"], hasard.sample(codes, 2)]),
        "territoire_industrie": hasard.choice([None, "aucun", "TI-alpes", "TI-ajaccio"]),
        "bilan_ges": hasard.choice([None, "aucun", "2026-01-31"]),
        "quantites": {"montant-projet": hasard.choice([None, "30000", {"min": "20000", "max": "90000"}])},
        "projet_demarre": hasard.choice([None, True, False]),
    }


def _draw_migrations(hasard: random.Random, questionnaire: dict) -> list[dict]:
    ids = [question["id"] for theme in questionnaire["themes"] for question in theme["questions"]]
    un, deux, trois = hasard.sample(ids, 3)
    return [{"de": "0.9.0", "vers": "1.0.0", "questions": {un: deux, deux: un, trois: None}, "options": {un: {"oui": "non"}}}]


if __name__ == "__main__":
    communs, cas, nombres = make_cases()
    sys.stdout.write(json.dumps({"communs": communs, "cas": cas, "resultats": play(communs, cas), "nombres": nombres}))
