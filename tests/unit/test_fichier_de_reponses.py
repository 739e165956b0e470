"""The documented file of answers: its example is read by the page's own checks, then counted to the last answer by the engine."""

import base64
import json
import re

import pytest

from etabli.build import open_catalogue, today
from etabli.questionnaire import compile_questionnaire
from etabli_engine.bridge import call as ask

from .modules_web import RACINE, Refused, open_modules
from .test_partage import make_evaluation

TEXTE = (RACINE / "docs" / "fichier-de-reponses.md").read_text(encoding="utf-8")
EXEMPLE, PLUSIEURS = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXTE, re.S))
PROFIL = {"territoire_industrie": "aucun", "bilan_ges": "2025-01-31", "projet_demarre": False, "quantites": {"capital": "10"}}
ASIDE = {"question": "vieille", "reponse": {"revision": 1, "etat": "ne_sait_pas"}, "note": None, "plan": None, "raison": "retiree"}


def names_in(text: str) -> list[str]:
    """The code words that a table or a list explains: those of its first column, or before the colon of each item."""
    tables = re.findall(r"^\|[-|]+\|\n((?:\|.*\n?)+)", text, re.M)
    rows = [line.strip("|").split("|")[0] for table in tables for line in table.splitlines()]
    items = [line.split(" : ")[0] for line in text.splitlines() if line.startswith("- `")]
    return [word for head in rows + items for word in re.findall(r"`([^`]+)`", head)]


def names_under(title: str) -> list[str]:
    """The same under a heading."""
    return names_in(re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", TEXTE, re.S | re.M)[1])


@pytest.fixture(scope="module")
def call():
    with open_modules() as call:
        yield call


def test_the_example_is_read_whole_and_every_answer_counts(call):
    evaluation = call("fichier", "checkEvaluation", EXEMPLE, EXEMPLE["questionnaire"]["id"])
    assert evaluation == EXEMPLE
    cat, _ = open_catalogue(RACINE / "data", today())
    questionnaire = compile_questionnaire(cat, cat.questionnaires[EXEMPLE["questionnaire"]["id"]])
    given = {"questionnaire": questionnaire, "evaluation": evaluation, "date": "2026-11-21"}
    migree = json.loads(ask("migrer", json.dumps(given)))
    assert (migree["a_jour"], migree["mises_de_cote"]) == (True, [])
    bilan = json.loads(ask("evaluer", json.dumps(given | {"evaluation": migree["evaluation"]})))
    assert bilan["ignorees"] == []
    states = [question["etat"] for theme in bilan["themes"] for question in theme["questions"]]
    assert (states.count("repondu"), states.count("ne_sait_pas"), states.count("non_concerne")) == (3, 1, 1)


def test_the_page_names_every_field_that_is_kept(call):
    full = EXEMPLE | {"profil": EXEMPLE["profil"] | PROFIL, "mises_de_cote": [ASIDE], "inconnu": 1}
    kept = call("fichier", "checkEvaluation", full, EXEMPLE["questionnaire"]["id"])
    assert set(kept) == set(names_under("L'évaluation"))
    assert set(kept["profil"]) == set(names_under("Le profil"))
    assert set(kept["plan"]["pilotage-plan"]) == set(names_under("Le plan d'action"))
    assert {"repondu", "ne_sait_pas", "non_concerne"} == set(names_under("Une réponse"))


def test_several_evaluations_in_one_file_are_written_as_the_page_reads_them():
    assert PLUSIEURS == {"format": 1, "evaluations": []}


def test_the_fields_of_a_link_are_those_of_the_page(call):
    with open_modules("delete globalThis.CompressionStream;") as plain:
        fragment = plain("partage", "encodeShare", make_evaluation(parcours="court"), {"profil": True, "territoire": True, "nom": True})
    assert fragment.startswith("partage=j.")
    text = fragment.removeprefix("partage=j.")
    fields = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    assert set(fields) == set(names_in(TEXTE.split("Une fois décodé")[1].split("## ")[0]))


@pytest.mark.parametrize(
    "hostile",
    [
        {"questionnaire": {"id": EXEMPLE["questionnaire"]["id"], "version": ["1.0.0"]}},
        {"date": "0000-01-01"},
        {"date": "9999-12-31"},
        {"plan": {"pilotage-plan": {"statut": "a-faire", "echeance": "9999-12-31", "responsable": "", "note": ""}}},
        {"profil": {"effectif": {"min": 50, "max": 10}}},
        {"profil": {"quantites": {"age": {"min": "10", "max": "9"}}}},
        {"profil": {"quantites": {"age": "-1"}}},
        {"profil": {"quantites": {"age": {"min": None, "max": "-1"}}}},
    ],
)
def test_what_the_engine_or_the_page_could_not_work_with_is_refused(call, hostile):
    with pytest.raises(Refused, match="ne peut pas être repris"):
        call("fichier", "checkEvaluation", EXEMPLE | hostile, EXEMPLE["questionnaire"]["id"])


@pytest.mark.parametrize("accepted", [{"min": 10, "max": 10}, {"min": 10, "max": None}, {"min": None, "max": 9}])
def test_an_interval_may_be_open_or_a_single_number(call, accepted):
    kept = call("fichier", "checkEvaluation", EXEMPLE | {"profil": {"effectif": accepted}}, EXEMPLE["questionnaire"]["id"])
    assert kept["profil"]["effectif"] == accepted


def test_a_number_that_could_not_be_read_again_is_no_answer(call):
    """The page's bound is that of the file: an answer of more digits would make the whole record unreadable."""
    assert call("evaluation", "isNumber", "12.5") is True
    assert call("evaluation", "isNumber", "0.3333333333333") is False
