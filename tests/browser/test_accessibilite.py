"""Every page template against axe-core and the Nu checker, in both widths and both colour modes.

Automatic tools see about a third of what an audit looks at, and nothing of the keyboard: that is in `test_navigation.py`.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("ETABLI_SITE") or RACINE / "site")
AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"
NU = RACINE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

#: One page per template, by its path in the site.
GABARITS = {
    "accueil": "",
    "liste": "dispositifs/",
    "dispositif": "dispositifs/etudes-ademe/",
    "dispositif-clos": "dispositifs/assett/",
    "ressource": "ressources/elipse/",
    "fiche": "fiches/fiche-08-investissements-ademe/",
    "territoires": "territoires/",
    "region": "territoires/nouvelle-aquitaine/",
    "departement": "territoires/vienne/",
    "intercommunalite": "territoires/grand-poitiers/",
    "territoire-industrie": "territoires/ti-gap-tallard/",
    "departements": "territoires/departements/",
    "territoires-industrie": "territoires/territoires-industrie/",
    "categories": "themes/",
    "theme": "themes/energie/",
    "besoin": "besoins/innover/",
    "public": "publics/association/",
    "voir-tout": "publics/entreprise/ressources/page-2/",
    "fiches-d-un-besoin": "fiches/besoin/attirer/",
    "questionnaires": "questionnaires/",
    "questionnaire": "questionnaires/transition-ecologique/",
    "calendrier": "calendrier/",
    "glossaire": "glossaire/",
    "glossaire-lettre": "glossaire/a/",
    "recherche": "recherche/",
    "accessibilite": "accessibilite/",
    "mentions-legales": "mentions-legales/",
    "donnees-personnelles": "donnees-personnelles/",
    "plan-du-site": "plan-du-site/",
    "guide": "methode/",
    "guide-long": "guides/deployer-la-demarche/",
    "contribuer": "contribuer/",
    "contribuer-tableaux": "contribuer/ecrire/",
    "introuvable": "404.html",
}
NORMES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The rules that a colour mode can change; all the others read the same page in light and in dark.
COULEURS = ["color-contrast", "link-in-text-block"]

RUN_AXE = """async (asked) => {
  const { violations } = await axe.run(document, { runOnly: asked, resultTypes: ["violations"] });
  return violations.map((v) => `${v.id} : ${v.nodes.map((n) => n.target.join(" ")).join(" | ")}`);
}"""


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, evaluated in the page: a <script> tag would need a hole in the policy."""
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("gabarit", GABARITS)
def test_axe_finds_nothing(site, page, axe, gabarit):
    found = {}
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(site + GABARITS[gabarit])
            page.evaluate(axe)
            asked = {"type": "tag", "values": NORMES} if scheme == "light" else {"type": "rule", "values": COULEURS}
            found[width, scheme] = page.evaluate(RUN_AXE, asked)
    assert {at: rules for at, rules in found.items() if rules} == {}


def test_axe_finds_nothing_in_the_open_menu(site, page_mobile, axe):
    page_mobile.goto(site)
    page_mobile.get_by_role("button", name="Menu").click()
    page_mobile.evaluate(axe)
    assert page_mobile.evaluate(RUN_AXE, {"type": "tag", "values": NORMES}) == []


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_look_up_by_commune(site, page, axe, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site + GABARITS["territoires"])
    page.evaluate(axe)
    page.get_by_label("Commune ou code postal").fill("chatell")
    page.locator("#commune-choix button").first.wait_for()
    assert page.evaluate(RUN_AXE, {"type": "tag", "values": NORMES}) == []
    page.locator("#commune-choix button").first.click()
    page.locator("#commune-reponse dl").wait_for()
    assert page.evaluate(RUN_AXE, {"type": "tag", "values": NORMES}) == []


def test_axe_can_fail(site, page, axe):
    page.goto(site)
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"\"><p>sans titre</p>'")
    page.evaluate(axe)
    broken = {line.split(" : ")[0] for line in page.evaluate(RUN_AXE, {"type": "tag", "values": NORMES})}
    assert {"image-alt", "page-has-heading-one"} <= broken


def run_nu(files: list[Path]) -> list[str]:
    """« file: message » for every HTML error."""
    command = ["java", "-jar", str(NU), "--errors-only", "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    return [f"{m['url']}:{m.get('lastLine')} {m['message']}" for m in json.loads(done.stderr)["messages"]]


@pytest.mark.skipif(shutil.which("java") is None, reason="le validateur Nu demande Java, absent de cette machine")
def test_nu_finds_no_error(tmp_path):
    pages = [SITE / (chemin if chemin.endswith(".html") else chemin + "index.html") for chemin in GABARITS.values()]
    wrong = tmp_path / "faux.html"
    wrong.write_text("<!doctype html><html lang=fr><title>t</title><body><ul><p>x</p></ul>", encoding="utf-8")
    messages = run_nu([*pages, wrong])
    assert [m for m in messages if "faux.html" in m], "le validateur n'a pas vu la page fausse"
    assert [m for m in messages if "faux.html" not in m] == []
