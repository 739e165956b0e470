"""What a visitor takes away: tables that no spreadsheet runs, dates that every agenda reads, a badge that stays what it is."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from .modules_web import open_modules

MAINTENANT = {"$date": "2026-11-21T09:30:15.250Z"}
OUI_NON = [{"id": "oui", "texte": "Oui ; tout de suite"}, {"id": "non", "texte": 'Non, « pas "encore" »'}]
Q = {
    "id": "essai",
    "titre": "Où en êtes-vous ?",
    "publics": [],
    "themes": [
        {
            "id": "eau",
            "titre": "Eau",
            "questions": [
                {"id": "suivi", "texte": "Suivez-vous vos consommations d'eau ?", "action": "Relever l'eau", "options": OUI_NON},
                {"id": "volume", "texte": "Combien d'eau ?", "action": None, "options": [], "echelle": {"unite": "m³"}},
                {"id": "pluie", "texte": "Et la pluie ?", "options": OUI_NON},
                {"id": "envie", "texte": "Cela vous intéresse ?", "options": OUI_NON},
                {"id": "cachee", "texte": "Cachée ?", "options": OUI_NON},
            ],
        }
    ],
}  # fmt: skip
EVALUATION = {
    "questionnaire": {"id": "essai", "version": "1.0.0"},
    "date": "2026-11-20",
    "reponses": {
        "suivi": {"revision": 1, "etat": "repondu", "options": ["oui", "non"]},
        "volume": {"revision": 1, "etat": "repondu", "nombre": "12.5"},
        "pluie": {"revision": 1, "etat": "ne_sait_pas"},
        "envie": {"revision": 1, "etat": "repondu", "options": ["oui"]},
    },
}


def make_line(identifiant, etat="repondu", notee=True, points=None, possibles=None, gain=None):
    texte = next(q["texte"] for q in Q["themes"][0]["questions"] if q["id"] == identifiant)
    return {"id": identifiant, "texte": texte, "etat": etat, "notee": notee, "points": points, "possibles": possibles, "gain_affiche": gain}


BILAN = {
    "date": "2026-11-21",
    "parcours": "complet",
    "themes": [
        {
            "id": "eau",
            "titre": "Eau",
            "questions": [
                make_line("suivi", points="3/2", possibles="3", gain="+1,4\u00a0point"),
                make_line("volume", points="2/3", possibles="1", gain="moins de 0,1\u00a0point"),
                make_line("pluie", "ne_sait_pas", possibles="2"),
                make_line("envie", notee=False),
                make_line("cachee", "masquee"),
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def call():
    with open_modules() as call:
        yield call


def read_csv(text):
    assert text.startswith("\ufeff")
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";", strict=True))


# --- Tables -----------------------------------------------------------------------------------------


def test_the_table_of_a_bilan(call):
    assert read_csv(call("tableur", "toCsvBilan", BILAN, EVALUATION, Q)) == [
        ["Thème", "Question", "Réponse", "État", "Points", "Maximum", "Gain possible sur la note du thème (sur 5)"],
        ["Eau", "Suivez-vous vos consommations d'eau ?", 'Oui ; tout de suite ; Non, « pas "encore" »', "Répondu", "1,5", "3", "1,4"],
        ["Eau", "Combien d'eau ?", "12,5 m³", "Répondu", "0,6667", "1", "moins de 0,1"],
        ["Eau", "Et la pluie ?", "Je ne sais pas", "Je ne sais pas", "", "2", ""],
        ["Eau", "Cela vous intéresse ?", "Oui ; tout de suite", "Répondu, hors note", "", "", ""],
    ]


def make_plan(**entries):
    blank = {"statut": "a-faire", "echeance": None}
    return EVALUATION | {"plan": {name.replace("_", "-"): blank | entry for name, entry in entries.items()}}


def test_the_table_of_a_plan_starts_with_what_is_due_first(call):
    plan = make_plan(
        pluie={"statut": "en-cours"},
        volume={"echeance": "2027-01-31", "responsable": "Camille", "note": "Relever\nle compteur"},
        suivi={"echeance": "2026-12-01", "statut": "fait"},
        question_disparue={"statut": "abandonne"},
    )
    assert read_csv(call("tableur", "toCsvPlan", plan, Q)) == [
        ["Thème", "Action", "Question", "Statut", "Échéance", "Responsable", "Note"],
        ["Eau", "Relever l'eau", "Suivez-vous vos consommations d'eau ?", "Fait", "2026-12-01", "", ""],
        ["Eau", "Combien d'eau ?", "Combien d'eau ?", "À faire", "2027-01-31", "Camille", "Relever\nle compteur"],
        ["Eau", "Et la pluie ?", "Et la pluie ?", "En cours", "", "", ""],
        ["", "question-disparue", "", "Abandonné", "", "", ""],
    ]


MOTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60) | st.sampled_from(
    ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=1", "\r=1", '"', ";", "a;b", '=HYPERLINK("http://x";"y")', "\n=2", "'x", ""]
)


@settings(max_examples=60, deadline=None)
@given(note=MOTS, responsable=MOTS)
def test_no_cell_is_a_formula_and_none_is_lost(call, note, responsable):
    text = call("tableur", "toCsvPlan", make_plan(suivi={"note": note, "responsable": responsable}), Q)
    cells = read_csv(text)[1]
    assert len(cells) == 7
    for cell, typed in zip(cells[5:], (responsable, note), strict=True):
        assert cell in (typed, f"'{typed}")
        assert not re.match(r"[=+\-@\t\r]", cell)


# --- Agenda -----------------------------------------------------------------------------------------


def read_ics(text):
    """The unfolded lines, after checking how they are cut and ended (RFC 5545, 3.1)."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text[:-2].replace("\r\n ", "").split("\r\n")


