"""The site as a folder that browses from a USB stick: a double click on `index.html`, no server, no script.

Stands after the build: `archives.py` gives it the finished folder of the site. A browser that opens a page from a file
refuses its modules and its WebAssembly, so the copy has none of them. It shows what the site shows without JavaScript: the
menu unfolded, the lists in place of the search, the questionnaires as paper grids.
"""

import datetime
import functools
import html
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin

from .phrases import date_fr
from .typographie import typo, typo_html

#: The site's policy without its scripts. `file:` is for the browsers to which a file is of no origin, so that nothing is 'self'.
CSP = "default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"
#: Pages with nothing to do here: the one that only a server sends, those that only scripts fill.
SANS_OBJET = ("404.html", "recherche/index.html", "hors-connexion/index.html")
PLAN = "plan-du-site/index.html"
#: What only programs read: a link to one of them leads to the site online, when its address is known.
MACHINES = (".js", ".mjs", ".json", ".xml", ".wasm", ".whl", ".zip", ".br", ".gz")
#: Openings of the elements that only scripts bring to life, that edit, or that no reader of a file can use.
MORTS = tuple(
    re.compile(opening)
    for opening in (
        r"<(script)\b[^>]*>",
        r'<(button)\b[^>]*class="bouton-menu"[^>]*>',
        r"<(dialog|template)\b[^>]*>",
        r'<(p)\b[^>]*class="modifier"[^>]*>',
        r'<(div)\b[^>]*class="q-sous"[^>]*>',
        r"<([a-z0-9]+)\b[^>]*\shidden(?=[\s>])[^>]*>",
        r'<(li)><a [^>]*href="[^"]*(?:flux\.xml|hors-connexion/)"[^>]*>',
    )
)
_RECHERCHE = re.compile(r'<(div)\b[^>]*class="recherche[" ][^>]*>')
_LISTES = re.compile(r'<p class="recherche-listes">.*?</p>', re.S)
_HEAD_LINK = re.compile(r'\s*<link (?![^>]*rel="(?:stylesheet|icon)")[^>]*>')
_META_CSP = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*')
_CANONIQUE = re.compile(r'<link rel="canonical" href="([^"]+)"')
_DONNEES = re.compile(r' data-(?:donnees|aides|communes|moteur|racine)="[^"]*"')
_ADDRESS = re.compile(r'(<(?:a|img|link|source)\b[^>]*?\s(?:href|src)=")([^"]*)"')
_SEARCH_LINK = re.compile(r'<a\b[^>]*\shref="([^"]*/)?recherche/[^"]*"[^>]*>(.*?)</a>', re.S)
_CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")
#: Stands for the address of a link that leads nowhere in the copy, until the link is taken away.
_NOWHERE = "\0"
_DEAD_LINK = re.compile(rf'<a\b[^>]*\shref="{_NOWHERE}"[^>]*>(.*?)</a>', re.S)

LISEZMOI = """{nom} : copie du {jour}

Pour la lire
    1. Si vous avez reçu un fichier .zip, décompressez-le d'abord en entier
       (sous Windows : clic droit, « Extraire tout »).
    2. Ouvrez le dossier, puis double-cliquez sur « index.html ».
    La copie s'ouvre dans votre navigateur. Il n'y a rien à installer, et aucune
    connexion n'est nécessaire.

Ce qu'elle contient
    Toutes les pages du site : les aides, les ressources, les fiches, les
    territoires, le glossaire, les guides, et les tableaux à ouvrir dans un
    tableur. Les questionnaires y sont des grilles : elles se cochent à l'écran
    ou s'impriment, et la note se compte à la main, comme la page l'explique.

Ce qui demande le site en ligne
    La recherche et le calcul automatique de la note. Quand une page est ouverte
    depuis un fichier, le navigateur refuse de charger les programmes qu'il leur
    faut.
    Les liens vers d'autres sites demandent une connexion.

Jusqu'à quand elle est juste
    Les dates, les montants et les contacts sont ceux du {jour}.
{en_ligne}
Rien de ce que vous lisez ou cochez n'est enregistré ni envoyé.
"""


def make_copy(site: Path, jour: datetime.date) -> dict[str, bytes]:
    """Every file of the copy: its path → its bytes. site: the finished folder; jour: the day on which it was built."""
    known = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - set(SANS_OBJET)
    known = {name for name in known if not name.endswith(MACHINES)}
    home = (site / "index.html").read_text(encoding="utf-8")
    copie, wanted = {}, set()
    for name in sorted(name for name in known if name.endswith(".html")):
        text, targets = _rewrite((site / name).read_text(encoding="utf-8"), name, known, jour, _canonical(home))
        copie[name] = text.encode()
        wanted |= targets
    for name in sorted(wanted - copie.keys()):
        copie[name] = (site / name).read_bytes()
        if name.endswith(".css"):
            for address in _CSS_URL.findall(copie[name].decode()):
                if (target := posixpath.normpath(posixpath.join(posixpath.dirname(name), address))) in known:
                    copie[target] = (site / target).read_bytes()
    # Marked and with the line ends of Windows: what an old text editor needs to show accents and lines.
    copie["LISEZMOI.txt"] = _readme(home, jour).replace("\n", "\r\n").encode("utf-8-sig")
    return copie


def _readme(home: str, jour: datetime.date) -> str:
    nom = html.unescape(re.search(r"<title>(.*?)</title>", home, re.S)[1])
    online = f"    La version à jour\u00a0: {_canonical(home)}\n" if _canonical(home) else ""
    return typo(LISEZMOI).format(nom=nom, jour=date_fr(jour), en_ligne=online)


