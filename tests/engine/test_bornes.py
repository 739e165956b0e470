"""Nothing is unbounded: a hostile payload of 2 MB is answered in seconds, and an answer is not a thousand times its question."""

import json
import sys
import time

import pytest
from fabrique import DATE, NIVEAUX, ask, make_aides, make_dispositif, make_evaluation, make_questionnaire, make_theme, recommend

from etabli_engine import bridge

SECONDES = 15
#: Inside Pyodide the same code is several times slower, and a payload of 2 MB takes as long to make.
RAPIDE = sys.platform != "emscripten"


def make_short(rang, **champs):
    """The shortest question there is."""
    return {"id": f"q{rang}", "type": "unique", "texte": "", "options": [{"id": "o", "texte": "", "valeur": "0"}]} | champs


def make_long(nombre, **champs):
    return make_questionnaire([make_theme("t", [make_short(rang) for rang in range(nombre)])], **champs)


def answer_all(nombre):
    return make_evaluation({f"q{rang}": "o" for rang in range(nombre)})


def find_primes(nombre, depart):
    """Numbers that have nothing in common: sums of their inverses have the longest denominators there are."""
    premiers = []
    while len(premiers) < nombre:
        if all(pow(base, depart - 1, depart) == 1 for base in (2, 3, 5, 7, 11)):
            premiers.append(depart)
        depart += 2
    return premiers


@pytest.mark.parametrize(
    ("questionnaire", "chemin"),
    [
        (make_long(1001), "questionnaire.themes[0].questions[1000]"),
        (make_questionnaire([make_theme(f"t{rang}", []) for rang in range(101)]), "questionnaire.themes"),
        (make_long(1, niveaux=[NIVEAUX[0]] * 21), "questionnaire.niveaux"),
        (
            make_questionnaire([make_theme("t", [make_short(0, options=[{"id": "o", "texte": "", "valeur": "0"}] * 201)])]),
            "questionnaire.themes[0].questions[0].options",
        ),
        (make_long(1, court={"questions": ["q"] * 10_001}), "questionnaire.court.questions"),
        (make_long(1, migrations=[{}] * 10_001), "questionnaire.migrations"),
    ],
)
def test_lists_have_an_end(questionnaire, chemin):
    erreur = ask("migrer", questionnaire=questionnaire, evaluation=make_evaluation({}))["erreur"]
    assert (erreur["code"], erreur["chemin"]) == ("liste-trop-longue", chemin)


@pytest.mark.parametrize("cle", ["zones", "secteur"])
def test_the_profile_too(cle):
    profil = {"zones": ["REG-93"] * 10_001} if cle == "zones" else {"secteur": "x" * 5_001}
    erreur = ask("evaluer", questionnaire=make_long(1), evaluation=make_evaluation({}, profil))["erreur"]
    assert erreur["code"] in ("liste-trop-longue", "texte-trop-long")
    assert erreur["chemin"] == f"evaluation.profil.{cle}"


@pytest.mark.parametrize(("effectif", "refuse"), [(10**9, False), (10**9 + 1, True), ({"max": 10**30}, True)])
def test_numbers_too(effectif, refuse):
    assert ("erreur" in ask("evaluer", questionnaire=make_long(1), evaluation=make_evaluation({}, {"effectif": effectif}))) is refuse


def test_a_condition_has_at_most_three_hundred_nodes():
    for nombre, code in ((299, None), (300, "liste-trop-longue")):
        dispositif = make_dispositif("d", conditions={"un": [{"secteur": ["a"]}] * nombre})
        assert ask("eligibilite", dispositif=dispositif, profil={}).get("erreur", {}).get("code") == code


def test_labels_are_short():
    """Each may be written a thousand times."""
    libelles = {"a": "x" * 501}
    assert ask("eligibilite", dispositif=make_dispositif("d"), profil={}, libelles=libelles)["erreur"]["chemin"] == "libelles.a"
    aides = make_aides((), (), (), libelles)
    charge = {"questionnaire": make_long(1), "evaluation": make_evaluation({})}
    assert ask("recommander", aides=aides, **charge)["erreur"]["chemin"] == "aides.libelles.a"


def test_one_asks_for_a_hundred_leviers_at_most():
    charge = {"questionnaire": make_long(1), "aides": make_aides(), "evaluation": make_evaluation({})}
    assert ask("recommander", questions=["q0"] * 101, **charge)["erreur"]["chemin"] == "questions"


def test_numbers_too_long_to_add_up_are_refused():
    """Otherwise Fractions of thousands of digits, which take minutes, and which Python then refuses to write."""
    for nombre, code in ((40, None), (100, "nombres-trop-longs")):
        questions = [make_short(rang, poids=f"1/{premier}") for rang, premier in enumerate(find_primes(nombre, 10**11 + 3))]
        questionnaire = make_questionnaire([make_theme("t", questions)])
        assert ask("evaluer", questionnaire=questionnaire, evaluation=answer_all(nombre)).get("erreur", {}).get("code") == code


def test_the_longest_numbers_that_are_accepted_can_be_written():
    """A hundred themes whose weights have nothing in common: every number of the bilan is still a text."""
    premiers = find_primes(500, 10**11 + 3)
    themes = [
        make_theme(f"t{rang}", [make_short(f"{rang}-{place}", poids=f"1/{premiers[rang * 5 + place]}") for place in range(5)])
        for rang in range(100)
    ]
    reponses = {question["id"]: "o" for theme in themes for question in theme["questions"]}
    resultat = ask("evaluer", questionnaire=make_questionnaire(themes), evaluation=make_evaluation(reponses))
    assert resultat.get("erreur", {}).get("code") in (None, "nombres-trop-longs")


