"""Communes: the same key in Python and in JavaScript, and small files in which each commune of France is found."""

import json
import shutil
import subprocess
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli.communes import key_of, write_communes
from etabli.decoupage import load_decoupage, read_liste

from .noeud import RACINE

VECTORS = json.loads((RACINE / "tests" / "vecteurs-communes.json").read_text(encoding="utf-8"))
#: The heaviest file, with zlib at its level 9 (brotli, which hosts prefer, makes it smaller still).
MAX_BYTES = 40_000

NODE = """
import { readFileSync, existsSync } from "node:fs";
import { keyOf, makeFinder, Introuvable } from "SCRIPT";
const asked = [];
let broken = 0;
globalThis.fetch = async (path) => {
  asked.push(path.slice("FOLDER".length + 1));
  if (broken > 0 && broken--) throw new TypeError("network");
  if (!existsSync(path)) return { status: 404, ok: false };
  return { status: 200, ok: true, json: async () => JSON.parse(readFileSync(path, "utf-8")) };
};
const methods = {
  keys: async (names) => names.map(keyOf),
  find: async (typed) => { const find = makeFinder("FOLDER/"); return Promise.all(typed.map(find)); },
  fail_then_find: async (typed) => {
    const find = makeFinder("FOLDER/");
    broken = 1;
    const first = await find(typed).then(() => "found", (error) => error instanceof Introuvable);
    return [first, (await find(typed)).communes[0].nom];
  },
  asked: async (typed) => {
    asked.length = 0;
    const find = makeFinder("FOLDER/");
    for (const one of typed) await find(one);
    return asked;
  },
};
const [method, argument] = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(await methods[method](argument)));
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("communes")
    write_communes(made)
    return made


@pytest.fixture(scope="module")
def node(folder, tmp_path_factory):
    """Gives `call(method, argument)`, with the methods of NODE; `fetch` reads the files that were written."""
    script = tmp_path_factory.mktemp("node") / "essai.mjs"
    shutil.copy(RACINE / "wasm" / "web" / "communes.js", script.parent)
    (script.parent / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    script.write_text(NODE.replace("SCRIPT", "./communes.js").replace("FOLDER", folder.as_posix()), encoding="utf-8")

    def call(method, argument):
        done = subprocess.run(
            ["node", script], input=json.dumps([method, argument]), capture_output=True, text=True, encoding="utf-8", check=True
        )
        return json.loads(done.stdout)

    return call


@pytest.fixture(scope="module")
def files(folder):
    """Path without « .json » → content, of the files of communes."""
    paths = {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.glob("*/*.json")}
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in paths.items()}


@pytest.fixture(scope="module")
def today():
    return [c for c in read_liste("communes") if c["type"] == "commune-actuelle"]


def rows_of(files, path, nom):
    return [row for row in files[path]["communes"] if row[0] == nom]


# --- The key ----------------------------------------------------------------------------------------


def test_there_are_enough_vectors():
    assert len({nom for nom, _ in VECTORS}) == len(VECTORS) >= 40


@pytest.mark.parametrize(("nom", "key"), VECTORS)
def test_key_in_python(nom, key):
    assert key_of(nom) == key


def test_keys_in_javascript(node):
    assert node("keys", [nom for nom, _ in VECTORS]) == [key for _, key in VECTORS]


_PIECES = (
    *"aàâäbcçdeéèêëfghiîïlmnoôöprstuùûüvxyÿzœæÀÉÈŒÆÇÎÔŸß0123456789'’-./()\t ",
    *("\u0301", "\u0327", "\u00a0", "\u202f", "l'", "L’", "d'", "le ", "La ", "Les ", "st ", "St-", "ste ", "Sts ", "stes-"),
    *("Saint-", "saint ", "Sainte ", "Saints-", "saintes ", "-sur-", "-lès-", "ville", "mont"),
)
_NAMES = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)


@settings(max_examples=12, deadline=None)
@given(names=st.lists(_NAMES, min_size=60, max_size=200))
def test_the_key_is_the_same_in_python_and_in_javascript(node, names):
    assert node("keys", names) == [key_of(name) for name in names]


def test_the_key_of_each_real_name_is_the_same_in_both(node, today):
    names = sorted({c["nom"] for c in read_liste("communes")})
    assert node("keys", names) == [key_of(name) for name in names]


@given(name=_NAMES)
def test_a_key_is_plain_and_stays_what_it_is_in_capitals(name):
    key = key_of(name)
    assert key.isascii()
    assert key == "" or (key.isalnum() and key == key.lower())
    if "ß" not in name:  # in capitals it is « SS »
        assert key_of(name.upper()) == key


# --- The files --------------------------------------------------------------------------------------


def test_every_commune_of_today_is_in_the_file_of_its_name(files, today):
    codes = {path: {row[1] for row in file["communes"] if row[3] == ""} for path, file in files.items()}
    assert len(today) > 34_000
    assert [c["nom"] for c in today if c["code"] not in codes[f"nom/{key_of(c['nom'])[:2]}"]] == []


def test_every_commune_of_today_is_in_the_file_of_each_of_its_postal_codes(files, today):
    known = {(path, row[1]): row[4] for path, file in files.items() if path.startswith("postal/") for row in file["communes"] if not row[3]}
    asked = [(c, postal) for c in today for postal in c.get("codesPostaux", ())]
    assert len(asked) > 34_000
    assert [(c["nom"], postal) for c, postal in asked if postal not in known.get((f"postal/{postal[:2]}", c["code"]), ())] == []


def test_no_file_is_heavy(folder):
    """A look-up on a telephone loads one of them."""
    sizes = {path.relative_to(folder).as_posix(): len(zlib.compress(path.read_bytes(), 9)) for path in folder.rglob("*.json")}
    heaviest = max(sizes, key=sizes.get)
    assert sizes[heaviest] <= MAX_BYTES, heaviest


@pytest.mark.parametrize(
    ("path", "nom", "code", "siren"),
    [
        ("nom/po", "Poitiers", "86194", "200069854"),
        ("postal/86", "Poitiers", "86194", "200069854"),
        ("nom/pa", "Paris", "75056", "200054781"),
        ("postal/75", "Paris", "75056", "200054781"),
        ("nom/ou", "Ouessant", "29155", None),
        ("postal/29", "Ouessant", "29155", None),
    ],
)
def test_a_row_leads_to_its_intercommunalite(files, path, nom, code, siren):
    rows = [row for row in rows_of(files, path, nom) if row[1] == code]
    assert len(rows) == 1
    rank = rows[0][2]
    assert (files[path]["epci"][rank][0] if rank >= 0 else None) == siren
    assert siren is not None or rank == -1


def test_every_rank_is_that_of_the_official_list(files):
    epci_of = {membre["code"]: epci["code"] for epci in read_liste("epci") for membre in epci["membres"]}
    for file in files.values():
        for _, code, rank, *_ in file["communes"]:
            assert (file["epci"][rank][0] if rank >= 0 else None) == epci_of.get(code)
        assert len({siren for siren, _ in file["epci"]}) == len(file["epci"])


def test_the_sirens_are_those_of_the_territoires(files):
    """The browser makes « EPCI-200069854 » of them."""
    lieux = load_decoupage()
    assert {f"EPCI-{siren}" for file in files.values() for siren, _ in file["epci"]} <= set(lieux)
    assert all(lieux[f"EPCI-{siren}"].nom == nom for file in files.values() for siren, nom in file["epci"])


def test_an_older_commune_leads_to_that_of_today(files):
    """Cherbourg-Octeville is a part of Cherbourg-en-Cotentin (« déléguée »), Lomme of Lille (« associée »)."""
    assert [row[1:2] + row[3:] for row in rows_of(files, "nom/lo", "Lomme")] == [["59350", "Lille"]]
    ((nom, code, rank, partie_de),) = rows_of(files, "nom/ch", "Cherbourg-Octeville")
    assert (nom, code, partie_de) == ("Cherbourg-Octeville", "50129", "Cherbourg-en-Cotentin")
    assert files["nom/ch"]["epci"][rank][0] == "200067205"
    todays = {c["code"]: c["nom"] for c in read_liste("communes") if c["type"] == "commune-actuelle"}
    older = [row for file in files.values() for row in file["communes"] if row[3]]
    assert len(older) > 1000
    assert all(todays[row[1]] == row[3] != row[0] for row in older)


@pytest.mark.parametrize(
    ("postal", "nom", "code"),
    [
        ("75001", "Paris", "75056"), ("75013", "Paris", "75056"), ("75116", "Paris", "75056"),
        ("69003", "Lyon", "69123"), ("69009", "Lyon", "69123"), ("13008", "Marseille", "13055"),
    ],
)  # fmt: skip
def test_the_postal_code_of_an_arrondissement_leads_to_its_town(files, postal, nom, code):
    found = [row for row in files[f"postal/{postal[:2]}"]["communes"] if postal in row[4]]
    assert [(row[0], row[1]) for row in found if not row[3]] == [(nom, code)]


def test_an_arrondissement_is_no_commune(files):
    assert not [row[0] for file in files.values() for row in file["communes"] if "Arrondissement" in row[0]]


def test_the_most_peopled_comes_first(files):
    peopled = {c["code"]: c.get("population", 0) for c in read_liste("communes") if c["type"] == "commune-actuelle"}
    for path, file in files.items():
        numbers = [peopled[row[1]] for row in file["communes"] if not row[3]]
        assert numbers == sorted(numbers, reverse=True), path


def test_only_the_postal_files_bear_postal_codes(files):
    assert {len(row) for path, file in files.items() if path.startswith("nom/") for row in file["communes"]} == {4}
    assert {len(row) for path, file in files.items() if path.startswith("postal/") for row in file["communes"]} == {5}


def test_the_list_of_beginnings_names_every_file(folder, files):
    starts = json.loads((folder / "debuts.json").read_text(encoding="utf-8"))
    assert sorted(f"{kind}/{start}" for kind in starts for start in starts[kind]) == sorted(files)


def test_twice_the_same_bytes_and_nothing_is_left_of_before(folder, tmp_path):
    (tmp_path / "nom").mkdir()
    (tmp_path / "nom" / "ancien.json").write_text("{}", encoding="utf-8")
    (tmp_path / "rapport.odt").write_text("", encoding="utf-8")
    number = write_communes(tmp_path)
    assert (tmp_path / "rapport.odt").is_file(), "what bears another name is not ours to remove"

    def read(place):
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.json")}

    assert read(tmp_path) == read(folder)
    assert number == len(read(folder))


# --- The look-up ------------------------------------------------------------------------------------


def found(node, *typed):
    return [[(c["nom"], c["code"]) for c in answer["communes"]] for answer in node("find", list(typed))]


def test_a_name_is_found_however_it_is_written(node):
    for answer in found(node, "poitiers", "POITIERS ", "Poiti", "86000", "86 000"):
        assert answer[0] == ("Poitiers", "86194")
    assert found(node, "st étienne", "Saint-Etienne", "etienne")[0][0] == ("Saint-Étienne", "42218")
    assert found(node, "hay les roses", "L’Haÿ-les-Roses") == [[("L'Haÿ-les-Roses", "94038")]] * 2
    assert [answer[0] for answer in found(node, "75013", "69003", "13008")] == [
        ("Paris", "75056"), ("Lyon", "69123"), ("Marseille", "13055"),
    ]  # fmt: skip


def test_a_name_typed_whole_goes_before_those_that_only_begin_like_it(node):
    assert [nom for nom, _ in found(node, "Aix")[0][:3]] == ["Aix", "Aix-en-Provence", "Aix-les-Bains"]
    assert [nom for nom, _ in found(node, "tour")[0][:4]] == ["La Tour", "La Tour", "Tours", "Tourcoing"]


def test_a_commune_of_one_letter_is_found_and_another_letter_is_too_short(node):
    answers = node("find", ["Y", "P", "", " ", "-", "7", "Saint-É", "(86)"])
    assert [c["nom"] for c in answers[0]["communes"]] == ["Y"]
    assert [answer["trop_court"] for answer in answers] == [False] + [True] * 7


def test_an_answer_says_where_a_commune_is(node):
    poitiers, ouessant, denis, ajaccio = (a["communes"][0] for a in node("find", ["Poitiers", "Ouessant", "97400", "Ajaccio"]))
    assert (poitiers["departement"], poitiers["epci"]["siren"]) == ("86", "200069854")
    assert (ouessant["departement"], ouessant["epci"]) == ("29", None)
    assert (denis["nom"], denis["departement"], denis["epci"]["siren"]) == ("Saint-Denis", "974", "249740119")
    assert ajaccio["departement"] == "2A"
    (older,) = node("find", ["Cherbourg-Octeville"])
    assert (older["communes"][0]["partieDe"], older["communes"][0]["code"]) == ("Cherbourg-en-Cotentin", "50129")


def test_many_are_counted_and_eight_are_shown(node):
    (answer,) = node("find", ["Mont"])
    assert len(answer["communes"]) == 8
    assert answer["total"] > 100


def test_what_no_commune_begins_with_finds_nothing(node):
    assert node("find", ["xz", "00", "99999 Zz"]) == [{"communes": [], "total": 0, "trop_court": False}] * 3
    assert node("asked", ["xz", "00", "99999 Zz"]) == ["debuts.json"]


@pytest.mark.parametrize(
    ("nom", "typed"),
    [
        ("Paris", ("Paris 13e", "paris 13ème", "Paris 1er arrondissement", "Paris 13e ar", "75013 Paris", "Paris (75013)", "Paris 13")),
        ("Lyon", ("Lyon 3", "Lyon 3e", "69003 LYON", "Lyon 2nd arrondissement")),
        ("Châtellerault", ("86100 Châtellerault", "86 100, chatellerault", "Châtellerault (86)", "Châtellerault (86")),
        ("Châtellerault", ("12 rue Z, 86100 Châtellerault", "Châtellerault 86")),
        ("Bordeaux", ("Bordeaux cedex", "BORDEAUX CEDEX 9", "33077 Bordeaux Cedex", "33000 Bordeaux")),
        ("Château-Chinon (Ville)", ("Château-Chinon (Ville)",)),
        ("Château-Chinon (Campagne)", ("chateau chinon (campagne)",)),
        ("Antran", ("86100 Antran",)),
    ],
)  # fmt: skip
def test_a_commune_is_found_as_addresses_write_it(node, nom, typed):
    assert [answer[0][0] for answer in found(node, *typed)] == [nom] * len(typed)


def test_one_file_is_asked_for_once_and_never_the_whole_name(node):
    """What the host can see of a search is two letters."""
    assert node("asked", ["Poitiers", "Poi", "Port", "86000", "86 100", "P"]) == ["debuts.json", "nom/po.json", "postal/86.json"]


def test_a_file_that_failed_may_be_asked_for_again(node):
    assert node("fail_then_find", "Poitiers") == [True, "Poitiers"]
