"""The one door: whatever comes in, JSON comes out, and never an "interne" error."""

import copy
import json
import random

import pytest
from fabrique import (
    DATE,
    make_aides,
    make_contact,
    make_dispositif,
    make_evaluation,
    make_question,
    make_questionnaire,
    make_ressource,
    make_theme,
)

from etabli_engine import bridge

ECHELLE = {"unite": "%", "min": "0", "max": "100", "points": [["0", "0"], ["100", "1"]]}
CONDITIONS = {
    "tous": [
        {"un": [{"secteur": ["industrie"]}, {"territoire_industrie": True}]},
        {"aucun": [{"taille": ["grande"]}, {"effectif": {"min": 900}}]},
        {"bilan_ges_age_max_mois": 12},
        {"date_demarrage": "apres-demande"},
        {"quantite": {"quoi": "age", "max": "30"}},
        {"zone": ["REG-93", "TI-provence"]},
    ]
}
QUESTIONNAIRE = make_questionnaire(
    [
        make_theme("t", [make_question("a", requis_pour="engage"), make_question("b", type="nombre", options=[], echelle=ECHELLE)]),
        make_theme(
            "u",
            [
                make_question("c", si={"tous": [{"effectif": {"min": 1}}, {"reponse": {"question": "a", "options": ["oui"]}}]}),
                make_question("d", notee=False, publics=["entreprise"]),
                make_question("e", type="multiple"),
            ],
            aides=["t"],
        ),
    ],
    publics=[{"id": "entreprise", "libelle": "Entreprise"}],
    court={"duree_minutes": 1, "questions": ["a", "e"]},
    migrations=[{"de": "0.9.0", "vers": "1.0.0", "questions": {"z": None, "y": "e"}, "options": {"y": {"o": "oui", "n": None}}}],
)
AIDES = make_aides(
    [make_ressource("r", [("a", "1/2")], dispositifs=["d"], zones=["REG-93"]), make_ressource("s")],
    [
        make_dispositif("d", zones={"inclus": ["REG-93"], "exclus": ["DEP-05"]}, conditions=CONDITIONS, porteurs=["o"], contacts=["k"]),
        make_dispositif(
            "v", [("b", "1")], ouverture="2026-12-01", cloture="2027-12-01", publics=["entreprise"], conditions_texte=["À voir."]
        ),
    ],
    [make_contact("k", "o", ["REG-93"]), make_contact("l", "o")],
    {"entreprise": "Entreprise", "REG-93": "Provence-Alpes-Côte d'Azur"},
)
EVALUATION = make_evaluation(
    {"a": "non", "b": {"revision": 1, "etat": "repondu", "nombre": "12"}, "c": "?", "d": "oui", "e": ["oui", "non"]},
    {
        "public": "entreprise",
        "effectif": {"min": 1},
        "secteur": "services",
        "zones": ["REG-93", "PAYS-99100"],
        "territoire_industrie": "TI-provence",
        "bilan_ges": "2026-01-01",
        "projet_demarre": False,
        "quantites": {"age": {"min": "10"}},
    },
    parcours="complet",
    nom="Essai",
    notes={"a": "À revoir."},
    plan={"a": {"statut": "a-faire", "echeance": "2027-01-01", "responsable": "", "note": ""}},
    mises_de_cote=[{"question": "x", "reponse": {"revision": 1, "etat": "ne_sait_pas"}, "raison": "inconnue"}],
)
CHARGES = {
    "evaluer": {"questionnaire": QUESTIONNAIRE, "evaluation": EVALUATION, "date": DATE},
    "recommander": {"questionnaire": QUESTIONNAIRE, "aides": AIDES, "evaluation": EVALUATION, "date": DATE, "questions": ["a", "b"]},
    "eligibilite": {"dispositif": AIDES["dispositifs"][0], "profil": EVALUATION["profil"], "date": DATE, "libelles": AIDES["libelles"]},
    "comparer": {"questionnaire": QUESTIONNAIRE, "evaluations": [EVALUATION, copy.deepcopy(EVALUATION)], "date": DATE},
    "migrer": {
        "questionnaire": QUESTIONNAIRE,
        "migrations": [{"de": "0.9.0", "vers": "1.0.0", "questions": {"z": None}}],
        "evaluation": EVALUATION | {"questionnaire": {"id": "essai", "version": "0.9.0"}},
    },
}


