"""Progress compares like with like; migrations lose nothing."""

import copy
import itertools

import pytest
from fabrique import DATE, ask, make_evaluation, make_question, make_questionnaire, make_reponse, make_theme, succeed
from hypothesis import given
from hypothesis import strategies as st

QUESTIONNAIRE = make_questionnaire(
    [make_theme("t", [make_question(nom, poids) for nom, poids in (("a", 3), ("b", 1), ("c", 2))])], version="2.0.0"
)


def compare(*suite, questionnaire=QUESTIONNAIRE, **champs):
    """suite: short answers of each evaluation, oldest first."""
    evaluations = [make_evaluation(reponses, **champs) for reponses in suite]
    return succeed("comparer", questionnaire=questionnaire, evaluations=evaluations)


def test_only_what_was_answered_twice_counts():
    resultat = compare({"a": "non", "b": "oui", "c": "?"}, {"a": "oui", "b": "partiel", "c": "oui"})
    assert (resultat["comparables"], resultat["total"], resultat["phrase"]) == (2, 3, "2\u00a0questions comparables sur 3.")
    serie = resultat["global"]
    assert serie["mesures"][0] == {"score": "25", "note": "1,3", "part": 0.25}
    assert (serie["mesures"][1]["score"], serie["ecart"]) == ("175/2", "125/2")
    assert (serie["ecart_affiche"], serie["sens"]) == ("+3,1\u00a0points", "progres")
    assert [(question["id"], question["valeurs"], question["sens"]) for question in resultat["questions"]] == [
        ("a", ["0", "1"], "progres"),
        ("b", ["1", "1/2"], "recul"),
    ]


def test_a_series_needs_every_answer_and_is_read_from_the_first_to_the_last():
    suite = [{"a": "non", "b": "oui"}, {"a": "oui", "b": "oui", "c": "oui"}, {"a": "partiel", "b": "oui", "c": "oui"}]
    resultat = compare(*suite)
    assert [question["id"] for question in resultat["questions"]] == ["a", "b"]
    assert resultat["questions"][0]["valeurs"] == ["0", "1", "1/2"]
    assert [mesure["score"] for mesure in resultat["global"]["mesures"]] == ["25", "100", "125/2"]
    assert (resultat["global"]["ecart"], resultat["global"]["sens"], resultat["total"]) == ("75/2", "progres", 3)
    assert resultat["dates"] == [DATE] * 3


def test_another_revision_is_not_comparable():
    ancienne = {"revision": 2, "etat": "repondu", "options": ["oui"]}
    resultat = compare({"a": ancienne, "b": "oui"}, {"a": "oui", "b": "non"})
    assert [question["id"] for question in resultat["questions"]] == ["b"]
    assert resultat["global"]["ecart_affiche"] == "\u22125,0\u00a0points"


def test_nothing_comparable():
    resultat = compare({"a": "oui"}, {"b": "oui"})
    assert (resultat["comparables"], resultat["global"], resultat["themes"][0]["serie"]) == (0, None, None)
    assert resultat["phrase"].startswith("Aucune question")


def test_the_global_gap_is_weighted_by_themes():
    themes = [make_theme("t", [make_question("a")], 3), make_theme("u", [make_question("b")])]
    resultat = compare({"a": "non", "b": "oui"}, {"a": "oui", "b": "non"}, questionnaire=make_questionnaire(themes))
    assert resultat["global"]["ecart"] == "50"
    assert [theme["serie"]["ecart"] for theme in resultat["themes"]] == ["100", "-100"]


def test_what_has_no_score_is_not_compared():
    questions = [make_question("a"), make_question("interet", notee=False)]
    resultat = compare(*[{"a": "oui", "interet": "oui"}] * 2, questionnaire=make_questionnaire([make_theme("t", questions)]))
    assert (resultat["comparables"], resultat["total"]) == (1, 1)


def test_the_short_version_compares_with_the_long_one():
    questionnaire = make_questionnaire(
        [make_theme("t", [make_question(nom) for nom in "abc"])], court={"duree_minutes": 1, "questions": ["a", "c"]}
    )
    toutes = dict.fromkeys("abc", "non")
    courte, longue = make_evaluation(toutes, parcours="court"), make_evaluation(toutes)
    for suite, total in (([courte, longue], 3), ([longue, courte], 2)):
        resultat = succeed("comparer", questionnaire=questionnaire, evaluations=suite)
        assert ([question["id"] for question in resultat["questions"]], resultat["total"]) == (["a", "c"], total)


