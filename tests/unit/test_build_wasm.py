"""wasm/build.py: the folder the browser receives. A small engine of three lines stands for the real one."""

import hashlib
import importlib.util
import json
import zipfile
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
PROJET = """\
[build-system]
requires = ["flit_core==3.12.0"]
build-backend = "flit_core.buildapi"

[project]
name = "etabli_engine"
version = "9.8.7"
description = "A stand-in."
"""
PONT = '''\
"""A stand-in for the engine."""
import json
from fractions import Fraction

def call(method: str, payload: str) -> str:
    """Twice the number it is given."""
    return json.dumps({"methode": method, "double": str(2 * Fraction(json.loads(payload)["nombre"]))})

def never_called():
    import zoneinfo
'''
ESSAIS = {"questionnaire": None, "appels": [{"methode": "doubler", "charge": {"nombre": "1/3"}}]}


@pytest.fixture(scope="module")
def wasm():
    """wasm/build.py as a module; loaded by its path since `build` is also the name of a tool it calls."""
    spec = importlib.util.spec_from_file_location("wasm_build", RACINE / "wasm" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_engine(dossier: Path, pont: str = PONT) -> dict:
    """Write a stand-in engine and its sample calls; gives the arguments of build_moteur that name them."""
    paquet = dossier / "engine" / "etabli_engine"
    paquet.mkdir(parents=True)
    (paquet.parent / "pyproject.toml").write_text(PROJET)
    (paquet / "__init__.py").write_text('"""A stand-in."""\n')
    (paquet / "bridge.py").write_text(pont)
    (dossier / "essais.json").write_text(json.dumps(ESSAIS))
    return {"engine": paquet.parent, "essais": dossier / "essais.json"}


@pytest.fixture(scope="module")
def built(wasm, tmp_path_factory):
    """One build, twice, beside what an older one had left: (folder of the first, its courant, folder of the second)."""
    dossier = tmp_path_factory.mktemp("wasm")
    arguments = write_engine(dossier)
    (dossier / "un" / "0123456789ab").mkdir(parents=True)
    courant = wasm.build_moteur(**arguments, sortie=dossier / "un")
    wasm.build_moteur(**arguments, sortie=dossier / "deux")
    return dossier / "un", courant, dossier / "deux"


def read_all(dossier: Path) -> dict[str, str]:
    """sha256 of every file, by its path in the folder."""
    fichiers = [p for p in dossier.rglob("*") if p.is_file()]
    return {p.relative_to(dossier).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in fichiers}


def test_two_builds_give_the_same_bytes(built):
    un, _, deux = built
    assert read_all(un) == read_all(deux)


def test_only_the_present_folder_is_left(built):
    un, courant, _ = built
    assert sorted(p.name for p in un.iterdir()) == sorted([courant["dossier"], "courant.json"])
    assert json.loads((un / "courant.json").read_text()) == courant


def test_the_manifest_tells_the_truth(built):
    un, courant, _ = built
    dossier = un / courant["dossier"]
    manifest = json.loads((dossier / "manifest.json").read_text())
    sommes = sorted(read_all(dossier).items())
    reels = [{"nom": n, "octets": (dossier / n).stat().st_size, "sha256": s} for n, s in sommes if n != "manifest.json"]
    assert manifest["fichiers"] == reels
    assert courant["octets_total"] == sum(f["octets"] for f in reels)
    assert (manifest["pyodide"], manifest["moteur"]) == ("0.29.5", "9.8.7")
    assert courant["dossier"] == hashlib.sha256((dossier / "manifest.json").read_bytes()).hexdigest()[:12]


def test_what_is_shipped_is_compiled_stored_and_trimmed(built):
    un, courant, _ = built
    with zipfile.ZipFile(un / courant["dossier"] / "python_stdlib.zip") as archive:
        noms = set(archive.namelist())
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    assert {Path(nom).suffix for nom in noms} == {".pyc"}
    assert {"fractions.pyc", "json/__init__.pyc", "traceback.pyc"} <= noms
    assert "zoneinfo/__init__.pyc" in noms, "an import inside a function that no sample call reaches"
    assert not {"unittest/__init__.pyc", "http/__init__.pyc", "email/__init__.pyc"} & noms
    with zipfile.ZipFile(un / courant["dossier"] / courant["roue"]) as roue:
        assert {Path(nom).name for nom in roue.namelist()} == {"__init__.pyc", "bridge.pyc", "METADATA", "WHEEL"}


def test_no_source_map_is_asked_for(built):
    un, courant, _ = built
    for nom in ("pyodide.mjs", "pyodide.asm.js"):
        assert b"sourceMappingURL" not in (un / courant["dossier"] / nom).read_bytes()


def test_no_package_can_be_fetched(built):
    un, courant, _ = built
    assert json.loads((un / courant["dossier"] / "pyodide-lock.json").read_text())["packages"] == {}


def test_an_engine_that_fails_leaves_the_previous_one(wasm, tmp_path):
    arguments = write_engine(tmp_path, "import nimporte_quoi\n")
    sortie = tmp_path / "moteur"
    sortie.mkdir()
    (sortie / "courant.json").write_text("{}")
    with pytest.raises(wasm.EchecDeConstruction, match=r"(?s)ne démarre pas sous Node.*nimporte_quoi") as erreur:
        wasm.build_moteur(**arguments, sortie=sortie)
    assert len(str(erreur.value)) < 2000, "the error, not the megabyte of JavaScript it went through"
    assert [p.name for p in sortie.iterdir()] == ["courant.json"]
