"""Eligibility and conditions: oui, non, inconnu, and never yes out of a missing fact."""

import pytest
from fabrique import ask, evaluate, make_question, make_questionnaire, make_theme

PACA = ["COM-13055", "EPCI-200054807", "DEP-13", "REG-93", "PAYS-99100"]


def check(profil=None, date="2026-11-21", libelles=None, **champs):
    resultat = ask("eligibilite", dispositif={"id": "aide"} | champs, profil=profil or {}, date=date, libelles=libelles or {})
    if "erreur" in resultat:
        raise AssertionError(resultat["erreur"])
    return resultat


@pytest.mark.parametrize(
    ("condition", "profil", "statut"),
    [
        ({"effectif": {"min": 10, "max": 249}}, {"effectif": 10}, "eligible"),
        ({"effectif": {"min": 10, "max": 249}}, {"effectif": 249}, "eligible"),
        ({"effectif": {"min": 10, "max": 249}}, {"effectif": 9}, "non_eligible"),
        ({"effectif": {"min": 10, "max": 249}}, {"effectif": 250}, "non_eligible"),
        ({"effectif": {"min": 10}}, {"effectif": {"min": 10, "max": 49}}, "eligible"),
        ({"effectif": {"max": 249}}, {"effectif": {"min": 250}}, "non_eligible"),
        ({"effectif": {"max": 249}}, {"effectif": {"min": 200}}, "inconnu"),
        ({"effectif": {"min": 10}}, {"effectif": {"min": 5, "max": 15}}, "inconnu"),
        ({"effectif": {"min": 10}}, {}, "inconnu"),
        ({"taille": ["petite"]}, {"effectif": 49}, "eligible"),
        ({"taille": ["petite"]}, {"effectif": 50}, "non_eligible"),
        ({"taille": ["petite", "moyenne"]}, {"effectif": {"min": 30, "max": 100}}, "eligible"),
        ({"taille": ["petite"]}, {"effectif": {"min": 30, "max": 100}}, "inconnu"),
        ({"taille": ["grande"]}, {"effectif": 250}, "eligible"),
        ({"taille": ["petite", "moyenne", "grande"]}, {}, "inconnu"),
        ({"public": ["entreprise"]}, {"public": "entreprise"}, "eligible"),
        ({"public": ["entreprise"]}, {"public": "association"}, "non_eligible"),
        ({"public": ["entreprise"]}, {}, "inconnu"),
        ({"secteur": ["industrie"]}, {"secteur": "industrie"}, "eligible"),
        ({"secteur": ["industrie"]}, {}, "inconnu"),
        ({"zone": ["REG-93"]}, {"zones": PACA}, "eligible"),
        ({"zone": ["REG-84", "DEP-13"]}, {"zones": PACA}, "eligible"),
        ({"zone": ["REG-84"]}, {"zones": PACA}, "non_eligible"),
        ({"zone": ["DEP-13"]}, {"zones": ["REG-93"]}, "inconnu"),
        ({"zone": ["REG-93"]}, {}, "inconnu"),
        ({"zone": ["PAYS-99100"]}, {}, "eligible"),
        ({"territoire_industrie": True}, {"zones": [*PACA, "TI-provence"]}, "eligible"),
        ({"territoire_industrie": True}, {"zones": PACA}, "non_eligible"),
        ({"territoire_industrie": True}, {"zones": ["COM-13055"]}, "non_eligible"),
        ({"territoire_industrie": True}, {"zones": ["EPCI-200054807"]}, "non_eligible"),
        ({"territoire_industrie": True}, {"zones": ["DEP-13", "REG-93"]}, "inconnu"),
        ({"territoire_industrie": False}, {"zones": PACA}, "eligible"),
        ({"territoire_industrie": False}, {}, "inconnu"),
        ({"bilan_ges_age_max_mois": 24}, {"bilan_ges": "2024-11-22"}, "eligible"),
        ({"bilan_ges_age_max_mois": 24}, {"bilan_ges": "2024-11-21"}, "non_eligible"),
        ({"bilan_ges_age_max_mois": 24}, {"bilan_ges": "2027-01-01"}, "non_eligible"),
        ({"bilan_ges_age_max_mois": 24}, {"bilan_ges": "aucun"}, "non_eligible"),
        ({"bilan_ges_age_max_mois": 24}, {}, "inconnu"),
        ({"date_demarrage": "apres-demande"}, {"projet_demarre": False}, "eligible"),
        ({"date_demarrage": "apres-demande"}, {"projet_demarre": True}, "non_eligible"),
        ({"date_demarrage": "apres-demande"}, {}, "inconnu"),
        ({"quantite": {"quoi": "age", "max": "30"}}, {"quantites": {"age": "30"}}, "eligible"),
        ({"quantite": {"quoi": "age", "max": "30"}}, {"quantites": {"age": "30.5"}}, "non_eligible"),
        ({"quantite": {"quoi": "age", "max": "30"}}, {"quantites": {"age": {"min": 25, "max": 35}}}, "inconnu"),
        ({"quantite": {"quoi": "age", "max": "30"}}, {"quantites": {"distance-km": "80"}}, "inconnu"),
        ({"quantite": {"quoi": "distance-km", "min": "70"}}, {"quantites": {"distance-km": {"min": "70"}}}, "eligible"),
        ({"quantite": {"quoi": "distance-km", "min": "70"}}, {"quantites": {"distance-km": None}}, "inconnu"),
    ],
)
def test_each_kind(condition, profil, statut):
    assert check(profil, conditions=condition)["statut"] == statut


