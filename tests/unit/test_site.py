"""The site as MkDocs writes it: the same twice, whole, and refused with the messages when the data is wrong."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etabli import RACINE

from .test_wrong import TESTS


def run_mkdocs(data: Path, target: Path, jour: str = "2026-03-01") -> subprocess.CompletedProcess:
    env = {**os.environ, "ETABLI_DONNEES": str(data), "ETABLI_DATE": jour, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(target)]
    return subprocess.run(command, cwd=RACINE, env=env, capture_output=True, text=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def sample_site(tmp_path_factory):
    target = tmp_path_factory.mktemp("site")
    done = run_mkdocs(TESTS / "sample" / "data", target)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def test_built_twice_the_site_is_the_same_to_the_byte(sample_site, tmp_path):
    assert run_mkdocs(TESTS / "sample" / "data", tmp_path / "deux").returncode == 0
    assert contents(tmp_path / "deux") == contents(sample_site)


def test_the_site_holds_every_kind_of_page_and_no_unused_file(sample_site):
    paths = set(contents(sample_site))
    for page in (
        "",
        "dispositifs/etude-energie/",
        "questionnaires/essai/",
        "territoires/bretagne/",
        "accessibilite/",
        "methode/",
    ):
        assert f"{page}index.html" in paths
    assert {"404.html", "recherche/index.json", "api/v1/index.json", "donnees/data/dispositifs/etude-energie.yml.txt"} <= paths
    assert not [p for p in paths if p.endswith(".map") or "lunr" in p or "bundle." in p]


def test_another_day_another_status(sample_site, tmp_path):
    """The date is an argument: past its last day a dispositif is said closed."""
    assert run_mkdocs(TESTS / "sample" / "data", tmp_path / "apres", "2027-01-01").returncode == 0
    page = "dispositifs/etude-energie/index.html"
    assert "Clos depuis le 31 décembre 2026" not in (sample_site / page).read_text(encoding="utf-8")
    assert "Clos depuis le 31 décembre 2026" in (tmp_path / "apres" / page).read_text(encoding="utf-8")


def test_wrong_data_gives_the_messages_and_status_1_without_traceback(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(TESTS / "sample" / "data", data)
    shutil.copytree(TESTS / "wrong" / "plusieurs-a-la-fois", data, dirs_exist_ok=True)
    done = run_mkdocs(data, tmp_path / "site")
    assert done.returncode == 1
    assert "data/ressources/guide-eclairage.yml:2  titel : la clé « titel » est inconnue." in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    checked = subprocess.run(
        [sys.executable, "-m", "etabli", "check", "--data", str(data)],
        env={**os.environ, "PYTHONPATH": str(RACINE / "hooks")}, capture_output=True, text=True,
    )  # fmt: skip
    assert checked.returncode == 1
    assert "8 problèmes à corriger" in checked.stderr
    assert "Traceback" not in checked.stderr


def test_modify_this_page_opens_the_yaml_file(sample_site, tmp_path):
    """On the forge when one is configured; else the file as this site publishes it."""
    page = "dispositifs/etude-energie/index.html"
    published = "../../donnees/data/dispositifs/etude-energie.yml.txt"
    assert f'href="{published}"' in (sample_site / page).read_text(encoding="utf-8")
    assert (sample_site / page).parent.joinpath(published).resolve().read_text(encoding="utf-8").startswith("id: etude-energie")
    data = tmp_path / "data"
    shutil.copytree(TESTS / "sample" / "data", data)
    with (data / "site.yml").open("a", encoding="utf-8") as site:
        site.write("depot: https://forge.example/etabli/edit/main/\n")
    assert run_mkdocs(data, tmp_path / "site").returncode == 0
    html = (tmp_path / "site" / page).read_text(encoding="utf-8")
    assert 'href="https://forge.example/etabli/edit/main/data/dispositifs/etude-energie.yml"' in html
    assert not (tmp_path / "site" / "donnees").exists()