def get_erreur(methode, charge):
    return json.loads(bridge.call(methode, charge if isinstance(charge, str) else json.dumps(charge))).get("erreur")


@pytest.mark.parametrize("methode", CHARGES)
def test_the_unspoilt_payloads_are_answered(methode):
    assert get_erreur(methode, CHARGES[methode]) is None


@pytest.mark.parametrize(
    ("charge", "code"),
    [
        ("", "charge-illisible"),
        ("{", "charge-illisible"),
        ('{"date": NaN}', "charge-illisible"),
        ('{"date": ' + "9" * 5000 + "}", "charge-illisible"),
        ("[]", "type-invalide"),
        ('"texte"', "type-invalide"),
        ("null", "type-invalide"),
        ("\ud800", "charge-illisible"),
        ('{"a": ' + "[" * 39 + "]" * 39 + "}", "champ-manquant"),
        ('{"a": ' + "[" * 40 + "]" * 40 + "}", "charge-trop-profonde"),
        ("[" * 100_000, "charge-trop-profonde"),
        ('{"a": "' + "[{" * 100 + '\\\\\\"[' + '"}', "champ-manquant"),
        ('{"a": "' + "x" * 1_999_990 + '"}', "champ-manquant"),
        ('{"a": "' + "x" * 2_000_000 + '"}', "charge-trop-grande"),
        ('{"a": "' + "é" * 1_000_000 + '"}', "charge-trop-grande"),
    ],
)
def test_unreadable_payloads(charge, code):
    assert get_erreur("evaluer", charge)["code"] == code


@pytest.mark.parametrize("charge", [None, b"{}", 3, {}])
def test_only_text_is_read(charge):
    assert json.loads(bridge.call("evaluer", charge))["erreur"]["code"] == "charge-illisible"


@pytest.mark.parametrize("methode", ["", "supprimer", None, 3, ["evaluer"], {}])
def test_unknown_methods(methode):
    assert json.loads(bridge.call(methode, "{}"))["erreur"]["code"] == "methode-inconnue"


def put(charge, chemin, valeur):
    """A copy of `charge` with another value at `chemin`, a list of keys and ranks."""
    copie = copy.deepcopy(charge)
    lieu = copie
    for cle in chemin[:-1]:
        lieu = lieu[cle]
    lieu[chemin[-1]] = valeur
    return copie


