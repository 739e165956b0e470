"""The search: the index that the build writes in pieces, and what the browser's own code finds in it, run by Node."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli.fold import split_words, stem
from etabli.search import NIVEAUX, PAR_TERMES, PAR_TEXTES, Document, _Reading, render_search
from etabli.texte import text_of_html

from .noeud import open_node

CORPUS = (
    Document(
        chemin="dispositifs/eclairage/",
        titre="Moderniser l’éclairage",
        genre="Dispositif · Subvention",
        resume="Une aide pour payer moins d’électricité.",
        texte="Remplacer les lampes. Elle couvre 30 % des coûts, et jusqu'à 40 % avec l'éclairage public.",
        mots="Énergie CEE",
        facettes={"theme": ["energie"], "cout": ["payant"]},
    ),
    Document(
        chemin="dispositifs/sobriete/",
        titre="Énergie : la sobriété en commun",
        genre="Dispositif · Collectif",
        resume="Un accompagnement qui n'est plus ouvert.",
        texte="Énergie, énergie, énergie : les entreprises économisent ensemble.",
        statut="clos",
        mots="Énergie",
        dates=("", "2024-01-31"),
        facettes={"theme": ["energie"], "cout": ["gratuit"]},
    ),
    Document(
        chemin="ressources/eau/",
        titre="Mesurer sa consommation d’eau",
        genre="Ressource · Guide",
        resume="Des gestes simples pour économiser.",
        texte="Les réseaux, les eaux usées, une fuite.",
        cles="arroser, pluie",
        mots="Eau",
        facettes={"theme": ["eau"], "cout": ["gratuit"]},
    ),
    Document(
        chemin="ressources/plan-climat/",
        titre="Comprendre le plan climat",
        genre="Ressource · Guide",
        resume="Le plan climat-air-énergie territorial (PCAET) expliqué aux entreprises.",
        mots="Énergie",
    ),
    Document(
        chemin="fiches/8/",
        titre="Requalifier une friche industrielle",
        genre="Fiche 8 · Attirer",
        resume="Étudier puis financer la reconversion d'un site industriel.",
        texte="Le fonds friches. R&D, émissions de CO₂, mise en œuvre.",
    ),
    Document(
        chemin="guides/batiment/",
        titre="Rénover un bâtiment",
        genre="Guide",
        texte="La fiche pratique de la rénovation énergétique, la formation des équipes.",
    ),
)


FACETTES = {
    "theme": ("Thème", {"energie": "Énergie", "eau": "Eau", "dechets": "Déchets"}),
    "cout": ("Coût", {"gratuit": "Gratuit", "payant": "Payant"}),
}
SYNONYMES = {
    "argent": [("financ", "financement", 55)],
    "pcaet": [("plan climat air energ territorial", "plan climat-air-énergie territorial", 90)],
    "plan climat": [("pcaet", "PCAET", 90)],
    "lamp": [("eclair", "éclairage", 55)],
}
FILES = render_search(CORPUS, SYNONYMES, FACETTES)
INDEX = json.loads(FILES["recherche/index.json"])
JOUR = "2026-11-22"


def load(call, documents, synonymes=None, facettes=None, jour=JOUR):
    call("load", [render_search(documents, synonymes or {}, facettes or {}), jour])


@pytest.fixture(scope="module")
def node():
    with open_node() as call:
        yield call


@pytest.fixture
def ask(node):
    """ask("eau") is the answer of the browser's search on CORPUS."""
    node("load", [FILES, JOUR])
    return lambda q, choix=None, combien=10: node("search", [q, choix or {}, combien])


def paths(answer):
    return [page["chemin"] for page in answer["pages"]]


# --- Index -----------------------------------------------------------------------------------------


def test_same_documents_same_bytes():
    assert render_search(list(CORPUS), dict(SYNONYMES), dict(FACETTES)) == FILES


