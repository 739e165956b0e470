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
    html = _MARKDOWN.reset().convert(text)
    return Markup(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"))


def render_inline(text: str) -> Markup:
    """Markdown of one line, without the paragraph around it."""
    html = render_markdown(text)
    return Markup(html.removeprefix("<p>").removesuffix("</p>")) if html.count("<p>") == 1 else html
