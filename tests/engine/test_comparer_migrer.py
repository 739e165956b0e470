"""Progress compares like with like; migrations lose nothing."""

import copy
import itertools

import pytest
from fabrique import ask, make_evaluation, make_question, make_questionnaire, make_reponse, make_theme
from hypothesis import given
from hypothesis import strategies as st

QUESTIONNAIRE = make_questionnaire(
    [make_theme("t", [make_question(nom, poids) for nom, poids in (("a", 3), ("b", 1), ("c", 2))])], version="2.0.0"
)


def compare(avant, apres, questionnaire=QUESTIONNAIRE):
    resultat = ask("comparer", questionnaire=questionnaire, avant=make_evaluation(avant), apres=make_evaluation(apres))
    if "erreur" in resultat:
        raise AssertionError(resultat["erreur"])
    return resultat


def test_only_what_was_answered_twice_counts():
    resultat = compare({"a": "non", "b": "oui", "c": "?"}, {"a": "oui", "b": "partiel", "c": "oui"})
    assert (resultat["comparables"], resultat["total"], resultat["phrase"]) == (2, 3, "2\u00a0questions comparables sur 3.")
    assert resultat["global"]["avant"] == {"score": "25", "note": "1,3", "part": 0.25}
    assert (resultat["global"]["apres"]["score"], resultat["global"]["ecart"]) == ("175/2", "125/2")
    assert (resultat["global"]["ecart_affiche"], resultat["global"]["sens"]) == ("+3,1\u00a0points", "progres")
    assert [(question["id"], question["sens"]) for question in resultat["questions"]] == [("a", "progres"), ("b", "recul")]


def test_another_revision_is_not_comparable():
    ancienne = {"revision": 2, "etat": "repondu", "options": ["oui"]}
    resultat = compare({"a": ancienne, "b": "oui"}, {"a": "oui", "b": "non"})
    assert [question["id"] for question in resultat["questions"]] == ["b"]
    assert resultat["global"]["ecart_affiche"] == "\u22125,0\u00a0points"


def test_nothing_comparable():
    resultat = compare({"a": "oui"}, {"b": "oui"})
    assert (resultat["comparables"], resultat["global"], resultat["themes"][0]["ecart"]) == (0, None, None)


def test_the_same_twice_is_stable():
    resultat = compare({"a": "oui", "b": "non"}, {"a": "oui", "b": "non"})
    assert (resultat["global"]["sens"], resultat["global"]["ecart_affiche"]) == ("stable", "0,0\u00a0point")


# --- Migrations -------------------------------------------------------------------------------------


def migrate(reponses, migrations, version="1.0.0", **champs):
    evaluation = make_evaluation(reponses, version=version) | champs
    resultat = ask("migrer", questionnaire=QUESTIONNAIRE, migrations=migrations, evaluation=evaluation)
    if "erreur" in resultat:
        raise AssertionError(resultat["erreur"])
    return resultat


def make_migration(de="1.0.0", vers="2.0.0", questions=None, options=None):
    return {"de": de, "vers": vers, "questions": questions or {}, "options": options or {}}


def test_renamed_question_and_option():
    resultat = migrate({"ancien": "si", "b": "oui"}, [make_migration(questions={"ancien": "a"}, options={"ancien": {"si": "oui"}})])
    assert resultat["evaluation"]["reponses"] == {"b": make_reponse("oui"), "a": make_reponse("oui")}
    assert resultat["evaluation"]["questionnaire"] == {"id": "essai", "version": "2.0.0"}
    assert (resultat["appliquees"], resultat["mises_de_cote"], resultat["a_jour"]) == (
        [{"de": "1.0.0", "vers": "2.0.0"}],
        [],
        True,
    )


def test_exchange_of_names():
    resultat = migrate({"a": "oui", "b": "non"}, [make_migration(questions={"a": "b", "b": "a"})])
    assert resultat["evaluation"]["reponses"] == {"b": make_reponse("oui"), "a": make_reponse("non")}


