"""The bilan of chosen evaluations, brought as files: every figure and every aid is the engine's, in each state of the page."""

import datetime
import json
import re
from fractions import Fraction
from typing import Any
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect
from test_accessibilite import AXE, NORMES, RUN_AXE
from test_questionnaire_etats import check_state
from visiteur import Visiteur, check_bilan, judge, note_of, plain

from etabli_engine.bridge import call

INCONNU = {"public": None, "effectif": None, "secteur": None, "zones": []}
PME = {"public": "entreprise", "effectif": 70, "secteur": "industrie", "zones": ["PAYS-99100", "REG-75", "DEP-86"]}


def make_evaluation(visiteur: Visiteur, choose, profil: dict = INCONNU, **reste: Any) -> dict:
    """An evaluation of every question, answered as `choose(question)` says (None: blank); the file a visitor may bring back."""
    reponses = {}
    for question in (q for theme in visiteur.q["themes"] for q in theme["questions"]):
        if reponse := choose(question):
            reponses[question["id"]] = {"revision": question["revision"], **reponse}
    identite = {"id": visiteur.q["id"], "version": visiteur.q["version"]}
    return {"format": 1, "questionnaire": identite, "date": "2026-01-15", "profil": profil, "reponses": reponses, **reste}


def value_of(option: dict) -> Fraction:
    return Fraction(option["valeur"])


def best(question: dict) -> dict:
    if question["type"] == "nombre":
        return {"etat": "repondu", "nombre": max(question["echelle"]["points"], key=lambda point: Fraction(point[1]))[0]}
    if question["type"] == "multiple":
        return {"etat": "repondu", "options": [o["id"] for o in question["options"] if not o["exclusif"]]}
    return {"etat": "repondu", "options": [max(question["options"], key=value_of)["id"]]}


def worst(question: dict) -> dict:
    if question["type"] == "nombre":
        return {"etat": "repondu", "nombre": min(question["echelle"]["points"], key=lambda point: Fraction(point[1]))[0]}
    return {"etat": "repondu", "options": [min(question["options"], key=value_of)["id"]]}


def best_but_required(question: dict) -> dict:
    return worst(question) if question["requis_pour"] else best(question)


def planned(question: dict) -> dict:
    prevus = [option["id"] for option in question["options"] if option["prevu"]]
    return {"etat": "repondu", "options": prevus} if prevus else best(question)


def aside_where_it_may(question: dict) -> dict:
    return {"etat": "non_concerne", "motif": question["non_concerne"]["motifs"][0]["id"]} if question["non_concerne"] else best(question)


def ask(visiteur: Visiteur, evaluation: dict, **reste: Any) -> dict:
    """What `recommander` gives under CPython today, with the aids that the page reads."""
    with urlopen(f"{visiteur.address.split('questionnaires/')[0]}api/v1/aides.json") as answer:
        aides = json.load(answer)
    jour = datetime.datetime.now(ZoneInfo("Europe/Paris")).date().isoformat()
    charge = {"questionnaire": visiteur.q, "aides": aides, "evaluation": evaluation, "date": jour, **reste}
    return json.loads(call("recommander", json.dumps(charge))) | {"aides": {d["id"]: d for d in aides["dispositifs"]}}


def show(visiteur: Visiteur, evaluation: dict) -> None:
    """Bring the evaluation as a file, on the screen of the bilan, and wait for its aids."""
    visiteur.give_file(json.dumps(evaluation))
    expect(visiteur.page.locator("[role=alert], [data-alerte]").first).to_contain_text("Fichier repris")
    note = note_of(judge(visiteur, evaluation)["global"])
    expect(visiteur.page.locator("[data-note-globale]")).to_have_text(re.compile(f"^{note}$".replace(" ", r"\s")))
    expect(visiteur.page.get_by_text("Nous cherchons les aides")).to_have_count(0)


@pytest.fixture
def au_bilan(visiteur) -> Visiteur:
    """A visitor who has answered nothing and looks at their bilan."""
    visiteur.begin(None)
    visiteur.show_bilan()
    return visiteur


def shown(places: Locator) -> list[tuple[str | None, str | None]]:
    """The dispositifs in these places, each with its statut."""
    return [
        (line.get_attribute("data-dispositif"), line.get_attribute("data-statut")) for line in places.locator("[data-dispositif]").all()
    ]


def texts(cards: Locator) -> list[str]:
    return [plain(text) for text in cards.all_text_contents()]


