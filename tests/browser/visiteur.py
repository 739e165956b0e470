"""A visitor of the self-assessment page: what they do, written once for the tests. Reads the questions from the site's own API."""

import datetime
import json
import re
from typing import Any
from urllib.request import urlopen
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from etabli_engine.bridge import call

ID = "transition-ecologique"
#: Everything a browser may keep for a site.
STORAGE = """async () => ({
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  bases: (await indexedDB.databases()).map((b) => b.name), caches: await caches.keys() })"""
#: True when the page would let itself be closed without a word.
LEAVES = """() => window.dispatchEvent(new Event("beforeunload", { cancelable: true }))"""
SEEN = """() => [...document.querySelectorAll("[data-question]")].filter((one) => getComputedStyle(one).display !== "none")
  .map((one) => one.dataset.question)"""
EMPTY = {"local": 0, "session": 0, "cookies": "", "bases": [], "caches": []}


def plain(text: str) -> str:
    """Without the no-break spaces of French typography, which differ between the page and its source."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).replace("’", "'").strip()


class Visiteur:
    """`q` is the compiled questionnaire; `requests` all that the page has asked for since it was opened."""

    def __init__(self, page: Page, site: str, questionnaire: str = ID):
        self.page = page
        self.address = f"{site}questionnaires/{questionnaire}/"
        with urlopen(f"{site}api/v1/questionnaires/{questionnaire}.json") as response:
            self.q: dict[str, Any] = json.load(response)
        self.requests = []
        page.on("request", lambda request: self.requests.append(request))

    def open(self) -> None:
        self.page.goto(self.address)
        expect(self.button("Commencer")).to_be_visible()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def fact(self, fait: str) -> Locator:
        """The field of a fact of the profile, on the screen or in the dialogue that shows."""
        return self.page.locator(f"[data-champ='{fait}']:visible")

    def choose(self, public: str | None = "entreprise", garde: bool = False, parcours: str = "complet") -> None:
        if (radio := self.page.locator(f"[name=q-parcours][value={parcours}]")).count():
            radio.check()
        self.fact("public").locator(f'input[value="{public or ""}"]').check()
        self.page.locator(f"[name=q-garde][value={'oui' if garde else 'non'}]").check()

    def begin(self, public: str | None = "entreprise", garde: bool = False, parcours: str = "complet") -> None:
        """From the start screen to the first theme."""
        self.choose(public, garde, parcours)
        self.start()

    def start(self) -> None:
        self.button("Commencer").click()
        expect(self.page.locator("[data-theme]:visible h2")).to_be_focused()

    def begin_saved(self, question: dict[str, Any], rang: int) -> None:
        """Begin, on a device that keeps, with one answer already written there."""
        self.begin(garde=True)
        self.answer(question, rang)
        self.saved()

    def saved(self) -> None:
        """Wait until what was just changed is in the browser's storage: nothing is then at risk."""
        self.page.wait_for_function(LEAVES)

    def seen(self) -> list[str]:
        """The questions that this visitor is asked, over all themes, whichever is on the screen."""
        return self.page.evaluate(SEEN)

    def wait_for_engine(self) -> None:
        self.page.locator("[data-etat-moteur=ready]").wait_for(state="attached", timeout=30_000)

    def question(self, identifiant: str) -> Locator:
        return self.page.locator(f"[data-question={identifiant}]")

    def go_to(self, theme: str) -> None:
        self.page.locator("[data-sommaire]").wait_for()  # a summary pressed while the screen changes would fold what is open
        if not (lien := self.page.locator(f"[data-aller={theme}]")).is_visible():
            self.page.locator("[data-sommaire] > summary").click()
        lien.click()
        expect(self.page.locator(f"[data-theme={theme}] h2")).to_be_focused()

    def answer(self, question: dict[str, Any], rang: int) -> None:
        """Answer a visible question: its option of that rank, modulo their number, or a number inside the scale."""
        fieldset = self.question(question["id"])
        if question["type"] == "nombre":
            fieldset.locator("[data-nombre]").fill(question["echelle"]["max"])
        else:
            fieldset.locator("[data-option]").nth(rang % len(question["options"])).check()

    def answer_all(self, sauf: tuple[str, ...] = ()) -> None:
        """Answer every question that shows, in every theme, except those of `sauf`."""
        rang, done = 0, set(sauf)
        known = {question["id"]: question for theme in self.q["themes"] for question in theme["questions"]}
        for theme in self.q["themes"]:
            ids = [question["id"] for question in theme["questions"]]
            if not set(ids) & set(self.seen()):
                continue
            self.go_to(theme["id"])
            while left := [id_ for id_ in self.seen() if id_ in ids and id_ not in done]:
                for id_ in left:
                    self.answer(known[id_], rang := rang + 1)
                    done.add(id_)
                self.let_the_engine_decide(left)

    def let_the_engine_decide(self, questions: list[str]) -> None:
        """Other questions may depend on these: wait for what the engine says of them."""
        conditions = json.dumps([question["si"] for theme in self.q["themes"] for question in theme["questions"]])
        if any(f'"question": "{id_}"' in conditions for id_ in questions):
            self.wait_for_engine()
            self.page.wait_for_timeout(500)

    def show_bilan(self) -> None:
        self.button("Voir mon bilan").click()
        expect(self.page.locator("#q-bilan-titre")).to_be_focused(timeout=30_000)

    def download(self) -> dict[str, Any]:
        with self.page.expect_download() as download:
            self.button("Télécharger mes réponses").first.click()
        return json.loads(download.value.path().read_text(encoding="utf-8"))

    def download_from_bilan(self) -> dict[str, Any]:
        self.show_bilan()
        return self.download()

    def give_file(self, content: str | bytes, name: str = "reponses.json") -> None:
        """Choose a file in the field of the screen that shows."""
        data = content if isinstance(content, bytes) else content.encode()
        fichier = self.page.locator("details:visible", has=self.page.locator("[data-fichier]"))
        if not fichier.locator("[data-fichier]").is_visible():
            fichier.locator("summary").click()
        fichier.locator("[data-fichier]").set_input_files({"name": name, "mimeType": "application/json", "buffer": data})

    def resume(self, name: str = "") -> None:
        """Take up again an evaluation kept in this browser: the one of that name, or the only one."""
        self.page.locator("[data-appareil] [data-evaluation]", has_text=name).get_by_role("button", name="Reprendre").click()

    def storage(self) -> dict[str, Any]:
        return self.page.evaluate(STORAGE)


