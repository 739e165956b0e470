"""Play the worked examples of a questionnaire with the engine itself.

Here the two flows meet once, on purpose: what the browser will read is read at build time, by the same code. The examples are
played on the day of the questionnaire's `maj`: what they expect of an aid does not change overnight when a call closes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from etabli_engine import bridge

from .catalogue import Catalogue, Referentiel
from .load import Path_
from .problems import Problem, suggest
from .schema_questionnaire import Attendu, EtatReponse, Scenario

#: What differs: (path in the scenario, what the engine gives, what was expected).
Ecart = tuple[Path_, str, str]


@dataclass(frozen=True)
class Partie:
    """One example played: the engine's bilan (None when it could not be played), and what differs from what it expects."""

    scenario: Scenario
    bilan: dict[str, Any] | None
    ecarts: list[Ecart]


def play_scenarios(referentiel: Referentiel, compiled: dict[str, Any], aides: dict[str, Any]) -> list[Partie]:
    """Every worked example, in the order of the file. compiled, aides: what `questionnaire.py` made."""
    return [_play(referentiel, scenario, compiled, aides) for scenario in referentiel.scenarios]


def check_scenarios(cat: Catalogue, referentiel: Referentiel, parties: list[Partie]) -> Iterator[Problem]:
    """A difference is a problem at the scenario's line."""
    if not parties:
        yield cat.problem("scenarios", referentiel.id, (), "aucun exemple n'est joué.", "au moins un scénario.")
    for i, partie in enumerate(parties):
        for path, message, expected in partie.ecarts:
            yield cat.problem("scenarios", referentiel.id, (i, *path), f"« {partie.scenario.titre} » : {message}", expected)


def make_evaluation(referentiel: Referentiel, scenario: Scenario) -> dict[str, Any]:
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
    return {
        "format": 1,
        "questionnaire": {"id": referentiel.id, "version": referentiel.questionnaire.version},
        "parcours": scenario.parcours,
        "date": referentiel.questionnaire.maj.isoformat(),
        "profil": scenario.profil.model_dump(mode="json", exclude_none=True),
        "reponses": answers,
    }


def ask_engine(method: str, **payload: Any) -> dict[str, Any]:
    """The engine's answer, through the one door that the browser uses."""
    return json.loads(bridge.call(method, json.dumps(payload)))


def _play(referentiel: Referentiel, scenario: Scenario, compiled: dict[str, Any], aides: dict[str, Any]) -> Partie:
    known = {question.id for question in referentiel.questions}
    if unknown := [name for name in scenario.reponses if name not in known]:
        return Partie(scenario, None, [_unknown_question(name, known) for name in unknown])
    evaluation = make_evaluation(referentiel, scenario)
    bilan = ask_engine("evaluer", questionnaire=compiled, evaluation=evaluation, date=evaluation["date"])
    ecarts = [*_differences(scenario, bilan), *_different_aides(scenario, evaluation, aides)]
    return Partie(scenario, None if "erreur" in bilan else bilan, ecarts)


def _refusal(answer: dict[str, Any]) -> str:
    """« evaluation.profil.effectif : On attendait… »."""
    return " : ".join(filter(None, (answer["erreur"]["chemin"], answer["erreur"]["message"])))


def _unknown_question(name: str, known: set[str]) -> Ecart:
    return ("reponses", name), f"la question « {name} » est inconnue.{suggest(name, known)}", "une question de ce questionnaire."


def _differences(scenario: Scenario, bilan: dict[str, Any]) -> Iterator[Ecart]:
    if "erreur" in bilan:
        yield (), _refusal(bilan), "une évaluation que le moteur sait lire."
        return
    if bilan["ignorees"]:
        told = ", ".join(x["question"] for x in bilan["ignorees"])
        yield ("reponses",), f"réponses ignorées : {told}.", "des réponses connues, à des questions que ce profil voit."
    yield from _different_measure(scenario.attendu, bilan["global"], ("attendu",))
    measures = {theme["id"]: theme for theme in bilan["themes"]}
    for id_, expected in scenario.attendu.themes.items():
        if id_ not in measures:
            yield ("attendu", "themes", id_), "ce thème n'existe pas.", f"un de ces thèmes : {', '.join(measures)}."
        else:
            yield from _different_measure(expected, measures[id_], ("attendu", "themes", id_))
    given = [levier["question"] for levier in bilan["leviers"]][:3]
    if scenario.attendu.leviers is not None and scenario.attendu.leviers != given:
        yield (
            ("attendu", "leviers"),
            f"le moteur donne {', '.join(given)}." if given else "le moteur n'en donne aucun.",
            ", ".join(scenario.attendu.leviers) or "aucun levier.",
        )


def _different_measure(expected: Attendu, measure: dict[str, Any], path: Path_) -> Iterator[Ecart]:
    for name in Attendu.model_fields:
        if name in expected.model_fields_set:
            wanted, got = getattr(expected, name), measure[name]
            if isinstance(wanted, Fraction) and got is not None:
                got = Fraction(got)
            if wanted != got:
                yield (*path, name), "le moteur n'en donne pas." if got in (None, []) else f"le moteur donne {_told(got)}.", _told(wanted)


def _told(value: Any) -> str:
    """A value as a scenario writes it."""
    if isinstance(value, list):
        return ", ".join(value) or "rien"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _different_aides(scenario: Scenario, evaluation: dict[str, Any], aides: dict[str, Any]) -> Iterator[Ecart]:
    known = {dispositif["id"]: dispositif for dispositif in aides["dispositifs"]}
    for id_, expected in scenario.attendu.aides.items():
        path = ("attendu", "aides", id_)
        if id_ not in known:
            yield path, f"l'aide « {id_} » est inconnue.{suggest(id_, known)}", "l'identifiant d'un dispositif qui est une aide."
            continue
        facts = {"profil": evaluation["profil"], "date": evaluation["date"], "libelles": aides["libelles"]}
        avis = ask_engine("eligibilite", dispositif=known[id_], **facts)
        if "erreur" in avis:
            yield path, _refusal(avis), "un profil que le moteur sait lire."
        elif avis["statut"] != expected:
            reasons = [x["phrase"] for x in avis["criteres"] if x["etat"] != "oui"]
            yield path, f"le moteur donne {avis['statut']}{' : ' if reasons else '.'}{' '.join(reasons)}", expected
