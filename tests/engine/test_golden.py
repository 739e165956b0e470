"""The worked examples of the scoring contract, to the last digit."""

from fractions import Fraction

import pytest
from fabrique import NIVEAUX, evaluate, make_question, make_questionnaire, make_theme

from etabli_engine.nombres import show_points

DEUX_NIVEAUX = [NIVEAUX[0], NIVEAUX[1]]


def make_golden(niveaux=NIVEAUX):
    poids = {"e1": 3, "e2": 1, "e3": 2, "e4": 2}
    questions = [make_question(nom, p) for nom, p in poids.items()]
    questions[3]["requis_pour"] = niveaux[1]["id"]
    return make_questionnaire([make_theme("energie", questions)], niveaux=niveaux)


def test_capped_score():
    bilan = evaluate(make_golden(), {"e1": "oui", "e2": "-", "e3": "partiel", "e4": "non"})
    theme = bilan["themes"][0]
    assert Fraction(theme["score"]) == Fraction(400, 7)
    assert (theme["min"], theme["max"], theme["couverture"], theme["part_concernee"]) == ("400/7", "400/7", "1", "7/8")
    assert (theme["niveau"], theme["niveau_sans_plafond"], theme["plafonne_par"]) == ("depart", "engage", ["e4"])
    assert (bilan["global"]["score"], bilan["global"]["niveau"], bilan["global"]["plafonne_par"]) == ("400/7", "depart", ["e4"])
    gains = {question["id"]: question["gain"] for question in theme["questions"]}
    assert gains == {"e1": "0", "e2": None, "e3": "100/7", "e4": "200/7"}
    assert sum(Fraction(gain) for gain in gains.values() if gain) == 100 - Fraction(400, 7)
    assert [levier["question"] for levier in bilan["leviers"]] == ["e4", "e3"]
    assert [levier["gain"] for levier in bilan["leviers"]] == ["200/7", "100/7"]
    assert (theme["note"], theme["part"]) == ("2,9", 0.5714)
    assert [levier["gain_affiche"] for levier in bilan["leviers"]] == ["+1,4\u00a0point", "+0,7\u00a0point"]


def test_open_score():
    bilan = evaluate(make_golden(), {"e1": "oui", "e2": "?", "e3": None, "e4": "oui"})
    theme = bilan["themes"][0]
    assert (theme["etat"], theme["score"], theme["niveau"], theme["note"]) == ("incomplet", None, None, None)
    assert (theme["min"], theme["max"], theme["couverture"]) == ("125/2", "100", "3/4")
    assert (theme["note_min"], theme["note_max"]) == ("3,1", "5,0")
    assert (bilan["complet"], bilan["global"]["etat"], bilan["global"]["min"]) == (False, "incomplet", "125/2")
    assert theme["message"] == "1\u00a0question attend votre réponse et 1\u00a0réponse reste à trouver."


def test_themes_80_none_40():
    questions = [[make_question(f"{nom}{rang}") for rang in range(5)] for nom in "abc"]
    questionnaire = make_questionnaire([make_theme(nom, groupe) for nom, groupe in zip("abc", questions, strict=True)])
    reponses = {f"a{rang}": "oui" for rang in range(4)} | {"a4": "non"} | {f"b{rang}": "-" for rang in range(5)}
    bilan = evaluate(questionnaire, reponses | {f"c{rang}": "oui" if rang < 2 else "non" for rang in range(5)})
    assert [theme["score"] for theme in bilan["themes"]] == ["80", None, "40"]
    assert [theme["etat"] for theme in bilan["themes"]] == ["note", "non_concerne", "note"]
    assert (bilan["global"]["score"], bilan["global"]["note"], bilan["complet"]) == ("60", "3,0", True)
    assert bilan["global"]["part_concernee"] == "2/3"


def test_weighted_global_and_gain_global():
    themes = [make_theme("a", [make_question("a1")], poids=3), make_theme("b", [make_question("b1")])]
    bilan = evaluate(make_questionnaire(themes), {"a1": "partiel", "b1": "non"})
    assert bilan["global"]["score"] == "75/2"
    assert [(levier["question"], levier["gain"], levier["gain_global"]) for levier in bilan["leviers"]] == [
        ("a1", "50", "75/2"),
        ("b1", "100", "25"),
    ]