def test_capped_planned_and_not_concerned_are_said(au_bilan):
    page, said = au_bilan.page, {}
    for choose in (best, best_but_required, planned, aside_where_it_may):
        evaluation = make_evaluation(au_bilan, choose)
        bilan = judge(au_bilan, evaluation)
        show(au_bilan, evaluation)
        check_bilan(au_bilan, bilan)
        said[choose.__name__] = bilan["global"], plain(page.locator("[data-synthese]").inner_text())
        prochain = bilan["global"]["prochain"]
        vers = [line.get_attribute("data-vers") for line in page.locator(".q-feuille [data-vers]").all()]
        assert vers == ([*prochain["verrous"], *prochain["par"]] if prochain else [])
    capped, text = said["best_but_required"]
    assert capped["plafonne_par"] and "Votre note suffit déjà pour" in text
    prevu = said["planned"][0]["avec_prevu"]
    assert f"Avec ce qui est prévu : {prevu['note']} / 5" in said["planned"][1]
    assert "Avec ce qui est prévu" not in said["best"][1]
    assert page.locator("[data-calcul=global]").inner_text().endswith(f"{said['aside_where_it_may'][0]['note']} / 5".replace(" ", "\u00a0"))


def test_the_aids_are_those_of_the_engine_and_none_is_closed(au_bilan):
    evaluation = make_evaluation(au_bilan, worst, PME)
    attendu = ask(au_bilan, evaluation)
    show(au_bilan, evaluation)
    cards = au_bilan.page.locator("[data-levier]")
    assert [card.get_attribute("data-levier") for card in cards.all()] == [levier["question"] for levier in attendu["leviers"]]
    assert sum(len(levier["dispositifs"]) for levier in attendu["leviers"])
    for card, levier in zip(cards.all(), attendu["leviers"], strict=True):
        lines = card.locator("[data-dispositif]")
        check_reason(card, levier)
        assert shown(card) == [(avis["id"], avis["statut"]) for avis in levier["dispositifs"]]
        assert not {"clos", "non_eligible"} & {statut for _, statut in shown(card)}
        for line, avis in zip(lines.all(), levier["dispositifs"], strict=True):
            mots = {"oui": "✓ Oui", "non": "✕ Non", "inconnu": "? À préciser"}
            assert texts(line.locator("[data-critere]")) == [plain(f"{mots[c['etat']]} {c['phrase']}") for c in avis["criteres"]]
            assert all(plain(condition) in plain(line.text_content()) for condition in avis["conditions_texte"])
            assert plain(attendu["aides"][avis["id"]]["montant_affichage"]) in plain(line.text_content())
        assert [c.get_attribute("data-contact") for c in card.locator("[data-contact]").all()] == levier["contacts"]
        assert [r.get_attribute("data-ressource") for r in card.locator("[data-ressource]").all()] == levier["ressources"]
        assert [line.is_visible() for line in lines.all()] == [rang == 0 for rang in range(len(levier["dispositifs"]))]
    autres = au_bilan.page.locator("[data-ailleurs-pour]")
    assert len(attendu["ailleurs"]) == 3
    assert [(autre.get_attribute("data-ailleurs-pour"), *shown(autre)[0]) for autre in autres.all()] == [
        (cas["question"], cas["dispositif"]["id"], cas["dispositif"]["statut"]) for cas in attendu["ailleurs"]
    ]
    assert texts(autres.locator("h4")) == [plain(f"Pour : {cas['action']}") for cas in attendu["ailleurs"]]
    suivants = [levier["question"] for levier in judge(au_bilan, evaluation)["leviers"][3:]]
    assert [piste.get_attribute("data-piste") for piste in au_bilan.page.locator("[data-piste]").all()] == suivants
    piste = au_bilan.page.locator("[data-piste]").first
    piste.get_by_role("button", name="Voir les aides").click()
    (levier,) = ask(au_bilan, evaluation, questions=suivants[:1])["leviers"]
    expect(piste.locator("[data-dispositif]")).to_have_count(len(levier["dispositifs"]))
    expect(piste.get_by_role("button", expanded=True)).to_be_focused()
    assert all(line.is_visible() for line in piste.locator("[data-dispositif]").all())
    assert levier["action"] and plain(piste.locator(".q-piste-texte").inner_text()).endswith(plain(levier["action"]))
    assert plain(levier["raison"]) in plain(piste.inner_text())


