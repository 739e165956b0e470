"""Compress once, at build time, what every visitor would otherwise make the host compress again: `x.html` gets `x.html.br`
and `x.html.gz` beside it, and nginx, Apache or Caddy (deploiement/) send the one that the browser takes.

Stands after the build: nothing of the site lists these files. What was compressed once is remembered by its content, so
that a build with one page changed compresses one page.
"""

import contextlib
import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import brotli

from .serveur import TYPES

#: Archives too: the library of Python is stored in its own without compression, on purpose.
COMPRESSIBLES = set(TYPES) - {"", ".png", ".webp", ".jpg", ".ico", ".pdf"}
MINIMUM = 1000  # bytes: below, what is saved is less than the headers of the answer
VITE = 6  # what hosts use to compress on the fly
GAIN = 0.95  # of the weight: what does not go below is served as it is
RESERVE = 3  # how many times what one site uses the memory may hold: the sites of some days, not of a year


class Poids(NamedTuple):
    """What a run did: files that have a compressed form, forms that were not remembered; bytes as they are, by brotli, by gzip."""

    fichiers: int
    nouveaux: int
    octets: int
    brotli: int
    gzip: int


class _Forme(NamedTuple):
    """One compressed form of one file. souvenir: where it is remembered, empty when it is not worth it."""

    souvenir: Path
    octets: int
    nouvelle: bool


def precompress(site: Path, memoire: Path, *, vite: bool = False, partiel: bool = False) -> Poids:
    """Write the `.br` and `.gz` of each file of `site` that is worth it, and remove those that stand for nothing any more.

    memoire: the folder where the forms are kept from one build to the next, by the sum of what they stand for; vite: three times
    faster from nothing, a tenth heavier, the engine apart: for who builds many sites each day; partiel: the folder is a part of a site,
    whose other parts the memory must keep.
    """
    memoire.mkdir(parents=True, exist_ok=True)
    todo = []
    for path in [path for path in site.rglob("*") if path.is_file()]:
        if path.suffix in (".br", ".gz") and Path(path.stem).suffix in COMPRESSIBLES:
            path.unlink()
        elif path.suffix in COMPRESSIBLES and path.stat().st_size >= MINIMUM:
            todo.append(path)
    todo.sort(key=lambda path: (-path.stat().st_size, path))  # the engine first: last, it would leave the other processors idle
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # both compressors run outside the interpreter's lock
        done = list(workers.map(partial(_write_forms, site, memoire, vite), todo))
    if not partiel:
        _forget(memoire, {form.souvenir for forms in done for form in forms})
    weights = [(path.stat().st_size, br.octets, gz.octets) for path, (br, gz) in zip(todo, done, strict=True) if br.octets or gz.octets]
    return Poids(
        fichiers=len(weights),
        nouveaux=sum(form.nouvelle for forms in done for form in forms),
        octets=sum(full for full, _, _ in weights),
        brotli=sum(br or full for full, br, _ in weights),
        gzip=sum(gz or full for full, _, gz in weights),
    )


def _write_forms(site: Path, memoire: Path, vite: bool, path: Path) -> list[_Forme]:
    """Both forms of a file, brotli first."""
    content = path.read_bytes()
    date = path.stat().st_mtime_ns  # a host tells by it what has changed: it must say the same of all forms
    # The engine, which rarely changes, is compressed for long; what each build may change, six times faster.
    quality = 11 if "moteur" in path.relative_to(site).parts else VITE if vite else 10
    forms = []
    for suffix, compress in (
        (f"-{quality}.br", lambda: brotli.compress(content, quality=quality, lgwin=24)),
        (f"-{VITE}.gz" if quality == VITE else ".gz", lambda: gzip.compress(content, min(quality, 9), mtime=0)),
    ):
        souvenir = memoire / f"{hashlib.sha256(content).hexdigest()}{suffix}"
        new = False
        try:
            compressed = souvenir.read_bytes()
        except FileNotFoundError:
            new, compressed = True, compress()
            compressed = compressed if len(compressed) < GAIN * len(content) else b""
            _remember(souvenir, compressed)
        if compressed:
            beside = path.with_name(path.name + souvenir.suffix)
            beside.write_bytes(compressed)
            os.utime(beside, ns=(date, date))
        forms.append(_Forme(souvenir, len(compressed), new))
    return forms


def _remember(souvenir: Path, compressed: bytes) -> None:
    """Whole or not at all: another build may read at the same moment."""
    with tempfile.NamedTemporaryFile(dir=souvenir.parent, delete=False) as written:
        written.write(compressed)
    os.replace(written.name, souvenir)


def _forget(memoire: Path, used: set[Path]) -> None:
    """Take away what has not been used for the longest time, until the memory holds no more than `RESERVE` sites like this one."""
    place = 0
    for souvenir in used:
        with contextlib.suppress(FileNotFoundError):  # another build tidies up at the same moment
            os.utime(souvenir)
            place += RESERVE * souvenir.stat().st_size
    for souvenir, size in _from_the_latest(memoire):
        place -= size
        if place < 0 and souvenir not in used:
            souvenir.unlink(missing_ok=True)


def _from_the_latest(memoire: Path) -> Iterator[tuple[Path, int]]:
    known = []
    for souvenir in memoire.iterdir():
        with contextlib.suppress(FileNotFoundError):
            known.append((souvenir, souvenir.stat()))
    for souvenir, stat in sorted(known, key=lambda one: -one[1].st_mtime_ns):
        yield souvenir, stat.st_size
