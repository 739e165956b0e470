"""The only file that knows MkDocs: call the pipeline, hand its files over, take Material's unused ones away.

MkDocs calls the functions below in this order, once per build; nothing is kept from one build to the next.
"""

import calendar
import logging
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel

from etabli.build import make_search
from etabli.copies import list_copies
from etabli.demande import build_asked, describe_frame
from etabli.pages_espace import arrange_nav, is_left_out
from etabli.problems import ProblemsFound, report
from etabli.search import Document
from etabli.texte import text_of_html, unlink_absent
from etabli.typographie import typo, typo_html

#: What Material ships and this site never loads: its scripts, its search, its style, its palette.
UNUSED = (
    "assets/javascripts/bundle", "assets/javascripts/workers/", "assets/javascripts/lunr/", "assets/stylesheets/main.",
    "assets/stylesheets/palette", "assets/images/favicon.png",
    "sitemap.xml",  # its template, which MkDocs copies as it stands when the site has no address to fill it with
)  # fmt: skip
logging.getLogger("mkdocs").setLevel(logging.WARNING)  # what --quiet hides, --strict would not count: a dead link in docs/


def on_config(config):
    """Read the data and render everything before MkDocs looks at any file."""
    try:
        made = build_asked(config.extra, config.site_url)
    except ProblemsFound as problems:
        raise PluginError(f"les données ne donnent pas de site.\n\n{problems}") from None
    except FileNotFoundError as missing:
        raise PluginError(f"il manque {missing.filename} : lancez « make site », qui installe et construit ce qui manque.") from None
    if made.avertissements:
        # Not through MkDocs' log: --quiet would hide them, --strict would make them failures.
        print(report(made.avertissements), file=sys.stderr)
    os.environ["SOURCE_DATE_EPOCH"] = str(calendar.timegm(made.catalogue.jour.timetuple()))
    if made.rapport:
        print(made.rapport, file=sys.stderr)
    config.site_url = made.catalogue.site.url or config.site_url
    if not config.site_url:
        config.theme.static_templates.discard("sitemap.xml")  # it lists full addresses: without one it would be empty
    config.extra["etabli"] = describe_frame(made)
    espace = made.catalogue.espace
    config.nav = arrange_nav(config.nav, espace) if espace else config.nav
    return config


def on_files(files, config):
    """Add the catalogue's pages, the API, the engine and the scripts; drop what nobody loads."""
    made = config.extra["etabli"]["build"]
    espace = made.catalogue.espace
    for file in list(files):
        if file.src_uri.startswith(UNUSED) or file.src_uri.endswith(".map") or (espace and is_left_out(espace, file.src_uri)):
            files.remove(file)
    for page in made.pages:
        files.append(File.generated(config, f"{page.chemin}index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV))
    for path, text in made.api.items():
        files.append(File.generated(config, path, content=text))
    for path, source in list_copies(made, moteur_partage=bool(config.extra.get("moteur"))).items():
        files.append(File.generated(config, path, abs_src_path=str(source)))
    return files


def on_nav(nav, config, files):
    """A catalogue page is HTML already, and its meta are at hand: keep it from the parsers of front matter and of Markdown."""
    for one in (made := config.extra["etabli"]["build"]).pages:
        page = files.get_file_from_path(f"{one.chemin}index.md").page
        page.markdown, page.meta = "", one.meta(made.where_to_edit(one.fichier))
        page.corps = page.content = one.corps
        page.read_source = page.render = lambda *_: None
    return nav


def on_page_markdown(markdown, page, config, files):
    """A guide of ours loses the links to what a territory's site does not hold; elsewhere a dead link is an error."""
    ours = not config.extra["etabli"]["own"] and (page.file.abs_src_path or "").startswith(config.docs_dir)
    return unlink_absent(markdown, page.file.src_uri, files.src_uris) if ours else markdown


def on_page_content(html, page, config, **_):
    """The French typography of a written page, and the words of the glossary; a catalogue page has both already."""
    mark = config.extra["etabli"]["build"].gloses.mark
    return html if hasattr(page, "corps") else mark(typo_html(html), "../" * page.url.count("/"))


def on_env(env, config, files):
    """All pages are known: write the search index."""
    written = [
        Document(
            chemin=f.page.url,
            titre=f.page.title,
            genre="Guide",
            resume=typo(f.page.meta.get("description", "")),
            texte=text_of_html(f.page.content),
            facettes={"genre": ("guide",)},
        )
        for f in files.documentation_pages()
        if not hasattr(f.page, "corps")
    ]
    made = config.extra["etabli"]["build"]
    for path, text in make_search(made.catalogue, made.pages, written).items():
        files.append(File.generated(config, path, content=text))
    return env
