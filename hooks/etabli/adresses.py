"""`python -m etabli liens`: are the external addresses of the data and of docs/ still good?

Stands beside the build, never in it: only the command line calls it. `visites.py` asks the sites; what they said is kept
in `build/liens.json`, so that a site is not asked again for what it said a few days ago.
"""

import contextlib
import datetime
import json
import os
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urldefrag

from .catalogue import Catalogue
from .pages_espace import find_folders
from .parcours import each_text, each_thing
from .phrases import date_fr
from .problems import joined
from .visites import CONSTATS, Constat, Tournee, host_of

#: State → days for which an answer is good.
DUREES = {"valide": 30, "incertain": 1, "invalide": 7}
LIMITE = 1200  # seconds for a whole round
#: After so many visits without one answer, look whether there is a network at all.
MUETS = 16
#: Address → where it is written: « data/ressources/elipse.yml:6  url ».
Lieux = dict[str, list[str]]

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\[\]]+")
#: Examples and remarks: what is not a link on the page.
_CODE = re.compile(r"^ *(```|~~~).*?(?:^ *\1|\Z)|`[^`\n]*`|<!--.*?-->", re.M | re.S)


def check_addresses(cat: Catalogue, racine: Path, *, tout: bool = False, hors_ligne: bool = False, limite: float = LIMITE) -> int:
    """Ask what the cache cannot answer, print the report; gives 1 when an address is `invalide`, else 0.

    racine: the folder of `docs/` and `build/`; tout: ask again what is known; hors_ligne: ask nothing; limite: seconds.
    """
    lieux, cache = collect_addresses(cat, racine), racine / "build" / "liens.json"
    known = read_cache(cache)
    if not hors_ligne:
        todo = [address for address in lieux if tout or not is_fresh(known.get(address), cat.jour)]
        if found := _visit(todo, known, Tournee(cat.jour), limite):
            known |= found
            write_cache(cache, {address: known[address] for address in lieux if address in known})
    print(tell(lieux, known))
    return int(any(known[address].etat == "invalide" for address in lieux if address in known))


# --- Where addresses are written ------------------------------------------------------------------


def collect_addresses(cat: Catalogue, racine: Path) -> Lieux:
    """Every external address, once, with its places; without its fragment, which no site is told.

    Not those of `site.yml`: they are the site's own.
    """
    lieux: Lieux = {}

    def add(address: str, place: str) -> None:
        if not re.fullmatch(r"|localhost|127\.[\d.]+|::1", host_of(address)):
            lieux.setdefault(urldefrag(address).url, []).append(place)

    vocabularies = (("vocabulaire", name, list(entries.values())) for name, entries in cat.vocabulaires.items())
    for kind, id_, thing in (*each_thing(cat), *vocabularies):
        document = cat.documents[kind, id_]
        for path, text in each_text(thing):
            for _, address in find_addresses(text):
                add(address, f"{document.fichier}:{document.ligne(path)}  {joined(path)}")
    for folder, root in find_folders(cat.espace, racine).items():
        for page in sorted(folder.rglob("*.md")):
            for line, address in find_addresses(page.read_text(encoding="utf-8", errors="replace")):
                add(address, f"{page.relative_to(root).as_posix()}:{line}")
    return lieux


def find_addresses(text: str) -> Iterator[tuple[int, str]]:
    """(line, address) for each address of a text, a bare one or that of a Markdown link; those shown as code are left out."""
    if _ADDRESS.fullmatch(text):  # a field that holds an address and nothing else: every character is its own
        yield 1, text
        return
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    for match in _ADDRESS.finditer(text):
        address, depth = match[0], 0
        for i, character in enumerate(address):  # the parenthesis that closes the link is not of the address
            depth += (character == "(") - (character == ")")
            if depth < 0:
                address = address[:i]
                break
        yield text.count("\n", 0, match.start()) + 1, address.rstrip(".,;:!?'*»").replace("&amp;", "&")


# --- What is known, and what is asked --------------------------------------------------------------


def is_fresh(constat: Constat | None, jour: datetime.date) -> bool:
    """True when what was found is recent enough to be believed on the day `jour`."""
    return constat is not None and 0 <= (jour - constat.verifie_le).days < DUREES[constat.etat]


