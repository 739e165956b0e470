"""docs/methode.md tells the computation: every figure that it prints is computed again here, from the tables as they are printed."""

import json
import re
from fractions import Fraction

import pytest

from etabli import RACINE
from etabli_engine import bridge

TEXTE = (RACINE / "docs" / "methode.md").read_text(encoding="utf-8")
JOUR = "2026-01-01"
VALEURS = {"oui": "1", "en partie": "1/2", "prévu": "1/4", "non": "0"}
ETATS = {"je ne sais pas": {"etat": "ne_sait_pas"}, "non concerné": {"etat": "non_concerne", "motif": "sans-objet"}}
FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4)}


def read_table(caption: str) -> list[list[str]]:
    """The rows of the table whose caption has this id: the cells as text."""
    table = TEXTE.split(f'id="{caption}"')[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
    return rows[1:]


SCORE, PROGRESSION = read_table("exemple-score"), read_table("exemple-progression")
SEUILS = re.search(r"Les niveaux commencent à (\d+), (\d+), (\d+) et (\d+) sur 100", TEXTE).groups()


def make_questionnaire() -> dict:
    options = [{"id": texte.replace(" ", "-"), "texte": texte, "valeur": v, "prevu": texte == "prévu"} for texte, v in VALEURS.items()]
    questions = [
        {
            "id": nom,
            "texte": nom,
            "type": "unique",
            "poids": poids,
            "options": options,
            "non_concerne": {"motifs": [{"id": "sans-objet", "texte": "Sans objet"}]},
        }
        for nom, poids, *_ in SCORE
    ]
    questions[3]["requis_pour"] = "n1"
    niveaux = [{"id": f"n{rang}", "titre": f"Niveau {rang + 1}", "seuil": seuil} for rang, seuil in enumerate(SEUILS)]
    return {
        "format": 1,
        "id": "exemple",
        "version": "1.0.0",
        "niveaux": niveaux,
        "themes": [{"id": "t", "titre": "Thème", "poids": "1", "questions": questions}],
    }


def make_evaluation(reponses: list[str | None]) -> dict:
    donnees = {
        row[0]: {"revision": 1} | (ETATS.get(court) or {"etat": "repondu", "options": [court.replace(" ", "-")]})
        for row, court in zip(SCORE, reponses, strict=True)
        if court
    }
    return {"format": 1, "questionnaire": {"id": "exemple", "version": "1.0.0"}, "date": JOUR, "profil": {}, "reponses": donnees}


def ask(methode: str, **charge) -> dict:
    return json.loads(bridge.call(methode, json.dumps({"questionnaire": make_questionnaire(), "date": JOUR} | charge)))


def evaluate(reponses: list[str | None]) -> dict:
    return ask("evaluer", evaluation=make_evaluation(reponses))["themes"][0]


def shown(exact: str | Fraction) -> str:
    """28.571428… → « 28,57 », as the page writes it."""
    return f"{float(Fraction(exact)):.2f}".rstrip("0").rstrip(".").replace(".", ",")


REPONSES = [row[2] for row in SCORE]
TOTAL = sum(int(poids) for _, poids, reponse, *_ in SCORE if reponse != "non concerné")


def test_the_table_of_points_and_gains():
    theme = evaluate(REPONSES)
    for (nom, poids, reponse, points, gain), question in zip(SCORE, theme["questions"], strict=True):
        if reponse == "non concerné":
            assert (points, gain, question["points"]) == ("hors du calcul", "–", None)
            continue
        facteur, valeur, produit = re.fullmatch(r"(\d+) × (\S+) = (\d+)", points).groups()
        assert (facteur, produit) == (poids, question["points"]), nom
        assert FRACTIONS.get(valeur) == Fraction(question["valeur"]) if valeur in FRACTIONS else valeur == question["valeur"]
        manque = Fraction(poids) - Fraction(question["points"])
        assert gain == (f"100 × {manque} ÷ {TOTAL} = {shown(question['gain'])}" if manque else "0"), nom


def test_the_score_and_what_is_missing():
    theme = evaluate(REPONSES)
    points = sum(Fraction(question["points"]) for question in theme["questions"] if question["points"])
    gains = [question["gain"] for question in theme["questions"] if Fraction(question["gain"] or 0)]
    assert f"Le score est donc 100 × {points} ÷ {TOTAL}, soit {shown(theme['score'])} sur 100, affiché « {theme['note']} / 5 »" in TEXTE
    told = f"Les gains possibles, {' et '.join(map(shown, gains))}, font ensemble {shown(sum(map(Fraction, gains)))}"
    assert told in TEXTE
    assert sum(map(Fraction, gains)) == 100 - Fraction(theme["score"])


def test_the_gate_and_the_next_level():
    theme = evaluate(REPONSES)
    assert (theme["niveau"], theme["niveau_sans_plafond"], theme["plafonne_par"]) == ("n0", "n2", ["Quatrième"])
    assert f"{shown(theme['score'])} ouvre le troisième niveau" in TEXTE
    assert theme["prochain"]["niveau"] == "n1"
    assert (theme["prochain"]["verrous"], theme["prochain"]["par"]) == (["Quatrième"], [])
    apres = evaluate([*REPONSES[:3], "oui"])
    gain = Fraction(apres["score"]) - Fraction(theme["score"])
    assert f"{shown(theme['score'])} + {shown(gain)} = {shown(apres['score'])} : le quatrième niveau d'un coup" in TEXTE
    assert apres["niveau"] == "n3"


def test_what_is_planned():
    prevu = evaluate([*REPONSES[:3], "prévu"])
    points = sum(Fraction(question["points"]) for question in prevu["questions"] if question["points"])
    assert f"Le score est de 100 × {shown(points)} ÷ {TOTAL} = {shown(prevu['score'])}." in TEXTE
    assert f"{shown(prevu['avec_prevu']['score'])}, affiché « {prevu['avec_prevu']['note']} / 5 »" in TEXTE


def test_the_interval():
    theme = evaluate(["oui", "je ne sais pas", None, "oui"])
    assert "avec d'autres réponses : oui, je ne sais pas, rien, oui" in TEXTE
    assert f"100 × 5 ÷ 8 = {shown(theme['min'])}" in TEXTE
    assert theme["max"] == "100"
    assert f"entre {theme['note_min']} et {theme['note_max'].removesuffix(',0')} sur 5" in TEXTE
    assert Fraction(theme["couverture"]) == Fraction(3, 4) and "Les trois quarts du thème sont couverts" in TEXTE


def test_the_whole():
    """Three themes of one question each, at 80, « non concerné » and 40."""
    premier, second, total = re.search(r"\((\d+) \+ (\d+)\) ÷ 2 = (\d+)", TEXTE).groups()
    modele = make_questionnaire()
    question = modele["themes"][0]["questions"][0]
    modele["themes"] = [{"id": f"t{rang}", "titre": "T", "poids": "1", "questions": [question | {"id": f"q{rang}"}]} for rang in range(3)]
    for theme, valeur in ((0, premier), (2, second)):
        modele["themes"][theme]["questions"][0]["options"] = [{"id": "x", "texte": "x", "valeur": f"{valeur}/100"}]
    repondu = {"revision": 1, "etat": "repondu", "options": ["x"]}
    reponses = {"q0": repondu, "q1": {"revision": 1} | ETATS["non concerné"], "q2": repondu}
    evaluation = make_evaluation([None] * 4) | {"reponses": reponses}
    assert ask("evaluer", questionnaire=modele, evaluation=evaluation)["global"]["score"] == total


def test_progress():
    avant, apres = ([row[rang] for row in PROGRESSION] for rang in (2, 3))
    assert avant == REPONSES
    resultat = ask("comparer", evaluations=[make_evaluation(avant), make_evaluation(apres)])
    comparees = [row[0] for row in PROGRESSION if row[4] == "oui"]
    assert [question["id"] for question in resultat["questions"]] == comparees
    assert (resultat["comparables"], resultat["total"]) == (3, 4) and "Trois questions sur quatre se comparent" in TEXTE
    serie = resultat["global"]
    scores = [mesure["score"] for mesure in serie["mesures"]]
    for moment, score in zip(("Avant", "Après"), scores, strict=True):
        assert re.search(rf"{moment} : 100 × \d ÷ {TOTAL} = {shown(score)}\.", TEXTE)
    affiche = re.sub(r"[\u00a0\u202f]", " ", serie["ecart_affiche"])
    assert f"Le progrès est de {shown(serie['ecart'])} sur 100, affiché « {affiche} » sur 5" in TEXTE


@pytest.mark.parametrize("seuil, rang", [(seuil, rang) for rang, seuil in enumerate(SEUILS)])
def test_a_threshold_belongs_to_its_level(seuil, rang):
    modele = make_questionnaire()
    modele["themes"][0]["questions"] = [
        {"id": "q", "texte": "q", "type": "unique", "poids": "1", "options": [{"id": "x", "texte": "x", "valeur": f"{seuil}/100"}]}
    ]
    evaluation = make_evaluation([None] * 4) | {"reponses": {"q": {"revision": 1, "etat": "repondu", "options": ["x"]}}}
    assert ask("evaluer", questionnaire=modele, evaluation=evaluation)["themes"][0]["niveau"] == f"n{rang}"
