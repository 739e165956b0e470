"""How a thing is known outside the pages: its full address, an identifier that never changes, an instant.

Stands after `gabarits.py`, before all that programs read: calendar, schema.org, tables, feed.
"""

import datetime
import uuid
from zoneinfo import ZoneInfo

from .catalogue import Catalogue

_PARIS = ZoneInfo("Europe/Paris")


def full_address(cat: Catalogue, path: str) -> str | None:
    """The address of a path of the site, host included; None as long as the site does not know its own address."""
    return f"{cat.site.url.rstrip('/')}/{path}" if cat.site.url else None


def stable_uuid(*parts: str) -> uuid.UUID:
    """The same parts give the same UUID for ever, in every site that publishes the thing (version 5, RFC 9562)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "etabli:" + "/".join(parts))


def instant(jour: datetime.date, heure: datetime.time = datetime.time()) -> datetime.datetime:
    """A time of the day `jour` in France, with its offset; midnight unless another is asked."""
    return datetime.datetime.combine(jour, heure, _PARIS)
