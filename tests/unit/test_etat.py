"""The survey of the data: each family says what it must, where it stands, and nothing of what is in order."""

import datetime
import re

import pytest

from etabli.__main__ import main
from etabli.build import open_catalogue
from etabli.etat import FAMILLES, show, survey

from .test_wrong import TESTS

JOUR = datetime.date(2026, 3, 1)
FICHE, DEFI, ETUDE = "fiches/fiche-02-accueil.yml", "dispositifs/defi-collectif.yml", "dispositifs/etude-energie.yml"
AGENCE, BRETAGNE, THEMES = "organismes/agence.yml", "contacts/agence-bretagne.yml", "vocabulaires/themes.yml"


@pytest.fixture
def data(data):
    """The sample, in which all is mended that the survey says of it."""
    change(data, DEFI, "cloture: 2026-01-31", "cloture: 2026-12-31")
    change(data, FICHE, "dispositifs: [etude-energie]", "dispositifs: [etude-energie, defi-collectif]")
    change(data, FICHE, "ressources: [guide-eclairage]", "ressources: [guide-eclairage, compteur-eau]")
    return data


def change(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} no longer has « {old} »"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def line_of(folder, file, start):
    """« data/x.yml:3 », where a line of the file begins so."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return f"data/{file}:{next(i for i, line in enumerate(lines, 1) if line.startswith(start))}"


def told(folder):
    """Title → lines."""
    cat, _ = open_catalogue(folder, JOUR, racine=folder.parent)
    return {constat.titre: constat.lignes for constat in survey(cat)}


def test_nothing_is_said_of_what_is_in_order(data):
    assert told(data) == {}


def test_what_closed_and_has_no_successor(data):
    change(data, DEFI, "cloture: 2026-12-31", "cloture: 2026-02-28")
    assert told(data) == {"Clos sans remplaçant": [f"{line_of(data, DEFI, 'cloture')}  clos depuis le 28 février 2026"]}


def test_what_closes_today_or_has_a_successor_is_in_order(data):
    change(data, DEFI, "cloture: 2026-12-31", "cloture: 2026-03-01")
    assert told(data) == {}
    change(data, DEFI, "cloture: 2026-03-01", "cloture: 2026-02-28\nremplace_par: etude-energie")
    assert told(data) == {}


def test_what_only_the_site_itself_says(data):
    with (data / "vocabulaires" / "documents.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: redaction, libelle: Rédaction du site, description: Ceux qui l'écrivent.}\n")
    own = "source: {document: redaction, consulte_le: 2026-01-05}"
    change(data, DEFI, "source: {document: memoire, consulte_le: 2026-01-05}", own)
    place = line_of(data, DEFI, "source")
    assert told(data) == {"Sans source extérieure": [f"{place}  rien d'extérieur ne le confirme"]}
    change(data, DEFI, own, f"{own}\nautres_sources: [{{document: redaction, consulte_le: 2026-01-05}}]")
    assert told(data) == {"Sans source extérieure": [f"{place}  rien d'extérieur ne le confirme"]}
    change(data, DEFI, "[{document: redaction", "[{document: memoire")
    assert told(data) == {}


@pytest.mark.parametrize(("day", "lines"), [("2025-03-01", 0), ("2025-02-28", 1)])
def test_a_contact_is_looked_at_every_year(data, day, lines):
    """365 days before the day of the tests is 1 March 2025."""
    change(data, BRETAGNE, "verifie_le: 2026-01-05", f"verifie_le: {day}")
    found = told(data)
    assert sum(map(len, found.values())) == lines
    if lines:
        assert found == {"Contacts à revérifier": [f"{line_of(data, BRETAGNE, 'verifie_le')}  vérifié le 28 février 2025"]}


def test_what_nothing_names(data):
    change(data, FICHE, "dispositifs: [etude-energie, defi-collectif]", "dispositifs: [etude-energie]")
    change(data, FICHE, "ressources: [guide-eclairage, compteur-eau]", "ressources: []")
    change(data, "ressources/guide-eclairage.yml", "dispositifs: [etude-energie]\n", "")
    text = (data / AGENCE).read_text(encoding="utf-8").replace("id: agence", "id: bureau")
    (data / "organismes" / "bureau.yml").write_text(text, encoding="utf-8")
    assert told(data) == {
        "Orphelins": [
            "data/dispositifs/defi-collectif.yml:1  seules les listes et la recherche y mènent",
            "data/organismes/bureau.yml:1  aucune page ne le montre",
            "data/ressources/compteur-eau.yml:1  seules les listes et la recherche y mènent",
        ]
    }, "the guide answers to a question: it is reached"


def test_a_ressource_that_names_an_aid_is_reached_from_it(data):
    change(data, FICHE, "ressources: [guide-eclairage, compteur-eau]", "ressources: []")
    change(data, "ressources/compteur-eau.yml", "effort: 2", "effort: 2\ndispositifs: [defi-collectif]")
    assert told(data) == {}


def test_a_contact_that_no_page_gives(data):
    """Another organisme's, in a region of which nothing is said, for no besoin."""
    text = (data / AGENCE).read_text(encoding="utf-8").replace("id: agence", "id: bureau")
    (data / "organismes" / "bureau.yml").write_text(text, encoding="utf-8")
    text = (data / BRETAGNE).read_text(encoding="utf-8").replace("REG-53", "REG-11")
    text = text.replace("id: agence-bretagne\norganisme: agence", "id: bureau-idf\norganisme: bureau")
    (data / "contacts" / "bureau-idf.yml").write_text(text, encoding="utf-8")
    assert told(data) == {"Hors d'atteinte": ["data/contacts/bureau-idf.yml:1  aucune page ne le donne"]}
    change(data, "contacts/bureau-idf.yml", "territoires: [REG-11]", "territoires: [REG-53]\nbesoins: [reduire]")
    assert told(data) == {}, "a page of a place gives it"
    change(data, "contacts/bureau-idf.yml", "\nbesoins: [reduire]", "")
    assert list(told(data)) == ["Hors d'atteinte"]
    change(data, DEFI, "collectif: {", "contacts: [bureau-idf]\ncollectif: {")
    assert told(data) == {}, "the page of an aid gives it"


