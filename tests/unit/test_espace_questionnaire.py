"""An espace's own questionnaire: it takes the place of the national one that it adapts, and its scores are its own."""

import json
import re

import pytest

from etabli.questionnaire import compile_questionnaire
from etabli.scenarios import make_evaluation, play_scenarios

from .espaces import LOCAL, SAMPLE, build_base, build_with, change, open_base, open_with, pages_of, refused, write_espace

FICHIER = "questionnaires/local/questionnaire.yml"
EAU, ENERGIE = "theme/local/eau", "theme/local/energie"
NEUVE = {
    "id": "ici1", "texte": "Connaissez-vous la métropole ?", "pourquoi": "Elle peut vous aider.", "poids": 8,
    "options": [{"id": "oui", "texte": "Oui", "valeur": 1}, {"id": "non", "texte": "Non", "valeur": 0}],
}  # fmt: skip


def adapt(folder, text="", files=None, **operations):
    return write_espace(folder, text, {FICHIER: LOCAL, **(files or {})}, **operations)


def score(cat, id_: str, rank: int = 0):
    """What the engine gives to a worked example: (score of energie, score of eau, global score), as exact texts."""
    referentiel = cat.questionnaires[id_]
    partie = play_scenarios(referentiel, compile_questionnaire(cat, referentiel), cat.aides)[rank]
    assert partie.ecarts == []
    themes = {theme["id"]: theme["score"] for theme in partie.bilan["themes"]}
    return themes["energie"], themes["eau"], partie.bilan["global"]["score"]


def test_it_takes_the_place_of_the_one_it_adapts(tmp_path):
    made = build_with(adapt(tmp_path))
    cat, pages = made.catalogue, pages_of(made)
    assert list(cat.questionnaires) == ["local"]
    own = cat.questionnaires["local"]
    assert (own.id, own.questionnaire.version, own.questionnaire.titre) == ("local", "1.0.0", "Le questionnaire d'ici")
    assert own.adapte.id == "essai"
    assert "questionnaires/essai/" not in pages
    assert not [path for path in made.api if "questionnaires/essai" in path]
    assert 'href="questionnaires/local/"' in pages[""]


def test_all_that_it_does_not_say_comes_from_the_base(tmp_path):
    """Levels, themes, questions, short version; but not the migrations: answers to the national one are not answers to this one."""
    base, own = open_base().questionnaires["essai"], open_with(adapt(tmp_path)).questionnaires["local"]
    assert own.themes == base.themes
    for name in ("niveaux", "publics", "court", "duree_minutes", "source", "maj", "resume", "rang"):
        assert getattr(own.questionnaire, name) == getattr(base.questionnaire, name)
    assert base.questionnaire.migrations
    assert own.questionnaire.migrations == []


def test_what_it_says_itself_is_its_own(tmp_path):
    own = "migrations: [{de: 0.9.0, vers: 1.0.0, questions: {a9: a1}}]\nresume: Le point sur votre activité, à Rennes.\n"
    eau = (SAMPLE / "questionnaires/essai/eau.yml").read_text(encoding="utf-8").replace("titre: Eau", "titre: L'eau d'ici")
    files = {FICHIER: LOCAL + own, "questionnaires/local/eau.yml": eau}
    referentiel = open_with(adapt(tmp_path, files=files)).questionnaires["local"]
    assert [m.de for m in referentiel.questionnaire.migrations] == ["0.9.0"]
    assert referentiel.questionnaire.resume == "Le point sur votre activité, à Rennes."
    assert [theme.titre for theme in referentiel.themes] == ["Énergie", "L'eau d'ici"]


def test_a_visitor_is_told_that_it_does_not_compare(tmp_path):
    made = build_with(adapt(tmp_path))
    compiled = json.loads(made.api["api/v1/questionnaires/local.json"])
    assert compiled["adapte"] == {"id": "essai", "titre": "Questionnaire d’essai", "version": "1.1.0"}
    page = pages_of(made)["questionnaires/local/"]
    told = r"Rennes Métropole[^<]*« Questionnaire d’essai » \(version 1\.1\.0\)[^<]*ne se compare pas au résultat national\."
    assert len(re.findall(told, page)) == 2, "before the first question, and above the result"
    assert re.search(rf"<p [^>]*data-adapte>{told.replace('Rennes', '[^<]*Rennes')}</p>", page[page.index("data-bilan hidden") :])
    assert "adapte" not in compile_questionnaire(open_base(), open_base().questionnaires["essai"])


@pytest.mark.parametrize(
    ("champs", "expected"),
    [
        ({}, ("400/7", "100", "550/7")),  # those of the base
        ({"questions.e1.poids": 7}, ("800/11", "100", "950/11")),  # (7·1 + 2·½ + 2·0) / 11, e2 not concerned
        ({"poids": 3}, ("400/7", "100", "475/7")),  # (3·400/7 + 100) / 4
        ({"questions.e3.options.partiel.valeur": 1}, ("500/7", "100", "600/7")),
    ],
)
def test_scores_change_with_what_is_changed(tmp_path, champs, expected):
    """Played by the engine, on the first worked example of the base."""
    operations = [change(ENERGIE, champs=champs)] if champs else []
    cat = open_with(adapt(tmp_path, remplace=operations) if operations else adapt(tmp_path))
    assert score(cat, "local") == expected


