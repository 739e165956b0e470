"""The search of a built site under load: what it weighs, how long it takes to be ready, to answer a key, and the memory it holds.

    CHROMIUM=$(.ci/trouver chromium) PYTHONPATH=hooks:tests/bench .venv/bin/python tests/bench/echelle.py site

Measured in Chromium, as a visitor who types key by key on the search page.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, Playwright, sync_playwright

from etabli.serveur import open_server
from navigateur import open_visitor
from poids import compressed_size, weigh

#: What is typed: short beginnings that thousands of pages have, plain words, sentences, a slip of the finger.
FRAPPES = (
    "énergie", "formation entreprise", "co", "friche industrielle", "covoiturge", "recruter un apprenti en bretagne",
    "j'ai une friche et je cherche de l'argent pour une étude", "subvention eau", "PCAET", "réduire les déchets de la cantine",
)  # fmt: skip
PREMIERE = "énergie"
PASSAGES = 3

# From the key to the frame that shows the results of what the field then holds.
MESURER = """
async (frappes) => {
  const champ = document.getElementById("recherche-champ");
  const liste = document.querySelector("[data-recherche-resultats]");
  const durees = [];
  for (const etapes of frappes) {
    for (const etape of etapes) {
      const depart = performance.now();
      const montre = new Promise((resolve) => {
        const attente = setTimeout(() => resolve(null), 5000);
        liste.addEventListener("recherche-montree", () => requestAnimationFrame(() => {
          clearTimeout(attente);
          resolve(performance.now() - depart);
        }), { once: true });
      });
      champ.value = etape;
      champ.dispatchEvent(new Event("input"));
      durees.push(await montre);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return durees;
}
"""


@dataclass(frozen=True)
class Echelle:
    """Of one site. Sizes in bytes of brotli, times in milliseconds, memory in bytes.

    documents: pages that the search knows; index: all that finding needs, index.json and every file of terms; base: index.json
    alone, which comes first; textes: the files of passages; premiere, requetes: what a first query really fetched; pret: from a
    first word, nothing fetched yet, to its results; touche, touche_max: from a key to the frame of its results, 95th percentile and worst;
    froide: the same while the pieces still have to be fetched; memoire: what the worker holds.
    """

    documents: int
    index: int
    base: int
    textes: int
    premiere: int
    requetes: int
    pret: float
    touche: float
    touche_max: float
    froide: float
    memoire: int


def measure_echelle(playwright: Playwright, site: Path) -> Echelle:
    """Measure the search of the built folder `site`."""
    fichiers = sorted((site / "recherche").rglob("*.json"))
    tailles = {fichier: compressed_size(fichier) for fichier in fichiers}
    base = tailles[site / "recherche" / "index.json"]
    journal: list[tuple[str, int, str]] = []
    prets = []
    with open_server(site, journal=journal) as adresse:
        for passage in range(PASSAGES):  # each time someone who never came
            with open_visitor(playwright) as visiteur:
                page = visiteur.new_page()
                memoire = watch_worker(page)
                page.goto(f"{adresse}/recherche/", wait_until="networkidle")
                journal.clear()
                prets.append(page.evaluate(MESURER, [[PREMIERE]])[0])
                page.wait_for_load_state("networkidle")
                premiere = weigh(site, journal)
                if passage < PASSAGES - 1:
                    continue
                froides = page.evaluate(MESURER, keys(FRAPPES))
                durees = [duree for _ in range(PASSAGES) for duree in page.evaluate(MESURER, keys(FRAPPES))]
                tenue = memoire()
    assert None not in (*froides, *durees), "a key had no answer"
    return Echelle(
        documents=len(json.loads((site / "recherche" / "index.json").read_text(encoding="utf-8"))["documents"]["chemin"]),
        index=base + sum(taille for fichier, taille in tailles.items() if fichier.name.startswith("termes-")),
        base=base,
        textes=sum(taille for fichier, taille in tailles.items() if fichier.name.startswith("textes-")),
        premiere=premiere.octets,
        requetes=premiere.requetes,
        pret=median(prets),
        touche=quantiles(durees, n=20)[-1],
        touche_max=max(durees),
        froide=quantiles(froides, n=20)[-1],
        memoire=tenue,
    )


def keys(frappes: Iterable[str]) -> list[list[str]]:
    """What the field holds after each key."""
    return [[frappe[:fin] for fin in range(1, len(frappe) + 1)] for frappe in frappes]


def watch_worker(page: Page) -> Callable[[], int]:
    """Gives a function that says how many bytes the search's worker holds, its garbage collected."""
    session = page.context.new_cdp_session(page)
    ouverts: list[str] = []
    recus: dict[int, dict] = {}
    session.on("Target.attachedToTarget", lambda event: ouverts.append(event["sessionId"]))
    session.on("Target.receivedMessageFromTarget", lambda event: recus.update({(m := json.loads(event["message"])).get("id"): m}))
    session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})

    def measure() -> int:
        for number, method in enumerate(("HeapProfiler.collectGarbage", "Runtime.getHeapUsage"), 1):
            message = json.dumps({"id": number, "method": method})
            session.send("Target.sendMessageToTarget", {"sessionId": ouverts[-1], "message": message})
            while number not in recus:
                page.wait_for_timeout(50)
        told = recus[2]["result"]
        return int(told["usedSize"] + told.get("backingStorageSize", 0))

    return measure


def show_echelle(mesures: dict[str, Echelle]) -> None:
    """One column for each site."""
    lignes = (
        ("pages connues", lambda m: f"{m.documents}"),
        ("index entier (ko, brotli)", lambda m: f"{m.index / 1000:.0f}"),
        ("  dont le début, pour toute recherche", lambda m: f"{m.base / 1000:.0f}"),
        ("textes des passages (ko, brotli)", lambda m: f"{m.textes / 1000:.0f}"),
        ("reçu pour une première recherche (ko)", lambda m: f"{m.premiere / 1000:.0f}"),
        ("  en requêtes", lambda m: f"{m.requetes}"),
        ("premier mot → résultats, rien de reçu avant (ms)", lambda m: f"{m.pret:.0f}"),
        ("touche → résultats, 95e centile (ms)", lambda m: f"{m.touche:.0f}"),
        ("  la plus lente", lambda m: f"{m.touche_max:.0f}"),
        ("  95e centile, fichiers à recevoir compris", lambda m: f"{m.froide:.0f}"),
        ("mémoire tenue par la recherche (Mo)", lambda m: f"{m.memoire / 1e6:.0f}"),
    )
    print(f"{'recherche':<50}" + "".join(f"{nom:>12}" for nom in mesures))
    for titre, dire in lignes:
        print(f"{titre:<50}" + "".join(f"{dire(mesure):>12}" for mesure in mesures.values()))


if __name__ == "__main__":
    with sync_playwright() as playwright:
        show_echelle({chemin: measure_echelle(playwright, Path(chemin)) for chemin in sys.argv[1:]})