def check_reason(card: Locator, levier: dict) -> None:
    """What there is to do as the title; under it the question, the answer that was given and the next better one."""
    assert levier["action"] and plain(card.locator("h4").inner_text()) == plain(levier["action"])
    marche = f" La marche suivante : « {levier['marche'].removesuffix('.')} »." if levier["marche"] else ""
    assert texts(card.locator(".q-raison p")) == [plain(f"Question : « {levier['texte']} »"), plain(f"{levier['raison']}{marche}")]


def test_a_lack_of_aid_is_said_with_the_way_on(page, site):
    """Without any dispositif nor contact in the catalogue, each card says so and opens the search."""
    page.route(re.compile(r"/aides\.json"), lambda route: route.fulfill(json=route.fetch().json() | {"dispositifs": [], "contacts": []}))
    visiteur = Visiteur(page, site)
    visiteur.open()
    visiteur.begin(None)
    visiteur.show_bilan()
    show(visiteur, make_evaluation(visiteur, worst, PME))
    lacks = page.locator("[data-levier] [data-sans-aide]")
    assert texts(lacks) == ["Nous ne connaissons pas d'aide ouverte sur ce point précis. Chercher dans tout le catalogue"] * 3
    assert lacks.first.get_by_role("link").get_attribute("href") == "../../recherche/"


def test_a_lack_of_aid_leads_to_the_contact_when_there_is_one(au_bilan):
    evaluation = make_evaluation(au_bilan, worst, PME)
    rangs = [levier["question"] for levier in judge(au_bilan, evaluation)["leviers"]]
    leviers = ask(au_bilan, evaluation, questions=rangs)["leviers"]
    sans = next(levier for levier in leviers[3:] if not levier["dispositifs"] and levier["contacts"])
    show(au_bilan, evaluation)
    au_bilan.page.locator(".q-reste > summary").click()
    piste = au_bilan.page.locator(f"[data-piste={sans['question']}]")
    piste.get_by_role("button", name="Voir les aides").click()
    phrase = "Nous ne connaissons pas d'aide ouverte sur ce point précis. Le contact indiqué pourra vous orienter."
    expect(piste.locator("[data-contact]").first).to_be_visible()
    assert texts(piste.locator("[data-sans-aide]")) == [phrase]


def test_a_precision_settles_aids_and_keeps_the_place(au_bilan):
    page = au_bilan.page
    evaluation = make_evaluation(au_bilan, worst)
    avant = ask(au_bilan, evaluation)
    show(au_bilan, evaluation)
    (public,) = [manquant for manquant in avant["manquants"] if manquant["fait"] == "public"]
    assert len(public["dispositifs"]) > 1
    expect(page.locator("[data-precision=public] > .q-note")).to_contain_text(f"{len(public['dispositifs'])} aides en dépendent")
    page.get_by_role("button", name="Mettre à jour les aides").click()
    expect(page.locator(".q-precisions [role=alert]")).to_contain_text("au moins une information")
    page.locator("[data-precision=public] input[value=association]").check()
    page.get_by_role("button", name="Mettre à jour les aides").click()
    apres = ask(au_bilan, evaluation | {"profil": INCONNU | {"public": "association"}})
    assert "public" not in [manquant["fait"] for manquant in apres["manquants"]]
    expect(page.locator("[data-precision=public]")).to_have_count(0)
    expect(page.locator("#q-precisions" if apres["manquants"] else "#q-leviers")).to_be_focused()
    assert shown(page.locator("[data-levier]")) == [
        (avis["id"], avis["statut"]) for levier in apres["leviers"] for avis in levier["dispositifs"]
    ]
    assert "Association" in page.locator("[data-profil]").inner_text()


def test_what_is_unfolded_survives_a_new_profile(au_bilan):
    page = au_bilan.page
    show(au_bilan, make_evaluation(au_bilan, worst))
    page.locator("[data-detail] > summary").first.click()
    page.locator("[data-precision=public] input[value=association]").check()
    page.get_by_role("button", name="Mettre à jour les aides").click()
    expect(page.locator("[data-precision=public]")).to_have_count(0)
    expect(page.locator("[data-detail][open]")).to_have_count(1)


def check_page(visiteur: Visiteur) -> None:
    """Nothing for axe to say of the bilan with all unfolded, no sideways scroll at 320 px; colours are looked at in the fullest state."""
    page = visiteur.page
    page.locator(".q-bilan").evaluate("bilan => bilan.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(RUN_AXE, {"type": "tag", "values": NORMES}) == []
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1400, "height": 900})


def read(visiteur: Visiteur) -> str:
    return plain(visiteur.page.locator("[data-bilan-contenu]").inner_text())


