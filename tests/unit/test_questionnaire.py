"""What the browser reads: the compiled questionnaires, the aids they share, and what the pages offer to choose among."""

import datetime
import json
import shutil

import pytest

from etabli import RACINE
from etabli.api import render_api
from etabli.build import build, open_catalogue, today
from etabli.checks_versions import check_versions
from etabli.grilles import EFFECTIFS, list_choices, tell_questions
from etabli.problems import ProblemsFound
from etabli.questionnaire import compile_aides, compile_questionnaire, find_quantites

from .test_etat import change

JOUR = datetime.date(2026, 3, 1)


def read(data):
    return open_catalogue(data, JOUR, racine=data.parent)[0]


def test_a_questionnaire_holds_no_aid(data):
    compiled = compile_questionnaire(read(data), read(data).questionnaires["essai"])
    assert not {"ressources", "dispositifs", "contacts", "libelles"} & set(compiled)
    assert compiled["court"] == {"duree_minutes": 1, "questions": ["e1", "e3", "a1", "a2"]}
    (migration,) = compiled["migrations"]
    assert migration["questions"] == {"a0": "a1", "e0": None}
    assert migration["options"] == {"a0": {"toujours": "oui", "parfois": None}}


def test_a_theme_looks_for_its_aids_under_its_own_name_or_those_it_gives(data):
    def aides():
        cat = read(data)
        return [theme["aides"] for theme in compile_questionnaire(cat, cat.questionnaires["essai"])["themes"]]

    assert aides() == [["energie"], ["eau"]]
    change(data, "questionnaires/essai/eau.yml", "id: eau\n", "id: eau\naides: [energie, eau]\n")
    assert aides() == [["energie"], ["energie", "eau"]]


def test_the_aids_leave_out_what_helps_nobody(data):
    """A rule of State aid, what another replaces, the doors of those who carry no aid; what is closed stays."""
    cat = read(data)
    before = compile_aides(cat)
    assert [d["id"] for d in before["dispositifs"]] == ["defi-collectif", "etude-energie"]
    assert len(before["contacts"]) == len(cat.contacts) == 3
    update = {"remplace_par": "carnet-de-suivi"}
    cat.ressources["guide-eclairage"] = cat.ressources["guide-eclairage"].model_copy(update=update)
    cat.dispositifs["defi-collectif"] = cat.dispositifs["defi-collectif"].model_copy(update={"nature": "regime"})
    cat.organismes["autre"] = cat.organismes["agence"].model_copy(update={"id": "autre"})
    cat.contacts["agence-rennes"] = cat.contacts["agence-rennes"].model_copy(update={"organisme": "autre"})
    after = compile_aides(cat)
    assert [d["id"] for d in after["dispositifs"]] == ["etude-energie"]
    assert [r["id"] for r in after["ressources"]] == ["carnet-de-suivi", "compteur-eau"]
    assert [c["id"] for c in after["contacts"]] == ["agence-bretagne", "agence-en-region"]
    named = cat.dispositifs["etude-energie"].model_copy(update={"contacts": ["agence-rennes"]})
    cat.dispositifs["etude-energie"] = named
    assert len(compile_aides(cat)["contacts"]) == 3, "a door that an aid names stays, whoever keeps it"


def test_a_door_that_helps_anyone_begin_stays_without_an_aid(data):
    """The engine puts the door of the place first: it must have been given it."""
    cat = read(data)
    cat.organismes["autre"] = cat.organismes["agence"].model_copy(update={"id": "autre"})
    cat.contacts["agence-rennes"] = cat.contacts["agence-rennes"].model_copy(update={"organisme": "autre", "besoins": ["se-situer"]})
    assert "agence-rennes" in [c["id"] for c in compile_aides(cat)["contacts"]]


def test_every_id_of_the_aids_has_its_name(data):
    aides = compile_aides(read(data))
    porteurs = {porteur for d in aides["dispositifs"] for porteur in d["porteurs"]}
    assert {r["organisme"] for r in aides["ressources"]} | porteurs == set(aides["organismes"])
    assert {r["type"] for r in aides["ressources"]} == set(aides["types"])
    assert {d["nature"] for d in aides["dispositifs"]} == set(aides["natures"])
    assert {"entreprise", "industrie", "montant-projet", "REG-53", "PAYS-99100"} <= set(aides["libelles"])
    assert aides["libelles"]["montant-projet"] == "Montant du projet (euros)"
    assert "jusqu’à 70\u00a0%" in {d["montant_affichage"] for d in aides["dispositifs"]}
    assert all(contact["nom"] for contact in aides["contacts"])


