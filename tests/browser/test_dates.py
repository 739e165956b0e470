"""A page read long after it was built: what has opened, closed or grown old since is said so, on the day in Paris.

The site of the sample is built once, as on 1 March 2026; each test then reads it at a moment of its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import watched_page
from visiteur import plain

from etabli.serveur import open_server

RACINE = Path(__file__).resolve().parents[2]
JOUR = "2026-03-01"
#: id → the lines that replace those of `etude-energie`, whose last day is 31 December 2026 and next reading 5 January 2027.
AUTRES = {
    "bientot": {"ouverture": "2026-05-15", "cloture": "2026-12-31"},
    "bientot-sans-fin": {"ouverture": "2026-05-15", "cloture": None},
    "bientot-incertain": {"ouverture": "2026-05-15", "a_verifier": "Le taux est à confirmer."},
    "ete": {"ouverture": "2026-01-01", "cloture": "2026-08-01"},
    "permanent": {"ouverture": None, "cloture": None, "a_relire_le": "2026-06-30"},
}


def write_dispositif(folder: Path, id_: str, lines: dict[str, str | None]) -> None:
    """A copy of `etude-energie` under another name; None takes a line away."""
    changed = {"id": id_, "titre": f"Aide {id_}", **lines}
    model = (folder / "etude-energie.yml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in model if line.split(":")[0] not in changed]
    added = [f"{key}: {value}" for key, value in changed.items() if value is not None]
    (folder / f"{id_}.yml").write_text("\n".join([*added, *kept]) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def ancien(tmp_path_factory):
    """The address of the site built on JOUR."""
    data, target = tmp_path_factory.mktemp("dates") / "data", tmp_path_factory.mktemp("dates-site")
    shutil.copytree(RACINE / "tests" / "sample" / "data", data)
    for id_, lines in AUTRES.items():
        write_dispositif(data / "dispositifs", id_, lines)
    env = {**os.environ, "ETABLI_DONNEES": str(data), "ETABLI_DATE": JOUR, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(RACINE / "hooks")}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(target)]
    done = subprocess.run(command, cwd=RACINE, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    with open_server(target) as adresse:
        yield f"{adresse}/"


@pytest.fixture
def read_states(browser, ancien, tolere):
    """At a moment, in a time zone: what the card, the page and « Quand » say of a dispositif, and the class of its badge."""

    def read(id_: str, moment: str, zone: str = "Europe/Paris") -> tuple[str, str, str, str]:
        with watched_page(browser, ancien, tolere, timezone_id=zone) as page:
            page.clock.set_fixed_time(moment)
            page.goto(f"{ancien}dispositifs/")
            card = page.locator(".carte", has=page.locator(f'a[href$="{id_}/"]')).locator(".statut").text_content()
            page.goto(f"{ancien}dispositifs/{id_}/")
            badge = page.locator("main > .statut")
            quand = page.locator(".quand").text_content()
            return plain(card), plain(badge.text_content()), plain(quand), badge.get_attribute("class")

    return read


def told(words: str, code: str, quand: str | None = None) -> tuple[str, str, str, str]:
    return words, words, quand or words, f"statut statut-{code}"


OUVERT = told("Ouvert jusqu'au 31 décembre 2026", "ouvert")
CLOS = told("Clos depuis le 31 décembre 2026", "clos")


def test_on_the_day_of_the_build_nothing_changes(read_states):
    assert read_states("etude-energie", f"{JOUR}T10:00:00+01:00") == OUVERT
    assert read_states("bientot", f"{JOUR}T10:00:00+01:00") == told("Ouvre le 15 mai 2026", "a-venir")
    assert read_states("defi-collectif", f"{JOUR}T10:00:00+01:00") == told("Clos depuis le 31 janvier 2026", "clos")
    assert read_states("permanent", f"{JOUR}T10:00:00+01:00") == told("Sans date limite connue", "permanent")


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Los_Angeles", "Pacific/Auckland"])
def test_the_last_day_is_open_until_midnight_in_paris(read_states, zone):
    assert read_states("etude-energie", "2026-12-31T23:59:59+01:00", zone) == OUVERT
    assert read_states("etude-energie", "2027-01-01T00:00:00+01:00", zone) == CLOS


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Los_Angeles", "Pacific/Auckland"])
def test_the_last_day_of_summer_too(read_states, zone):
    """Two hours ahead of UTC, and the first of the month."""
    assert read_states("ete", "2026-08-01T23:59:59+02:00", zone) == told("Ouvert jusqu'au 1er août 2026", "ouvert")
    assert read_states("ete", "2026-08-02T00:00:00+02:00", zone) == told("Clos depuis le 1er août 2026", "clos")


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Los_Angeles", "Pacific/Auckland"])
def test_it_opens_on_its_first_day_in_paris(read_states, zone):
    assert read_states("bientot", "2026-05-14T23:59:59+02:00", zone) == told("Ouvre le 15 mai 2026", "a-venir")
    assert read_states("bientot", "2026-05-15T00:00:00+02:00", zone) == OUVERT


def test_what_has_opened_since_may_have_no_end_or_be_doubtful(read_states):
    assert read_states("bientot-sans-fin", "2026-05-15T08:00:00+02:00") == told("Sans date limite connue", "permanent")
    doubtful = told("À vérifier", "a-verifier", quand="Ouvert jusqu'au 31 décembre 2026")
    assert read_states("bientot-incertain", "2026-05-15T08:00:00+02:00") == doubtful


def test_what_has_opened_and_closed_since_is_closed(read_states):
    assert read_states("bientot", "2028-01-01T08:00:00+01:00") == CLOS


def test_past_the_day_of_its_next_reading_it_is_to_be_checked(read_states):
    assert read_states("permanent", "2026-06-30T23:59:59+02:00") == told("Sans date limite connue", "permanent")
    assert read_states("permanent", "2026-07-01T00:00:00+02:00") == told("À vérifier", "a-verifier", quand="Sans date limite connue")


def test_a_clock_behind_the_build_reopens_nothing(read_states):
    assert read_states("defi-collectif", "2026-01-15T10:00:00+01:00") == told("Clos depuis le 31 janvier 2026", "clos")
    assert read_states("etude-energie", "2025-06-01T10:00:00+02:00") == OUVERT


def test_the_home_page_and_the_related_cards_age_too(browser, ancien, tolere):
    with watched_page(browser, ancien, tolere) as page:
        page.clock.set_fixed_time("2029-01-01T10:00:00+01:00")
        for chemin in ("", "themes/energie/", "territoires/bretagne/", "fiches/fiche-02-accueil/"):
            page.goto(ancien + chemin)
            words = {plain(text) for text in page.locator(".carte-dispositif .statut").all_text_contents()}
            assert not any(text.startswith(("Ouvert", "Ouvre", "Sans")) for text in words), chemin
        page.goto(f"{ancien}themes/energie/")
        assert page.locator(".carte-dispositif .statut-clos").count() >= 3