OUI, NON, RIEN = {"public": ["entreprise"]}, {"public": ["association"]}, {"secteur": ["industrie"]}


@pytest.mark.parametrize(
    ("condition", "statut"),
    [
        ({"tous": [OUI, RIEN]}, "inconnu"),
        ({"tous": [NON, RIEN]}, "non_eligible"),
        ({"un": [OUI, RIEN]}, "eligible"),
        ({"un": [NON, RIEN]}, "inconnu"),
        ({"un": [NON, NON]}, "non_eligible"),
        ({"aucun": [NON]}, "eligible"),
        ({"aucun": [NON, RIEN]}, "inconnu"),
        ({"aucun": [OUI, RIEN]}, "non_eligible"),
        ({"un": [{"tous": [OUI, NON]}, {"aucun": [RIEN]}]}, "inconnu"),
        ({"un": [{"tous": [OUI, RIEN]}, NON]}, "inconnu"),
        ({"un": [{"tous": [OUI, OUI]}, NON]}, "eligible"),
        ({"aucun": [{"tous": [OUI, RIEN]}]}, "inconnu"),
    ],
)
def test_kleene(condition, statut):
    assert check({"public": "entreprise"}, conditions=condition)["statut"] == statut


def test_nothing_known_is_never_eligible():
    for condition in (OUI, RIEN, {"aucun": [RIEN]}, {"un": [OUI, NON]}, {"tous": [OUI, {"effectif": {"max": 9}}]}):
        resultat = check(conditions=condition)
        assert resultat["statut"] == "inconnu"
        assert resultat["manquants"]


@pytest.mark.parametrize(
    ("date", "statut"),
    [("2026-01-14", "a_venir"), ("2026-01-15", "eligible"), ("2026-12-31", "eligible"), ("2027-01-01", "clos")],
)
def test_dates_are_inclusive(date, statut):
    assert check(date=date, ouverture="2026-01-15", cloture="2026-12-31")["statut"] == statut