def read_cache(path: Path) -> dict[str, Constat]:
    """What earlier rounds found; a damaged file is put aside, and said."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))["adresses"]
        known = {
            address: Constat(c["raison"], c["code"], datetime.date.fromisoformat(c["verifie_le"]), c["finale"])
            for address, c in read.items()
        }
        if all(c.raison in CONSTATS and isinstance(c.code, int | None) and isinstance(c.finale, str) for c in known.values()):
            return known
    except FileNotFoundError:
        return {}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pass
    aside = path.with_name("liens-abime.json")
    os.replace(path, aside)
    print(f"Établi : {path.name} était abîmé. Il est mis de côté sous le nom {aside.name}.", file=sys.stderr)
    return {}


def write_cache(path: Path, known: dict[str, Constat]) -> None:
    """Write the whole cache, or nothing: a reader never sees half of it."""
    adresses = {
        a: {"etat": c.etat, "code": c.code, "raison": c.raison, "verifie_le": c.verifie_le.isoformat(), "finale": c.finale}
        for a, c in sorted(known.items())
    }
    path.parent.mkdir(exist_ok=True)
    written = path.with_name(path.name + ".tmp")
    written.write_text(json.dumps({"format": 1, "adresses": adresses}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(written, path)


def _visit(todo: list[str], known: dict[str, Constat], tournee: Tournee, limite: float) -> dict[str, Constat]:
    """What was found, until the end, the limit or Ctrl-C. What was not reached counts only if the network was there."""
    found: dict[str, Constat] = {}
    online = True
    try:
        with contextlib.closing(tournee.visit_all(todo, limite)) as answers:
            for address, constat in answers:
                found[address] = constat
                _show(f"Établi : {len(found)} / {len(todo)} adresses vérifiées…")
                mute = len(found) == MUETS and not any(c.repond for c in found.values())
                if mute and not (online := _is_online(found, known, tournee)):
                    break
        if online and not all(c.repond for c in found.values()):
            online = _is_online(found, known, tournee)
        stopped = "" if not online or len(found) == len(todo) else f"temps écoulé ({limite:g} s)"
    except KeyboardInterrupt:
        online, stopped = not found or any(c.repond for c in found.values()), "vous avez arrêté la commande"
    _show("")
    if stopped:
        said = f"{stopped}. {len(found)} / {len(todo)} adresses vérifiées : relancez la commande pour la suite."
        print(f"Établi : {said}", file=sys.stderr)
    if not online:
        print("Établi : aucun site ne répond : êtes-vous connecté ? Ce qui était connu n'a pas changé.", file=sys.stderr)
    return {address: constat for address, constat in found.items() if online or constat.repond}


def _is_online(found: dict[str, Constat], known: dict[str, Constat], tournee: Tournee) -> bool:
    """True when one of three sites that answered, just now or in an earlier round, still does.

    Without a network, the name service of many computers says of every site that it does not exist.
    """
    witnesses = [a for a in found if found[a].repond] or [a for a in known if known[a].repond and a not in found]
    return any(tournee.visit(address).repond for address in list({host_of(a): a for a in witnesses}.values())[-3:])


def _show(progress: str) -> None:
    """Write over the line of progress, for someone who looks at a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


# --- What is told ----------------------------------------------------------------------------------


def tell(lieux: Lieux, known: dict[str, Constat]) -> str:
    """The report: how many, what is wrong, what is uncertain, what has moved."""
    of: dict[str | None, list[str]] = {"valide": [], "invalide": [], "incertain": [], None: []}
    for address in lieux:
        of[known[address].etat if address in known else None].append(address)
    counts = [_count(of["valide"], "valide"), _count(of["invalide"], "invalide"), _count(of["incertain"], "incertaine")]
    if of[None]:
        counts.append(f"{len(of[None])} pas encore vérifiée{'s' * (len(of[None]) > 1)}")
    blocks = [f"{_count(lieux, 'adresse')} : {', '.join(counts)}."]
    sections = {
        "Invalides : à corriger": of["invalide"],
        "Incertaines : à regarder": of["incertain"],
        "Valides, mais ailleurs": [address for address in of["valide"] if known[address].raison != "ouverte"],
    }
    for title, addresses in sections.items():
        if addresses:
            blocks += [f"{title}\n{'-' * len(title)}", *(_tell_one(address, lieux[address], known[address]) for address in addresses)]
    return "\n\n".join(blocks)


def _tell_one(address: str, places: list[str], constat: Constat) -> str:
    _, said, advice = CONSTATS[constat.raison]
    code = f" (réponse {constat.code})" if constat.code and not 200 <= constat.code < 400 else ""
    lines = [*places, f"  {address}"]
    if constat.finale != address:
        lines.append(f"  mène à {constat.finale}")
    lines += [f"  {said[0].upper()}{said[1:]}{code}, vu le {date_fr(constat.verifie_le)}.", f"  À faire : {advice}"]
    return "\n".join(lines)


def _count(things: Collection[str], word: str) -> str:
    return f"{len(things)} {word}{'s' * (len(things) > 1)}"
