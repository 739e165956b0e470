"""The site kept on a device: opened with its server stopped, updated without ever mixing two versions, taken away.

The server is another process: only its death closes the connections that the browser keeps, and leaves it truly alone.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import BUREAU, RACINE, SITE, watched_page
from playwright.sync_api import Page, expect
from test_accessibilite import COULEURS, NORMES, RUN_AXE, axe  # noqa: F401
from visiteur import EMPTY, STORAGE

from etabli.hors_ligne import write_offline

SERVE = """import sys
from pathlib import Path
from etabli.serveur import open_server
with open_server(Path(sys.argv[1]), int(sys.argv[2])) as adresse:
    print(adresse, flush=True)
    sys.stdin.read()
"""
KEPT = "Ce site est gardé sur cet appareil"
NEWER = "Une nouvelle version du site est prête."
REGISTERED = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname)"
#: What the page gets at the addresses given, as sums.
SUMS = """async (addresses) => Promise.all(addresses.map(async (address) => {
  const octets = new Uint8Array(await crypto.subtle.digest("SHA-256", await (await fetch(address)).arrayBuffer()));
  return [...octets].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}))"""
QUESTIONNAIRE = "questionnaires/transition-ecologique/"


class Host:
    """The host of a folder: `address` stays the same from one start to the next."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, "0"
        self.start()

    def start(self) -> None:
        env = {**os.environ, "PYTHONPATH": str(RACINE / "hooks")}
        command = [sys.executable, "-c", SERVE, str(self.folder), self.port]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        self.address = self.process.stdout.readline().strip() + "/"
        self.port = re.search(r":(\d+)/", self.address)[1]

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> Path:
    """A copy of the built site, with its pieces."""
    target = tmp_path_factory.mktemp("paquet") / "site"
    shutil.copytree(SITE, target, copy_function=os.link)
    write_offline(target)
    return target


@pytest.fixture
def site(packed, tmp_path) -> Path:
    """The same for one test, which may publish other versions of it."""
    shutil.copytree(packed, tmp_path / "site", copy_function=os.link)
    return tmp_path / "site"


@pytest.fixture
def host(site) -> Iterator[Host]:
    host = Host(site)
    yield host
    host.stop()


@pytest.fixture
def page(browser, host, tolere) -> Iterator[Page]:
    """A page of a new visitor."""
    # What the browser asks of its own when the host is gone: whether the worker has changed, an icon for a text.
    tolere(r"échec : \S*/(service-worker\.js|favicon\.ico) ")
    with watched_page(browser, host.address, tolere, viewport=BUREAU) as page:
        yield page


def keep(page: Page, address: str) -> None:
    """Ask for the site, and wait until it is there."""
    page.goto(f"{address}hors-connexion/")
    page.get_by_role("button", name="Rendre ce site disponible").click()
    expect(page.locator("[data-etat]")).to_contain_text(KEPT, timeout=20_000)


def replace(file: Path, content: bytes) -> None:
    """Write a file anew: those of the copy are links to those of the site."""
    file.unlink()
    file.write_bytes(content)


def publish(site: Path) -> dict[str, str]:
    """Another version, every text of which differs from the one before; gives the sums of some of its files, by name."""
    for name in sum_up(site):
        replace(site / name, (site / name).read_bytes() + b"\n")
    write_offline(site)
    return sum_up(site)


def sum_up(site: Path) -> dict[str, str]:
    """Every script, every style, what the search and the questionnaires read, one page in twenty-four: name → sum."""
    kinds = ("assets/web/", "assets/javascripts/", "assets/stylesheets/", "api/v1/questionnaires/", "recherche/index")
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in (".html", ".css", ".js", ".json"))
    read = [name for name in names if name.startswith(kinds)] + [name for name in names if name.endswith(".html")][::24]
    return {name: hashlib.sha256((site / name).read_bytes()).hexdigest() for name in read}


def seen(page: Page, address: str, names: dict[str, str]) -> dict[str, str]:
    """The same, as the page gets them."""
    return dict(zip(names, page.evaluate(SUMS, [address + name for name in names]), strict=True))


def begin(page: Page, address: str) -> None:
    """From the start screen of the questionnaire to a first answer."""
    page.goto(address + QUESTIONNAIRE)
    page.locator("[name=q-garde][value=non]").check()
    page.locator("[name=q-parcours][value=court]").check()
    page.locator("[data-profil-public] input[value=entreprise]").check()
    page.get_by_role("button", name="Commencer", exact=True).click()
    page.locator("[data-theme]:visible [data-option]:visible").first.check()


def reach_score(page: Page) -> None:
    page.get_by_role("button", name="Voir mon bilan", exact=True).first.click()
    expect(page.locator("[data-note-globale]")).to_have_text(re.compile(r"\d,\d\s/\s5"), timeout=30_000)


