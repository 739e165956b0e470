"""`make espaces`, from what is asked to what is said: which espaces, built how, and the front page above them.

Stands after `espaces.py`, which builds, and `portail.py`, which writes the front page. Beyond one machine, each of several takes a
lot of the espaces, then one of them gathers their folders and writes the front page.
"""

import datetime
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from .build import open_catalogue
from .espaces import NATIONAL, Plateforme, Resultat, build_espaces, find_espaces, forget
from .portail import write_portal
from .problems import suggest


@dataclass(frozen=True)
class Demande:
    """What is asked. dossiers: where the espaces are; seul: one of them; lot: « 3/20 », a share of them; portail: the front page alone.

    adresse: where the platform will stand, when it is known.
    """

    dossiers: list[Path] | None = None
    sortie: Path | None = None
    seul: str = ""
    lot: str = ""
    adresse: str | None = None
    portail: bool = False


class DemandeRefusee(Exception):
    """What is asked makes no sense; the message, in French, says why and what to write."""


def make_platform(racine: Path, jour: datetime.date, demande: Demande) -> int:
    """Build the espaces that are asked for and the front page, saying what becomes of each. 1 when one of them is refused."""
    began = time.monotonic()
    plateforme = Plateforme(racine, (demande.sortie or racine / "plateforme").resolve(), jour.isoformat(), demande.adresse)
    try:
        espaces = find_espaces(demande.dossiers or [f for f in (racine / "data" / "espaces", racine / "espaces") if f.is_dir()])
        chosen = choose(espaces, demande)
    except (ValueError, DemandeRefusee) as refused:
        print(f"Établi : {refused}", file=sys.stderr)
        return 1
    results = [] if demande.portail else [tell(result) for result in build_espaces(plateforme, chosen)]
    if not (demande.seul or demande.lot or demande.portail):
        for name in forget(plateforme, espaces):
            print(f"  {name} : retiré, cet espace n'existe plus")
    cat, _ = open_catalogue(racine / "data", jour)
    shown = write_portal(racine, plateforme.sortie, espaces, cat.site, cat.decoupage, plateforme.adresse)
    counted = [(sum(result.etat == etat for result in results), etat) for etat in ("construit", "inchangé", "refusé")]
    counts = ", ".join(f"{number} {etat}{'s' if number > 1 else ''}" for number, etat in counted if number) or "rien à construire"
    took = f"{time.monotonic() - began:.0f} s"
    print(f"{plateforme.sortie.name}/ : {counts}, en {took} ; la page d'accueil mène à {shown} espace{'s' if shown > 1 else ''}.")
    return int(any(result.etat == "refusé" for result in results))


def choose(espaces: dict[str, Path], demande: Demande) -> dict[str, Path | None]:
    """The espaces to build, by id, the base (no folder) among them. Raises DemandeRefusee."""
    known: dict[str, Path | None] = {NATIONAL: None} | espaces
    if demande.seul:
        if demande.seul not in known:
            raise DemandeRefusee(f"« {demande.seul} » n'est pas un espace.{suggest(demande.seul, known)}")
        return {demande.seul: known[demande.seul]}
    if demande.lot:
        found = re.fullmatch(r"(\d+)/(\d+)", demande.lot)
        rank, total = map(int, found.groups()) if found else (0, 0)
        if not 1 <= rank <= total:
            raise DemandeRefusee(f"LOT={demande.lot} n'est pas un lot.\n    Attendu : son rang et leur nombre, comme LOT=3/20.")
        return {id_: folder for i, (id_, folder) in enumerate(known.items()) if i % total == rank - 1}
    return known


def tell(result: Resultat) -> Resultat:
    """One line for a result, and all that a refused build has said."""
    print(f"  {result.nom} : {result.etat} en {result.secondes:.1f} s".replace(".", ",", 1), flush=True)
    if result.etat == "refusé":
        print(result.journal.strip(), file=sys.stderr)
    return result
