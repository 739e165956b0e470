"""The data contract, who and where: organismes, contacts, territoires.

Stands beside `schema.py`, which holds what they offer; the same rules apply.
"""

from typing import Literal

from pydantic import Field

from .champs import Courriel, Id, Jour, Source, Strict, Telephone, Texte, Titre, Url, Zone, ref


class Organisme(Strict):
    id: Id
    nom: Titre
    sigle: Texte | None = None
    role: Texte
    url: Url | None = None
    source: Source
    maj: Jour
    a_verifier: Texte | None = None


class Consentement(Strict):
    obtenu_le: Jour


class Contact(Strict):
    id: Id
    organisme: ref("organisme")
    fonction: Titre
    territoires: list[Zone] = Field(min_length=1)
    besoins: list[ref("vocabulaire:besoins")] = []
    annuaire: bool = Field(False, description="Vrai si cette porte mène à un service local : elle s'efface devant lui s'il a la sienne.")
    courriel: Courriel | None = Field(None, description="Boîte de service, jamais celle d'une personne.")
    telephone: Telephone | None = None
    url: Url | None = None
    nom: Texte | None = None
    consentement: Consentement | None = None
    source: Source
    verifie_le: Jour | None = Field(None, description="Le jour où quelqu'un a essayé cette porte ; sans lui, la page le dit.")
    a_verifier: Texte | None = Field(None, description="Ce qui n'a pas pu être vérifié, dit au lecteur.")


class Territoire(Strict):
    id: Id
    nom: Titre
    type: Literal["region", "departement", "epci", "territoire-industrie"]
    code: Zone
    parent: Zone = "PAYS-99100"
    presentation: Texte | None = None
    coach_international: ref("organisme") | None = Field(None, description="Qui porte le conseil à l'export de ce territoire.")
    source: Source
    maj: Jour
    a_verifier: Texte | None = Field(None, description="Ce qui n'a pas pu être vérifié, dit au lecteur.")
