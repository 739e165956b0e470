"""Eligibility and conditions: oui, non, inconnu, and never yes out of a missing fact."""

import pytest
from fabrique import ask, evaluate, make_question, make_questionnaire, make_theme
from hypothesis import assume, given
from hypothesis import strategies as st

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
        ({"territoire_industrie": True}, {"zones": PACA, "territoire_industrie": "TI-provence"}, "eligible"),
        ({"territoire_industrie": True}, {"zones": PACA, "territoire_industrie": "aucun"}, "non_eligible"),
        ({"territoire_industrie": True}, {"zones": PACA}, "inconnu"),
        ({"territoire_industrie": True}, {"territoire_industrie": "TI-provence"}, "eligible"),
        ({"territoire_industrie": True}, {"zones": [*PACA, "TI-provence"]}, "eligible"),
        ({"territoire_industrie": True}, {"zones": [*PACA, "TI-provence"], "territoire_industrie": "aucun"}, "non_eligible"),
        ({"territoire_industrie": False}, {"territoire_industrie": "aucun"}, "eligible"),
        ({"territoire_industrie": False}, {"territoire_industrie": "TI-provence"}, "non_eligible"),
        ({"territoire_industrie": False}, {"zones": PACA}, "inconnu"),
        ({"zone": ["TI-provence", "TI-ajaccio"]}, {"territoire_industrie": "TI-ajaccio"}, "eligible"),
        ({"zone": ["TI-provence"]}, {"territoire_industrie": "TI-ajaccio"}, "non_eligible"),
        ({"zone": ["TI-provence"]}, {"territoire_industrie": "aucun"}, "non_eligible"),
        ({"zone": ["TI-provence"]}, {"zones": PACA}, "inconnu"),
        ({"zone": ["TI-provence", "REG-93"]}, {"zones": PACA}, "eligible"),
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


@pytest.mark.parametrize(
    ("profil", "statut", "manquants"),
    [
        ({}, "inconnu", ["zones", "territoire_industrie"]),
        ({"zones": ["REG-84"]}, "inconnu", ["territoire_industrie"]),
        ({"territoire_industrie": "aucun"}, "inconnu", ["zones"]),
        ({"zones": ["REG-84"], "territoire_industrie": "TI-ajaccio"}, "non_eligible", []),
        ({"zones": ["REG-93"]}, "eligible", []),
    ],
)
def test_a_mixed_zone_asks_for_the_facts_that_would_settle_it(profil, statut, manquants):
    """As a condition, as the zones of the dispositif, and as those that it leaves out."""
    codes = ["REG-93", "TI-provence"]
    inverse = {"eligible": "non_eligible", "non_eligible": "eligible"}
    for champs in ({"conditions": {"zone": codes}}, {"zones": {"inclus": codes, "exclus": []}}):
        resultat = check(profil, **champs)
        assert (resultat["statut"], resultat["manquants"]) == (statut, manquants)
    resultat = check(profil, zones={"inclus": [], "exclus": codes})
    assert (resultat["statut"], resultat["manquants"]) == (inverse.get(statut, statut), manquants)
    etats = {"eligible": "non", "non_eligible": "oui", "inconnu": "inconnu"}
    assert [critere["etat"] for critere in resultat["criteres"]] == [etats[statut]]


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


def test_a_very_long_sentence_is_cut():
    resultat = check(conditions={"secteur": [f"secteur-{rang}" for rang in range(900)]})
    assert len(resultat["criteres"][0]["phrase"]) < 2_100
    assert resultat["criteres"][0]["phrase"].endswith("…")


def test_a_code_is_named_once():
    assert check({}, conditions={"secteur": ["a", "b", "a"]})["criteres"][0]["phrase"].endswith("a ou b.")


# --- A fact that is given never takes back what was decided -----------------------------------------

