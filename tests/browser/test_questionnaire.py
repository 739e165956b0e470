"""The self-assessment in the browser: the whole way with the real engine, by mouse, by keyboard and on paper."""

import pytest
from playwright.sync_api import expect
from visiteur import EMPTY, Visiteur, check_bilan, judge, plain

FOCUS = """() => {
  const el = document.activeElement, box = (el.closest(".q-option") ?? el).getBoundingClientRect();
  const outline = (node) => node && getComputedStyle(node).outlineStyle !== "none" ? parseFloat(getComputedStyle(node).outlineWidth) : 0;
  return { tag: el.localName, type: el.type ?? "", action: el.dataset.action ?? "", option: "option" in el.dataset, name: el.name ?? "",
           value: el.value ?? "", checked: el.checked === true,
           seen: box.bottom > 0 && box.top < innerHeight && box.right <= innerWidth + 1,
           outline: Math.max(outline(el), outline(el.closest(".q-option"))) };
}"""


def test_nothing_is_fetched_nor_stored_before_the_start(visiteur):
    page = visiteur.page
    visiteur.choose(garde=True)
    page.wait_for_load_state("networkidle")
    assert [r.url for r in visiteur.requests if "/moteur/" in r.url or "/api/" in r.url] == []
    assert visiteur.storage() == EMPTY
    visiteur.button("Commencer").click()
    visiteur.wait_for_engine()
    assert [r.url for r in visiteur.requests if r.url.endswith(".wasm")]


@pytest.mark.parametrize("public", ["entreprise", "association", "etablissement-public"])
def test_full_assessment_shows_the_figures_of_the_engine(visiteur, public):
    visiteur.begin(public)
    visiteur.answer_all()
    visiteur.show_bilan()
    evaluation = visiteur.download()
    bilan = judge(visiteur, evaluation)
    assert bilan["complet"]
    assert bilan["ignorees"] == []
    assert evaluation["profil"]["public"] == public
    check_bilan(visiteur, bilan)
    # No request ever carries an answer: only files are asked for, without query nor body.
    for request in visiteur.requests:
        assert request.method in ("GET", "HEAD"), request.url
        assert request.post_data is None
        assert not {"?", "#"} & set(request.url), request.url
    assert visiteur.page.url == visiteur.address


def test_interval_while_something_is_blank_then_a_level(visiteur):
    page = visiteur.page
    manquante = visiteur.q["themes"][1]["questions"][0]
    visiteur.begin()
    visiteur.answer_all(sauf=(manquante["id"],))
    visiteur.show_bilan()
    assert page.locator("[data-synthese]").get_attribute("data-synthese") == "incomplet"
    assert plain(page.locator("[data-note-globale]").inner_text()).startswith("entre ")
    assert page.locator("[data-niveau]").count() == 0

    page.locator(f"[data-detail={visiteur.q['themes'][1]['id']}] > summary").click()
    page.locator(f"[data-question-bilan={manquante['id']}] button").click()
    expect(visiteur.question(manquante["id"])).to_be_focused()
    visiteur.question(manquante["id"]).get_by_label("Je ne sais pas").check()
    visiteur.show_bilan()
    assert plain(page.locator("[data-note-globale]").inner_text()).startswith("entre ")

    visiteur.button("Modifier mes réponses").click()
    visiteur.go_to(visiteur.q["themes"][1]["id"])
    visiteur.answer(manquante, 0)
    visiteur.show_bilan()
    assert page.locator("[data-niveau]").count() == 1
    check_bilan(visiteur, judge(visiteur, visiteur.download()))


def test_questions_hide_by_public_at_once_and_by_answers_when_the_engine_says_so(visiteur):
    """The condition is added to the questionnaire on its way: what hides is what the engine says, not what the page knows."""
    cause, suite = [q for q in visiteur.q["themes"][0]["questions"] if q["type"] == "unique" and not q["publics"] and q["si"] is None][:2]
    wanted = cause["options"][-1]["id"]
    suite["si"] = {"reponse": {"question": cause["id"], "options": [wanted]}}
    visiteur.page.route("**/api/v1/questionnaires/*.json", lambda route: route.fulfill(json=visiteur.q))
    visiteur.begin("association")
    for question in visiteur.q["themes"][0]["questions"]:
        if question["publics"] and "association" not in question["publics"]:
            expect(visiteur.question(question["id"])).to_be_hidden()
    for option in cause["options"]:
        radio = visiteur.question(cause["id"]).locator(f'[value="{option["id"]}"]')
        radio.check()
        expect(visiteur.question(suite["id"])).to_be_visible(visible=option["id"] == wanted, timeout=30_000)
        expect(radio).to_be_focused()


