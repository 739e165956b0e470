"""publication.py: what keeps a site from being published, one rule at a time, and nothing of what the national base holds."""

import datetime
import json

import pytest

from etabli import RACINE
from etabli.adresses import collect_addresses
from etabli.lecture import load_catalogue
from etabli.publication import OBLIGATOIRES, check_publication

SAMPLE = RACINE / "tests" / "sample" / "data"
JOUR = datetime.date(2026, 11, 21)
#: A site that may be published: what each test then spoils.
BLOC = {
    "url": "https://transition.valdor.fr/",
    "editeur": {
        "nom": "Communauté de communes du Val d'Or",
        "adresse": "2 rue du Pont, 86000 Valdor",
        "telephone": "05 49 12 34 56",
        "courriel": "contact@valdor.fr",
        "directeur_publication": "La présidente de la Communauté de communes",
        "delegue_donnees": "donnees@valdor.fr",
    },
    "hebergeur": {"nom": "Syndicat numérique", "adresse": "4 rue du Port, 86000 Valdor", "telephone": "05 49 65 43 21"},
}
AUDIT = {"etat": "partiellement-conforme", "audit_le": "2026-05-04", "auditeur": "Cabinet Clair", "taux": 85}


def said_of(tmp_path, changes=(), pages=None, connus=None, **arguments) -> dict[tuple[str, str], tuple[bool, str]]:
    """(file, key) → (does it keep from publishing?, what is said), of the sample with this legal block, these pages, these known links.

    changes: (path, value) pairs; None takes the field away.
    """
    bloc = json.loads(json.dumps(BLOC))
    for (*folders, name), value in changes:
        block = bloc
        for folder in folders:
            block = block.setdefault(folder, {})
        block[name] = value
    cat, _ = load_catalogue(SAMPLE, JOUR, SAMPLE.parent)
    cat.site = type(cat.site).model_validate({"nom": "Val d'Or en transition", "accroche": "Par exemple, une aide pour agir.", **bloc})
    for name, text in (pages or {}).items():
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    (tmp_path / "build").mkdir(exist_ok=True)
    kept = {
        address: {"etat": "", "code": None, "raison": raison, "verifie_le": "2026-11-20", "finale": address}
        for address, raison in ({address: "ouverte" for address in ADRESSES} | (connus or {})).items()
        if raison
    }
    (tmp_path / "build" / "liens.json").write_text(json.dumps({"format": 1, "adresses": kept}), encoding="utf-8")
    found = check_publication(cat, tmp_path, **arguments)
    assert found == sorted(found)
    return {(p.fichier, p.chemin or str(p.ligne)): (not p.avertissement, p.message) for p in found}


def addresses_of_the_sample() -> list[str]:
    cat, _ = load_catalogue(SAMPLE, JOUR, SAMPLE.parent)
    return list(collect_addresses(cat, RACINE / "absent"))


ADRESSES = addresses_of_the_sample()
SITE = "data/site.yml"


def spoil_the_data(tmp_path, text: str) -> list[str]:
    """What is said of a ressource of which the body is this text."""
    cat, _ = load_catalogue(SAMPLE, JOUR, SAMPLE.parent)
    id_ = next(iter(cat.ressources))
    cat.ressources = {id_: cat.ressources[id_].model_copy(update={"resume": text})}
    found = check_publication(cat, tmp_path)
    return [p.message for p in found if p.chemin == "resume" and not p.avertissement]


def without_the_sample(said: dict) -> dict:
    """The sample is made of examples: what it says of itself is left out, its legal block is not."""
    return {place: what for place, what in said.items() if place[0] == SITE or not place[0].startswith("data/")}


def test_a_site_whose_legal_block_is_whole_may_be_published(tmp_path):
    assert without_the_sample(said_of(tmp_path)) == {}


@pytest.mark.parametrize("path", OBLIGATOIRES, ids=".".join)
def test_what_the_law_asks_for_is_refused_when_missing(tmp_path, path):
    said = without_the_sample(said_of(tmp_path, [(path, None)]))
    assert said == {(SITE, ".".join(path)): (True, "est obligatoire sur un site publié, et manque.")}


def test_the_law_is_asked_of_seven_places():
    assert {".".join(path) for path in OBLIGATOIRES} == {
        "editeur.nom", "editeur.adresse", "editeur.telephone", "editeur.directeur_publication",
        "hebergeur.nom", "hebergeur.adresse", "hebergeur.telephone",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["courriel", "delegue_donnees"])
def test_what_a_page_misses_is_only_warned_of(tmp_path, name):
    said = without_the_sample(said_of(tmp_path, [(("editeur", name), None)]))
    assert [(place, refused) for place, (refused, _) in said.items()] == [((SITE, f"editeur.{name}"), False)]


def test_a_site_without_address_is_refused_unless_the_command_gives_it(tmp_path):
    assert without_the_sample(said_of(tmp_path, [(("url",), None)])) == {(SITE, "url"): (True, "manque.")}
    assert without_the_sample(said_of(tmp_path, [(("url",), None)], adresse="https://valdor.fr/")) == {}


def said_of_the_audit(tmp_path, **changes) -> list[tuple[str, bool]]:
    said = without_the_sample(said_of(tmp_path, [(("accessibilite",), {**AUDIT, **changes})]))
    return [(key, refused) for (_, key), (refused, _) in said.items()]


