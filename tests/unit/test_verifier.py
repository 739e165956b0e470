"""verifier*.py: a site well served has nothing to hear; each thing badly served is found, and told with what to change.

The badly served sites are a good one, seen through a relay that spoils its answers.
"""

import contextlib
import gzip
import hashlib
import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from etabli import verifier_http
from etabli.serveur import CSP, open_server
from etabli.verifier import verify_deployment
from etabli.verifier_adresses import Lieu, find_addresses
from etabli.verifier_conseils import CONSEILS, advise, find_line
from etabli.verifier_epreuves import check_address, inspect
from etabli.verifier_http import Reponse, ask

RACINE = Path(__file__).resolve().parents[2]
MOTEUR = "assets/moteur/0123456789ab/"
FICHIERS = {"a.mjs": b"export {};", "a.wasm": b"\0asm" * 900, "a.zip": b"PK" * 900, "a.whl": b"PK"}


def head(racine: str) -> str:
    return f'<link rel="stylesheet" href="{racine}assets/stylesheets/etabli.css"><script type="module" src="{racine}site.js"></script>'


def write_site(dossier: Path, racine: str = "/") -> Path:
    """The smallest site that has all that is checked; racine: the path that its 404 page was built for."""
    pages = {
        "index.html": head("") + '<a href="questionnaires/">Me situer</a><img src="logo.svg"><a href="https://autre.example/x.pdf">',
        "questionnaires/index.html": head("../") + '<a href="../">x</a><a href="../g/">x</a><a href="papier/">x</a><a href="q/#ici">x</a>',
        "questionnaires/papier/index.html": head("../../"),
        "questionnaires/q/index.html": head("../../") + f'<main data-moteur="../../{MOTEUR}" data-donnees="../../q.json">{"a" * 2000}',
        "404.html": head(racine),
        "site.js": "// un script\n" * 100,
        "logo.svg": "<svg/>",
        "calendrier.ics": "BEGIN:VCALENDAR",
        "q.json": json.dumps(["question"] * 300),
        "service-worker.js": 'const pieces = ["hors-ligne/0123456789ab.txt"];',
        "hors-ligne/0123456789ab.txt": "{}",
        "recherche/index.json": json.dumps({"dossier": "0123456789ab"}),
        "recherche/0123456789ab/termes-0.json": "{}",
        "assets/stylesheets/etabli.css": "body {}",
        f"{MOTEUR}manifest.json": json.dumps({"fichiers": [
            {"nom": nom, "octets": len(corps), "sha256": hashlib.sha256(corps).hexdigest()} for nom, corps in FICHIERS.items()
        ]}),
    }  # fmt: skip
    for nom, texte in pages.items():
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_text(texte, encoding="utf-8")
    for nom, corps in FICHIERS.items():
        (dossier / MOTEUR / nom).write_bytes(corps)
    return dossier


class Nu(SimpleHTTPRequestHandler):
    """What `python -m http.server` is, without a word."""

    def log_message(self, *_):
        pass


class Serveur(ThreadingHTTPServer):
    def handle_error(self, *_):
        """A visitor that refuses the certificate is no event."""


@contextlib.contextmanager
def listening(handler, context: ssl.SSLContext | None = None):
    serveur = Serveur(("127.0.0.1", 0), handler)
    if context:
        serveur.socket = context.wrap_socket(serveur.socket, server_side=True)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}"
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()


@contextlib.contextmanager
def relay(origine: str, spoil):
    """A host that compresses, and whose answers `spoil(path, answer)` changes: answer has statut, tetes (a dict), corps."""

    class Relais(BaseHTTPRequestHandler):
        def do_GET(self):
            marks = {nom.replace("-", "_"): self.headers[nom] for nom in ("If-Modified-Since",) if self.headers[nom]}
            come = ask(origine + self.path, **marks)
            answer = type(
                "Answer",
                (),
                {"statut": come.statut, "tetes": {nom.title(): valeur for nom, valeur in come.en_tetes.items()}, "corps": come.corps},
            )()
            if "gzip" in self.headers["Accept-Encoding"] and len(answer.corps) > 1000:
                answer.corps = gzip.compress(answer.corps)
                answer.tetes |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            spoil(self.path, answer)
            answer.tetes["Content-Length"] = str(answer.tetes.get("faux", len(answer.corps)))
            self.send_response_only(answer.statut)
            for nom, valeur in answer.tetes.items():
                self.send_header(nom, valeur)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(answer.corps)

        def log_message(self, *_):
            pass

    with listening(Relais) as adresse:
        yield adresse