def test_another_text_is_another_folder():
    """An index that is still open must never meet the files of the next one."""
    changed = [Document(**{**vars(CORPUS[0]), "texte": "Autre."}), *CORPUS[1:]]
    assert json.loads(render_search(changed, SYNONYMES, FACETTES)["recherche/index.json"])["dossier"] != INDEX["dossier"]


def test_what_the_files_hold():
    assert {path.split("/")[1] for path in FILES} == {"index.json", INDEX["dossier"]}
    assert INDEX["documents"]["chemin"] == [document.chemin for document in CORPUS]
    assert {"éclairage", "PCAET", "économiser", "l"} - set(INDEX["mots"]) == {"l"}
    # Sentences come later, for the pages that are shown.
    assert "Remplacer les lampes" not in FILES["recherche/index.json"]
    texts = json.loads(FILES[f"recherche/{INDEX['dossier']}/textes-0.json"])
    assert texts[0] == [CORPUS[0].resume, CORPUS[0].texte]
    assert texts[2][1] == f"{CORPUS[2].texte} Mots-clés : arroser, pluie."


def test_a_word_is_told_as_it_is_most_often_written():
    documents = [Document("a/", "Énergie", "Aide", texte="énergie énergie ENERGIE le PCAET")]
    index = json.loads(render_search(documents, {}, {})["recherche/index.json"])
    assert (index["mots"], index["nombres"]) == (["énergie", "PCAET"], [1, 1])


def test_postings_count_from_one_document_to_the_next():
    documents = [Document(f"{n}/", "Rien" if n % 3 else "Eau", "Aide") for n in range(7)]
    files = render_search(documents, {}, {})
    terms = json.loads(next(text for path, text in files.items() if "termes-0" in path))
    assert [number // NIVEAUX for number in terms["eau"]] == [1, 3, 3]
    assert len({number % NIVEAUX for number in terms["eau"]}) == 1


def test_a_large_index_is_cut_in_files_that_come_apart(node):
    many = [Document(f"{n}/", f"Page {n}", "Aide", texte=" ".join(f"mot{(n * 7 + k * 13) % 4000}x" for k in range(60))) for n in range(600)]
    files = render_search(many, {}, {})
    terms = {path: text for path, text in files.items() if "/termes-" in path}
    assert len(terms) > 2
    assert all(len(text) < 1.2 * PAR_TERMES for text in terms.values())
    node("load", [files, JOUR])
    assert node("asked", None) == ["recherche/index.json"]
    assert node("search", ["mot7x ", {}, 10])["total"] > 0
    asked = node("asked", None)
    assert len(asked) == 1, "one word, one file"
    node("search", ["mot7x ", {}, 10])
    assert node("asked", None) == [], "what has come stays"
    assert node("texts", [0, 1, PAR_TEXTES])[0][0] == 0
    assert len(node("asked", None)) == 2


def test_no_document_no_index():
    with pytest.raises(ValueError, match="no document"):
        render_search([], {}, {})


def test_pages_without_a_word_are_an_index_too(node):
    load(node, [Document("a/", "…", "Aide")])
    assert node("search", ["eau", {}, 10])["etat"] == "aucun"


@given(text=st.text() | st.text("aéE'’.&-_²œﬁ RD\u00ad\u0301l"))
def test_reading_word_by_word_gives_the_words_of_the_text(text):
    reading = _Reading()
    assert reading.tokens(text) == split_words(text)
    assert reading.stems == {word: stem(word) for word in split_words(text)}


@pytest.mark.parametrize(("better", "worse"), [("titre", "resume"), ("resume", "texte"), ("cles", "texte")])
def test_where_a_word_stands_matters(node, better, worse):
    plain = {"chemin": "", "genre": ""} | dict.fromkeys(("titre", "mots", "resume", "texte"), "autre chose")
    pages = [plain | {worse: "eau potable"}, plain | {better: "eau potable"}, *[plain] * 8]
    load(node, [Document(**page | {"chemin": str(n)}) for n, page in enumerate(pages)])
    assert paths(node("search", ["eau", {}, 10])) == ["1", "0"]


@pytest.mark.parametrize(
    "damaged",
    [
        {"version": 1},
        {"documents": {}},
        {"mots": ["eau"]},
        {"termes": None},
        {"dossier": "../.."},
        {"facettes": [{"documents": []}]},
        {"documents": {**INDEX["documents"], "titre": []}},
    ],
)
def test_a_damaged_index_is_refused_when_it_is_opened(node, damaged):
    with pytest.raises(RuntimeError, match=r"index\.json"):
        node("load", [{"recherche/index.json": json.dumps(INDEX | damaged)}, JOUR])


def test_a_missing_piece_is_said_and_asked_for_again(node, ask):
    path = f"recherche/{INDEX['dossier']}/termes-0.json"
    node("forget", path)
    with pytest.raises(RuntimeError, match="404"):
        ask("eau")
    node("restore", [path, FILES[path]])
    assert ask("eau")["total"] == 1


def test_a_piece_of_another_index_is_an_error(node, ask):
    node("restore", [f"recherche/{INDEX['dossier']}/termes-0.json", "{}"])
    with pytest.raises(RuntimeError, match="no postings"):
        ask("eau")


# --- Answers of the browser ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("éclairage", {"dispositifs/eclairage/"}),
        ("eclairage", {"dispositifs/eclairage/"}),
        ("l’éclairage", {"dispositifs/eclairage/"}),
        ("eau", {"ressources/eau/"}),
        ("d'eau", {"ressources/eau/"}),
        ("eaux", {"ressources/eau/"}),
        ("friches", {"fiches/8/"}),
        ("fiche", {"guides/batiment/"}),
        ("CO2", {"fiches/8/"}),
        ("r&d", {"fiches/8/"}),
        ("oeuvre", {"fiches/8/"}),
        ("rénovation", {"guides/batiment/"}),
        ("économies", {"dispositifs/sobriete/", "ressources/eau/"}),
        ("arrosage", {"ressources/eau/"}),
    ],
)
def test_the_search_finds(ask, query, expected):
    answer = ask(query)
    assert (answer["etat"], set(paths(answer)), answer["complets"]) == ("exact", expected, len(expected))