FAITS = {
    "public": st.sampled_from(["entreprise", "association"]),
    "effectif": st.integers(0, 300)
    | st.builds(lambda a, b: {"min": min(a, b), "max": max(a, b)}, st.integers(0, 300), st.integers(0, 300)),
    "secteur": st.sampled_from(["industrie", "services"]),
    "zones": st.sampled_from([PACA, PACA[2:], ["REG-84"], ["DEP-69", "REG-84"]]),
    "territoire_industrie": st.sampled_from(["TI-provence", "TI-ajaccio", "aucun"]),
    "bilan_ges": st.sampled_from(["aucun", "2026-05-01", "2020-01-01", "2027-01-01"]),
    "projet_demarre": st.booleans(),
    "quantites": st.fixed_dictionaries({"age": st.sampled_from(["0", "30", "31.5", {"min": "20"}, {"min": "5", "max": "30"}])}),
}
FEUILLES = st.sampled_from(
    [
        {"effectif": {"min": 10, "max": 249}},
        {"taille": ["petite", "grande"]},
        OUI,
        RIEN,
        {"zone": ["DEP-13", "TI-provence"]},
        {"zone": ["REG-84"]},
        {"territoire_industrie": True},
        {"territoire_industrie": False},
        {"bilan_ges_age_max_mois": 24},
        {"date_demarrage": "apres-demande"},
        {"quantite": {"quoi": "age", "max": "30"}},
    ]
)
ARBRES = st.recursive(
    FEUILLES,
    lambda fils: st.builds(lambda genre, noeuds: {genre: noeuds}, st.sampled_from(["tous", "un", "aucun"]), st.lists(fils, max_size=3)),
    max_leaves=8,
)
ZONES = st.fixed_dictionaries({"inclus": st.sampled_from([[], ["REG-93"]]), "exclus": st.sampled_from([[], ["TI-ajaccio", "DEP-13"]])})


@given(st.fixed_dictionaries({}, optional=FAITS), ARBRES, ZONES, st.data())
def test_giving_a_missing_fact_never_changes_what_is_decided(profil, conditions, zones, data):
    absents = [fait for fait in FAITS if fait not in profil]
    assume(absents)
    donnes = data.draw(st.lists(st.sampled_from(absents), min_size=1, unique=True))
    complet = profil | {fait: data.draw(FAITS[fait]) for fait in donnes}
    champs = {"conditions": conditions, "zones": zones, "publics": ["entreprise"]}
    avant, apres = check(profil, **champs), check(complet, **champs)
    for un, deux in zip(avant["criteres"], apres["criteres"], strict=True):
        assert un["etat"] in ("inconnu", deux["etat"])
    assert avant["statut"] in ("inconnu", apres["statut"])
    # What is asked for is missing indeed, and all of it together settles the question.
    assert all(fait.split(".")[0] not in profil or fait in ("effectif", "zones", "quantites.age") for fait in avant["manquants"])
    if avant["statut"] == "inconnu":
        assert avant["manquants"]
        precis = {"effectif": 12, "zones": PACA, "quantites": {"age": "30"}}
        faits = {fait.split(".")[0] for fait in avant["manquants"]}
        assert check(profil | {fait: precis[fait] if fait in precis else data.draw(FAITS[fait]) for fait in faits}, **champs)["statut"] in (
            "eligible",
            "non_eligible",
        )


def test_what_goes_without_saying_is_no_criterion():
    """The whole country, and the publics once a condition narrows them; the verdict stays the same."""
    dispositif = {
        "id": "d",
        "publics": ["entreprise", "association"],
        "zones": {"inclus": ["PAYS-99100"], "exclus": []},
        "conditions": {"public": ["entreprise"]},
    }
    for public, statut in (("entreprise", "eligible"), ("association", "non_eligible"), ("collectivite", "non_eligible")):
        avis = ask("eligibilite", dispositif=dispositif, profil={"public": public})
        assert (avis["statut"], len(avis["criteres"])) == (statut, 1)
    large = dispositif | {"conditions": {"public": ["entreprise", "collectivite"]}}
    assert len(ask("eligibilite", dispositif=large, profil={"public": "collectivite"})["criteres"]) == 2
