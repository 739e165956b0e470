"""The web servers of a host, for real: nginx, Apache and Caddy of this machine, run with the files of deploiement/ as they stand.

Only the place of the site, the address and the sub-path are put in, as the first lines of each file ask for. They run
without rights, on a free port, and leave nothing behind. Used by `test_serveurs.py`, and by every browser test when
ETABLI_SERVEUR names one of them.
"""

import contextlib
import os
import re
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
DEPLOIEMENT = RACINE / "deploiement"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
APACHE = Path("/usr/lib/apache2/modules")
MODULES = ("mpm_event", "authz_core", "mime", "dir", "filter", "headers", "rewrite", "deflate")


@contextlib.contextmanager
def open_real(nom: str, dossier: Path, chemin: str = "/", port: int | None = None) -> Iterator[str]:
    """Serve `dossier`, which holds the site at `chemin` (« / », « /transition/ »); gives the site's address.

    nom: nginx, apache, caddy, or mutualise, which is Apache with a .htaccess in the site's own folder. Skips the test where the
    server cannot be had, fails it when it does not start.
    """
    commande, port = find("apache" if nom == "mutualise" else nom), port or free_port()
    if os.geteuid() == 0 and not all(one.stat().st_mode & stat.S_IXOTH for one in (dossier, *dossier.resolve().parents)):
        pytest.skip(f"{dossier} n'est pas lisible par un compte sans droits, comme celui d'un serveur.")
    with tempfile.TemporaryDirectory(prefix="etabli-") as place:
        nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
        if nobody:
            os.chmod(place, 0o777)
        arguments = {"nginx": _nginx, "apache": _apache, "mutualise": _mutualise, "caddy": _caddy}[nom](Path(place), dossier, chemin, port)
        with (Path(place) / "journal").open("w") as journal:
            env = {**os.environ, "HOME": place, "XDG_DATA_HOME": place, "XDG_CONFIG_HOME": place}
            processus = subprocess.Popen([commande, *arguments], stdout=journal, stderr=journal, env=env, **nobody)
        try:
            _wait(processus, port, Path(place))
            yield f"http://127.0.0.1:{port}{chemin}"
        finally:
            processus.terminate()
            processus.wait(10)


def find(nom: str) -> str:
    """The command of a server, installed if it may be; Caddy is used where it is, and not asked for."""
    if nom == "caddy":
        return shutil.which("caddy") or pytest.skip("Caddy n'est pas installé.")
    found = subprocess.run([RACINE / ".ci/trouver", nom], capture_output=True, text=True)
    if found.returncode:
        pytest.skip(found.stderr.strip())
    if nom == "apache" and not APACHE.is_dir():
        pytest.skip(f"les modules d'Apache ne sont pas dans {APACHE}, comme chez Debian.")
    return found.stdout.strip()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def at_place(nom: str, dossier: Path, chemin: str, **autres: str) -> str:
    """A file of deploiement/ with what its first lines ask to change; each text to replace must be there."""
    texte = (DEPLOIEMENT / nom).read_text(encoding="utf-8")
    if chemin != "/":
        texte = re.sub(r"^(\s*)\S.*?\s+# sous un chemin : (.*)$", r"\1\2", texte, flags=re.M)
        texte = re.sub(r"^ErrorDocument .*\n", "", texte, flags=re.M)
        texte = re.sub(r"^# (?=ErrorDocument )", "", texte, flags=re.M).replace("/transition", chemin.rstrip("/"))
    for ancien, neuf in {"/srv/etabli": str(dossier), **autres}.items():
        assert ancien in texte or nom == "htaccess", f"{nom} : {ancien}"
        texte = texte.replace(ancien, neuf)
    return texte


def _nginx(place: Path, dossier: Path, chemin: str, port: int) -> list[str]:
    module = {"# brotli_static on;": "brotli_static on;"} if BROTLI.is_file() else {}
    texte = at_place("nginx.conf", dossier, chemin, **{"listen 80;": f"listen 127.0.0.1:{port};"}, **module)
    (place / "etabli.conf").write_text(texte, encoding="utf-8")
    temporaires = " ".join(f"{nom}_temp_path {place}/{nom};" for nom in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    charge = f"load_module {BROTLI};\n" if module else ""
    (place / "nginx.conf").write_text(
        f"{charge}daemon off; worker_processes 2; pid {place}/pid; error_log {place}/erreurs;\nevents {{}}\n"
        f"http {{ access_log off; default_type application/octet-stream; {temporaires}\ninclude {place}/etabli.conf; }}\n",
        encoding="utf-8",
    )
    return ["-p", str(place), "-e", f"{place}/erreurs", "-c", f"{place}/nginx.conf"]


def _apache(place: Path, dossier: Path, chemin: str, port: int) -> list[str]:
    (place / "etabli-htaccess").write_text(at_place("htaccess", dossier, chemin), encoding="utf-8")
    change = {"/etc/apache2/etabli-htaccess": f"{place}/etabli-htaccess", "*:80": f"127.0.0.1:{port}"}
    (place / "etabli.conf").write_text(at_place("apache.conf", dossier, chemin, **change), encoding="utf-8")
    return _apache_of(place, port, f"Include {place}/etabli.conf")


def _mutualise(place: Path, dossier: Path, chemin: str, port: int) -> list[str]:
    """What most shared hosts allow, and no more."""
    (dossier / chemin.strip("/") / ".htaccess").write_text(at_place("htaccess", dossier, chemin), encoding="utf-8")
    allowed = "Require all granted\nOptions SymLinksIfOwnerMatch\nAllowOverride FileInfo Indexes"
    return _apache_of(place, port, f"DocumentRoot {dossier}\n<Directory {dossier}>\n{allowed}\n</Directory>")


def _apache_of(place: Path, port: int, site: str) -> list[str]:
    """Apache as Debian sets it up, down to the type that it gives to compressed files."""
    charge = "\n".join(f"LoadModule {nom}_module {APACHE}/mod_{nom}.so" for nom in MODULES)
    (place / "apache.conf").write_text(
        f"{charge}\nServerRoot {place}\nServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {place}/pid\nErrorLog {place}/erreurs\n"
        f"<Directory />\nRequire all denied\nAllowOverride None\n</Directory>\nTypesConfig /etc/mime.types\n"
        f"AddType application/x-gzip .gz .tgz\n{site}\n",
        encoding="utf-8",
    )
    return ["-f", f"{place}/apache.conf", "-DFOREGROUND"]


def _caddy(place: Path, dossier: Path, chemin: str, port: int) -> list[str]:
    texte = at_place("Caddyfile", dossier, chemin, **{"etabli.example {": f"http://127.0.0.1:{port} {{"})
    (place / "Caddyfile").write_text("{\n\tadmin off\n}\n" + texte, encoding="utf-8")
    return ["run", "--adapter", "caddyfile", "--config", f"{place}/Caddyfile"]


def _wait(processus: subprocess.Popen, port: int, place: Path) -> None:
    fin = time.monotonic() + 10
    while time.monotonic() < fin and processus.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    dits = "".join(path.read_text() for path in (place / "journal", place / "erreurs") if path.is_file())
    pytest.fail(f"le serveur ne démarre pas :\n{dits}", pytrace=False)
