"""The share link: everything it should hold comes back, it stays short, and a hostile one is refused in a sentence."""

import base64
import datetime
import json
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli.build import open_catalogue, today
from etabli.questionnaire import compile_questionnaire

from .modules_web import RACINE, Refused, open_modules

AVEC = {"profil": True, "territoire": True, "nom": True}
#: A link this long passes through every mail program.
LIEN_MAX = 2000


@pytest.fixture(scope="module")
def call():
    with open_modules() as call:
        yield call


# --- Round trip -------------------------------------------------------------------------------------

VERSIONS = st.from_regex(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", fullmatch=True)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
REVISIONS = st.integers(1, 10_000)
NOMBRES = st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", fullmatch=True)
REPONSES = st.one_of(
    st.builds(lambda r, o: {"revision": r, "etat": "repondu", "options": o}, REVISIONS, st.lists(IDS, min_size=1, max_size=6)),
    st.builds(lambda r, n: {"revision": r, "etat": "repondu", "nombre": n}, REVISIONS, NOMBRES),
    st.builds(lambda r: {"revision": r, "etat": "ne_sait_pas"}, REVISIONS),
    st.builds(lambda r, m: {"revision": r, "etat": "non_concerne", "motif": m}, REVISIONS, IDS),
)
BORNES = st.none() | st.integers(0, 1_000_000)
PROFILS = st.fixed_dictionaries(
    {
        "public": st.none() | IDS,
        "effectif": BORNES
        | st.builds(
            lambda low, more: {"min": low, "max": None if more is None else low + more},
            st.integers(0, 100),
            st.none() | st.integers(0, 999_900),
        ),
        "secteur": st.none() | IDS,
        "zones": st.lists(st.sampled_from(["COM-86194", "EPCI-200069854", "DEP-86", "REG-75", "PAYS-99100"]), unique=True),
    },
    optional={"territoire_industrie": st.sampled_from(["aucun", "TI-chatellerault"])},
)
EVALUATIONS = st.fixed_dictionaries(
    {
        "format": st.just(1),
        "questionnaire": st.fixed_dictionaries({"id": IDS, "version": VERSIONS}),
        "parcours": st.sampled_from(["court", "complet"]),
        "date": st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)).map(str),
        "profil": PROFILS,
        "reponses": st.dictionaries(IDS, REPONSES, max_size=20),
    },
    optional={"nom": st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)},
)
SECRETS = {
    "notes": {"eau": "Le compteur fuit"},
    "plan": {"eau": {"statut": "a-faire", "echeance": None, "responsable": "Camille", "note": ""}},
    "mises_de_cote": [{"question": "vieille", "raison": "retiree"}],
}


@settings(max_examples=40, deadline=None)
@given(evaluation=EVALUATIONS)
def test_what_is_shared_comes_back_the_same(call, evaluation):
    fragment = call("partage", "encodeShare", evaluation | SECRETS, AVEC)
    assert fragment.isascii()
    decoded = call("partage", "decodeShare", call("partage", "readShare", f"#{fragment}"))
    assert decoded == evaluation
    assert call("fichier", "checkEvaluation", decoded, evaluation["questionnaire"]["id"])["reponses"] == evaluation["reponses"]


def make_evaluation(**fields):
    return {
        "format": 1,
        "questionnaire": {"id": "essai", "version": "1.0.0"},
        "date": "2026-11-21",
        "nom": "Atelier Dupont",
        "profil": {
            "public": "entreprise", "effectif": 12, "secteur": "industrie", "zones": ["COM-86194"], "territoire_industrie": "TI-x",
            "bilan_ges": "2025-01-01", "projet_demarre": True, "quantites": {"chiffre-affaires": "1000"},
        },
        "reponses": {"eau": {"revision": 1, "etat": "repondu", "options": ["oui"]}},
    } | fields  # fmt: skip


@pytest.mark.parametrize(
    ("avec", "facts"),
    [
        ({}, set()),
        ({"profil": True}, {"public", "effectif", "secteur"}),
        ({"territoire": True}, {"zones", "territoire_industrie"}),
        (AVEC, {"public", "effectif", "secteur", "zones", "territoire_industrie"}),
    ],
)
def test_only_what_was_ticked_goes_in_the_link(call, avec, facts):
    decoded = call("partage", "decodeShare", call("partage", "encodeShare", make_evaluation(**SECRETS), avec))
    assert {name for name, value in decoded["profil"].items() if value not in (None, [])} == facts
    assert ("nom" in decoded) == bool(avec.get("nom"))
    assert not decoded.keys() & SECRETS.keys()


def test_a_browser_without_compression_makes_a_longer_link_that_every_other_reads(call):
    with open_modules("delete globalThis.CompressionStream; delete globalThis.DecompressionStream;") as old:
        plain = old("partage", "encodeShare", make_evaluation(), AVEC)
        assert plain.startswith("partage=j.")
        assert old("partage", "decodeShare", plain) == call("partage", "decodeShare", plain)
        deflated = call("partage", "encodeShare", make_evaluation(), AVEC)
        assert deflated.startswith("partage=d.")
        with pytest.raises(Refused, match="trop ancien"):
            old("partage", "decodeShare", deflated)


@pytest.mark.parametrize("hash_", ["", "#", "#theme-eau", "#bilan", "#partages", "#x?partage=d.AA"])
def test_another_fragment_is_no_share_link(call, hash_):
    assert call("partage", "readShare", hash_) is None


