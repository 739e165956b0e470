"""`make espace`: the territoire is found as a person names it, and what is written for it holds."""

import datetime

import pytest

from etabli import RACINE
from etabli.__main__ import main
from etabli.build import open_catalogue
from etabli.chercher_lieu import MONTRES, LieuIntrouvable, find_lieu, full_name, short_name
from etabli.decoupage import Lieu, load_decoupage
from etabli.nouvel_espace import EspaceRefuse, create_espace, tell_created

from .espaces import SAMPLE
from .json_schema import wrong_in

JOUR = datetime.date(2026, 11, 21)
DATA = RACINE / "data"
TI = Lieu("TI-nord-lorraine", "Nord Lorraine", "REG-44")
PLACES = load_decoupage() | {TI.code: TI}


@pytest.fixture(scope="module")
def base():
    return open_catalogue(DATA, JOUR)[0]


@pytest.mark.parametrize(
    ("demande", "code"),
    [
        ("Grand Poitiers", "EPCI-200069854"),
        ("  grand poitiers ", "EPCI-200069854"),
        ("CU du Grand Poitiers", "EPCI-200069854"),
        ("communauté urbaine Grand-Poitiers", "EPCI-200069854"),
        ("Poitiers", "EPCI-200069854"),  # a part of its name, and a commune of it
        ("Haut Poitou", "EPCI-200069763"),
        ("200069854", "EPCI-200069854"),
        ("200 069 854", "EPCI-200069854"),
        ("EPCI-200069854", "EPCI-200069854"),
        ("Vienne", "DEP-86"),
        ("dep-86", "DEP-86"),
        ("DEP-2A", "DEP-2A"),
        ("Nouvelle-Aquitaine", "REG-75"),
        ("REG-75", "REG-75"),
        ("Nord Lorraine", "TI-nord-lorraine"),
        ("TI-Nord-Lorraine", "TI-nord-lorraine"),
    ],
)
def test_a_place_is_found_as_one_names_it(demande, code):
    assert find_lieu(demande, PLACES).code == code


@pytest.mark.parametrize(
    ("demande", "told", "also"),
    [
        ("", "quel territoire ?", "SIREN"),
        ("Communauté de communes", "ne nomme aucun territoire", "DEP-86"),
        ("Zzyzx", "« Zzyzx » n'est dans aucune liste officielle.", "le nom d'une intercommunalité"),
        ("200069999", "n'est dans aucune liste officielle.", "SIREN"),
        ("Mayotte", "« Mayotte » peut désigner 2 territoires :", "NOM=REG-06"),
        ("Mayotte", "peut désigner 2 territoires", "NOM=DEP-976"),
        ("Ligugé", "« Ligugé » n'est pas un territoire, mais le nom d'une commune :", "CU du Grand Poitiers, Vienne : NOM=200069854"),
        ("Saint-Denis", "« Saint-Denis » peut désigner", "(CINOR), La Réunion : NOM=249740119"),  # not Seine-Saint-Denis at once
        ("Grand", "« Grand » peut désigner", "… et "),
    ],
)
def test_a_name_that_says_too_little_is_asked_again(demande, told, also):
    with pytest.raises(LieuIntrouvable) as refused:
        find_lieu(demande, PLACES)
    said = str(refused.value).replace("«  »", "« »")
    assert told in said
    assert also in said
    assert said.count("NOM=") <= MONTRES


def test_each_answer_proposed_is_one_that_is_found():
    for demande in ("Mayotte", "Sainte-Colombe", "Grand"):
        with pytest.raises(LieuIntrouvable) as refused:
            find_lieu(demande, PLACES)
        for line in str(refused.value).splitlines():
            if "NOM=" in line:
                found = find_lieu(line.rpartition("NOM=")[2], PLACES)
                assert line.strip().startswith(found.nom)


@pytest.mark.parametrize(
    ("nom", "full", "short"),
    [
        ("CU du Grand Poitiers", "Communauté urbaine du Grand Poitiers", "Grand Poitiers"),
        ("CC de l'Île de Ré", "Communauté de communes de l'Île de Ré", "Île de Ré"),
        ("CA Grand Lac", "Communauté d'agglomération Grand Lac", "Grand Lac"),
        ("Métropole de Lyon", "Métropole de Lyon", "Métropole de Lyon"),
        ("Vienne", "Vienne", "Vienne"),
    ],
)
def test_how_a_place_is_called(nom, full, short):
    lieu = Lieu("EPCI-000000000", nom, "DEP-86")
    assert (full_name(lieu), short_name(lieu)) == (full, short)


