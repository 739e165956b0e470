"""serveur.py (types, headers, 404), construction.py (build, swap) and serve.py (watch)."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from etabli import construction, serve
from etabli.construction import Commande
from etabli.serveur import EN_TETES, IMMUABLE, open_server

RACINE = Path(__file__).resolve().parents[2]


def fetch(adresse: str, **en_tetes: str):
    """(status, headers, body) of a GET, whatever the status."""
    try:
        reponse = urllib.request.urlopen(urllib.request.Request(adresse, headers=en_tetes), timeout=5)
    except urllib.error.HTTPError as erreur:
        reponse = erreur
    return reponse.status, reponse.headers, reponse.read()


@pytest.fixture
def site(tmp_path) -> Path:
    dossier = tmp_path / "site"
    (dossier / "assets/moteur/0123456789ab").mkdir(parents=True)
    (dossier / "vide").mkdir()
    (dossier / "index.html").write_text("accueil")
    (dossier / "404.html").write_text("perdu ?")
    for nom in ("a.mjs", "a.js", "a.wasm", "a.whl", "a.zip", "a.json", "a.yml", "a.inconnu", "assets/moteur/0123456789ab/b.wasm"):
        (dossier / nom).write_bytes(b"x")
    return dossier


@pytest.fixture
def adresse(site):
    with open_server(site) as adresse:
        yield adresse


@pytest.mark.parametrize(
    ("nom", "genre"),
    {
        "": "text/html; charset=utf-8",
        "a.mjs": "text/javascript; charset=utf-8",
        "a.js": "text/javascript; charset=utf-8",
        "a.wasm": "application/wasm",
        "a.whl": "application/zip",
        "a.zip": "application/zip",
        "a.json": "application/json",
        "a.yml": "text/plain; charset=utf-8",
        "a.inconnu": "application/octet-stream",
    }.items(),
)
def test_types(adresse, nom, genre):
    statut, en_tetes, _ = fetch(f"{adresse}/{nom}")
    assert (statut, en_tetes["Content-Type"]) == (200, genre)


@pytest.mark.parametrize("chemin", ["", "a.mjs", "rien", "assets/moteur/0123456789ab/b.wasm"])
def test_every_answer_carries_the_security_headers(adresse, chemin):
    _, en_tetes, _ = fetch(f"{adresse}/{chemin}")
    assert {nom: en_tetes[nom] for nom in EN_TETES} == EN_TETES


def test_unknown_addresses_get_the_page_of_the_site(adresse):
    statut, en_tetes, corps = fetch(f"{adresse}/rien")
    assert (statut, en_tetes["Content-Type"], corps) == (404, "text/html; charset=utf-8", b"perdu ?")


@pytest.mark.parametrize("chemin", ["vide/", "../test_serve.py", "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd"])
def test_no_folder_is_listed_and_nothing_is_read_outside(adresse, chemin):
    assert fetch(f"{adresse}/{chemin}")[0] == 404


def test_only_what_bears_the_hash_of_its_content_is_cached_for_ever(site, adresse):
    gardes = [
        "assets/moteur/0123456789ab/b.wasm",
        "commun/moteur/0123456789ab/b",
        "recherche/0123456789ab/b",
        "hors-ligne/0123456789ab.txt",
    ]
    autres = ["", "a.js", "a.js?/moteur/0123456789ab/", "recherche/index.json", "service-worker.js", "assets/moteur/0123456789ab/absent"]
    for chemin in [*gardes, "recherche/index.json", "service-worker.js"]:
        (site / chemin).parent.mkdir(parents=True, exist_ok=True)
        (site / chemin).write_bytes(b"x")
    attendu = dict.fromkeys(gardes, "public, max-age=31536000, immutable") | dict.fromkeys(autres, "no-cache")
    assert {chemin: fetch(f"{adresse}/{chemin}")[1]["Cache-Control"] for chemin in attendu} == attendu


def test_an_unchanged_page_is_not_sent_again(adresse):
    vu = fetch(f"{adresse}/")[1]["Last-Modified"]
    assert fetch(f"{adresse}/", **{"If-Modified-Since": vu})[0] == 304


@pytest.mark.parametrize("demande", [b"\x16\x03\x01\x02\x00\x01\r\n\r\n", b"GET //[ HTTP/1.1\r\nConnection: close\r\n\r\n"])
def test_what_is_no_request_gets_an_error_and_no_traceback(adresse, demande, capsys):
    with socket.create_connection(("127.0.0.1", int(adresse.rpartition(":")[2])), 5) as ligne:
        ligne.sendall(demande)
        assert re.search(rb" 40[04] ", ligne.recv(1000))
    assert capsys.readouterr().err == ""


def test_the_journal_tells_what_was_sent(site):
    journal = []
    with open_server(site, journal=journal) as adresse:
        fetch(f"{adresse}/a.js")
        fetch(f"{adresse}/rien")
    assert journal == [("GET", 200, "/a.js"), ("GET", 404, "/rien")]


def test_before_the_first_build_visitors_are_asked_to_wait(tmp_path):
    with open_server(tmp_path / "site") as adresse:
        statut, en_tetes, corps = fetch(f"{adresse}/")
    assert (statut, en_tetes["Refresh"]) == (503, "1")
    assert "se construit" in corps.decode()


@pytest.mark.parametrize("nom", ["nginx.conf", "htaccess", "Caddyfile"])
def test_sample_configurations_send_the_same_headers_and_keep_the_same_files(nom):
    """`tests/browser/test_serveurs.py` tries them for real, where nginx and Apache are installed."""
    texte = (RACINE / "deploiement" / nom).read_text()
    envoyes = dict(re.findall(r'^\s*(?:add_header|Header always set)?\s*([A-Z][\w-]+) "(.*?)"', texte, re.M))
    assert {en_tete: envoyes.get(en_tete) for en_tete in EN_TETES} == EN_TETES
    assert IMMUABLE.pattern in texte


def test_the_container_copies_what_is_there():
    lignes = re.findall(r"^COPY ([^-].*) \S+$", (RACINE / "deploiement/Containerfile").read_text(), re.M)
    assert [chemin for ligne in lignes for chemin in ligne.split() if not (RACINE / chemin).exists()] == []
    assert {"Makefile", "hooks", "data"} <= set(" ".join(lignes).split())


def test_what_others_wrote_and_publishes_the_site_is_pinned():
    actions = re.findall(r"uses: (\S+)", (RACINE / "deploiement/github-pages.yml").read_text())
    assert actions
    assert [action for action in actions if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)] == []


# --- construction.py and serve.py ----------------------------------------------------------------------------------

MKDOCS = """site_name: Essai
use_directory_urls: true
theme: {name: null, custom_dir: theme}
plugins: []
"""


@pytest.fixture
def projet(tmp_path) -> Path:
    """The smallest project that MkDocs builds, with the page of the site that says what it weighs offline."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "main.html").write_text("{{ page.content }}")
    (tmp_path / "docs" / "index.md").write_text("premier")
    (tmp_path / "docs" / "hors-connexion.md").write_text("<p><data data-poids>?</data> Mo</p>")
    (tmp_path / "mkdocs.yml").write_text(MKDOCS)
    return tmp_path


