"""The bilan of chosen evaluations, brought as files: capped level, planned actions, questions set aside, in the figures of the engine."""

import json
import re
from fractions import Fraction

from playwright.sync_api import expect
from visiteur import Visiteur, check_bilan, judge, note_of, plain


def make_evaluation(visiteur: Visiteur, choose) -> dict:
    """An evaluation of every question, answered as `choose(question)` says; the file a visitor may bring back."""
    reponses = {}
    for question in (q for theme in visiteur.q["themes"] for q in theme["questions"]):
        reponses[question["id"]] = {"revision": question["revision"], **choose(question)}
    profil = {"public": None, "effectif": None, "secteur": None, "zones": []}
    identite = {"id": visiteur.q["id"], "version": visiteur.q["version"]}
    return {"format": 1, "questionnaire": identite, "date": "2026-01-15", "profil": profil, "reponses": reponses}


def value_of(option: dict) -> Fraction:
    return Fraction(option["valeur"])


def best(question: dict) -> dict:
    if question["type"] == "nombre":
        return {"etat": "repondu", "nombre": max(question["echelle"]["points"], key=lambda point: Fraction(point[1]))[0]}
    if question["type"] == "multiple":
        return {"etat": "repondu", "options": [o["id"] for o in question["options"] if not o["exclusif"]]}
    return {"etat": "repondu", "options": [max(question["options"], key=value_of)["id"]]}


def best_but_required(question: dict) -> dict:
    if not question["requis_pour"]:
        return best(question)
    return {"etat": "repondu", "options": [min(question["options"], key=value_of)["id"]]}


def planned(question: dict) -> dict:
    prevus = [option["id"] for option in question["options"] if option["prevu"]]
    return {"etat": "repondu", "options": prevus} if prevus else best(question)


def aside_where_it_may(question: dict) -> dict:
    return {"etat": "non_concerne", "motif": question["non_concerne"]["motifs"][0]["id"]} if question["non_concerne"] else best(question)


def test_capped_planned_and_not_concerned_are_said(visiteur):
    page, said = visiteur.page, {}
    visiteur.begin(None)
    visiteur.show_bilan()
    for choose in (best, best_but_required, planned, aside_where_it_may):
        evaluation = make_evaluation(visiteur, choose)
        bilan = judge(visiteur, evaluation)
        visiteur.give_file(json.dumps(evaluation))
        expect(page.locator("[data-note-globale]")).to_have_text(re.compile(f"^{note_of(bilan['global'])}$".replace(" ", r"\s")))
        check_bilan(visiteur, bilan)
        said[choose.__name__] = bilan["global"], plain(page.locator("[data-synthese]").inner_text())
    capped, text = said["best_but_required"]
    assert capped["plafonne_par"]
    for question in (q for theme in visiteur.q["themes"] for q in theme["questions"]):
        assert (plain(question["texte"]) in text) == (question["id"] in capped["plafonne_par"])
    planned_, text = said["planned"]
    assert f"Avec ce qui est prévu : {planned_['avec_prevu']['note']} / 5" in text
    assert "Avec ce qui est prévu" not in said["best"][1]