COURTS = st.sampled_from(["oui", "partiel", "prevu", "non", "?", "-", None])
SUITES = st.lists(st.fixed_dictionaries(dict.fromkeys("abc", COURTS)), min_size=2, max_size=6)


@given(SUITES)
def test_the_same_again_is_stable(suite):
    resultat = compare(suite[0], *suite[1:], suite[0])
    series = [resultat["global"], *(theme["serie"] for theme in resultat["themes"])]
    assert {serie["sens"] for serie in series if serie} <= {"stable"}
    assert {question["sens"] for question in resultat["questions"]} <= {"stable"}


@given(SUITES, st.integers(1, 9), st.randoms(use_true_random=False))
def test_order_and_scale_of_the_questionnaire_do_not_matter(suite, facteur, hasard):
    autre = copy.deepcopy(QUESTIONNAIRE)
    for question in autre["themes"][0]["questions"]:
        question["poids"] = str(int(question["poids"]) * facteur)
    hasard.shuffle(autre["themes"][0]["questions"])
    un, deux = compare(*suite), compare(*suite, questionnaire=autre)
    for resultat in (un, deux):
        resultat["questions"].sort(key=lambda question: question["id"])
    assert un == deux


@given(SUITES, st.sampled_from("abc"), COURTS)
def test_what_is_not_answered_each_time_changes_nothing(suite, question, court):
    suite[0][question] = None
    un, deux = compare(*suite), compare(*suite[:-1], suite[-1] | {question: court})
    assert un["total"] >= deux["total"] - 1
    for cle in ("comparables", "global", "themes", "questions"):
        assert un[cle] == deux[cle]


@given(SUITES)
def test_a_series_reads_like_its_ends(suite):
    """The gap of a series is that of its two ends, on the questions of the whole series."""
    resultat = compare(*suite)
    communes = {question["id"] for question in resultat["questions"]}
    bouts = [{nom: reponses[nom] for nom in communes} for reponses in (suite[0], suite[-1])]
    deux = compare(*bouts)
    if communes:
        assert [deux["global"][cle] for cle in ("ecart", "sens")] == [resultat["global"][cle] for cle in ("ecart", "sens")]
        assert deux["global"]["mesures"] == [resultat["global"]["mesures"][0], resultat["global"]["mesures"][-1]]


def migrate(reponses, migrations, version="1.0.0", **champs):
    evaluation = make_evaluation(reponses, version=version) | champs
    return succeed("migrer", questionnaire=QUESTIONNAIRE, migrations=migrations, evaluation=evaluation)


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
    for version, nom, appliquees in (("1.0.0", "x", 3), ("1.2.0", "y", 2), ("1.9.0", "z", 2), ("1.9.0", "y", 2), ("2.0.0", "a", 0)):
        resultat = migrate({nom: "oui"}, etapes, version)
        assert (resultat["evaluation"]["reponses"], len(resultat["appliquees"])) == ({"a": make_reponse("oui")}, appliquees), version


def test_a_newer_file_comes_back_as_it_was():
    resultat = migrate({"futur": "oui"}, [make_migration(questions={"futur": None})], version="3.0.0")
    assert (resultat["a_jour"], resultat["evaluation"]["reponses"]) == (False, {"futur": make_reponse("oui")})
    assert resultat["evaluation"]["questionnaire"]["version"] == "3.0.0"


def test_a_migration_leaves_its_input_alone_when_scored_again():
    migree = migrate({"ancien": "oui", "b": "oui", "c": "oui"}, [make_migration(questions={"ancien": "a"})])["evaluation"]
    bilan = succeed("evaluer", questionnaire=QUESTIONNAIRE, evaluation=migree)
    assert (bilan["global"]["score"], bilan["ignorees"]) == ("100", [])


