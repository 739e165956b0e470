"""The documentation tells the truth: its commands, files, examples and figures are those of the project."""

import datetime
import re
import subprocess

import pytest
import yaml

from etabli import RACINE
from etabli.build import open_catalogue, today
from etabli.decoupage import load_decoupage
from etabli.espace import open_espace
from etabli.lecture import load_catalogue
from etabli.load import load_file
from etabli.messages import read_model
from etabli.nouvel_espace import create_espace
from etabli.problems import ProblemsFound
from etabli.publication import check_legal, check_placeholders
from etabli.schema import Ressource
from etabli.schema_espace import Espace
from etabli.schema_questionnaire import Question
from etabli.schema_site import Site

README = (RACINE / "README.md").read_text(encoding="utf-8")
DOCS = sorted((RACINE / "docs").rglob("*.md"))
MAKEFILE = (RACINE / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.M))
#: The pages for whoever makes and hosts an espace: the first line of a YAML block names the file that it shows a part of.
INSTALLATION = ["adapter.md", "heberger.md", "tenir-a-jour.md"]
#: The day on which what these pages show was tried.
ESSAI = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def base():
    return open_catalogue(RACINE / "data", today())[0]


@pytest.mark.parametrize("path", [RACINE / "README.md", RACINE / "wasm" / "README.md", *DOCS], ids=lambda p: p.name)
def test_every_command_named_exists(path):
    assert set(re.findall(r"\bmake ([a-z]+)\b(?= *[`#\n:]| +[A-Z]+=)", path.read_text(encoding="utf-8"))) <= TARGETS


@pytest.mark.parametrize("path", [RACINE / "README.md", *DOCS], ids=lambda p: p.name)
def test_what_a_command_is_given_is_read_by_it(path):
    """`make relu ESPACE=…`: another name would be ignored without a word."""
    for target, given in re.findall(r"\bmake ([a-z]+)((?: +[A-Z]+=(?:\"[^\"]*\"|[^\s`]+))+)", path.read_text(encoding="utf-8")):
        recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.M)[1]
        for name in re.findall(r"([A-Z]+)=", given):
            assert f"$({name})" in recipe, f"make {target} {name}="


def test_make_help_prints_every_target():
    printed = subprocess.run(["make", "help"], cwd=RACINE, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in printed.splitlines() if line.strip().startswith("make ")} == TARGETS


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:data|docs|hooks|theme|wasm|tests|deploiement)/[\w/.-]*)`|\]\(([\w/.-]+)\)", README)))
)
def test_every_place_named_in_the_readme_exists(path):
    place = next(filter(None, path))
    assert place.startswith("http") or list(RACINE.glob(place.rstrip("/"))), place


def test_the_example_of_a_ressource_is_one(base, tmp_path):
    text = (RACINE / "docs" / "ajouter-une-ressource.md").read_text(encoding="utf-8")
    (tmp_path / "exemple.yml").write_text(re.search(r"```yaml\n(.*?)```", text, re.S)[1], encoding="utf-8")
    ressource, problems = read_model(Ressource, load_file(tmp_path / "exemple.yml", tmp_path))
    assert problems == []
    assert ressource.organisme in base.organismes
    assert set(ressource.themes) <= set(base.vocabulaires["themes"])


def shown(page: str, *, part: bool = False) -> list[tuple[str, str]]:
    """The YAML blocks of a page, each with the file that its first line names; part: those named « file : what it shows » instead."""
    text = (RACINE / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n# ([\w/-]+\.yml)( : [^\n]+)?\n(.*?)^```", text, re.M | re.S)
    assert len(blocks) == text.count("```yaml")
    return [(name, block) for name, more, block in blocks if bool(more) == part]


def lay_shown(folder, pages=INSTALLATION) -> None:
    """Complete the espace that stands in `folder` by all that the pages show of one: lists follow each other, blocks are merged."""
    written: dict[str, dict] = {"espace.yml": yaml.safe_load((folder / "espace.yml").read_text(encoding="utf-8"))}
    for name, block in (pair for page in pages for pair in shown(page)):
        held = written.setdefault(name, {})
        for key, value in yaml.safe_load(block).items():
            held[key] = held.get(key, []) + value if isinstance(value, list) else {**held[key], **value} if key == "site" else value
    held = written["espace.yml"]
    held["masque"] = list({entry["quoi"]: entry for entry in held["masque"]}.values())  # the model hides « contribuer » already
    for name, values in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def haut_poitou(base, tmp_path_factory):
    """The espace of the pages, as `make espace` writes it, then with what they add; its contact is read, as they tell to make it."""
    folder = tmp_path_factory.mktemp("espaces") / "haut-poitou"
    create_espace(base, RACINE / "data", "Haut Poitou", folder)
    for path in folder.glob("contacts/*.exemple"):
        path.rename(path.with_suffix(""))
    lay_shown(folder)
    return folder


