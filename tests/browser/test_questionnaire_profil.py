"""Who answers, in which version, with which notes: asked once, kept with the answers, never sent."""

import json

import pytest
from playwright.sync_api import expect
from visiteur import Visiteur, first_question, is_answered, plain

#: All that the page will tell the engine.
LISTEN = """() => {
  const sent = [], { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    sent.push(JSON.stringify(message));
    return postMessage.call(this, message, ...rest);
  };
  return sent;
}"""
CHATELLERAULT = ["COM-86066", "EPCI-248600413", "DEP-86", "REG-75", "PAYS-99100"]


def test_profile_by_keyboard_ends_in_the_file_and_nowhere_else(visiteur):
    page = visiteur.page
    visiteur.choose("entreprise")
    visiteur.fact("effectif").get_by_label("De 10 à 19").check()
    visiteur.fact("secteur").locator("select").select_option("industrie")
    expect(visiteur.fact("territoire_industrie")).to_have_count(0)
    visiteur.fact("zones").get_by_label("Ma commune").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(visiteur.fact("zones").get_by_label("Commune ou code postal")).to_be_focused()
    page.keyboard.type("Chatell")
    expect(visiteur.fact("zones").get_by_role("status")).to_contain_text("communes trouvées")
    page.keyboard.press("ArrowDown")
    expect(visiteur.fact("zones").get_by_role("button", name="Châtellerault")).to_be_focused()
    page.keyboard.press("Enter")
    expect(visiteur.fact("zones").get_by_role("button", name="Choisir une autre commune")).to_be_focused()
    expect(visiteur.fact("zones")).to_contain_text("Châtellerault (")
    ti = visiteur.fact("territoire_industrie").locator("select")
    expect(ti).to_have_value("")
    assert [plain(text) for text in ti.locator("option").all_inner_texts()][:2] == ["Je ne sais pas", "Non"]
    code = ti.locator("option").nth(2).get_attribute("value")
    ti.select_option(code)
    # What the look-up asked for says two letters, no more; the engine has not come.
    asked = [request.url.split("/api/v1/")[1] for request in visiteur.requests if "/api/" in request.url]
    assert set(asked) <= {"communes/debuts.json", "communes/territoires.json", "communes/nom/ch.json"}
    assert not [request for request in visiteur.requests if "/moteur/" in request.url]

    visiteur.start()
    assert visiteur.download_from_bilan()["profil"] == {
        "public": "entreprise", "effectif": {"min": 10, "max": 19}, "secteur": "industrie",
        "zones": CHATELLERAULT, "territoire_industrie": code,
    }  # fmt: skip


@pytest.mark.parametrize("discret", [True, False], ids=["rien", "region"])
def test_nothing_or_only_a_region(visiteur, discret):
    visiteur.choose(None)
    zones = visiteur.fact("zones")
    zones.get_by_label("Seulement ma région").check()
    zones.get_by_label("Région", exact=True).select_option("REG-53")
    visiteur.fact("territoire_industrie").locator("select").select_option("aucun")
    visiteur.fact("effectif").get_by_label("Aucun salarié").check()
    if discret:
        zones.get_by_label("Je préfère ne pas dire").check()
        expect(visiteur.fact("territoire_industrie")).to_have_count(0)
        visiteur.fact("effectif").get_by_label("Je préfère ne pas dire").check()
    visiteur.start()
    attendu = {"public": None, "effectif": None, "secteur": None, "zones": []}
    if not discret:
        attendu |= {"effectif": 0, "zones": ["REG-53", "PAYS-99100"], "territoire_industrie": "aucun"}
    assert visiteur.download_from_bilan()["profil"] == attendu


def test_a_commune_given_up_does_not_come_back_when_its_name_arrives(visiteur):
    """A file knows the code of the commune; the name of its département comes late, once another place is being looked for."""
    page, waiting = visiteur.page, []
    page.route("**/communes/territoires.json", lambda route: waiting.append(route))
    profil = {"public": "entreprise", "effectif": None, "secteur": None, "zones": CHATELLERAULT}
    identite = {"id": visiteur.q["id"], "version": visiteur.q["version"]}
    visiteur.give_file(json.dumps({"format": 1, "questionnaire": identite, "date": "2026-01-15", "profil": profil, "reponses": {}}))
    zones = visiteur.fact("zones")
    zones.get_by_role("button", name="Choisir une autre commune").click()
    for route in waiting:
        route.continue_()
    expect(visiteur.fact("territoire_industrie")).to_have_count(0)
    page.wait_for_timeout(300)
    expect(zones.get_by_label("Commune ou code postal")).to_be_focused()
    expect(zones.get_by_role("button", name="Choisir une autre commune")).to_be_hidden()


