"""The addresses that a check of a site online must try, read from the site itself: no hash, no name of a page is known beforehand.

Second step of `python -m etabli verifier-deploiement`: `verifier_http.py` asks, `verifier.py` judges.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from .serveur import IMMUABLE
from .verifier_http import Injoignable, Reponse, ask

#: What every page of Établi loads, and no page of another site.
MARQUE = "assets/stylesheets/etabli.css"
RENVOIS = 5
COMPRESSE, ENTIER = "br, gzip", "identity"
_SAFE = "/%:@!$&'()*+,;=~"
_LIEN = re.compile(r'\s(href|src|data-[a-z]+)="([^"]*)"')
_HORS_LIGNE = re.compile(r"""hors-ligne/[0-9a-f]{12}[./][^"'\s<>\\]+""")


@dataclass
class Lieu:
    """A site online. base: its address, with the final slash; renvois: the addresses that led there."""

    base: str
    accueil: Reponse
    renvois: list[str]
    #: The page of one self-assessment, and the folder of the engine that it names; empty when there is none.
    questionnaire: str = ""
    moteur: str = ""
    #: Files of that folder, as its manifest gives them: name, octets, sha256.
    fichiers: list[dict[str, Any]] = field(default_factory=list)
    #: One address for each kind of file that the site has: « .wasm » → address.
    exemples: dict[str, str] = field(default_factory=dict)
    #: Addresses whose content never changes, one for each use.
    gardes: list[str] = field(default_factory=list)
    _vus: dict[tuple[str, str], Reponse] = field(default_factory=dict)

    def see(self, adresse: str, accepte: str = COMPRESSE) -> Reponse:
        """The answer at `adresse` as a browser gets it, asked for once however many checks look at it. Raises Injoignable."""
        if (adresse, accepte) not in self._vus:
            self._vus[adresse, accepte] = ask(adresse, accepte)
        return self._vus[adresse, accepte]


class PasUnSite(Exception):
    """What answers is no site to be checked; its text says why, in one French sentence."""


def find_addresses(adresse: str) -> Lieu:
    """Open the site at `adresse` and read where its pages, its engine and its search stand. Raises PasUnSite or Injoignable."""
    try:
        return _look(open_site(adresse))
    except ValueError:  # what urllib cannot even cut in pieces
        raise PasUnSite("cette adresse, ou une de celles que donne la page, est mal écrite.") from None


def _look(lieu: Lieu) -> Lieu:
    accueil = links(lieu.accueil)
    _exemple(lieu, lieu.base, ".html")
    for _, target in accueil:
        _exemple(lieu, target)
    listes = [target for nom, target in accueil if nom == "href" and target.endswith("questionnaires/")]
    for page in _pages_under(listes[0]) if listes else ():
        found = dict(links(page))
        if "data-moteur" in found:
            lieu.questionnaire, lieu.moteur = page.adresse, found["data-moteur"]
            lieu.fichiers = _read_json(urljoin(lieu.moteur, "manifest.json")).get("fichiers", [])
            for _, target in links(page):
                _exemple(lieu, target)
            break
    for fichier in lieu.fichiers:
        _exemple(lieu, urljoin(lieu.moteur, fichier["nom"]))
    _exemple(lieu, urljoin(lieu.base, "calendrier.ics"))
    lieu.gardes = [lieu.exemples[suffix] for suffix in (".wasm", ".mjs") if suffix in lieu.exemples] if lieu.moteur else []
    if dossier := _read_json(urljoin(lieu.base, "recherche/index.json")).get("dossier"):
        lieu.gardes.append(urljoin(lieu.base, f"recherche/{dossier}/termes-0.json"))
    if piece := _HORS_LIGNE.search(_read(urljoin(lieu.base, "service-worker.js"))):
        lieu.gardes.append(urljoin(lieu.base, piece[0]))
    lieu.gardes = [one for one in lieu.gardes if IMMUABLE.search(urlsplit(one).path)]
    return lieu


def open_site(adresse: str) -> Lieu:
    """The home page, where redirections lead: each of them is kept to be told. Raises PasUnSite or Injoignable."""
    parts = urlsplit(adresse)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise PasUnSite(f"« {adresse} » n'est pas une adresse. Attendu : l'adresse entière, comme https://www.exemple.fr/transition/")
    path = parts.path if "." in PurePosixPath(parts.path).name or parts.path.endswith("/") else parts.path + "/"
    here, renvois = parts._replace(path=quote(path, safe=_SAFE), query="", fragment="").geturl(), []
    while (page := ask(here)).suite:
        renvois.append(here)
        if (here := page.suite) in renvois or len(renvois) > RENVOIS or urlsplit(here).scheme not in ("http", "https"):
            raise PasUnSite(f"l'adresse renvoie à {here}, et ne mène à aucune page.")
    if page.statut != 200:
        raise PasUnSite(f"{here} répond par l'erreur {page.statut}. Attendu : la page d'accueil du site (200).")
    if MARQUE not in page.texte:
        raise PasUnSite(f"{here} répond, mais par une page qui n'est pas d'Établi : l'adresse est-elle complète, chemin compris ?")
    return Lieu(urljoin(here, "."), page, renvois)


def links(page: Reponse) -> list[tuple[str, str]]:
    """(attribute, address) for all that a page names, in full, without the fragment."""
    return [(nom, urljoin(page.adresse, html.unescape(valeur)).partition("#")[0]) for nom, valeur in _LIEN.findall(page.texte)]


def _pages_under(liste: str) -> Iterator[Reponse]:
    """The pages that stand right below the page `liste`, and that it names."""
    below = re.compile(re.escape(liste) + r"[^/?]+/")
    for target in dict.fromkeys(target for nom, target in links(_ask_or_nothing(liste)) if nom == "href" and below.fullmatch(target)):
        yield _ask_or_nothing(target)


def _exemple(lieu: Lieu, adresse: str, suffix: str = "") -> None:
    """Take the address as the example of its kind, if it is of this host and the first."""
    suffix = suffix or PurePosixPath(urlsplit(adresse).path).suffix
    if suffix and urlsplit(adresse)[:2] == urlsplit(lieu.base)[:2]:  # several sites of one host may share one engine
        lieu.exemples.setdefault(suffix, adresse)


def _ask_or_nothing(adresse: str) -> Reponse:
    """Here one only looks for addresses: what does not answer is told by the check that needs it."""
    try:
        return ask(adresse)
    except Injoignable:
        return Reponse(adresse, 0, Message(), b"")


def _read(adresse: str) -> str:
    page = _ask_or_nothing(adresse)
    return page.texte if page.statut == 200 else ""


def _read_json(adresse: str) -> dict[str, Any]:
    try:
        read = json.loads(_read(adresse))
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