def test_boxes_that_stand_alone(visiteur):
    visiteur.begin(None)
    theme, question = next((t, q) for t in visiteur.q["themes"] for q in t["questions"] if q["type"] == "multiple" and q["ne_sait_pas"])
    visiteur.go_to(theme["id"])
    fieldset = visiteur.question(question["id"])
    alone = fieldset.get_by_label("Je ne sais pas")
    ordinary = fieldset.locator("[data-option]:not([data-exclusif])")
    ordinary.nth(0).check()
    ordinary.nth(1).check()
    alone.check()
    assert fieldset.locator(":checked").count() == 1
    ordinary.nth(0).check()
    assert not alone.is_checked()
    fieldset.get_by_role("button", name="Effacer ma réponse").click()
    assert fieldset.locator(":checked").count() == 0


def test_a_number_that_the_file_could_not_hold_is_said_and_not_kept(visiteur):
    """Pasted from a spreadsheet: kept, it would make the whole record unreadable on the next visit."""
    page = visiteur.page
    question = next(q for theme in visiteur.q["themes"] for q in theme["questions"] if q["type"] == "nombre")
    theme = next(theme for theme in visiteur.q["themes"] if question in theme["questions"])
    visiteur.begin(public=None, garde=True)
    visiteur.go_to(theme["id"])
    champ = visiteur.question(question["id"]).locator("[data-nombre]")
    champ.fill("33.3333333333333333")
    expect(visiteur.question(question["id"]).locator(".q-erreur")).to_be_visible()
    champ.fill("33.3333")
    expect(visiteur.question(question["id"]).locator(".q-erreur")).to_be_hidden()
    visiteur.saved()
    page.reload()
    visiteur.resume()
    visiteur.go_to(theme["id"])
    expect(champ).to_have_value("33.3333")
    champ.fill("33.3333333333333333")
    visiteur.saved()
    page.reload()
    expect(page.locator("[data-appareil]")).not_to_contain_text("ne peut pas être relue")


def test_by_keyboard_on_a_small_screen(page_mobile, site):
    page, visiteur = page_mobile, Visiteur(page_mobile, site)
    visiteur.open()

    def press(key: str) -> dict:
        page.keyboard.press(key)
        focus = page.evaluate(FOCUS)
        if focus["tag"] not in ("body", "h2"):
            assert focus["seen"], focus
            assert focus["outline"] >= 2, focus
        return focus

    def tab_to(wanted) -> dict:
        for _ in range(60):
            if wanted(focus := press("Tab")):
                return focus
        raise AssertionError(f"jamais atteint ; dernier : {focus}")

    tab_to(lambda f: f["name"] == "q-parcours")
    press("ArrowDown")
    tab_to(lambda f: f["name"].startswith("c-public"))
    press("Space")
    press("ArrowDown")
    tab_to(lambda f: f["name"] == "q-garde")
    press("ArrowDown")
    tab_to(lambda f: f["action"] == "commencer")
    page.keyboard.press("Enter")
    for rang, theme in enumerate(visiteur.q["themes"]):
        expect(page.locator(f"[data-theme={theme['id']}] h2")).to_be_focused()
        done, last = set(), rang == len(visiteur.q["themes"]) - 1
        while (focus := press("Tab"))["action"] != ("bilan" if last else "suivant"):
            if not focus["name"].startswith("question-") and focus["type"] != "number":
                continue
            if focus["type"] == "number":
                page.keyboard.type("1")
            elif focus["option"] and focus["name"] not in done:
                done.add(focus["name"])
                press("Space")
                if focus["type"] == "radio":
                    assert press("ArrowDown")["checked"]
        page.keyboard.press("Enter")
    expect(page.locator("#q-bilan-titre")).to_be_focused(timeout=30_000)
    assert tab_to(lambda f: f["action"] == "modifier")
    assert len(visiteur.download()["reponses"]) > len(visiteur.q["themes"])


def test_without_javascript_it_is_a_grid_with_its_points(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visiteur = Visiteur(page, site)
    page.goto(visiteur.address)
    assert page.get_by_role("heading", name="Répondre et compter à la main").is_visible()
    assert not visiteur.button("Commencer").is_visible()
    for theme in visiteur.q["themes"]:
        for question in theme["questions"]:
            fieldset = visiteur.question(question["id"])
            assert fieldset.is_visible()
            assert plain(fieldset.locator("legend").inner_text()) == plain(question["texte"])
            for option in question["options"]:
                label = fieldset.locator("label", has=page.locator(f'[value="{option["id"]}"]'))
                assert label.locator(".q-points").is_visible()
                if option["valeur"] in ("0", "1"):
                    points = int(option["valeur"]) * int(question["poids"])
                    assert plain(label.locator(".q-points").inner_text()).split()[0] == str(points)
    context.close()