def test_exact_number_is_checked_and_the_profile_can_be_changed_later(visiteur):
    page = visiteur.page
    visiteur.choose("entreprise")
    effectif = visiteur.fact("effectif")
    effectif.get_by_label("Je connais le nombre").check()
    nombre = effectif.get_by_label("Nombre de personnes")
    nombre.fill("12.5")
    visiteur.button("Commencer").click()
    expect(nombre).to_be_focused()
    expect(effectif.locator(".q-erreur")).to_be_visible()
    assert effectif.locator(".q-erreur").get_attribute("id") in nombre.get_attribute("aria-describedby")
    nombre.fill("12")
    visiteur.start()
    only = next(q for t in visiteur.q["themes"] for q in t["questions"] if q["publics"] == ["etablissement-public"])
    assert only["id"] not in visiteur.seen()

    visiteur.button("Modifier mon profil").click()
    dialogue = page.get_by_role("dialog")
    expect(dialogue.get_by_label("Nombre de personnes")).to_have_value("12")
    dialogue.get_by_label("Établissement public").check()
    dialogue.get_by_label("De 50 à 99").check()
    dialogue.get_by_role("button", name="Enregistrer ce profil").click()
    expect(dialogue).to_be_hidden()
    assert only["id"] in visiteur.seen()
    visiteur.answer(first_question(visiteur), 0)
    visiteur.show_bilan()
    visiteur.button("Modifier mon profil").click()
    dialogue.get_by_label("Association").check()
    dialogue.get_by_role("button", name="Annuler").click()
    profil = visiteur.download()["profil"]
    assert (profil["public"], profil["effectif"]) == ("etablissement-public", {"min": 50, "max": 99})
    visiteur.button("Modifier mon profil").click()
    dialogue.get_by_label("Association").check()
    dialogue.get_by_role("button", name="Enregistrer ce profil").click()
    expect(page.locator("[data-profil]")).to_contain_text("Association")


def test_short_version_is_exactly_its_questions_and_carries_into_the_long_one(visiteur):
    page, courtes = visiteur.page, visiteur.q["court"]["questions"]
    page.context.route("**/*.wasm", lambda route: None)  # the engine never comes: the page knows on its own
    visiteur.begin("entreprise", parcours="court")
    assert sorted(visiteur.seen()) == sorted(courtes)
    assert len(courtes) == 14
    expect(page.locator("[data-avancement]")).to_have_text("0 réponse sur 14 questions")
    question = next(q for t in visiteur.q["themes"] for q in t["questions"] if q["id"] == courtes[0])
    visiteur.answer(question, 1)
    expect(page.locator("[data-avancement]")).to_have_text("1 réponse sur 14 questions")
    page.context.unroute("**/*.wasm")

    visiteur.button("Passer à la version complète").click()
    assert len(visiteur.seen()) > 14
    is_answered(visiteur, question, 1)
    autre = next(q for q in visiteur.q["themes"][0]["questions"] if q["id"] not in courtes and q["id"] in visiteur.seen())
    visiteur.answer(autre, 0)
    visiteur.button("Passer à la version courte").click()
    assert sorted(visiteur.seen()) == sorted(courtes)


def test_short_version_has_its_bilan_then_the_long_one(visiteur):
    visiteur.begin("entreprise", parcours="court")
    visiteur.answer_all()
    assert visiteur.page.locator("[data-avancement]").inner_text() == "14 réponses sur 14 questions"
    visiteur.show_bilan()
    court = visiteur.download()
    assert court["parcours"] == "court"
    assert len(court["reponses"]) == 14
    visiteur.page.locator("[data-action=complet]:visible").click()
    expect(visiteur.page.locator("[data-theme]:visible h2")).to_be_focused()
    assert len(visiteur.seen()) > 14
    visiteur.show_bilan()
    complet = visiteur.download()
    assert complet["parcours"] == "complet"
    assert complet["reponses"] == court["reponses"]


