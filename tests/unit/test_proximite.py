"""What exists around a place and whom to call there: the nearest door first, and nothing that is no help."""

import datetime

import pytest

from etabli.catalogue import Catalogue
from etabli.decoupage import load_decoupage
from etabli.proximite import PAYS, Proximite, is_open_to
from etabli.schema import Dispositif, Entree, Fiche, Ressource
from etabli.schema_acteurs import Contact, Organisme, Territoire

JOUR = datetime.date(2026, 3, 1)
SOURCE = {"document": "memoire", "consulte_le": JOUR}
#: Poitiers and what holds it.
EPCI, DEP, REG = "EPCI-200069854", "DEP-86", "REG-75"
COMMUN = {"resume": "Une phrase d'essai.", "publics": ["entreprise"], "themes": ["eau"], "source": SOURCE, "maj": JOUR, "a_relire_le": JOUR}


def make_contact(id_, territoires, organisme="agence", besoins=("financer",), **fields):
    given = {"fonction": "Accueil", "url": "https://a.example/", "source": SOURCE, "verifie_le": JOUR, "besoins": list(besoins), **fields}
    return Contact(id=id_, organisme=organisme, territoires=list(territoires), **given)


def make_dispositif(id_, inclus=(PAYS,), exclus=(), besoins=("financer",), organisme="agence", **fields):
    given = {"titre": id_.title(), "nature": "etude", "porteurs": [{"organisme": organisme, "role": "pilote"}], **COMMUN, **fields}
    return Dispositif(id=id_, besoins=list(besoins), zones={"inclus": list(inclus), "exclus": list(exclus)}, **given)


def make_ressource(id_, zones):
    given = {"titre": id_.title(), "type": "guide", "url": "https://a.example/", "organisme": "agence", "effort": 1, "cout": "gratuit"}
    return Ressource(id=id_, zones=zones, **given, **COMMUN)


def make_territoire(id_, type_, code, parent=PAYS):
    return Territoire(id=id_, nom=f"Lieu {id_}", type=type_, code=code, parent=parent, source=SOURCE, maj=JOUR)


@pytest.fixture
def near():
    """Gives `near(contacts=…, dispositifs=…, …)`: the places of a catalogue that holds these."""

    def make(**things):
        cat = Catalogue(JOUR, decoupage=load_decoupage())
        organismes = [("agence", "Agence"), ("banque", "Banque"), ("zebre", "Zèbre")]
        cat.organismes = {id_: Organisme(id=id_, nom=nom, role="Aide.", source=SOURCE, maj=JOUR) for id_, nom in organismes}
        entries = [Entree(id=id_, libelle=id_.title(), description=id_) for id_ in ("financer", "recruter", "rien")]
        cat.vocabulaires["besoins"] = {entry.id: entry for entry in entries}
        for kind, found in things.items():
            setattr(cat, kind, {thing.id: thing for thing in found})
        return Proximite(cat)

    return make


def ids(things):
    return [thing.id for thing in things]


def doors(near, code, besoin="financer"):
    return {reponse.besoin.id: ids(reponse.contacts) for reponse in near.answer(code)}.get(besoin, [])


# --- What holds a place -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        (EPCI, [EPCI, DEP, REG, PAYS]),
        (DEP, [DEP, REG, PAYS]),
        ("DEP-2A", ["DEP-2A", "REG-94", PAYS]),
        (REG, [REG, PAYS]),
        (PAYS, [PAYS]),
        ("DEP-974", ["DEP-974", "REG-04", PAYS]),
        ("EPCI-249740119", ["EPCI-249740119", "DEP-974", "REG-04", PAYS]),
        ("DEP-976", ["DEP-976", "REG-06", PAYS]),
        ("COM-86194", ["COM-86194", PAYS]),
        ("TI-inconnu", ["TI-inconnu", PAYS]),
    ],
)
def test_what_holds_a_place(near, code, chain):
    assert near().enclosing(code) == chain


@pytest.mark.parametrize(
    ("parent", "chain"),
    [(EPCI, [EPCI, DEP, REG, PAYS]), (DEP, [DEP, REG, PAYS]), (REG, [REG, PAYS]), ("DEP-974", ["DEP-974", "REG-04", PAYS]), (PAYS, [PAYS])],
)
def test_a_territoire_d_industrie_is_in_what_its_file_says(near, parent, chain):
    places = near(territoires=[make_territoire("poitou", "territoire-industrie", "TI-poitou", parent)])
    assert places.enclosing("TI-poitou") == ["TI-poitou", *chain]


