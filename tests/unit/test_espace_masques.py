"""What an espace does not show (`masques.py`): what it masks, and what only concerns other places. Nothing leads to what is gone."""

import datetime
import posixpath
import re

import pytest

from etabli import RACINE
from etabli.build import open_catalogue
from etabli.masques import find_elsewhere, prune
from etabli.pages_espace import is_left_out

from .espaces import (
    AIDE,
    ESPACE,
    RENNES,
    SAMPLE,
    SOURCE,
    build_base,
    build_with,
    change,
    open_base,
    open_with,
    pages_of,
    refused,
    write_espace,
)
from .test_wrong import JOUR

NATIONAL, LOCAL = "dispositif/defi-collectif", "dispositifs/aide-locale.yml"
AVANT, PENDANT, FIN, APRES = (datetime.date(2026, *day) for day in ((1, 31), (2, 1), (6, 30), (7, 1)))


def dead_links(pages: dict[str, str], others: set[str]) -> set[tuple[str, str]]:
    """(page, href) of every link inside the site that leads to no page. others: the paths that are no page of the catalogue."""
    found = set()
    for chemin, corps in pages.items():
        for href in re.findall(r'href="([^"#?]+)', corps):
            if re.match(r"[a-z]+:", href):
                continue
            target = posixpath.normpath(posixpath.join("/", chemin, href)).lstrip("/")
            if not {target, f"{target}/"} & {*pages, *others, ".", ""} and not target.startswith("assets/"):
                found.add((chemin, href))
    return found


def written_pages(espace) -> set[str]:
    """The addresses of the written pages of the base, but for those that the espace leaves out."""
    sources = {path.relative_to(RACINE / "docs").as_posix() for path in (RACINE / "docs").rglob("*.md")}
    kept = {source for source in sources if espace is None or not is_left_out(espace, source)}
    return {source.removesuffix("index.md") if source.endswith("index.md") else source.removesuffix(".md") + "/" for source in kept}


def check_links(made) -> None:
    assert dead_links(pages_of(made), {*made.api, *written_pages(made.catalogue.espace)}) == set()


def test_dead_links_are_seen():
    """Else what follows would prove nothing; and the base has none."""
    assert dead_links({"": '<a href="rien/">', "a/b/": '<a href="../../">'}, set()) == {("", "rien/")}
    check_links(build_base())


@pytest.mark.parametrize(
    ("quoi", "chemin", "seen"),
    [
        ("ressource/guide-eclairage", "ressources/guide-eclairage/", lambda cat: cat.fiches["fiche-02-accueil"].ressources),
        ("dispositif/etude-energie", "dispositifs/etude-energie/", lambda cat: cat.fiches["fiche-02-accueil"].dispositifs),
        ("fiche/fiche-02-accueil", "fiches/fiche-02-accueil/", lambda cat: list(cat.fiches)),
        ("territoire/pays-d-essai", "territoires/pays-d-essai/", lambda cat: [id_ for id_ in cat.territoires if id_ == "pays-d-essai"]),
        ("territoire/finistere", "territoires/finistere/", lambda cat: [id_ for id_ in cat.territoires if id_ == "finistere"]),
        ("questionnaire/essai", "questionnaires/essai/", lambda cat: list(cat.questionnaires)),
        ("terme/pcaet", "glossaire/p/", lambda cat: cat.termes),
        ("contact/agence-rennes", None, lambda cat: [id_ for id_ in cat.contacts if id_ == "agence-rennes"]),
    ],
)  # fmt: skip
def test_what_is_masked_is_nowhere(tmp_path, quoi, chemin, seen):
    """No page, no list, no link, no line in the API; the worked examples go on without it."""
    assert seen(open_base())
    made = build_with(write_espace(tmp_path, masque=[change(quoi)]))
    assert not seen(made.catalogue)
    assert chemin not in pages_of(made)
    id_ = quoi.partition("/")[2]
    assert not [path for path, text in made.api.items() if f'"id":"{id_}"' in text or path.endswith(f"/{id_}.json")]
    check_links(made)
    (noted,) = made.catalogue.espace.changements
    assert (noted.operation, noted.quoi, noted.ligne) == ("masque", quoi, 5)


def test_an_answer_that_no_ressource_helps_any_more_is_told_and_stops_nothing(tmp_path):
    """It is the espace that hides, and the base that would be blamed."""
    dossier = write_espace(tmp_path, masque=[change("ressource/guide-eclairage")])
    assert refused(dossier) == []
    _, warnings = open_catalogue(SAMPLE, JOUR, SAMPLE.parent, dossier)
    told = [(p.fichier, p.chemin, p.message) for p in warnings if p.chemin != "a_relire_le"]
    assert told == [
        ("data/questionnaires/essai/energie.yml", "questions.3",
         "une réponse qui vaut 1/2 ne mène à aucune ressource pour « entreprise », « association »."),
    ]  # fmt: skip


