"""What the bilan downloads: all that it can propose, and nothing else."""

import random

import pytest

from etabli import RACINE, propositions, questionnaire
from etabli.build import open_catalogue
from etabli.problems import report
from etabli.questionnaire import compile_aides, compile_questionnaire
from etabli.scenarios import ask_engine, make_evaluation
from etabli.schema import RepondA

from .test_questionnaire import JOUR, read


def compile_all(cat, monkeypatch):
    """The aids as if everything in the catalogue could be proposed."""
    everything = propositions.Propositions(
        [r for r in cat.ressources.values() if not r.remplace_par],
        [d for d in cat.dispositifs.values() if d.est_une_aide],
        list(cat.contacts.values()),
    )
    with monkeypatch.context() as patch:
        patch.setattr(questionnaire, "find_propositions", lambda cat: everything)
        return compile_aides(cat)


def recommend(referentiel, cat, aides, evaluation):
    compiled = compile_questionnaire(cat, referentiel)
    questions = [question.id for question in referentiel.questions]
    payload = {"questionnaire": compiled, "aides": aides, "evaluation": evaluation, "date": "2026-11-22"}
    return [ask_engine("recommander", **payload), ask_engine("recommander", **payload, questions=questions[:100])]


def test_the_worked_examples_get_the_same_help_without_the_rest(monkeypatch):
    cat, _ = open_catalogue(RACINE / "data", JOUR.replace(month=12), RACINE)
    whole, trimmed = compile_all(cat, monkeypatch), compile_aides(cat)
    assert len(trimmed["ressources"]) < len(whole["ressources"])
    for referentiel in cat.questionnaires.values():
        for scenario in referentiel.scenarios:
            evaluation = make_evaluation(referentiel, scenario)
            results = [recommend(referentiel, cat, aides, evaluation) for aides in (whole, trimmed)]
            assert results[0] == results[1], scenario.titre
            assert "erreur" not in results[0][0]


@pytest.mark.parametrize("graine", range(3))
def test_whoever_answers_whatever_gets_the_same_help(data, monkeypatch, graine):
    """A large catalogue, made at random around the sample's: any profile, any answers, the same proposals."""
    hasard, cat = random.Random(graine), read(data)
    (referentiel,) = cat.questionnaires.values()
    publics = list(cat.vocabulaires["publics"])
    zones = [["PAYS-99100"], ["PAYS-99100"], ["REG-53"], ["DEP-35"], ["REG-53", "REG-75"], ["COM-35238"], ["PAYS-99100", "REG-53"]]
    model, asked = cat.ressources["guide-eclairage"], [question for question in referentiel.questions if question.options]
    for i in range(120):
        answers = [
            RepondA(question=question.id, si={"max": hasard.choice(["0", "1/3", "1/2", "2/3"])})
            for question in hasard.sample(asked, hasard.randint(0, 2))
        ]
        made = {
            "id": f"r{i}", "publics": hasard.sample(publics, hasard.randint(1, len(publics))), "effort": hasard.randint(1, 3),
            "zones": hasard.choice(zones), "themes": hasard.sample(["energie", "eau", "dechets"], hasard.randint(1, 2)),
            "repond_a": answers, "dispositifs": hasard.choice([[], ["etude-energie"]]),
        }  # fmt: skip
        cat.ressources[f"r{i}"] = model.model_copy(update=made)
    whole, trimmed = compile_all(cat, monkeypatch), compile_aides(cat)
    assert len(trimmed["ressources"]) < len(whole["ressources"])
    for _ in range(60):
        place = hasard.choice([[], ["REG-53", "PAYS-99100"], ["COM-35238", "DEP-35", "REG-53", "PAYS-99100"], ["REG-75", "PAYS-99100"]])
        evaluation = make_evaluation(referentiel, hasard.choice(referentiel.scenarios))
        evaluation["profil"] = {"public": hasard.choice([None, *publics]), "zones": place}
        chosen = [(question, hasard.choice(question.options)) for question in asked if hasard.random() < 0.8]
        evaluation["reponses"] = {q.id: {"revision": q.revision, "etat": "repondu", "options": [option.id]} for q, option in chosen}
        results = [recommend(referentiel, cat, aides, evaluation) for aides in (whole, trimmed)]
        assert "erreur" not in results[0][0]
        assert results[0] == results[1]


def test_what_no_questionnaire_reaches_is_not_downloaded(data):
    cat = read(data)
    made = {"repond_a": [], "themes": ["dechets"], "organisme": "agence"}
    cat.ressources["loin"] = cat.ressources["guide-eclairage"].model_copy(update={"id": "loin", **made})
    cat.dispositifs["loin"] = cat.dispositifs["etude-energie"].model_copy(update={"id": "loin", "repond_a": []})
    aides = compile_aides(cat)
    assert "loin" not in [thing["id"] for kind in ("ressources", "dispositifs") for thing in aides[kind]]
    cat.ressources["loin"] = cat.ressources["loin"].model_copy(update={"themes": ["eau"], "dispositifs": ["loin"]})
    aides = compile_aides(cat)
    found = [thing["id"] for kind in ("ressources", "dispositifs") for thing in aides[kind]]
    assert found.count("loin") == 2, "one by its theme, the other by the one"


def test_too_much_for_the_engine_is_said_at_build(data, monkeypatch):
    monkeypatch.setattr(questionnaire, "REPONSES", 1_999_000)
    _, warnings = open_catalogue(data, JOUR, data.parent)
    assert "il pèse 0,0 Mo" in report(warnings)
