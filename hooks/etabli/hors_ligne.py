"""What lets a visitor keep the whole site on their device: a few pieces to download, and the worker that keeps them.

Stands after the build, before the compression: MkDocs has written every file of the site. The text files that a visitor needs are
laid end to end in pieces of about 1 MB, each named by its own content; the engine's files are pieces as they stand. The list of all of
them, with their sums, is written into `service-worker.js`, at the site's root: one file says all that a version is, so that no
visitor ever holds half of one and half of another. `wasm/web/hors-connexion.js` is the page that asks for it.

Whoever has asked for it on `make serve` is a visitor like any other: a page keeps its version until « Mettre à jour », which it shows
at the first page read after a build. « Retirer de cet appareil », or a reload with the Shift key, leads back to the server.
"""

import hashlib
import json
import os
import posixpath
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import brotli

from .serveur import EN_TETES, TYPES

DOSSIER, SCRIPT, PAGE = "hors-ligne", "service-worker.js", "hors-connexion/index.html"
OCTETS = 1_000_000  # of a piece, about: fewer would be more requests, more would make a changed page heavier to fetch again
QUALITE = 5  # what a host spends on a file that was not compressed ahead: the weight told is not below what is received
#: What pages are made of. Of the JSON files, those that scripts fetch: the others are for other sites to take up.
SUFFIXES = frozenset([".html", ".css", ".js", ".mjs", ".svg", ".png", ".webp", ".jpg", ".ico", ".webmanifest"])
JSON_LUS = ("recherche/", "api/v1/communes/", "api/v1/questionnaires/", "api/v1/aides.json")
A_PART = (f"{DOSSIER}/", SCRIPT, "assets/moteur/")
_MODELE = Path(__file__).parent / "templates" / SCRIPT
_VERSION = "const VERSION = null;"
_MOTEUR = re.compile(r'data-moteur="([^"]+)"')
_POIDS = re.compile(r"(<data data-(poids|place)[^>]*>)[^<]*")


class Piece(NamedTuple):
    """One file to download: its address from the site's root, its sum, its bytes, and the files that it holds, in order."""

    adresse: str
    sha256: str
    octets: int
    fichiers: list[tuple[str, int]]


class HorsLigne(NamedTuple):
    """What `write_offline` made: the version's hash, its files, the requests that installing it takes, bytes before and after brotli."""

    version: str
    fichiers: int
    requetes: int
    octets: int
    brotli: int


def write_offline(site: Path, commun: Path | None = None) -> HorsLigne:
    """Write the pieces and the worker of the finished `site`; the same site gives the same bytes.

    commun: the folder that several sites share, which stands beside `site` (its engine and its communes are then not in it). Its
    pieces are written there once for all, under names made of their content: two sites may do it at the same time.
    """
    others = [_keep(address, path.read_bytes()) for address, path in _list_engine(site)]
    if commun:
        others += _pack(commun, _list_communes(commun), f"../{commun.name}/")
    # The page that tells the weight is part of what it weighs: packed once to weigh it, and again once it says it.
    shutil.rmtree(site / DOSSIER, ignore_errors=True)
    weighed = [*_pack(site, _list_files(site)), *others]
    weight, room = sum(_compressed(site / piece.adresse) for piece in weighed), sum(piece.octets for piece in weighed)
    _tell_weights(site / PAGE, {"poids": weight, "place": room})
    shutil.rmtree(site / DOSSIER)
    pieces = [*_pack(site, _list_files(site)), *others]
    version = _write_worker(site / SCRIPT, pieces)
    return HorsLigne(version, sum(len(piece.fichiers) for piece in pieces), len(pieces) + 1, room, weight)


def _list_files(site: Path) -> list[tuple[str, Path]]:
    """What a visitor needs of the site, but for the engine: (path in the site, file), by path."""
    found = ((path.relative_to(site).as_posix(), path) for path in site.rglob("*") if path.is_file())
    return sorted(
        (name, path)
        for name, path in found
        if not name.startswith(A_PART) and (path.suffix in SUFFIXES or (path.suffix == ".json" and name.startswith(JSON_LUS)))
    )


