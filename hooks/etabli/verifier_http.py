"""Ask a site that is online for one thing at a time, and keep the answer just as it came: nothing followed, nothing decoded.

The first step of `python -m etabli verifier-deploiement`; `verifier_adresses.py` and `verifier.py` stand on it.
"""

import functools
import gzip
import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from email.message import Message
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import HTTPErrorProcessor, OpenerDirector, Request, build_opener

AGENT = "Etabli-verifier/1"
DELAI = 20  # seconds without a byte
DUREE = 120  # seconds for one answer: the engine comes in one at 80 kB/s
LIMITE = 64 * 1024 * 1024
#: What is wrong with a certificate, by OpenSSL's number → in words.
_CERTIFICATS = {
    10: "il a expiré",
    18: "il s'est signé lui-même",
    19: "aucune autorité reconnue ne l'a signé",
    20: "aucune autorité reconnue ne l'a signé, ou il manque le certificat intermédiaire",
    62: "il est celui d'un autre nom de site",
}


class Injoignable(Exception):
    """Nothing came from `adresse`; its text is the reason, in one French sentence."""

    def __init__(self, raison: str, adresse: str):
        super().__init__(raison)
        self.adresse = adresse


@dataclass(frozen=True)
class Reponse:
    """One answer. corps: the bytes received, compressed if they came so."""

    adresse: str
    statut: int
    en_tetes: Message
    corps: bytes

    def tete(self, nom: str) -> str:
        """The value of a header, or of all those of that name; empty when there is none."""
        return ", ".join(self.en_tetes.get_all(nom) or ())

    @property
    def genre(self) -> str:
        return self.tete("Content-Type").partition(";")[0].strip().lower()

    @property
    def texte(self) -> str:
        packed = self.tete("Content-Encoding") == "gzip"  # some hosts compress what was not asked to be
        return (gzip.decompress(self.corps) if packed else self.corps).decode("utf-8", "replace")

    @property
    def suite(self) -> str:
        """Where it sends to, in full; empty when it sends nowhere."""
        cible = self.tete("Location") if self.statut in (301, 302, 303, 307, 308) else ""
        return cible and urljoin(self.adresse, cible)


class _Tout(HTTPErrorProcessor):
    """Every answer comes back as it is: a redirection or an error is what is looked at here."""

    def http_response(self, request, response):
        return response

    https_response = http_response


@functools.cache
def _opener() -> OpenerDirector:
    """Made once: it reads all the certificates of the machine."""
    return build_opener(_Tout)


def ask(adresse: str, accepte: str = "identity", **en_tetes: str) -> Reponse:
    """GET `adresse`; `accepte` is what may compress the answer, `en_tetes` other headers (_ for -). Raises Injoignable."""
    try:
        request = Request(adresse, headers={"User-Agent": AGENT, "Accept-Encoding": accepte})
        for nom, valeur in en_tetes.items():
            request.add_header(nom.replace("_", "-"), valeur)
        fin = time.monotonic() + DUREE
        with _opener().open(request, timeout=DELAI) as answer:
            corps = b""
            while morceau := answer.read(65536):
                corps += morceau
                if len(corps) > LIMITE or time.monotonic() > fin:
                    raise Injoignable(f"la réponse ne finit pas : {len(corps) // 1024} ko reçus, puis abandon.", adresse)
            if answer.length:
                raise Injoignable(f"la réponse est coupée : il manque {answer.length} octets.", adresse)
            return Reponse(adresse, answer.status, answer.headers, corps)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Injoignable(_in_words(error.reason if isinstance(error, URLError) else error), adresse) from None


def _in_words(error: object) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"le certificat n'est pas valable : {_CERTIFICATS.get(error.verify_code, error.verify_message)}."
    if isinstance(error, ssl.SSLError):
        return "la connexion sécurisée a échoué : le serveur parle-t-il bien en https à cette adresse ?"
    if isinstance(error, socket.gaierror):
        return "ce nom de site n'existe pas, ou ce poste n'est pas connecté."
    if isinstance(error, TimeoutError):
        return f"rien n'est venu en {DELAI} secondes."
    if isinstance(error, ConnectionRefusedError):
        return "aucun serveur n'écoute à cette adresse (connexion refusée)."
    if isinstance(error, ConnectionError | http.client.RemoteDisconnected):
        return "le serveur a coupé la connexion."
    if isinstance(error, http.client.HTTPException) and not isinstance(error, http.client.InvalidURL):
        return "ce qui répond n'est pas un serveur web."
    if isinstance(error, OSError):
        return f"le réseau ne le permet pas ({error.strerror or error})."
    return "l'adresse est mal écrite."