@pytest.mark.parametrize(
    ("chemin", "valeur", "attendu"),
    [
        (["evaluation", "reponses", "a", "options", 0], 3, "evaluation.reponses.a.options[0]"),
        (["evaluation", "reponses", "a", "revision"], True, "evaluation.reponses.a.revision"),
        (["evaluation", "reponses", "a", "etat"], "peut-etre", "evaluation.reponses.a.etat"),
        (["evaluation", "reponses", "b", "nombre"], 12, "evaluation.reponses.b.nombre"),
        (["evaluation", "reponses"], [], "evaluation.reponses"),
        (["evaluation", "profil", "effectif"], -1, "evaluation.profil.effectif"),
        (["evaluation", "profil", "effectif"], {"min": 9, "max": 2}, "evaluation.profil.effectif"),
        (["evaluation", "profil", "bilan_ges"], "2025-02-30", "evaluation.profil.bilan_ges"),
        (["evaluation", "questionnaire", "id"], "autre", "evaluation.questionnaire.id"),
        (["evaluation", "format"], 2, "evaluation.format"),
        (["date"], "20261121", "date"),
        (["date"], None, "date"),
        (["questionnaire", "niveaux", 1, "seuil"], "0", "questionnaire.niveaux"),
        (["questionnaire", "niveaux", 0, "seuil"], "1", "questionnaire.niveaux"),
        (["questionnaire", "themes", 0, "poids"], "0", "questionnaire.themes[0].poids"),
        (["questionnaire", "themes", 0, "poids"], 0.5, "questionnaire.themes[0].poids"),
        (["questionnaire", "themes", 1, "questions", 0, "id"], "a", "questionnaire.themes[1].questions[0].id"),
        (
            ["questionnaire", "themes", 0, "questions", 0, "requis_pour"],
            "depart",
            "questionnaire.themes[0].questions[0].requis_pour",
        ),
        (
            ["questionnaire", "themes", 0, "questions", 0, "options", 0, "valeur"],
            "2",
            "questionnaire.themes[0].questions[0].options[0].valeur",
        ),
        (
            ["questionnaire", "themes", 0, "questions", 1, "echelle", "points"],
            [["0", "0"]],
            "questionnaire.themes[0].questions[1].echelle.points",
        ),
        (["evaluation", "parcours"], "long", "evaluation.parcours"),
        (["evaluation", "profil", "territoire_industrie"], "provence", "evaluation.profil.territoire_industrie"),
        (["questionnaire", "themes", 0, "questions", 1, "notee"], False, "questionnaire.themes[0].questions[1].notee"),
        (["questionnaire", "court", "questions"], "a", "questionnaire.court.questions"),
    ],
)
def test_errors_say_where(chemin, valeur, attendu):
    erreur = get_erreur("evaluer", put(CHARGES["evaluer"], chemin, valeur))
    assert erreur["chemin"] == attendu
    assert erreur["message"].endswith(".")


@pytest.mark.parametrize(
    ("methode", "chemin", "valeur", "attendu"),
    [
        ("recommander", ["aides"], None, "aides"),
        ("recommander", ["aides", "format"], 2, "aides.format"),
        ("recommander", ["aides", "ressources", 0, "repond_a", 0, "max"], "2", "aides.ressources[0].repond_a[0].max"),
        ("recommander", ["aides", "dispositifs", 0, "conditions"], {"age": 3}, "aides.dispositifs[0].conditions"),
        (
            "recommander",
            ["aides", "dispositifs", 0, "conditions"],
            {"reponse": {"question": "a", "options": []}},
            "aides.dispositifs[0].conditions.reponse.question",
        ),
        ("recommander", ["aides", "contacts", 0, "organisme"], None, "aides.contacts[0].organisme"),
        ("recommander", ["questions"], "a", "questions"),
        ("comparer", ["evaluations"], [EVALUATION], "evaluations"),
        ("comparer", ["evaluations"], [EVALUATION] * 25, "evaluations"),
        ("comparer", ["evaluations", 1, "date"], None, "evaluations[1].date"),
        ("comparer", ["evaluations", 1, "questionnaire", "id"], "autre", "evaluations[1].questionnaire.id"),
        ("migrer", ["evaluation", "notes"], [], "evaluation.notes"),
        ("migrer", ["evaluation", "mises_de_cote"], [3], "evaluation.mises_de_cote[0]"),
    ],
)
def test_errors_of_the_other_methods_say_where(methode, chemin, valeur, attendu):
    assert get_erreur(methode, put(CHARGES[methode], chemin, valeur))["chemin"] == attendu


def list_places(noeud, chemin=()):
    """Every place of a JSON value, from the root down."""
    enfants = noeud.items() if isinstance(noeud, dict) else enumerate(noeud) if isinstance(noeud, list) else ()
    for cle, valeur in enfants:
        yield [*chemin, cle]
        yield from list_places(valeur, (*chemin, cle))


HOSTILES = [
    None,
    True,
    0,
    -1,
    10**30,
    0.5,
    "",
    "x",
    "\ud800",
    "9" * 40,
    "1/0",
    [],
    [None],
    {},
    {"": {}},
    {"tous": []},
    [["0", "1"]],
    "2026-13-01",
    "__proto__",
]


