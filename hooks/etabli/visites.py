"""Ask sites whether their pages are still there: politely, and only when someone asks for it (`python -m etabli liens`).

Stands just before `adresses.py`, which says what to ask and tells the answers. No build imports either of them: a site
that is down must never keep another from being published.
"""

import contextlib
import datetime
import http.client
import queue
import re
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.error import URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

AGENT = "Etabli-liens/1"
DELAI = 10  # seconds that a site has to answer
PAUSE = 0.5  # seconds between two requests to the same host
HOTES = 8  # hosts that are asked at the same time
RENVOIS = 5  # redirections that are followed
#: What a visit can find → (state, what is said of it, what to do about it).
CONSTATS = {
    "ouverte": ("valide", "la page s'ouvre", ""),
    "deplacee": ("valide", "la page a changé d'adresse pour de bon", "ouvrez la nouvelle adresse, puis écrivez-la à la place."),
    "renvoi": ("valide", "le site renvoie à une autre adresse pour l'instant", "rien, si la page est la bonne."),
    "absente": ("invalide", "la page n'existe pas", "cherchez la page sur ce site, ou retirez l'adresse."),
    "retiree": ("invalide", "la page a été retirée", "cherchez ce qui la remplace, ou retirez l'adresse."),
    "site-inconnu": ("invalide", "ce site n'existe pas", "vérifiez l'orthographe ; si le site a fermé, retirez l'adresse."),
    "mal-ecrite": ("invalide", "l'adresse est mal écrite", "copiez-la à nouveau depuis votre navigateur."),
    "accueil": ("incertain", "le site renvoie à sa page d'accueil", "cherchez la page sur ce site : elle a sans doute disparu."),
    "refus": ("incertain", "le site refuse les vérifications automatiques", "ouvrez la page : si elle s'affiche, tout va bien."),
    "attente": ("incertain", "le site demande d'attendre", "relancez la commande demain."),
    "panne": ("incertain", "le site est en panne", "relancez la commande demain."),
    "inattendue": ("incertain", "la réponse n'est pas claire", "ouvrez la page : si elle s'affiche, tout va bien."),
    "boucle": ("incertain", "le site renvoie d'adresse en adresse, sans fin", "ouvrez la page : si elle s'affiche, tout va bien."),
    "delai": ("incertain", "le site n'a pas répondu à temps", "relancez la commande demain."),
    "injoignable": ("incertain", "le site n'a pas répondu", "relancez la commande demain."),
    "certificat": (
        "incertain", "la connexion sécurisée a échoué",
        "ouvrez la page. Si tous les sites sont dans ce cas, parlez-en à votre service informatique.",
    ),
}  # fmt: skip
_OF_CODE = {404: "absente", 410: "retiree", 429: "attente"}
_SAFE = "%/:=&?~#+!$,;'@()*[]"
#: The way to a home page, with nothing asked of it: /, /fr/, /index.html.
_HOME = re.compile(r"/*(?:(?:fr|en)(?:[-_][a-z]{2})?|index\.\w+|accueil|home)?/*", re.I)


@dataclass(frozen=True)
class Constat:
    """What a visit found. raison: a key of `CONSTATS`; code: HTTP status, None when nothing was answered; finale: the
    address that answered in the end."""

    raison: str
    code: int | None
    verifie_le: datetime.date
    finale: str

    @property
    def etat(self) -> str:
        """« valide », « invalide » or « incertain »."""
        return CONSTATS[self.raison][0]

    @property
    def repond(self) -> bool:
        """True when a site was reached: then there is a network."""
        return self.code is not None or self.raison == "certificat"


class _Answers(HTTPErrorProcessor):
    """Every answer comes back as it is: redirections are followed here, to be counted, and an error is an answer."""

    def http_response(self, request, response):
        return response

    https_response = http_response