def test_the_worked_examples_of_the_base_are_played_again(tmp_path):
    """Without saying what they give, which would be that of the base; those of the espace say it."""
    base, own = open_base().questionnaires["essai"], open_with(adapt(tmp_path)).questionnaires["local"]
    assert [x.titre for x in own.scenarios] == [x.titre for x in base.scenarios]
    assert [x.attendu.score for x in own.scenarios] == [None] * len(own.scenarios)
    assert base.scenarios[0].attendu.score is not None
    said = "- {titre: Ici, reponses: {e1: oui}, attendu: {score: 3}}\n"
    told = refused(adapt(tmp_path / "faux", files={"questionnaires/local/scenarios.yml": said}))
    assert told == ["ici/questionnaires/local/scenarios.yml:1 « Ici » : le moteur n'en donne pas."]


def test_a_question_is_added_and_counts(tmp_path):
    operations = [change(EAU, champ="questions", valeurs=[NEUVE])]
    cat = open_with(adapt(tmp_path, ajoute=operations))
    assert [q.id for q in cat.questionnaires["local"].themes[1].questions] == ["a1", "a2", "a3", "a4", "ici1"]
    referentiel = cat.questionnaires["local"]
    compiled, scenario = compile_questionnaire(cat, referentiel), referentiel.scenarios[0]
    for answer, expected in (("oui", "100"), ("non", "300/11")):  # three questions of weight 1, this one of weight 8
        given = scenario.model_copy(update={"reponses": {**scenario.reponses, "ici1": answer}})
        referentiel.scenarios[0] = given
        partie = play_scenarios(referentiel, compiled, cat.aides)[0]
        assert [theme["score"] for theme in partie.bilan["themes"] if theme["id"] == "eau"] == [expected]
        assert make_evaluation(referentiel, given)["reponses"]["ici1"]["options"] == [answer]


def test_a_question_is_removed_from_everywhere(tmp_path):
    """From its theme, the short version, the answers of the examples, and what the ressources answer to."""
    made = build_with(adapt(tmp_path, masque=[change("question/e1")]))
    cat = made.catalogue
    referentiel = cat.questionnaires["local"]
    assert [q.id for q in referentiel.questions] == ["e2", "e3", "e4", "a1", "a2", "a3", "a4"]
    assert referentiel.questionnaire.court.questions == ["e3", "a1", "a2"]
    assert referentiel.scenarios
    assert not [x.titre for x in referentiel.scenarios if "e1" in x.reponses]
    assert [x.question for x in cat.ressources["carnet-de-suivi"].repond_a] == ["e2", "e4", "a1", "a2", "a3"]
    assert not re.search(r'"e1"|q-e1\b', made.api["api/v1/questionnaires/local.json"] + made.api["api/v1/aides.json"])
    assert "e1" in pages_of(build_base())["questionnaires/essai/"]
    assert "e1" not in re.findall(r"\b[ea]\d\b", pages_of(made)["questionnaires/local/"])
    assert score(cat, "local") == ("25", "100", "125/2")  # (2·½ + 2·0) / 4


def test_a_questionnaire_from_nothing_stands_beside_the_national_one(tmp_path):
    """Without « adapte »: another one, with all that the contract asks for, and ids of its own."""
    source = SAMPLE / "questionnaires" / "essai"
    files = {
        f"questionnaires/autre/{path.name}": re.sub(r"\b([ea])([1-4])\b", r"\1\g<2>b", path.read_text(encoding="utf-8"))
        for path in source.glob("*.yml")
    }
    entete = files["questionnaires/autre/questionnaire.yml"]
    files["questionnaires/autre/questionnaire.yml"] = re.sub(r"(?m)^migrations:\n.*\n", "", entete.replace("id: essai", "id: autre"))
    cat = open_with(write_espace(tmp_path, files=files))
    assert list(cat.questionnaires) == ["autre", "essai"]
    assert cat.questionnaires["autre"].adapte is None
    assert "adapte" not in compile_questionnaire(cat, cat.questionnaires["autre"])


def test_the_national_one_keeps_its_examples_but_for_the_aids_that_change(tmp_path):
    """Its scores are held as before; what it says of an aid that the espace has changed is the base's word, not the espace's."""
    dossier = write_espace(tmp_path, remplace=[change("dispositif/etude-energie", champs={"conditions": None})])
    scenarios = open_with(dossier).questionnaires["essai"].scenarios
    assert scenarios[0].attendu.aides.keys() == {"defi-collectif"}
    assert scenarios[0].attendu.score == open_base().questionnaires["essai"].scenarios[0].attendu.score
    assert set(open_base().questionnaires["essai"].scenarios[0].attendu.aides) == {"defi-collectif", "etude-energie"}
    masked = open_with(write_espace(tmp_path / "masque", masque=[change("dispositif/etude-energie")]))
    assert masked.questionnaires["essai"].scenarios[0].attendu.aides.keys() == {"defi-collectif"}


def test_the_version_of_the_national_one_is_in_the_report(tmp_path, data):
    """And a print of its files, so that a change in its questions is seen; its worked examples do not count."""
    dossier = adapt(tmp_path)

    def noted():
        (adapte,) = (c for c in open_with(dossier, data=data).espace.changements if c.operation == "adapte")
        assert (adapte.fichier, adapte.ligne) == ("ici/questionnaires/local/questionnaire.yml", 2)
        return adapte.avant

    before = noted()
    assert (before["questionnaire"], before["version"]) == ("essai", "1.1.0")
    for name, changes in (("scenarios.yml", False), ("eau.yml", True)):
        path = data / "questionnaires" / "essai" / name
        path.write_text(path.read_text(encoding="utf-8") + "# relu\n", encoding="utf-8")
        assert (noted()["empreinte"] != before["empreinte"]) == changes
