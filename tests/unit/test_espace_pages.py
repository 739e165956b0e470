"""What visitors see of an espace around the catalogue: its words, its block, its written pages, its logo, its place in the menu."""

import re

import pytest
import yaml

from etabli import RACINE
from etabli.copies import list_copies
from etabli.couleurs import FEUILLE
from etabli.demande import describe_frame
from etabli.pages_espace import GARDEES, arrange_nav, find_folders, is_left_out, list_files, list_pages

from .espaces import ESPACE, SAMPLE, build_base, build_with, change, open_with, pages_of, refused, write_espace

PAGES = {
    "pages/index-local.md": "# Une page d'ici\n",
    "pages/demarche.md": "---\ntitle: 'Notre démarche'\ndescription: Ce que l'on fait.\n---\n\n# Un autre titre\n",
    "pages/ici/index.md": "Sans titre.\n",
    "pages/ici/equipe-locale.md": "Du texte, sans titre.\n",
    "pages/ici/plan.pdf": "%PDF",
    "pages/ici/notes.txt": "Pas pour le site.",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z" fill="url(#a)"/></svg>'


def nav() -> list:
    text = re.search(r"^nav:\n((?: .*\n?)+)", (RACINE / "mkdocs.yml").read_text(encoding="utf-8"), re.M)[0]
    return yaml.safe_load(text)["nav"]


def test_its_block_is_its_own_and_nothing_of_the_base_is_mixed_in(tmp_path, data):
    """A legal notice that named the base's publisher would be false."""
    base = {
        "nom": "La base", "accroche": "Une accroche nationale.", "url": "https://base.example/", "depot": "https://base.example/edit/",
        "editeur": {"nom": "Éditeur de la base", "courriel": "contact@base.example"}, "hebergeur": {"nom": "Hébergeur de la base"},
    }  # fmt: skip
    (data / "site.yml").write_text(yaml.safe_dump(base, allow_unicode=True), encoding="utf-8")
    dossier = write_espace(tmp_path, files={"espace.yml": ESPACE.replace("site: {", "site: {editeur: {telephone: 02 99 00 00 01}, ")})
    made = build_with(dossier, data=data)
    assert made.catalogue.site.nom == "L'établi d'ici"
    assert (made.catalogue.site.url, made.catalogue.site.depot, made.catalogue.site.editeur.nom) == (None, None, None)
    pages = pages_of(made)
    assert "02 99 00 00 01" in pages["mentions-legales/"]
    told = "".join([*pages.values(), *made.api.values()])
    assert not re.search(r"base\.example|[ÉéH][a-zé]+ de la base", told)
    frame = describe_frame(made)
    assert (frame["site"].nom, frame["espace"].nom, frame["own"]) == ("L'établi d'ici", "Rennes Métropole", False)


def test_a_mistake_in_the_block_is_told_in_espace_yml(tmp_path):
    wrong = ESPACE.replace("site: {", "site: {accessibilite: {audit_le: 2027-01-01}, ")
    assert refused(write_espace(tmp_path, files={"espace.yml": wrong})) == [
        "ici/espace.yml:4 l'audit est dans le futur (1er janvier 2027)."
    ]


def test_its_words_take_the_place_of_those_of_the_base(tmp_path):
    textes = {
        "porte_aides": {"titre": "Les aides d'ici", "texte": "D'abord celles d'ici."},
        "porte_situer": {"titre": "Le point", "texte": "En dix minutes."},
        "porte_contact": {"titre": "Qui appeler", "texte": "Le service vous répond."},
        "pied": "Un site de l'agglo.",
    }
    dossier = write_espace(tmp_path, yaml.safe_dump({"textes": textes}, allow_unicode=True))
    made = build_with(dossier)
    home, base = pages_of(made)[""], pages_of(build_base())[""]
    for said in ("Les aides d’ici", "D’abord celles d’ici.", "Le point", "En dix minutes.", "Qui appeler", "Le service vous répond."):
        assert said in home
        assert said not in base
    assert describe_frame(made)["pied"] == "Un site de l’agglo."
    assert 'href="adapter/"' in base
    assert 'href="adapter/"' not in home
    assert 'href="territoires/rennes-metropole/">Qui appeler' in home
    bare = pages_of(build_with(write_espace(tmp_path / "nu")))[""]
    assert 'href="territoires/rennes-metropole/">Je cherche qui appeler' in bare
    assert "Rennes Métropole : les contacts et les aides de votre territoire" in bare


def test_the_third_door_leads_to_the_list_when_the_territoire_has_no_page(tmp_path):
    """An EPCI has a page only when a file says so."""
    home = pages_of(build_with(write_espace(tmp_path, files={"espace.yml": ESPACE.replace("EPCI-243500139", "EPCI-242900314")})))[""]
    assert 'href="territoires/">Je cherche qui appeler' in home


def test_colours_and_logo_are_files_of_the_site(tmp_path):
    text = 'apparence: {logo: logo.svg, couleurs: {principale: "#0b5450"}}\n'
    made = build_with(write_espace(tmp_path, text, {"logo.svg": SVG}))
    assert "--etabli-vert: #0b5450;" in made.api[FEUILLE]
    assert list_copies(made)["assets/images/espace-logo.svg"].read_text(encoding="utf-8") == SVG
    assert describe_frame(made)["couleurs"]
    plain = build_with(write_espace(tmp_path / "nu"))
    assert FEUILLE not in plain.api
    assert not describe_frame(plain)["couleurs"]
    assert not [path for path in list_copies(plain) if "espace-" in path]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('<svg onload="x()"/>', "« onload= »"),
        ('<svg><image href="https://ailleurs.example/a.png"/></svg>', "« href=\" »"),
        ("<svg><style>@import 'a.css';</style></svg>", "« @import »"),
        ("<svg><rect fill='url(a.svg#b)'/></svg>", "« url( »"),
        ("<svg><foreignObject/></svg>", "« <foreignObject »"),
        ("<svg><SCRIPT>1</SCRIPT></svg>", "« <SCRIPT »"),
        ("<svg>" + " " * 30_000 + "</svg>", "pèse 30 ko"),
    ],
)  # fmt: skip
def test_a_logo_is_light_and_harmless(tmp_path, content, told):
    (line,) = refused(write_espace(tmp_path, "apparence: {logo: logo.svg}\n", {"logo.svg": content}))
    assert line.startswith("ici/espace.yml:5 « logo.svg » ")
    assert told in line


