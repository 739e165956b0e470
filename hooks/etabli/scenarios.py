"""Play the worked examples of a questionnaire with the engine itself.

Here the two flows meet once, on purpose: what the browser will read is read at build time, by the same code.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from etabli_engine import bridge

from .catalogue import Catalogue, Referentiel
from .load import Path_
from .problems import Problem, suggest
from .schema_questionnaire import Attendu, EtatReponse, Scenario


def play_scenarios(cat: Catalogue, referentiel: Referentiel, compiled: dict[str, Any]) -> Iterator[Problem]:
    """Every worked example, played by the engine; a difference is a problem at the scenario's line."""
    questions = {q.id: q for q in referentiel.questions}
    if not referentiel.scenarios:
        yield cat.problem("scenarios", referentiel.id, (), "aucun exemple n'est joué.", "au moins un scénario.")
    for i, scenario in enumerate(referentiel.scenarios):
        unknown = [name for name in scenario.reponses if name not in questions]
        for name in unknown:
            yield cat.problem(
                "scenarios",
                referentiel.id,
                (i, "reponses", name),
                f"la question « {name} » est inconnue.{suggest(name, questions)}",
                "une question de ce questionnaire.",
            )
        if unknown:
            continue
        payload = {
            "questionnaire": compiled,
            "evaluation": make_evaluation(referentiel, scenario, cat.jour.isoformat()),
            "date": cat.jour.isoformat(),
        }
        bilan = json.loads(bridge.call("evaluer", json.dumps(payload)))
        for path, message, expected in _differences(scenario, bilan):
            yield cat.problem("scenarios", referentiel.id, (i, *path), f"« {scenario.titre} » : {message}", expected)


def make_evaluation(referentiel: Referentiel, scenario: Scenario, date: str) -> dict[str, Any]:
    """A scenario as the evaluation that a browser would keep."""
    questions = {q.id: q for q in referentiel.questions}
    answers = {}
    for id_, given in scenario.reponses.items():
        answer: dict[str, Any] = {"revision": questions[id_].revision}
        if isinstance(given, EtatReponse):
            answer |= {"etat": given.etat} | ({"motif": given.motif} if given.motif else {})
        elif questions[id_].type == "nombre":
            answer |= {"etat": "repondu", "nombre": str(given)}
        else:
            answer |= {"etat": "repondu", "options": [str(option) for option in (given if isinstance(given, list) else [given])]}
        answers[id_] = answer
    profile = scenario.profil.model_dump(mode="json", exclude_none=True)
    return {
        "format": 1,
        "questionnaire": {"id": referentiel.id, "version": referentiel.questionnaire.version},
        "date": date,
        "profil": profile,
        "reponses": answers,
    }


def _differences(scenario: Scenario, bilan: dict[str, Any]) -> Iterator[tuple[Path_, str, str]]:
    """(path in the scenario, what the engine gives, what was expected) for each difference."""
    if "erreur" in bilan:
        yield (), bilan["erreur"]["message"], "une évaluation que le moteur sait lire."
        return
    if bilan["ignorees"]:
        yield (
            ("reponses",),
            f"réponses ignorées : {', '.join(x['question'] for x in bilan['ignorees'])}.",
            "des réponses que le questionnaire connaît.",
        )
    yield from _different_measure(scenario.attendu, bilan["global"], ("attendu",))
    measures = {theme["id"]: theme for theme in bilan["themes"]}
    for id_, expected in scenario.attendu.themes.items():
        if id_ not in measures:
            yield ("attendu", "themes", id_), "ce thème n'existe pas.", f"un de ces thèmes : {', '.join(measures)}."
        else:
            yield from _different_measure(expected, measures[id_], ("attendu", "themes", id_))
    given = [levier["question"] for levier in bilan["leviers"]]
    if scenario.attendu.leviers is not None and scenario.attendu.leviers != given:
        yield (
            ("attendu", "leviers"),
            f"le moteur donne {', '.join(given)}." if given else "le moteur n'en donne aucun.",
            ", ".join(scenario.attendu.leviers) or "aucun levier.",
        )


def _different_measure(expected: Attendu, measure: dict[str, Any], path: Path_) -> Iterator[tuple[Path_, str, str]]:
    for name in Attendu.model_fields:
        if name in expected.model_fields_set:
            wanted, got = getattr(expected, name), measure[name]
            if isinstance(wanted, Fraction) and got is not None:
                got = Fraction(got)
            if wanted != got:
                yield (*path, name), "le moteur n'en donne pas." if got is None else f"le moteur donne {got}.", str(wanted)