@pytest.mark.parametrize("methode", CHARGES)
def test_one_spoilt_place_never_breaks_the_engine(methode):
    """Each place of each payload in turn takes hostile values: an answer or a readable error, never "interne"."""
    hasard = random.Random(f"etabli {methode}")
    places = list(list_places(CHARGES[methode]))
    for chemin in hasard.sample(places, min(len(places), 130)):
        for valeur in hasard.sample(HOSTILES, 3):
            erreur = get_erreur(methode, put(CHARGES[methode], chemin, valeur))
            assert erreur is None or (erreur["code"] != "interne" and set(erreur) == {"code", "chemin", "message"}), (
                chemin,
                valeur,
                erreur,
            )


def test_cut_text_never_breaks_the_engine():
    hasard = random.Random("etabli")
    texte = json.dumps(CHARGES["evaluer"])
    for _ in range(200):
        debut, fin = sorted(hasard.sample(range(len(texte)), 2))
        erreur = get_erreur("evaluer", texte[:debut] + hasard.choice(["", "[", '"', "\\", "é"]) + texte[fin:])
        assert erreur is None or erreur["code"] != "interne"


@pytest.mark.parametrize("nombre", ["1e999", "-1e400"])
def test_a_number_that_json_cannot_write_again_is_refused(nombre):
    """Python reads 1e999 as an infinity, and writes "Infinity", which is no JSON: what `migrer` gives back must stay readable."""
    assert get_erreur("migrer", json.dumps(CHARGES["migrer"])[:-1] + f', "x": {nombre}}}')["code"] == "charge-illisible"


def test_the_two_things_remembered_do_not_mix():
    premiere = bridge.call("recommander", json.dumps(CHARGES["recommander"]))
    autres = put(CHARGES["recommander"], ["aides", "ressources"], [])
    assert bridge.call("recommander", json.dumps(autres)) != premiere
    assert bridge.call("evaluer", json.dumps(CHARGES["evaluer"]))
    assert bridge.call("recommander", json.dumps(CHARGES["recommander"])) == premiere


def test_an_unexpected_failure_is_said_too(monkeypatch):
    monkeypatch.setitem(bridge.METHODES, "evaluer", lambda charge: 1 // 0)
    assert get_erreur("evaluer", {})["code"] == "interne"


def test_lone_surrogates_come_back_as_escapes():
    evaluation = put(EVALUATION, ["reponses"], {"\ud800": {"revision": 1, "etat": "ne_sait_pas"}})
    sortie = bridge.call("evaluer", json.dumps(CHARGES["evaluer"] | {"evaluation": evaluation}))
    sortie.encode()
    assert json.loads(sortie)["ignorees"] == [{"question": "\ud800", "raison": "inconnue"}]


def test_brackets_and_escapes_inside_strings_are_not_depth():
    """Cut at its quotes, the text must not take a quote or a bracket that stands in a string for structure."""
    texte = json.dumps({"a": "[" * 100 + '"\\' + "{" * 100, "b": "\\"})
    assert get_erreur("evaluer", texte)["code"] != "charge-trop-profonde"
    assert get_erreur("evaluer", r'{"a": "\\", "b": ' + "[" * 100 + "]" * 100 + "}")["code"] == "charge-trop-profonde"


def test_the_remembered_questionnaire_is_never_taken_for_another():
    """Equal in Python is not the same: True equals 1, and must still be refused where a number is expected."""
    premiere = bridge.call("evaluer", json.dumps(CHARGES["evaluer"]))
    autre = copy.deepcopy(CHARGES["evaluer"])
    question = autre["questionnaire"]["themes"][0]["questions"][0]
    question["revision"] = True
    assert get_erreur("evaluer", autre)
    assert bridge.call("evaluer", json.dumps(CHARGES["evaluer"])) == premiere
    question |= {"revision": 1, "poids": "17"}
    assert bridge.call("evaluer", json.dumps(autre)) != premiere
