"""Leviers: which ones, in what order, and why. What is put beside each is in test_recommander.py."""

from fractions import Fraction

from fabrique import OUI_NON, evaluate, make_question, make_questionnaire, make_theme


def find_leviers(reponses, profil=None, questions=None):
    questions = questions or [make_question(nom) for nom in reponses]
    return evaluate(make_questionnaire([make_theme("t", questions)]), reponses, profil)["leviers"]


def test_ties_go_to_the_easiest_then_to_the_first():
    questions = [
        make_question("a", effort=3),
        make_question("b", effort=1),
        make_question("c", effort=1),
        make_question("d", 2, effort=3),
    ]
    leviers = find_leviers(dict.fromkeys("abcd", "non"), questions=questions)
    assert [levier["question"] for levier in leviers] == ["d", "b", "c", "a"]


def test_what_is_unknown_brings_up_to_something_or_next_to_nothing():
    questions = [make_question("a", 999), make_question("b", 1)]
    grand, petit = find_leviers({"a": "?", "b": "?"}, questions=questions)
    assert (grand["gain_affiche"], petit["gain_affiche"]) == ("jusqu’à +5,0\u00a0points", "moins de 0,1\u00a0point")


def test_reasons_quote_the_answer():
    options = [{"id": "x", "texte": "Un peu.", "valeur": "0"}, {"id": "y", "texte": "Parfois", "valeur": "0"}]
    echelle = {"unite": "kWh", "min": "0", "max": "100", "points": [["0", "0"], ["100", "1"]]}
    questions = [
        make_question("a"),
        make_question("b", type="multiple", options=options),
        make_question("c", type="nombre", options=[], echelle=echelle),
    ]
    reponses = {"a": "non", "b": ["x", "y"], "c": {"revision": 1, "etat": "repondu", "nombre": "12.5"}}
    assert [levier["raison"] for levier in find_leviers(reponses, questions=questions)] == [
        "Parce que vous avez répondu «\u00a0Non\u00a0».",
        "Parce que vous avez répondu «\u00a0Un peu\u00a0», «\u00a0Parfois\u00a0».",
        "Parce que vous avez indiqué 12,5\u00a0kWh.",
    ]


def test_unknown_answers_come_after_all_the_others():
    leviers = find_leviers({"a": "?", "b": "non", "c": None, "d": "oui", "e": "prevu"})
    assert [(levier["question"], levier["inconnu"]) for levier in leviers] == [("b", False), ("e", False), ("a", True)]
    assert "vous ne savez pas encore" in leviers[2]["raison"]
    assert leviers[2]["gain_affiche"] == "jusqu’à +1,0\u00a0point"


def test_all_of_them_add_up_to_what_is_missing():
    questions = [make_question(f"q{rang}", rang + 1) for rang in range(9)]
    leviers = find_leviers({f"q{rang}": "partiel" for rang in range(9)}, questions=questions)
    assert [levier["question"] for levier in leviers] == [f"q{rang}" for rang in range(8, -1, -1)]
    assert sum(Fraction(levier["gain_global"]) for levier in leviers) == 50


def test_a_levier_is_light():
    assert set(find_leviers({"a": "non"})[0]) == {
        *("question", "theme", "texte", "action", "marche", "gain", "gain_affiche", "gain_global", "gain_global_affiche"),
        *("effort", "raison", "inconnu"),
    }


def test_a_levier_says_what_to_do_and_the_next_step():
    """Among oui, partiel, prévu (1/4) and non: what is only planned is no step, and who does not know has none yet."""
    questions = [make_question("a", action="Relever les compteurs"), make_question("b", type="multiple"), *map(make_question, "cd")]
    leviers = find_leviers({"a": "non", "b": ["non"], "c": "partiel", "d": "?"}, questions=questions)
    assert {levier["question"]: (levier["action"], levier["marche"]) for levier in leviers} == {
        "a": ("Relever les compteurs", "En partie"),
        "b": (None, None),
        "c": (None, "Oui"),
        "d": (None, None),
    }


def test_gains_too_small_to_show_say_so():
    questions = [make_question("a", 1, options=[OUI_NON[0], {"id": "presque", "texte": "Presque", "valeur": "999/1000"}])]
    assert find_leviers({"a": "presque"}, questions=questions)[0]["gain_affiche"] == "moins de 0,1\u00a0point"