def test_a_build_takes_the_place_of_the_site(projet):
    (projet / "site").mkdir()
    (projet / "site" / "ancien.html").write_text("")
    assert construction.build_site(Commande(projet))
    assert "premier" in (projet / "site" / "index.html").read_text()
    assert not (projet / "site" / "ancien.html").exists()
    assert "<data data-poids>0,1</data>" in (projet / "site" / "hors-connexion" / "index.html").read_text()
    assert '"index.html"' in (projet / "site" / "service-worker.js").read_text()
    assert [p.name for p in (projet / "build").iterdir()] == []


def test_a_failed_build_leaves_the_site_as_it_was(projet, capfd):
    construction.build_site(Commande(projet))
    (projet / "mkdocs.yml").write_text("site_name: [")
    assert not construction.build_site(Commande(projet))
    assert "premier" in (projet / "site" / "index.html").read_text()
    assert "mkdocs.yml" in capfd.readouterr().err


def test_two_builds_at_once_do_not_spoil_each_other(projet, monkeypatch):
    """`make site` while `make serve` builds: the last to finish is the site."""
    builds = []

    def build(racine, arguments, env):
        target, rank = Path(arguments[-1]), len(builds) + 1
        builds.append(target)
        if rank == 1:
            assert construction.build_site(Commande(projet))
        (target / "hors-connexion").mkdir(parents=True)
        (target / "hors-connexion" / "index.html").write_text("hors connexion")
        (target / "index.html").write_text(f"construction {rank}")
        return True

    monkeypatch.setattr(construction, "run", build)
    assert construction.build_site(Commande(projet))
    assert len(set(builds)) == 2
    assert (projet / "site" / "index.html").read_text() == "construction 1"
    assert list((projet / "build").iterdir()) == []


def test_an_engine_that_does_not_build_is_said_and_nothing_is_published(projet, monkeypatch, capsys):
    changes = iter([(["wasm/engine/etabli_engine/score.py"], {})])
    monkeypatch.setattr(serve, "wait_for_change", lambda racine, etat, espace: next(changes))
    monkeypatch.setattr(serve, "build_site", lambda commande: True)
    monkeypatch.setattr(serve, "run", lambda racine, arguments: False)
    with pytest.raises(StopIteration):
        serve.follow(Commande(projet), "http://127.0.0.1:8000")
    assert capsys.readouterr().out.count("à jour en") == 1, "the first build only"


def test_what_is_watched(projet):
    for nom in ("data/a.yml", "wasm/web/x.js", "hooks/__pycache__/x.pyc", "data/.a.yml.swp", "data/a.yml~", "build/x", "site/x"):
        (projet / nom).parent.mkdir(parents=True, exist_ok=True)
        (projet / nom).write_text("")
    assert sorted(serve.look(projet)) == [
        "data/a.yml", "docs/hors-connexion.md", "docs/index.md", "mkdocs.yml", "theme/main.html", "wasm/web/x.js",
    ]  # fmt: skip


