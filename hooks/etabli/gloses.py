"""Mark the words of the glossary where they stand in a page: each term once, as a link to its definition.

Stands before the templates, which call `Gloses.mark` on the HTML they have made; guides get the same from the MkDocs hook.
An acronym also bears its full name (`<abbr>`), which a mouse shows; the link serves keyboards, fingers and screen readers.
"""

import functools
import html
import re
from collections import defaultdict

from .catalogue import Catalogue
from .decoupage import name_id
from .schema import Terme
from .typographie import typo

#: Inside these nothing is marked: they are links or names already, or hold no sentence.
_CLOSED = frozenset(
    (
        "a", "abbr", "button", "caption", "code", "dt", "figcaption", "form", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend",
        "nav", "option", "pre", "script", "select", "style", "summary", "svg", "th", "title",
    )
)  # fmt: skip
#: The same for elements of these classes, of which the whole is a link or a reference.
_CLOSED_CLASSES = frozenset(("carte", "porte", "tuiles", "sources", "surtitre", "statut", "lu", "contact"))
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
#: A comment, or a tag: whether it closes, the name of its element, its attributes.
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>", re.S)
_CLASSES = re.compile(r'class="([^"]*)"')
_WORD = re.compile(r"[\w&]+")


def letter_of(terme: Terme) -> str:
    """The letter under which a term stands in the glossary: « É » is « e », a figure is « 0-9 »."""
    first = name_id(terme.terme)[:1]
    return first if first.isalpha() else "0-9"


def anchor_of(terme: Terme) -> str:
    """Where the definition stands, from the root of the site."""
    return f"glossaire/{letter_of(terme)}/#{terme.id}"


class Gloses:
    """The forms of every term, by their first word, longest first."""

    def __init__(self, cat: Catalogue):
        self.forms: dict[str, list[tuple[str, Terme]]] = defaultdict(list)
        for terme in cat.termes:
            for form in {terme.terme, *terme.variantes}:
                written = html.escape(typo(form), quote=False)  # as it stands in a page: « R&amp;D »
                # A word that is no acronym may open a sentence.
                shapes = {written} if _is_acronym(written) else {written, written[:1].upper() + written[1:], _lower_first(written)}
                for shape in shapes:
                    if first := _WORD.match(shape):
                        self.forms[first[0]].append((shape, terme))
        for forms in self.forms.values():
            forms.sort(key=lambda form: (-len(form[0]), form[1].id))

    def mark(self, page: str, prefix: str) -> str:
        """`page`, an HTML fragment, with the first occurrence of each term made a link. prefix: from the page to the site's root."""
        seen: set[str] = set()
        out, end = [], 0  # what is written, and where the page goes on
        depth = 0  # text outside of any element is not a sentence of the page
        while tag := _TAG.search(page, end):
            text = page[end : tag.start()]
            out.append(self._mark_text(text, prefix, seen) if depth and text and not text.isspace() else text)
            start, end = tag.span()
            slash, name, attributes = tag.groups()
            if slash:
                depth -= 1
            elif name and name.lower() not in _VOID and not attributes.endswith("/"):
                if _is_closed(name.lower(), attributes):
                    end = _find_end(page, name, end)
                else:
                    depth += 1
            out.append(page[start:end])
        return "".join([*out, page[end:]])

    def _mark_text(self, text: str, prefix: str, seen: set[str]) -> str:
        if self.forms.keys().isdisjoint(_WORD.findall(text)):
            return text
        out, end = [], 0
        for word in _WORD.finditer(text):
            if word.start() < end:
                continue
            for form, terme in self.forms.get(word[0], ()):
                if terme.id not in seen and _stands(text, word.start(), form):
                    seen.add(terme.id)
                    out += [text[end : word.start()], _link(form, terme, prefix)]
                    end = word.start() + len(form)
                    break
        return "".join([*out, text[end:]])


def _is_acronym(form: str) -> bool:
    return sum(c.isupper() or c.isdigit() for c in form.split()[0]) >= 2


def _lower_first(form: str) -> str:
    """« Assiette » is also « assiette »; a proper name keeps its capital: « Accord de Paris » is one by its second one."""
    return form if any(c.isupper() for c in form[1:]) else form[:1].lower() + form[1:]


def _stands(text: str, start: int, form: str) -> bool:
    """Is the whole form there, as words of their own?"""
    after = text[start + len(form) :][:1]
    return text.startswith(form, start) and not text.endswith(("-", "&amp;"), 0, start) and after != "-" and not after.isalnum()


def _link(form: str, terme: Terme, prefix: str) -> str:
    words = f'<abbr title="{html.escape(typo(terme.developpe))}">{form}</abbr>' if terme.developpe and _is_acronym(form) else form
    return f'<a class="terme" href="{prefix}{anchor_of(terme)}">{words}</a>'


def _is_closed(name: str, attributes: str) -> bool:
    """Is nothing marked inside of such an element?"""
    classes = _CLASSES.search(attributes)
    return name in _CLOSED or (classes is not None and not _CLOSED_CLASSES.isdisjoint(classes[1].split()))


def _find_end(page: str, name: str, start: int) -> int:
    """Where the element ends whose content begins at `start`."""
    depth = 1
    for tag in _tags_of(name).finditer(page, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(page)


@functools.cache
def _tags_of(name: str) -> re.Pattern:
    return re.compile(rf"<(/?){name}\b[^>]*>", re.I)
