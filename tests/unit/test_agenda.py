"""The calendar of the aids: the page, and the file that calendars read."""

import datetime
import re

import pytest

from etabli.agenda import LIMITES, render_agenda, render_ics
from etabli.build import SANS_MOTEUR, build, open_catalogue
from etabli.gabarits import Rendering

from .test_wrong import JOUR, TESTS

SAMPLE = TESTS / "sample" / "data"
NON_BREAKING = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})


@pytest.fixture
def cat():
    return open_catalogue(SAMPLE, JOUR, racine=SAMPLE.parent)[0]


def day(text: str | None) -> datetime.date | None:
    return text and datetime.date.fromisoformat(text)


def put(cat, *dated: tuple[str, str | None, str | None]) -> None:
    """Give the catalogue these dispositifs only: (id, ouverture, cloture)."""
    one = cat.dispositifs["etude-energie"]
    cat.ressources, cat.fiches = {}, {}
    cat.dispositifs = {
        id_: one.model_copy(update={"id": id_, "titre": f"Aide {id_}", "ouverture": day(first), "cloture": day(last)})
        for id_, first, last in dated
    }


def page_of(cat) -> str:
    return render_agenda(Rendering(cat, SANS_MOTEUR)).corps.translate(NON_BREAKING)


def sections(cat) -> dict[str, list[str]]:
    """Heading of each part of the page → the ids of its aids, in order."""
    parts = re.split(r"<(?:h2[^>]*|summary)>(.*?)</(?:h2|summary)>", page_of(cat))[1:]
    return {title: re.findall(r'href="\.\./dispositifs/([^/"]+)/"', text) for title, text in zip(parts[::2], parts[1::2], strict=True)}


# --- The page -----------------------------------------------------------------------------------------------------


def test_each_aid_stands_where_its_dates_put_it_nearest_first(cat):
    put(
        cat,
        ("b-ouvre", "2026-06-01", "2026-12-01"), ("a-ouvre", "2026-03-02", None),
        ("ferme-tard", None, "2026-12-31"), ("ferme-ce-soir", "2026-01-01", "2026-03-01"),
        ("sans-date", None, None), ("ouverte-sans-fin", "2025-01-01", None),
        ("close-hier", None, "2026-02-28"), ("close-il-y-a-deux-ans", None, "2024-03-01"),
        ("close-plus-tot", None, "2024-02-29"), ("close-jadis", None, "2019-12-31"),
    )  # fmt: skip
    found = sections(cat)
    assert list(found) == [
        "Ouvre bientôt", "Ouvert, avec une date de fin", "Sans date limite connue", "Fermé depuis moins de deux ans",
        "Fermé il y a plus longtemps (2)",
    ]  # fmt: skip
    assert found["Ouvre bientôt"] == ["a-ouvre", "b-ouvre"]
    assert found["Ouvert, avec une date de fin"] == ["ferme-ce-soir", "ferme-tard"]
    assert found["Fermé depuis moins de deux ans"] == ["close-hier", "close-il-y-a-deux-ans"]
    assert found["Fermé il y a plus longtemps (2)"] == ["close-plus-tot", "close-jadis"]
    assert "2 aides n'ont pas de date de fin connue" in page_of(cat)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, "2026-03-01", "Dernier jour aujourd'hui"),
        (None, "2026-03-02", "Encore 1 jour<"),
        (None, "2026-03-31", "Encore 30 jours"),
        ("2026-03-02", None, "Dans 1 jour<"),
        ("2027-03-01", None, "Dans 365 jours"),
    ],
)
def test_the_days_that_are_left_are_counted(cat, first, last, words):
    put(cat, ("x", first, last))
    assert words in page_of(cat)


def test_the_state_stands_in_words_and_carries_its_dates(cat):
    html = page_of(cat)
    assert re.search(r'<p class="statut statut-ouvert"[^>]* data-cloture="2026-12-31"[^>]*>Ouvert jusqu\'au 31 décembre 2026</p>', html)
    assert '<time datetime="2026-12-31">31 décembre 2026</time>' in html
    assert "Les jours sont comptés au 1er mars 2026" in html


def test_a_long_calendar_stays_light_and_says_what_it_leaves_out(cat):
    days = [datetime.date(2026, 3, 2) + datetime.timedelta(days=i) for i in range(60)]
    dated = [(f"a{i}", d.isoformat(), None) for i, d in enumerate(days)] + [(f"o{i}", None, d.isoformat()) for i, d in enumerate(days)]
    dated += [(f"c{i}", None, d.replace(year=2025).isoformat()) for i, d in enumerate(days)]
    dated += [(f"v{i}", None, d.replace(year=2020).isoformat()) for i, d in enumerate(days)]
    put(cat, *dated)
    html = page_of(cat)
    # The frame around it (head, header, menu, footer) has some 85 elements.
    assert len(re.findall(r"<[a-z]", html)) < 350 - 100
    found = sections(cat)
    assert {title: len([id_ for id_ in ids if id_]) for title, ids in found.items()} == {
        "Ouvre bientôt": LIMITES["a-venir"], "Ouvert, avec une date de fin": LIMITES["ouverts"],
        "Fermé depuis moins de deux ans": LIMITES["clos"], "Fermé il y a plus longtemps (60)": LIMITES["anciens"],
    }  # fmt: skip
    assert all(f"Et {60 - shown} autres" in html for shown in LIMITES.values())