@pytest.mark.parametrize("missing", ["audit_le", "auditeur", "taux"])
def test_a_state_is_claimed_after_a_dated_audit_only(tmp_path, missing):
    assert said_of_the_audit(tmp_path) == []
    assert said_of_the_audit(tmp_path, **{missing: None}) == [("accessibilite.etat", True)]
    assert said_of_the_audit(tmp_path, etat="non-conforme", **{missing: None}) == []


@pytest.mark.parametrize(
    ("etat", "taux", "refused"),
    [
        ("totalement-conforme", 100, False), ("totalement-conforme", "99.9", True), ("partiellement-conforme", 50, False),
        ("partiellement-conforme", "49.9", True), ("partiellement-conforme", 101, True), ("non-conforme", 12, False),
    ],
)  # fmt: skip
def test_the_rate_bears_the_state(tmp_path, etat, taux, refused):
    assert said_of_the_audit(tmp_path, etat=etat, taux=taux) == [("accessibilite.taux", True)] * refused


def test_an_audit_holds_three_years(tmp_path):
    assert said_of_the_audit(tmp_path, audit_le="2023-11-21") == []
    assert said_of_the_audit(tmp_path, audit_le="2023-11-20") == [("accessibilite.audit_le", False)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("editeur", "nom"), "Communauté de communes d'Exemple"), (("editeur", "adresse"), "1 place de la Mairie, 00000 Valdor"),
        (("editeur", "telephone"), "01 23 45 67 89"), (("editeur", "courriel"), "contact@exemple.fr"),
        (("hebergeur", "nom"), "L'hébergeur reste à préciser"), (("hebergeur", "adresse"), "TODO"),
        (("hebergeur", "nom"), "Un exemple"), (("editeur", "nom"), "Nom de l'organisme"),
    ],
)  # fmt: skip
def test_an_example_in_the_legal_block_is_refused(tmp_path, path, value):
    said = without_the_sample(said_of(tmp_path, [(path, value)]))
    assert [(place, refused) for place, (refused, _) in said.items()] == [((SITE, ".".join(path)), True)]


@pytest.mark.parametrize(
    "text",
    [
        "Voir https://www.exemple.fr/aide", "Écrivez à aide@example.org", "This is an example", "1 rue Haute, 00000 Ville", "À compléter",
        "Le contact : à préciser", "Le montant (à renseigner)", "TODO", "Le montant est XXX euros", "Lorem ipsum dolor",
        "Appelez le 01 23 45 67 89", "La Communauté de communes d'Exemple", "Appelez le 00 00 00 00 00",
    ],
)  # fmt: skip
def test_what_waits_to_be_written_is_refused_in_the_data(tmp_path, text):
    (said,) = spoil_the_data(tmp_path, text)
    assert said.endswith("attend d'être remplacé.")


@pytest.mark.parametrize(
    "text",
    [
        "Par exemple, un formulaire à remplir.", "Fiche 17, exemples", "Une aide de 500000 euros",
        "Un exemple à suivre, à définir ensemble.", "Appelez le 01 23 45 67 80", "Les points restants, à préciser avec votre conseiller.",
    ],
)  # fmt: skip
def test_ordinary_words_are_let_through(tmp_path, text):
    assert spoil_the_data(tmp_path, text) == []


def test_a_written_page_is_read_out_of_its_code(tmp_path):
    page = "# Venir\n\n```\ncurl https://www.exemple.fr/\n```\n\nÉcrivez `contact@exemple.fr`, <code>TODO</code>.\n\nÀ compléter.\n"
    said = {place: what for place, what in said_of(tmp_path, pages={"venir.md": page}).items() if place[0].endswith(".md")}
    assert said == {("docs/venir.md", "9"): (True, "« À compléter » attend d'être remplacé.")}


def test_a_link_known_to_be_dead_is_refused_where_it_is_written(tmp_path):
    dead = "https://aide.valdor.fr/absente"
    pages = {"venir.md": f"# Venir\n\nVoyez [la page]({dead}).\n"}
    said = without_the_sample(said_of(tmp_path, pages=pages, connus={dead: "absente"}))
    assert list(said) == [("docs/venir.md", "3")]
    assert said["docs/venir.md", "3"] == (True, f"« {dead} » : la page n'existe pas, vu le 20 novembre 2026.")
    assert without_the_sample(said_of(tmp_path, pages=pages, connus={dead: "panne"})) == {}


def test_links_that_nobody_tried_are_counted(tmp_path):
    said = without_the_sample(said_of(tmp_path, connus={ADRESSES[0]: None}))
    assert list(said.values()) == [(False, f"adresses jamais vérifiées : 1 sur {len(ADRESSES)}.")]


def test_the_national_base_and_its_guides_lack_nothing_but_their_publisher():
    cat, _ = load_catalogue(RACINE / "data", JOUR, RACINE)
    found = check_publication(cat, RACINE, adresse="https://etabli.valdor.fr/")
    kept = [p for p in found if not p.avertissement and not p.message.endswith(" 2026.")]  # « vu le … »: what this machine knows of links
    assert {p.chemin for p in kept if p.fichier == "data/site.yml"} == {".".join(path) for path in OBLIGATOIRES}
    assert [str(p) for p in kept if p.fichier != "data/site.yml"] == []