def test_what_has_no_place_is_put_aside_in_the_file_too():
    reponses = {"retiree": "oui", "a": "oui", "doublon": "non", "b": ["x", "oui"], "c": "x", "fantome": "oui"}
    deja = {"question": "vieille", "reponse": make_reponse("oui"), "raison": "retiree"}
    migration = make_migration(questions={"retiree": None, "doublon": "a"}, options={"b": {"x": None}, "c": {"x": None}})
    resultat = migrate(reponses, [migration], mises_de_cote=[deja])
    assert resultat["evaluation"]["reponses"] == {"a": make_reponse("oui"), "b": make_reponse("oui")}
    assert {(mise["question"], mise["raison"]) for mise in resultat["mises_de_cote"]} == {
        ("retiree", "retiree"),
        ("doublon", "collision"),
        ("b", "option-retiree"),
        ("c", "option-retiree"),
        ("fantome", "inconnue"),
    }
    assert resultat["evaluation"]["mises_de_cote"] == [deja, *resultat["mises_de_cote"]]


def test_who_keeps_its_name_goes_first():
    resultat = migrate({"a-ancien": "non", "b": "oui"}, [make_migration(questions={"a-ancien": "b"})])
    assert resultat["evaluation"]["reponses"] == {"b": make_reponse("oui")}
    assert resultat["mises_de_cote"] == [{"question": "a-ancien", "reponse": make_reponse("non"), "raison": "collision"}]


def test_steps_follow_each_other_and_gaps_are_crossed():
    etapes = [
        make_migration("1.0.0", "1.1.0", {"x": "y"}),
        make_migration("1.5.0", "1.10.0", {"y": "z"}),
        make_migration("1.10.0", "2.0.0", {"z": "a"}),
    ]
    for version, nom, appliquees in (("1.0.0", "x", 3), ("1.2.0", "y", 2), ("1.9.0", "z", 1), ("2.0.0", "a", 0)):
        resultat = migrate({nom: "oui"}, etapes, version)
        assert (resultat["evaluation"]["reponses"], len(resultat["appliquees"])) == ({"a": make_reponse("oui")}, appliquees), version


def test_a_newer_file_comes_back_as_it_was():
    resultat = migrate({"futur": "oui"}, [make_migration(questions={"futur": None})], version="3.0.0")
    assert (resultat["a_jour"], resultat["evaluation"]["reponses"]) == (False, {"futur": make_reponse("oui")})
    assert resultat["evaluation"]["questionnaire"]["version"] == "3.0.0"


def test_a_migration_leaves_its_input_alone_when_scored_again():
    migree = migrate({"ancien": "oui", "b": "oui", "c": "oui"}, [make_migration(questions={"ancien": "a"})])["evaluation"]
    bilan = ask("evaluer", questionnaire=QUESTIONNAIRE, evaluation=migree)
    assert (bilan["global"]["score"], bilan["ignorees"]) == ("100", [])


@pytest.mark.parametrize("champs", [{"de": "2.0.0"}, {"de": "un"}, {"questions": {"a": 3}}, {"options": {"a": {"x": []}}}])
def test_a_wrong_migration_is_an_error(champs):
    charge = {
        "questionnaire": QUESTIONNAIRE,
        "evaluation": make_evaluation({"a": "oui"}),
        "migrations": [make_migration() | champs],
    }
    assert ask("migrer", **charge)["erreur"]["chemin"].startswith("migrations[0]")


NOMS = st.sampled_from(["a", "b", "c", "d", "e"])
OPTIONS = st.sampled_from(["oui", "non", "x", "y"])


@given(
    st.dictionaries(NOMS, st.lists(OPTIONS, min_size=1, max_size=3, unique=True)),
    st.dictionaries(NOMS, st.none() | NOMS),
    st.dictionaries(NOMS, st.dictionaries(OPTIONS, st.none() | OPTIONS)),
)
def test_no_answer_is_lost(reponses, questions, options):
    """Every option given before is after: in place under its new name, or put aside under its old one."""
    avant = copy.deepcopy(reponses)
    resultat = migrate(reponses, [make_migration(questions=questions, options=options)])
    gardees = resultat["evaluation"]["reponses"]
    cote = [(mise["question"], option) for mise in resultat["mises_de_cote"] for option in mise["reponse"]["options"]]
    for question, choisies in avant.items():
        for option in choisies:
            nouvelle = questions.get(question, question)
            en_place = options.get(question, {}).get(option, option) in gardees.get(nouvelle, {}).get("options", [])
            # An answer renamed before being put aside ("inconnue") is there under its new name.
            noms = itertools.product({question, nouvelle}, {option, options.get(question, {}).get(option, option)})
            assert en_place or any(paire in cote for paire in noms)