class Tournee:
    """One round of visits on the day `jour`: never two requests at once to a host, a pause between them, few hosts at once."""

    def __init__(self, jour: datetime.date):
        self.jour = jour
        self._opener = build_opener(_Answers)
        self._garde, self._places = threading.Lock(), threading.BoundedSemaphore(HOTES)
        self._verrous: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._fins: dict[str, float] = {}

    def visit_all(self, addresses: Iterable[str], limite: float) -> Iterator[tuple[str, Constat]]:
        """Each address with what was found there, as answers come; ends after `limite` seconds, or when one stops listening."""
        groups = defaultdict(list)
        for address in addresses:
            groups[host_of(address)].append(address)
        todo, found, stop = queue.SimpleQueue(), queue.SimpleQueue(), threading.Event()
        for group in sorted(groups.values(), key=len, reverse=True):  # the longest first: it decides when all ends
            todo.put(group)

        def work() -> None:
            with contextlib.suppress(queue.Empty):
                while True:
                    for address in todo.get_nowait():
                        if stop.is_set():
                            return
                        found.put((address, self.visit(address)))

        # Daemons: after Ctrl-C, a site that keeps us waiting does not keep the reader waiting.
        workers = [threading.Thread(target=work, daemon=True) for _ in range(min(HOTES, len(groups)))]
        for worker in workers:
            worker.start()
        end = time.monotonic() + limite
        try:
            while time.monotonic() < end and (any(worker.is_alive() for worker in workers) or not found.empty()):
                try:
                    answer = found.get(timeout=0.1)
                except queue.Empty:
                    continue
                yield answer
        finally:
            stop.set()

    def visit(self, address: str) -> Constat:
        """Go to `address` and where it leads."""
        here, seen, lasting, code = address, [], True, None

        def found(raison: str, code: int | None) -> Constat:
            return Constat(raison, code, self.jour, address if here in (address, *seen[:1]) else here)

        while True:
            try:
                here = _written_for_http(here)
            except ValueError:
                return found("inattendue" if seen else "mal-ecrite", code)
            if here in seen or len(seen) > RENVOIS:
                return found("boucle", code)
            seen.append(here)
            try:
                code, target = self._ask(here)
            except (OSError, http.client.HTTPException, ValueError) as error:
                return found(_reason_of_error(error), None)
            if code not in (301, 302, 303, 307, 308) or not target:
                break
            lasting = lasting and code in (301, 308)
            here = urljoin(here, target)
        if not 200 <= code < 300:
            return found(_OF_CODE.get(code) or ("refus" if 400 <= code < 500 else "panne" if code >= 500 else "inattendue"), code)
        if _is_home(here) and not _is_home(seen[0]):
            return found("accueil", code)
        return found("ouverte" if len(seen) == 1 else "deplacee" if lasting else "renvoi", code)

    def _ask(self, address: str) -> tuple[int, str]:
        """Status and `Location`. By HEAD; then by GET, for the sites that know no HEAD or answer it wrongly."""
        try:
            code, target = self._send("HEAD", address)
        except http.client.RemoteDisconnected:  # some hang up on a HEAD
            return self._send("GET", address)
        return self._send("GET", address) if code >= 400 and code != 429 else (code, target)

    def _send(self, method: str, address: str) -> tuple[int, str]:
        request = Request(address, method=method, headers={"User-Agent": AGENT})
        # Closed without a read: of the page, only what the network had sent ahead has travelled.
        with self._turn(host_of(address)), self._opener.open(request, timeout=DELAI) as answer:
            return answer.status, quote(answer.headers.get("Location", ""), safe=_SAFE, encoding="latin-1")

    @contextlib.contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        """Wait until `host` is free and rested, and until fewer than HOTES hosts are being asked."""
        with self._garde:
            verrou = self._verrous[host]
        with verrou:
            time.sleep(max(0, self._fins.get(host, float("-inf")) + PAUSE - time.monotonic()))
            with self._places:
                try:
                    yield
                finally:
                    self._fins[host] = time.monotonic()


def host_of(address: str) -> str:
    """The host, in lower case; empty when the address has none that can be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _written_for_http(address: str) -> str:
    """The address without accents, spaces or fragment. Raises ValueError when it is not the address of a page."""
    parts = urlsplit(urldefrag(address).url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(address)
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    place = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
    return parts._replace(netloc=place, path=quote(parts.path, safe=_SAFE), query=quote(parts.query, safe=_SAFE)).geturl()


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.query and _HOME.fullmatch(parts.path) is not None


def _reason_of_error(error: Exception) -> str:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, socket.gaierror):  # the name service says « no such name », or cannot say
        return "site-inconnu" if cause.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)) else "injoignable"
    if isinstance(cause, TimeoutError):
        return "delai"
    return "certificat" if isinstance(cause, ssl.SSLError) else "injoignable"
