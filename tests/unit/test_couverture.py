"""The figures of a questionnaire, and its examples played on demand."""

import datetime
import shutil

from etabli.__main__ import main
from etabli.build import open_catalogue
from etabli.couverture import check_coverage, measure, show
from etabli.exemples import show_examples
from etabli.questionnaire import compile_questionnaire

from .test_etat import change

JOUR = datetime.date(2026, 3, 1)
EAU, ENERGIE = "questionnaires/essai/eau.yml", "questionnaires/essai/energie.yml"
ENTETE, EXEMPLES = "questionnaires/essai/questionnaire.yml", "questionnaires/essai/scenarios.yml"


def covered(data):
    cat, _ = open_catalogue(data, JOUR, racine=data.parent)
    referentiel = cat.questionnaires["essai"]
    return cat, measure(cat, referentiel, compile_questionnaire(cat, referentiel))


def test_the_figures_are_those_of_the_sample(data):
    """Counted by hand: 8 questions, 19 options; for each of 2 publics, 2 low values of e1 to e4, then a1: 0, a2: 0 and 1/3, a3: 0."""
    cat, found = covered(data)
    assert list(check_coverage(cat, found)) == []
    assert show(found) == (
        "essai : 8 questions (entreprise 8, association 8) ; version courte : entreprise 4, association 4 ; "
        "19 options sur 19 choisies par 6 exemples ; 24 réponses basses sur 24 mènent à une ressource."
    )


def test_what_conditions_tell_apart_is_told_apart(data):
    """A question for some sizes, sectors or publics: each combination of them is a profil of its own."""
    change(data, ENERGIE, "  - id: e4\n", "  - id: e4\n    si: {effectif: {min: 20, max: 49}}\n")
    change(data, EAU, "  - id: a4\n", "  - id: a4\n    si: {secteur: [industrie]}\n    publics: [entreprise]\n")
    (data / "vocabulaires" / "secteurs.yml").open("a").write("- {id: commerce, libelle: Commerce, description: Vendre.}\n")
    change(data, EXEMPLES, "profil: {public: entreprise, effectif: 12,", "profil: {public: entreprise, effectif: 30, secteur: industrie,")
    _, found = covered(data)
    seen = {(p["public"], p["effectif"], p["secteur"]): len(ids) for p, ids in found.vues}
    assert {key[1:] for key in seen} == {(size, sector) for size in (0, 20, 50) for sector in ("industrie", "commerce")}
    assert seen["entreprise", 20, "industrie"] == 8
    assert seen["entreprise", 50, "industrie"] == seen["entreprise", 20, "commerce"] == seen["association", 20, "industrie"] == 7
    assert seen["association", 0, "commerce"] == 6
    assert "(entreprise 6 à 8, association 6 à 7)" in show(found)


def test_a_ressource_that_another_replaces_helps_nobody(data):
    _, before = covered(data)
    cat, _ = open_catalogue(data, JOUR, racine=data.parent)
    carnet = cat.ressources["carnet-de-suivi"]
    cat.ressources["carnet-de-suivi"] = carnet.model_copy(update={"remplace_par": "guide-eclairage"})
    referentiel = cat.questionnaires["essai"]
    after = measure(cat, referentiel, compile_questionnaire(cat, referentiel))
    assert sum(sum(values.values()) for values in before.basses.values()) == 24
    assert {id_ for (id_, _), values in after.basses.items() if any(values.values())} == {"e3"}


def test_each_example_has_its_line(data):
    text, right = show_examples(data, JOUR)
    assert right
    lines = text.splitlines()
    assert lines[0] == "Questionnaire d'essai"
    assert lines[1].split() == ["conforme", "3,9", "/", "5,", "Départ", "Valeurs", "de", "référence,", "plafonnées"]
    assert lines[2].split() == ["conforme", "de", "1,6", "à", "2,5", "/", "5", "Valeurs", "de", "référence,", "incomplètes"]
    assert len(lines) == 8


def test_what_differs_is_said_under_its_example(data):
    change(data, EXEMPLES, "score: 550/7", "score: 80")
    change(data, EXEMPLES, "plafonne_par: [e4]", "plafonne_par: []")
    text, right = show_examples(data, JOUR, "essai")
    assert not right
    assert "diffère" in text.splitlines()[1]
    assert "attendu.score : le moteur donne 550/7. Attendu : 80" in text
    assert "attendu.themes.energie.plafonne_par : le moteur donne e4. Attendu : rien" in text


def test_another_questionnaire_that_is_not_finished_is_in_nobody_s_way(data):
    shutil.copytree(data / "questionnaires" / "essai", data / "questionnaires" / "brouillon")
    change(data, "ressources/carnet-de-suivi.yml", "question: e1,", "question: b1,")
    assert show_examples(data, JOUR, "essai")[1]
    text, right = show_examples(data, JOUR)
    assert not right
    assert "data/questionnaires/brouillon/questionnaire.yml" in text


def test_the_command_gives_its_status(data, capsys):
    assert main(["scenarios", "--data", str(data)]) == 0
    assert main(["scenarios", "essais", "--data", str(data)]) == 1
    assert "« essais » est inconnu" in capsys.readouterr().out
    change(data, EXEMPLES, "score: 550/7", "score: 80")
    assert main(["scenarios", "essai", "--data", str(data)]) == 1


def test_the_check_ends_with_the_figures(data, capsys):
    assert main(["check", "--bref", "--data", str(data)]) == 0
    assert "essai : 8 questions (" in capsys.readouterr().out