def make_hostiles():
    """(name, method, payload): all near 2 MB, or at one of the bounds."""
    mille, toutes = make_long(1000), answer_all(1000)
    inconnues = make_evaluation({f"x{rang}": "o" for rang in range(28_000)})
    ancienne = inconnues | {"questionnaire": {"id": "essai", "version": "0.0.0"}}
    cent = [f"q{rang}" for rang in range(100)]
    dispositifs = [{"id": f"d{rang}", "porteurs": ["o"], "conditions_texte": ["x" * 300]} for rang in range(3_000)]
    pour_tous = {"id": "r", "repond_a": [{"question": question, "max": "1"} for question in cent], "dispositifs": []}
    pour_tous["dispositifs"] = [f"d{rang}" for rang in range(3_000)]
    contacts = [{"id": f"k{rang}", "organisme": "o", "territoires": ["PAYS-99100"]} for rang in range(7_000)]
    zones = [f"COM-{rang}" for rang in range(10_000)]
    choix = [{"id": f"o{rang}", "texte": "", "valeur": "0"} for rang in range(200)]
    regarde = {"un": [{"reponse": {"question": "a", "options": ["z"]}}] * 30}
    conditionnees = [make_short("a", id="a", type="multiple", options=choix), *(make_short(rang, si=regarde) for rang in range(900))]
    etapes = [
        {"de": f"0.0.{rang}", "vers": f"0.0.{rang + 1}", "questions": {f"x{place}": f"x{place + 1}" for place in range(6)}}
        for rang in range(3_000)
    ]
    yield "twenty thousand questions", "evaluer", {"questionnaire": make_long(20_000), "evaluation": toutes}
    yield "a thousand questions", "evaluer", {"questionnaire": mille, "evaluation": toutes}
    yield "answers to nothing", "evaluer", {"questionnaire": make_long(1), "evaluation": inconnues}
    yield (
        "conditions by options",
        "evaluer",
        {
            "questionnaire": make_questionnaire([make_theme("t", conditionnees)]),
            "evaluation": make_evaluation({"a": [option["id"] for option in choix]}),
        },
    )
    yield "evaluations by questions", "comparer", {"questionnaire": mille, "evaluations": [toutes] * 24}
    yield "evaluations without end", "comparer", {"questionnaire": make_long(1), "evaluations": [make_evaluation({})] * 9_000}
    yield "migrations by answers", "migrer", {"questionnaire": make_long(1), "evaluation": ancienne, "migrations": etapes}
    yield (
        "leviers by dispositifs by contacts",
        "recommander",
        {
            "questionnaire": make_long(100),
            "aides": make_aides([pour_tous], dispositifs, contacts[:500]),
            "evaluation": answer_all(100),
            "questions": cent,
        },
    )
    yield (
        "leviers by contacts",
        "recommander",
        {
            "questionnaire": make_long(100),
            "aides": make_aides([pour_tous], dispositifs[:500], contacts),
            "evaluation": answer_all(100),
            "questions": cent,
        },
    )
    yield (
        "zones by zones",
        "recommander",
        {
            "questionnaire": make_long(1),
            "aides": make_aides([{"id": f"r{rang}", "themes": ["t"], "zones": [f"DEP-{rang}"] * 9} for rang in range(9_000)]),
            "evaluation": make_evaluation({"q0": "o"}, {"zones": zones}),
        },
    )
    yield (
        "a long list of zones",
        "eligibilite",
        {
            "dispositif": make_dispositif("d", zones={"inclus": zones, "exclus": zones}),
            "profil": {"zones": [f"REG-{rang}" for rang in range(10_000)]},
        },
    )


@pytest.mark.parametrize(("methode", "charge"), [pytest.param(*cas[1:], id=cas[0]) for cas in make_hostiles()] if RAPIDE else [])
def test_a_hostile_payload_is_answered_in_seconds(methode, charge):
    texte = json.dumps({"date": DATE} | charge, separators=(",", ":"))
    assert len(texte) < bridge.OCTETS_MAXIMUM
    debut = time.process_time()
    sortie = bridge.call(methode, texte)
    assert time.process_time() - debut < SECONDES
    assert len(sortie) < 4 * bridge.OCTETS_MAXIMUM
    assert json.loads(sortie).get("erreur", {}).get("code") in (None, "liste-trop-longue")


@pytest.mark.skipif(not RAPIDE, reason="measured in CPython")
def test_sixty_questions_are_answered_in_a_moment():
    """Ten milliseconds of processor, the questionnaire being known; three times that here, for a busy machine."""
    questionnaire = make_questionnaire(
        [make_theme(f"t{rang}", [make_short(f"{rang}-{place}") for place in range(10)]) for rang in range(6)]
    )
    reponses = {question["id"]: "o" for theme in questionnaire["themes"] for question in theme["questions"]}
    texte = json.dumps({"date": DATE, "questionnaire": questionnaire, "evaluation": make_evaluation(reponses)})
    bridge.call("evaluer", texte)
    debut = time.process_time()
    for _ in range(20):
        bridge.call("evaluer", texte)
    assert (time.process_time() - debut) / 20 < 0.03


def test_the_help_of_a_hundred_leviers_is_given():
    resultat = recommend(
        make_long(100), make_aides(), {f"q{rang}": "o" for rang in range(100)}, questions=[f"q{rang}" for rang in range(100)]
    )
    assert len(resultat["leviers"]) == 100
