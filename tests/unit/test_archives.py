"""archives.py and cle_usb.py on a site of a few pages: what is packed, in what order, and what a page becomes on a USB stick."""

import datetime
import hashlib
import json
import os
import posixpath
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from etabli.archives import SOMMES, write_archives
from etabli.cle_usb import CSP, make_copy

JOUR = datetime.date(2026, 11, 1)
HEAD = """<!doctype html><html lang="fr"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'">
{canonique}<link rel="icon" href="{r}assets/images/e.svg"><link rel="alternate" href="{r}flux.xml">
<link rel="search" href="{r}opensearch.xml">
<title>{titre}</title><link rel="stylesheet" href="{r}assets/etabli.css"><link rel="stylesheet" media="print" href="{r}assets/papier.css">
<script type="application/ld+json">{{"url": "https://valdor.fr/"}}</script>
<script type="module" src="{r}assets/site.js"></script></head><body>
<header class="entete"><a href="{accueil}">Val d’Or</a><button type="button" class="bouton-menu" aria-expanded="false">Menu</button>
<nav id="menu"><ul><li class="menu-recherche"><a href="{r}recherche/"><span class="icone"></span> Rechercher</a></li></ul></nav></header>
<main><h1>{titre}</h1>"""
FOOT = """<p class="modifier"><a href="{r}donnees/data/site.yml.txt">Modifier cette page</a></p></main>
<footer><ul><li><a href="{r}flux.xml">Nouveautés (flux Atom)</a></li>
<li><a href="{r}hors-connexion/">Hors connexion</a></li><li><a href="{r}plan-du-site/">Plan du site</a></li></ul></footer></body></html>"""
RECHERCHE = """<div class="recherche" data-recherche><form role="search">
<div><input type="search"><button type="submit">Rechercher</button></div></form>
<noscript><p>La recherche a besoin de JavaScript.</p></noscript>
<p class="recherche-listes">Ou parcourez&nbsp;: <a href="aides/">les aides</a>.</p><div><p hidden>Rien</p></div></div>"""
GRILLE = """<div class="questionnaire" data-mode="papier" data-donnees="../../api/v1/questionnaires/q.json">
<section hidden><section><p>Commencer</p></section></section><dialog><p>Effacer ?</p></dialog><template><p>Profil</p></template>
<fieldset id="b"><legend>Première question</legend><label><input type="radio" name="a"> Oui</label>
<div class="q-sous"><div><textarea></textarea></div></div></fieldset></div><noscript><p>Comptez à la main.</p></noscript>"""
PLAN = '<ul><li><a href="../recherche/">Rechercher</a></li><li><a href="../aides/">Aides</a></li></ul>'
AIDE = """<p><a href="../#suite">Toutes</a> <a href="../../glossaire/a/#ademe">ADEME</a> <a href="./">Ici</a> <a href="../..">Accueil</a>
<a href="../../questionnaires/q/?de=aide&amp;a=1#b">Me situer</a> <a href="#bas">Bas</a> <a href="?tri=date">Tri</a> <a href="https://ademe.fr/">Site</a>
<a href="../../recherche/?theme=eau">la recherche</a> <a class="vers-recherche" href="../../recherche/">Rechercher</a>
<a href="../../api/v1/aides.json">les données</a> <a href="../../calendrier.ics">les dates</a> <a href="../../aides.csv">le tableau</a></p>
<p id="bas" aria-hidden="true">par commune, par région</p><p>Ce qui reste</p><p><input type="hidden" name="x"><input hidden><b>vu</b></p>"""


def write_site(folder, adresse=""):
    """A site as MkDocs leaves it: pages in folders, with what only a server or a script uses beside them."""
    pages = {
        "": RECHERCHE, "aides/": '<h2 id="suite">Suite</h2>', "aides/velo/": AIDE, "glossaire/a/": '<p id="ademe">ADEME</p>',
        "questionnaires/q/": GRILLE, "plan-du-site/": PLAN,
        "recherche/": RECHERCHE, "donnees-ouvertes/": "<p>api/v1/</p>", "hors-connexion/": "<p hidden></p>",
        "calendrier/": "<p>Les dates</p>",
    }  # fmt: skip
    for path, body in pages.items():
        r = "../" * path.count("/")
        canonique = f'<link rel="canonical" href="{adresse}{path}">' if adresse else ""
        text = HEAD.format(r=r, titre=path or "Val d’Or", accueil=r or ".", canonique=canonique) + body + FOOT.format(r=r)
        write(folder / path / "index.html", text)
    write(folder / "404.html", '<a href="/aides/">Les aides</a>')
    write(folder / "api/v1/index.json", json.dumps({"jour": JOUR.isoformat()}))
    write(folder / "assets/etabli.css", 'body { background: url("images/fond.svg") }')
    for name in (
        "assets/papier.css", "assets/seul.css", "assets/site.js", "assets/site.js.br", "assets/images/e.svg", "assets/images/fond.svg",
        "assets/moteur/m.wasm", "api/v1/aides.json", "flux.xml", "opensearch.xml", "donnees/data/site.yml.txt", "aides.csv",
        "calendrier.ics", "index.html.gz",
    ):  # fmt: skip
        write(folder / name, name)
    return folder


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path / "site")


