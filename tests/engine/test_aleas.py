"""Whatever is sent to whichever method, the answer is JSON: a result, or an error that says what and where; never "interne".

Payloads start from valid ones, spoilt at random places, or are any JSON, or any text.
"""

import copy
import json

from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_bridge import CHARGES

from etabli_engine import bridge

#: Written in the payload in place of `"@n"`: what Python could not write, or what JSON does not have.
BRUTS = [
    "NaN",
    "-Infinity",
    "1e999",
    "-0.0",
    "9" * 5000,
    "1" * 31,
    "[" * 60 + "]" * 60,
    '{"a":' * 50 + "1" + "}" * 50,
    "'",
    "",
    '"\\ud83d"',
]
VALEURS = [
    *(None, True, False, 0, 1, -1, 2**31, 10**30, 0.5, -1.5),
    *("", " ", "x", "\ud800", "\x00", "é" * 300, "x" * 6000, "__proto__", "9" * 40, "1/0", "0/1", "-0", "1/999999999989", "12,5", "1e5"),
    *("2026-13-01", "2026-02-29", "9999-12-31", "0001-01-01", "2026-W47-6", "1.0.0", "999999.0.0", "court", "nombre", "multiple", "aucun"),
    *("TI-", "TI-x", "PAYS-99100", "-", "a", "b", "c", "oui", "moteur"),
    *([], [None], [[]], ["a"] * 300, [{}], [["0", "1"], ["1", "0"]], {}, {"": {}}, {"min": 3, "max": 2}, {"min": "0.1"}),
    *({"tous": []}, {"aucun": [{"un": []}]}, {"reponse": {"question": "a", "options": []}}, {"effectif": {}}, {"zone": ["TI-"]}),
    *(f"@{rang}" for rang in range(len(BRUTS))),
]
#: Spoiling at one of these keys reaches deeper than spoiling anywhere.
CLES = ["id", "format", "questions", "questionnaire", "evaluation", "evaluations", "reponses", "options", "min", "max", "si", "valeur"]

NOMS = [*CLES, *(valeur for valeur in VALEURS if isinstance(valeur, str))]


def list_places(noeud, parent=None, cle=None):
    """Every place of a JSON value as (container, key), from the top down."""
    if parent is not None:
        yield parent, cle
    enfants = list(noeud.items()) if isinstance(noeud, dict) else list(enumerate(noeud)) if isinstance(noeud, list) else ()
    for nom, enfant in enfants:
        yield from list_places(enfant, noeud, nom)


PROPRES = {methode: json.dumps(charge) for methode, charge in CHARGES.items()}
RANGS = st.integers(0, 2**20)
GESTES = st.tuples(st.sampled_from(["remplacer", "remplacer", "oter", "copier", "doubler", "emballer", "renommer"]), RANGS, RANGS)


def spoil(charge, geste):
    """Change a payload at one place, chosen by two ranks."""
    nom, un, deux = geste
    places = list(list_places(charge))
    if not places:
        return
    parent, cle = places[un % len(places)]
    autre_parent, autre_cle = places[deux % len(places)]
    match nom:
        case "remplacer":
            parent[cle] = copy.deepcopy(VALEURS[deux % len(VALEURS)])
        case "oter":
            del parent[cle]
        case "copier":
            parent[cle] = copy.deepcopy(autre_parent[autre_cle])
        case "doubler" if isinstance(parent, list):
            parent.extend(copy.deepcopy(parent[cle]) for _ in range(deux % 40))
        case "emballer":
            parent[cle] = [parent[cle]] if deux % 2 else {CLES[deux % len(CLES)]: parent[cle]}
        case "renommer" if isinstance(parent, dict):
            parent[VALEURS[deux % len(VALEURS)] if isinstance(VALEURS[deux % len(VALEURS)], str) else CLES[deux % len(CLES)]] = parent.pop(
                cle
            )


def write(charge):
    texte = json.dumps(charge)
    for rang, brut in enumerate(BRUTS):
        texte = texte.replace(f'"@{rang}"', brut)
    return texte


@st.composite
def spoilt(draw):
    methode = draw(st.sampled_from(sorted(CHARGES)))
    charge = json.loads(PROPRES[methode])
    for geste in draw(st.lists(GESTES, min_size=1, max_size=4)):
        spoil(charge, geste)
    return methode, write(charge)


@st.composite
def cut(draw):
    """The text of a valid payload with a piece replaced."""
    methode = draw(st.sampled_from(sorted(CHARGES)))
    texte = json.dumps(CHARGES[methode], ensure_ascii=False)
    debut, longueur = draw(RANGS) % len(texte), draw(st.integers(0, 40))
    return methode, texte[:debut] + draw(st.text(max_size=5)) + texte[debut + longueur :]


TEXTES = st.text(st.characters(), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTES,
    lambda fils: st.lists(fils, max_size=4) | st.dictionaries(st.sampled_from(CLES) | TEXTES, fils, max_size=4),
    max_leaves=12,
)


@st.composite
def free(draw):
    """Any JSON, alone or in place of one part of a valid payload."""
    methode = draw(st.sampled_from(sorted(CHARGES)))
    if draw(st.booleans()):
        return methode, json.dumps(draw(JSON))
    return methode, json.dumps(CHARGES[methode] | {draw(st.sampled_from(sorted(CHARGES[methode]))): draw(JSON)})


def refuse(nom):
    raise AssertionError(f"not JSON: {nom}")


def find_floats(noeud, cle=""):
    """The keys under which an answer holds a decimal."""
    if isinstance(noeud, float):
        yield cle
    for nom, enfant in noeud.items() if isinstance(noeud, dict) else ((cle, enfant) for enfant in noeud) if isinstance(noeud, list) else ():
        yield from find_floats(enfant, nom)


@settings(settings.get_profile("aleas"))
@given(st.one_of(spoilt(), spoilt(), spoilt(), cut(), free(), st.tuples(st.sampled_from([*CHARGES, "", "interne"]), st.text(max_size=60))))
@example(("evaluer", "\ud800"))
@example(("migrer", '{"evaluation": 1e999}'))
def test_the_answer_is_always_a_result_or_a_readable_error(cas):
    methode, charge = cas
    sortie = bridge.call(methode, charge)
    assert type(sortie) is str
    sortie.encode()
    resultat = json.loads(sortie, parse_constant=refuse)
    assert type(resultat) is dict
    if "erreur" in resultat:
        assert list(resultat) == ["erreur"]
        erreur = resultat["erreur"]
        assert list(erreur) == ["code", "chemin", "message"]
        assert {type(valeur) for valeur in erreur.values()} == {str}
        assert erreur["code"] != "interne", erreur
    elif methode != "migrer":
        # Decimals are for drawing only, never a score. (`migrer` gives back what it was given.)
        assert set(find_floats(resultat)) <= {"part", "part_min", "part_max"}