@pytest.mark.parametrize(
    ("one", "other"), [("énergie", "energies"), ("entreprise", "Entreprises"), ("équipe", "ÉQUIPES"), ("réseau", "reseaux")]
)
def test_number_case_and_accents_change_nothing(ask, one, other):
    assert paths(ask(one)) == paths(ask(other)) != []


@pytest.mark.parametrize("query", ["PCAET", "pcaet", "(PCAET)", "P.C.A.E.T.", "plan climat air énergie territorial"])
def test_an_acronym_and_its_full_name_lead_to_the_same_page(ask, query):
    assert paths(ask(query))[0] == "ressources/plan-climat/"


def test_a_closed_scheme_is_last(ask):
    assert paths(ask("énergie"))[-1] == "dispositifs/sobriete/"
    assert ask("énergie")["pages"][-1]["statut"] == "clos"


def test_what_has_closed_since_the_build_is_closed(node):
    pages = [Document("a/", "Eau", "Aide", statut="ouvert", dates=("", "2026-12-31"), facettes={"etat": ["ouvert"]})]
    pages += [Document("b/", "Eau potable", "Aide", statut="a_venir", dates=("2026-12-01", ""), facettes={"etat": ["a_venir"]})]
    facettes = {"etat": ("État", {"ouvert": "Ouverte", "a_venir": "À venir", "clos": "Close"})}
    for jour, told in (("2026-11-22", ["ouvert", "a_venir"]), ("2026-12-31", ["ouvert", "ouvert"]), ("2027-01-01", ["ouvert", "clos"])):
        load(node, pages, facettes=facettes, jour=jour)
        answer = node("search", ["eau", {}, 10])
        assert [page["statut"] for page in answer["pages"]] == told
        counts = {value["id"]: value["nombre"] for value in answer["facettes"][0]["valeurs"]}
        assert counts == {"ouvert": 0, "a_venir": 0} | {state: told.count(state) for state in told}


