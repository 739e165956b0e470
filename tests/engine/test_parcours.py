"""What stays out of the sums: questions without a score, and those that the short version leaves out."""

import copy

import pytest
from fabrique import ask, evaluate, make_aides, make_evaluation, make_question, make_questionnaire, make_theme, recommend
from hypothesis import given
from hypothesis import strategies as st
from test_laws import COURTS, cases


def make_court(*questions):
    return {"duree_minutes": 5, "questions": list(questions)}


def drop_questions(questionnaire, reponses, gardees):
    """The same questionnaire and answers with these questions alone; the themes stay, even empty."""
    reduit = copy.deepcopy(questionnaire)
    for theme in reduit["themes"]:
        theme["questions"] = [question for question in theme["questions"] if question["id"] in gardees]
    return reduit, {question: court for question, court in reponses.items() if question in gardees}


def strip(bilan, gardees):
    """A bilan without the lines of the other questions."""
    for theme in bilan["themes"]:
        theme["questions"] = [question for question in theme["questions"] if question["id"] in gardees]
        del theme["interet"]
    del bilan["ignorees"], bilan["parcours"]
    return bilan


@given(cases(), st.data())
def test_a_question_without_score_is_one_that_is_not_there(case, data):
    questionnaire, reponses = case
    gardees = set(data.draw(st.lists(st.sampled_from(sorted(reponses)), unique=True)))
    autre = copy.deepcopy(questionnaire)
    for theme in autre["themes"]:
        for question in theme["questions"]:
            question["notee"] = question["id"] in gardees
    reduit, restantes = drop_questions(questionnaire, reponses, gardees)
    assert strip(evaluate(autre, reponses), gardees) == strip(evaluate(reduit, restantes), gardees)


@given(cases(), st.data())
def test_the_short_version_is_the_questionnaire_with_those_questions_alone(case, data):
    questionnaire, reponses = case
    gardees = set(data.draw(st.lists(st.sampled_from(sorted(reponses)), unique=True)))
    autre = questionnaire | {"court": make_court(*sorted(gardees))}
    reduit, restantes = drop_questions(questionnaire, reponses, gardees)
    court = evaluate(autre, reponses, parcours="court")
    ignorees = [question for question, donne in reponses.items() if question not in gardees and donne is not None]
    assert court["ignorees"] == [{"question": question, "raison": "hors-parcours"} for question in ignorees]
    assert strip(court, gardees) == strip(evaluate(reduit, restantes), gardees)
    assert strip(evaluate(autre, reponses), gardees) == strip(evaluate(questionnaire, reponses), gardees)


def test_the_short_version_says_so_and_hides_the_rest():
    questionnaire = make_questionnaire([make_theme("t", [make_question(nom) for nom in "abc"])], court=make_court("a", "c"))
    bilan = evaluate(questionnaire, {"a": "oui", "b": "non", "c": "non"}, parcours="court")
    assert (bilan["parcours"], bilan["complet"], bilan["global"]["score"]) == ("court", True, "50")
    assert [question["etat"] for question in bilan["themes"][0]["questions"]] == ["repondu", "masquee", "repondu"]
    assert bilan["ignorees"] == [{"question": "b", "raison": "hors-parcours"}]
    assert [levier["question"] for levier in bilan["leviers"]] == ["c"]
    # The kept answer counts again in the long version.
    assert evaluate(questionnaire, {"a": "oui", "b": "non", "c": "non"})["global"]["score"] == "100/3"


def test_what_the_short_version_leaves_out_is_not_said_to_be_for_others():
    questions = [make_question("a"), make_question("b", publics=["collectivite"])]
    questionnaire = make_questionnaire([make_theme("t", questions)], court=make_court("a"))
    bilan = evaluate(questionnaire, {"b": "oui"}, {"public": "entreprise"}, parcours="court")
    assert bilan["ignorees"] == [{"question": "b", "raison": "hors-parcours"}]


def test_a_questionnaire_without_short_version_has_only_the_long_one():
    questionnaire = make_questionnaire([make_theme("t", [make_question("a")])])
    bilan = evaluate(questionnaire, {"a": "oui"}, parcours="court")
    assert (bilan["parcours"], bilan["global"]["score"], bilan["ignorees"]) == ("complet", "100", [])