def test_the_official_list_wins_over_a_parent_that_a_file_gives_wrongly(near):
    places = near(
        territoires=[
            make_territoire("grand-poitiers", "epci", EPCI, "DEP-75"),
            make_territoire("nouvelle-aquitaine", "region", REG, "REG-11"),
            make_territoire("poitou", "territoire-industrie", "TI-poitou", EPCI),
        ]
    )
    assert places.enclosing(EPCI) == [EPCI, DEP, REG, PAYS]
    assert places.enclosing("TI-poitou") == ["TI-poitou", EPCI, DEP, REG, PAYS]


def test_a_circle_of_parents_ends(near):
    loops = near(
        territoires=[
            make_territoire("soi", "territoire-industrie", "TI-soi", "TI-soi"),
            make_territoire("un", "territoire-industrie", "TI-un", "TI-deux"),
            make_territoire("deux", "territoire-industrie", "TI-deux", "TI-un"),
        ]
    )
    assert loops.enclosing("TI-soi") == ["TI-soi", PAYS]
    assert loops.enclosing("TI-un") == ["TI-un", "TI-deux", PAYS]
    assert loops.enclosing("TI-deux") == ["TI-deux", "TI-un", PAYS]


def test_every_place_of_the_list_is_in_a_region_of_the_country(near):
    places = near()
    for code in load_decoupage():
        *_, region, country = places.enclosing(code) if not code.startswith("REG-") else ["", code, PAYS]
        assert country == PAYS
        assert region.startswith("REG-"), code


# --- Whom to call -----------------------------------------------------------------------------------


def test_the_nearest_door_comes_first(near):
    contacts = [
        make_contact("a-pays", [PAYS]),
        make_contact("b-region", [REG]),
        make_contact("c-departement", [DEP]),
        make_contact("d-epci", [EPCI]),
        make_contact("e-ti", ["TI-poitou"]),
        make_contact("f-ailleurs", ["REG-11", "DEP-17", "EPCI-241700434", "TI-autre"]),
    ]
    places = near(contacts=contacts, territoires=[make_territoire("poitou", "territoire-industrie", "TI-poitou", EPCI)])
    assert doors(places, "TI-poitou") == ["d-epci", "e-ti", "c-departement", "b-region", "a-pays"]
    assert doors(places, EPCI) == ["d-epci", "c-departement", "b-region", "a-pays"]
    assert doors(places, DEP) == ["c-departement", "b-region", "a-pays"]
    assert doors(places, REG) == ["b-region", "a-pays"]
    assert doors(places, "DEP-974") == ["a-pays"]


def test_a_door_of_several_places_counts_for_the_nearest_of_them(near):
    contacts = [make_contact("a-region", [REG]), make_contact("b-partout", [PAYS, "REG-11", DEP])]
    assert doors(near(contacts=contacts), DEP) == ["b-partout", "a-region"]
    assert doors(near(contacts=contacts), REG) == ["a-region", "b-partout"]


def test_doors_as_near_as_each_other_come_by_name(near):
    contacts = [make_contact("c", [REG], "zebre"), make_contact("b", [REG], "banque"), make_contact("z", [REG]), make_contact("a", [REG])]
    assert doors(near(contacts=contacts), REG) == ["a", "z", "b", "c"]


def test_a_directory_gives_way_to_the_nearer_door_of_its_own_organisme_only(near):
    national = make_contact("a-annuaire", [PAYS], annuaire=True)
    local = make_contact("b-region", [REG])
    other = make_contact("c-autre", [REG], "banque")
    assert doors(near(contacts=[national, other]), REG) == ["c-autre", "a-annuaire"]
    assert doors(near(contacts=[national, other, local]), REG) == ["b-region", "c-autre"]
    assert doors(near(contacts=[national, other, local]), "REG-11") == ["a-annuaire"]


def test_a_national_door_that_is_no_directory_stays(near):
    assert doors(near(contacts=[make_contact("a-siege", [PAYS]), make_contact("b-region", [REG])]), REG) == ["b-region", "a-siege"]


