"""The calendar of the aids: a page for people, `calendrier.ics` for their own calendar (RFC 5545).

Stands after `page.py`; `pages.py` calls `render_agenda`, `build.py` publishes `render_ics` beside the API.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from . import phrases
from .catalogue import Catalogue
from .gabarits import LISTES, Rendering, path_of
from .identites import full_address, stable_uuid
from .page import Page, make_page
from .schema import Dispositif
from .typographie import typo

#: Rows of each part, so that the page stays within 350 elements; what is left is one link away, in the list of the aids.
LIMITES = {"a-venir": 8, "ouverts": 12, "clos": 6, "anciens": 12}
#: A closed aid counts as recent for so long: a call often comes back from one year to the next.
ANNEES = 2
TITRE = "Calendrier des aides"


@dataclass(frozen=True)
class Ligne:
    """One aid in the calendar: the day that matters, and how far away it is, in words."""

    item: Dispositif
    date: datetime.date
    compte: str = ""


@dataclass(frozen=True)
class Partie:
    """The aids that are at one point of their life; `reste`: how many are not shown."""

    lignes: list[Ligne]
    reste: int


def render_agenda(r: Rendering) -> Page:
    """What opens, what closes and when, what has closed."""
    parts: dict[str, list[Ligne]] = {name: [] for name in LIMITES}
    for item in (d for d in r.cat.dispositifs.values() if d.est_une_aide):
        if (found := _place(item, r.cat.jour)) is not None:
            parts[found[0]].append(found[1])
    for name, lines in parts.items():
        lines.sort(key=lambda line: (line.date, line.item.titre), reverse=name in ("clos", "anciens"))
    undated = [d for d in r.cat.dispositifs.values() if d.est_une_aide and phrases.find_ouverture(d, r.cat.jour).code == "permanent"]
    values = {
        "titre": TITRE,
        "parties": {name: Partie(lines[: LIMITES[name]], len(lines[LIMITES[name] :])) for name, lines in parts.items()},
        "sans_date": len(undated),
        "date_connue": any(True for _ in _events(r.cat)),
    }
    presentation = "Ce qui ouvre bientôt, ce qui ferme et quand, ce qui vient de fermer."
    trail = ((typo(LISTES["dispositif"][1]), "dispositifs/"),)
    return make_page(r, "calendrier", "calendrier/", TITRE, presentation, "liste", values, fil=trail, styles=("agenda.css",))


def _place(item: Dispositif, jour: datetime.date) -> tuple[str, Ligne] | None:
    """The part of the calendar where a dispositif stands, and its line; None when nobody knows its dates."""
    match phrases.find_ouverture(item, jour).code:
        case "a_venir":
            return "a-venir", Ligne(item, item.ouverture, f"dans {_days(item.ouverture - jour)}")
        case "ouvert":
            left = item.cloture - jour
            return "ouverts", Ligne(item, item.cloture, f"encore {_days(left)}" if left else "dernier jour aujourd'hui")
        case "clos":
            end = item.cloture
            recent = (end.year + ANNEES, end.month, end.day) >= (jour.year, jour.month, jour.day)
            return ("clos" if recent else "anciens"), Ligne(item, end)
    return None


def _days(delta: datetime.timedelta) -> str:
    return f"{phrases.nombre(delta.days)} jour{'s' if delta.days > 1 else ''}"


# --- The file for calendars ------------------------------------------------------------------------------------------


def render_ics(cat: Catalogue) -> str | None:
    """Every known first and last day as an all-day event; None without any, since a calendar holds one at least."""
    events = list(_events(cat))
    if not events:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Établi//Calendrier des aides//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escape(f'{TITRE} – {cat.site.nom}')}")
    for item, kind, summary, day in events:
        lines += _event(cat, item, kind, summary, day)
    lines.append("END:VCALENDAR")
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _events(cat: Catalogue) -> Iterator[tuple[Dispositif, str, str, datetime.date]]:
    """(dispositif, kind of day, title of the event, day) for all dated dispositifs, past ones too: a calendar keeps them."""
    for item in (d for d in cat.dispositifs.values() if d.est_une_aide):
        if item.ouverture:
            yield item, "ouverture", f"Ouverture : {item.titre}", item.ouverture
        if item.cloture:
            yield item, "cloture", f"Dernier jour : {item.titre}", item.cloture


def _event(cat: Catalogue, item: Dispositif, kind: str, summary: str, day: datetime.date) -> list[str]:
    address = full_address(cat, path_of(item))
    return [
        "BEGIN:VEVENT",
        f"UID:{stable_uuid('dispositif', item.id, kind)}",
        # Not the clock: the same data give the same bytes.
        f"DTSTAMP:{item.maj:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(typo(summary))}",
        f"DESCRIPTION:{_escape(typo(item.resume))}",
        *([f"URL:{address}"] if address else []),
        "TRANSP:TRANSPARENT",  # a reminder does not make its reader busy
        "END:VEVENT",
    ]


def _escape(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    for char in "\\;,":
        text = text.replace(char, "\\" + char)
    return "\\n".join(text.splitlines())


def _fold(line: str) -> str:
    """At most 75 octets per line, never cut inside a character (RFC 5545, 3.1)."""
    folded, room = "", 75
    for char in line:
        if (size := len(char.encode())) > room:
            folded, room = folded + "\r\n ", 74
        folded, room = folded + char, room - size
    return folded