@pytest.mark.parametrize("genre", ["un", "aucun"])
def test_a_question_not_asked_decides_nothing(genre):
    """What the short version asks is asked, whatever it depends on in the long one."""
    suite = make_question("b", si={genre: [{"reponse": {"question": "a", "options": ["oui"]}}]})
    questionnaire = make_questionnaire([make_theme("t", [make_question("a"), suite])], court=make_court("b"))
    for donne in ("oui", "non"):
        bilan = evaluate(questionnaire, {"a": donne, "b": "oui"}, parcours="court")
        assert [question["etat"] for question in bilan["themes"][0]["questions"]] == ["masquee", "repondu"]


# --- Questions without a score -------------------------------------------------------------------------


def make_interet(**champs):
    options = [{"id": "peu", "texte": "Un peu", "valeur": "1/4"}, {"id": "beaucoup", "texte": "Beaucoup", "valeur": "1"}]
    return make_question("envie", 5, notee=False, options=options, requis_pour="engage", **champs)


@pytest.mark.parametrize(
    ("court", "interet"),
    [
        ("beaucoup", {"question": "envie", "texte": "Question envie ?", "reponse": "Beaucoup", "valeur": "1"}),
        ("peu", {"question": "envie", "texte": "Question envie ?", "reponse": "Un peu", "valeur": "1/4"}),
        ("?", None),
        ("-", None),
        (None, None),
    ],
)
def test_interest_is_told_beside_the_score(court, interet):
    questionnaire = make_questionnaire([make_theme("t", [make_question("a"), make_interet()]), make_theme("u", [make_question("b")])])
    bilan = evaluate(questionnaire, {"a": "non", "b": "oui", "envie": court})
    assert [theme["interet"] for theme in bilan["themes"]] == [interet, None]
    assert (bilan["global"]["score"], bilan["complet"], bilan["global"]["applicables"]) == ("50", True, 2)
    assert (bilan["global"]["plafonne_par"], [levier["question"] for levier in bilan["leviers"]]) == ([], ["a"])
    ligne = bilan["themes"][0]["questions"][1]
    assert (ligne["notee"], ligne["points"], ligne["possibles"], ligne["gain"], ligne["points_affiche"]) == (False, *[None] * 4)
    assert ligne["valeur"] == (interet and interet["valeur"])


def test_a_theme_of_interest_alone_is_no_measure():
    bilan = evaluate(
        make_questionnaire([make_theme("t", [make_interet()]), make_theme("u", [make_question("b")])]), {"envie": "peu", "b": "oui"}
    )
    assert (bilan["themes"][0]["etat"], bilan["themes"][0]["interet"]["reponse"], bilan["global"]["score"]) == (
        "non_concerne",
        "Un peu",
        "100",
    )


def test_a_hidden_interest_is_not_told():
    questionnaire = make_questionnaire([make_theme("t", [make_question("a"), make_interet(publics=["collectivite"])])])
    assert evaluate(questionnaire, {"a": "oui", "envie": "peu"}, {"public": "entreprise"})["themes"][0]["interet"] is None


def test_a_condition_may_look_at_an_interest():
    suite = make_question("b", si={"reponse": {"question": "envie", "options": ["beaucoup"]}})
    questionnaire = make_questionnaire([make_theme("t", [make_interet(), suite])])
    for court, etat in (("beaucoup", "repondu"), ("peu", "masquee")):
        assert evaluate(questionnaire, {"envie": court, "b": "oui"})["themes"][0]["questions"][1]["etat"] == etat


def test_an_interest_is_no_levier():
    questionnaire = make_questionnaire([make_theme("t", [make_question("a"), make_interet()])])
    resultat = recommend(questionnaire, make_aides(), {"a": "non", "envie": "peu"}, questions=["envie", "a"])
    assert [levier["question"] for levier in resultat["leviers"]] == ["a"]


@pytest.mark.parametrize("genre", ["multiple", "nombre"])
def test_only_a_single_choice_can_go_without_score(genre):
    questionnaire = make_questionnaire([make_theme("t", [make_question("a", type=genre, notee=False)])])
    erreur = ask("evaluer", questionnaire=questionnaire, evaluation=make_evaluation({}))["erreur"]
    assert (erreur["code"], erreur["chemin"]) == ("valeur-invalide", "questionnaire.themes[0].questions[0].notee")


@given(cases(courts=(*COURTS, "?", None)))
def test_all_in_the_short_version_is_the_long_one(case):
    questionnaire, reponses = case
    autre = questionnaire | {"court": make_court(*reponses)}
    un, deux = evaluate(autre, reponses, parcours="court"), evaluate(autre, reponses)
    assert un | {"parcours": "complet"} == deux