@pytest.mark.parametrize(("court", "plafonne"), [("oui", []), ("-", []), ("partiel", ["e4"])])
def test_gate_is_met_or_lifted(court, plafonne):
    bilan = evaluate(make_golden(), {"e1": "oui", "e2": "oui", "e3": "oui", "e4": court})
    assert bilan["global"]["plafonne_par"] == plafonne
    assert bilan["global"]["niveau"] == ("depart" if plafonne else "moteur")


def test_hidden_gate_is_lifted():
    questionnaire = make_golden()
    questionnaire["themes"][0]["questions"][3]["publics"] = ["collectivite"]
    reponses = {"e1": "oui", "e2": "oui", "e3": "oui", "e4": "non"}
    bilan = evaluate(questionnaire, reponses, {"public": "entreprise"})
    assert (bilan["global"]["niveau"], bilan["ignorees"]) == ("moteur", [{"question": "e4", "raison": "masquee"}])


def test_gate_asks_for_its_own_value():
    questionnaire = make_golden()
    questionnaire["themes"][0]["questions"][3]["requis_valeur"] = "1/2"
    bilan = evaluate(questionnaire, {"e1": "oui", "e2": "oui", "e3": "oui", "e4": "partiel"})
    assert bilan["global"]["plafonne_par"] == []


def test_a_gate_above_the_score_does_not_cap():
    bilan = evaluate(make_golden(), {"e1": "non", "e2": "partiel", "e3": "non", "e4": "non"})
    assert (bilan["global"]["niveau"], bilan["global"]["plafonne_par"]) == ("depart", [])


def test_planned_actions_count_apart():
    bilan = evaluate(make_golden(), {"e1": "oui", "e2": "oui", "e3": "oui", "e4": "prevu"})
    mesure = bilan["global"]
    assert (mesure["score"], mesure["niveau"]) == ("325/4", "depart")
    assert mesure["avec_prevu"] == {"score": "100", "note": "5,0", "part": 1.0, "niveau": "moteur", "niveau_titre": "Moteur"}
    sans = evaluate(make_golden(), {"e1": "oui", "e2": "oui", "e3": "oui", "e4": "non"})
    assert sans["global"]["avec_prevu"] is None


@pytest.mark.parametrize(
    ("courts", "peu"),
    [(["oui", "oui", "oui", "-"], True), (["oui", "oui", "-", "oui"], False), (["oui", "-", "-", "oui"], True)],
)
def test_too_few_or_too_light(courts, peu):
    """Below three questions, or below half of the visible weight: here the fourth question alone is more than half."""
    questions = [make_question(f"q{rang}", poids) for rang, poids in enumerate([1, 1, 1, 4])]
    bilan = evaluate(make_questionnaire([make_theme("t", questions)]), {f"q{rang}": court for rang, court in enumerate(courts)})
    assert bilan["themes"][0]["peu_significatif"] is peu


def test_multiple_choice_is_capped_at_one():
    options = [{"id": nom, "texte": nom, "valeur": "2/5"} for nom in "abc"] + [
        {"id": "rien", "texte": "Rien", "valeur": "0", "exclusif": True}
    ]
    questionnaire = make_questionnaire([make_theme("t", [make_question("q", type="multiple", options=options)])])
    valeurs = [
        evaluate(questionnaire, {"q": choix})["themes"][0]["questions"][0]["valeur"]
        for choix in (["a"], ["a", "c"], ["a", "b", "c"], ["rien"])
    ]
    assert valeurs == ["2/5", "4/5", "1", "0"]
    assert evaluate(questionnaire, {"q": ["a", "rien"]})["ignorees"] == [{"question": "q", "raison": "incoherente"}]


