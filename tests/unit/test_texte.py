"""The words that a page is found by, and the links that a site without some pages must do without."""

import datetime

import pytest

from etabli.build import open_catalogue
from etabli.proximite import Proximite
from etabli.texte import body_of, text_of, unlink_absent, words_of

from .test_wrong import TESTS

KNOWN = {"index.md", "guides/act.md", "guides/autre.md"}


@pytest.fixture(scope="module")
def cat():
    return open_catalogue(TESTS / "sample" / "data", datetime.date(2026, 3, 1), racine=TESTS / "sample")[0]


@pytest.mark.parametrize(
    ("place", "given", "kept"),
    [
        ("guides/act.md", "Voir [l'autre](autre.md).", "Voir [l'autre](autre.md)."),
        ("guides/act.md", "Voir [l'autre](autre.md#fin).", "Voir [l'autre](autre.md#fin)."),
        ("guides/act.md", "Voir [un absent](absent.md).", "Voir un absent."),
        ("guides/act.md", "Voir [un absent](absent.md#fin).", "Voir un absent."),
        ("guides/act.md", "[accueil](../index.md)", "[accueil](../index.md)"),
        ("guides/act.md", "[faux](index.md)", "faux"),
        ("index.md", "[act](guides/act.md), [faux](act.md)", "[act](guides/act.md), faux"),
        ("index.md", "[a](./guides/../guides/act.md)", "[a](./guides/../guides/act.md)"),
        ("index.md", "[site](https://a.example/x.md) [image](x.png) [dossier](../dispositifs/)", None),
        ("index.md", "[ref]: absent.md\n`[x]`(y)", None),
        ("index.md", "[a](x.md) et [b](y.md)", "a et b"),
    ],
)
def test_a_link_to_a_page_that_is_not_there_leaves_its_words(place, given, kept):
    assert unlink_absent(given, place, KNOWN) == (given if kept is None else kept)


def test_the_text_of_a_thing_is_what_one_reads_of_it(cat):
    text = text_of(cat.fiches["fiche-02-accueil"])
    for word in (
        "Accueillir un projet",
        "Un conseiller vous suit.",
        "répartis sur six mois",
        "Prix d'une journée",
        "€ HT",
        "Projets accompagnés",
    ):
        assert word in text
    codes = ("memoire", "fiche-02-accueil", "agence.example", "energie", "guide-eclairage", "attirer", "region", "montant-projet")
    for hidden in (*codes, "**"):
        assert hidden not in text


def test_no_id_nor_code_is_text(cat):
    assert text_of(cat.territoires["pays-d-essai"]) == "Pays d'essai. Un Territoire d'industrie qui n'existe que pour les tests."
    assert "REG-53" not in text_of(cat.ressources["compteur-eau"])
    for word in ("apres-demande", "REG-53", "aide", "montant-projet"):
        assert word not in text_of(cat.dispositifs["etude-energie"]).split()


def test_search_has_the_title_and_the_summary_apart(cat):
    assert body_of(cat.territoires["pays-d-essai"]) == "Un Territoire d'industrie qui n'existe que pour les tests."
    assert cat.ressources["guide-eclairage"].resume not in body_of(cat.ressources["guide-eclairage"])


def test_the_words_of_a_thing_are_the_names_of_what_it_is_about(cat):
    near = Proximite(cat)
    words = words_of(cat, near, cat.dispositifs["etude-energie"])
    assert words == "Énergie Réduire mes impacts Entreprise Aide aux études Agence d'essai AE Bretagne"
    assert words_of(cat, near, cat.territoires["bretagne"]) == ""


def test_the_text_has_no_mark_of_markdown(cat):
    thing = cat.ressources["compteur-eau"].model_copy(update={"texte": "**Un** point\n\n- [le lien](https://a.example)\n2. `deux`"})
    assert body_of(thing).startswith("Un point le lien deux.")