def test_what_took_the_place_of_a_masked_thing_is_not_promised(tmp_path, data):
    """`remplace_par` would lead to nothing."""
    path = data / "ressources" / "compteur-eau.yml"
    path.write_text(path.read_text(encoding="utf-8") + "remplace_par: carnet-de-suivi\n", encoding="utf-8")
    made = build_with(write_espace(tmp_path, masque=[change("ressource/carnet-de-suivi")]), data=data)
    assert made.catalogue.ressources["compteur-eau"].remplace_par is None
    check_links(made)


SHADOW = {
    # the day of the local aid → what is seen: (the national one, the local one)
    (AVANT, "montre-national"): (True, "laisse"),
    (PENDANT, "montre-national"): (False, "masque"),
    (FIN, "montre-national"): (False, "masque"),
    (APRES, "montre-national"): (True, "laisse"),
    (AVANT, "reste-masque"): (False, "masque"),
    (PENDANT, "reste-masque"): (False, "masque"),
    (FIN, "reste-masque"): (False, "masque"),
    (APRES, "reste-masque"): (False, "masque"),
}


@pytest.mark.parametrize(("jour", "ensuite"), SHADOW)
def test_a_local_aid_takes_the_place_of_a_national_one(tmp_path, jour, ensuite):
    """As long as one may ask for it, its first and its last day included; then what the espace has said."""
    masque = change(NATIONAL, au_profit_de="aide-locale", quand_expire=ensuite)
    cat = open_with(write_espace(tmp_path, files={LOCAL: AIDE}, masque=[masque]), jour)
    assert ("defi-collectif" in cat.dispositifs, cat.espace.changements[0].operation) == SHADOW[jour, ensuite]
    assert "aide-locale" in cat.dispositifs


def test_each_of_the_two_says_where_the_other_is(tmp_path):
    masque = change(NATIONAL, "Elle est plus forte.", au_profit_de="aide-locale", quand_expire="montre-national")
    dossier = write_espace(tmp_path, files={LOCAL: AIDE}, masque=[masque])
    pendant, apres = pages_of(build_with(dossier, PENDANT)), pages_of(build_with(dossier, APRES))
    assert "dispositifs/defi-collectif/" not in pendant
    assert "Ici, cette aide prend la place de l’aide nationale : Elle est plus forte." in pendant["dispositifs/aide-locale/"]
    assert "n’est pas ouverte en ce moment" not in pendant["dispositifs/aide-locale/"]
    assert (
        'n’est pas ouverte en ce moment. L’aide nationale est là : <a href="../../dispositifs/defi-collectif/">'
        in apres["dispositifs/aide-locale/"]
    )
    assert 'n’est pas ouverte en ce moment : <a href="../../dispositifs/aide-locale/">' in apres["dispositifs/defi-collectif/"]


def test_a_thing_that_cannot_stand_without_what_is_gone_is_told(tmp_path):
    """No field of today makes it happen: all that may be masked stands in lists that may be empty."""
    cat = open_base()
    guide, etude = cat.ressources["guide-eclairage"], cat.dispositifs["etude-energie"]
    assert prune(guide, {("organisme", "agence")}) == (None, ("organisme",))
    assert prune(etude, {("organisme", "agence")}) == (None, ("porteurs",))
    assert prune(etude, {("vocabulaire:publics", "entreprise")}) == (None, ("publics",))
    kept, _ = prune(guide, {("question", "e3"), ("dispositif", "etude-energie")})
    assert (kept.repond_a, kept.dispositifs) == ([], [])
    assert prune(guide, {("question", "e1"), ("dispositif", "defi-collectif")})[0] is guide


def test_a_thing_that_cannot_stand_is_told_at_the_mask(tmp_path, monkeypatch):
    monkeypatch.setattr("etabli.masques.prune", lambda thing, gone: (None, ()))
    dossier = write_espace(tmp_path, masque=[change("terme/pcaet"), change("dispositif/etude-energie")])
    assert [line for line in refused(dossier) if line.startswith("ici/") and "guide" in line] == [
        "ici/espace.yml:5 « guide-eclairage » ne tient pas sans « etude-energie », que cet espace ne montre pas."
    ]


# --- perimetre ------------------------------------------------------------------------------------------------------------

