"""What is put beside each levier: ressources, dispositifs with an opinion, contacts; and the facts that would say more."""

import copy
from fractions import Fraction

from fabrique import (
    evaluate,
    make_aides,
    make_contact,
    make_dispositif,
    make_question,
    make_questionnaire,
    make_ressource,
    make_theme,
    recommend,
    succeed,
)
from hypothesis import given
from hypothesis import strategies as st
from test_laws import COURTS, cases

PACA = ["COM-13055", "EPCI-200054807", "DEP-13", "REG-93", "PAYS-99100"]


def find_aided(reponses, profil=None, ressources=(), dispositifs=(), contacts=(), **charge):
    questionnaire = make_questionnaire([make_theme("t", [make_question(nom) for nom in reponses])])
    return recommend(questionnaire, make_aides(ressources, dispositifs, contacts), reponses, profil, **charge)["leviers"]


def make_aide(identifiant, **champs):
    """A dispositif that helps with every answer of these tests."""
    return make_dispositif(identifiant, [(question, "1") for question in "abc"], **champs)


def list_ids(leviers, cle):
    return [[aide["id"] if isinstance(aide, dict) else aide for aide in levier[cle]] for levier in leviers]


# --- Which leviers ------------------------------------------------------------------------------------


def test_the_three_first_leviers_by_default():
    reponses = {"a": "partiel", "b": "non", "c": "?", "d": "prevu", "e": "non"}
    assert [levier["question"] for levier in find_aided(reponses)] == ["b", "e", "d"]


def test_those_asked_for_in_their_order():
    reponses = {"a": "partiel", "b": "non", "c": "?", "d": "oui", "e": None}
    leviers = find_aided(reponses, questions=["c", "a", "d", "inconnue", "e", "b", "a"])
    assert [levier["question"] for levier in leviers] == ["c", "a", "b"]
    assert find_aided(reponses, questions=[]) == []


@given(cases())
def test_a_levier_is_the_same_as_in_the_bilan(case):
    bilan, leviers = evaluate(*case), recommend(case[0], make_aides(), case[1])["leviers"]
    for levier, attendu in zip(leviers, bilan["leviers"][:3], strict=True):
        assert levier == attendu | {"ressources": [], "dispositifs": [], "contacts": []}


@given(cases(courts=COURTS), st.data())
def test_the_whole_is_what_doing_it_all_gives(case, data):
    questionnaire, reponses = case
    questions = data.draw(st.lists(st.sampled_from(sorted(reponses)), unique=True))
    ensemble = recommend(questionnaire, make_aides(), reponses, questions=questions)["ensemble"]
    avant, apres = evaluate(questionnaire, reponses), evaluate(questionnaire, reponses | dict.fromkeys(questions, "oui"))
    assert ensemble["score"] == apres["global"]["score"]
    assert ensemble["note"] == apres["global"]["note"]
    assert Fraction(ensemble["gain_global"]) == Fraction(apres["global"]["score"]) - Fraction(avant["global"]["score"])


@given(cases(courts=("non", "?", None)))
def test_no_whole_while_something_is_missing(case):
    complet = evaluate(*case)["complet"]
    assert (recommend(case[0], make_aides(), case[1])["ensemble"] is not None) is complet


# --- Ressources -----------------------------------------------------------------------------------------


def test_ressources_answer_the_question_up_to_their_limit():
    ressources = [make_ressource("large", [("a", "1/2")]), make_ressource("debut", [("a", "0")]), make_ressource("theme")]
    for court, attendues in (("non", ["large", "debut"]), ("partiel", ["large"]), ("?", ["large", "debut"])):
        assert list_ids(find_aided({"a": court}, ressources=ressources), "ressources") == [attendues]


def test_without_a_direct_one_the_theme_helps_and_does_not_repeat():
    ressources = [make_ressource("r1", effort=3), make_ressource("r2"), make_ressource("ailleurs", themes=["autre"])]
    assert list_ids(find_aided({"a": "non", "b": "non"}, ressources=ressources), "ressources") == [["r2", "r1"], []]


def test_a_theme_may_look_at_several_of_the_catalogue():
    ressources = [make_ressource("r1", themes=["eau"]), make_ressource("r2", themes=["air", "eau"]), make_ressource("r3")]
    questionnaire = make_questionnaire([make_theme("t", [make_question("a")], aides=["air", "eau"])])
    assert list_ids(recommend(questionnaire, make_aides(ressources), {"a": "non"})["leviers"], "ressources") == [["r2", "r1"]]


