"""Laws of the score that hold for every questionnaire and every answer."""

import copy
import json
from fractions import Fraction

import pytest
from fabrique import NIVEAUX, OUI_NON, evaluate, make_question, make_questionnaire, make_theme
from hypothesis import assume, given
from hypothesis import strategies as st

from etabli_engine.nombres import show_decimal

COURTS = [option["id"] for option in OUI_NON]
VALEURS = {option["id"]: Fraction(option["valeur"]) for option in OUI_NON}


@st.composite
def cases(draw, courts=(*COURTS, "?", "-", None), gates=True):
    """(questionnaire, {question: short answer}): 1 to 3 themes of 1 to 5 questions, weights of themes and questions, gates."""
    themes, reponses = [], {}
    for rang in range(draw(st.integers(1, 3))):
        questions = []
        for place in range(draw(st.integers(1, 5))):
            nom = f"t{rang}q{place}"
            question = make_question(nom, draw(st.integers(1, 9)), effort=draw(st.integers(1, 3)))
            if gates and draw(st.booleans()):
                question["requis_pour"] = draw(st.sampled_from(["en-route", "engage", "moteur"]))
            questions.append(question)
            reponses[nom] = draw(st.sampled_from(courts))
        themes.append(make_theme(f"t{rang}", questions, draw(st.integers(1, 4))))
    return make_questionnaire(themes), reponses


def list_mesures(bilan):
    return [bilan["global"], *bilan["themes"]]


def drop_order(bilan):
    """A bilan with its lists put in one order; ties between leviers are broken by reading order on purpose, and left aside."""
    bilan = copy.deepcopy(bilan)
    del bilan["leviers"]
    for mesure in list_mesures(bilan):
        mesure["plafonne_par"].sort()
        if mesure["prochain"]:
            mesure["prochain"]["verrous"].sort()
            mesure["prochain"]["par"] = len(mesure["prochain"]["par"])
    for theme in bilan["themes"]:
        theme["questions"].sort(key=lambda question: question["id"])
    bilan["themes"].sort(key=lambda theme: theme["id"])
    return bilan


@given(cases(), st.randoms(use_true_random=False))
def test_order_does_not_matter(case, hasard):
    questionnaire, reponses = case
    autre = copy.deepcopy(questionnaire)
    hasard.shuffle(autre["themes"])
    for theme in autre["themes"]:
        hasard.shuffle(theme["questions"])
    assert drop_order(evaluate(questionnaire, reponses)) == drop_order(evaluate(autre, reponses))


@given(cases(), st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50), st.integers(1, 20))
def test_scale_of_weights_does_not_matter(case, facteur, facteur_themes):
    questionnaire, reponses = case
    autre = copy.deepcopy(questionnaire)
    for theme in autre["themes"]:
        theme["poids"] = str(int(theme["poids"]) * facteur_themes)
        for question in theme["questions"]:
            question["poids"] = str(int(question["poids"]) * facteur)
    avant, apres = evaluate(questionnaire, reponses), evaluate(autre, reponses)
    assert avant["leviers"] == apres["leviers"]
    assert avant["global"] == apres["global"]
    ignores = ("poids", "questions")
    for un, deux in zip(avant["themes"], apres["themes"], strict=True):
        assert {cle: un[cle] for cle in un if cle not in ignores} == {cle: deux[cle] for cle in deux if cle not in ignores}


@given(cases())
def test_non_concerne_is_removal(case):
    questionnaire, reponses = case
    autre = copy.deepcopy(questionnaire)
    for theme in autre["themes"]:
        theme["questions"] = [question for question in theme["questions"] if reponses[question["id"]] != "-"]
    restantes = {question: court for question, court in reponses.items() if court != "-"}
    avant, apres = evaluate(questionnaire, reponses), evaluate(autre, restantes)
    for un, deux in zip(list_mesures(avant), list_mesures(apres), strict=True):
        # What changes is only what counts the removed ones.
        for cle in set(un) - {"part_concernee", "peu_significatif", "questions", "id"}:
            assert un[cle] == deux[cle], cle
    assert [levier["question"] for levier in avant["leviers"]] == [levier["question"] for levier in apres["leviers"]]


@given(cases(), st.data())
def test_a_better_answer_gives_a_strictly_better_score(case, data):
    questionnaire, reponses = case
    nom = data.draw(st.sampled_from(sorted(reponses)))
    moins, plus = data.draw(st.sampled_from([(a, b) for a in COURTS for b in COURTS if VALEURS[a] < VALEURS[b]]))
    avant, apres = (evaluate(questionnaire, reponses | {nom: court}) for court in (moins, plus))
    place = int(nom[1 : nom.index("q")])
    for un, deux in ((avant["global"], apres["global"]), (avant["themes"][place], apres["themes"][place])):
        assert Fraction(un["min"]) < Fraction(deux["min"])
        assert Fraction(un["max"]) < Fraction(deux["max"])
        if un["etat"] == "note":
            rangs = [niveau["id"] for niveau in NIVEAUX]
            assert rangs.index(un["niveau"]) <= rangs.index(deux["niveau"])