def test_a_directory_stays_beside_a_door_that_is_no_nearer(near):
    same = [make_contact("a-annuaire", [REG], annuaire=True), make_contact("b-region", [REG])]
    farther = [make_contact("a-annuaire", [DEP], annuaire=True), make_contact("b-region", [REG])]
    assert doors(near(contacts=same), REG) == ["a-annuaire", "b-region"]
    assert doors(near(contacts=farther), DEP) == ["a-annuaire", "b-region"]


def test_a_directory_gives_way_besoin_by_besoin(near):
    """The local service hires, it does not lend: for money the directory is still the door."""
    contacts = [
        make_contact("a-annuaire", [PAYS], besoins=["financer", "recruter"], annuaire=True),
        make_contact("b-region", [REG], besoins=["recruter"]),
    ]
    assert doors(near(contacts=contacts), REG, "recruter") == ["b-region"]
    assert doors(near(contacts=contacts), REG, "financer") == ["a-annuaire"]


def test_a_page_shows_three_doors_one_of_each_organisme_before_a_second_one(near):
    contacts = [
        make_contact("a-epci", [EPCI]),
        make_contact("b-departement", [DEP]),
        make_contact("c-region", [REG], "banque"),
        make_contact("d-pays", [PAYS], "zebre"),
    ]
    (reponse,) = near(contacts=contacts).answer(EPCI)
    assert ids(reponse.contacts) == ["a-epci", "b-departement", "c-region", "d-pays"]
    assert ids(reponse.portes) == ["a-epci", "c-region", "d-pays"]
    (reponse,) = near(contacts=contacts[:3]).answer(EPCI)
    assert ids(reponse.portes) == ["a-epci", "c-region", "b-departement"]


# --- What exists ------------------------------------------------------------------------------------


def test_a_besoin_that_nothing_answers_is_left_out_and_the_others_keep_their_order(near):
    places = near(dispositifs=[make_dispositif("aide", besoins=["recruter"])], contacts=[make_contact("porte", [PAYS])])
    assert [reponse.besoin.id for reponse in places.answer(REG)] == ["financer", "recruter"]


def test_what_is_closed_and_what_is_a_rule_are_no_answers(near):
    day = datetime.timedelta(days=1)
    places = near(
        dispositifs=[
            make_dispositif("clos-hier", cloture=JOUR - day),
            make_dispositif("regime", nature="regime"),
            make_dispositif("dernier-jour", cloture=JOUR),
            make_dispositif("ouvre-demain", ouverture=JOUR + day),
            make_dispositif("a-verifier", a_verifier="Le taux."),
        ]
    )
    (reponse,) = places.answer(REG)
    assert sorted(ids(reponse.aides)) == ["a-verifier", "dernier-jour", "ouvre-demain"]


def test_the_aids_of_a_place_come_before_those_of_the_country(near):
    places = near(
        dispositifs=[
            make_dispositif("avant"),
            make_dispositif("zone", inclus=[REG]),
            make_dispositif("ailleurs", inclus=["REG-11"]),
            make_dispositif("quartier", inclus=[EPCI]),
        ]
    )
    assert ids(places.answer(EPCI)[0].aides) == ["quartier", "zone", "avant"]
    assert ids(places.answer(DEP)[0].aides) == ["zone", "avant"]
    assert ids(places.answer("DEP-974")[0].aides) == ["avant"]


def test_the_aids_whose_main_besoin_it_is_come_first_then_by_name_without_accents(near):
    places = near(
        dispositifs=[
            make_dispositif("second", titre="Aaa", besoins=["recruter", "financer"]),
            make_dispositif("z", titre="Zinc"),
            make_dispositif("e", titre="Écowatt"),
            make_dispositif("f", titre="Forma"),
        ]
    )
    assert ids(places.answer(REG)[0].aides) == ["e", "f", "z", "second"]


def test_in_a_territoire_d_industrie_the_aids_made_for_such_places_come_first(near):
    places = near(
        territoires=[make_territoire("poitou", "territoire-industrie", "TI-poitou", EPCI)],
        dispositifs=[
            make_dispositif("autre"),
            make_dispositif("industrie", conditions={"tous": [{"territoire_industrie": True}, {"effectif": {"max": 249}}]}),
            make_dispositif("hors", conditions={"territoire_industrie": False}),
        ],
    )
    assert ids(places.answer("TI-poitou")[0].aides) == ["industrie", "autre", "hors"]
    assert ids(places.answer(EPCI)[0].aides) == ["autre", "hors", "industrie"]


