"""adresses.py and visites.py: what is asked of which site, when, how politely, and what is told of it."""

import dataclasses
import datetime
import errno
import http.server
import io
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from etabli import adresses, visites
from etabli.__main__ import main
from etabli.adresses import check_addresses, collect_addresses, find_addresses, read_cache
from etabli.catalogue import Catalogue
from etabli.load import Document
from etabli.visites import CONSTATS, Constat, Tournee

from .test_architecture import imports_of
from .test_sample import SAMPLE

RACINE = Path(__file__).resolve().parents[2]
JOUR = datetime.date(2026, 11, 21)
RESOLVE = socket.getaddrinfo


class Pages(http.server.BaseHTTPRequestHandler):
    """One server for every host of these tests; `server.journal` holds (host, method, path, start, end, agent)."""

    moved = {
        "/perm": (301, "/ok"), "/temp": (302, "/ok"), "/profonde": (302, "/"), "/profonde-fr": (301, "/fr/"), "/fr": (301, "/"),
        "/boucle-a": (302, "/boucle-b"), "/boucle-b": (302, "/boucle-a"), "/vers-disque": (302, "file://localhost/etc/hostname"),
        "/vers-absente": (301, "/absente"), "/vers-accent": (301, "/é%20t%C3%A9?q=à"),
        **{f"/saut-{n}": (302, f"/saut-{n - 1}") for n in range(1, 8)},
    }  # fmt: skip
    codes = {
        "/absente": 404, "/retiree": 410, "/refus": 403, "/identifiez-vous": 401, "/plus-tard": 429, "/panne": 500, "/pas-la": 503,
        "/etrange": 304,
    }  # fmt: skip

    def do_HEAD(self):
        start = time.monotonic()
        path = self.path
        if path == "/vers-commun":
            self.moved = {path: (302, f"http://commun.test:{self.server.server_port}/ok")}
        if path.startswith("/lente"):
            self.server.slow.set()
            self.server.release.wait(6)
        if path == "/raccroche" and self.command == "HEAD":
            self.close_connection = True
        else:
            code, place = self.moved.get(path, (self.codes.get(path, 200), None))
            if path in ("/sans-head", "/infinie", "/head-menteur") and self.command == "HEAD":
                code = {"/sans-head": 403, "/infinie": 405, "/head-menteur": 404}[path]
            time.sleep(self.server.pace)
            # Before the answer leaves: the one who asks may not begin again sooner.
            self.server.journal.append((self.headers["Host"].split(":")[0], self.command, path, start, time.monotonic(), self.headers))
            self.send_response(code)
            if place:
                self._headers_buffer.append(b"Location: " + place.encode() + b"\r\n")
            self.end_headers()

    def do_GET(self):
        self.do_HEAD()
        try:
            while self.path == "/infinie" and self.server.sent < 50_000_000:
                self.server.sent += self.wfile.write(b"x" * 10_000)
        except OSError:
            pass

    def log_message(self, *_):
        pass