@pytest.mark.parametrize("page", INSTALLATION)
def test_each_block_of_an_espace_is_read_by_itself(page, tmp_path):
    least = {
        "id": "haut-poitou",
        "nom": "Haut-Poitou",
        "territoires": ["EPCI-200069763"],
        "site": {"nom": "Essai", "accroche": "Un espace pour voir."},
    }
    for number, (name, block) in enumerate(shown(page) + shown(page, part=True)):
        if name == "espace.yml":
            (tmp_path / f"{number}.yml").write_text(yaml.safe_dump(least | yaml.safe_load(block), allow_unicode=True), encoding="utf-8")
            assert read_model(Espace, load_file(tmp_path / f"{number}.yml", tmp_path))[1] == []


def find_reasons(cat):
    """What keeps an espace from being published, but for links, of which each machine remembers its own."""
    pages = {cat.espace.dossier / "pages": cat.espace.racine}
    return [problem for problem in [*check_legal(cat, None), *check_placeholders(cat, pages)] if not problem.avertissement]


def test_what_a_new_espace_lacks_is_what_the_page_says(base, tmp_path):
    folder = tmp_path / "haut-poitou"
    create_espace(base, RACINE / "data", "Haut Poitou", folder)
    contact = folder / "contacts" / "collectivite-haut-poitou.yml"
    contact.with_name(f"{contact.name}.exemple").rename(contact)
    cat, _ = load_catalogue(RACINE / "data", ESSAI, RACINE, load_decoupage(), open_espace(folder, RACINE)[0])
    reasons = find_reasons(cat)
    text = (RACINE / "docs" / "heberger.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^(haut-poitou/\S+ .+)\n    Attendu : (.+)$", text, re.M)
    told = [(f"{p.fichier}:{p.ligne}  {p.chemin} : {p.message}", p.attendu) for p in reasons]
    assert len(quoted) == 3 and set(quoted) <= set(told)
    assert f"{len(told)} problèmes à corriger dans les données" in text


def test_the_espace_of_the_pages_is_accepted_whole(haut_poitou):
    """All that the pages show, together, over the base: what it names exists, the questionnaire that it adapts can be played, and
    the legal block that they fill is enough to be published."""
    cat, _ = open_catalogue(RACINE / "data", ESSAI, racine=RACINE, dossier=haut_poitou)
    assert [problem.message.split(" »")[0] for problem in find_reasons(cat)] == ["« www.exemple.fr", "« À compléter"]
    assert "coup-de-pouce-compteurs" in cat.dispositifs and "tpe-pme-gagnantes" not in cat.dispositifs
    assert "demandez-nous" in cat.dispositifs["act-pas-a-pas-collectif"].montant.affichage
    assert "transition-haut-poitou" in cat.questionnaires and "transition-ecologique" not in cat.questionnaires


def test_the_own_question_of_the_page_is_one(tmp_path):
    ((name, block),) = shown("adapter.md", part=True)
    (ajout,) = yaml.safe_load(block)["ajoute"]
    (tmp_path / name).write_text(yaml.safe_dump(ajout["valeurs"][0], allow_unicode=True), encoding="utf-8")
    assert (ajout["champ"], read_model(Question, load_file(tmp_path / name, tmp_path))[1]) == ("questions", [])


def test_the_refusals_that_the_page_shows_are_the_real_ones(haut_poitou, tmp_path):
    folder = tmp_path / "haut-poitou"
    folder.mkdir()
    values = yaml.safe_load((haut_poitou / "espace.yml").read_text(encoding="utf-8"))
    faults = [("theme/maturite-act/entree", {"poids": 3}), ("dispositif/act-pas-a-pas-collectiv", {"resume": "Une phrase pour voir."})]
    values |= {"remplace": [{"quoi": quoi, "champs": champs, "motif": "essai"} for quoi, champs in faults], "ajoute": [], "epingle": []}
    values["masque"] = []
    text = (RACINE / "docs" / "adapter.md").read_text(encoding="utf-8")
    quoted = set(re.findall(r"^haut-poitou/espace\.yml:\d+  (\S+ : « .+)$", text, re.M))
    told = set()
    for couleur in ("#6ab023", "#1f4e8c"):  # a colour is looked at before what the espace changes
        values["apparence"]["couleurs"]["principale"] = couleur
        (folder / "espace.yml").write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
        (folder / "logo.svg").write_bytes((haut_poitou / "logo.svg").read_bytes())
        with pytest.raises(ProblemsFound) as found:
            open_catalogue(RACINE / "data", ESSAI, racine=RACINE, dossier=folder)
        told |= {line.split("  ", 1)[1] for line in str(found.value).splitlines() if line.startswith("haut-poitou/espace.yml:")}
    assert len(quoted) == 3
    assert quoted <= told


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