def test_order_of_statuses():
    ailleurs = {"conditions": NON, "conditions_texte": ["Avoir un projet."], "ouverture": "2027-01-01"}
    assert check({"public": "entreprise"}, **ailleurs)["statut"] == "non_eligible"
    assert check({"public": "entreprise"}, **ailleurs | {"cloture": "2026-01-01", "ouverture": None})["statut"] == "clos"
    assert check({"public": "association"}, **ailleurs)["statut"] == "a_venir"
    assert check({"public": "association"}, **ailleurs | {"ouverture": None})["statut"] == "a_verifier"
    assert check({}, **ailleurs | {"ouverture": None})["statut"] == "inconnu"


def test_public_and_zones_of_the_dispositif_are_criteria():
    zones = {"inclus": ["REG-93"], "exclus": ["DEP-13"]}
    assert check({"public": "entreprise", "zones": PACA}, zones=zones)["statut"] == "non_eligible"
    assert check({"public": "entreprise", "zones": ["DEP-84", "REG-93"]}, zones=zones, publics=["entreprise"])["statut"] == "eligible"
    resultat = check({"zones": ["REG-93"]}, zones=zones, publics=["entreprise"])
    assert (resultat["statut"], resultat["manquants"]) == ("inconnu", ["public", "zones"])


def test_missing_facts_are_listed_once_and_only_while_they_matter():
    condition = {"tous": [{"effectif": {"max": 249}}, {"taille": ["petite"]}, RIEN, {"un": [OUI, {"bilan_ges_age_max_mois": 12}]}]}
    assert check({"public": "entreprise"}, conditions=condition)["manquants"] == ["effectif", "secteur"]
    assert check({"secteur": "services"}, conditions=condition)["manquants"] == []


SENTENCES = {
    "Votre effectif correspond : de 10 à 249 personnes.": ({"effectif": {"min": 10, "max": 249}}, {"effectif": 12}),
    "Votre effectif ne correspond pas. Attendu : 9 personnes au plus.": ({"effectif": {"max": 9}}, {"effectif": 12}),
    "Votre effectif reste à préciser. Attendu : au moins 10 personnes.": ({"effectif": {"min": 10}}, {}),
    "La taille de votre structure reste à préciser. Attendu : petite structure (moins de 50 personnes) ou grande structure "
    "(250 personnes et plus).": (
        {"taille": ["petite", "grande"]},
        {},
    ),
    "Votre type de structure ne correspond pas. Attendu : Entreprise ou association.": (
        {"public": ["entreprise", "association"]},
        {"public": "x"},
    ),
    "Votre secteur d’activité correspond : Industrie.": ({"secteur": ["industrie"]}, {"secteur": "industrie"}),
    "Votre territoire ne correspond pas. Attendu : Corse.": ({"zone": ["REG-94"]}, {"zones": PACA}),
    "Votre territoire reste à préciser. Attendu : dans un Territoire d’industrie.": ({"territoire_industrie": True}, {}),
    "L’ancienneté de votre bilan de gaz à effet de serre reste à préciser. Attendu : moins de 24 mois.": (
        {"bilan_ges_age_max_mois": 24},
        {},
    ),
    "Le démarrage de votre projet ne correspond pas. Attendu : après la demande d’aide.": (
        {"date_demarrage": "apres-demande"},
        {"projet_demarre": True},
    ),
    "Il faudrait remplir l’une de ces conditions : votre secteur d’activité (Industrie) ; "
    "(votre effectif (9 personnes au plus) et votre territoire (Corse)).": (
        {"un": [RIEN, {"tous": [{"effectif": {"max": 9}}, {"zone": ["REG-94"]}]}]},
        {"secteur": "services", "effectif": 10},
    ),
    "L’une de ces exclusions vous concerne : votre secteur d’activité (Industrie).": (
        {"aucun": [RIEN]},
        {"secteur": "industrie"},
    ),
}


@pytest.mark.parametrize("phrase", SENTENCES)
def test_sentences(phrase):
    """No-break spaces are compared as plain ones here, and checked below."""
    condition, profil = SENTENCES[phrase]
    libelles = {"entreprise": "Entreprise", "industrie": "Industrie", "REG-94": "Corse"}
    criteres = check(profil, conditions=condition, libelles=libelles)["criteres"]
    assert [critere["phrase"].replace("\u00a0", " ") for critere in criteres] == [phrase]
    assert "\u00a0:" in criteres[0]["phrase"]


