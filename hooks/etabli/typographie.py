"""French typography, put in by the build and never by hand in YAML.

`typo` mends one text; `typo_html` mends the text of a page and leaves its tags, code and scripts alone.
"""

import re
from itertools import chain, zip_longest

NBSP, FINE = "\u00a0", "\u202f"

#: Stands for a tag when the text of a page is mended in one go: no rule sees across it, and no text holds it.
_TAG = "\0"
# Each rule begins with the character that it looks for, and looks behind after it: so `re` leaps from one to the next.
_RULES = (
    (re.compile(r"'(?<=\w')(?=[\w\s«\0]|\Z)"), "’"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NBSP),
    (re.compile(r"[ \u00a0\u202f](?=[ \u00a0\u202f]*»)"), ""),
    (re.compile(r"»"), NBSP + "»"),
    (re.compile(r" (?<!\s )(?=[;!?](?:[\s»)<\0]|$))"), FINE),
    (re.compile(r" (?<!\s )(?=:(?:[\s\0]|$))"), NBSP),
    (re.compile(r" (?<=\d )(?=(?:%|€|k€|M€|kWh|MWh|km|m²|kg|t)(?!\w))"), NBSP),
    (re.compile(r" (?<=\d )(?=\d{3}(?!\d))"), FINE),
    (re.compile(r"\.\.\."), "…"),
)

_SKIPPED = re.compile(r"(<(?:(script|style|pre|code|svg)\b.*?</\2|!--.*?--|[^>]*)>)", re.S)


def typo(text: str) -> str:
    """`text` with no-break spaces before high punctuation and units, « » and ’."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def typo_html(html: str) -> str:
    """`html` with the typography of its text mended, tags and code untouched."""
    # split() with two groups gives: text, skipped, tag name or None, text, skipped, …
    parts = _SKIPPED.split(html)
    # Jinja writes apostrophes as « &#39; »; in text they need no escape.
    texts = typo(_TAG.join(parts[::3]).replace("&#39;", "'")).split(_TAG)
    return "".join(chain.from_iterable(zip_longest(texts, parts[1::3], fillvalue="")))
