"""What the team of an espace is told at each build, and what the base said when it last looked (`releve.py`, `rapport.py`)."""

import datetime
import json

import pytest

from etabli import RACINE
from etabli.__main__ import main
from etabli.build import open_catalogue, today
from etabli.rapport import FAMILLES, tell_espace
from etabli.releve import RELEVE, find_changed, read_releve, version_of, write_releve

from .espaces import AIDE, ESPACE, LOCAL, SOURCE, change, open_base, open_with, write_espace
from .test_wrong import JOUR

ETUDE = "dispositif/etude-energie"
TROIS = sorted(path.parent for path in (RACINE / "data" / "espaces").glob("*/espace.yml"))


def edit(data, path, old, new):
    text = (data / path).read_text(encoding="utf-8")
    assert old in text
    (data / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def section(cat, titre):
    """The lines of one family."""
    return list(dict(FAMILLES)[next(nom for nom, _ in FAMILLES if nom.startswith(titre))](cat, cat.espace))


@pytest.fixture
def espace(tmp_path):
    return write_espace(
        tmp_path,
        remplace=[change(ETUDE, "Nos mots.", champs={"titre": "Étude d'ici", "montant.taux": {"toutes": 45}, "texte": "De plus."})],
        ajoute=[change("fiche/fiche-02-accueil", "Une porte.", champ="liens", valeurs=[{"titre": "Ici", "url": "https://ici.example/"}])],
    )


# --- What the base said -------------------------------------------------------------------------------------------------


def test_what_was_never_compared_is_told_until_it_has_been_read(espace):
    cat = open_with(espace)
    assert find_changed(cat.espace) == ([], cat.espace.changements)
    assert len(section(cat, "Jamais comparé")) == 4
    assert write_releve(cat.espace, "2026-01-05-000000") == 4
    again = open_with(espace)
    assert find_changed(again.espace) == ([], [])
    assert again.espace.modele.base_version == "2026-01-05-000000"
    assert again.dispositifs == cat.dispositifs, "reading again changes nothing else"


def test_what_has_changed_in_the_base_is_told_with_what_it_said(espace, data):
    write_releve(open_with(espace, data=data).espace, "2026-01-05-000000")
    edit(data, "dispositifs/etude-energie.yml", "petite: 70", "petite: 75")
    edit(data, "dispositifs/etude-energie.yml", "duree:", "texte: La base en dit plus.\nduree:")
    edit(data, "dispositifs/etude-energie.yml", "affichage: jusqu'à 70 %", "affichage: jusqu'à 75 %")  # not replaced here
    edit(data, "fiches/fiche-02-accueil.yml", "titre: Le site de l'agence", "titre: L'agence")
    cat = open_with(espace, data=data)
    assert section(cat, "À relire") == [
        "ici/espace.yml:6  dispositif/etude-energie montant.taux : la base disait « petite 70, moyenne 60, grande 50 », "
        "elle dit « petite 75, moyenne 60, grande 50 ».",
        "ici/espace.yml:6  dispositif/etude-energie texte : la base disait « rien », elle dit « La base en dit plus. ».",
    ]
    write_releve(cat.espace, "2026-01-06-000000")
    assert section(open_with(espace, data=data), "À relire") == []


def test_the_list_that_an_espace_completes_is_followed_too(espace, data):
    """`ajoute` goes on working when the base changes; its reason may not."""
    write_releve(open_with(espace, data=data).espace, "2026-01-05-000000")
    assert "liens" in read_releve(open_with(espace, data=data).espace)["fiche/fiche-02-accueil"]


def test_an_adapted_questionnaire_is_followed(tmp_path, data):
    espace = write_espace(tmp_path, files={"questionnaires/local/questionnaire.yml": LOCAL})
    write_releve(open_with(espace, data=data).espace, "2026-01-05-000000")
    assert section(open_with(espace, data=data), "À relire") == []
    edit(data, "questionnaires/essai/energie.yml", "poids: 3", "poids: 4")
    (told,) = section(open_with(espace, data=data), "À relire")
    place = "ici/questionnaires/local/questionnaire.yml:2  questionnaire/local : le questionnaire national « essai »"
    assert told == f"{place} a changé sans changer de version (1.1.0)."
    edit(data, "questionnaires/essai/questionnaire.yml", "version: 1.1.0", "version: 1.2.0")
    (told,) = section(open_with(espace, data=data), "À relire")
    assert told == f"{place} est passé de la version 1.1.0 à la 1.2.0."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: ici\n", 'id: ici\nbase_version: "2026-02-02-abcdef"\n'),
        ("id: ici # notre nom\n", 'id: ici # notre nom\nbase_version: "2026-02-02-abcdef"\n'),
        ('id: ici\nbase_version: "2025-01-01-000000"  # relue\n', 'id: ici\nbase_version: "2026-02-02-abcdef"\n'),
        ("# Un commentaire.\nid:   ici\nbase_version:\n", '# Un commentaire.\nid:   ici\nbase_version: "2026-02-02-abcdef"\n'),
    ],
)
def test_only_one_line_of_espace_yml_is_written(tmp_path, before, after):
    """Comments, order and spaces are those of its authors."""
    rest = ESPACE.removeprefix("id: ici\n") + "# Fin.\nmasque:   [ {quoi: terme/pcaet,   motif: Un essai.} ]\n"
    dossier = write_espace(tmp_path, files={"espace.yml": before + rest})
    write_releve(open_with(dossier).espace, "2026-02-02-abcdef")
    assert (dossier / "espace.yml").read_text(encoding="utf-8") == after + rest


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"champs": 3}', '{"champs": {"dispositif/etude-energie": {}}}', "\x00"])
def test_a_releve_that_cannot_be_read_is_as_none(espace, broken):
    (espace / RELEVE).write_text(broken, encoding="utf-8")
    assert len(section(open_with(espace), "Jamais comparé")) == 4


