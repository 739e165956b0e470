"""The files of `site/`, read as a host would serve them: policy, inline code, links, frame. No browser is needed here."""

import json
import os
import re
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from etabli.serveur import CSP

BATI = Path(os.environ.get("ETABLI_SITE") or Path(__file__).resolve().parents[2] / "site")
#: `frame-ancestors` only works as a header; a <meta> that holds it is a console error.
POLITIQUE = CSP.removesuffix("; frame-ancestors 'none'")


class Bati(HTMLParser):
    """One built page, read once: its tags, its links, its ids."""

    def __init__(self, path: Path):
        super().__init__()
        self.path, self.tags, self.inline, self.data = path, [], [], []
        self.html = path.read_text(encoding="utf-8")
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            tag, attrs = self.tags[-1]
            # A block of data is not run: no policy rules it. What it holds must still be data.
            (self.data if (tag, attrs.get("type")) == ("script", "application/ld+json") else self.inline).append(data)

    @property
    def name(self) -> str:
        return self.path.relative_to(BATI).as_posix()

    @cached_property
    def ids(self) -> set[str]:
        return {attrs["id"] for _, attrs in self.tags if attrs.get("id")}

    @property
    def links(self) -> list[str]:
        """Addresses that this page asks for or leads to; the canonical one is the site's own name, not a link to follow."""
        return [
            attrs[key]
            for tag, attrs in self.tags
            for key in ("href", "src", "data-index", "data-worker")
            if attrs.get(key) is not None and not (tag == "link" and attrs.get("rel") == "canonical")
        ]


@pytest.fixture(scope="module")
def bati() -> dict[str, Bati]:
    pages = {page.name: page for page in map(Bati, sorted(BATI.rglob("*.html")))}
    assert len(pages) > 50, "site/ n'est pas construit : lancez « make site »"
    return pages


def test_every_page_carries_the_policy_before_anything_it_governs(bati):
    wrong = []
    for page in bati.values():
        kinds = [attrs["content"] if attrs.get("http-equiv") == "Content-Security-Policy" else tag for tag, attrs in page.tags]
        first_asked = next(i for i, kind in enumerate(kinds) if kind in ("script", "link", "img", "style"))
        if POLITIQUE not in kinds[:first_asked] or ("meta", {"name": "referrer", "content": "no-referrer"}) not in page.tags:
            wrong.append(page.name)
    assert wrong == []


def test_nothing_is_written_inline(bati):
    wrong = [
        f"{page.name} : <{tag} {key}>"
        for page in bati.values()
        for tag, attrs in page.tags
        for key in attrs
        if key == "style" or re.fullmatch(r"on[a-z]+", key)
    ]
    wrong += [f"{page.name} : {text[:60]}" for page in bati.values() for text in page.inline]
    wrong += [page.name for page in bati.values() if any(tag == "style" for tag, _ in page.tags)]
    assert wrong == []


def test_the_pages_of_the_catalogue_hold_their_description_as_data(bati):
    described = {name: json.loads(block) for name, page in bati.items() for block in page.data}
    assert {"index.html", "glossaire/a/index.html", "territoires/bretagne/index.html"} <= set(described)
    assert all(block["@context"] == "https://schema.org" and block["@graph"] for block in described.values())


def test_every_page_has_one_title_one_h1_and_the_frame(bati):
    for page in bati.values():
        tags = [tag for tag, _ in page.tags]
        tags.remove("title")
        assert "title" not in tags[: tags.index("body")], page.name  # those of the map are the names of its shapes
        counts = {tag: tags.count(tag) for tag in ("h1", "main", "header", "footer")}
        assert counts == dict.fromkeys(counts, 1), page.name
        assert ("html", {"lang": "fr"}) in page.tags, page.name
        assert len(page.ids) == sum(1 for _, attrs in page.tags if attrs.get("id")), page.name


def test_every_internal_link_resolves_in_any_folder(bati):
    """As if the site lived in a folder: no link may leave it. The 404 page, served at any depth, starts from the root."""
    root = "https://site.test/un/sous-dossier/"
    broken = []
    for page in bati.values():
        base = root if page.name == "404.html" else urljoin(root, page.name.removesuffix("index.html"))
        for link in page.links:
            address = root + link.lstrip("/") if page.name == "404.html" and link.startswith("/") else urljoin(base, link)
            address, fragment = urldefrag(address)
            if urlsplit(address).netloc != "site.test" or urlsplit(address).scheme != "https":
                continue
            chemin = unquote(address.removeprefix(root).split("?")[0]) if address.startswith(root) else None
            folder = chemin in ("", ".") or (chemin or "").endswith("/")
            target = None if chemin is None else BATI / chemin / ("index.html" if folder else "")
            if target is None or not target.is_file():
                broken.append(f"{page.name} → {link}")
            elif fragment and target.suffix == ".html" and unquote(fragment) not in bati[target.relative_to(BATI).as_posix()].ids:
                broken.append(f"{page.name} → {link} (ancre absente)")
    assert broken == []