def test_nothing_is_kept_before_it_is_asked(page, host):
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(host.address)))
    for path in ("", "hors-connexion/"):
        page.goto(host.address + path)
        page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Rendre ce site disponible")).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(r"environ [1-9]\d*,\d\sMo"))
    assert page.evaluate(STORAGE) == EMPTY
    assert page.evaluate(REGISTERED) == []
    assert "assets/web/hors-connexion.js" in asked
    assert not [path for path in asked if path.startswith(("service-worker", "hors-ligne/", "assets/web/hors-ligne-avis"))]


def test_the_whole_site_works_with_the_server_stopped(page, host, tolere):
    tolere(r"(4|échec) : \S*/(inconnue/|contacts\.csv)", r"status of (404|504)")
    keep(page, host.address)
    host.stop()
    page = page.context.new_page()
    page.goto(host.address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.goto(f"{host.address}dispositifs/etudes-ademe?d=1").status == 200
    assert page.url == f"{host.address}dispositifs/etudes-ademe/?d=1"
    page.goto(f"{host.address}recherche/?q=eau")
    expect(page.locator(".recherche-resultats li").nth(3)).to_be_visible()
    expect(page.locator(".recherche-resultats mark").first).to_be_visible()
    page.goto(f"{host.address}territoires/")
    page.get_by_label("Commune ou code postal").fill("chatell")
    expect(page.locator("#commune-choix button").first).to_be_visible()
    begin(page, host.address)
    reach_score(page)
    lost = page.goto(f"{host.address}dispositifs/inconnue/")
    assert lost.status == 404
    assert "default-src 'none'" in lost.headers["content-security-policy"]
    expect(page.get_by_role("link", name="Revenir à l’accueil")).to_be_visible()
    page.wait_for_function("() => document.styleSheets.length > 0")
    assert page.goto(f"{host.address}api/v1/contacts.csv").status == 504
    expect(page.locator("body")).to_contain_text("il faut une connexion")
    page.goto(host.address)
    page.context.set_offline(True)
    expect(page.locator(".avis-hors-ligne")).to_contain_text("Vous êtes hors connexion")


def test_an_update_waits_for_the_evaluation_and_never_mixes_two_versions(page, host, site):
    first, address = sum_up(site), host.address
    keep(page, address)
    other = page.context.new_page()
    begin(other, address)
    host.stop()
    second = publish(site)
    assert not set(first.items()) & set(second.items())
    host.start()
    page.goto(f"{address}dispositifs/")
    notice = page.locator(".avis-hors-ligne")
    expect(notice).to_contain_text(NEWER, timeout=20_000)
    assert seen(page, address, first) == first
    notice.get_by_role("button", name="Mettre à jour").click()
    expect(notice).to_contain_text("Une évaluation est commencée")
    reach_score(other)  # with scripts, engine and aids that had not been fetched before
    assert seen(other, address, first) == first
    other.close()
    third = page.context.new_page()
    third.goto(f"{address}glossaire/")
    assert seen(third, address, first) == first
    shutil.copytree(site / "glossaire", site / "lexique")
    third.goto(f"{address}lexique/")  # a page that the old version has not comes whole from the host
    assert seen(third, address, second) == second
    third.goto(f"{address}glossaire/")
    for one in (page, third):
        one.evaluate("window.avant = true")
    notice.get_by_role("button", name="Mettre à jour").click()
    for one in (page, third):
        one.wait_for_function("() => !window.avant && document.readyState === 'complete'")
    assert seen(page, address, second) == second
    assert seen(third, address, second) == second
    expect(notice).to_be_empty()
    (cache,) = page.evaluate("caches.keys()")
    assert cache.split(" ")[-1] in (site / "service-worker.js").read_text(encoding="utf-8")


def test_a_damaged_piece_is_refused_and_the_download_goes_on_from_there(page, host, site, tolere):
    tolere("réponse 404")
    address = host.address
    damaged = max((site / "hors-ligne").iterdir(), key=lambda path: path.stat().st_size)
    whole = damaged.read_bytes()
    replace(damaged, whole[:-1] + b"?")
    page.goto(f"{address}hors-connexion/")
    page.get_by_role("button", name="Rendre ce site disponible").click()
    expect(page.locator("[data-etat]")).to_contain_text("Un fichier est arrivé abîmé", timeout=20_000)
    assert page.evaluate(REGISTERED) == []
    replace(damaged, whole)
    page.get_by_role("button", name="Reprendre le téléchargement").click()
    expect(page.locator("[data-etat]")).to_contain_text(KEPT, timeout=20_000)
    first, known = sum_up(site), set((site / "hors-ligne").iterdir())
    publish(site)
    damaged = (set((site / "hors-ligne").iterdir()) - known).pop()
    replace(damaged, damaged.read_bytes()[:-1] + b"?")
    page.goto(f"{address}dispositifs/")
    assert page.evaluate("""async () => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update().catch(() => {});
      const { installing } = registration;
      if (installing) await new Promise((resolve) => installing.addEventListener("statechange", resolve));
      return [Boolean(registration.waiting), registration.active.state];
    }""") == [False, "activated"]  # fmt: skip
    assert seen(page, address, first) == first


def test_a_download_is_cut_then_stopped(page, host, tolere):
    tolere("pyodide.asm.wasm")
    page.context.route("**/pyodide.asm.wasm", lambda route: route.abort("internetdisconnected"))
    page.goto(f"{host.address}hors-connexion/")
    page.get_by_role("button", name="Rendre ce site disponible").click()
    expect(page.locator("[data-etat]")).to_contain_text("La connexion s’est coupée", timeout=20_000)
    page.context.unroute("**/pyodide.asm.wasm")
    page.context.route("**/pyodide.asm.wasm", lambda route: None)  # for ever on its way
    page.get_by_role("button", name="Reprendre le téléchargement").click()
    expect(page.locator("[data-avance]")).to_have_text(re.compile(r"^[5-9]\d\s%$"))
    stop = page.get_by_role("button", name="Arrêter et tout retirer")
    expect(stop).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rendre ce site disponible")).to_be_focused(timeout=20_000)
    expect(page.locator("[data-etat]")).to_have_text("Ce site n’est pas gardé sur cet appareil.")
    assert page.evaluate(STORAGE) == EMPTY
    assert page.evaluate(REGISTERED) == []


def test_taken_away_nothing_is_left_and_it_may_be_asked_again(page, host, tolere):
    address = host.address
    keep(page, address)
    page.goto(f"{address}hors-connexion/")
    page.get_by_role("button", name="Retirer de cet appareil").click()
    expect(page.get_by_role("button", name="Rendre ce site disponible")).to_be_visible()
    assert page.evaluate(STORAGE) == EMPTY
    assert page.evaluate(REGISTERED) == []
    tolere("when fetching the script")
    host.stop()
    page.get_by_role("button", name="Rendre ce site disponible").click()
    expect(page.locator("[data-etat]")).to_contain_text("n’a pas pu être joint")
    host.start()
    keep(page, address)
    host.stop()
    page.goto(f"{address}dispositifs/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_axe_finds_nothing_in_any_state(page, host, site, axe):  # noqa: F811
    found = {}

    def look(state: str) -> None:
        for width in (1400, 320):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme, asked in (("light", {"type": "tag", "values": NORMES}), ("dark", {"type": "rule", "values": COULEURS})):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.evaluate(axe)
                found[state, width, scheme] = page.evaluate(RUN_AXE, asked)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, state

    page.goto(f"{host.address}hors-connexion/")
    button = page.get_by_role("button", name="Rendre ce site disponible")
    button.wait_for()
    look("absent")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-etat]")).to_contain_text(KEPT, timeout=20_000)
    expect(page.get_by_role("button", name="Retirer de cet appareil")).to_be_focused()
    look("garde")
    publish(site)
    page.reload()
    expect(page.locator("[data-etat]")).to_contain_text(NEWER, timeout=20_000)
    look("nouvelle")
    page.goto(host.address)
    expect(page.locator(".avis-hors-ligne")).to_contain_text(NEWER)
    look("avis")
    assert {at: rules for at, rules in found.items() if rules} == {}


def test_two_sites_of_one_host_share_the_engine_and_do_not_disturb_each_other(browser, packed, tmp_path, tolere):
    commun = tmp_path / "commun"
    shutil.copytree(packed / "assets/moteur", commun / "moteur", copy_function=os.link)
    shutil.copytree(packed / "api/v1/communes", commun / "communes", copy_function=os.link)
    for name in ("ici", "ici-aussi"):
        site = tmp_path / name
        shutil.copytree(packed, site, copy_function=os.link, ignore=shutil.ignore_patterns("moteur", "communes"))
        for page in (site / "questionnaires").glob("*/index.html"):
            html = page.read_bytes().replace(b"../../assets/moteur/", b"../../../commun/moteur/")
            replace(page, html.replace(b"../../api/v1/communes/", b"../../../commun/communes/"))
        write_offline(site, commun)
    host = Host(tmp_path)
    tolere(r"échec : \S*/service-worker\.js ")
    with watched_page(browser, host.address, tolere, viewport=BUREAU) as page:
        here, there = f"{host.address}ici/", f"{host.address}ici-aussi/"
        keep(page, here)
        keep(page, there)
        assert sorted(page.evaluate(REGISTERED)) == ["/ici-aussi/", "/ici/"]
        page.get_by_role("button", name="Retirer de cet appareil").click()
        expect(page.get_by_role("button", name="Rendre ce site disponible")).to_be_visible()
        assert page.evaluate(REGISTERED) == ["/ici/"]
        host.stop()
        begin(page, here)
        reach_score(page)