def test_ressources_for_others_are_left_out():
    direct = [("a", "1")]
    ressources = [
        make_ressource("bonne", direct, publics=["entreprise"]),
        make_ressource("autre-public", direct, publics=["collectivite"]),
        make_ressource("ailleurs", direct, zones=["REG-94"]),
        make_ressource("remplacee", direct, remplace_par="bonne"),
    ]
    profil = {"public": "entreprise", "zones": ["REG-93"]}
    assert list_ids(find_aided({"a": "non"}, profil, ressources), "ressources") == [["bonne"]]
    assert list_ids(find_aided({"a": "non"}, {}, ressources), "ressources") == [["ailleurs", "bonne", "autre-public"]]


def test_the_easiest_first_then_the_nearest():
    direct = [("a", "1")]
    ressources = [
        make_ressource("loin", direct),
        make_ressource("dur", direct, effort=2, zones=["REG-93"]),
        make_ressource("ici", direct, zones=["REG-93"]),
        make_ressource("partout", direct, zones=[]),
    ]
    assert list_ids(find_aided({"a": "non"}, {"zones": PACA}, ressources), "ressources") == [["ici", "loin", "partout"]]


# --- Dispositifs ----------------------------------------------------------------------------------------


def test_dispositifs_come_with_their_opinion_and_never_closed():
    dispositifs = [
        make_aide("clos", cloture="2026-11-20"),
        make_aide("refuse", publics=["collectivite"]),
        make_aide("a-venir", ouverture="2027-01-01"),
        make_dispositif("lie", conditions_texte=["Avoir un projet."]),
        make_aide("inconnu", conditions={"effectif": {"max": 9}}),
        make_dispositif("ailleurs"),
    ]
    ressources = [make_ressource("r", [("a", "1")], dispositifs=["lie", "clos", "fantome", "inconnu"])]
    avis = find_aided({"a": "non"}, {"public": "entreprise"}, ressources, dispositifs)[0]["dispositifs"]
    assert [(un["id"], un["statut"], un["manquants"]) for un in avis] == [
        ("inconnu", "inconnu", ["effectif"]),
        ("a-venir", "a_venir", []),
    ]
    assert avis[0]["criteres"] == [
        {"etat": "inconnu", "phrase": "Votre effectif reste à préciser. Attendu\u00a0: 9\u00a0personnes au plus."}
    ]


def test_what_the_ressources_lead_to_comes_only_when_nothing_answers_the_question():
    ressources = [make_ressource("r", [("a", "1")], dispositifs=["lie", "clos", "fantome"])]
    lies = [make_dispositif("lie", conditions_texte=["Avoir un projet."]), make_dispositif("clos", cloture="2026-11-20")]
    for direct, attendu in ((make_aide("direct"), ["direct"]), (make_aide("direct", cloture="2026-11-20"), ["lie"])):
        avis = find_aided({"a": "non"}, {}, ressources, [*lies, direct])[0]["dispositifs"]
        assert [un["id"] for un in avis] == attendu
    assert avis[0]["conditions_texte"] == ["Avoir un projet."]


def test_a_dispositif_answers_up_to_its_limit():
    dispositifs = [make_dispositif("large", [("a", "1/2")]), make_dispositif("debut", [("a", "0")]), make_dispositif("autre", [("b", "1")])]
    for court, attendus in (("non", ["large", "debut"]), ("partiel", ["large"]), ("?", ["large", "debut"])):
        assert list_ids(find_aided({"a": court}, dispositifs=dispositifs), "dispositifs") == [attendus]


def test_a_theme_in_common_is_not_enough():
    assert list_ids(find_aided({"a": "non"}, {}, [make_ressource("r")], [make_dispositif("d")]), "dispositifs") == [[]]


def test_an_opinion_is_the_one_of_the_method_eligibilite():
    profil, libelles = {"zones": PACA}, {"REG-93": "Provence-Alpes-Côte d’Azur"}
    dispositif = make_aide("d", zones={"inclus": ["REG-93"], "exclus": ["TI-ajaccio"]}, conditions={"public": ["entreprise"]})
    aides = make_aides((), [dispositif], (), libelles)
    questionnaire = make_questionnaire([make_theme("t", [make_question("a")])])
    avis = recommend(questionnaire, aides, {"a": "non"}, profil)["leviers"][0]["dispositifs"][0]
    assert {"id": "d", "conditions_texte": [], "contacts": []} | avis == avis
    direct = succeed("eligibilite", dispositif=dispositif, profil=profil, libelles=libelles)
    assert {cle: avis[cle] for cle in direct} == direct