def test_an_excluded_zone_excludes_all_that_it_holds(near):
    thing = make_dispositif("sauf-vienne", inclus=[PAYS], exclus=[DEP])
    places = near(dispositifs=[thing, make_dispositif("region-sauf", inclus=[REG], exclus=[EPCI])])
    assert [ids(r.aides) for r in places.answer(REG)] == [["region-sauf", "sauf-vienne"]]
    assert [ids(r.aides) for r in places.answer(DEP)] == [["region-sauf"]]
    assert places.answer(EPCI) == []
    assert is_open_to(thing, places.enclosing("DEP-17"))
    assert not is_open_to(thing, places.enclosing(EPCI))


def test_what_is_proper_to_a_place_holds_what_is_for_a_part_of_it(near):
    places = near(
        dispositifs=[
            make_dispositif("pays"),
            make_dispositif("region", inclus=[REG]),
            make_dispositif("vienne", inclus=[DEP]),
            make_dispositif("sauf-vienne", inclus=[REG], exclus=[DEP]),
            make_dispositif("ile-de-france", inclus=["REG-11"]),
        ],
        ressources=[make_ressource("poitiers", [EPCI]), make_ressource("tout", [PAYS]), make_ressource("reunion", ["DEP-974"])],
    )
    assert ids(places.find_own(REG)) == ["region", "vienne", "sauf-vienne", "poitiers"]
    assert ids(places.find_own(DEP)) == ["region", "vienne", "poitiers"]
    assert ids(places.find_own("DEP-17")) == ["region", "sauf-vienne"]
    assert ids(places.find_own("REG-04")) == ["reunion"]
    assert ids(places.find_own("REG-53")) == []


# --- The doors of a thing ---------------------------------------------------------------------------

PORTES = (
    make_contact("a-pays", [PAYS], annuaire=True),
    make_contact("b-region", [REG]),
    make_contact("c-epci", [EPCI]),
    make_contact("d-idf", ["REG-11"]),
    make_contact("e-banque", [REG, PAYS], "banque"),
    make_contact("f-banque-locale", [REG], "banque"),
)


def test_a_national_thing_never_lists_local_doors(near):
    places = near(contacts=PORTES)
    assert ids(places.find_contacts(make_dispositif("national"))) == ["a-pays"]
    assert ids(places.find_contacts(make_ressource("national", [PAYS]))) == ["a-pays"]
    assert ids(places.find_contacts(make_dispositif("bancaire", organisme="banque"))) == ["e-banque"]


def test_a_local_thing_lists_the_doors_of_its_place(near):
    places = near(contacts=PORTES)
    assert ids(places.find_contacts(make_dispositif("local", inclus=[REG]))) == ["b-region"]
    assert ids(places.find_contacts(make_ressource("deux", ["REG-11", REG]))) == ["b-region", "d-idf"]
    assert ids(places.find_contacts(make_dispositif("ailleurs", inclus=["REG-53"]))) == ["a-pays"]


def test_a_thing_of_a_small_place_lists_the_doors_of_what_holds_it(near):
    places = near(contacts=PORTES)
    assert ids(places.find_contacts(make_dispositif("quartier", inclus=[EPCI]))) == ["c-epci", "b-region"]
    assert ids(places.find_contacts(make_ressource("charente-maritime", ["DEP-17"]))) == ["b-region"]


def test_the_doors_that_a_thing_names_are_the_only_ones_in_the_order_given(near):
    named = make_dispositif("nomme", inclus=[REG], contacts=["d-idf", "a-pays"])
    assert ids(near(contacts=PORTES).find_contacts(named)) == ["d-idf", "a-pays"]


def test_a_fiche_has_no_porteur_and_no_door(near):
    fiche = Fiche(
        id="fiche", titre="Fiche", numero=2, besoin="attirer", interventions=[{"titre": "Un appui"}], modalites=[{"titre": "Gratuit"}],
        a_qui_s_adresser=[{"organisme": "agence", "fonction": "Accueil", "niveau": "local"}], **COMMUN,
    )  # fmt: skip
    assert near(contacts=PORTES).find_contacts(fiche) == []
