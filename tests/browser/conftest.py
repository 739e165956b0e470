"""What every browser test stands on: the built site, served, and pages that fail their test when anything goes wrong unseen."""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from serveurs import open_real
from visiteur import Visiteur

from etabli.serveur import open_server

RACINE = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("ETABLI_SITE") or RACINE / "site")
SERVEUR = os.environ.get("ETABLI_SERVEUR")
CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BUREAU, MOBILE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
REPORT_CSP = """addEventListener("securitypolicyviolation", (e) => console.error(`CSP : ${e.effectiveDirective} ${e.blockedURI}`))"""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the built site, with its final slash; behind the server that ETABLI_SERVEUR names, or our own."""
    if not (SITE / "index.html").is_file():
        pytest.fail(f"le site n'est pas construit dans {SITE} : lancez « make site ».", pytrace=False)
    with open_real(SERVEUR, SITE) if SERVEUR else open_server(SITE) as adresse:
        yield f"{adresse.rstrip('/')}/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def tolere() -> Callable[[str], None]:
    """Call it with regular expressions: the troubles they match do not fail this test."""
    attendus: list[str] = []

    def allow(*motifs: str) -> None:
        attendus.extend(motifs)

    allow.attendus = attendus
    return allow


@pytest.fixture
def page(browser, site, tolere) -> Iterator[Page]:
    with watched_page(browser, site, tolere, viewport=BUREAU) as page:
        yield page


@pytest.fixture
def page_mobile(browser, site, tolere) -> Iterator[Page]:
    with watched_page(browser, site, tolere, viewport=MOBILE) as page:
        yield page


@pytest.fixture
def visiteur(page, site) -> Visiteur:
    """A visitor on the start screen of the self-assessment."""
    visiteur = Visiteur(page, site)
    visiteur.open()
    return visiteur


@contextlib.contextmanager
def watched_page(browser: Browser, site: str, tolere, **options) -> Iterator[Page]:
    """A page of its own context. Leaving it fails the test on any console error or warning, script error, policy report,
    request to another host, or same-origin request that failed; a request cancelled by the page itself is no failure."""
    troubles: list[str] = []
    context = browser.new_context(**{"locale": "fr-FR", "timezone_id": "Europe/Paris"} | options)
    context.add_init_script(REPORT_CSP)
    page = context.new_page()
    page.on("console", lambda m: troubles.append(f"console {m.type} : {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(f"script : {error}"))
    context.on("request", lambda r: None if _is_ours(r.url, site) else troubles.append(f"autre hôte : {r.url}"))
    context.on("requestfailed", lambda r: None if r.failure == "net::ERR_ABORTED" else troubles.append(f"échec : {r.url} {r.failure}"))
    context.on("response", lambda r: troubles.append(f"réponse {r.status} : {r.url}") if r.status >= 400 else None)
    try:
        yield page
    finally:
        seen = [trouble for trouble in troubles if not any(re.search(motif, trouble) for motif in tolere.attendus)]
        context.close()
    assert seen == []


def _is_ours(url: str, site: str) -> bool:
    return url.startswith((site, "data:", f"blob:{site}"))