#: With a page in the base or without, a name with an apostrophe, a département, a Territoire d'industrie.
CREES = {"200069854": "grand-poitiers", "EPCI-241700459": "ile-de-re", "DEP-86": "vienne", "TI-nord-lorraine": "essai"}


@pytest.mark.parametrize("demande", CREES)
def test_what_is_written_is_an_espace_that_holds(base, tmp_path, demande):
    """Laid over the real base it gives no problem, its contact once renamed either; and its schemas accept it."""
    dossier, lieu = create_espace(base, DATA, demande, tmp_path / CREES[demande])
    (example,) = dossier.rglob("*.exemple")
    example.rename(example.with_suffix(""))
    cat, warnings = open_catalogue(DATA, JOUR, RACINE, dossier)
    assert cat.contacts[f"collectivite-{dossier.name}"].territoires == [lieu.code]
    assert [p for p in warnings if p.fichier.startswith(dossier.name)] == []
    assert cat.espace.modele.territoires == [lieu.code]
    assert lieu.code in {t.code for t in cat.territoires.values()}, "it has a page"
    assert (dossier / f"territoires/{dossier.name}.yml").exists() == (lieu.code not in {t.code for t in base.territoires.values()})
    for path in dossier.rglob("*.y*ml*"):
        first = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        schema = (path.parent / first).resolve()
        assert schema.is_relative_to(DATA / "schemas")
        assert schema.is_file()
    for (kind, id_), document in cat.documents.items():
        if document.chemin.is_relative_to(dossier) and kind != "site":
            assert wrong_in(DATA / "schemas" / f"{kind}.schema.json", document.valeur) == [], (kind, id_)


def test_it_is_written_beside_the_base_unless_told(base, tmp_path):
    (tmp_path / "data").symlink_to(DATA)
    dossier, lieu = create_espace(base, tmp_path / "data", "Haut Poitou", None)
    assert dossier == (tmp_path / "espaces" / "haut-poitou").resolve()
    told = tell_created(dossier, lieu, tmp_path.resolve())
    assert "Espace de Communauté de communes du Haut Poitou (EPCI-200069763), écrit dans espaces/haut-poitou/ :" in told
    for command in ("serve", "check", "site"):
        assert f"make {command} ESPACE=espaces/haut-poitou" in told
    assert {line.strip() for line in told.splitlines() if line.startswith("  ")} == {
        path.relative_to(dossier).as_posix() for path in dossier.rglob("*") if path.is_file()
    }


def test_a_folder_that_exists_is_left_as_it_is(base, tmp_path):
    """Even with one file in it; an empty one is fine."""
    (tmp_path / "ici").mkdir()
    (tmp_path / "ici" / "notes.txt").write_text("à garder", encoding="utf-8")
    (tmp_path / "fichier").write_text("à garder", encoding="utf-8")
    for name in ("ici", "fichier"):
        with pytest.raises(EspaceRefuse, match="existe déjà, et n'a pas été touché"):
            create_espace(base, DATA, "Haut Poitou", tmp_path / name)
    assert {path.name for path in tmp_path.rglob("*")} == {"fichier", "ici", "notes.txt"}
    assert (tmp_path / "fichier").read_text(encoding="utf-8") == (tmp_path / "ici" / "notes.txt").read_text(encoding="utf-8") == "à garder"
    (tmp_path / "vide").mkdir()
    assert create_espace(base, DATA, "Haut Poitou", tmp_path / "vide")[0] == (tmp_path / "vide").resolve()


def test_a_folder_s_name_is_an_id(base, tmp_path):
    with pytest.raises(EspaceRefuse, match="un dossier nommé « le-haut-poitou »"):
        create_espace(base, DATA, "Haut Poitou", tmp_path / "Le Haut-Poitou")
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_has_written_or_why_not(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ETABLI_DATE", JOUR.isoformat())
    asked = ["espace", "--data", str(SAMPLE)]
    assert main([*asked, "Haut Poitou", "--dossier", str(tmp_path / "ici")]) == 0
    assert "Commencez par" in capsys.readouterr().out
    assert main([*asked, "Haut Poitou", "--dossier", str(tmp_path / "ici")]) == 1
    assert main([*asked, "Mayotte", "--dossier", str(tmp_path / "la")]) == 1
    assert main([*asked, ""]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("Établi : ") == 3
    assert [path.name for path in tmp_path.iterdir()] == ["ici"]