def test_an_entry_of_a_vocabulary_under_which_nothing_is(data):
    with (data / THEMES).open("a", encoding="utf-8") as file:
        file.write("- {id: air, libelle: Air, description: Respirer.}\n")
    assert told(data) == {"Hors d'atteinte": [f"data/{THEMES}:3  rien n'est rangé sous « air »"]}


def test_a_word_that_nothing_uses(data):
    with (data / "glossaire.yml").open("a", encoding="utf-8") as file:
        file.write(
            "- {id: spring, terme: Ressort, definition: Il revient., source: {document: memoire, consulte_le: 2026-01-05}}\n"
            "- {id: lux, terme: Lux, variantes: [Atelier], definition: Il éclaire., source: {document: memoire, consulte_le: 2026-01-05}}\n"
        )
    assert told(data) == {"Mots que rien n'emploie": ["data/glossaire.yml:6  « Ressort »"]}, "one of the forms, in any capitals, is enough"


def test_every_family_says_what_to_do_and_has_been_seen_above():
    source = (TESTS / "unit" / "test_etat.py").read_text(encoding="utf-8")
    for find, titre, conseil in FAMILLES:
        assert conseil.endswith(".")
        assert find.__doc__
        assert f'"{titre}": [' in source


def test_lines_are_sorted_and_each_has_its_place(data):
    change(data, DEFI, "cloture: 2026-12-31", "cloture: 2026-02-28")
    change(data, ETUDE, "cloture: 2026-12-31", "cloture: 2026-02-27")
    cat, _ = open_catalogue(data, JOUR, racine=data.parent)
    (constat,) = survey(cat)
    assert constat.lignes == sorted(constat.lignes)
    assert all(re.match(r"data/dispositifs/[\w-]+\.yml:\d+  \S", line) for line in constat.lignes)
    assert show([constat], bref=True) == "clos sans remplaçant : 2"
    shown = show([constat], bref=False)
    assert shown.startswith("Clos sans remplaçant (2). Si une aide a pris la suite")
    assert shown.count("\n  data/") == 2


def run_check(capsys, monkeypatch, *arguments):
    monkeypatch.setenv("ETABLI_DATE", JOUR.isoformat())
    status = main(["check", *map(str, arguments)])
    return status, capsys.readouterr().out


def test_the_command_lists_or_counts_and_never_fails_for_it(data, capsys, monkeypatch):
    change(data, DEFI, "cloture: 2026-12-31", "cloture: 2026-02-28")
    change(data, BRETAGNE, "verifie_le: 2026-01-05", "verifie_le: 2024-01-05")
    status, out = run_check(capsys, monkeypatch, "--data", data)
    assert status == 0
    for file, start in ((DEFI, "cloture"), (BRETAGNE, "verifie_le")):
        assert f"\n  {line_of(data, file, start)}  " in out
    status, out = run_check(capsys, monkeypatch, "--bref", "--data", data)
    assert status == 0
    assert out.startswith("clos sans remplaçant : 1 ; contacts à revérifier : 1\n\nDonnées en ordre")
    assert "data/" not in out


def test_the_command_says_nothing_of_what_is_in_order(data, capsys, monkeypatch):
    for arguments in ((), ("--bref",)):
        status, out = run_check(capsys, monkeypatch, *arguments, "--data", data)
        assert status == 0
        first, second = out.splitlines()
        assert first.startswith("Données en ordre : 1 organismes")
        assert second.startswith("  essai : 8 questions (")
