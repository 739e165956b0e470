"""Markdown written in YAML → safe HTML: what an editor types can hold emphasis, lists and links, nothing active."""

import functools
import re

import markdown
import nh3
from markupsafe import Markup

#: What a text may hold; all else is dropped by the sanitiser.
TAGS = {
    "p",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "code",
    "blockquote",
    "br",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
#: The same inside a paragraph, an item or a heading of a table.
INLINE = {"strong", "em", "a", "code", "br"}
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}}
SCHEMES = {"https", "http", "mailto"}

_MARKDOWN = markdown.Markdown(extensions=["tables", "sane_lists"])
#: A text without any of these is a plain paragraph: no need of the parser, which costs a millisecond.
_SPECIAL = re.compile(r"[*_`\[\]<>&#|\\\n]|^\s*(?:[-+]|\d+\.)\s|https?:")


@functools.lru_cache(maxsize=4096)
def render_markdown(text: str) -> Markup:
    """Block Markdown as sanitised HTML."""
    if not _SPECIAL.search(text):
        return Markup(f"<p>{text}</p>")
    return _sanitize(_MARKDOWN.reset().convert(text), TAGS)


def render_inline(text: str) -> Markup:
    """Markdown of one line, for a place that is a paragraph already: of a list or a second paragraph only the words stay."""
    return _sanitize(render_markdown(text), INLINE)


def _sanitize(html: str, tags: set[str]) -> Markup:
    attributes = {tag: kept for tag, kept in ATTRIBUTES.items() if tag in tags}
    clean = nh3.clean(html, tags=tags, attributes=attributes, url_schemes=SCHEMES, link_rel="noopener")
    return Markup(clean.replace("&nbsp;", "\u00a0"))  # as characters, which is how `typographie.py` knows them
