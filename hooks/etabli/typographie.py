"""French typography, put in by the build and never by hand in YAML.

`typo` mends one text; `typo_html` mends the text of a page and leaves its tags, code and scripts alone.
"""

import re

NBSP, FINE = "\u00a0", "\u202f"

_RULES = (
    (re.compile(r"(?<=\w)'(?=\w|«|\Z)"), "’"),
    (re.compile(r"(?<=\w)'(?=\s)"), "’"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NBSP),
    (re.compile(r"[ \u00a0\u202f]*»"), NBSP + "»"),
    (re.compile(r"(?<!\s) (?=[;!?](?:\s|$|[»)<]))"), FINE),
    (re.compile(r"(?<!\s) (?=:(?:\s|$))"), NBSP),
    (re.compile(r"(?<=\d) (?=(?:%|€|k€|M€|kWh|MWh|km|m²|kg|t)(?!\w))"), NBSP),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), FINE),
    (re.compile(r"\.\.\."), "…"),
)

_SKIPPED = re.compile(r"(<(script|style|pre|code|svg)\b.*?</\2>|<!--.*?-->|<[^>]*>)", re.S)


def typo(text: str) -> str:
    """`text` with no-break spaces before high punctuation and units, « » and ’."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def typo_html(html: str) -> str:
    """`html` with the typography of its text mended, tags and code untouched."""
    parts = _SKIPPED.split(html)
    # split() with two groups gives: text, skipped, tag name or None, text, skipped, …
    out = []
    for i, part in enumerate(parts):
        if i % 3 == 0:
            # Jinja writes apostrophes as « &#39; »; in text they need no escape.
            out.append(typo(part.replace("&#39;", "'")) if part.strip() else part)
        elif i % 3 == 1:
            out.append(part)
    return "".join(out)