@pytest.mark.parametrize(
    "content", [SVG, '<svg><use href="#a"/><image href="data:image/png;base64,AA"/></svg>', "<svg>" + " " * 29_980 + "</svg>"]
)
def test_a_plain_drawing_is_accepted(tmp_path, content):
    assert refused(write_espace(tmp_path, "apparence: {logo: logo.svg}\n", {"logo.svg": content})) == []


def test_its_written_pages_have_a_title_an_address_and_a_section_of_the_menu(tmp_path):
    espace = open_with(write_espace(tmp_path, files=PAGES)).espace
    assert [(page.source, page.chemin, page.titre) for page in list_pages(espace)] == [
        ("ici/index.md", "ici/", "Index"),
        ("demarche.md", "demarche/", "Notre démarche"),
        ("ici/equipe-locale.md", "ici/equipe-locale/", "Equipe locale"),
        ("index-local.md", "index-local/", "Une page d'ici"),
    ]
    assert set(list_files(espace)) == {"ici/index.md", "demarche.md", "ici/equipe-locale.md", "index-local.md", "ici/plan.pdf"}
    assert arrange_nav(nav(), espace) == [
        *nav(),
        {"Rennes Métropole": ["ici/index.md", "demarche.md", "ici/equipe-locale.md", "index-local.md"]},
    ]
    assert find_folders(espace, RACINE) == {RACINE / "docs": RACINE, espace.dossier / "pages": espace.racine}
    assert find_folders(None, RACINE) == {RACINE / "docs": RACINE}
    plan = pages_of(build_with(espace.dossier))["plan-du-site/"]
    assert '<a href="../demarche/">Notre démarche</a>' in plan