@given(cases(), st.data())
def test_not_knowing_is_bracketed_by_the_real_answers(case, data):
    questionnaire, reponses = case
    nom = data.draw(st.sampled_from(sorted(reponses)))
    inconnu = evaluate(questionnaire, reponses | {nom: data.draw(st.sampled_from(["?", None]))})["global"]
    pires, meilleurs = [], []
    for court in COURTS:
        connu = evaluate(questionnaire, reponses | {nom: court})["global"]
        pires.append(Fraction(connu["min"]))
        meilleurs.append(Fraction(connu["max"]))
    assert (Fraction(inconnu["min"]), Fraction(inconnu["max"])) == (min(pires), max(meilleurs))


@given(cases(courts=(*COURTS, "-")))
def test_gains_add_up_to_what_is_missing(case):
    bilan = evaluate(*case)
    for theme in bilan["themes"]:
        if theme["etat"] == "note":
            gains = [Fraction(question["gain"]) for question in theme["questions"] if question["gain"] is not None]
            assert sum(gains) == 100 - Fraction(theme["score"])
            points, possibles = (
                sum(Fraction(question[cle]) for question in theme["questions"] if question[cle] is not None)
                for cle in ("points", "possibles")
            )
            assert 100 * points / possibles == Fraction(theme["score"])


@given(cases(courts=COURTS))
def test_a_levier_gives_what_it_promises(case):
    """Making the first levier a full yes adds exactly its gain to the global score and to its theme."""
    questionnaire, reponses = case
    avant = evaluate(questionnaire, reponses)
    assume(avant["leviers"])
    levier = avant["leviers"][0]
    apres = evaluate(questionnaire, reponses | {levier["question"]: "oui"})
    assert Fraction(apres["global"]["score"]) - Fraction(avant["global"]["score"]) == Fraction(levier["gain_global"])
    ecarts = [Fraction(deux["score"]) - Fraction(un["score"]) for un, deux in zip(avant["themes"], apres["themes"], strict=True)]
    assert sum(ecarts) == Fraction(levier["gain"])


@given(cases())
def test_bounds(case):
    for mesure in list_mesures(evaluate(*case)):
        if mesure["etat"] == "non_concerne":
            assert mesure["min"] is mesure["max"] is mesure["score"] is mesure["niveau"] is None
            continue
        assert 0 <= Fraction(mesure["min"]) <= Fraction(mesure["max"]) <= 100
        assert 0 <= Fraction(mesure["couverture"]) <= 1
        assert 0 <= mesure["part_min"] <= mesure["part_max"] <= 1
        assert (mesure["etat"] == "note") is (mesure["niveau"] is not None) is (mesure["score"] is not None)
        if mesure["etat"] == "note":
            assert mesure["min"] == mesure["max"] == mesure["score"]


@given(cases(courts=["-"]))
def test_nothing_applies(case):
    bilan = evaluate(*case)
    assert {mesure["etat"] for mesure in list_mesures(bilan)} == {"non_concerne"}
    assert (bilan["complet"], bilan["leviers"]) == (True, [])


@given(cases(courts=["oui"]))
def test_all_yes_is_exactly_one_hundred(case):
    bilan = evaluate(*case)
    assert {mesure["score"] for mesure in list_mesures(bilan)} == {"100"}
    assert {mesure["niveau"] for mesure in list_mesures(bilan)} == {"moteur"}
    assert bilan["leviers"] == []


@given(cases())
def test_the_engine_is_a_function(case):
    assert json.dumps(evaluate(*case)) == json.dumps(evaluate(*case))


@pytest.mark.parametrize(
    ("valeur", "niveau"),
    [
        ("0", "depart"),
        ("24999/100000", "depart"),
        ("1/4", "en-route"),
        ("49999/100000", "en-route"),
        ("3/4", "moteur"),
        ("1", "moteur"),
    ],
)
def test_levels_are_lower_bounds_of_the_unrounded_score(valeur, niveau):
    options = [{"id": "x", "texte": "X", "valeur": valeur}]
    bilan = evaluate(make_questionnaire([make_theme("t", [make_question("q", options=options)])]), {"q": "x"})
    assert bilan["global"]["niveau"] == niveau


@given(st.fractions(min_value=0, max_value=5, max_denominator=1000))
def test_rounding_is_half_up(valeur):
    lu = Fraction(show_decimal(valeur).replace(",", "."))
    assert -Fraction(1, 20) <= valeur - lu < Fraction(1, 20)
    assert show_decimal(Fraction(9, 4)) == "2,3"
    assert show_decimal(Fraction(224999, 100000)) == "2,2"
