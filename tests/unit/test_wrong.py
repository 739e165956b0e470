"""Every wrong file, and the exact list of all messages: what an editor reads when the data does not hold."""

import datetime
import json
import os
import shutil
from pathlib import Path

import pytest

from etabli.build import build, open_catalogue
from etabli.catalogue import VOCABULAIRES
from etabli.problems import ProblemsFound

TESTS = Path(__file__).resolve().parents[1]
WRONG, MESSAGES = TESTS / "wrong", TESTS / "wrong" / "messages.txt"
JOUR = datetime.date(2026, 3, 1)


def messages_of(case: Path, tmp_path: Path) -> str:
    """The sample data with the files of `case` laid over it, and what the pipeline says.

    A folder `espace` in it is that of an espace, « ici », which is laid over the data in its turn.
    """
    data, dossier = tmp_path / case.name / "data", tmp_path / case.name / "espaces" / "ici"
    shutil.copytree(TESTS / "sample" / "data", data)
    shutil.copytree(case, data, dirs_exist_ok=True, ignore=shutil.ignore_patterns("espace"))
    if (espace := case / "espace").is_dir():
        shutil.copytree(espace, dossier)
    with pytest.raises(ProblemsFound) as found:
        open_catalogue(data, JOUR, data.parent, dossier if espace.is_dir() else None)
    return str(found.value)


def test_every_wrong_file_gives_exactly_these_messages(tmp_path):
    said = "".join(f"== {case.name}\n{messages_of(case, tmp_path)}\n\n" for case in sorted(p for p in WRONG.iterdir() if p.is_dir()))
    if os.environ.get("ETABLI_BLESS"):
        MESSAGES.write_text(said, encoding="utf-8")
    assert said == MESSAGES.read_text(encoding="utf-8")


def test_the_sample_itself_holds():
    """Else the messages above would not be those of the wrong files."""
    _, warnings = open_catalogue(TESTS / "sample" / "data", JOUR, racine=TESTS / "sample")
    assert [w.chemin for w in warnings] == ["a_relire_le"]


def test_a_vocabulary_that_is_missing_is_one_problem(tmp_path):
    """What points to its entries is not told as well."""
    data = tmp_path / "data"
    shutil.copytree(TESTS / "sample" / "data", data)
    (data / "vocabulaires" / "publics.yml").unlink()
    with pytest.raises(ProblemsFound) as found:
        open_catalogue(data, JOUR, racine=tmp_path)
    said = [(p.fichier, p.message) for p in found.value.problems if not p.avertissement]
    assert said == [("data/vocabulaires/publics.yml", "le fichier manque.")]


def test_what_an_editor_leaves_behind_is_not_data(tmp_path):
    """A lock of Emacs is a broken link beside the file that is being written."""
    data = tmp_path / "data"
    shutil.copytree(TESTS / "sample" / "data", data)
    for folder in ("organismes", "vocabulaires", "questionnaires/essai"):
        (data / folder / ".#agence.yml").symlink_to("nulle-part")
    (data / "questionnaires" / ".brouillons").mkdir()
    open_catalogue(data, JOUR, racine=tmp_path)


def test_the_least_data_gives_a_site(tmp_path):
    """Nothing of any kind, no questionnaire: every list is empty and every page is there."""
    data = tmp_path / "donnees-d-ailleurs"
    (data / "vocabulaires").mkdir(parents=True)
    shutil.copy(TESTS / "sample" / "data" / "site.yml", data)
    for name in ("glossaire.yml", *(f"vocabulaires/{name}.yml" for name in VOCABULAIRES)):
        (data / name).write_text("[]\n", encoding="utf-8")
    made = build(data, JOUR, racine=tmp_path)
    assert {"", "dispositifs/", "territoires/", "questionnaires/", "glossaire/", "plan-du-site/"} <= {page.chemin for page in made.pages}
    assert {page.fichier for page in made.pages} == {None, "donnees-d-ailleurs/site.yml", "donnees-d-ailleurs/glossaire.yml"}


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"id: a\n" + b"# remplissage\n" * 1_500_000, 1, "le fichier pèse 21,0 Mo."),
        (
            b"a: &a [x, x, x, x, x, x, x, x, x]\n"
            + b"".join(b"%c: &%c [%s]\n" % (n, n, b", ".join([b"*%c" % (n - 1)] * 9)) for n in range(ord("b"), ord("j"))),
            None,
            "le fichier répète trop de valeurs par des alias « *nom ».",
        ),
        (b"id: a\nnom: caf\xe9\n", 2, "un caractère n'est pas lisible."),
        (b"a: " + b"[" * 60 + b"]" * 60 + b"\n", 1, "les valeurs sont emboîtées trop profondément."),
        (b"[" * 100_000, 1, "les valeurs sont emboîtées trop profondément."),
        (b"id: &a [*a]\n", 1, "le fichier répète trop de valeurs par des alias « *nom »."),
        (b"id: !!int douze\n", 1, "l'étiquette « !!int » n'est pas admise ici."),
        (b"? [a, b]\n: c\n", 1, "une clé n'est pas un texte."),
    ],
    ids=["20-mo", "bombe-d-alias", "pas-utf8", "trop-profond", "crochets-sans-fin", "alias-de-soi", "etiquette", "cle-liste"],
)
def test_a_hostile_file_gives_one_message(tmp_path, content, line, message):
    data = tmp_path / "data"
    shutil.copytree(TESTS / "sample" / "data", data)
    (data / "organismes" / "agence-deux.yml").write_bytes(content)
    with pytest.raises(ProblemsFound) as found:
        open_catalogue(data, JOUR, racine=tmp_path)
    (problem,) = [p for p in found.value.problems if not p.avertissement]
    assert problem.fichier == "data/organismes/agence-deux.yml"
    assert line in (None, problem.ligne)
    assert message in (None, problem.message)
    assert problem.attendu


def test_what_the_engine_refuses_is_said_at_the_scenario(monkeypatch):
    """No data file can make it happen today: the checks come first. An engine that changes may."""
    refusal = json.dumps({"erreur": {"code": "interne", "chemin": "", "message": "Le calcul s'est interrompu."}})
    monkeypatch.setattr("etabli.scenarios.bridge.call", lambda method, payload: refusal)
    with pytest.raises(ProblemsFound, match=r"scenarios\.yml:1  1 : .*Le calcul s'est interrompu"):
        open_catalogue(TESTS / "sample" / "data", JOUR, racine=TESTS / "sample")