def judge(visiteur: Visiteur, evaluation: dict) -> dict:
    """The bilan that the same engine gives under CPython."""
    jour = datetime.datetime.now(ZoneInfo("Europe/Paris")).date().isoformat()
    return json.loads(call("evaluer", json.dumps({"questionnaire": visiteur.q, "evaluation": evaluation, "date": jour})))


def note_of(mesure: dict) -> str:
    if mesure["etat"] == "non_concerne":
        return "non concerné"
    return f"{mesure['note']} / 5" if mesure["etat"] == "note" else f"entre {mesure['note_min']} et {mesure['note_max']} / 5"


def check_bilan(visiteur: Visiteur, bilan: dict) -> None:
    """Every figure on the page is the one of `bilan`."""
    page = visiteur.page
    assert plain(page.locator("[data-note-globale]").inner_text()) == note_of(bilan["global"])
    if bilan["global"]["niveau"]:
        assert page.locator("[data-niveau]").get_attribute("data-niveau") == bilan["global"]["niveau"]
    else:
        assert page.locator("[data-niveau]").count() == 0
    for theme in bilan["themes"]:
        row = page.locator(f"[data-theme-bilan={theme['id']}] td")
        assert plain(row.nth(0).inner_text()) == note_of(theme)
        assert plain(theme["message"]) in plain(row.nth(1).inner_text())
        for question in theme["questions"]:
            line = page.locator(f"[data-question-bilan={question['id']}]")
            if question["etat"] == "masquee" or not question["notee"]:
                assert line.count() == 0
                continue
            cells = [plain(text) for text in line.locator("td").all_text_contents()]
            assert cells[1] == (question["points_affiche"] or "—")
            assert cells[2] == plain(question["gain_affiche"] or "—")
    cards = page.locator("[data-levier]")
    assert [card.get_attribute("data-levier") for card in cards.all()] == [levier["question"] for levier in bilan["leviers"][:3]]
    for card, levier in zip(cards.all(), bilan["leviers"], strict=False):
        text = plain(card.inner_text())
        assert plain(levier["gain_affiche"]) in text
        assert plain(levier["raison"]) in text


def first_question(visiteur: Visiteur) -> dict[str, Any]:
    """A question with options that every public sees, on the first screen."""
    return next(q for q in visiteur.q["themes"][0]["questions"] if q["type"] == "unique" and not q["publics"] and q["si"] is None)


def is_answered(visiteur: Visiteur, question: dict[str, Any], rang: int) -> None:
    expect(visiteur.question(question["id"]).locator("[data-option]").nth(rang)).to_be_checked()