def test_without_any_answer_there_is_one_sentence_and_a_way_on(au_bilan):
    page = au_bilan.page
    assert page.locator("[data-synthese=vide]").is_visible()
    assert page.locator("[data-bilan-contenu]").locator("table, svg, [data-levier]").count() == 0
    assert len(re.findall(r"[^.!?]+[.!?]", read(au_bilan))) == 2
    check_page(au_bilan)
    au_bilan.button("Répondre aux questions").click()
    expect(page.locator("[data-theme]:visible h2")).to_be_focused()


def test_each_state_says_it_and_is_accessible(au_bilan):
    page, q = au_bilan.page, au_bilan.q
    premiere = q["themes"][0]["questions"][0]["id"]
    show(au_bilan, make_evaluation(au_bilan, lambda question: worst(question) if question["id"] == premiere else None))
    assert read(au_bilan).count("Pas encore de réponse.") == len(q["themes"]) - 1
    assert page.locator("[data-niveau]").count() == 0
    check_page(au_bilan)

    show(au_bilan, make_evaluation(au_bilan, best, PME))
    assert page.locator("[data-sans-levier]").is_visible()
    assert page.locator("[data-levier], [data-prochain]").count() == 0
    check_page(au_bilan)

    show(au_bilan, make_evaluation(au_bilan, worst, PME, parcours="court"))
    assert "C'est une première idée" in read(au_bilan)
    check_page(au_bilan)
    page.get_by_role("button", name="Continuer avec la version complète").wait_for()

    show(au_bilan, make_evaluation(au_bilan, worst))
    # Its note is that of the state before: wait for what differs.
    expect(page.locator("[data-profil]")).to_have_text("Profil non précisé")
    expect(page.locator("[data-critere=inconnu]").first).to_be_attached()
    page.locator(".q-bilan").evaluate("bilan => bilan.querySelectorAll('details').forEach((d) => { d.open = true; })")
    check_state(au_bilan)


def test_a_shared_bilan_says_whose_it_is_and_changes_nothing(au_bilan):
    page = au_bilan.page
    evaluation = make_evaluation(au_bilan, worst, PME)
    encode = "async (evaluation) => (await import('/assets/web/partage.js')).encodeShare(evaluation, { profil: true })"
    page.goto(f"{au_bilan.address}#{page.evaluate(encode, evaluation)}")
    au_bilan.button("Afficher ce bilan").click()
    expect(page.locator("[data-adresse]")).to_contain_text("la structure qui a répondu")
    expect(page.get_by_text("Nous cherchons les aides")).to_have_count(0)
    assert page.locator("[data-levier] h4").count() == 3
    assert page.locator("[data-bilan-contenu]").locator("[data-ajouter], [data-plan-action], [data-precisions], th button").count() == 0
    assert "votre note" not in read(au_bilan).lower()
    check_page(au_bilan)


def test_interest_is_told_beside_maturity(page, site):
    """In a questionnaire that asks for it: first what attracts and is not begun; a theme without an answer last."""
    visiteur = Visiteur(page, site)
    with urlopen(f"{site}api/v1/questionnaires/sobriete-production.json") as answer:
        visiteur.q = json.load(answer)
    visiteur.address = f"{site}questionnaires/sobriete-production/"
    visiteur.open()
    visiteur.begin(None)
    visiteur.show_bilan()
    rangs = {question["id"]: rang for rang, theme in enumerate(visiteur.q["themes"]) for question in theme["questions"]}

    def choose(question: dict) -> dict | None:
        """The first theme is mature and attracts, the second attracts, the last waits for its interest."""
        rang = rangs[question["id"]]
        if question["notee"]:
            return best(question) if rang == 0 else worst(question)
        if rang == len(visiteur.q["themes"]) - 1:
            return None
        return best(question) if rang < 2 else worst(question)

    evaluation = make_evaluation(visiteur, choose, PME | {"public": None})
    bilan = judge(visiteur, evaluation)
    assert [theme["interet"] is None for theme in bilan["themes"]].count(True) == 1
    show(visiteur, evaluation)
    rows = page.locator("[data-interet]").all()
    cas = [row.get_attribute("data-cas") for row in rows]
    assert cas == ["vif-debut", "vif-avance"] + ["faible-debut"] * (len(cas) - 3) + ["inconnu"]
    assert [row.get_attribute("data-interet") for row in rows[:2]] == [bilan["themes"][1]["id"], bilan["themes"][0]["id"]]
    assert page.locator("[data-question-libre]").count() == len(cas)
    check_page(visiteur)
