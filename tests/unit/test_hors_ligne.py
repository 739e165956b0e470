"""hors_ligne.py: what the pieces hold, byte for byte, and what the worker is told of them."""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from etabli import hors_ligne
from etabli.hors_ligne import write_offline
from etabli.serveur import EN_TETES

#: Files that only other sites take up, that only editors read, or that a server needs: nobody reads them offline.
EXCLUS = (
    "api/v1/ressources.csv",
    "api/v1/ressources.json",
    "api/v1/recherche.json",
    "donnees/data/site.yml.txt",
    "sitemap.xml",
    "calendrier.ics",
    "contribuer/modeles.zip",
    "index.html.br",
)
INCLUS = (
    "404.html",
    "index.html",
    "territoires/vienne/index.html",
    "questionnaires/essai/index.html",
    "hors-connexion/index.html",
    "assets/stylesheets/etabli.css",
    "assets/javascripts/site.js",
    "assets/web/worker.js",
    "images/plan.png",
    "recherche/index.json",
    "recherche/0123456789ab/termes-0.json",
    "api/v1/questionnaires/essai.json",
    "api/v1/aides.json",
)
MOTEUR = ("manifest.json", "pyodide.mjs", "pyodide.asm.wasm")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def make_site(site: Path, moteur: str, communes: Path) -> Path:
    """A site of a few words. moteur: the engine's folder as seen from the site's root; communes: where their files are."""
    for name in (*INCLUS, *EXCLUS):
        write(site, name, f"contenu de {name}")
    write(site, "hors-connexion/index.html", '<p>Environ <data data-poids value="">…</data> Mo, <data data-place value="">…</data> Mo</p>')
    write(site, "questionnaires/essai/index.html", f'<div data-aides="x" data-moteur="../../{moteur}/">')
    for name in MOTEUR:
        write(site, f"{moteur}/{name}", f"moteur {name}")
    manifest = {"fichiers": [{"nom": name} for name in MOTEUR[1:]]}
    write(site, f"{moteur}/manifest.json", json.dumps(manifest))
    write(communes, "debuts.json", "{}")
    write(communes, "nom/po.json", "[]")
    return site


@pytest.fixture
def site(tmp_path) -> Path:
    return make_site(tmp_path / "site", "assets/moteur/0123456789ab", tmp_path / "site/api/v1/communes")


def read_version(site: Path) -> dict:
    """What the worker of the site is told, as the browser reads it."""
    code = (site / "service-worker.js").read_text(encoding="utf-8")
    return json.loads(re.search(r"^const VERSION = (\{.*?\n\]\});$", code, re.M | re.S)[1])


def read_pieces(site: Path) -> dict[str, bytes]:
    """Path from the site's root → the bytes that the worker would answer, each piece being first checked against its sum."""
    held = {}
    for address, sha256, octets, files in read_version(site)["pieces"]:
        whole = (site / address).read_bytes()
        assert (hashlib.sha256(whole).hexdigest(), len(whole)) == (sha256, octets)
        assert sum(length for _, length in files) == octets
        for name, length in files:
            assert name not in held
            held[name], whole = whole[:length], whole[length:]
    return held


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_pieces_hold_all_that_a_visitor_reads_and_nothing_else(site):
    made = write_offline(site)
    held = read_pieces(site)
    communes = ("api/v1/communes/debuts.json", "api/v1/communes/nom/po.json")
    engine = tuple(f"assets/moteur/0123456789ab/{name}" for name in MOTEUR)
    assert sorted(held) == sorted([*INCLUS, *communes, *engine])
    assert held == {name: (site / name).read_bytes() for name in held}
    assert made.fichiers == len(held)
    assert made.requetes == len(read_version(site)["pieces"]) + 1 < made.fichiers


def test_the_worker_sends_what_the_server_sends(site):
    write_offline(site)
    version = read_version(site)
    assert version["enTetes"] == EN_TETES
    assert version["types"][".mjs"] == "text/javascript; charset=utf-8"
    assert version["types"][".wasm"] == "application/wasm"


def test_written_twice_it_is_the_same_to_the_byte(site):
    write_offline(site)
    once = contents(site)
    write_offline(site)
    assert contents(site) == once