def found(adresse: str) -> set[tuple[str, str]]:
    """What is not well: (state, advice)."""
    return {(one.etat, one.conseil) for one in inspect(find_addresses(adresse)) if one.etat != "bon"}


@pytest.fixture(scope="module")
def origine(tmp_path_factory):
    with open_server(write_site(tmp_path_factory.mktemp("site"))) as adresse:
        yield adresse


def set_header(suffix: str, nom: str, valeur: str | None):
    """Spoils one header of the answers whose path ends by `suffix`; None takes it away."""

    def spoil(path, answer):
        if path.endswith(suffix):
            answer.tetes = {n: v for n, v in answer.tetes.items() if n != nom} | ({nom: valeur} if valeur is not None else {})

    return spoil


def set_answer(path: str, statut: int | None = None, corps: bytes | None = None, **tetes: str):
    def spoil(asked, answer):
        if asked == path:
            answer.statut = statut or answer.statut
            answer.corps = answer.corps if corps is None else corps
            answer.tetes |= tetes

    return spoil


def unknown_is_home(path, answer):
    """What a host of « single-page applications » does."""
    if answer.statut == 404:
        answer.statut, answer.corps, answer.tetes["Content-Type"] = 200, head("/").encode(), "text/html"


def unknown_is_theirs(path, answer):
    if answer.statut == 404:
        answer.corps = b"<h1>Not Found</h1>"


def everything_is_kept(path, answer):
    answer.tetes["Cache-Control"] = "public, max-age=31536000, immutable"


def without_dates(path, answer):
    answer.tetes.pop("Last-Modified", None)
    answer.statut, answer.corps = (200, head("/").encode()) if answer.statut == 304 else (answer.statut, answer.corps)


def never_compressed(path, answer):
    if answer.tetes.pop("Content-Encoding", None):
        answer.corps = gzip.decompress(answer.corps)


WASM, MJS = f"/{MOTEUR}a.wasm", f"/{MOTEUR}a.mjs"
STRICT = "default-src 'self'; script-src 'self'"
CAS = {
    "well served": (lambda path, answer: None, set()),
    "a policy in another order": (set_header("", "Content-Security-Policy", "; ".join(reversed(CSP.split("; ")))), set()),
    "pages kept ten minutes": (set_header(".js", "Cache-Control", "max-age=600"), set()),
    "wasm of no type": (set_header(".wasm", "Content-Type", "application/octet-stream"), {("bloquant", "type-wasm")}),
    "mjs as text": (set_header(".mjs", "Content-Type", "text/plain"), {("bloquant", "type-script")}),
    "js without a type": (set_header("site.js", "Content-Type", None), {("bloquant", "type-script")}),
    "css as text": (set_header(".css", "Content-Type", "text/plain"), {("bloquant", "type")}),
    "json as text": (set_header("q.json", "Content-Type", "text/plain"), {("moyen", "type")}),
    "calendar as text": (set_header(".ics", "Content-Type", "text/plain"), {("moyen", "type")}),
    "no calendar": (set_answer("/calendrier.ics", 404), set()),
    "wheel left out": (set_answer(f"/{MOTEUR}a.whl", 404), {("bloquant", "absent")}),
    "search left out": (set_answer("/recherche/0123456789ab/termes-0.json", 404), {("bloquant", "absent")}),
    "wasm damaged": (set_answer(WASM, corps=b"\0asm\r\n" * 900), {("bloquant", "entier")}),
    "wasm cut": (set_answer(WASM, faux="99999"), {("bloquant", "")}),
    "unknown is the home page": (unknown_is_home, {("bloquant", "introuvable"), ("moyen", "dossier")}),
    "unknown is the host's": (unknown_is_theirs, {("moyen", "introuvable")}),
    "a folder is listed": (set_answer("/assets/", 200, b"Index of /assets"), {("moyen", "dossier")}),
    "a folder without slash is not known": (set_answer("/questionnaires/q", 404), {("moyen", "renvoi")}),
    "a folder without slash is its page": (set_answer("/questionnaires/q", 200), {("bloquant", "renvoi")}),
    "sent to another port": (set_answer("/questionnaires/q", Location="http://127.0.0.1:1/questionnaires/q/"), {("bloquant", "renvoi")}),
    "sent to no address": (set_answer("/questionnaires/q", Location="http://[::1"), {("bloquant", "")}),
    "one header less on wasm": (set_header(".wasm", "X-Content-Type-Options", None), {("moyen", "en-tetes")}),
    "another policy on 404": (set_header("-etabli", "Referrer-Policy", "unsafe-url"), {("moyen", "en-tetes")}),
    "a policy without wasm": (set_header("", "Content-Security-Policy", STRICT), {("moyen", "en-tetes"), ("bloquant", "csp")}),
    "a second policy": (set_header("", "Content-Security-Policy", f"{CSP}, {STRICT}"), {("moyen", "en-tetes"), ("bloquant", "csp")}),
    "a wider policy": (set_header("", "Content-Security-Policy", "default-src * 'unsafe-eval'"), {("moyen", "en-tetes")}),
    "never unchanged": (without_dates, {("moyen", "304")}),
    "never compressed": (never_compressed, {("moyen", "compression")}),
    "compressed, and not said to differ": (set_header("", "Vary", ""), {("moyen", "vary")}),
    "engine asked for again": (set_header("", "Cache-Control", "no-cache"), {("moyen", "garde")}),
    "everything kept": (everything_is_kept, {("moyen", "garde"), ("moyen", "revalide")}),
    "service worker kept": (set_header("service-worker.js", "Cache-Control", "max-age=86400"), {("moyen", "revalide")}),
    "offline pieces asked for again": (set_header("ab.txt", "Cache-Control", "no-cache"), {("moyen", "garde")}),
}  # fmt: skip