def test_the_folder_of_the_espace_is_watched_too(projet, tmp_path_factory):
    """Wherever it stands: in the project it is told by its path there, elsewhere by its name."""
    ailleurs = tmp_path_factory.mktemp("espaces") / "chez-nous"
    for dossier in (projet / "espaces" / "ici", ailleurs):
        (dossier / "pages").mkdir(parents=True)
        (dossier / "espace.yml").write_text("")
        (dossier / "pages" / "a.md").write_text("")
    assert set(serve.look(projet, projet / "espaces" / "ici")) - set(serve.look(projet)) == {
        "espaces/ici/espace.yml",
        "espaces/ici/pages/a.md",
    }
    before = serve.look(projet, ailleurs)
    assert set(before) - set(serve.look(projet)) == {"chez-nous/espace.yml", "chez-nous/pages/a.md"}
    (ailleurs / "espace.yml").write_text("nom: Ici")
    assert serve.wait_for_change(projet, before, ailleurs)[0] == ["chez-nous/espace.yml"]


def test_what_a_build_is_told(projet, monkeypatch, tmp_path_factory):
    """Through the environment, which `mkdocs.yml` reads: a former one never leaks into it."""
    told = {}

    def build(racine, arguments, env):
        told.update(env)
        (Path(arguments[-1]) / "hors-connexion").mkdir(parents=True)
        (Path(arguments[-1]) / "hors-connexion" / "index.html").write_text("hors connexion")
        return True

    monkeypatch.setattr(construction, "run", build)
    monkeypatch.setenv("ETABLI_ESPACE", "/un/autre")
    asked = re.findall(r"!ENV \[(ETABLI_\w+)", (RACINE / "mkdocs.yml").read_text())
    assert {"ETABLI_ESPACE", "ETABLI_MODE", "ETABLI_MOTEUR"} <= set(asked)
    assert construction.build_site(Commande(projet))
    assert (told["ETABLI_ESPACE"], told["ETABLI_MODE"], told["ETABLI_MOTEUR"]) == ("", "", "")
    sortie = tmp_path_factory.mktemp("sorties") / "ici"
    (sortie.parent / "commun" / "communes").mkdir(parents=True)
    commande = Commande(projet, projet / "espaces" / "ici", sortie, publication=True, commun=sortie.parent / "commun")
    assert construction.build_site(commande)
    assert told["ETABLI_ESPACE"] == str(projet / "espaces" / "ici")
    assert (told["ETABLI_MODE"], told["ETABLI_MOTEUR"]) == ("publication", "../commun/moteur/")
    assert sorted(path.name for path in sortie.iterdir()) == ["hors-connexion", "hors-ligne", "service-worker.js"]


def test_which_changes_touch_the_engine():
    moteur = ["wasm/engine/etabli_engine/score.py", "wasm/engine/pyproject.toml", "wasm/build.py", "wasm/essais.json"]
    autres = ["wasm/web/worker.js", "wasm/README.md", "data/a.yml", "hooks/etabli/api.py"]
    assert [chemin for chemin in moteur + autres if serve.is_engine(chemin)] == moteur


def test_a_taken_port_gets_one_line(projet, capsys):
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        prise.listen()
        port = prise.getsockname()[1]
        assert serve.serve(projet, port) == 1
    assert capsys.readouterr().err == f"Établi : le port {port} est déjà pris. Essayez : make serve PORT={port + 1}\n"


def wait_for(condition, delai: float = 20.0) -> None:
    fin = time.monotonic() + delai
    while not condition():
        assert time.monotonic() < fin, "nothing came"
        time.sleep(0.1)


def test_saving_rebuilds_failing_keeps_and_ctrl_c_is_silent(projet, tmp_path_factory):
    journal = tmp_path_factory.mktemp("serve") / "journal"
    programme = "import sys; from pathlib import Path; from etabli.serve import serve; sys.exit(serve(Path('.'), 0))"
    env = {**os.environ, "PYTHONPATH": str(RACINE / "hooks")}
    with journal.open("w") as sortie:
        processus = subprocess.Popen([sys.executable, "-c", programme], cwd=projet, stdout=sortie, stderr=sortie, env=env)
    try:
        wait_for(lambda: "à jour en" in journal.read_text())
        adresse = re.search(r"http://[\d.:]+", journal.read_text())[0]
        assert b"premier" in fetch(f"{adresse}/")[2]

        (projet / "docs" / "index.md").write_text("second")
        wait_for(lambda: journal.read_text().count("à jour en") == 2)
        assert "modifié : docs/index.md — reconstruction…" in journal.read_text()
        assert b"second" in fetch(f"{adresse}/")[2]

        (projet / "mkdocs.yml").write_text("site_name: [")
        wait_for(lambda: "la construction a échoué, le site précédent reste servi" in journal.read_text())
        assert b"second" in fetch(f"{adresse}/")[2]

        avant = journal.read_text()
        processus.send_signal(signal.SIGINT)
        assert processus.wait(10) == 0
        assert journal.read_text() == avant
    finally:
        processus.kill()
        processus.wait()