def test_a_link_whose_sign_was_escaped_on_the_way_is_read(call):
    fragment = call("partage", "encodeShare", make_evaluation(), {})
    assert call("partage", "readShare", "#" + fragment.replace("=", "%3D")) == fragment


# --- Size -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def questionnaires():
    cat, _ = open_catalogue(RACINE / "data", today())
    return [compile_questionnaire(cat, questionnaire) for questionnaire in cat.questionnaires.values()]


def answer_all(q, chance):
    """Every question that the questionnaire holds, whatever its condition: more than any visitor answers."""
    reponses = {}
    for question in (question for theme in q["themes"] for question in theme["questions"]):
        answer = {"revision": question["revision"], "etat": "repondu"}
        if question["type"] == "nombre":
            answer["nombre"] = str(chance.randint(0, 99_999_999) / 100)
        else:
            ids = [option["id"] for option in question["options"]]
            number = 1 if question["type"] == "unique" else chance.randint(1, len(ids))
            answer["options"] = chance.sample(ids, number)
        reponses[question["id"]] = answer
    return reponses


def test_a_full_evaluation_of_each_questionnaire_fits_in_a_link(call, questionnaires):
    chance = random.Random(20261121)
    assert max(sum(len(theme["questions"]) for theme in q["themes"]) for q in questionnaires) >= 60
    for q in questionnaires:
        for _ in range(20):
            reponses = answer_all(q, chance)
            evaluation = make_evaluation(questionnaire={"id": q["id"], "version": q["version"]}, reponses=reponses)
            fragment = call("partage", "encodeShare", evaluation, AVEC)
            assert len(fragment) < LIEN_MAX, (q["id"], len(reponses))


# --- Hostile links ----------------------------------------------------------------------------------


def make_fragment(content, coding="d"):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    if coding == "d":
        deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = deflater.compress(data) + deflater.flush()
    return f"partage={coding}.{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


GOOD = {"f": 1, "q": "essai", "v": "1.0.0", "d": "2026-11-21", "r": {"eau": "oui"}}
HOSTILES = {
    "vide": "partage=",
    "sans-codage": "partage=AAAA",
    "base64": "partage=d.@@@@",
    "base64-tronque": "partage=j.A",
    "bruit": "partage=d.____",
    "tronque": make_fragment(GOOD)[:-6],
    "trop-long": "partage=j." + "A" * 70_000,
    "bombe": make_fragment(b" " * 10_000_000),
    "bombe-json": make_fragment(b'{"f":1,"r":{"a":"' + b"x" * 5_000_000 + b'"}}'),
    "pas-du-json": make_fragment(b"{"),
    "pas-du-texte": make_fragment(b"\xff\xfe\xfd"),
    "liste": make_fragment([]),
    "null": make_fragment(b"null"),
    "sans-reponses": make_fragment({**GOOD, "r": None}),
    "reponses-en-liste": make_fragment({**GOOD, "r": ["oui"]}),
    "reponse-en-objet": make_fragment({**GOOD, "r": {"eau": {"etat": "repondu"}}}),
    "reponse-vide": make_fragment({**GOOD, "r": {"eau": ""}}),
    "profil-en-texte": make_fragment({**GOOD, "p": "entreprise"}),
    "format-absent": make_fragment({"r": {}}),
    "format-texte": make_fragment({**GOOD, "f": "1"}),
}
PLUS_RECENTS = {"format-2": make_fragment({**GOOD, "f": 2}), "codage": make_fragment(GOOD).replace("=d.", "=z.")}


@pytest.mark.parametrize("fragment", HOSTILES.values(), ids=HOSTILES)
def test_a_hostile_link_is_refused_in_a_sentence(call, fragment):
    with pytest.raises(Refused, match=r"^Ce lien de partage ne peut pas être lu : .+\. Demandez-en un autre"):
        call("partage", "decodeShare", fragment)


@pytest.mark.parametrize("fragment", PLUS_RECENTS.values(), ids=PLUS_RECENTS)
def test_a_link_of_a_later_format_says_so(call, fragment):
    with pytest.raises(Refused, match="version plus récente"):
        call("partage", "decodeShare", fragment)


@pytest.mark.parametrize(
    "changes",
    [
        {"q": 3}, {"v": "x"}, {"d": "2026-02-30"}, {"p": {"zones": "COM-86194"}}, {"r": {"__proto__": "oui"}}, {"r": {"eau": "<b>"}},
        {"r": {"eau": "0:?"}}, {"r": {"eau": "-"}}, {"r": {"eau": "=1e9"}}, {"r": {"eau": " "}},
    ],
)  # fmt: skip
def test_what_the_link_lets_through_is_refused_as_an_evaluation(call, changes):
    decoded = call("partage", "decodeShare", make_fragment({**GOOD, **changes}))
    with pytest.raises(Refused):
        call("fichier", "checkEvaluation", decoded, "essai")


@settings(max_examples=150, deadline=None)
@given(noise=st.binary(max_size=200), coding=st.sampled_from("dj"))
def test_noise_is_refused_never_a_crash(call, noise, coding):
    fragment = f"partage={coding}.{base64.urlsafe_b64encode(noise).decode()}"
    try:
        decoded = call("partage", "decodeShare", fragment)
    except Refused as refused:
        assert "ne peut pas être lu" in str(refused)
    else:
        assert decoded["format"] == 1