def test_a_page_that_is_left_out_is_in_no_menu_and_nothing_leads_to_it(tmp_path):
    """A page, or all those of a folder; the menu loses a section that becomes empty."""
    masque = [change("page/adapter.md"), change("page/contribuer"), change("page/guides/securiser-une-aide-publique.md")]
    espace = open_with(write_espace(tmp_path, masque=masque)).espace
    guides = arrange_nav(nav(), espace)[-1]["Guides"]
    left = {next(iter(entry.values())) for entry in nav()[-1]["Guides"]} - {next(iter(entry.values())) for entry in guides}
    assert left == {"adapter.md", "guides/securiser-une-aide-publique.md"} | {
        f"contribuer/{path.name}" for path in (RACINE / "docs/contribuer").glob("*.md")
    }
    assert is_left_out(espace, "contribuer/modeles/ressource.yml")
    assert not is_left_out(espace, "contribuer-autrement.md")
    assert arrange_nav([{"Un dossier": [{"Contribuer": "contribuer/index.md"}]}, {"Aides": "dispositifs/index.md"}], espace) == [
        {"Aides": "dispositifs/index.md"}
    ]
    plan, base = pages_of(build_with(espace.dossier))["plan-du-site/"], pages_of(build_base())["plan-du-site/"]
    for path in ("adapter/", "contribuer/", "contribuer/modeles/", "guides/securiser-une-aide-publique/"):
        assert f'href="../{path}"' in base
        assert f'href="../{path}"' not in plan


def test_the_pages_that_others_need_are_those_of_docs():
    """A name that no longer exists would guard nothing."""
    for source in GARDEES:
        assert (RACINE / "docs" / source).is_file()


@pytest.mark.parametrize("depot", [None, "https://forge.example/ici/edit/main/", "https://forge.example/ici/edit/main"])
def test_where_a_page_is_edited(tmp_path, depot):
    """An espace's « depot » is that of its own files: those of the base are shown as they are, in the site itself."""
    head = ESPACE.replace("site: {", f"site: {{depot: '{depot}', ") if depot else ESPACE
    own = (SAMPLE / "ressources/compteur-eau.yml").read_text(encoding="utf-8").replace("id: compteur-eau", "id: compteur-local")
    made = build_with(write_espace(tmp_path, files={"espace.yml": head, "ressources/compteur-local.yml": own}))
    shown = {page.chemin: made.where_to_edit(page.fichier) for page in made.pages}
    copies = list_copies(made)
    forge = "https://forge.example/ici/edit/main/"
    assert shown["ressources/compteur-eau/"] == "donnees/data/ressources/compteur-eau.yml.txt"
    assert shown["ressources/compteur-local/"] == (
        f"{forge}ressources/compteur-local.yml" if depot else "donnees/ici/ressources/compteur-local.yml.txt"
    )
    assert shown["mentions-legales/"] == (f"{forge}espace.yml" if depot else "donnees/ici/espace.yml.txt")
    assert shown["plan-du-site/"] is None
    for chemin, address in shown.items():
        assert address is None or address.startswith(forge) or copies[address].is_file(), chemin
    assert ("donnees/ici/espace.yml.txt" in copies) == (depot is None)


def test_several_sites_may_share_the_engine(tmp_path):
    """It then stands beside them; nothing else changes."""
    whole, shared = list_copies(build_base()), list_copies(build_base(), moteur_partage=True)
    assert set(shared) <= set(whole)
    assert not [path for path in shared if path.startswith("assets/moteur/")]
    assert {path for path in whole if not path.startswith("assets/moteur/")} == set(shared)
