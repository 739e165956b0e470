"""What is handed to others: the site for a web server, its copy for a USB stick, and the sums that tell one file from another.

Stands after the build, which it only reads: called once the folder of the site is finished. The same folder gives the same
bytes, whatever the machine and the hour: names are sorted, dates are that of the build, modes are fixed.
"""

import datetime
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .cle_usb import make_copy

SOMMES = "SHA256SUMS"
#: Compressed already: to deflate them again takes time and gains nothing.
SERRES = (".br", ".gz", ".png", ".jpg", ".webp", ".zip", ".whl")


@dataclass(frozen=True)
class Paquet:
    """One archive as written. octets: its weight; fichiers: how many files it holds."""

    chemin: Path
    octets: int
    fichiers: int
    sha256: str


def write_archives(site: Path, sortie: Path, nom: str) -> list[Paquet]:
    """Write `<nom>-site.zip`, `<nom>-cle-usb.zip` and their sums into the folder `sortie`.

    site: the finished folder; nom: letters, digits and hyphens, as an id. Raises FileNotFoundError when the folder is not a whole site.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", nom):
        raise ValueError(f"« {nom} » ne peut pas nommer un fichier : des minuscules, des chiffres et des traits d'union.")
    jour = datetime.date.fromisoformat(json.loads((site / "api" / "v1" / "index.json").read_text(encoding="utf-8"))["jour"])
    sortie.mkdir(parents=True, exist_ok=True)
    paquets = [
        _write_zip(sortie / f"{nom}-site.zip", _read_site(site), jour),
        _write_zip(sortie / f"{nom}-cle-usb.zip", iter(sorted(make_copy(site, jour).items())), jour),
    ]
    (sortie / SOMMES).write_text("".join(f"{p.sha256}  {p.chemin.name}\n" for p in paquets), encoding="utf-8")
    return paquets


def _read_site(site: Path) -> Iterator[tuple[str, bytes]]:
    names = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return ((name, names[name].read_bytes()) for name in sorted(names))


def _write_zip(path: Path, files: Iterator[tuple[str, bytes]], jour: datetime.date) -> Paquet:
    """One archive, all in a folder of its own name; whoever reads `path` meanwhile sees the former one, never half of it."""
    written, count = path.with_name(path.name + ".tmp"), 0
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(f"{path.stem}/{name}", (jour.year, jour.month, jour.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_STORED if name.endswith(SERRES) else zipfile.ZIP_DEFLATED, 9)
            count += 1
    os.replace(written, path)
    with path.open("rb") as archive:
        return Paquet(path, path.stat().st_size, count, hashlib.file_digest(archive, "sha256").hexdigest())