def test_a_term_of_the_glossary_comes_after_the_pages_unless_it_is_what_is_asked_for(node):
    term = Document("glossaire/e/#eau-grise", "Eau grise", "Définition", "L'eau qui a déjà servi.")
    page = Document("ressources/arrosage/", "Arroser avec l'eau de pluie", "Ressource", texte="Une eau grise arrose aussi bien.")
    closed = Document("dispositifs/pluie/", "Récupérer l'eau grise", "Aide", statut="clos")
    load(node, [term, closed, page])
    assert paths(node("search", ["eau", {}, 10])) == [page.chemin, term.chemin, closed.chemin]
    assert paths(node("search", ["l'eau grise", {}, 10]))[0] == term.chemin


def test_the_title_counts_most(ask):
    assert paths(ask("climat énergie"))[0] == "ressources/plan-climat/"


@pytest.mark.parametrize("end", range(2, len("accompagnement") + 1))
def test_every_beginning_of_a_word_finds_it(ask, end):
    assert "dispositifs/sobriete/" in paths(ask("accompagnement"[:end]))


def test_a_finished_word_is_not_a_beginning(ask):
    assert paths(ask("indus")) == ["fiches/8/"]
    assert ask("indus ")["pages"] == []


@pytest.mark.parametrize("query", ["enrgie", "énertgie", "éenrgie", "enargie"])
def test_one_wrong_letter_is_forgiven_and_told(ask, query):
    answer = ask(query)
    assert answer["etat"] == "proche"
    assert answer["proche"] == "énergie"
    assert set(paths(answer)) == set(paths(ask("énergie")))
    assert answer["pages"][0]["pourquoi"] == [{"ecrit": "énergie", "mots": split_words(query)}]


@pytest.mark.parametrize(("query", "said"), [("batimentfiche", "batiment fiche"), ("friche xylophone", "friche")])
def test_the_nearest_query_is_proposed(ask, query, said):
    assert ask(query)["proche"] == said


def test_a_sentence_finds_what_has_most_of_its_words(ask):
    answer = ask("J'ai une friche industrielle et je cherche du xylophone")
    assert (answer["etat"], paths(answer)[0]) == ("partiel", "fiches/8/")


def test_words_that_only_ask_count_for_nothing_unless_alone(node):
    load(node, [Document("a/", "Chercher une friche", "Guide"), Document("b/", "La friche", "Guide")])
    assert paths(node("search", ["je cherche une friche ", {}, 10]))[0] == "b/"
    assert paths(node("search", ["chercher ", {}, 10])) == ["a/"]


def test_a_synonym_is_found_after_the_word_itself_and_says_why(node):
    load(node, [Document("a/", "Le financement", "Guide"), Document("b/", "Un mot d'argent", "Guide", texte="Autre.")], SYNONYMES)
    answer = node("search", ["argent ", {}, 10])
    assert paths(answer) == ["b/", "a/"]
    assert [page["pourquoi"] for page in answer["pages"]] == [[], [{"ecrit": "financement", "mots": ["argent"]}]]
    assert answer["pages"][1]["termes"] == ["argent", "financ"], "the words to mark"


def test_a_name_of_several_words_stands_for_one(ask):
    pages = ask("mon plan climat ")["pages"]
    assert pages[0]["chemin"] == "ressources/plan-climat/"


# --- Facets ----------------------------------------------------------------------------------------


def counted(answer):
    return {facet["id"]: {value["id"]: value["nombre"] for value in facet["valeurs"]} for facet in answer["facettes"]}


