"""The data contract of an espace: `espace.yml`, by which one collectivité makes the national base its own.

Goes with `schema.py`; `espace.py` carries out what is written there. What an espace adds has the shape of any other content.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from .champs import Id, Strict, Texte, Titre, Zone
from .schema_site import Site

#: « dispositif/act-pas-a-pas », « theme/maturite-act/entree », « page/guides/deployer-la-demarche.md »: the kind, then the name.
Quoi = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9][a-z0-9./-]*$", max_length=160)]
#: « resume », « montant.affichage », « niveaux.pret.message »: the keys that lead to a field, an item of a list by its id.
Champ = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$", max_length=160)]
Couleur = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Fichier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]+\.(svg|png|webp)$")]


class Couleurs(Strict):
    """Two colours for light screens; those of dark screens are worked out when they are left out."""

    principale: Couleur | None = Field(None, description="Titres, liens et boutons, sur fond clair.")
    accent: Couleur | None = Field(None, description="Repères et alertes, sur fond clair.")
    principale_sombre: Couleur | None = Field(None, description="La même chose sur fond sombre ; calculée si elle manque.")
    accent_sombre: Couleur | None = Field(None, description="La même chose sur fond sombre ; calculée si elle manque.")


class Apparence(Strict):
    logo: Fichier | None = Field(None, description="Un fichier du dossier de l'espace, SVG de préférence.")
    couleurs: Couleurs = Couleurs()


class Porte(Strict):
    titre: Titre | None = None
    texte: Texte | None = None


class Textes(Strict):
    """The espace's own words, in place of those of the national site."""

    porte_aides: Porte = Porte()
    porte_situer: Porte = Porte()
    porte_contact: Porte = Field(Porte(), description="La troisième porte de l'accueil : elle mène à la page de votre territoire.")
    pied: Texte | None = Field(None, description="La phrase du pied de page.")


class Ajout(Strict):
    quoi: Quoi
    champ: Champ = Field(description="La liste à compléter.")
    valeurs: list[Any] = Field(min_length=1)
    motif: Texte


class Remplacement(Strict):
    quoi: Quoi
    champs: dict[Champ, Any] = Field(min_length=1, description="Par champ, la nouvelle valeur ; rien pour retirer le champ.")
    motif: Texte


class Masque(Strict):
    """What the espace does not show. With `au_profit_de`, only as long as the local scheme that takes its place may be asked for."""

    quoi: Quoi
    au_profit_de: Id | None = Field(None, description="L'aide locale qui prend sa place.")
    quand_expire: Literal["montre-national", "reste-masque"] | None = Field(
        None, description="Ce que l'on montre hors des dates de l'aide locale."
    )
    motif: Texte


class Epingle(Strict):
    quoi: Quoi
    motif: Texte | None = None


class Espace(Strict):
    """`espace.yml`. What the espace adds stands beside it, in the same folders as the national base."""

    id: Id
    nom: Titre = Field(description="Le territoire, comme le nomment ses habitants.")
    territoires: list[Zone] = Field(min_length=1, description="Codes officiels : EPCI-…, DEP-…, REG-…, TI-…")
    perimetre: Literal["territoire", "national"] = Field(
        "national", description="« territoire » laisse de côté ce qui ne concerne que d'autres lieux."
    )
    base_version: Texte | None = Field(None, description="La version de la base nationale que vous avez relue ; « make relu » l'écrit.")
    site: Site
    apparence: Apparence = Apparence()
    textes: Textes = Textes()
    ajoute: list[Ajout] = []
    remplace: list[Remplacement] = []
    masque: list[Masque] = []
    epingle: list[Epingle] = []