@pytest.mark.parametrize("cas", CAS)
def test_each_thing_badly_served_is_found_and_nothing_else(origine, cas):
    spoil, expected = CAS[cas]
    with relay(origine, spoil) as adresse:
        assert found(adresse) == expected


def test_our_own_server_only_lacks_compression(origine):
    assert found(origine) == {("moyen", "compression")}


def test_a_bare_server_starts_the_questionnaire_and_lacks_the_rest(tmp_path):
    with listening(partial(Nu, directory=str(write_site(tmp_path)))) as adresse:
        assert found(adresse) == {("moyen", cle) for cle in ("en-tetes", "introuvable", "dossier", "compression", "garde", "revalide")}


@pytest.mark.parametrize(("built_for", "expected"), [("/transition/", set()), ("/", {("bloquant", "adresse")})])
def test_under_a_path_the_404_page_must_be_built_for_it(tmp_path, built_for, expected):
    """Our own server knows no path: its 404 page is put where it looks for it."""
    write_site(tmp_path / "transition", racine=built_for)
    shutil.copy(tmp_path / "transition/404.html", tmp_path / "404.html")
    with open_server(tmp_path) as adresse:
        assert found(f"{adresse}/transition") - {("moyen", "compression")} == expected


def test_an_engine_shared_by_the_sites_of_one_host_is_tried_too(tmp_path):
    page = write_site(tmp_path / "un-espace", racine="/un-espace/") / "questionnaires/q/index.html"
    (tmp_path / "commun").mkdir()
    (tmp_path / "un-espace/assets/moteur").rename(tmp_path / "commun/moteur")
    page.write_text(page.read_text().replace("../../assets/moteur", "../../../commun/moteur"))
    shutil.copy(tmp_path / "un-espace/404.html", tmp_path / "404.html")
    with open_server(tmp_path) as adresse:
        lieu = find_addresses(f"{adresse}/un-espace/")
        assert lieu.exemples[".wasm"] == lieu.gardes[0] == f"{adresse}/commun/moteur/0123456789ab/a.wasm"
        assert {(one.etat, one.conseil) for one in inspect(lieu)} == {("bon", ""), ("moyen", "compression")}
        (tmp_path / "commun/moteur/0123456789ab/a.wasm").unlink()
        assert ("bloquant", "absent") in found(f"{adresse}/un-espace/")


@pytest.mark.parametrize(("declared", "expected"), [("{adresse}/", set()), ("https://www.exemple.fr/", {("moyen", "adresse")})])
def test_the_address_that_pages_declare_is_compared(origine, declared, expected):
    def spoil(path, answer):
        if path == "/":
            answer.corps += f'<link rel="canonical" href="{declared.format(adresse=adresse)}">'.encode()

    with relay(origine, spoil) as adresse:
        assert found(adresse) == expected


def test_http_and_a_site_without_hsts_are_told():
    def told(base: str) -> set:
        page = ask_nothing(base)
        return {(one.etat, one.conseil) for one in check_address(Lieu(base, page, []))}

    def ask_nothing(base: str) -> Reponse:
        return Reponse(base, 200, verifier_http.Message(), b"")

    assert told("http://www.exemple.fr/") == {("moyen", "https")}
    assert told("https://localhost/") == {("bon", ""), ("moyen", "hsts")}
    assert told("http://localhost:8000/") == {("bon", "")}


# --- What is printed ------------------------------------------------------------------------------------------------