def test_the_same_option_twice_counts_once():
    options = [{"id": nom, "texte": nom, "valeur": "2/5"} for nom in "ab"]
    questions = [make_question("un", options=options), make_question("plusieurs", type="multiple", options=options)]
    bilan = evaluate(make_questionnaire([make_theme("t", questions)]), {"un": ["a", "a"], "plusieurs": ["a", "a", "b"]})
    assert [question["valeur"] for question in bilan["themes"][0]["questions"]] == ["2/5", "4/5"]
    assert bilan["ignorees"] == []


@pytest.mark.parametrize(
    ("nombre", "valeur"),
    [("0", "0"), ("10", "0"), ("15", "1/4"), ("12.5", "1/8"), ("12,5", "1/8"), ("20", "1/2"), ("35", "1"), ("40", "1")],
)
def test_number_on_its_scale(nombre, valeur):
    echelle = {"unite": "%", "min": "0", "max": "40", "points": [["10", "0"], ["20", "1/2"], ["30", "1"]]}
    questionnaire = make_questionnaire([make_theme("t", [make_question("q", type="nombre", options=[], echelle=echelle)])])
    reponse = {"revision": 1, "etat": "repondu", "nombre": nombre}
    assert evaluate(questionnaire, {"q": reponse})["themes"][0]["questions"][0]["valeur"] == valeur


@pytest.mark.parametrize(
    ("nombre", "raison"),
    [("41", "hors-bornes"), ("-1", "hors-bornes"), ("beaucoup", "incoherente"), ("1e3", "incoherente"), ("", "incoherente")],
)
def test_number_that_cannot_be_counted(nombre, raison):
    echelle = {"unite": "%", "min": "0", "max": "40", "points": [["10", "0"], ["20", "1"]]}
    questionnaire = make_questionnaire([make_theme("t", [make_question("q", type="nombre", options=[], echelle=echelle)])])
    bilan = evaluate(questionnaire, {"q": {"revision": 1, "etat": "repondu", "nombre": nombre}})
    assert (bilan["ignorees"], bilan["themes"][0]["questions"][0]["etat"]) == ([{"question": "q", "raison": raison}], "vide")


@pytest.mark.parametrize(
    ("reponse", "raison"),
    [
        ({"revision": 1, "etat": "repondu", "options": ["oui"]}, "revision"),
        ({"revision": 3, "etat": "repondu", "options": ["oui"]}, "revision"),
        ({"revision": 2, "etat": "repondu", "options": ["peut-etre"]}, "option-inconnue"),
        ({"revision": 2, "etat": "repondu", "options": ["oui", "non"]}, "incoherente"),
        ({"revision": 2, "etat": "non_concerne", "motif": "flemme"}, "incoherente"),
    ],
)
def test_what_cannot_be_counted_is_blank_and_reported(reponse, raison):
    bilan = evaluate(make_questionnaire([make_theme("t", [make_question("q", revision=2)])]), {"q": reponse, "autre": "oui"})
    assert bilan["ignorees"] == [{"question": "q", "raison": raison}, {"question": "autre", "raison": "inconnue"}]
    assert bilan["themes"][0]["questions"][0]["etat"] == "vide"


def test_states_that_the_question_does_not_offer():
    questionnaire = make_questionnaire([make_theme("t", [make_question("q", non_concerne=None, ne_sait_pas=False)])])
    for court in "-?":
        assert evaluate(questionnaire, {"q": court})["ignorees"] == [{"question": "q", "raison": "incoherente"}]


def test_messages_of_a_theme_come_first():
    theme = make_theme("t", [make_question("q")], messages={"moteur": "Bravo pour ce thème."})
    bilan = evaluate(make_questionnaire([theme]), {"q": "oui"})
    assert (bilan["themes"][0]["message"], bilan["global"]["message"]) == ("Bravo pour ce thème.", "Vous montrez le chemin.")


@pytest.mark.parametrize(
    ("points", "possibles", "affiche"),
    [(Fraction(2, 3), Fraction(2), "0,67 sur 2"), (Fraction(0), Fraction(10), "0 sur 10"), (Fraction(5, 2), Fraction(5), "2,5 sur 5")],
)
def test_points_are_shown_with_two_decimals_at_most(points, possibles, affiche):
    assert show_points(points, possibles) == affiche
