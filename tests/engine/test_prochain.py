"""The next level: the answers it names lead there, and fewer would not."""

from fractions import Fraction
from itertools import combinations

import pytest
from fabrique import NIVEAUX, evaluate, make_question, make_questionnaire, make_theme
from hypothesis import given
from hypothesis import strategies as st
from test_laws import COURTS, cases, list_mesures

RANGS = [niveau["id"] for niveau in NIVEAUX]
SEUILS = [Fraction(niveau["seuil"]) for niveau in NIVEAUX]


def show_prochain(reponses, questions=None, **champs):
    questions = questions or [make_question(nom) for nom in reponses]
    return evaluate(make_questionnaire([make_theme("t", questions)], **champs), reponses)["themes"][0]["prochain"]


def test_the_largest_gains_lead_there():
    questions = [make_question("a", 1), make_question("b", 3), make_question("c", 4), make_question("d", 2)]
    prochain = show_prochain({"a": "non", "b": "non", "c": "non", "d": "partiel"}, questions)
    assert prochain == {
        "niveau": "en-route",
        "niveau_titre": "En route",
        "manque": "15",
        "manque_affiche": "0,8\u00a0point",
        "verrous": [],
        "par": ["c"],
    }


def test_ties_go_as_for_the_leviers():
    questions = [make_question("a", effort=3), make_question("b", effort=1), make_question("c", effort=1), make_question("d", effort=2)]
    assert show_prochain({"a": "non", "b": "non", "c": "non", "d": "prevu"}, questions)["par"] == ["b"]


def test_a_gate_alone_bars_the_way():
    """Nothing is missing but the answer that the level asks for."""
    questions = [make_question("a", 9), make_question("b", requis_pour="en-route")]
    prochain = show_prochain({"a": "oui", "b": "non"}, questions)
    assert (prochain["niveau"], prochain["manque"], prochain["verrous"], prochain["par"]) == ("en-route", "0", ["b"], [])


def test_what_a_gate_brings_is_counted_first():
    questions = [make_question("a", 2), make_question("b", requis_pour="en-route"), make_question("c")]
    prochain = show_prochain(dict.fromkeys("abc", "non"), questions)
    assert (prochain["verrous"], prochain["par"]) == (["b"], [])
    questions[1]["requis_pour"] = "engage"
    assert show_prochain(dict.fromkeys("abc", "non"), questions)["par"] == ["a"]


def test_a_gate_is_not_taken_twice():
    questions = [make_question("a", requis_pour="en-route"), *(make_question(nom) for nom in "bcdefgh")]
    prochain = show_prochain(dict.fromkeys("abcdefgh", "non"), questions)
    assert (prochain["verrous"], prochain["par"]) == (["a"], ["b"])


def test_no_next_level_on_the_highest_nor_without_one():
    assert show_prochain({"a": "oui"}) is None
    assert show_prochain({"a": "?", "b": "oui"}) is None
    assert show_prochain({"a": "-"}) is None
    assert show_prochain({"a": "non"}, niveaux=NIVEAUX[:1]) is None


def test_a_gate_of_another_theme_only_bars_the_whole():
    themes = [make_theme("t", [make_question("a")]), make_theme("u", [make_question("b", requis_pour="en-route")])]
    bilan = evaluate(make_questionnaire(themes), {"a": "partiel", "b": "non"})
    assert bilan["themes"][0]["prochain"]["verrous"] == []
    assert bilan["global"]["prochain"]["verrous"] == ["b"]


@pytest.mark.parametrize(("poids", "affiche"), [(1, "moins de 0,1\u00a0point"), (2, "0,1\u00a0point")])
def test_what_is_missing_is_shown_without_sign(poids, affiche):
    """24.5 % and 23.5 % of the points, where a quarter is asked for: half a hundredth is too small to show."""
    questions = [make_question("a", 48 + (2 - poids)), make_question("b", 150 + poids)]
    assert show_prochain({"a": "oui", "b": "non"}, questions)["manque_affiche"] == affiche


@given(cases(courts=(*COURTS, "-")))
def test_the_answers_named_lead_to_the_level_and_each_is_needed(case):
    questionnaire, reponses = case
    bilan = evaluate(questionnaire, reponses)
    for rang, mesure in enumerate(list_mesures(bilan)):
        prochain = mesure["prochain"]
        assert (prochain is None) is (mesure["niveau"] in (None, RANGS[-1]))
        if prochain is None:
            continue
        assert prochain["niveau"] == RANGS[RANGS.index(mesure["niveau"]) + 1]
        toutes = [*prochain["verrous"], *prochain["par"]]
        assert len(set(toutes)) == len(toutes)

        def reach(questions, rang=rang):
            apres = list_mesures(evaluate(questionnaire, reponses | dict.fromkeys(questions, "oui")))[rang]
            return RANGS.index(apres["niveau"])

        cible = RANGS.index(prochain["niveau"])
        assert reach(toutes) >= cible
        for question in toutes:
            assert reach([autre for autre in toutes if autre != question]) < cible


@given(cases(courts=(*COURTS, "-")))
def test_no_smaller_choice_of_answers_would_do(case):
    """By brute force over all choices of one answer less, from the gains and the gates: still fewer would bring less."""
    questionnaire, reponses = case
    bilan = evaluate(questionnaire, reponses)
    requis = {question["id"]: question.get("requis_pour") for theme in questionnaire["themes"] for question in theme["questions"]}
    gains_globaux = {levier["question"]: Fraction(levier["gain_global"]) for levier in bilan["leviers"]}
    par_theme = [
        {levier["question"]: Fraction(levier["gain"]) for levier in bilan["leviers"] if levier["theme"] == theme["id"]}
        for theme in bilan["themes"]
    ]
    for mesure, gains in zip(list_mesures(bilan), [gains_globaux, *par_theme], strict=True):
        prochain = mesure["prochain"]
        if prochain is None:
            continue
        cible = RANGS.index(prochain["niveau"])
        fermees = {question for question in gains if requis[question] and RANGS.index(requis[question]) <= cible}
        assert fermees == set(prochain["verrous"])
        assert Fraction(prochain["manque"]) == max(0, SEUILS[cible] - Fraction(mesure["score"]))
        for choix in combinations(gains, len(prochain["verrous"] + prochain["par"]) - 1):
            total = Fraction(mesure["score"]) + sum(gains[question] for question in choix)
            assert not (fermees <= set(choix) and total >= SEUILS[cible])


@given(cases(courts=COURTS), st.data())
def test_what_is_missing_only_shrinks(case, data):
    """A better answer never makes the way to the same level longer."""
    questionnaire, reponses = case
    nom = data.draw(st.sampled_from(sorted(reponses)))
    avant, apres = (evaluate(questionnaire, donnees)["global"]["prochain"] for donnees in (reponses, reponses | {nom: "oui"}))
    if avant and apres and avant["niveau"] == apres["niveau"]:
        assert Fraction(apres["manque"]) <= Fraction(avant["manque"])
        assert len(apres["verrous"] + apres["par"]) <= len(avant["verrous"] + avant["par"])
