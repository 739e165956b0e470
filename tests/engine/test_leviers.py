"""Leviers: which ones, why, and what is put beside each."""

from fabrique import OUI_NON, evaluate, make_question, make_questionnaire, make_theme


def make_ressource(identifiant, repond_a=(), **champs):
    base = {
        "id": identifiant,
        "publics": ["entreprise"],
        "themes": ["t"],
        "zones": ["PAYS-99100"],
        "effort": 1,
        "dispositifs": [],
    }
    return base | {"repond_a": [{"question": question, "max": maximum} for question, maximum in repond_a]} | champs


def find_leviers(reponses, profil=None, questions=None, **champs):
    questions = questions or [make_question(nom) for nom in reponses]
    return evaluate(make_questionnaire([make_theme("t", questions)], **champs), reponses, profil)["leviers"]


def test_ties_go_to_the_easiest_then_to_the_first():
    questions = [
        make_question("a", effort=3),
        make_question("b", effort=1),
        make_question("c", effort=1),
        make_question("d", 2, effort=3),
    ]
    leviers = find_leviers(dict.fromkeys("abcd", "non"), questions=questions)
    assert [levier["question"] for levier in leviers] == ["d", "b", "c"]


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


def test_unknown_answers_only_fill_the_places_left():
    leviers = find_leviers({"a": "?", "b": "non", "c": None, "d": "oui"})
    assert [levier["question"] for levier in leviers] == ["b", "a"]
    assert "vous ne savez pas encore" in leviers[1]["raison"]
    assert leviers[1]["gain_affiche"] == "jusqu’à +1,3\u00a0point"
    assert [levier["question"] for levier in find_leviers({"a": "?", "b": "non", "c": "partiel", "d": "prevu"})] == [
        "b",
        "d",
        "c",
    ]


def test_ressources_answer_the_question_up_to_their_limit():
    ressources = [make_ressource("large", [("a", "1/2")]), make_ressource("debut", [("a", "0")]), make_ressource("theme")]
    for court, attendues in (("non", ["large", "debut"]), ("partiel", ["large"])):
        assert find_leviers({"a": court}, ressources=ressources)[0]["ressources"] == attendues


def test_without_a_direct_one_the_theme_helps_and_does_not_repeat():
    ressources = [make_ressource("r1", effort=3), make_ressource("r2"), make_ressource("ailleurs", themes=["autre"])]
    leviers = find_leviers({"a": "non", "b": "non"}, ressources=ressources)
    assert [levier["ressources"] for levier in leviers] == [["r2", "r1"], []]


def test_ressources_for_others_are_left_out():
    direct = [("a", "1")]
    ressources = [
        make_ressource("bonne", direct),
        make_ressource("autre-public", direct, publics=["collectivite"]),
        make_ressource("ailleurs", direct, zones=["REG-94"]),
        make_ressource("remplacee", direct, remplace_par="bonne"),
    ]
    profil = {"public": "entreprise", "zones": ["REG-93"]}
    assert find_leviers({"a": "non"}, profil, ressources=ressources)[0]["ressources"] == ["bonne"]
    assert find_leviers({"a": "non"}, ressources=ressources)[0]["ressources"] == ["bonne", "autre-public", "ailleurs"]


def test_dispositifs_come_with_their_status_and_never_closed():
    dispositifs = [
        {"id": "clos", "themes": ["t"], "cloture": "2026-11-20"},
        {"id": "refuse", "themes": ["t"], "publics": ["collectivite"]},
        {"id": "a-venir", "themes": ["t"], "ouverture": "2027-01-01"},
        {"id": "inconnu", "themes": ["t"], "conditions": {"effectif": {"max": 9}}},
        {"id": "a-verifier", "themes": ["t"], "conditions_texte": ["Avoir un projet."]},
        {"id": "lie", "themes": ["autre"], "conditions": {"effectif": {"max": 9}}},
        {"id": "ailleurs", "themes": ["autre"]},
    ]
    ressources = [make_ressource("r", [("a", "1")], dispositifs=["lie", "clos"])]
    levier = find_leviers({"a": "non"}, {"public": "entreprise"}, ressources=ressources, dispositifs=dispositifs)[0]
    attendu = "Votre effectif reste à préciser. Attendu\u00a0: 9\u00a0personnes au plus."
    assert levier["dispositifs"] == [
        {"id": "lie", "statut": "inconnu", "raisons": [attendu]},
        {"id": "a-verifier", "statut": "a_verifier", "raisons": ["Avoir un projet."]},
        {"id": "inconnu", "statut": "inconnu", "raisons": [attendu]},
    ]


def test_gains_too_small_to_show_say_so():
    questions = [make_question("a", 1, options=[OUI_NON[0], {"id": "presque", "texte": "Presque", "valeur": "999/1000"}])]
    assert find_leviers({"a": "presque"}, questions=questions)[0]["gain_affiche"] == "moins de 0,1\u00a0point"