#: zones → does it stay, for an espace of Rennes Métropole?
ZONES = {
    "[PAYS-99100]": True,  # for all
    "[REG-53]": True,  # holds it
    "[DEP-35]": True,
    f"[{RENNES}]": True,  # itself
    "[COM-35238]": True,  # a part of it: Rennes
    "[TI-pays-d-essai]": True,  # known to be in it
    "[DEP-29]": False,
    "[REG-75]": False,
    "[REG-75, REG-53]": True,  # one is enough
    "[COM-29019]": False,  # Brest
    "[EPCI-200069854]": False,
}


@pytest.mark.parametrize("zones", ZONES)
def test_what_concerns_other_places_only_is_left_aside(tmp_path, zones):
    """A ressource, a dispositif, a contact, whatever says where they apply."""
    files = {
        LOCAL: AIDE.replace(f"zones: {{inclus: [{RENNES}]}}", f"zones: {{inclus: {zones}}}"),
        "ressources/guide.yml": "id: guide\ntitre: Un guide\nresume: Un guide pour quelque part.\ntype: guide\nurl: https://ici.example/\n"
        f"organisme: agence\npublics: [entreprise]\nthemes: [eau]\neffort: 1\ncout: gratuit\nzones: {zones}\n{SOURCE}\n"
        "maj: 2026-01-05\na_relire_le: 2027-01-05\n",
        "contacts/porte.yml": f"id: porte\norganisme: agence\nfonction: Une porte\nterritoires: {zones}\nurl: https://ici.example/\n{SOURCE}\n",
    }
    cat = open_with(write_espace(tmp_path, "perimetre: territoire\n", files))
    assert ("aide-locale" in cat.dispositifs, "guide" in cat.ressources, "porte" in cat.contacts) == (ZONES[zones],) * 3


def test_a_territoire_d_industrie_of_the_region_stays_in_doubt(tmp_path):
    """It is known by its région only: it may be there."""
    ti = f"id: un-ti\nnom: Un TI\ntype: territoire-industrie\ncode: TI-un-ti\nparent: REG-53\n{SOURCE}\nmaj: 2026-01-05\n"
    loin = ti.replace("un-ti", "loin").replace("REG-53", "REG-93").replace("Un TI", "Loin")
    paca = f"id: paca\nnom: Sud\ntype: region\ncode: REG-93\n{SOURCE}\nmaj: 2026-01-05\n"
    cat = open_with(write_espace(tmp_path, "perimetre: territoire\n", {
        "territoires/un-ti.yml": ti, "territoires/loin.yml": loin, "territoires/paca.yml": paca,
    }))  # fmt: skip
    assert set(cat.territoires) == {"bretagne", "ille-et-vilaine", "rennes-metropole", "pays-d-essai", "un-ti"}
    assert cat.noms["REG-93"] == "Sud", "conditions speak of it all the same"


def test_what_excludes_the_place_is_left_aside(tmp_path):
    sauf_ici = AIDE.replace(f"zones: {{inclus: [{RENNES}]}}", f"zones: {{inclus: [REG-53], exclus: [{RENNES}]}}")
    sauf_ailleurs = sauf_ici.replace(f"exclus: [{RENNES}]", "exclus: [DEP-29]")
    files = {LOCAL: sauf_ici, "dispositifs/autre.yml": sauf_ailleurs.replace("id: aide-locale", "id: autre")}
    cat = open_with(write_espace(tmp_path, "perimetre: territoire\n", files))
    assert set(cat.dispositifs) == {"defi-collectif", "etude-energie", "autre"}


@pytest.mark.parametrize("code", ["EPCI-243500139", "DEP-29", "REG-75", "TI-pays-d-essai", "REG-53"])
def test_no_perimetre_leaves_a_dead_link(tmp_path, code):
    """Far away nothing of Bretagne stays but what is national."""
    dossier = write_espace(tmp_path, "perimetre: territoire\n", {"espace.yml": ESPACE.replace(RENNES, code) + "perimetre: territoire\n"})
    made = build_with(dossier)
    check_links(made)
    assert ("agence-bretagne" in made.catalogue.contacts) == (code != "REG-75")
    assert ("finistere" in made.catalogue.territoires) == (code in ("DEP-29", "REG-53"))
    assert "agence-en-region" in made.catalogue.contacts
    if code == "REG-75":
        assert set(made.catalogue.dispositifs) == {"defi-collectif"}
        assert "Bretagne" not in pages_of(made)["territoires/"]


def test_without_perimetre_nothing_is_left_aside(tmp_path):
    """« national », which is what is meant when nothing is said; what would go is known all the same."""
    cat = open_with(write_espace(tmp_path))
    assert set(cat.territoires) == set(open_base().territoires)
    assert ("territoire", "finistere") in find_elsewhere(cat, cat.espace)