def copy_of(site) -> dict[str, str]:
    return {name: content.decode() for name, content in make_copy(site, JOUR).items()}


class Liens(HTMLParser):
    """The addresses and the ids of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.liens, self.ids = [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.liens += [value for name, value in attrs if name in ("href", "src")]
        self.ids |= {value for name, value in attrs if name == "id"}


# --- The archives --------------------------------------------------------------------------------------


def test_the_same_site_gives_the_same_bytes(tmp_path, site):
    first = [paquet.chemin.read_bytes() for paquet in write_archives(site, tmp_path / "a", "val-d-or")]
    for path in site.rglob("*"):
        os.utime(path, (1e9, 1e9))
        path.chmod(0o755)
    assert [paquet.chemin.read_bytes() for paquet in write_archives(site, tmp_path / "b", "val-d-or")] == first
    write(site / "aides.csv", "autre")
    assert all(
        a != b for a, b in zip((p.chemin.read_bytes() for p in write_archives(site, tmp_path / "b", "val-d-or")), first, strict=True)
    )


def test_an_archive_is_one_folder_of_sorted_names_all_dated_of_the_build(tmp_path, site):
    for paquet, nom in zip(write_archives(site, tmp_path / "p", "val-d-or"), ("val-d-or-site", "val-d-or-cle-usb"), strict=True):
        with zipfile.ZipFile(paquet.chemin) as archive:
            entries = archive.infolist()
        names = [entry.filename for entry in entries]
        assert paquet.chemin.name == f"{nom}.zip"
        assert names == sorted(names)
        assert {name.split("/")[0] for name in names} == {nom}
        assert {(entry.date_time, entry.external_attr >> 16) for entry in entries} == {((2026, 11, 1, 0, 0, 0), 0o100644)}
        assert (paquet.fichiers, paquet.octets) == (len(names), paquet.chemin.stat().st_size)


def test_the_site_goes_whole_into_its_archive(tmp_path, site):
    with zipfile.ZipFile(write_archives(site, tmp_path / "p", "val-d-or")[0].chemin) as archive:
        packed = {name.removeprefix("val-d-or-site/"): archive.read(name) for name in archive.namelist()}
        assert archive.getinfo("val-d-or-site/index.html").compress_type == zipfile.ZIP_DEFLATED
    assert packed == {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert {"assets/site.js.br", "index.html.gz"} <= set(packed)


def test_the_sums_are_those_that_sha256sum_checks(tmp_path, site):
    paquets = write_archives(site, tmp_path / "p", "val-d-or")
    done = subprocess.run(["sha256sum", "-c", "--strict", SOMMES], cwd=tmp_path / "p", capture_output=True, text=True, check=True)
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["val-d-or-site.zip", "val-d-or-cle-usb.zip"]
    assert [paquet.sha256 for paquet in paquets] == [hashlib.sha256(p.chemin.read_bytes()).hexdigest() for p in paquets]
    assert sorted(path.name for path in (tmp_path / "p").iterdir()) == sorted([SOMMES, "val-d-or-cle-usb.zip", "val-d-or-site.zip"])


@pytest.mark.parametrize("nom", ["../ailleurs", "Val d'Or", ""])
def test_a_name_that_is_no_name_of_file_is_refused(tmp_path, site, nom):
    with pytest.raises(ValueError, match="ne peut pas nommer un fichier"):
        write_archives(site, tmp_path / "p", nom)
    assert not (tmp_path / "p").exists()


# --- The copy for a USB stick ----------------------------------------------------------------------------


@pytest.mark.parametrize("adresse", ["", "https://valdor.fr/transition/"])
def test_no_link_of_the_copy_is_dead(tmp_path, adresse):
    copie = copy_of(write_site(tmp_path / "site", adresse))
    pages = {name: Liens(text) for name, text in copie.items() if name.endswith(".html")}
    local = [(name, lien) for name, page in pages.items() for lien in page.liens if not urlsplit(lien).scheme]
    assert len(local) > 50
    for name, lien in local:
        path, anchor = unquote(urlsplit(lien).path), urlsplit(lien).fragment
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        assert target in copie, (name, lien)
        assert not anchor or anchor in pages[target].ids, (name, lien)


def test_a_link_to_a_folder_leads_to_its_page(site):
    links = Liens(copy_of(site)["aides/velo/index.html"]).liens
    assert {
        "../index.html#suite", "../../glossaire/a/index.html#ademe", "index.html", "../../index.html",
        "../../questionnaires/q/index.html?de=aide&a=1#b", "#bas", "index.html?tri=date", "https://ademe.fr/",
    } <= set(links)  # fmt: skip
    assert Liens(copy_of(site)["index.html"]).liens[3] == "index.html"


def test_the_search_gives_way_to_the_lists_and_the_site_map(site):
    copie = copy_of(site)
    assert "recherche/index.html" not in copie
    assert '<p class="recherche-listes">Parcourez&nbsp;: <a href="aides/index.html">les aides</a>.</p>' in copie["index.html"]
    assert not re.search(r"<form|<input|<button|La recherche a besoin", copie["index.html"])
    assert '<li class="menu-recherche"><a href="../../plan-du-site/index.html">Plan du site</a></li>' in copie["aides/velo/index.html"]
    assert '<a href="../../plan-du-site/index.html">le plan du site</a>' in copie["aides/velo/index.html"]
    assert "par commune" not in copie["aides/velo/index.html"]
    assert '<ul><li><a href="../aides/index.html">Aides</a></li></ul>' in copie["plan-du-site/index.html"]


def test_what_needs_a_script_goes_and_the_rest_stays(site):
    page = copy_of(site)["aides/velo/index.html"]
    assert not re.search(r"<script|bouton-menu|\shidden[ >]|Modifier cette page|flux|Hors connexion", page)
    assert all(
        kept in page for kept in ('aria-hidden="true"', "Ce qui reste", 'type="hidden"', "<b>vu</b>", '<nav id="menu">', "les dates")
    )
    assert re.findall('<link rel="([a-z]+)"', page) == ["icon", "stylesheet", "stylesheet"]
    assert f'content="{CSP}"' in page
    assert "script-src" not in page


def test_a_questionnaire_is_a_paper_grid_that_says_why(site):
    page = copy_of(site)["questionnaires/q/index.html"]
    assert all(gone not in page for gone in ("Commencer", "Effacer", "Profil", "textarea", "api/v1", "noscript"))
    assert all(
        kept in page for kept in ("Première question", '<input type="radio" name="a">', "</fieldset></div><p>Comptez à la main.</p>")
    )
    assert re.search(r"</h1>\s*<div class=\"note\"><p>[^<]*WebAssembly[^<]*serveur[^<]*grille[^<]*site en ligne", page)


def test_a_copy_says_its_day_and_where_the_site_is_online(tmp_path, site):
    copie = copy_of(site)
    pages = [text for name, text in copie.items() if name.endswith(".html")]
    assert all("Copie du 1er novembre 2026, consultée sans serveur." in page.split("</header>")[0] for page in pages)
    assert "valdor.fr" not in "".join(copie.values())
    online = copy_of(write_site(tmp_path / "en-ligne", "https://valdor.fr/"))
    assert '<a href="https://valdor.fr/aides/velo/">Voir cette page en ligne</a>' in online["aides/velo/index.html"]
    assert 'répondez <a href="https://valdor.fr/questionnaires/q/">en ligne</a>' in online["questionnaires/q/index.html"]
    assert '<a href="https://valdor.fr/api/v1/aides.json">les données</a>' in online["aides/velo/index.html"]
    assert "https://valdor.fr/\r\n" in online["LISEZMOI.txt"]
    assert " les données <a" in copie["aides/velo/index.html"].replace("\n", " ")


def test_the_copy_holds_its_pages_what_they_lead_to_and_nothing_else(site):
    copie = copy_of(site)
    assert sorted(name for name in copie if not name.endswith("index.html")) == [
        "LISEZMOI.txt", "aides.csv", "assets/etabli.css", "assets/images/e.svg", "assets/images/fond.svg", "assets/papier.css",
        "calendrier.ics",
    ]  # fmt: skip
    assert sum(name.endswith("index.html") for name in copie) == 8


def test_the_read_me_opens_in_an_old_text_editor(site):
    text = make_copy(site, JOUR)["LISEZMOI.txt"].decode("utf-8-sig")
    assert make_copy(site, JOUR)["LISEZMOI.txt"].startswith(b"\xef\xbb\xbfVal d")
    assert "copie du 1er novembre 2026\r\n" in text
    assert "index.html" in text
    assert max(map(len, text.splitlines())) <= 80
