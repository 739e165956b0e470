"""Serves a built folder on this machine, the way a well-configured host would: types, headers, 404 page.

Used by `serve.py` (`make serve`), by the browser tests and by the bench. The site itself needs no server of its own: the
folder is complete, and `deploiement/` holds the same headers for nginx, Apache and Caddy (a test holds them together).
"""

import contextlib
import re
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# The one policy of the site. Every built page repeats it in a <meta>, except `frame-ancestors` which only works as a header.
# A worker obeys the policy of its own file: that is why it is sent with every answer, not with pages only.
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)
EN_TETES = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Folders and files whose name is a hash of their content: it never changes. All else is asked for again at each visit.
IMMUABLE = re.compile(r"/(moteur|recherche|hors-ligne)/[0-9a-f]{12}[./]")

# Written here in full: what Python guesses comes from the machine, and a `.wasm` or `.mjs` of the wrong type never starts.
TYPES = {
    "": "application/octet-stream",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".yml": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".whl": "application/zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".pdf": "application/pdf",
    ".ics": "text/calendar; charset=utf-8",
}
ATTENTE = "Le site se construit : cette page se rechargera toute seule.\n"


class _Fichiers(SimpleHTTPRequestHandler):
    """GET and HEAD on the files of one folder."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "etabli", ""
    path = ""  # until a request is read: what is no HTTP at all gets an answer too

    def __init__(self, *arguments, journal: list | None, **options) -> None:
        self.journal, self.statut = journal, 0
        super().__init__(*arguments, **options)

    def guess_type(self, path) -> str:
        return TYPES.get(Path(path).suffix.lower(), TYPES[""])

    def end_headers(self) -> None:
        immuable = IMMUABLE.search(self.path.partition("?")[0]) and self.statut in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
        for nom, valeur in EN_TETES.items():
            self.send_header(nom, valeur)
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if immuable else "no-cache")
        super().end_headers()

    def list_directory(self, path) -> None:
        """A folder without index.html is an unknown address, never a list of files."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code, message=None, explain=None) -> None:
        """The site's own 404 page; before the first build has ended, a word that asks for patience."""
        page = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and not Path(self.directory).is_dir():
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, ATTENTE.encode(), TYPES[".txt"], Refresh="1")
        elif code == HTTPStatus.NOT_FOUND and page.is_file():
            self._answer(code, page.read_bytes(), TYPES[".html"])
        else:
            super().send_error(code, message, explain)

    def _answer(self, code, corps: bytes, genre: str, **en_tetes: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", genre)
        self.send_header("Content-Length", str(len(corps)))
        for nom, valeur in en_tetes.items():
            self.send_header(nom, valeur)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(corps)

    def log_request(self, code="-", size="-") -> None:
        """Called by the base class between the status and the headers of each answer."""
        self.statut = code
        if self.journal is not None:
            self.journal.append((self.command, int(code), self.path))

    def log_message(self, *_) -> None:
        """Silent: the terminal is kept for what the editor must read."""


class _Serveur(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """A browser that closes the tab in the middle of a file is no event."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def open_server(dossier: Path, port: int = 0, journal: list[tuple[str, int, str]] | None = None) -> Iterator[str]:
    """Serve `dossier` on 127.0.0.1 for the time of the `with`, and give its address, e.g. « http://127.0.0.1:8000 ».

    Port 0 takes any free one; each answer is added to `journal` as (method, status, path). Raises OSError when the port is taken.
    """
    serveur = _Serveur(("127.0.0.1", port), partial(_Fichiers, directory=str(dossier), journal=journal))
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}"
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