def test_dates_in_words():
    assert check(cloture="2026-12-01")["criteres"] == [
        {"etat": "oui", "phrase": "Les demandes sont possibles jusqu’au 1er\u00a0décembre\u00a02026 inclus."}
    ]
    assert check(cloture="2026-08-31")["criteres"] == [{"etat": "non", "phrase": "Clos depuis le 31\u00a0août\u00a02026."}]


# --- The same trees hide questions ----------------------------------------------------------------


def show_states(si, reponses, profil=None, publics=()):
    questions = [make_question("q1"), make_question("q2", si=si, publics=list(publics)), make_question("q3")]
    bilan = evaluate(make_questionnaire([make_theme("t", questions)]), reponses, profil)
    return bilan["themes"][0]["questions"][1]["etat"]


@pytest.mark.parametrize(("court", "etat"), [("oui", "vide"), ("non", "masquee"), ("-", "masquee"), ("?", "vide"), (None, "vide")])
def test_a_question_is_hidden_only_by_certainty(court, etat):
    si = {"reponse": {"question": "q1", "options": ["oui", "partiel"]}}
    assert show_states(si, {"q1": court}) == etat


def test_hidden_parent_hides_its_child():
    questions = [
        make_question("q1", publics=["collectivite"]),
        make_question("q2", si={"reponse": {"question": "q1", "options": ["oui"]}}),
        make_question("q3"),
    ]
    bilan = evaluate(make_questionnaire([make_theme("t", questions)]), {"q1": "oui", "q2": "oui", "q3": "oui"}, {"public": "entreprise"})
    assert [question["etat"] for question in bilan["themes"][0]["questions"]] == ["masquee", "masquee", "repondu"]
    assert [ignoree["raison"] for ignoree in bilan["ignorees"]] == ["masquee", "masquee"]
    assert bilan["global"]["score"] == "100"


@pytest.mark.parametrize(("profil", "etat"), [({}, "vide"), ({"public": "entreprise"}, "vide"), ({"public": "collectivite"}, "masquee")])
def test_publics(profil, etat):
    assert show_states(None, {}, profil, ["entreprise"]) == etat


@pytest.mark.parametrize("question", ["q2", "q3", "inconnue"])
def test_conditions_only_look_back(question):
    questions = [
        make_question("q1"),
        make_question("q2", si={"reponse": {"question": question, "options": ["oui"]}}),
        make_question("q3"),
    ]
    charge = {"questionnaire": make_questionnaire([make_theme("t", questions)]), "evaluation": {}}
    erreur = ask("evaluer", **charge)["erreur"]
    assert (erreur["code"], erreur["chemin"]) == (
        "condition-inconnue",
        "questionnaire.themes[0].questions[1].si.reponse.question",
    )


def test_a_number_is_named_by_its_label_and_asked_for_by_its_id():
    condition = {"quantite": {"quoi": "montant-projet", "min": "23484"}}
    resultat = check({}, conditions=condition, libelles={"montant-projet": "Montant du projet (euros)"})
    assert resultat["manquants"] == ["quantites.montant-projet"]
    assert resultat["criteres"][0]["phrase"] == "Montant du projet (euros) reste à préciser. Attendu\u00a0: au moins 23\u202f484."


@pytest.mark.parametrize("quantites", [{"age": "vieux"}, {"age": -1}, {"age": {"min": 3, "max": 2}}, {"age": 1.5}, {"age": []}, "30"])
def test_a_number_that_is_none_is_refused(quantites):
    resultat = ask("eligibilite", dispositif={"id": "aide"}, profil={"quantites": quantites}, date="2026-11-21")
    assert resultat["erreur"]["chemin"].startswith("profil.quantites")