def test_the_profile_offers_what_the_data_asks_for(data):
    cat = read(data)
    choices = list_choices(cat)
    assert [q["id"] for q in choices["quantites"]] == find_quantites(cat) == ["montant-projet"]
    assert choices["quantites"][0] == {"id": "montant-projet", "libelle": "Montant du projet", "unite": "euros"}
    assert {"code": "REG-53", "nom": "Bretagne"} in choices["regions"]
    assert [r["nom"] for r in choices["regions"]][:2] == ["Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté"]
    assert len(choices["regions"]) == 18
    assert [low for low, _ in EFFECTIFS][1:] == [high + 1 for _, high in EFFECTIFS[:-1]], "no head count between two bands"
    assert choices["effectifs"][0]["libelle"] == "Aucun salarié"
    assert choices["effectifs"][-1] == {"min": 5000, "max": None, "libelle": "5 000 ou plus"}
    cat.dispositifs["etude-energie"] = cat.dispositifs["etude-energie"].model_copy(update={"conditions": None})
    assert list_choices(cat)["quantites"] == []


def test_the_territoires_d_industrie_are_named_with_their_region(data):
    places = json.loads(dict(render_api(read(data)))["api/v1/communes/territoires.json"])
    assert places["territoires_industrie"] == [{"code": "TI-pays-d-essai", "nom": "Pays d'essai", "region": "REG-53"}]
    assert places["departements"]["35"] == {"nom": "Ille-et-Vilaine", "region": "REG-53"}


@pytest.mark.parametrize(("rang", "first"), [("", "essai"), ("rang: 1\n", "autre"), ("rang: 2\n", "essai")])
def test_the_main_questionnaire_comes_first_everywhere(data, rang, first):
    """« Je me situe » and the footer lead to it, the list and the site map begin with it; the alphabet settles equal ranks."""
    shutil.copytree(data / "questionnaires" / "essai", data / "questionnaires" / "autre")
    for file in (data / "questionnaires" / "autre").iterdir():
        text = file.read_text(encoding="utf-8").replace("id: essai\nrang: 1\n", f"id: autre\n{rang}").replace("d'essai", "d'à côté")
        for old in ("e1", "e2", "e3", "e4", "e0", "a1", "a2", "a3", "a4", "a0"):
            text = text.replace(old, f"x{old}")
        file.write_text(text, encoding="utf-8")
    carnet = data / "ressources" / "carnet-de-suivi.yml"
    more = "".join(f"  - {{question: x{name}}}\n" for name in ("e1", "e2", "e3", "e4", "a1", "a2", "a3"))
    carnet.write_text(carnet.read_text(encoding="utf-8").replace("repond_a:\n", f"repond_a:\n{more}"), encoding="utf-8")
    made = build(data, JOUR, racine=data.parent)
    assert list(made.catalogue.questionnaires) == [first, "autre" if first == "essai" else "essai"]
    pages = {page.chemin: page.corps for page in made.pages}
    assert f"questionnaires/{first}/" in pages[""]
    for page in ("questionnaires/", "plan-du-site/"):
        places = [pages[page].index(f"questionnaires/{id_}/") for id_ in made.catalogue.questionnaires]
        assert places == sorted(places)
    assert "3 minutes environ, 8 questions, ou 1 minute en version courte" in pages["questionnaires/"]
    assert "pose 4 questions" in pages["questionnaires/"]


def test_an_id_is_followed_through_every_later_migration(data):
    """Renamed twice, then withdrawn: each step holds because the last one does."""
    change(data, "questionnaires/essai/questionnaire.yml", "version: 1.1.0", "version: 3.0.0")
    later = "  - {de: 1.1.0, vers: 2.0.0, questions: {b1: b2, b5: b6}, options: {b5: {oui: si}}}\n"
    later += "  - {de: 2.0.0, vers: 3.0.0, questions: {b2: a1, b6: null}, options: {b2: {toujours: oui}}}\n"
    change(data, "questionnaires/essai/questionnaire.yml", "source:", f"{later}source:")
    assert list(check_versions(read(data).questionnaires["essai"])) == []
    change(data, "questionnaires/essai/questionnaire.yml", "b2: a1", "b2: a7")
    with pytest.raises(ProblemsFound) as found:
        read(data)
    said = {(p.chemin, p.message) for p in found.value.problems if not p.avertissement}
    assert said == {
        ("migrations.2.questions.b1", "« a7 » n'est pas une question."),
        ("migrations.3.questions.b2", "« a7 » n'est pas une question."),
        ("migrations.3.options.b2", "« b2 » ne mène à aucune question."),
    }


@pytest.mark.parametrize(("etendue", "told"), [((8, 8), "8 questions"), ((39, 43), "de 39 à 43 questions selon votre structure")])
def test_how_many_questions_is_told_as_visitors_meet_them(data, etendue, told):
    """The fewest and the most that a profil is asked, measured by playing profils; the sample asks everyone the same."""
    cat, _ = open_catalogue(data, JOUR, racine=data.parent)
    assert cat.etendues == {"essai": (8, 8)}
    cat.etendues["essai"] = etendue
    assert tell_questions(cat, cat.questionnaires["essai"]) == told


def test_every_scored_question_of_the_site_says_what_to_do():
    """The title of a card « Par où continuer » is a thing to do: without it the question stands in its place."""
    cat, _ = open_catalogue(RACINE / "data", today())
    for referentiel in cat.questionnaires.values():
        for question in referentiel.questions:
            assert bool(question.action) == question.notee, question.id
            assert not (question.action or "").endswith((".", "?")), question.id