def test_what_is_printed_says_what_came_what_is_expected_and_what_to_change(origine, capsys):
    with relay(origine, set_header(".wasm", "Content-Type", "text/plain")) as adresse:
        assert verify_deployment(adresse) == 1
    printed = capsys.readouterr().out
    assert "✗ a.wasm : type reçu « text/plain », attendu « application/wasm »" in printed
    numero, ligne = find_line("nginx.conf", "include /etc/nginx/mime.types")
    assert f"nginx : deploiement/nginx.conf, ligne {numero} : {ligne}" in printed
    assert "deploiement/htaccess" in printed
    assert "deploiement/Caddyfile" in printed
    assert printed.splitlines()[-1].endswith("en ordre, 0 à améliorer, 1 bloquant.")


def test_nothing_blocking_ends_well_and_the_same_advice_is_given_once(origine, capsys):
    assert verify_deployment(origine) == 0
    printed = capsys.readouterr().out
    assert printed.count("Copier aussi les fichiers .br et .gz") == 1
    assert printed.count("Même remède que plus haut.") == printed.count("\n! ") - 1 > 0
    assert printed.splitlines()[-1].endswith("rien ne bloque.")


def test_every_advice_names_lines_that_exist():
    for cle, (_, lignes) in CONSEILS.items():
        assert len(advise(cle, "", "https://x/")) == 1 + len(lignes)
        assert len(advise(cle, "nginx/1.22.1", "https://x/")) == 1 + bool(lignes)


def refused(adresse: str, capsys) -> str:
    assert verify_deployment(adresse) == 1
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("adresse", "said"),
    {
        "www.exemple.fr": "n'est pas une adresse. Attendu : l'adresse entière",
        "ftp://exemple.fr/": "n'est pas une adresse",
        "http://[::1": "mal écrite",
        "http://127.0.0.1:99999/": "mal écrite",
        "http://127.0.0.1:1/": "aucun serveur n'écoute",
        "http://inconnu.invalid/": "ce nom de site n'existe pas",
    }.items(),
)
def test_an_address_that_leads_nowhere_gets_one_sentence(adresse, said, capsys):
    assert said in refused(adresse, capsys)


def test_what_is_not_a_site_of_etabli_gets_one_sentence(origine, capsys):
    (port,) = [int(origine.rpartition(":")[2])]
    assert "la connexion sécurisée a échoué" in refused(f"https://127.0.0.1:{port}/", capsys)
    with relay(origine, set_answer("/", corps=b"<h1>It works!</h1>")) as adresse:
        assert "une page qui n'est pas d'Établi" in refused(adresse, capsys)
    with relay(origine, set_answer("/", 503)) as adresse:
        assert "répond par l'erreur 503" in refused(adresse, capsys)
    with relay(origine, set_answer("/", 302, Location="/")) as adresse:
        assert "ne mène à aucune page" in refused(adresse, capsys)


def test_a_server_that_says_nothing_or_not_http_gets_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(verifier_http, "DELAI", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert "rien n'est venu" in refused(f"http://127.0.0.1:{mute.getsockname()[1]}/", capsys)

    class Ssh(BaseHTTPRequestHandler):
        def handle(self):
            self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")

    with listening(Ssh) as adresse:
        assert "n'est pas un serveur web" in refused(adresse, capsys)


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl n'est pas là pour faire un certificat.")
def test_a_certificate_that_nobody_knows_gets_one_sentence(origine, tmp_path, capsys):
    cle, certificat = tmp_path / "cle.pem", tmp_path / "certificat.pem"
    made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=127.0.0.1"]
    subprocess.run(["openssl", "req", "-x509", *made, "-keyout", cle, "-out", certificat], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificat, cle)
    with listening(Nu, context) as adresse:
        assert "le certificat n'est pas valable : il s'est signé lui-même." in refused(adresse.replace("http:", "https:"), capsys)


def test_redirections_are_followed_to_the_site_and_told(origine, capsys):
    with relay(origine, set_answer("/ailleurs/", 301, Location=f"{origine.replace('127.0.0.1', 'localhost')}/")) as adresse:
        assert verify_deployment(f"{adresse}/ailleurs") == 0
    assert "c'est cette adresse qui est vérifiée" in capsys.readouterr().out


def test_the_command(origine):
    env = {"PYTHONPATH": str(RACINE / "hooks")}
    command = [sys.executable, "-m", "etabli", "verifier-deploiement"]
    assert subprocess.run([*command, origine], env=env, capture_output=True, text=True).returncode == 0
    nowhere = subprocess.run([*command, "http://127.0.0.1:1/"], env=env, capture_output=True, text=True)
    assert (nowhere.returncode, nowhere.stderr) == (1, "")
