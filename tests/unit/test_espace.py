"""What an espace adds to the base, replaces and puts forward (`espace.py`); what it may not do stands in `tests/wrong/espace-*`."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli import adaptations
from etabli.load import load_file

from .espaces import AIDE, SAMPLE, build_base, build_with, change, open_base, open_with, pages_of, refused, write_espace

ETUDE = "dispositif/etude-energie"


def test_an_espace_that_changes_nothing_changes_nothing_but_what_is_its_own(tmp_path):
    """All pages are those of the base, but for the name, the sentence and the third door of the home page."""
    base, made = build_base(), build_with(write_espace(tmp_path))
    before, after = pages_of(base), pages_of(made)
    assert set(before) == set(after)
    differ = {path for path in before if before[path] != after[path]}
    assert differ == {"", "accessibilite/"}
    assert {path for path in base.api if base.api[path] != made.api[path]} == {"flux.xml", "calendrier.ics"}
    assert made.catalogue.espace.changements == []


def test_values_are_added_to_a_list_that_is_there_and_to_one_that_is_not(tmp_path):
    dossier = write_espace(tmp_path, ajoute=[
        change(ETUDE, champ="conditions_texte", valeurs=["Vous êtes à Rennes.", "Depuis un an."]),
        change(ETUDE, champ="contacts", valeurs=["agence-rennes"]),
        change("fiche/fiche-02-accueil", champ="liens", valeurs=[{"titre": "Ici", "url": "https://ici.example/"}]),
    ])  # fmt: skip
    cat = open_with(dossier)
    assert cat.dispositifs["etude-energie"].conditions_texte == ["Le prestataire est indépendant.", "Vous êtes à Rennes.", "Depuis un an."]
    assert cat.dispositifs["etude-energie"].contacts == ["agence-rennes"]
    assert [lien.titre for lien in cat.fiches["fiche-02-accueil"].liens] == ["Le site de l'agence", "Ici"]
    assert [(c.operation, c.champ) for c in cat.espace.changements] == [
        ("ajoute", "conditions_texte"), ("ajoute", "contacts"), ("ajoute", "liens"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quoi", "champ", "valeur", "lu"),
    [
        (ETUDE, "titre", "Étude d'ici", lambda cat: cat.dispositifs["etude-energie"].titre),
        (ETUDE, "montant.affichage", "la moitié", lambda cat: cat.dispositifs["etude-energie"].montant.affichage),
        (ETUDE, "montant.taux.petite", 45, lambda cat: cat.dispositifs["etude-energie"].montant.taux.petite),
        (ETUDE, "texte", "Un texte que la base n'a pas.", lambda cat: cat.dispositifs["etude-energie"].texte),
        (ETUDE, "cloture", None, lambda cat: cat.dispositifs["etude-energie"].cloture),
        (ETUDE, "montant", None, lambda cat: cat.dispositifs["etude-energie"].montant),
        ("vocabulaire/besoins", "reduire.libelle", "Réduire ici", lambda cat: cat.vocabulaires["besoins"]["reduire"].libelle),
        ("terme/pcaet", "definition", "Le plan d'ici.", lambda cat: cat.termes[0].definition),
        ("organisme/agence", "nom", "Agence d'ici", lambda cat: cat.organismes["agence"].nom),
        ("contact/agence-rennes", "fonction", "Accueil", lambda cat: cat.contacts["agence-rennes"].fonction),
        ("territoire/rennes-metropole", "presentation", "Ici.", lambda cat: cat.territoires["rennes-metropole"].presentation),
        ("questionnaire/essai", "titre", "Où en êtes-vous ?", lambda cat: cat.questionnaires["essai"].questionnaire.titre),
        ("questionnaire/essai", "niveaux.depart.message", "Ici.", lambda cat: cat.questionnaires["essai"].questionnaire.niveaux[0].message),
        ("theme/essai/eau", "messages.depart", "Chez nous.", lambda cat: cat.questionnaires["essai"].themes[1].messages["depart"]),
        ("theme/essai/eau", "questions.a2.comment", "Ici.", lambda cat: cat.questionnaires["essai"].themes[1].questions[1].comment),
    ],
)  # fmt: skip
def test_a_field_is_replaced(tmp_path, quoi, champ, valeur, lu):
    """Simple, nested, in an item found by its id, absent from the base, taken away by null: in every kind."""
    before = lu(open_base())
    cat = open_with(write_espace(tmp_path, remplace=[change(quoi, champs={champ: valeur})]))
    assert lu(cat) == valeur
    assert before != valeur
    (noted,) = cat.espace.changements
    assert (noted.operation, noted.quoi, noted.champ, noted.motif) == ("remplace", quoi, champ, "Pour essayer.")
    assert (noted.fichier, noted.ligne) == ("ici/espace.yml", 5)


def test_what_the_base_said_is_kept_for_the_report(tmp_path):
    cat = open_with(write_espace(tmp_path, remplace=[change(ETUDE, champs={"montant.taux": {"toutes": 30}, "titre": "Ici même"})]))
    assert {c.champ: c.avant for c in cat.espace.changements} == {
        "montant.taux": {"petite": 70, "moyenne": 60, "grande": 50}, "titre": "Aide à l'étude énergie",
    }  # fmt: skip


def test_the_base_is_never_written(tmp_path):
    before = {path: path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}
    build_with(write_espace(tmp_path, remplace=[change(ETUDE, champs={"titre": "Étude d'ici"})], masque=[change("terme/pcaet")]))
    assert {path: path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("operations", "lines"),
    [
        # A list of the base, one of whose items is wrong: the line is that of the item, the other items are not judged there.
        ("ajoute:\n  - quoi: dispositif/etude-energie\n    champ: contacts\n    valeurs:\n      - agence-rennes\n      - agence-renne\n"
         "    motif: Deux portes.\n", ["ici/espace.yml:10 « agence-renne » est inconnu. Vouliez-vous dire « agence-rennes » ?"]),
        ("remplace:\n  - quoi: dispositif/etude-energie\n    champs:\n      montant:\n        affichage: la moitié\n"
         "        taux: {petite: 170}\n    motif: Nos taux.\n", ["ici/espace.yml:10 170 n'est pas un pourcentage."]),
        ("remplace:\n  - quoi: dispositif/etude-energie\n    champs:\n      cloture: 2025-12-31\n    motif: Fermée plus tôt.\n",
         ["ici/espace.yml:8 la clôture (31 décembre 2025) précède l'ouverture (1er janvier 2026)."]),
        ("remplace:\n  - quoi: dispositif/etude-energie\n    champs:\n      titre: null\n    motif: Sans titre.\n",
         ["ici/espace.yml:8 la clé « titre » manque."]),
    ],
)  # fmt: skip
def test_what_the_contract_refuses_is_told_at_the_line_that_says_it(tmp_path, operations, lines):
    assert refused(write_espace(tmp_path, operations)) == lines


def test_a_file_of_the_base_is_still_told_in_the_base(tmp_path, data):
    """An espace that changes one field of a file is not blamed for the others."""
    path = data / "dispositifs" / "etude-energie.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("nature: etude", "nature: etudes"), encoding="utf-8")
    dossier = write_espace(tmp_path, remplace=[change(ETUDE, champs={"titre": "Étude d'ici"})])
    assert refused(dossier, data) == ["data/dispositifs/etude-energie.yml:4 « etudes » est inconnu. Vouliez-vous dire « etude » ?"]


def test_an_espace_adds_its_own_things(tmp_path):
    """In the same folders as the base, and whole: page, list, API."""
    glossaire = "- {id: ici, terme: Ici, definition: Le territoire, source: {document: memoire, consulte_le: 2026-01-05}}\n"
    theme = "- {id: sols, libelle: Sols, description: Les garder vivants.}\n"
    aide = AIDE.replace("themes: [energie]", "themes: [sols]")
    made = build_with(write_espace(tmp_path, files={
        "dispositifs/aide-locale.yml": aide, "glossaire.yml": glossaire, "vocabulaires/themes.yml": theme,
    }))  # fmt: skip
    pages = pages_of(made)
    assert {"dispositifs/aide-locale/", "themes/sols/", "glossaire/i/"} <= set(pages)
    assert 'href="../dispositifs/aide-locale/"' in pages["dispositifs/"]
    assert 'href="../../dispositifs/aide-locale/"' in pages["themes/sols/"]
    assert [t.id for t in made.catalogue.termes] == ["pcaet", "ici"]
    assert list(made.catalogue.vocabulaires["themes"]) == ["energie", "eau", "sols"]
    assert "aide-locale" in {d["id"] for d in json.loads(made.api["api/v1/dispositifs.json"])}
    assert [page.fichier for page in made.pages if page.chemin == "dispositifs/aide-locale/"] == ["ici/dispositifs/aide-locale.yml"]


def test_what_is_put_forward_comes_first(tmp_path):
    """On the home page in the order of the file; in a list before the others, but never before what is open when it is closed."""
    dossier = write_espace(tmp_path, epingle=[
        {"quoi": "ressource/guide-eclairage"}, {"quoi": "dispositif/defi-collectif"}, {"quoi": "fiche/fiche-02-accueil"},
    ])  # fmt: skip
    made = build_with(dossier)
    home, listed = pages_of(made)[""], pages_of(made)["themes/energie/"]
    forward = home[home.index("À commencer par, ici") : home.index("De quoi avez-vous besoin")]
    places = [forward.index(f'href="{path}"') for path in (
        "ressources/guide-eclairage/", "dispositifs/defi-collectif/", "fiches/fiche-02-accueil/",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "À commencer par, ici" not in pages_of(build_base())[""]
    assert listed.index("guide-eclairage/") < listed.index("carnet-de-suivi/"), "pinned, though « Carnet » comes first by its name"
    assert listed.index("etude-energie/") < listed.index("defi-collectif/"), "closed: last, pinned or not"
    base = pages_of(build_base())["themes/energie/"]
    assert base.index("carnet-de-suivi/") < base.index("guide-eclairage/")


def test_a_visitor_is_told_what_was_changed_and_why(tmp_path):
    """Each reason once, on the page that it explains and on no other."""
    dossier = write_espace(
        tmp_path,
        remplace=[change(ETUDE, "Les mots d'ici.", champs={"titre": "Étude d'ici", "resume": "Une étude pour qui est ici."})],
        ajoute=[change(ETUDE, "Une porte de plus.", champ="contacts", valeurs=["agence-rennes"])],
    )
    pages = pages_of(build_with(dossier))
    assert pages["dispositifs/etude-energie/"].count("Page adaptée à ce territoire. Les mots d’ici. Une porte de plus.") == 1
    assert [path for path, corps in pages.items() if "Page adaptée" in corps] == ["dispositifs/etude-energie/"]
    assert not [path for path, corps in pages_of(build_base()).items() if "Page adaptée" in corps]


def test_without_an_espace_nothing_is_said():
    cat = open_base()
    thing = cat.dispositifs["etude-energie"]
    assert (adaptations.tell_changes(cat, thing), adaptations.tell_shadow(cat, thing), adaptations.list_pinned(cat)) == ([], [], [])


FIELDS = [("ressource", "guide-eclairage", name) for name in ("titre", "resume", "publics", "effort", "texte", "source", "repond_a")]
FIELDS += [
    ("dispositif", "etude-energie", name) for name in ("montant", "montant.taux", "conditions", "porteurs", "zones", "cloture", "duree")
]


@settings(max_examples=8, deadline=None)
@given(chosen=st.lists(st.sampled_from(FIELDS), min_size=1, max_size=5, unique=True))
def test_replacing_fields_by_their_own_values_changes_nothing_but_the_report(tmp_path_factory, chosen):
    """Whatever the fields: the models are equal, and each replacement is noted with what the base says."""
    operations = []
    for kind, id_, name in chosen:
        value = load_file(SAMPLE / f"{kind}s" / f"{id_}.yml", SAMPLE).valeur
        for part in name.split("."):
            value = value[part]
        operations.append(change(f"{kind}/{id_}", champs={name: json.loads(json.dumps(value, default=str))}))
    dossier = write_espace(tmp_path_factory.mktemp("espaces"), remplace=operations)
    base, cat = open_base(), open_with(dossier)
    for kind in ("ressource", "dispositif", "fiche", "contact"):
        assert cat.of(kind) == base.of(kind)
    assert cat.aides == base.aides
    assert sorted((c.quoi, c.champ) for c in cat.espace.changements) == sorted((f"{kind}/{id_}", name) for kind, id_, name in chosen)