def test_the_version_of_the_base_is_that_of_its_content(data):
    """Whatever is in a file of data counts, but for the legal block and for the espaces."""
    before = version_of(data)
    assert before == version_of(data)
    assert before.startswith("2026-01-05-")
    for path, changes in {
        "site.yml": False, "espaces/ici/espace.yml": False, "espaces/ici/ressources/a.yml": False, "schemas/a.json": False,
        "synonymes.yml": True, "ressources/compteur-eau.yml": True, "questionnaires/essai/eau.yml": True, "vocabulaires/themes.yml": True,
    }.items():  # fmt: skip
        whole, target = version_of(data), data / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text((target.read_text(encoding="utf-8") if target.exists() else "") + "# relu\n", encoding="utf-8")
        assert (version_of(data) != whole) == changes, path
    (data / "ressources" / "compteur-eau.yml").rename(data / "ressources" / "autre.yml")
    assert version_of(data) != whole
    edit(data, "ressources/guide-eclairage.yml", "maj: 2026-01-05", "maj: 2026-02-01")
    assert version_of(data).startswith("2026-02-01-")


def test_the_command_keeps_what_was_read(espace, data, capsys, monkeypatch):
    monkeypatch.setenv("ETABLI_DATE", JOUR.isoformat())
    assert main(["relu", "--data", str(data)]) == 1
    assert "make relu ESPACE=" in capsys.readouterr().err
    assert main(["relu", "--data", str(data), "--espace", str(espace)]) == 0
    assert f"4 champs de la base {version_of(data)}, dans ici/{RELEVE}." in capsys.readouterr().out
    assert json.loads((espace / RELEVE).read_text(encoding="utf-8"))["base_version"] == version_of(data)
    assert main(["check", "--bref", "--data", str(data), "--espace", str(espace)]) == 0
    said = capsys.readouterr().out
    assert f"Espace « Rennes Métropole », sur la base {version_of(data)}.\n" in said
    assert "Changé ici (4) :" in said
    assert "Jamais comparé" not in said


# --- The report ------------------------------------------------------------------------------------------------------


def test_without_espace_there_is_no_report():
    assert tell_espace(open_base(), "2026-01-05-000000") == ""


def test_each_change_has_its_line_and_its_reason(tmp_path):
    dossier = write_espace(
        tmp_path, files={"dispositifs/aide-locale.yml": AIDE, "questionnaires/local/questionnaire.yml": LOCAL},
        remplace=[change(ETUDE, "Nos mots.", champs={"titre": "Étude d'ici"})],
        masque=[change("terme/pcaet", "Un mot de trop."),
                change("dispositif/defi-collectif", "La nôtre.", au_profit_de="aide-locale", quand_expire="montre-national")],
    )  # fmt: skip
    cat = open_with(dossier)
    assert section(cat, "Changé ici") == [
        "ici/espace.yml:5  remplace dispositif/etude-energie titre : Nos mots.",
        "ici/espace.yml:6  masque terme/pcaet : Un mot de trop.",
        "ici/espace.yml:6  masque dispositif/defi-collectif : La nôtre.",
        "ici/questionnaires/local/questionnaire.yml:2  questionnaire/local part du questionnaire national « essai », version 1.1.0",
    ]
    assert section(cat, "Ajouté ici") == [
        "ici/dispositifs/aide-locale.yml:1  dispositif aide-locale",
        "ici/questionnaires/local/questionnaire.yml:1  questionnaire local (8 questions)",
    ]
    before = open_with(dossier, datetime.date(2026, 1, 31))
    assert section(before, "Changé ici")[2] == "ici/espace.yml:6  laisse voir dispositif/defi-collectif : La nôtre."
    report = tell_espace(cat, "2026-01-05-abcdef")
    assert report.startswith("Espace « Rennes Métropole », sur la base 2026-01-05-abcdef (relue pour la dernière fois : jamais).\n")
    assert "\nChangé ici (4) :\n  ici/espace.yml:5  remplace" in report
    assert "À relire" not in report, "a family with nothing to say is not named"


ENSUITE = " ; hors de ces dates, l'aide nationale est montrée"
BIENTOT = f":10  se ferme le 30 juin 2026{ENSUITE} : reconstruisez le site le lendemain"