def _list_communes(commun: Path) -> list[tuple[str, Path]]:
    return sorted((path.relative_to(commun).as_posix(), path) for path in (commun / "communes").rglob("*.json"))


def _list_engine(site: Path) -> Iterator[tuple[str, Path]]:
    """The files of the engine, by the address that the questionnaires give of its folder: in the site, or beside it."""
    folders = set()
    for page in sorted((site / "questionnaires").glob("*/index.html")):
        if found := _MOTEUR.search(page.read_text(encoding="utf-8")):
            # « /s/ » stands for the site's root: a folder deep enough that « ../ » may leave it.
            folders.add(posixpath.relpath(urljoin(f"/s/questionnaires/{page.parent.name}/", found[1]), "/s"))
    for folder in sorted(folders):
        manifest = json.loads((site / folder / "manifest.json").read_text(encoding="utf-8"))
        for name in sorted(["manifest.json", *(one["nom"] for one in manifest["fichiers"])]):
            yield f"{folder}/{name}", site / folder / name


def _pack(root: Path, files: list[tuple[str, Path]], before: str = "") -> Iterator[Piece]:
    """Write the pieces of `files` in the folder `root`; before: what leads from the site to it.

    A file goes to the piece that its own path gives: one that comes, goes or changes leaves the other pieces as they are. What
    changes together is together: the pages, what the search reads, the communes, the rest.
    """
    families: dict[str, list[tuple[str, bytes]]] = {}
    for name, path in files:
        family = "pages" if path.suffix == ".html" else next((one for one in ("recherche/", "communes/") if one in name), "reste")
        families.setdefault(family, []).append((name, path.read_bytes()))
    (root / DOSSIER).mkdir(exist_ok=True)
    for members in families.values():
        count = max(1, -(-sum(len(content) for _, content in members) // OCTETS))
        parts: list[list[tuple[str, bytes]]] = [[] for _ in range(count)]
        for name, content in members:
            parts[int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % count].append((name, content))
        for part in filter(None, parts):
            whole = b"".join(content for _, content in part)
            # As text, which every host compresses, though an image may be in it: the worker alone reads it.
            address = f"{DOSSIER}/{hashlib.sha256(whole).hexdigest()[:12]}.txt"
            if not (root / address).is_file():
                _write(root / address, whole)
            yield Piece(before + address, hashlib.sha256(whole).hexdigest(), len(whole), [(before + name, len(one)) for name, one in part])


def _keep(address: str, content: bytes) -> Piece:
    """A file that is a piece as it stands."""
    return Piece(address, hashlib.sha256(content).hexdigest(), len(content), [(address, len(content))])


def _compressed(path: Path) -> int:
    return len(brotli.compress(path.read_bytes(), quality=QUALITE))


def _tell_weights(page: Path, octets: dict[str, int]) -> None:
    """Put in the page that proposes it the weight of the download, and the room that it takes on the device."""
    megas = {name: f"{max(one, 100_000) / 1e6:.1f}".replace(".", ",") for name, one in octets.items()}
    text = page.read_text(encoding="utf-8")
    _write(page, _POIDS.sub(lambda found: found[1] + megas[found[2]], text).encode())


def _write_worker(target: Path, pieces: list[Piece]) -> str:
    """Write the worker with its list; gives the hash of both, which names the version."""
    code = _MODELE.read_text(encoding="utf-8")
    suffixes = sorted({Path(name).suffix for piece in pieces for name, _ in piece.fichiers})
    said = {"types": {suffix: TYPES.get(suffix, TYPES[""]) for suffix in suffixes}, "enTetes": EN_TETES}
    lines = ",\n".join(json.dumps(piece, ensure_ascii=False, separators=(",", ":")) for piece in pieces)
    version = hashlib.sha256(f"{code}{json.dumps(said)}{lines}".encode()).hexdigest()[:12]
    head = json.dumps({"nom": version, **said}, ensure_ascii=False)[:-1]
    _write(target, code.replace(_VERSION, f'const VERSION = {head}, "pieces": [\n{lines}\n]}};').encode())
    return version


def _write(target: Path, content: bytes) -> None:
    """All at once, and never into a file that another folder may share (a copy of the site made of hard links)."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(target)
