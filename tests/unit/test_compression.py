"""compression.py: what stands beside the files of the site, what is remembered, what is taken away."""

import gzip
import os
from pathlib import Path

import brotli
import pytest

from etabli import compression
from etabli.compression import precompress

PAGE = b"<p>une phrase qui revient</p>\n" * 200


@pytest.fixture
def site(tmp_path) -> Path:
    site = tmp_path / "site"
    (site / "assets/moteur/0123456789ab").mkdir(parents=True)
    (site / "index.html").write_bytes(PAGE)
    (site / "assets/moteur/0123456789ab/x.wasm").write_bytes(PAGE * 2)
    (site / "court.html").write_bytes(PAGE[:900])
    (site / "dense.zip").write_bytes(os.urandom(5000))
    (site / "image.png").write_bytes(PAGE)
    return site


def made(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in (".br", ".gz"))


def test_what_is_worth_it_gets_both_forms_and_they_give_it_back(site, tmp_path):
    poids = precompress(site, tmp_path / "memoire")
    assert made(site) == sorted(f"{nom}{forme}" for nom in ("index.html", "assets/moteur/0123456789ab/x.wasm") for forme in (".br", ".gz"))
    assert brotli.decompress((site / "index.html.br").read_bytes()) == gzip.decompress((site / "index.html.gz").read_bytes()) == PAGE
    assert (poids.fichiers, poids.octets) == (2, 3 * len(PAGE))
    assert poids.brotli == sum((site / nom).stat().st_size for nom in made(site) if nom.endswith(".br"))
    assert poids.gzip == sum((site / nom).stat().st_size for nom in made(site) if nom.endswith(".gz"))


def test_a_site_with_nothing_to_compress(tmp_path):
    (tmp_path / "site").mkdir()
    assert precompress(tmp_path / "site", tmp_path / "memoire") == (0, 0, 0, 0, 0)


def test_the_same_content_gives_the_same_bytes_and_bears_the_date_of_its_file(site, tmp_path):
    os.utime(site / "index.html", (1_000_000_000, 1_000_000_000))
    precompress(site, tmp_path / "memoire")
    first = {nom: (site / nom).read_bytes() for nom in made(site)}
    assert (site / "index.html.br").stat().st_mtime == (site / "index.html.gz").stat().st_mtime == 1_000_000_000
    os.utime(site / "index.html", (1_100_000_000, 1_100_000_000))
    precompress(site, tmp_path / "autre")
    assert {nom: (site / nom).read_bytes() for nom in made(site)} == first
    assert (site / "index.html.br").stat().st_mtime == 1_100_000_000


def test_only_what_changed_is_compressed_again(site, tmp_path, monkeypatch):
    assert precompress(site, tmp_path / "memoire").nouveaux == 6, "two forms of three files: that one is not worth it is remembered too"
    (site / "index.html").write_bytes(PAGE + b"neuf")
    done = []
    compress = brotli.compress
    monkeypatch.setattr(compression.brotli, "compress", lambda content, **options: done.append(content) or compress(content, **options))
    assert precompress(site, tmp_path / "memoire").nouveaux == 2
    assert done == [PAGE + b"neuf"]
    assert brotli.decompress((site / "index.html.br").read_bytes()) == PAGE + b"neuf"


def test_what_stands_for_nothing_any_more_is_removed(site, tmp_path):
    precompress(site, tmp_path / "memoire")
    (site / "assets/moteur/0123456789ab/x.wasm").unlink()
    (site / "index.html").write_bytes(PAGE[:500])
    (site / "archive.tar.gz").write_bytes(b"a file of the site's own")
    precompress(site, tmp_path / "memoire")
    assert made(site) == ["archive.tar.gz"]


def test_the_memory_forgets_what_was_used_longest_ago_and_nothing_in_use(site, tmp_path):
    memoire = tmp_path / "memoire"
    for _ in range(20):
        (site / "index.html").write_bytes(PAGE + os.urandom(3000).hex().encode())
        precompress(site, memoire)
        for path in memoire.iterdir():  # what one run touches, the next finds older
            os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 10**9))
    in_use = sum((site / nom).stat().st_size for nom in made(site))
    kept = sum(path.stat().st_size for path in memoire.iterdir())
    assert in_use < kept <= compression.RESERVE * in_use
    assert precompress(site, memoire).nouveaux == 0