def test_what_is_put_forward_and_not_shown(tmp_path):
    """The home page passes over it in silence: a call of the day that a local aid hides comes back with its end."""
    masque = change("dispositif/defi-collectif", au_profit_de="aide-locale", quand_expire="montre-national")
    dossier = write_espace(
        tmp_path, files={"dispositifs/aide-locale.yml": AIDE}, masque=[masque],
        epingle=[{"quoi": "dispositif/defi-collectif"}, {"quoi": "dispositif/aide-locale"}],
    )  # fmt: skip
    assert section(open_with(dossier), "Mis en avant") == ["ici/espace.yml:6  dispositif/defi-collectif"]
    assert section(open_with(dossier, datetime.date(2026, 7, 1)), "Mis en avant") == []


DATES = {
    datetime.date(2026, 1, 31): [f":9  pas encore ouvert{ENSUITE}"],
    datetime.date(2026, 3, 1): [],
    datetime.date(2026, 5, 30): [],
    datetime.date(2026, 5, 31): [BIENTOT],
    datetime.date(2026, 6, 30): [BIENTOT],
    datetime.date(2026, 7, 1): [f":10  clos depuis le 30 juin 2026{ENSUITE}"],
    datetime.date(2027, 1, 6): [f":10  clos depuis le 30 juin 2026{ENSUITE}", ":14  à relire depuis le 5 janvier 2027"],
}


@pytest.mark.parametrize("jour", DATES, ids=str)
def test_dates_that_ask_for_something(tmp_path, jour):
    masque = change("dispositif/defi-collectif", au_profit_de="aide-locale", quand_expire="montre-national")
    cat = open_with(write_espace(tmp_path, files={"dispositifs/aide-locale.yml": AIDE}, masque=[masque]), jour)
    assert section(cat, "Dates") == [f"ici/dispositifs/aide-locale.yml{told}" for told in DATES[jour]]


def test_an_aid_that_stands_for_no_other_says_only_its_own_dates(tmp_path):
    dossier = write_espace(tmp_path, files={"dispositifs/aide-locale.yml": AIDE})
    assert section(open_with(dossier, datetime.date(2026, 1, 31)), "Dates") == []
    assert section(open_with(dossier, datetime.date(2026, 7, 1)), "Dates") == [
        "ici/dispositifs/aide-locale.yml:10  clos depuis le 30 juin 2026"
    ]


@pytest.mark.parametrize(
    ("verifie", "told"),
    [
        ("", ["ici/contacts/porte.yml:1  jamais vérifié : essayez-le, puis écrivez « verifie_le »"]),
        ("verifie_le: 2025-03-01\n", []),  # a year ago today
        ("verifie_le: 2025-02-28\n", ["ici/contacts/porte.yml:7  vérifié le 28 février 2025"]),
    ],
)
def test_a_contact_that_nobody_has_tried(tmp_path, verifie, told):
    porte = (
        f"id: porte\norganisme: agence\nfonction: Une porte\nterritoires: [EPCI-243500139]\nurl: https://ici.example/\n{SOURCE}\n{verifie}"
    )
    assert section(open_with(write_espace(tmp_path, files={"contacts/porte.yml": porte})), "Contacts") == told


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ("[EPCI-243500139]", []),  # its own contact, its own page
        ("[DEP-29]", ["ici/espace.yml:3  Finistère n'a aucun contact à lui : ajoutez un fichier dans contacts/."]),
        ("[DEP-35]", []),  # a contact stands inside it
        ("[EPCI-243500139, EPCI-242900314]",
         ["ici/espace.yml:3  Brest Métropole n'a pas de page : ajoutez son fichier dans territoires/.",
          "ici/espace.yml:3  Brest Métropole n'a aucun contact à lui : ajoutez un fichier dans contacts/."]),
    ],
)  # fmt: skip
def test_a_territoire_without_a_page_or_a_door_of_its_own(tmp_path, codes, told):
    cat = open_with(write_espace(tmp_path, files={"espace.yml": ESPACE.replace("[EPCI-243500139]", codes)}))
    assert [line.lower() for line in section(cat, "Territoires")] == [line.lower() for line in told]


def test_every_family_is_seen_above():
    """One that comes asks for its test."""
    assert len(FAMILLES) == 8


# --- The three examples of `data/espaces/` ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dossier", TROIS, ids=lambda path: path.name)
def test_the_examples_hold_and_have_been_read_against_this_base(dossier):
    """When the base changes, what they replace is read again: the way out is a command."""
    cat, warnings = open_catalogue(RACINE / "data", today(), RACINE, dossier)
    assert [p for p in warnings if "espaces" in p.fichier and p.chemin != "a_relire_le"] == []
    changed, never = find_changed(cat.espace)
    out = f"lisez ce qui a changé (make check ESPACE=data/espaces/{dossier.name}), puis : make relu ESPACE=data/espaces/{dossier.name}"
    assert ([c.quoi for c, _ in changed], [c.quoi for c in never]) == ([], []), out
    assert (
        (dossier / "espace.yml")
        .read_text(encoding="utf-8")
        .startswith("# yaml-language-server: $schema=../../schemas/espace.schema.json\n")
    )


def test_there_are_three_of_them():
    assert len(TROIS) == 3
