"""The files with which a visitor's browser finds a commune: small ones, so that a look-up loads a few kilobytes.

Run once after the packages are installed (`make` does it), not at each build: the official list changes once a year.
`wasm/web/communes.js` reads them; the name is folded there in the same way as here (`tests/vecteurs-communes.json`).

One file for the names that begin with the same two letters, one for the postal codes that begin with the same two digits:
`{"epci": [[siren, name]], "communes": [[name, code, rank of its EPCI or -1, name of what it is part of or ""]]}`, with a fifth
value, the postal codes, in the second kind. The most peopled commune comes first. `debuts.json` says which of these files there are.
"""

import json
import re
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .decoupage import clean, read_liste

#: The two kinds of files, a folder each.
KINDS = ("nom", "postal")
#: What people leave out, or write in another way: « Saint », « St », the article.
_HEADS = re.compile(r"^(?:l|d|le|la|les|saint|sainte|saints|saintes|st|ste|sts|stes) (?=.)")


@dataclass(frozen=True)
class Commune:
    """nom: as written; code: of the commune of today; partie_de: that commune's name when `nom` is an older one."""

    nom: str
    code: str
    partie_de: str
    postaux: tuple[str, ...]
    population: int


def key_of(nom: str) -> str:
    """« L'Haÿ-les-Roses » is « haylesroses », « St Étienne » and « Saint-Étienne » are « etienne »: what names are compared by."""
    text = nom.lower().replace("œ", "oe").replace("æ", "ae")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = re.sub("[^a-z0-9]+", " ", text).strip()
    while head := _HEADS.match(text):
        text = text[head.end() :]
    return text.replace(" ", "")


def write_communes(folder: Path) -> int:
    """Write every file into `folder`, where only what bears their names is removed first; gives how many.

    Raises FileNotFoundError without the official list.
    """
    communes = sorted(_read(), key=lambda c: (-c.population, c.nom, c.code))
    epcis = read_liste("epci")
    epci_of = {membre["code"]: rank for rank, epci in enumerate(epcis) for membre in epci["membres"]}
    names = [[epci["code"], clean(epci["nom"])] for epci in epcis]
    groups: dict[str, list[Commune]] = defaultdict(list)
    for commune in communes:
        groups["nom/" + key_of(commune.nom)[:2]].append(commune)
        for start in sorted({postal[:2] for postal in commune.postaux}):
            groups["postal/" + start].append(commune)
    for kind in KINDS:
        shutil.rmtree(folder / kind, ignore_errors=True)
    for path, found in groups.items():
        ranks = sorted({epci_of[c.code] for c in found if c.code in epci_of})
        rows = [
            [c.nom, c.code, ranks.index(epci_of[c.code]) if c.code in epci_of else -1, c.partie_de]
            + ([c.postaux] if path.startswith("postal/") else [])
            for c in found
        ]
        file = folder / f"{path}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        content = {"epci": [names[rank] for rank in ranks], "communes": rows}
        file.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    starts = {kind: sorted(path.removeprefix(f"{kind}/") for path in groups if path.startswith(f"{kind}/")) for kind in KINDS}
    (folder / "debuts.json").write_text(json.dumps(starts, separators=(",", ":")), encoding="utf-8")
    return len(groups) + 1


def _read() -> Iterator[Commune]:
    """The communes of today, then the older names that people still use: communes that joined another one."""
    listed = read_liste("communes")
    today = {c["code"]: c for c in listed if c["type"] == "commune-actuelle"}
    for c in today.values():  # Paris, Lyon and Marseille bear the postal codes of their arrondissements
        yield Commune(c["nom"], c["code"], "", tuple(sorted(c.get("codesPostaux", ()))), c.get("population", 0))
    for c in listed:
        home = today.get(c.get("chefLieu", ""))
        if home and c["type"] in ("commune-deleguee", "commune-associee") and c["nom"] != home["nom"]:
            yield Commune(c["nom"], home["code"], home["nom"], tuple(home.get("codesPostaux", ())), 0)
