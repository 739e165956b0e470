"""Many espaces side by side: which are built, which are left, what they share on disk, and the front page above them."""

import datetime
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etabli import espaces as module
from etabli.decoupage import Lieu
from etabli.espaces import Plateforme, build_espaces, digest_of, find_espaces, forget, share_engine, share_same
from etabli.plateforme import Demande, DemandeRefusee, choose, make_platform
from etabli.portail import write_portal
from etabli.schema_site import Site

RACINE = Path(__file__).resolve().parents[2]
JOUR = datetime.date(2026, 3, 1)
ESPACE = 'id: {id}\nnom: "{nom}"\nterritoires: [{code}]\nsite: {{nom: "{nom} en transition", accroche: "Ce qui aide à {nom}."}}\n'


def write_espace(folder: Path, id_: str, nom: str = "Val d'Or", code: str = "EPCI-200000008") -> Path:
    (folder / id_).mkdir(parents=True)
    (folder / id_ / "espace.yml").write_text(ESPACE.format(id=id_, nom=nom, code=code), encoding="utf-8")
    return folder / id_


@pytest.fixture
def projet(tmp_path, monkeypatch) -> Plateforme:
    """A project whose build of a site is a stand-in: it writes one page, and fails for the espace « faux »."""
    for name in ("data/espaces", "docs", "theme", "hooks", "wasm/web"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: essai\n")
    (tmp_path / "requirements.txt").write_text("")
    moteur = tmp_path / "build" / "moteur"
    (moteur / "abc").mkdir(parents=True)
    (moteur / "abc" / "pyodide.mjs").write_text("export default 1;\n" * 200)
    (moteur / "courant.json").write_text('{"dossier": "abc"}')
    monkeypatch.setattr(module, "BUILT", tmp_path / "build")

    def build(command, **options):
        site = Path(command[command.index("--sortie") + 1])
        site.mkdir(parents=True, exist_ok=True)
        (site / "index.html").write_text(f"{site.name} {options['env'].get('ETABLI_URL', '')} {options['env']['ETABLI_DATE']}")
        return subprocess.CompletedProcess(command, int(site.name == "faux"), "", "ce qui ne va pas" if site.name == "faux" else "")

    monkeypatch.setattr(module.subprocess, "run", build)
    return Plateforme(tmp_path, tmp_path / "plateforme", "2026-03-01", "https://etabli.example/tous/")


def build_all(plateforme: Plateforme) -> dict[str, str]:
    found = {"national": None} | find_espaces([plateforme.racine / "data" / "espaces"])
    return {result.nom: result.etat for result in build_espaces(plateforme, found)}


def test_only_what_has_changed_is_built_again(projet):
    here = projet.racine / "data" / "espaces"
    write_espace(here, "un")
    write_espace(here, "deux")
    assert build_all(projet) == {"national": "construit", "un": "construit", "deux": "construit"}
    assert build_all(projet) == {"national": "inchangé", "un": "inchangé", "deux": "inchangé"}
    (here / "un" / "espace.yml").open("a").write("# autre chose\n")
    assert build_all(projet) == {"national": "inchangé", "un": "construit", "deux": "inchangé"}
    (projet.racine / "docs" / "guide.md").write_text("# Guide")
    assert set(build_all(projet).values()) == {"construit"}
    assert (projet.sortie / "un" / "index.html").read_text() == "un https://etabli.example/tous/un/ 2026-03-01"


def test_the_day_the_address_and_the_engine_are_inputs_too(projet):
    write_espace(projet.racine / "data" / "espaces", "un")
    build_all(projet)
    later = Plateforme(projet.racine, projet.sortie, "2026-03-02", projet.adresse)
    assert build_all(later)["un"] == "construit"
    elsewhere = Plateforme(projet.racine, projet.sortie, "2026-03-02", "https://ailleurs.example/")
    assert build_all(elsewhere)["un"] == "construit"
    (projet.racine / "build" / "moteur" / "abd").mkdir()
    (projet.racine / "build" / "moteur" / "abd" / "pyodide.mjs").write_text("export default 2;\n")
    (projet.racine / "build" / "moteur" / "courant.json").write_text('{"dossier": "abd"}')
    assert build_all(elsewhere)["un"] == "construit"
    assert sorted(path.name for path in (projet.sortie / "commun" / "moteur").iterdir()) == ["abc", "abd"]


def test_a_refused_espace_says_why_and_stops_no_other(projet):
    here = projet.racine / "data" / "espaces"
    write_espace(here, "faux")
    write_espace(here, "juste")
    found = {r.nom: r for r in build_espaces(projet, find_espaces([here]))}
    assert (found["faux"].etat, found["juste"].etat) == ("refusé", "construit")
    assert "ce qui ne va pas" in found["faux"].journal
    assert build_all(projet)["faux"] == "refusé"  # and it is tried again


def test_a_folder_taken_away_is_built_again(projet):
    write_espace(projet.racine / "data" / "espaces", "un")
    build_all(projet)
    for path in (projet.sortie / "un").iterdir():
        path.unlink()
    (projet.sortie / "un").rmdir()
    assert build_all(projet)["un"] == "construit"


def test_the_engine_stands_once_and_is_compressed_once(projet):
    share_engine(projet.sortie / "commun")
    share_engine(projet.sortie / "commun")
    assert sorted(path.name for path in (projet.sortie / "commun" / "moteur" / "abc").iterdir()) == [
        "pyodide.mjs",
        "pyodide.mjs.br",
        "pyodide.mjs.gz",
    ]
    assert [path.name for path in (projet.sortie / "commun").iterdir()] == ["moteur"]


def test_the_examples_are_no_part_of_what_every_espace_is_made_from(tmp_path):
    data = tmp_path / "data"
    write_espace(data / "espaces", "un")
    (data / "site.yml").write_text("nom: x\n")
    (data / "__pycache__").mkdir()
    before = digest_of([data])
    write_espace(data / "espaces", "deux")
    (data / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert digest_of([data]) == before
    (data / "site.yml").rename(data / "sites.yml")
    assert digest_of([data]) != before


def test_the_same_file_of_two_espaces_is_one_on_disk(tmp_path):
    for name, text in (("a", "x" * 600), ("b", "x" * 600), ("c", "y" * 600)):
        (tmp_path / name / "sous").mkdir(parents=True)
        (tmp_path / name / "sous" / f"{name}.txt").write_text(text)
        (tmp_path / name / "petit.txt").write_text("petit")
        share_same(tmp_path / name, tmp_path / "memes")
    inodes = {name: (tmp_path / name / "sous" / f"{name}.txt").stat().st_ino for name in "abc"}
    assert inodes["a"] == inodes["b"] != inodes["c"]
    assert (tmp_path / "b" / "sous" / "b.txt").read_text() == "x" * 600
    assert (tmp_path / "a" / "petit.txt").stat().st_nlink == 1
    assert not list(tmp_path.rglob(".*"))


def test_what_is_no_longer_asked_for_goes_and_so_does_what_only_it_used(projet):
    here = projet.racine / "data" / "espaces"
    write_espace(here, "un")
    write_espace(here, "parti")
    build_all(projet)
    share_engine(projet.sortie / "commun")
    (projet.sortie / "parti" / "long.txt").write_text("z" * 600)
    share_same(projet.sortie / "parti", projet.memoire / "memes")
    assert forget(projet, ["un"]) == ["parti"]
    assert sorted(path.name for path in projet.sortie.iterdir()) == ["commun", "national", "un"]
    assert list((projet.memoire / "memes").iterdir()) == []


def test_two_espaces_of_one_name_or_one_that_takes_a_place_are_refused(tmp_path):
    write_espace(tmp_path / "a", "un")
    write_espace(tmp_path / "b", "un")
    with pytest.raises(ValueError, match="« un » nomme deux espaces"):
        find_espaces([tmp_path / "a", tmp_path / "b"])
    write_espace(tmp_path / "c", "national")
    with pytest.raises(ValueError, match="« national »"):
        find_espaces([tmp_path / "c"])


@given(st.integers(0, 40), st.integers(1, 12))
def test_the_lots_together_are_all_of_them_each_once(number, total):
    known = {f"e{i}": Path(f"e{i}") for i in range(number)}
    lots = [choose(known, Demande(lot=f"{rank}/{total}")) for rank in range(1, total + 1)]
    assert sorted(id_ for lot in lots for id_ in lot) == sorted(choose(known, Demande()))
    assert max(map(len, lots)) - min(map(len, lots)) <= 1


@pytest.mark.parametrize("lot", ["0/3", "4/3", "3", "a/b", "1/0"])
def test_a_lot_that_is_none_is_told(lot):
    with pytest.raises(DemandeRefusee, match=re.escape(f"LOT={lot} n'est pas un lot.")):
        choose({}, Demande(lot=lot))


def test_one_alone_and_one_that_is_not_there():
    known = {"grand-poitiers": Path("gp")}
    assert choose(known, Demande(seul="grand-poitiers")) == known
    assert choose(known, Demande(seul="national")) == {"national": None}
    with pytest.raises(DemandeRefusee, match="Vouliez-vous dire « grand-poitiers »"):
        choose(known, Demande(seul="grand-poitier"))


def test_the_front_page_leads_to_what_is_built_by_region_and_the_error_page_from_anywhere(tmp_path):
    places = {"REG-75": Lieu("REG-75", "Nouvelle-Aquitaine", "PAYS-99100"), "DEP-86": Lieu("DEP-86", "Vienne", "REG-75")}
    places["EPCI-200069854"] = Lieu("EPCI-200069854", "CU du Grand Poitiers", "DEP-86")
    espaces = {
        "poitiers": write_espace(tmp_path, "poitiers", "L'été <b>", "EPCI-200069854"),
        "ailleurs": write_espace(tmp_path, "ailleurs", "Ailleurs", "TI-ailleurs"),
        "pas-construit": write_espace(tmp_path, "pas-construit"),
    }
    for name in ("poitiers", "ailleurs"):
        (tmp_path / "sortie" / name).mkdir(parents=True)
    site = Site(nom="Établi", accroche="Une boîte à outils.")
    assert write_portal(RACINE, tmp_path / "sortie", espaces, site, places, "https://etabli.example/tous") == 2
    page = (tmp_path / "sortie" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page) == ["France entière", "Nouvelle-Aquitaine"]
    assert re.findall(r'<li><a href="([^"]+)">', page)[:2] == ["ailleurs/", "poitiers/"]
    assert "L’été &lt;b&gt;" in page and "2 territoires ont leur site ici" in page
    error = (tmp_path / "sortie" / "404.html").read_text(encoding="utf-8")
    assert all(link.startswith("/tous/") for link in re.findall(r'(?:href|src)="([^"#][^"]*)"', error))
    for address in re.findall(r'(?:href|src)="(commun/[^"]+)"', page):
        assert (tmp_path / "sortie" / address).is_file()


def test_the_command_says_what_became_of_each(projet, capsys, monkeypatch):
    write_espace(projet.racine / "data" / "espaces", "faux")
    write_espace(projet.racine / "data" / "espaces", "juste")
    cat = type("Catalogue", (), {"site": Site(nom="Établi", accroche="Une boîte à outils."), "decoupage": {}})()
    monkeypatch.setattr(sys.modules["etabli.plateforme"], "open_catalogue", lambda *_: (cat, []))
    for name in ("theme/assets/images/etabli.svg", "theme/assets/stylesheets/etabli.css"):
        (projet.racine / name).parent.mkdir(parents=True, exist_ok=True)
        (projet.racine / name).write_text("")
    assert make_platform(projet.racine, JOUR, Demande()) == 1
    said = capsys.readouterr()
    assert re.sub(r"\d+,\d", "0,0", said.out).splitlines()[:3] == [
        "  national : construit en 0,0 s",
        "  faux : refusé en 0,0 s",
        "  juste : construit en 0,0 s",
    ]
    assert said.err.strip() == "ce qui ne va pas"
    assert re.search(r"plateforme/ : 2 construits, 1 refusé, en \d+ s ; la page d'accueil mène à 2 espaces\.", said.out)
    assert make_platform(projet.racine, JOUR, Demande(portail=True)) == 0
    assert "rien à construire" in capsys.readouterr().out