def test_notes_are_kept_with_the_answers_and_never_sent(visiteur):
    page, question = visiteur.page, first_question(visiteur)
    visiteur.begin(garde=True)
    visiteur.wait_for_engine()
    sent = page.evaluate_handle(LISTEN)
    carnet = visiteur.question(question["id"]).locator("[data-carnet]")
    carnet.locator("summary").click()
    carnet.get_by_label("Votre note").fill("Demander à Camille, poste 12")
    visiteur.answer(question, 1)
    visiteur.saved()
    visiteur.show_bilan()
    assert visiteur.download()["notes"] == {question["id"]: "Demander à Camille, poste 12"}
    messages = sent.json_value()
    assert messages
    assert "Camille" not in "".join(messages)
    for request in visiteur.requests:
        assert "Camille" not in request.url
        assert request.post_data is None
    page.reload()
    visiteur.resume()
    expect(carnet.get_by_label("Votre note")).to_have_value("Demander à Camille, poste 12")
    carnet.get_by_label("Votre note").fill("")
    visiteur.saved()
    visiteur.show_bilan()
    assert "notes" not in visiteur.download()


def test_every_fact_that_an_aid_may_ask_for_has_its_field(page, site):
    visiteur = Visiteur(page, site)
    visiteur.open()
    faits = page.locator("template[data-fait]").evaluate_all("modeles => modeles.map((m) => m.dataset.fait)")
    fixes = ["public", "effectif", "secteur", "zones", "territoire_industrie", "bilan_ges", "projet_demarre"]
    assert faits[: len(fixes)] == fixes
    quantites = [fait.removeprefix("quantites.") for fait in faits[len(fixes) :]]
    assert quantites
    assert page.evaluate(FIELDS, [f"{site}assets/web/champs.js", faits]) == {
        "bilan_ges": [{"bilan_ges": None}, {"bilan_ges": "2024-03-31"}, {"bilan_ges": "aucun"}],
        "projet_demarre": [{"projet_demarre": True}, {"projet_demarre": False}, {"projet_demarre": None}],
        **{f"quantites.{id_}": [{"quantites": {id_: "12.5"}}, {"quantites": {id_: None}}] for id_ in quantites},
    }


#: What the fields report as they are filled, by fact.
FIELDS = """async ([module, faits]) => {
  const { makeField } = await import(module), racine = document.querySelector(".questionnaire"), said = {};
  const change = (input) => input.dispatchEvent(new Event(input.type === "radio" ? "change" : "input"));
  for (const fait of faits.slice(5)) {
    said[fait] = [];
    const champ = makeField(fait, { racine, profil: { zones: [] } }, (patch) => said[fait].push(patch));
    document.body.append(champ);
    if (fait.startsWith("quantites.")) for (const valeur of ["12.5", "-3", ""]) {
      const input = champ.querySelector("input");
      input.value = valeur;
      change(input);
    } else for (const valeur of { bilan_ges: ["date", "2024-03-31", "aucun"], projet_demarre: ["oui", "non", ""] }[fait]) {
      const radio = champ.querySelector(`input[value="${valeur}"]`), jour = champ.querySelector("input[type=date]");
      if (radio) radio.checked = true;
      else jour.value = valeur;
      change(radio ?? jour);
    }
  }
  return said;
}"""


def test_a_commune_typed_and_not_chosen_is_not_forgotten_without_a_word(visiteur):
    visiteur.choose()
    lieu = visiteur.fact("zones")
    lieu.get_by_label("Ma commune").check()
    champ = lieu.locator("input[type=search]")
    champ.fill("Chatellero")
    visiteur.button("Commencer").click()
    expect(champ).to_be_focused()
    expect(lieu.get_by_text("Choisissez votre commune dans la liste, ou videz ce champ.")).to_be_visible()
    expect(visiteur.page.locator("[data-theme]:visible")).to_have_count(0)
    champ.fill("")
    visiteur.button("Commencer").click()
    expect(visiteur.page.locator("[data-theme]:visible h2")).to_be_focused()