@pytest.fixture
def serveur(monkeypatch):
    """The server, with every « *.test » host leading to it, « *.invalid » to nothing, and a quick pace."""

    def resolve(host, port, *rest, **options):
        if str(host).endswith(".panne-dns"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if not str(host).endswith(".test"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return RESOLVE("127.0.0.1", port, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(visites, "PAUSE", 0)
    monkeypatch.setattr(visites, "DELAI", 0.4)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.handle_error = lambda *_: None  # a client that has gone away is what some tests want
    server.journal, server.pace, server.sent = [], 0, 0
    server.slow, server.release = threading.Event(), threading.Event()
    server.site = f"http://un.test:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.release.set()
    server.shutdown()
    server.server_close()


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


# --- One visit -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "etat", "raison", "code", "finale"),
    [
        ("/ok", "valide", "ouverte", 200, None),
        ("/été?q=à", "valide", "ouverte", 200, None),
        ("/perm", "valide", "deplacee", 200, "/ok"),
        ("/temp", "valide", "renvoi", 200, "/ok"),
        ("/vers-accent", "valide", "deplacee", 200, "/%C3%A9%20t%C3%A9?q=%C3%A0"),
        ("/profonde", "incertain", "accueil", 200, "/"),
        ("/profonde-fr", "incertain", "accueil", 200, "/fr/"),
        ("/fr", "valide", "deplacee", 200, "/"),
        ("/saut-5", "valide", "renvoi", 200, "/saut-0"),
        ("/saut-6", "incertain", "boucle", 302, "/saut-0"),
        ("/boucle-a", "incertain", "boucle", 302, "/boucle-a"),
        ("/vers-disque", "incertain", "inattendue", 302, "file://localhost/etc/hostname"),
        ("/absente", "invalide", "absente", 404, None),
        ("/vers-absente", "invalide", "absente", 404, "/absente"),
        ("/retiree", "invalide", "retiree", 410, None),
        ("/sans-head", "valide", "ouverte", 200, None),
        ("/head-menteur", "valide", "ouverte", 200, None),
        ("/raccroche", "valide", "ouverte", 200, None),
        ("/refus", "incertain", "refus", 403, None),
        ("/identifiez-vous", "incertain", "refus", 401, None),
        ("/plus-tard", "incertain", "attente", 429, None),
        ("/panne", "incertain", "panne", 500, None),
        ("/pas-la", "incertain", "panne", 503, None),
        ("/etrange", "incertain", "inattendue", 304, None),
        ("/lente", "incertain", "delai", None, None),
    ],
)
def test_what_a_page_of_a_site_is_said_to_be(serveur, path, etat, raison, code, finale):
    address = serveur.site + path
    constat = Tournee(JOUR).visit(address)
    end = address if finale is None else finale if ":" in finale else serveur.site + finale
    assert (constat.etat, constat) == (etat, Constat(raison, code, JOUR, end))


@pytest.mark.parametrize(
    ("address", "etat", "raison"),
    [
        ("http://personne.invalid/page", "invalide", "site-inconnu"),
        ("http://un.panne-dns/page", "incertain", "injoignable"),
        ("http://un.test:{closed}/page", "incertain", "injoignable"),
        ("https://un.test:{open}/page", "incertain", "certificat"),  # the server speaks no TLS
        ("http://un.test:99999/", "invalide", "mal-ecrite"),
        ("http://a..b/", "invalide", "mal-ecrite"),
        ("http://[un/", "invalide", "mal-ecrite"),
    ],
)
def test_what_a_site_that_gives_no_answer_is_said_to_be(serveur, address, etat, raison):
    address = address.format(closed=closed_port(), open=serveur.server_port)
    constat = Tournee(JOUR).visit(address)
    assert (constat.etat, constat) == (etat, Constat(raison, None, JOUR, address))


def test_a_get_follows_a_refused_head_only_and_says_who_asks(serveur):
    for path in ("/ok", "/sans-head", "/plus-tard", "/boucle-a"):
        Tournee(JOUR).visit(serveur.site + path)
    asked = [(method, path) for _, method, path, *_ in serveur.journal]
    assert asked == [
        ("HEAD", "/ok"), ("HEAD", "/sans-head"), ("GET", "/sans-head"), ("HEAD", "/plus-tard"),
        ("HEAD", "/boucle-a"), ("HEAD", "/boucle-b"),
    ]  # fmt: skip
    assert {headers["User-Agent"] for *_, headers in serveur.journal} == {"Etabli-liens/1"}
    assert not {name for *_, headers in serveur.journal for name in headers} & {"Cookie", "Referer", "Authorization"}


def test_a_page_is_not_downloaded(serveur):
    """The server sends without end; all that goes out is what the two ends of the connection hold in store."""
    assert Tournee(JOUR).visit(serveur.site + "/infinie").raison == "ouverte"
    time.sleep(0.2)
    sent = serveur.sent
    time.sleep(0.2)
    assert 0 < sent == serveur.sent < 50_000_000


# --- Politeness ------------------------------------------------------------------------------------


def test_one_request_at_a_time_per_host_with_a_pause_and_few_hosts_at_once(serveur, monkeypatch):
    """Twelve hosts, each with a page that leads to the same thirteenth: that one too is asked once at a time."""
    monkeypatch.setattr(visites, "PAUSE", 0.04)
    monkeypatch.setattr(visites, "DELAI", 5)
    serveur.pace = 0.03
    hosts = [f"h{n}.test" for n in range(12)]
    addresses = [f"http://{host}:{serveur.server_port}{path}" for host in hosts for path in ("/vers-commun", "/ok", "/absente")]
    found = dict(Tournee(JOUR).visit_all(addresses, 60))
    assert sorted(found) == sorted(addresses)
    by_host: dict[str, list[tuple[float, float]]] = {}
    for host, _, _, start, end, _ in serveur.journal:
        by_host.setdefault(host, []).append((start, end))
    assert {host: len(times) for host, times in by_host.items()} == dict.fromkeys(hosts, 4) | {"commun.test": 12}
    for times in by_host.values():
        times.sort()
        gaps = [after[0] - before[1] for before, after in itertools.pairwise(times)]
        assert min(gaps) >= visites.PAUSE
    times = [time_ for spans in by_host.values() for time_ in spans]
    at_once = [sum(start <= moment < end for start, end in times) for moment, _ in times]
    assert 1 < max(at_once) <= 8


def test_no_more_than_eight_hosts_even_when_a_ninth_visit_is_asked_for(serveur, monkeypatch):
    monkeypatch.setattr(visites, "DELAI", 5)
    serveur.pace = 0.1
    tournee = Tournee(JOUR)
    visits = [threading.Thread(target=tournee.visit, args=(f"http://h{n}.test:{serveur.server_port}/ok",)) for n in range(20)]
    for visit in visits:
        visit.start()
    for visit in visits:
        visit.join()
    times = [(start, end) for _, _, _, start, end, _ in serveur.journal]
    assert len(times) == 20
    assert max(sum(start <= moment < end for start, end in times) for moment, _ in times) in range(5, 9)


# --- Where addresses are written -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.fr/b_(c).", ["https://a.fr/b_(c)."]),  # a field of its own: nothing is cut
        ("Voir [le site](https://a.fr/b).", ["https://a.fr/b"]),
        ("Voir [le site](https://a.fr/b_(c) \"titre\"), puis <https://c.fr>.", ["https://a.fr/b_(c)", "https://c.fr"]),
        ("(voir https://a.fr/b),\n**https://c.fr/d**", ["https://a.fr/b", "https://c.fr/d"]),
        ("[un]: https://a.fr/?x=1&amp;y=2\n", ["https://a.fr/?x=1&y=2"]),
        ("<a href=\"https://a.fr/b\">", ["https://a.fr/b"]),
        ("`https://a.fr` et <!-- https://b.fr --> rien", []),
        ("```yaml\nurl: https://a.fr\n```\net https://b.fr", ["https://b.fr"]),
        ("mailto:a@b.fr, www.a.fr, page.md", []),
    ],
)  # fmt: skip
def test_addresses_of_a_text(text, expected):
    assert [address for _, address in find_addresses(text)] == expected