def test_the_same_three_are_not_shown_thrice():
    dispositifs = [make_aide(f"d{rang}") for rang in range(7)]
    leviers = find_aided(dict.fromkeys("abc", "non"), dispositifs=dispositifs)
    assert list_ids(leviers, "dispositifs") == [["d0", "d1", "d2"], ["d3", "d4", "d5"], ["d6", "d0", "d1"]]


def test_what_was_not_shown_goes_before_what_is_of_the_place():
    locaux = [make_aide(f"ici{rang}", zones={"inclus": ["REG-93"], "exclus": []}) for rang in range(3)]
    leviers = find_aided({"a": "non", "b": "non"}, {"zones": PACA}, dispositifs=[make_aide("partout"), *locaux])
    assert list_ids(leviers, "dispositifs") == [["ici0", "ici1", "ici2"], ["partout", "ici0", "ici1"]]


def test_the_surest_first_then_those_of_the_place():
    dispositifs = [
        make_aide("partout"),
        make_aide("inconnu", zones={"inclus": ["TI-provence"], "exclus": []}),
        make_aide("ici", zones={"inclus": ["REG-93"], "exclus": []}),
        make_aide("ailleurs", zones={"inclus": ["REG-94"], "exclus": []}),
    ]
    leviers = find_aided({"a": "non"}, {"zones": PACA}, dispositifs=dispositifs)
    assert list_ids(leviers, "dispositifs") == [["ici", "partout", "inconnu"]]


def test_in_a_territoire_d_industrie_what_is_for_such_places_goes_first():
    dispositifs = [make_aide("partout"), make_aide("pour-ti", conditions={"un": [{"territoire_industrie": True}]})]
    for territoire, attendu in (("TI-provence", ["pour-ti", "partout"]), ("aucun", ["partout"]), (None, ["partout", "pour-ti"])):
        leviers = find_aided({"a": "non"}, {"territoire_industrie": territoire}, dispositifs=dispositifs)
        assert list_ids(leviers, "dispositifs") == [attendu]


def test_what_is_sure_for_the_leviers_that_follow_is_seen_too():
    questions = [make_question(nom, poids) for nom, poids in zip("abcdefgh", range(9, 1, -1), strict=True)]
    questionnaire = make_questionnaire([make_theme("t", questions)])
    dispositifs = [
        make_dispositif("deja", [("a", "1"), ("d", "1")]),
        make_dispositif("inconnu", [("d", "1")], conditions={"effectif": {"max": 9}}),
        make_dispositif("clos", [("d", "1")], cloture="2026-11-20"),
        make_dispositif("e1", [("e", "1"), ("f", "1")]),
        make_dispositif("e2", [("e", "1")]),
        make_dispositif("f1", [("f", "1")], conditions_texte=["À voir."]),
        make_dispositif("g1", [("g", "1")]),
        make_dispositif("h1", [("h", "1")]),
    ]
    reponses = dict.fromkeys("abcdefgh", "non")
    resultat = recommend(questionnaire, make_aides((), dispositifs), reponses)
    assert list_ids(resultat["leviers"], "dispositifs") == [["deja"], [], []]
    vus = [(cas["question"], cas["texte"], cas["dispositif"]["id"], cas["dispositif"]["statut"]) for cas in resultat["ailleurs"]]
    assert vus == [
        ("e", "Question e ?", "e1", "eligible"),
        ("f", "Question f ?", "f1", "a_verifier"),
        ("g", "Question g ?", "g1", "eligible"),
    ]
    assert resultat["manquants"] == []
    assert recommend(questionnaire, make_aides((), dispositifs), reponses, questions=["a"])["ailleurs"] == []


# --- Contacts -------------------------------------------------------------------------------------------

AIDE = [make_aide("d", porteurs=["etat", "region"])]


