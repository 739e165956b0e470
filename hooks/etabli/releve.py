"""What the base said when a team last looked at what its espace changes: read at each build, written by « make relu ».

A field that an espace replaces goes on living in the base. Its value there is kept in a small file of the espace, so that an
upgrade tells which of one's own words are to be read again; nothing but the two folders is needed, neither history nor network.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from .espace import FICHIER, Changement, Espace

RELEVE = "base-relue.json"
#: The operations that depend on what the base says.
SUIVIES = ("remplace", "ajoute", "adapte")


def version_of(data: Path) -> str:
    """The version of the base: the day of its latest content, and a print of all of it. « 2026-11-21-3f9c0a »."""
    whole, latest = hashlib.sha256(), ""
    for path in sorted(path for path in data.rglob("*.yml") if "espaces" not in path.relative_to(data).parts and path.name != "site.yml"):
        content = path.read_bytes()
        whole.update(path.relative_to(data).as_posix().encode() + b"\0" + content)
        latest = max([latest, *re.findall(r"^maj: (\d{4}-\d{2}-\d{2})", content.decode("utf-8", "replace"), re.MULTILINE)])
    return f"{latest or '0000-00-00'}-{whole.hexdigest()[:6]}"


def read_releve(espace: Espace) -> dict[str, dict[str, Any]]:
    """What the base said when it was last read: « dispositif/assett » → field → value. Empty when nobody has looked yet."""
    try:
        champs = json.loads((espace.dossier / RELEVE).read_text(encoding="utf-8"))["champs"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return champs if isinstance(champs, dict) else {}


def write_releve(espace: Espace, version: str) -> int:
    """Keep what the base says now of all that the espace changes, and write its version in `espace.yml`; gives how many fields."""
    champs: dict[str, dict[str, Any]] = {}
    followed = [changement for changement in espace.changements if changement.operation in SUIVIES]
    for changement in followed:
        champs.setdefault(changement.quoi, {})[changement.champ] = plain(changement.avant)
    note = "Écrit par « make relu » : ce que disait la base quand vous avez relu cet espace. Ne pas modifier à la main."
    # By name, but for what stands inside a value: told beside the new one, it is in the order of its file.
    ordered = {quoi: dict(sorted(champs[quoi].items())) for quoi in sorted(champs)}
    text = json.dumps({"base_version": version, "champs": ordered, "note": note}, ensure_ascii=False, indent=1)
    (espace.dossier / RELEVE).write_text(text + "\n", encoding="utf-8")
    path = espace.dossier / FICHIER
    written = path.read_text(encoding="utf-8")
    line = f'base_version: "{version}"'
    changed, found = re.subn(r"^base_version:.*$", line, written, count=1, flags=re.MULTILINE)
    path.write_text(changed if found else re.sub(r"^(id:.*)$", rf"\1\n{line}", written, count=1, flags=re.MULTILINE), encoding="utf-8")
    return len(followed)


def find_changed(espace: Espace) -> tuple[list[tuple[Changement, Any]], list[Changement]]:
    """What the base no longer says as when it was read, with what it said then; and what has never been compared."""
    releve = read_releve(espace)
    changed, never = [], []
    for changement in espace.changements:
        if changement.operation not in SUIVIES:
            continue
        known = releve.get(changement.quoi, {})
        if changement.champ not in known:
            never.append(changement)
        elif known[changement.champ] != plain(changement.avant):
            changed.append((changement, known[changement.champ]))
    return changed, never


def plain(value: Any) -> Any:
    """The value as JSON keeps it: exact decimals as text."""
    return json.loads(json.dumps(value, ensure_ascii=False, default=str))