def follow(page: Bati, main_only: bool = False) -> set[str]:
    """The pages of the site that a visitor reaches from this one, by their file names."""
    found = set()
    kinds = [tag for tag, _ in page.tags]
    for tag, attrs in page.tags[kinds.index("main") : kinds.index("footer")] if main_only else page.tags:
        if tag == "a" and "href" in attrs:
            address = urlsplit(urljoin(f"https://site.test/{page.name}", attrs["href"]))
            if address.netloc == "site.test":
                found.add(unquote(address.path).removeprefix("/") + ("index.html" if address.path.endswith("/") else ""))
    return found


def test_every_page_is_reached_from_the_home_page(bati):
    reached, todo = {"index.html"}, ["index.html"]
    while todo:
        new = (follow(bati[todo.pop()]) & bati.keys()) - reached
        reached |= new
        todo += new
    assert bati.keys() - reached == {"404.html"}


def test_the_plan_leads_to_every_section(bati):
    """Alone, without the menu and the footer. The lists, which are cut in pages, stand for what they hold."""
    plan = follow(bati["plan-du-site/index.html"], main_only=True)
    folders = {"dispositifs", "ressources", "fiches", "themes", "besoins", "publics", "questionnaires", "glossaire", "calendrier"}
    types = ("departements", "intercommunalites", "territoires-industrie")
    lists = {"recherche", "territoires", *(f"territoires/{type_}" for type_ in types)}
    one_by_one = re.compile(r"(?:themes|besoins|publics|questionnaires|guides|contribuer)/[^/]+/index\.html|fiches/fiche-[^/]+/index\.html")
    regions = {name for name, page in bati.items() if name.startswith("territoires/") and '<p class="surtitre">Région</p>' in page.html}
    guides = {name for name, page in bati.items() if ("body", {"class": "gabarit-guide"}) in page.tags}
    expected = {f"{chemin}/index.html" for chemin in folders | lists} | {name for name in bati if one_by_one.fullmatch(name)}
    assert len(regions) == 18 and len(guides) >= 8
    assert (expected | regions | guides) - plan == set()


def test_every_page_stays_light(bati):
    """The budget of a content page; a questionnaire holds all its questions, to be read and printed without scripts."""
    heavy = {name: len(page.tags) for name, page in bati.items() if len(page.tags) > 350}
    assert {name: count for name, count in heavy.items() if not re.match(r"questionnaires/[^/]+/", name)} == {}


def test_a_marked_term_leads_to_its_definition_once_a_page(bati):
    marked = 0
    for page in bati.values():
        terms = [attrs["href"] for tag, attrs in page.tags if tag == "a" and attrs.get("class") == "terme"]
        marked += len(terms)
        assert len(terms) == len(set(terms)), page.name
        for term in terms:
            address, fragment = urldefrag(urljoin(f"/{page.name}", term))
            definition = bati[f"{address.removeprefix('/')}index.html"]
            assert address.startswith("/glossaire/"), term
            assert [tag for tag, attrs in definition.tags if attrs.get("id") == fragment] == ["dt"], term
    assert marked > 500


def test_no_page_asks_anything_of_another_host(bati):
    asked = [
        f"{page.name} : {attrs.get('src') or attrs.get('href')}"
        for page in bati.values()
        for tag, attrs in page.tags
        if tag in ("script", "img", "iframe", "video", "audio", "source") or (tag == "link" and attrs.get("rel") != "canonical")
        if (attrs.get("src") or attrs.get("href") or "").startswith(("http:", "https:", "//"))
    ]
    assert asked == []


def test_nothing_of_material_is_shipped_unused():
    of_material = re.compile(r"\.map$|/(bundle|main|palette|search)\.[0-9a-f]{8}\.min\.|/lunr/.*stemmer|/favicon\.png$")
    unused = [path.relative_to(BATI).as_posix() for path in BATI.rglob("*") if of_material.search(path.as_posix())]
    assert unused == []
