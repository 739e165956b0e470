"""The documentation tells the truth: its commands, files, examples and figures are those of the project."""

import re
import subprocess

import pytest
import yaml

from etabli import RACINE
from etabli.build import open_catalogue, today
from etabli.load import load_file
from etabli.messages import read_model
from etabli.schema import Ressource
from etabli.schema_site import Site

README = (RACINE / "README.md").read_text(encoding="utf-8")
DOCS = sorted((RACINE / "docs").rglob("*.md"))
TARGETS = set(re.findall(r"^([a-z]+):.*## ", (RACINE / "Makefile").read_text(encoding="utf-8"), re.M))


@pytest.mark.parametrize("path", [RACINE / "README.md", RACINE / "wasm" / "README.md", *DOCS], ids=lambda p: p.name)
def test_every_command_named_exists(path):
    assert set(re.findall(r"\bmake ([a-z]+)\b(?= *[`#\n:])", path.read_text(encoding="utf-8"))) <= TARGETS


def test_make_help_prints_every_target():
    printed = subprocess.run(["make", "help"], cwd=RACINE, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in printed.splitlines() if line.strip().startswith("make ")} == TARGETS


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:data|docs|hooks|theme|wasm|tests|deploiement)/[\w/.-]*)`|\]\(([\w/.-]+)\)", README)))
)
def test_every_place_named_in_the_readme_exists(path):
    place = next(filter(None, path))
    assert place.startswith("http") or list(RACINE.glob(place.rstrip("/"))), place


def test_the_example_of_a_ressource_is_one(tmp_path):
    text = (RACINE / "docs" / "ajouter-une-ressource.md").read_text(encoding="utf-8")
    (tmp_path / "exemple.yml").write_text(re.search(r"```yaml\n(.*?)```", text, re.S)[1], encoding="utf-8")
    ressource, problems = read_model(Ressource, load_file(tmp_path / "exemple.yml", tmp_path))
    assert problems == []
    cat, _ = open_catalogue(RACINE / "data", today())
    assert ressource.organisme in cat.organismes
    assert set(ressource.themes) <= set(cat.vocabulaires["themes"])


@pytest.mark.parametrize("path", sorted((RACINE / "data").rglob("*.yml")), ids=lambda p: p.stem)
def test_a_file_names_the_schema_that_is_its_own(path):
    """So that any editor completes and underlines; the vocabularies are short enough to do without."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    if "vocabulaires" not in path.parts:
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        assert schema.resolve().is_file(), first


def test_ci_runs_make_test_and_nothing_else_of_substance():
    assert "make test" in (RACINE / ".ci" / "run").read_text(encoding="utf-8")


def test_the_nav_names_pages_that_exist():
    """mkdocs.yml has tags that plain YAML refuses: only its nav is read."""
    nav = re.search(r"^nav:\n((?: .*\n?)+)", (RACINE / "mkdocs.yml").read_text(encoding="utf-8"), re.M)[0]
    guides = yaml.safe_load(nav)["nav"][-1]["Guides"]
    assert {next(iter(entry.values())) for entry in guides} == {path.relative_to(RACINE / "docs").as_posix() for path in DOCS}


def test_the_commented_lines_of_site_yml_can_be_used_as_they_stand(tmp_path):
    """The legal block is filled by taking the « # » away: it must then be read without a problem."""
    lines = (RACINE / "data" / "site.yml").read_text(encoding="utf-8").splitlines()
    kept = [re.sub(r"^# ", "", line) for line in lines if re.match(r"(# ( +)?[a-z_]+:|[a-z_]+:)", line)]
    (tmp_path / "site.yml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    site, problems = read_model(Site, load_file(tmp_path / "site.yml", tmp_path))
    assert problems == []
    assert None not in (site.editeur.nom, site.hebergeur.nom, site.accessibilite.audit_le, site.depot)