def test_facets_count_what_each_value_would_leave(ask):
    answer = ask("économiser électricité")
    assert set(paths(answer)) == {"dispositifs/eclairage/", "dispositifs/sobriete/", "ressources/eau/"}
    assert counted(answer) == {"theme": {"energie": 2, "eau": 1}, "cout": {"gratuit": 2, "payant": 1}}
    assert [facet["titre"] for facet in answer["facettes"]] == ["Thème", "Coût"]


def test_values_of_a_facet_add_up_and_facets_narrow_each_other(ask):
    answer = ask("économiser électricité", {"theme": ["energie"], "cout": ["gratuit"]})
    assert paths(answer) == ["dispositifs/sobriete/"]
    assert counted(answer) == {"theme": {"energie": 1, "eau": 1}, "cout": {"gratuit": 1, "payant": 1}}
    assert ask("économiser électricité", {"theme": ["energie", "eau"]})["total"] == 3


def test_facets_alone_list_pages_closed_ones_last(ask):
    answer = ask("", {"theme": ["energie"]})
    assert (answer["etat"], paths(answer)) == ("filtres", ["dispositifs/eclairage/", "dispositifs/sobriete/"])


def test_no_result_says_which_facet_to_let_go(ask):
    answer = ask("eau", {"cout": ["payant"]})
    assert (answer["total"], answer["desserrer"]) == (0, [{"id": "cout", "nombre": 1}])


@pytest.mark.parametrize("choix", [{"theme": ["volcan"]}, {"volcan": ["eau"]}, {"__proto__": ["eau"]}, {"constructor": []}])
def test_a_facet_that_nobody_knows_changes_nothing(ask, choix):
    assert paths(ask("eau", choix)) == ["ressources/eau/"]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_count_is_what_one_sees_with_that_value(node, data):
    """The law of facets, on random pages: the number beside a value is the number of pages with it, the other facets held."""
    values = {"theme": ["energie", "eau", "dechets"], "cout": ["gratuit", "payant"]}
    some = st.fixed_dictionaries({facet: st.lists(st.sampled_from(v), unique=True, max_size=2) for facet, v in values.items()})
    pages = [Document(f"{n}/", "Eau", "Aide", facettes=f) for n, f in enumerate(data.draw(st.lists(some, min_size=1, max_size=12)))]
    choix = data.draw(some)
    load(node, pages, facettes=FACETTES)
    for facet in node("search", ["eau", choix, 10])["facettes"]:
        for value in facet["valeurs"]:
            alone = {**choix, facet["id"]: [value["id"]]}
            assert value["nombre"] == node("search", ["eau", alone, 10])["total"]


# --- Order -----------------------------------------------------------------------------------------


def test_facets_alone_put_what_is_closed_last_wherever_it_stands(node):
    pages = [
        Document("clos/", "Eau", "Aide", statut="clos", facettes={"theme": ["eau"]}),
        Document("ouvert/", "Eau", "Aide", statut="permanent", facettes={"theme": ["eau"]}),
    ]
    load(node, pages, facettes=FACETTES)
    assert paths(node("search", ["", {"theme": ["eau"]}, 10])) == ["ouvert/", "clos/"]


def test_a_page_that_only_brushes_past_the_word_is_left_out(node):
    about = Document("dedans/", "Eau", "Aide", "L'eau.", "eau " * 30, cles="eau")
    barely = Document("loin/", "Autre chose", "Aide", texte="mot " * 900 + "eau")
    load(node, [barely, about, *[Document(f"{n}/", "Rien", "Aide", texte="mot " * 5) for n in range(8)]])
    assert paths(node("search", ["eau ", {}, 10])) == ["dedans/"]


