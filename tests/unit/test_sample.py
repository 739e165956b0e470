"""The miniature data folder and the exact output of the pipeline; `make bless` accepts a change."""

import datetime
import os
import shutil

from etabli.build import build, make_search

from .test_wrong import TESTS

SAMPLE, GOLDEN = TESTS / "sample" / "data", TESTS / "sample" / "attendu"
MOTEUR = {"dossier": "0123456789ab", "chemin": "assets/moteur/0123456789ab/", "octets_total": 8_000_000, "octets_brotli": 3_500_000}


def outputs() -> dict[str, str]:
    """Path → text of everything that the pipeline makes from the sample."""
    made = build(SAMPLE, datetime.date(2026, 3, 1), racine=SAMPLE.parent, moteur=MOTEUR)
    pages = {f"{page.chemin}index.html": page.corps for page in made.pages}
    return {**pages, **made.api, **make_search(made.catalogue, made.pages, [])}


def test_the_sample_gives_its_golden_output():
    made = outputs()
    if os.environ.get("ETABLI_BLESS"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, text in made.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_text(text, encoding="utf-8", newline="")
    # Ends of lines as they stand: those of a calendar and of a table are CR LF.
    files = [path for path in GOLDEN.rglob("*") if path.is_file()]
    golden = {path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8", newline="") for path in files}
    assert sorted(made) == sorted(golden)
    for path, text in golden.items():
        assert made[path] == text, f"{path} a changé : relisez, puis « make bless »"


def test_twice_the_same():
    assert outputs() == outputs()