def test_the_line_of_an_address_counts_what_is_shown_as_code():
    assert list(find_addresses("# Titre\n\n```\nhttps://a.fr\n```\nVoir https://b.fr.")) == [(6, "https://b.fr")]


def test_every_address_of_the_data_is_collected_at_the_line_where_it_stands():
    """Against the raw text of the files: what the models hold, no more and no less, each at its line."""
    from etabli.build import open_catalogue, today

    cat, _ = open_catalogue(RACINE / "data", today())
    collected = {(place.split("  ")[0], address) for address, places in collect_addresses(cat, RACINE).items() for place in places}
    raw = set()
    for path in sorted((RACINE / "data").rglob("*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if path.name != "site.yml" and "espaces" not in path.parts and not line.lstrip().startswith("#"):
                name = path.relative_to(RACINE).as_posix()
                raw |= {(f"{name}:{number}", a.split("#")[0]) for a in re.findall(r"https?://[^\s\"'},]+", line)}
    assert len(raw) > 200
    assert {pair for pair in collected if pair[0].startswith("data/")} == raw


# --- The command, from data to report --------------------------------------------------------------


def essai(tmp_path, *lines: str) -> Catalogue:
    """A catalogue without anything, beside a page of docs/ that holds `lines`."""
    (tmp_path / "docs" / "guides").mkdir(parents=True, exist_ok=True)
    (tmp_path / "docs" / "guides" / "page.md").write_text("\n".join(lines), encoding="utf-8")
    return Catalogue(JOUR, documents={("glossaire", "glossaire"): Document("data/glossaire.yml")})


def cached(tmp_path) -> dict:
    return json.loads((tmp_path / "build" / "liens.json").read_text(encoding="utf-8"))["adresses"]


def make_data(tmp_path, site: str) -> Path:
    """The miniature data with three addresses, in a field, in a text and in docs/."""
    shutil.copytree(SAMPLE, tmp_path / "data")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(f"Bonjour\n\n[un]({site}/absente#ici), [deux]({site}/ok), http://127.0.0.1:8000\n")
    for path in (tmp_path / "data").rglob("*.yml"):
        text = re.sub(r"https?://[^\s\"'}]+", f"{site}/ok", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    glossary = tmp_path / "data" / "glossaire.yml"
    text = glossary.read_text(encoding="utf-8").replace("definition: Le plan", f"definition: Selon [ce site]({site}/absente), le plan", 1)
    glossary.write_text(text, encoding="utf-8")
    with (tmp_path / "data" / "vocabulaires" / "documents.yml").open("a", encoding="utf-8") as documents:
        documents.write(f"- {{id: enquete, libelle: Enquête, description: Une enquête., url: {site}/absente}}\n")
    return tmp_path / "data"


def test_the_command_tells_file_line_and_key(serveur, tmp_path, capsys):
    data = make_data(tmp_path, serveur.site)
    assert main(["liens", "--data", str(data)]) == 1
    out, err = capsys.readouterr()
    line = 1 + [line.strip()[:10] for line in (data / "glossaire.yml").read_text().splitlines()].index("definition")
    entry = f"data/vocabulaires/documents.yml:{len((data / 'vocabulaires' / 'documents.yml').read_text().splitlines())}"
    assert err == "", "nothing of the progress when piped"
    assert out.startswith("2 adresses : 1 valide, 1 invalide, 0 incertaine.\n\nInvalides : à corriger\n")
    places = f"\ndata/glossaire.yml:{line}  1.definition\n{entry}  2.url\ndocs/page.md:3\n"
    assert f"{places}  {serveur.site}/absente\n  La page n'existe pas (réponse 404)" in out
    assert "  À faire : cherchez la page sur ce site, ou retirez l'adresse.\n" in out
    assert [path for *_, path, _, _, _ in serveur.journal].count("/ok") == 1, "asked once, however often it is cited"


def test_states_are_counted_then_told_worst_first(serveur, tmp_path, capsys):
    pages = ("panne", "perm", "retiree", "ok", "profonde", "absente")
    cat = essai(tmp_path, *(f"<{serveur.site}/{page}>" for page in pages))
    assert check_addresses(cat, tmp_path) == 1
    out = capsys.readouterr().out
    assert out.startswith("6 adresses : 2 valides, 2 invalides, 2 incertaines.\n")
    told = re.findall(r"^(Invalides|Incertaines|Valides)|^  http://un.test:\d+/(\w+)$|^docs/guides/page.md:(\d)$", out, re.M)
    assert ["".join(parts) for parts in told] == [
        "Invalides", "3", "retiree", "6", "absente", "Incertaines", "1", "panne", "5", "profonde", "Valides", "2", "perm",
    ]  # fmt: skip
    assert f"  mène à {serveur.site}/ok\n" in out and "vu le 21 novembre 2026" in out


def test_uncertain_only_is_no_failure(serveur, tmp_path, capsys):
    assert check_addresses(essai(tmp_path, serveur.site + "/panne "), tmp_path) == 0
    assert "1 incertaine." in capsys.readouterr().out


def test_a_connection_that_is_not_trusted_is_no_missing_network(serveur, tmp_path, capsys):
    """As behind the filter of an office: every site is there, none shows a certificate that Python knows."""
    assert check_addresses(essai(tmp_path, f"<https://un.test:{serveur.server_port}/ok>"), tmp_path) == 0
    out, err = capsys.readouterr()
    assert err == "" and "La connexion sécurisée a échoué" in out


def test_every_finding_has_a_sentence_and_an_advice():
    assert {etat for etat, _, _ in CONSTATS.values()} == {"valide", "invalide", "incertain"} == set(adresses.DUREES)
    assert [raison for raison, (_, said, advice) in CONSTATS.items() if not said or not advice] == ["ouverte"]


# --- The cache -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "days"), [("ok", 30), ("absente", 7), ("panne", 1)])
def test_an_answer_is_good_for_some_days(serveur, tmp_path, page, days):
    cat = essai(tmp_path, f"<{serveur.site}/{page}>")
    check_addresses(cat, tmp_path)
    first = len(serveur.journal)
    check_addresses(dataclasses.replace(cat, jour=JOUR + datetime.timedelta(days - 1)), tmp_path)
    assert len(serveur.journal) == first
    check_addresses(dataclasses.replace(cat, jour=JOUR - datetime.timedelta(1)), tmp_path)
    assert len(serveur.journal) == 2 * first, "a date to come is not believed"
    check_addresses(dataclasses.replace(cat, jour=JOUR + datetime.timedelta(days)), tmp_path)
    assert len(serveur.journal) == 3 * first
    assert cached(tmp_path)[f"{serveur.site}/{page}"]["verifie_le"] == (JOUR + datetime.timedelta(days)).isoformat()
    check_addresses(cat, tmp_path, tout=True)
    check_addresses(cat, tmp_path, tout=True)
    assert len(serveur.journal) == 5 * first


def test_the_cache_holds_what_is_cited_and_nothing_else(serveur, tmp_path):
    check_addresses(essai(tmp_path, f"<{serveur.site}/ok> <{serveur.site}/perm>"), tmp_path)
    check_addresses(essai(tmp_path, f"<{serveur.site}/perm> <{serveur.site}/absente>"), tmp_path)
    assert cached(tmp_path) == {
        f"{serveur.site}/{page}": {"etat": etat, "code": code, "raison": raison, "verifie_le": "2026-11-21", "finale": serveur.site + end}
        for page, etat, code, raison, end in (
            ("absente", "invalide", 404, "absente", "/absente"), ("perm", "valide", 200, "deplacee", "/ok"),
        )
    }  # fmt: skip
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["liens.json"]


def test_hors_ligne_asks_nothing_and_tells_what_is_known(serveur, tmp_path, capsys):
    cat = essai(tmp_path, f"<{serveur.site}/absente>")
    check_addresses(cat, tmp_path)
    serveur.journal.clear()
    later = dataclasses.replace(essai(tmp_path, f"<{serveur.site}/absente> <{serveur.site}/ok>"), jour=datetime.date(2028, 1, 1))
    before = (tmp_path / "build" / "liens.json").read_bytes()
    capsys.readouterr()
    assert check_addresses(later, tmp_path, hors_ligne=True) == 1
    out = capsys.readouterr().out
    assert out.startswith("2 adresses : 0 valide, 1 invalide, 0 incertaine, 1 pas encore vérifiée.\n")
    assert "vu le 21 novembre 2026" in out
    assert serveur.journal == [] and (tmp_path / "build" / "liens.json").read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        "", "{", "[]", '{"adresses": []}', '{"adresses": {"http://a.test/": 3}}', "\udcff", "[" * 200_000,
        '{"adresses": {"http://a.test/": {"raison": "inconnue", "code": 200, "verifie_le": "2026-11-21", "finale": ""}}}',
        '{"adresses": {"http://a.test/": {"raison": "ouverte", "code": 200, "verifie_le": "hier", "finale": ""}}}',
        '{"adresses": {"http://a.test/": {"raison": "ouverte", "code": "x", "verifie_le": "2026-11-21", "finale": ""}}}',
    ],
    ids=lambda text: text[:70],
)  # fmt: skip
def test_a_damaged_cache_is_put_aside_with_one_sentence(serveur, tmp_path, capsys, damage):
    cat = essai(tmp_path, f"<{serveur.site}/ok>")
    cache = tmp_path / "build" / "liens.json"
    cache.parent.mkdir()
    cache.write_bytes(damage.encode(errors="surrogateescape"))
    assert check_addresses(cat, tmp_path) == 0
    assert capsys.readouterr().err == "Établi : liens.json était abîmé. Il est mis de côté sous le nom liens-abime.json.\n"
    assert (cache.parent / "liens-abime.json").read_bytes() == damage.encode(errors="surrogateescape")
    assert list(cached(tmp_path)) == [f"{serveur.site}/ok"]


def test_the_cache_is_written_whole_or_not_at_all(serveur, tmp_path, monkeypatch):
    cat = essai(tmp_path, f"<{serveur.site}/ok>")
    check_addresses(cat, tmp_path)
    before = (tmp_path / "build" / "liens.json").read_bytes()

    def full(path, text, **_):
        path.open("w").write(text[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError):
        check_addresses(cat, tmp_path, tout=True)
    assert (tmp_path / "build" / "liens.json").read_bytes() == before


# --- No network, Ctrl-C, the limit, the terminal ---------------------------------------------------


@pytest.fixture
def no_network(monkeypatch, serveur):
    """As on a computer whose name service says of every site that it does not exist."""

    def cut():
        def resolve(host, *_, **__):
            asked.append(host)
            time.sleep(0.05)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        asked: list[str] = []
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return asked

    return cut


def test_without_a_network_it_is_said_once_and_nothing_known_is_lost(serveur, tmp_path, capsys, no_network):
    cat = essai(tmp_path, f"<{serveur.site}/ok> <http://deux.test:{serveur.server_port}/panne>")
    check_addresses(cat, tmp_path)
    before = (tmp_path / "build" / "liens.json").read_bytes()
    no_network()
    capsys.readouterr()
    assert check_addresses(cat, tmp_path, tout=True) == 0
    out, err = capsys.readouterr()
    assert err.count("aucun site ne répond : êtes-vous connecté ?") == 1 == err.count("\n")
    assert out.startswith("2 adresses : 1 valide, 0 invalide, 1 incertaine.\n")
    assert (tmp_path / "build" / "liens.json").read_bytes() == before


def test_without_a_network_the_first_time_nothing_is_made_up_and_it_stops_soon(serveur, tmp_path, capsys, no_network):
    asked = no_network()
    cat = essai(tmp_path, *(f"<http://h{n}.test/page>" for n in range(200)))
    assert check_addresses(cat, tmp_path) == 0
    out, err = capsys.readouterr()
    assert err.count("\n") == 1 and "êtes-vous connecté ?" in err
    assert out == "200 adresses : 0 valide, 0 invalide, 0 incertaine, 200 pas encore vérifiées.\n"
    assert not (tmp_path / "build").exists()
    assert len(set(asked)) < 100


def test_a_site_that_is_gone_is_told_apart_from_a_network_that_is_gone(serveur, tmp_path, capsys):
    """Alone to be asked, it is invalide all the same: a site that answered in an earlier round still does."""
    check_addresses(essai(tmp_path, f"<{serveur.site}/ok>"), tmp_path)
    cat = essai(tmp_path, f"<{serveur.site}/ok>", *(f"<http://h{n}.invalid/page>" for n in range(20)))
    assert check_addresses(cat, tmp_path) == 1
    out, err = capsys.readouterr()
    assert err == "" and "21 adresses : 1 valide, 20 invalides" in out


def test_a_network_lost_on_the_way_leaves_what_was_found(serveur, tmp_path, capsys, no_network, monkeypatch):
    real = Tournee.visit_all

    def cut_after_first(self, addresses, limite):
        yield from real(self, addresses[:1], limite)
        no_network()
        yield from real(self, addresses[1:], limite)

    monkeypatch.setattr(Tournee, "visit_all", cut_after_first)
    cat = essai(tmp_path, f"<{serveur.site}/ok>", f"<{serveur.site}/perm>")
    assert check_addresses(cat, tmp_path) == 0
    assert "êtes-vous connecté ?" in capsys.readouterr().err
    assert list(cached(tmp_path)) == [f"{serveur.site}/ok"]


def test_ctrl_c_keeps_what_was_found_and_stops_at_once(serveur, tmp_path):
    """The real command and the real signal, while a site keeps us waiting."""
    port = serveur.server_port
    data = make_data(tmp_path, serveur.site)
    (tmp_path / "docs" / "page.md").write_text(f"<{serveur.site}/absente> <http://lent.test:{port}/lente>")
    code = (
        "import socket, sys; real = socket.getaddrinfo\n"
        "socket.getaddrinfo = lambda host, *r, **o: real('127.0.0.1', *r, **o)\n"
        f"from etabli.__main__ import main; sys.exit(main(['liens', '--data', {str(data)!r}]))"
    )
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")} | {"PYTHONPATH": str(RACINE / "hooks")}
    command = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert serveur.slow.wait(30)
        deadline = time.monotonic() + 10
        while len(serveur.journal) < 3 and time.monotonic() < deadline:  # /ok by HEAD, /absente by HEAD and GET
            time.sleep(0.05)
        time.sleep(0.4)
        start = time.monotonic()
        command.send_signal(signal.SIGINT)
        out, err = command.communicate(timeout=20)
    finally:
        command.kill()
    assert time.monotonic() - start < 3
    assert err == "Établi : vous avez arrêté la commande. 2 / 3 adresses vérifiées : relancez la commande pour la suite.\n"
    assert out.startswith("3 adresses : 1 valide, 1 invalide, 0 incertaine, 1 pas encore vérifiée.\n")
    assert command.returncode == 1
    assert sorted(cached(tmp_path)) == [f"{serveur.site}/absente", f"{serveur.site}/ok"]


def test_the_limit_stops_the_round_and_no_request_leaves_after_it(serveur, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(visites, "DELAI", 5)
    serveur.pace = 0.2
    cat = essai(tmp_path, *(f"<{serveur.site}/page-{n}>" for n in range(30)))
    assert check_addresses(cat, tmp_path, limite=1) == 0
    kept = len(cached(tmp_path))
    assert 1 <= kept < 10
    assert capsys.readouterr().err.startswith(f"Établi : temps écoulé (1 s). {kept} / 30 adresses vérifiées")
    time.sleep(0.6)
    asked = len(serveur.journal)
    time.sleep(0.6)
    assert len(serveur.journal) == asked <= kept + 2


def test_progress_is_for_a_terminal(serveur, tmp_path, monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    check_addresses(essai(tmp_path, f"<{serveur.site}/ok> <{serveur.site}/perm>"), tmp_path)
    shown = terminal.getvalue().split("\r\033[K")
    assert shown == ["", "Établi : 1 / 2 adresses vérifiées…", "Établi : 2 / 2 adresses vérifiées…", ""]


# --- Never during a build --------------------------------------------------------------------------


def test_only_the_command_line_imports_them():
    """Read from the code, and seen when all that builds and serves is loaded."""
    modules = {
        path.stem: imports_of(path) for path in [*(RACINE / "hooks").rglob("*.py"), RACINE / "wasm" / "build.py"] if path.stem != "__init__"
    }

    def importers(name: str) -> set[str]:
        return {stem for stem, imported in modules.items() if imported & {f".{name}", f"etabli.{name}"}}

    assert importers("adresses") == {"__main__", "publication"}
    assert importers("visites") == {"adresses", "publication"}
    assert not {name for names in modules.values() for name in names if name.startswith("urllib.request")} - {"urllib.request"}
    assert {stem for stem, names in modules.items() if "urllib.request" in names} == {"visites", "verifier_http"}
    code = "import sys, mkdocs_events, etabli.serve; print([m for m in sys.modules if m in ('etabli.adresses', 'etabli.visites')])"
    run = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(RACINE / "hooks")}, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_a_cache_that_is_not_there_knows_nothing(tmp_path, capsys):
    assert read_cache(tmp_path / "liens.json") == {}
    assert capsys.readouterr().err == ""
