"""The data contract: one Pydantic model per kind of file in `data/`.

Second step of both flows: `load.py` gives plain values with their lines, this module gives them a shape.
The JSON Schemas that editors use (`make schemas`) come out of these models, so the contract is written once.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .champs import (
    Bareme,
    Condition,
    Id,
    Intervalle,
    Jour,
    Montant,
    Nombre,
    Part,
    Resume,
    Source,
    Strict,
    Texte,
    Titre,
    Url,
    Zone,
    ref,
    refuse,
)

# --- What every page of the catalogue has in common ---------------------------------------------


class Contenu(Strict):
    """Fields common to ressource, dispositif and fiche."""

    id: Id
    titre: Titre
    resume: Resume
    publics: list[ref("vocabulaire:publics")] = Field(min_length=1)
    themes: list[ref("vocabulaire:themes")] = Field(min_length=1)
    besoins: list[ref("vocabulaire:besoins")] = []
    mots_cles: list[Texte] = Field([], max_length=20, description="Ce qu'un visiteur taperait et que la page ne dit pas, pour la recherche")
    source: Source
    autres_sources: list[Source] = []
    maj: Jour
    a_relire_le: Jour
    remplace_par: Id | None = None
    a_verifier: Texte | None = Field(None, description="Ce qui n'a pas pu être vérifié, dit au lecteur.")


class SiReponse(Strict):
    max: Part = Field(description="Proposée quand la valeur de la réponse est inférieure ou égale.")


class RepondA(Strict):
    question: ref("question")
    si: SiReponse = SiReponse(max="1/2")


class Ressource(Contenu):
    type: ref("vocabulaire:types")
    url: Url
    organisme: ref("organisme")
    texte: Texte | None = Field(None, description="Présentation, en Markdown.")
    niveau_cible: list[Literal["decouverte", "progression", "approfondissement"]] = []
    effort: Annotated[int, Field(ge=1, le=3)]
    cout: Literal["gratuit", "payant", "variable"]
    zones: list[Zone] = ["PAYS-99100"]
    repond_a: list[RepondA] = []
    dispositifs: list[ref("dispositif")] = []


class Porteur(Strict):
    organisme: ref("organisme")
    role: Literal["financeur", "pilote", "instructeur", "operateur", "partenaire"]


class Zones(Strict):
    inclus: list[Zone] = Field(["PAYS-99100"], min_length=1)
    exclus: list[Zone] = []


class Collectif(Strict):
    """Size of the group and what each member must meet."""

    min: Annotated[int, Field(ge=2)]
    max_recommande: Annotated[int, Field(ge=2)] | None = None
    membres: Condition | None = None


class Chiffre(Strict):
    libelle: Titre
    valeur: Nombre
    unite: Texte


class Etape(Strict):
    titre: Titre
    texte: Texte | None = None


class Duree(Strict):
    """How long, in one unit, both bounds included."""

    mois: Intervalle | None = None
    semaines: Intervalle | None = None
    jours: Intervalle | None = None
    heures: Intervalle | None = None
    note: Texte | None = None

    @property
    def unite(self) -> str:
        return next(unit for unit in ("mois", "semaines", "jours", "heures") if getattr(self, unit) is not None)

    @model_validator(mode="after")
    def check_one_unit(self) -> Self:
        given = [unit for unit in ("mois", "semaines", "jours", "heures") if getattr(self, unit) is not None]
        if len(given) != 1:
            raise refuse(f"une durée se donne dans une seule unité, celle-ci en a {len(given)}.", "mois, semaines, jours ou heures.")
        return self


class Dispositif(Contenu):
    nature: ref("vocabulaire:natures")
    url: Url | None = None
    texte: Texte | None = Field(None, description="Présentation, en Markdown.")
    porteurs: list[Porteur] = Field(min_length=1)
    ouverture: Jour | None = None
    cloture: Jour | None = Field(None, description="Dernier jour, compris.")
    zones: Zones = Zones()
    conditions: Condition | None = None
    conditions_texte: list[Texte] = Field([], description="Ce qu'une machine ne peut pas vérifier.")
    montant: Montant | None = None
    duree: Duree | None = None
    chiffres: list[Chiffre] = []
    regime_aide: Literal["de-minimis", "regime-exempte", "hors-aide", "inconnu"] = "inconnu"
    cumul: Texte | None = None
    avant_demarrage: bool = Field(False, description="Vrai si la demande doit précéder le démarrage.")
    collectif: Collectif | None = None
    etapes: list[Etape] = []
    livrables: list[Texte] = []
    contacts: list[ref("contact")] = []
    repond_a: list[RepondA] = Field([], description="Les questions auxquelles cette aide répond : le bilan la propose alors.")

    @property
    def est_une_aide(self) -> bool:
        """False for a rule of State aid, which frames aids and is none that one may ask for."""
        return self.nature != "regime"


class Modalite(Strict):
    """One term of a fiche: a sentence, and its figures as data when it has some."""

    titre: Titre
    texte: Texte | None = None
    conditions: Condition | None = None
    bareme: Bareme | None = None
    duree: Duree | None = None
    chiffres: list[Chiffre] = []


class Exemple(Strict):
    titre: Titre
    texte: Texte
    chiffres: list[Chiffre] = []


class Interlocuteur(Strict):
    """A door to knock on: an organisation and a function, never a person."""

    organisme: ref("organisme")
    fonction: Texte
    niveau: Literal["local", "departement", "region", "national"]


class Lien(Strict):
    titre: Titre
    url: Url


class Fiche(Contenu):
    numero: Annotated[int, Field(ge=1, le=32)]
    besoin: Literal["attirer", "recruter", "innover", "simplifier"]
    interventions: list[Etape] = Field(min_length=1)
    modalites: list[Modalite] = Field(min_length=1)
    resultats_attendus: list[Texte] = []
    chiffres_attendus: list[Chiffre] = []
    exemples: list[Exemple] = []
    a_qui_s_adresser: list[Interlocuteur] = Field(min_length=1)
    dispositifs: list[ref("dispositif")] = []
    ressources: list[ref("ressource")] = []
    liens: list[Lien] = []


class Terme(Strict):
    id: Id
    terme: Texte
    developpe: Texte | None = Field(None, description="Le sigle en toutes lettres.")
    definition: Texte
    variantes: list[Texte] = []
    voir: list[Url] = []
    source: Source


class Synonyme(Strict):
    """Words that visitors write; with `voir`, what the search looks for as well, else they are names of the same thing."""

    id: Id
    mots: list[Texte] = Field(min_length=1)
    voir: list[Texte] = Field([], description="Ce que la recherche cherche aussi. Sans « voir », les mots se valent tous.")

    @model_validator(mode="after")
    def check_leads_somewhere(self) -> Self:
        if not self.voir and len(self.mots) < 2:
            raise refuse("ce mot ne mène à rien.", "un second mot de même sens, ou « voir » avec ce que la recherche cherchera aussi.")
        return self


class Entree(Strict):
    """An entry of a vocabulary."""

    id: Id
    libelle: Titre
    description: Texte
    editeur: Texte | None = None
    date: Texte | None = None
    url: Url | None = None