def _canonical(page: str) -> str:
    """The address of a page online, or nothing when the site was built without one."""
    found = _CANONIQUE.search(page)
    return html.unescape(found[1]) if found else ""


def _rewrite(page: str, name: str, known: set[str], jour: datetime.date, adresse: str) -> tuple[str, set[str]]:
    """A page of the copy, and the files of the copy to which it leads."""
    online = _canonical(page)
    page = _META_CSP.sub(lambda m: m[1] + CSP, _HEAD_LINK.sub("", page))
    for opening in MORTS:
        page = _replace(page, opening, lambda _: "")
    page = _replace(page, _RECHERCHE, lambda block: "".join(_LISTES.findall(block)).replace("Ou parcourez", "Parcourez"))
    page = _no_search(re.sub("</?noscript>", "", _DONNEES.sub("", page)), name)
    page = page.replace("</header>", f"{_banner(jour, online)}</header>", 1)
    if note := _note(page, name, online):
        page = page.replace("</h1>", f'</h1>\n<div class="note"><p>{typo_html(note)}</p></div>', 1)
    page, targets = _relink(page, name, known, adresse)
    return page, targets


def _banner(jour: datetime.date, online: str) -> str:
    link = f' <a href="{html.escape(online)}">Voir cette page en ligne</a>' if online else ""
    said = f"Copie du {date_fr(jour)}, consultée sans serveur. Les dates et les états sont ceux de ce jour-là.{link}"
    return f'<div class="cadre"><span class="discret">{typo_html(said)}</span></div>\n'


def _note(page: str, name: str, online: str) -> str:
    """What to know on the pages that promise more than a file can give."""
    here = f'<a href="{html.escape(online)}">en ligne</a>' if online else "sur le site en ligne de l'organisme qui vous a remis cette copie"
    if '<div class="questionnaire"' in page:
        return (
            "Ici, la note se compte à la main. Cette page est ouverte depuis un fichier, et votre navigateur refuse alors de charger "
            "l'outil de calcul (du WebAssembly et des modules) : il lui faut un serveur. Deux solutions : cochez ou imprimez la grille "
            f"ci-dessous, qui ne garde rien quand vous fermez la page, ou répondez {here}, où le calcul se fait sur votre appareil."
        )
    if name == "donnees-ouvertes/index.html":
        return f"Cette copie ne contient que les tableaux proposés sous les listes. Les autres fichiers se prennent {here}."
    if name == "calendrier/index.html":
        return (
            f"Depuis cette copie, le fichier des dates s'ajoute à votre agenda une fois pour toutes. Pour le suivre, abonnez-vous {here}."
        )
    return ""


def _replace(page: str, opening: re.Pattern[str], made: Callable[[str], str]) -> str:
    """Put `made(element)` in place of each element that begins by `opening`, of which the first group is the name of the tag."""
    done, at = [], 0
    while found := opening.search(page, at):
        end = found.end() if found[1] in ("input", "img") else _end_of(page, found)
        done += [page[at : found.start()], made(page[found.start() : end])]
        at = end
    return "".join([*done, page[at:]])


def _end_of(page: str, opening: re.Match[str]) -> int:
    """Where the element ends: after the closing tag that stands as deep as the opening one."""
    depth = 1
    for tag in re.compile(rf"<(/?){opening[1]}\b[^>]*>").finditer(page, opening.end()):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return opening.end()


def _no_search(page: str, name: str) -> str:
    """Lead to the site map where the site leads to its search."""
    page = page.replace("par commune, par région", "par région")  # the look-up by commune is a script
    if name == PLAN:
        page = re.sub(r'<li><a [^>]*href="[^"]*recherche/"[^>]*>[^<]*</a></li>', "", page)
    plan = posixpath.dirname(PLAN) + "/"
    words = {True: "Plan du site", False: "le plan du site"}
    return _SEARCH_LINK.sub(lambda m: f'<a href="{m[1] or ""}{plan}">{words["Rechercher" in m[2]]}</a>', page)


def _relink(page: str, name: str, known: set[str], adresse: str) -> tuple[str, set[str]]:
    """Links to folders become links to their page; a link to what the copy does not hold leads online, or is a link no more."""
    targets: set[str] = set()
    folder = posixpath.dirname(name)
    base = urljoin(adresse, folder + "/" if folder else "") if adresse else ""

    def relink(found: re.Match[str]) -> str:
        address = html.unescape(found[2])
        if re.match(r"[a-z][a-z0-9+.-]*:|#|//", address):
            return found[0]
        path, rest = re.fullmatch(r"([^?#]*)(.*)", address, re.S).groups()
        target, link = _locate(folder, path) if path else (name, posixpath.basename(name))
        if target in known:
            targets.add(target)
            return f'{found[1]}{html.escape(link + rest)}"'
        return f'{found[1]}{html.escape(urljoin(base, address)) if base else _NOWHERE}"'

    return _DEAD_LINK.sub(r"\1", _ADDRESS.sub(relink, page)), targets


@functools.lru_cache(maxsize=100_000)
def _locate(folder: str, path: str) -> tuple[str, str]:
    """From a page of `folder`, the file to which a relative path leads, and the link that leads straight to it."""
    target = posixpath.normpath(posixpath.join(folder, unquote(path)))
    if path.endswith("/") or posixpath.basename(path) in (".", ".."):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
        path = posixpath.relpath(target, folder or ".")
    return target, path