def test_without_any_date_there_is_no_file_and_no_link_to_it(cat):
    put(cat, ("x", None, None))
    assert render_ics(cat) is None
    html = page_of(cat)
    assert "calendrier.ics" not in html
    assert "1 aide n'a pas de date de fin connue" in html


def test_the_list_of_the_aids_and_the_plan_lead_to_it():
    made = build(SAMPLE, JOUR, racine=SAMPLE.parent)
    pages = {page.chemin: page.corps for page in made.pages}
    for path in ("dispositifs/", "plan-du-site/"):
        assert 'href="../calendrier/"' in pages[path]
    assert 'href="../calendrier.ics"' in pages["calendrier/"]
    assert made.api["calendrier.ics"].startswith("BEGIN:VCALENDAR")


# --- The file -----------------------------------------------------------------------------------------------------


def parse(ics: str) -> list[dict[str, str]]:
    """The events, by property. Raises AssertionError on what RFC 5545 refuses."""
    assert ics.endswith("\r\n")
    lines = ics.removesuffix("\r\n").split("\r\n")
    assert not [line for line in lines if "\n" in line or "\r" in line], "une fin de ligne seule"
    assert not [line for line in lines if len(line.encode()) > 75], "une ligne de plus de 75 octets"
    assert not [line for line in lines if not line.strip()], "une ligne vide"
    unfolded = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events, current, head = [], None, {}
    for line in unfolded[1:-1]:
        name, _, value = line.partition(":")
        assert re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[^;:]+)*", name), line
        if line == "BEGIN:VEVENT":
            assert current is None
            current = {}
        elif line == "END:VEVENT":
            events.append(current)
            current = None
        else:
            place = head if current is None else current
            assert name not in place, f"deux fois {name}"
            place[name] = value
    assert current is None
    assert head["VERSION"] == "2.0" and head["PRODID"]
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY"} <= set(event)
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        for name in ("SUMMARY", "DESCRIPTION"):
            assert not re.search(r"(?<!\\)[,;]", re.sub(r"\\\\", "", event[name])), event[name]
    assert events and len({event["UID"] for event in events}) == len(events)
    return events


def text_of(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value).translate(NON_BREAKING)


def test_every_known_day_is_an_all_day_event(cat):
    events = {text_of(event["SUMMARY"]): event for event in parse(render_ics(cat))}
    assert set(events) == {
        "Ouverture : Aide à l'étude énergie", "Dernier jour : Aide à l'étude énergie",
        "Ouverture : Défi collectif", "Dernier jour : Défi collectif",
    }  # fmt: skip
    last = events["Dernier jour : Aide à l'étude énergie"]
    assert (last["DTSTART;VALUE=DATE"], last["DTEND;VALUE=DATE"]) == ("20261231", "20270101")
    assert last["DTSTAMP"] == "20260105T000000Z"
    assert text_of(last["DESCRIPTION"]) == "L'agence paie une part de votre étude, selon votre taille."
    assert "URL" not in last


def test_an_event_leads_to_its_page_when_the_site_knows_its_address(cat):
    cat.site = cat.site.model_copy(update={"url": "https://etabli.example/ici/"})
    assert {event["URL"] for event in parse(render_ics(cat))} == {
        "https://etabli.example/ici/dispositifs/etude-energie/", "https://etabli.example/ici/dispositifs/defi-collectif/",
    }  # fmt: skip


@pytest.mark.parametrize("title", ["a ; b, c \\ d", "é" * 300, "€uro 😀" * 40, "deux\nlignes\r\nET BEGIN:VEVENT", "\\n"])
def test_a_text_is_escaped_folded_and_comes_back_whole(cat, title):
    cat.dispositifs = {"x": cat.dispositifs["etude-energie"].model_copy(update={"titre": "t", "resume": title})}
    told = text_of(parse(render_ics(cat))[0]["DESCRIPTION"])
    assert told.split() == title.split()


def test_the_identifier_of_an_event_does_not_change_with_its_date(cat):
    before = [event["UID"] for event in parse(render_ics(cat))]
    changed = cat.dispositifs["etude-energie"].model_copy(update={"cloture": day("2027-06-30"), "titre": "Autre titre"})
    cat.dispositifs["etude-energie"] = changed
    assert [event["UID"] for event in parse(render_ics(cat))] == before


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("\r\n", "\n"), ("SUMMARY:", "SUMMARY:" + "é" * 80), ("UID:", "X-UID:"), ("\\,", ","), ("END:VEVENT\r\n", "")],
)
def test_the_parser_of_these_tests_can_fail(cat, right, wrong):
    with pytest.raises(AssertionError):
        parse(render_ics(cat).replace(right, wrong, 1 if "EVENT" in right else -1))