def test_a_common_word_alone_is_not_a_part_of_the_query(node):
    """Half of the pages have « entreprise »: they are no answer to « entreprise zinguerie », even when it is their title."""
    both = Document("les-deux/", "Rien", "Aide", texte="mot " * 3000 + "entreprise zinguerie")
    common = [Document(f"courant-{n}/", "Entreprise", "Aide") for n in range(9)]
    load(node, [both, *common, *[Document(f"{n}/", "Rien", "Aide") for n in range(10)]])
    assert paths(node("search", ["entreprise zinguerie ", {}, 30])) == ["les-deux/"]


def test_a_title_that_says_little_else_comes_before(node):
    text = "eau " * 400
    pages = [
        Document("long/", "Eau des piscines, des stades et des écoles", "Aide", texte=text),
        Document("court/", "Eau", "Aide", texte=text),
    ]
    load(node, [*pages, *[Document(f"{n}/", "Rien", "Aide") for n in range(4)]])
    assert paths(node("search", ["eau ", {}, 10])) == ["court/", "long/"]


def test_many_near_words_are_never_worth_more_than_the_word(node):
    synonymes = {"argent": [(word, word, 55) for word in ("cout", "pret", "prix")]}
    near = Document("proches/", "Rien", "Aide", texte="coût prêt prix " * 400)
    itself = Document("le-mot/", "Rien", "Aide", texte="argent " * 400)
    load(node, [near, itself, *[Document(f"{n}/", "Rien", "Aide") for n in range(4)]], synonymes)
    assert paths(node("search", ["argent ", {}, 10])) == ["le-mot/", "proches/"]


def test_both_words_a_little_beat_one_word_a_lot(node):
    one = [Document(f"un-{word}/", "Rien", "Aide", cles=f"{word} " * 200, texte="mot mot") for word in ("eau", "friche")]
    both = Document("les-deux/", "Rien", "Aide", texte="eau friche")
    load(node, [*one, both, *[Document(f"{n}/", "Rien", "Aide", texte="mot mot") for n in range(6)]])
    assert paths(node("search", ["eau friche ", {}, 10]))[0] == "les-deux/"


def test_a_guess_is_told_from_the_first_result(node):
    load(
        node,
        [
            Document("deux/", "Friche, énergie", "Aide"),
            Document("une/", "Friche", "Aide"),
            *[Document(f"{n}/", "Rien", "Aide") for n in range(4)],
        ],
    )
    answer = node("search", ["friche enrgie ", {}, 10])
    assert (answer["etat"], paths(answer)[0]) == ("proche", "deux/")


def test_what_is_beyond_two_hundred_characters_is_not_read(node):
    node("load", [FILES, JOUR])
    assert node("search", ["a b " * 50 + "friche", {}, 10])["etat"] == "vide"
    assert node("search", ["a b " * 40 + "friche", {}, 10])["etat"] == "exact"


def test_a_change_of_the_texts_alone_is_another_folder():
    """The same words in another order: index.json is the same but for its folder, the pieces are not."""
    one, other = (
        render_search([Document("a/", "Eau", "Aide", texte=text)], {}, {}) for text in ("l'eau puis la friche", "la friche puis l'eau")
    )
    before, after = (json.loads(files["recherche/index.json"]) for files in (one, other))
    assert {**before, "dossier": ""} == {**after, "dossier": ""}
    assert before["dossier"] != after["dossier"]


# --- Suggestions and passages ----------------------------------------------------------------------


def test_suggestions_finish_the_word_being_typed(ask):
    assert ask("une éco")["suggestions"] == ["une économiser"]
    assert ask("eau ")["suggestions"] == []
    assert ask("eau")["suggestions"] == [], "not the same word in another form"


