"""The common front page of the espaces that are built side by side, and the error page of their host.

Stands beside `espaces.py`: it reads the `espace.yml` of each, writes `index.html` and `404.html` above them, and nothing else.
"""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2

from .decoupage import Decoupage, name_id
from .espace import open_espace
from .schema_site import Site
from .serveur import CSP
from .typographie import typo, typo_html

MODELES = Path(__file__).parent / "templates" / "espace"
#: What the front page shares with the sites, from the project's root.
IMAGES = {"etabli.svg": "theme/assets/images/etabli.svg", "etabli.css": "theme/assets/stylesheets/etabli.css"}


@dataclass(frozen=True)
class Entree:
    """An espace as the front page shows it. region: the name of the region that holds it, to sort them by."""

    id: str
    nom: str
    accroche: str
    region: str


def write_portal(racine: Path, sortie: Path, espaces: dict[str, Path], site: Site, decoupage: Decoupage, adresse: str | None = None) -> int:
    """Write the front page of the espaces that are built in `sortie`; gives how many it leads to.

    site: the block of the base; adresse: where the platform stands, which the error page needs when it is not the root of its host.
    """
    entries = sorted((_describe(racine, espaces[id_], decoupage) for id_ in espaces if (sortie / id_).is_dir()), key=_order)
    regions = [(region, list(found)) for region, found in groupby(entries, key=lambda entry: entry.region)]
    commun = sortie / "commun"
    commun.mkdir(parents=True, exist_ok=True)
    for name, source in IMAGES.items():
        (commun / name).write_bytes((racine / source).read_bytes())
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(MODELES), autoescape=True, undefined=jinja2.StrictUndefined)
    policy = CSP.rpartition("; frame-ancestors")[0]  # that one holds as a header only
    start = urlsplit(adresse or "/").path.rstrip("/") + "/"
    values: dict[str, Any] = {"site": site, "regions": regions, "nombre": len(entries), "politique": policy, "debut": start}
    template = env.get_template("portail.html.j2")
    for name, more in (("index.html", {"absente": False, "debut": ""}), ("404.html", {"absente": True})):
        (sortie / name).write_text(typo_html(template.render(values | more)), encoding="utf-8")
    return len(entries)


def _describe(racine: Path, dossier: Path, decoupage: Decoupage) -> Entree:
    """What the front page says of an espace, whose file has been read without fault when it was built."""
    espace, _ = open_espace(dossier, racine)
    modele = espace.modele
    code = modele.territoires[0]
    while code in decoupage and not code.startswith("REG-"):
        code = decoupage[code].parent
    return Entree(modele.id, typo(modele.nom), typo(modele.site.accroche), decoupage[code].nom if code in decoupage else "France entière")


def _order(entry: Entree) -> tuple[str, str]:
    return name_id(entry.region), name_id(entry.nom)