def test_the_nearest_door_of_each_porteur():
    contacts = [
        make_contact("etat-pays", "etat"),
        make_contact("etat-13", "etat", ["DEP-13", "DEP-84"]),
        make_contact("etat-epci", "etat", ["EPCI-200054807"]),
        make_contact("region-pays", "region"),
        make_contact("region-93", "region", ["REG-93"]),
        make_contact("autre", "autre"),
    ]
    levier = find_aided({"a": "non"}, {"zones": PACA}, (), AIDE, contacts)[0]
    assert levier["contacts"] == levier["dispositifs"][0]["contacts"] == ["etat-epci", "region-93"]
    levier = find_aided({"a": "non"}, {"zones": ["REG-84"]}, (), AIDE, contacts)[0]
    assert levier["contacts"] == ["etat-pays", "region-pays"]


def test_a_place_that_is_not_known_only_reaches_the_country():
    contacts = [make_contact("etat-93", "etat", ["REG-93"]), make_contact("region-pays", "region")]
    assert find_aided({"a": "non"}, {}, (), AIDE, contacts)[0]["contacts"] == ["region-pays"]


def test_a_territoire_d_industrie_is_near():
    contacts = [make_contact("etat-93", "etat", ["REG-93"]), make_contact("etat-ti", "etat", ["TI-provence"])]
    profil = {"zones": ["REG-93"], "territoire_industrie": "TI-provence"}
    assert find_aided({"a": "non"}, profil, (), AIDE, contacts)[0]["contacts"] == ["etat-ti"]
    profil = {"zones": ["REG-93", "TI-provence"], "territoire_industrie": "aucun"}
    assert find_aided({"a": "non"}, profil, (), AIDE, contacts)[0]["contacts"] == ["etat-93"]


def test_a_door_that_is_named_goes_before_those_of_the_porteurs():
    dispositifs = [make_aide("d", porteurs=["etat"], contacts=["guichet", "fantome"])]
    contacts = [make_contact("etat-93", "etat", ["REG-93"]), make_contact("guichet", "agence", ["REG-93"])]
    assert find_aided({"a": "non"}, {"zones": PACA}, (), dispositifs, contacts)[0]["contacts"] == ["guichet"]
    # Elsewhere, those of the porteurs are left.
    contacts[0]["territoires"] = ["PAYS-99100"]
    assert find_aided({"a": "non"}, {}, (), dispositifs, contacts)[0]["contacts"] == ["etat-93"]


def test_a_named_directory_gives_way_to_the_local_door_it_leads_to():
    dispositifs = [make_aide("d", contacts=["agence-pays"]), make_dispositif("autre", contacts=["agence-appel"])]
    contacts = [
        make_contact("agence-pays", "agence", annuaire=True),
        make_contact("agence-93", "agence", ["REG-93"]),
        make_contact("agence-appel", "agence", ["DEP-13"]),
    ]
    for profil, attendu in (({"zones": PACA}, ["agence-93"]), ({"zones": ["REG-84"]}, ["agence-pays"])):
        assert find_aided({"a": "non"}, profil, (), dispositifs, contacts)[0]["contacts"] == attendu
    contacts[0]["annuaire"] = False
    assert find_aided({"a": "non"}, {"zones": PACA}, (), dispositifs, contacts)[0]["contacts"] == ["agence-pays"]


def test_three_doors_at_most_and_one_of_each_organisme():
    dispositifs = [make_aide(f"d{rang}", porteurs=[f"o{rang}", f"p{rang}", "commun"]) for rang in range(3)]
    organismes = ["o0", "p0", "o1", "p1", "o2", "p2", "commun"]
    contacts = [make_contact(f"{nom}-{rang}", nom) for nom in organismes for rang in range(2)]
    assert find_aided({"a": "non"}, {}, (), dispositifs, contacts)[0]["contacts"] == ["commun-0", "o0-0", "p0-0"]


def test_without_a_dispositif_the_organisme_of_the_ressource_answers():
    ressources = [make_ressource("r", [("a", "1")], organisme="ademe")]
    contacts = [make_contact("ademe-pays", "ademe"), make_contact("ademe-93", "ademe", ["REG-93"])]
    for profil, attendu in (({"zones": PACA}, ["ademe-93"]), ({}, ["ademe-pays"])):
        assert find_aided({"a": "non"}, profil, ressources, [make_dispositif("d")], contacts)[0]["contacts"] == attendu