@pytest.mark.parametrize(
    ("texts", "termes", "passage"),
    [
        (["Une aide.", "Rien ici. Une fuite d'eau. Fin."], ["eau"], "Une fuite d'eau."),
        (["Une aide pour l'eau.", "Rien ici. Une fuite d'eau."], ["eau"], "Une aide pour l'eau."),
        (["Une aide pour l'eau.", "L'eau de la friche."], ["eau", "frich"], "L'eau de la friche."),
        (["Une aide.", "Rien."], ["eau"], "Une aide."),
        (["", "Rien."], ["eau"], "Rien."),
        (["", ""], ["eau"], ""),
    ],
)
def test_the_passage_has_the_most_of_the_words(node, texts, termes, passage):
    assert node("passage", [texts, termes]) == passage


def test_a_long_passage_is_cut_around_the_word(node):
    passage = node("passage", [["Une aide.", "mot " * 200 + "friche " + "mot " * 200], ["frich"]])
    assert len(passage) < 250
    assert passage.startswith("… mot")
    assert passage.endswith("mot …")
    assert "friche" in passage


@pytest.mark.parametrize(
    ("a", "b", "away"),
    [("eau", "eau", 0), ("eau", "eaux", 1), ("aeu", "eau", 1), ("energie", "enregie", 1), ("fiche", "friche", 1), ("abc", "xyz", 3)],
)
def test_slips_are_counted(node, a, b, away):
    assert node("distance", [a, b, 3]) == node("distance", [b, a, 3]) == away


# --- Addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("search", "q", "choix"),
    [
        ("", "", {}),
        ("?q=friche&theme=eau&theme=energie&cout=gratuit", "friche", {"theme": ["eau", "energie"], "cout": ["gratuit"]}),
        ("?q=%3Cscript%3E", "<script>", {}),
        ("?__proto__=x&constructor=y&A=1", "", {}),
    ],
)
def test_a_search_is_an_address_and_back(node, search, q, choix):
    state, address = node("address", search)
    assert state == {"q": q, "choix": choix}
    assert node("address", "?" + address.partition("?")[2])[0] == state


def test_a_hostile_address_is_cut(node):
    state, _ = node("address", "?q=" + "x" * 10_000 + "&theme=a" * 10_000)
    assert len(state["q"]) == 200
    assert len(state["choix"]["theme"]) < 50


# --- Odd queries -----------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "   ", "de la", "l'", "é", "😀", "مرحبا", "+ - ~ * ^ :", "\\", "\ud83d"])
def test_without_a_word_nothing_is_looked_for(ask, query):
    answer = ask(query)
    assert (answer["etat"], answer["total"], answer["pages"]) == ("vide", 0, [])


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", "xylophone", "__proto__", "constructor", "toString", "x" * 10_000, "a b " * 3_000 + "xylophone"],
)
def test_odd_queries_find_nothing_and_break_nothing(ask, query):
    assert ask(query)["pages"] == []


def test_operators_are_words(ask):
    assert paths(ask("+eau")) == paths(ask("-eau*")) == paths(ask("eau:^")) == ["ressources/eau/"]


@settings(max_examples=60, deadline=None)
@given(query=st.text(max_size=300) | st.text("aeinrstéà '’-+~*^:<>", max_size=300))
def test_any_query_gets_an_answer(node, query):
    node("load", [FILES, JOUR])
    assert node("search", [query, {}, 10])["etat"] in ("vide", "exact", "proche", "partiel", "aucun")


# --- Text of written pages -------------------------------------------------------------------------


def test_text_of_html():
    heading = '<h1 id="a">Eau<a href="#a">¶</a></h1><script>let x = 1;</script>'
    body = '<ul><li>un</li><li>CO<sub>2</sub> &amp; l&#8217;air</li></ul><img src="a.png" alt="Un puits">'
    assert text_of_html(heading + body) == "Eau¶ un CO2 & l’air Un puits"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("a<br>b", "a b"),
        ("</script>a", "a"),
        ("a &lt;b&gt;", "a <b>"),
        ("<style>p{}</style>a", "a"),
        ("a<!-- b -->c", "ac"),
    ],
)
def test_text_of_odd_html(html, text):
    assert text_of_html(html) == text