def test_only_dated_actions_left_to_do_make_events(call):
    plan = make_plan(
        suivi={"echeance": "2026-12-31", "responsable": "Camille", "note": "a, b; c\\d\nfin"},
        volume={"echeance": "2026-12-01", "statut": "fait"},
        pluie={"echeance": "2026-12-02", "statut": "abandonne"},
        envie={},
    )
    lines = read_ics(call("calendrier", "toIcs", plan, Q, MAINTENANT))
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Établi//Plan d'action//FR",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:plan-essai-suivi@etabli",
        "DTSTAMP:20261121T093015Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Échéance : Relever l'eau",
        r"DESCRIPTION:Eau\nStatut : À faire\nResponsable : Camille\na\, b\; c\\d\nfin",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize("plan", [EVALUATION, make_plan(suivi={}), make_plan(suivi={"echeance": "2026-12-01", "statut": "fait"})])
def test_nothing_to_date_makes_no_agenda(call, plan):
    assert call("calendrier", "toIcs", plan, Q, MAINTENANT) is None


@settings(max_examples=60, deadline=None)
@given(note=st.text(st.characters(codec="utf-8"), max_size=200) | st.text(st.sampled_from("é€😀,;\\\r\n\x07 a"), max_size=200))
@example(note="é,€😀" * 60)
def test_whatever_is_typed_stays_in_its_description(call, note):
    lines = read_ics(call("calendrier", "toIcs", make_plan(suivi={"echeance": "2028-02-28", "note": note}), Q, MAINTENANT))
    assert len(lines) == 14
    assert lines[8] == "DTEND;VALUE=DATE:20280229"
    said = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], lines[10])
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", note.replace("\r\n", "\n").replace("\r", "\n"))
    assert said == "DESCRIPTION:Eau\nStatut : À faire" + (f"\n{kept}" if note else "")


# --- Badge ------------------------------------------------------------------------------------------

HOSTILES = ["</text><script>alert(1)</script>", '"><image href="x"/>', "&amp;&#0;]]>", "\ud800\x00\x0b", "a" * 90, "Un titre " * 9]
SVG = "{http://www.w3.org/2000/svg}"
MENTION = "Autoévaluation déclarée par la structure, non vérifiée"


def make_bilan(**mesure):
    notes = {"note": "3,4", "note_min": "3,4", "note_max": "3,4"}
    return BILAN | {"global": {"etat": "note", **notes, "niveau_titre": "Engagé", "repondues": 48, "applicables": 52} | mesure}


def read_badge(call, bilan, q=Q, *date):
    """The texts of a badge, in order, once checked that it is one image that carries no code and asks for nothing."""
    text = call("badge", "makeBadge", bilan, q, *date)
    root = ElementTree.fromstring(text)
    assert (root.tag, root.get("width"), root.get("height")) == (f"{SVG}svg", "320", "120")
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {"svg", "title", "desc", "rect", "path", "text"}
    assert not {name for node in root.iter() for name in node.attrib if name.startswith("on") or "href" in name or name == "style"}
    assert root.get("aria-labelledby").split() == [node.get("id") for node in (root.find(f"{SVG}title"), root.find(f"{SVG}desc"))]
    return [" ".join("".join(node.itertext()).split()) for node in root.iter() if node.tag.removeprefix(SVG) in ("title", "desc", "text")]


def test_a_badge_tells_note_level_scope_date_and_that_nobody_checked(call):
    texts = read_badge(call, make_bilan(), Q, "2026-03-01")
    assert texts == [
        "Où en êtes-vous ? Note : 3,4 sur 5. Niveau « Engagé ».",
        f"48 réponses sur 52, version complète, le 1 mars 2026. {MENTION}.",
        "3,4", "sur 5", "Où en êtes-vous ?", "Niveau « Engagé »", "48 réponses sur 52, version complète", "1 mars 2026", MENTION,
    ]  # fmt: skip


def test_an_unfinished_evaluation_shows_no_note_and_no_level(call):
    bilan = make_bilan(etat="incomplet", note=None, note_min="1,2", note_max="4,0", niveau_titre=None, repondues=1) | {"parcours": "court"}
    assert read_badge(call, bilan)[2:] == [
        "…", "en cours", "Où en êtes-vous ?", "Entre 1,2 et 4,0 sur 5", "1 réponse sur 52, version courte", "21 novembre 2026", MENTION,
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(titre=st.text(min_size=1, max_size=120) | st.sampled_from(HOSTILES))
@example(titre="Où en êtes-vous de votre transition écologique et solidaire dans le bassin de vie ?")
def test_whatever_its_title_a_badge_is_well_formed_and_its_lines_hold(call, titre):
    texts = read_badge(call, make_bilan(), Q | {"titre": titre})
    assert texts[-1] == MENTION
    assert 1 <= len(texts[4:-4]) <= 2
    assert all(len(line) <= 31 for line in texts[4:-4])


# --- Names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (["json"], "essai-2026-11-20.json"),
        (["csv", "plan"], "essai-2026-11-20-plan.csv"),
        (["svg", "badge"], "essai-2026-11-20-badge.svg"),
    ],
)
def test_a_file_is_named_after_its_questionnaire_and_its_date(call, given, name):
    assert call("telechargements", "nameFile", EVALUATION, *given) == name