def test_a_door_kept_for_one_aid_is_not_its_organismes_at_large():
    ressources = [make_ressource("r", [("a", "1")], organisme="ministere")]
    contacts = [make_contact("contrats", "ministere"), make_contact("general", "agence", besoins=["se-situer"])]
    ailleurs = make_aide("ailleurs", publics=["collectivite"], contacts=["contrats"])
    for dispositifs, attendu in (((), ["contrats"]), ((ailleurs,), ["general"])):
        assert find_aided({"a": "non"}, {"public": "entreprise"}, ressources, dispositifs, contacts)[0]["contacts"] == attendu


def test_an_aid_of_a_place_that_is_perhaps_not_the_visitors_sends_no_one_to_its_door():
    local = [make_aide("d", zones={"inclus": ["EPCI-200069854"], "exclus": []}, porteurs=["cerema"])]
    contacts = [make_contact("cerema", "cerema"), make_contact("general", "agence", besoins=["se-situer"])]
    for zones, attendu in (([], ["general"]), (["EPCI-200069854"], ["cerema"])):
        assert find_aided({"a": "non"}, {"zones": zones}, (), local, contacts)[0]["contacts"] == attendu


def test_there_is_always_someone_to_call_and_the_place_itself_comes_first():
    contacts = [
        make_contact("agglo", "agglo", ["EPCI-200054807"], besoins=["reduire", "se-situer"]),
        make_contact("agence-pays", "agence", besoins=["se-situer"]),
        make_contact("agence-93", "agence", ["REG-93"], besoins=["se-situer"]),
        make_contact("autre", "autre", besoins=["reduire"]),
        make_contact("etat", "etat"),
    ]
    cas = [({}, (), ["agence-pays"]), ({"zones": ["REG-93"]}, (), ["agence-93"]), ({"zones": PACA}, (), ["agglo"])]
    cas += [({"zones": PACA}, AIDE, ["agglo", "etat"]), ({"zones": ["REG-93"]}, AIDE, ["etat"])]
    for profil, dispositifs, attendu in cas:
        assert find_aided({"a": "non"}, profil, (), dispositifs, contacts)[0]["contacts"] == attendu


# --- Facts that are missing -----------------------------------------------------------------------------


def test_the_most_useful_facts_first():
    dispositifs = [
        make_aide("d0", conditions={"tous": [{"quantite": {"quoi": "age", "max": "9"}}, {"secteur": ["industrie"]}]}),
        make_aide("d1", ouverture="2027-01-01", conditions={"tous": [{"secteur": ["industrie"]}, {"effectif": {"max": 9}}]}),
        make_aide("d2", conditions={"un": [{"territoire_industrie": True}, {"zone": ["REG-93"]}]}),
        make_aide("sur"),
    ]
    questionnaire = make_questionnaire([make_theme("t", [make_question("a"), make_question("b")])])
    resultat = recommend(questionnaire, make_aides((), dispositifs), {"a": "non", "b": "non"})
    assert list_ids(resultat["leviers"], "dispositifs") == [["sur", "d0", "d2"], ["sur", "d0", "d2"]]
    assert [(manque["fait"], manque["dispositifs"]) for manque in resultat["manquants"]] == [
        ("secteur", ["d0"]),
        ("zones", ["d2"]),
        ("territoire_industrie", ["d2"]),
        ("quantites.age", ["d0"]),
    ]
    resultat = recommend(questionnaire, make_aides((), dispositifs[:3]), {"a": "non", "b": "non"})
    assert resultat["manquants"][0] == {"fait": "secteur", "dispositifs": ["d0", "d1"]}
    assert [manque["fait"] for manque in resultat["manquants"]][1:] == ["effectif", "zones", "territoire_industrie", "quantites.age"]


def test_aids_of_others_change_nothing():
    """What fits no theme, no question and no link has no part in the answer."""
    questionnaire = make_questionnaire([make_theme("t", [make_question("a")])])
    aides = make_aides([make_ressource("r")], [make_aide("d", porteurs=["o"])], [make_contact("k", "o")])
    autres = copy.deepcopy(aides)
    autres["ressources"].insert(0, make_ressource("x", [("z", "1")], themes=["autre"], dispositifs=["y"]))
    autres["dispositifs"].insert(0, make_dispositif("y", porteurs=["o"]))
    autres["contacts"].insert(0, make_contact("w", "autre"))
    assert recommend(questionnaire, aides, {"a": "non"}) == recommend(questionnaire, autres, {"a": "non"})