@pytest.mark.parametrize("champs", [{"de": "2.0.0"}, {"de": "un"}, {"questions": {"a": 3}}, {"options": {"a": {"x": []}}}])
def test_a_wrong_migration_is_an_error(champs):
    charge = {
        "questionnaire": QUESTIONNAIRE,
        "evaluation": make_evaluation({"a": "oui"}),
        "migrations": [make_migration() | champs],
    }
    assert ask("migrer", **charge)["erreur"]["chemin"].startswith("migrations[0]")


def test_the_migrations_of_the_questionnaire_are_the_default():
    questionnaire = QUESTIONNAIRE | {"migrations": [make_migration(questions={"ancien": "a"})]}
    evaluation = make_evaluation({"ancien": "oui"})
    for charge, attendu in (({}, {"a": make_reponse("oui")}), ({"migrations": None}, {"a": make_reponse("oui")}), ({"migrations": []}, {})):
        resultat = succeed("migrer", questionnaire=questionnaire, evaluation=evaluation, **charge)
        assert resultat["evaluation"]["reponses"] == attendu
    questionnaire["migrations"][0]["de"] = "3.0.0"
    assert ask("migrer", questionnaire=questionnaire, evaluation=evaluation)["erreur"]["chemin"] == "questionnaire.migrations[0].vers"


def test_notes_and_plan_follow_their_question():
    plan = {"statut": "a-faire", "echeance": None, "responsable": "", "note": ""}
    migration = make_migration(questions={"ancien": "a", "retiree": None, "vide": "b", "doublon": "c"})
    resultat = migrate(
        {"ancien": "oui", "retiree": "non", "c": "oui", "doublon": "non"},
        [migration],
        notes={"ancien": "Voir le devis.", "retiree": "Tant pis.", "vide": "À demander.", "doublon": "Deux fois."},
        plan={"ancien": plan, "fantome": plan},
    )
    evaluation = resultat["evaluation"]
    assert evaluation["reponses"] == {"a": make_reponse("oui"), "c": make_reponse("oui")}
    assert evaluation["notes"] == {"a": "Voir le devis.", "b": "À demander.", "c": "Deux fois."}
    assert evaluation["plan"] == {"a": plan}
    assert resultat["mises_de_cote"] == [
        {"question": "retiree", "reponse": make_reponse("non"), "note": "Tant pis.", "raison": "retiree"},
        {"question": "doublon", "reponse": make_reponse("non"), "raison": "collision"},
        {"question": "fantome", "plan": plan, "raison": "inconnue"},
    ]


def test_a_file_without_notes_gets_none():
    assert not {"notes", "plan"} & migrate({"a": "oui"}, [])["evaluation"].keys()


def test_an_answer_without_option_left_leaves_its_note_in_place():
    resultat = migrate({"a": "x"}, [make_migration(options={"a": {"x": None}})], notes={"a": "Pourquoi ?"})
    assert (resultat["evaluation"]["reponses"], resultat["evaluation"]["notes"]) == ({}, {"a": "Pourquoi ?"})
    assert [mise["raison"] for mise in resultat["mises_de_cote"]] == ["option-retiree"]


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
    assert succeed("evaluer", questionnaire=QUESTIONNAIRE, evaluation=resultat["evaluation"])["questionnaire"]["version"] == "2.0.0"
    cote = [(mise["question"], option) for mise in resultat["mises_de_cote"] for option in mise["reponse"]["options"]]
    for question, choisies in avant.items():
        for option in choisies:
            nouvelle = questions.get(question, question)
            en_place = options.get(question, {}).get(option, option) in gardees.get(nouvelle, {}).get("options", [])
            # An answer renamed before being put aside ("inconnue") is there under its new name.
            noms = itertools.product({question, nouvelle}, {option, options.get(question, {}).get(option, option)})
            assert en_place or any(paire in cote for paire in noms)


@given(st.dictionaries(NOMS, st.integers(1, 9), min_size=1), st.dictionaries(NOMS, st.none() | NOMS))
def test_no_note_is_lost(notes, questions):
    resultat = migrate({}, [make_migration(questions=questions)], notes=notes)
    gardees = list(resultat["evaluation"]["notes"].values())
    assert sorted(gardees + [mise["note"] for mise in resultat["mises_de_cote"]]) == sorted(notes.values())
