"""Makefile, .ci and pinned files: what a newcomer meets before anything works."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import mkdocs_events
from etabli import demande

RACINE = Path(__file__).resolve().parents[2]
MAKEFILE = (RACINE / "Makefile").read_text(encoding="utf-8")


def test_help_names_every_command():
    annoncees = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split()
    aide = subprocess.run(["make", "help"], cwd=RACINE, capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^  make (\w+) +\S", aide, re.M) == annoncees
    assert subprocess.run(["make"], cwd=RACINE, capture_output=True, text=True, check=True).stdout == aide


@pytest.mark.parametrize(("outil", "mot"), [("python", "Python 3.13"), ("node", "Node.js 18"), ("chromium", "Chromium")])
def test_a_missing_tool_gets_one_clear_line(tmp_path, outil, mot):
    """An old or broken one too: here each name answers « 2 »."""
    for nom in ("python3.13", "python3", "python", "node", "chromium", "chromium-browser", "google-chrome"):
        faux = tmp_path / nom
        faux.write_text("#!/bin/bash\necho 2\n" + ("exit 1\n" if nom[0] in "cg" else ""))
        faux.chmod(0o755)
    (tmp_path / "id").write_text("#!/bin/bash\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    fin = subprocess.run(["/bin/bash", ".ci/trouver", outil], cwd=RACINE, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert (fin.returncode, fin.stdout, fin.stderr.count("\n")) == (1, "", 1)
    assert fin.stderr.startswith("Établi : ")
    assert mot in fin.stderr


@pytest.mark.parametrize("commande", [["check"], ["scenarios"], ["schemas"], ["liens", "--hors-ligne"], ["communes", "DOSSIER"]])
def test_without_the_official_list_one_line_says_how_to_get_it(tmp_path, commande):
    sans_liste = (
        "import sys, pathlib, etabli.decoupage as d; d.LISTE = pathlib.Path(sys.argv[1]);"
        "from etabli.__main__ import main; sys.exit(main(sys.argv[2:]))"
    )
    arguments = [str(tmp_path / "absent"), *(str(tmp_path) if mot == "DOSSIER" else mot for mot in commande)]
    env = {"PYTHONPATH": str(RACINE / "hooks")}
    fin = subprocess.run([sys.executable, "-c", sans_liste, *arguments], cwd=RACINE, env=env, capture_output=True, text=True)
    assert (fin.returncode, fin.stdout, fin.stderr.count("\n")) == (1, "", 1), fin.stderr
    assert "liste officielle des communes" in fin.stderr
    assert "make check" in fin.stderr


@pytest.mark.parametrize("manque", ["communes/nom", "moteur/courant.json"])
def test_without_what_is_built_before_it_the_site_says_what_it_misses(tmp_path, monkeypatch, manque):
    """The files of the communes too: a site without them would look whole."""
    for place in {"communes/nom", "moteur/courant.json"} - {manque}:
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_text("{}", encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    monkeypatch.setattr(demande, "BUILT", tmp_path)
    with pytest.raises(mkdocs_events.PluginError) as refus:
        mkdocs_events.on_config(SimpleNamespace(extra={}, site_url=None))
    assert str(tmp_path / manque) in str(refus.value)
    assert "make site" in str(refus.value)


def test_a_silent_command_speaks_when_it_fails():
    def run(*commande: str) -> tuple[int, str, str]:
        fin = subprocess.run([RACINE / ".ci/silence", *commande], capture_output=True, text=True)
        return fin.returncode, fin.stdout, fin.stderr

    assert run("echo", "bavard") == (0, "", "")
    assert run("bash", "-c", "echo pourquoi; exit 3") == (3, "", "pourquoi\n")


@pytest.mark.parametrize("nom", ["requirements", "requirements-test"])
def test_python_packages_are_pinned_with_hashes(nom):
    texte = (RACINE / f"{nom}.txt").read_text(encoding="utf-8")
    epingles = dict(re.findall(r"^([\w.-]+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}", texte, re.M))
    assert len(epingles) == len(re.findall(r"^[^\s#]", texte, re.M)), "every line that is no comment pins a package"
    demandes = re.findall(r"^([\w.-]+)==(\S+)$", (RACINE / f"{nom}.in").read_text(encoding="utf-8"), re.M)
    assert demandes
    assert {paquet: epingles[paquet] for paquet, _ in demandes} == dict(demandes), "run `make requirements`"


@pytest.mark.parametrize("nom", ["requirements.txt", "requirements-test.txt", "package-lock.json"])
def test_no_address_of_a_package_index_is_written(nom):
    assert not re.search(r"https?:|--index|--find-links|--trusted", (RACINE / nom).read_text(encoding="utf-8"))