@pytest.mark.parametrize(
    "name", ["territoires/vienne/index.html", "assets/web/worker.js", "recherche/index.json", "assets/moteur/0123456789ab/pyodide.mjs"]
)
def test_any_change_is_another_version_and_only_its_own_piece_changes(site, name):
    before = write_offline(site).version
    known = {piece[0]: piece[1] for piece in read_version(site)["pieces"]}
    write(site, name, "autre chose, de même longueur ou non")
    assert write_offline(site).version != before
    now = {piece[0]: piece[1] for piece in read_version(site)["pieces"]}
    assert len(now.items() - known.items()) == 1
    assert sorted(path.name for path in (site / "hors-ligne").iterdir()) == sorted(Path(a).name for a in now if a.startswith("hors-ligne/"))


def test_what_nobody_reads_offline_changes_nothing(site):
    before = write_offline(site).version
    write(site, "api/v1/ressources.csv", "un;deux")
    assert write_offline(site).version == before


def test_another_worker_is_another_version(site, monkeypatch, tmp_path):
    before = write_offline(site).version
    other = tmp_path / "autre.js"
    other.write_text(hors_ligne._MODELE.read_text(encoding="utf-8") + "// corrigé\n", encoding="utf-8")
    monkeypatch.setattr(hors_ligne, "_MODELE", other)
    assert write_offline(site).version != before


def test_the_page_says_the_weight(site):
    write(site, "assets/moteur/0123456789ab/pyodide.asm.wasm", os.urandom(700_000).hex())
    made = write_offline(site)
    said = re.search(
        r"poids[^>]*>(\d,\d)</data> Mo, .*place[^>]*>(\d,\d)<", (site / "hors-connexion/index.html").read_text(encoding="utf-8")
    )
    assert said.groups() == (f"{made.brotli / 1e6:.1f}".replace(".", ","), f"{made.octets / 1e6:.1f}".replace(".", ","))
    assert said[1] != said[2] != "0,1"
    assert read_pieces(site)["hors-connexion/index.html"] == (site / "hors-connexion/index.html").read_bytes()


def test_a_large_site_is_several_pieces_and_a_new_page_leaves_the_others(site):
    for number in range(60):
        write(site, f"ressources/r-{number}/index.html", f"{number} " * 10_000)
    write_offline(site)
    before = {piece[0] for piece in read_version(site)["pieces"]}
    pages = [piece for piece in read_version(site)["pieces"] if any(name.startswith("ressources/") for name, _ in piece[3])]
    assert len(pages) >= 2
    assert all(octets < 2_000_000 for _, _, octets, _ in pages)
    write(site, "ressources/nouvelle/index.html", "une page de plus")
    write_offline(site)
    assert len({piece[0] for piece in read_version(site)["pieces"]} - before) == 1


def test_two_sites_share_the_engine_and_the_communes(tmp_path):
    commun = tmp_path / "commun"
    sites = [make_site(tmp_path / name, "../commun/moteur/0123456789ab", commun / "communes") for name in ("ici", "la-bas")]
    write(sites[1], "index.html", "autre accueil")
    versions = [write_offline(site, commun) for site in sites]
    assert versions[0].version != versions[1].version
    for site in sites:
        held = read_pieces(site)
        assert {"../commun/communes/nom/po.json", "../commun/moteur/0123456789ab/pyodide.asm.wasm", "index.html"} <= held.keys()
    shared = [{p[0] for p in read_version(site)["pieces"] if p[0].startswith("../commun/")} for site in sites]
    assert shared[0] == shared[1]
    assert len(list((commun / "hors-ligne").iterdir())) == 1
    assert not any("commun" in path.name for path in (sites[0] / "hors-ligne").iterdir())


def test_a_copy_made_of_links_leaves_its_source_alone(site, tmp_path):
    write_offline(site)
    before = contents(site)
    shutil.copytree(site, tmp_path / "copie", copy_function=os.link)
    (tmp_path / "copie/index.html").unlink()
    write(tmp_path / "copie", "index.html", "accueil " * 100_000)
    write_offline(tmp_path / "copie")
    assert contents(site) == before
