"""The data contract of the site itself: `data/site.yml`, the block that legal pages and footer are fed from.

Goes with `schema.py`, which holds the kinds of the catalogue.
"""

from typing import Literal

from pydantic import Field

from .champs import Courriel, Jour, Nombre, Resume, Strict, Telephone, Texte, Titre, Url


class Editeur(Strict):
    nom: Texte | None = None
    adresse: Texte | None = None
    telephone: Telephone | None = None
    courriel: Courriel | None = None
    directeur_publication: Texte | None = Field(None, description="La fonction, ou le nom avec accord.")
    delegue_donnees: Courriel | None = None


class Hebergeur(Strict):
    nom: Texte | None = None
    adresse: Texte | None = None
    telephone: Telephone | None = None


class Accessibilite(Strict):
    etat: Literal["non-conforme", "partiellement-conforme", "totalement-conforme"] = "non-conforme"
    audit_le: Jour | None = None
    auditeur: Texte | None = None
    taux: Nombre | None = None
    schema_pluriannuel: Url | None = Field(None, description="L'adresse du schéma pluriannuel de mise en accessibilité.")


class Site(Strict):
    """`data/site.yml`: the one block that the legal pages and the footer are fed from."""

    nom: Titre
    accroche: Resume
    url: Url | None = Field(None, description="Adresse du site publié, par exemple https://etabli.exemple.fr/")
    editeur: Editeur = Editeur()
    hebergeur: Hebergeur = Hebergeur()
    accessibilite: Accessibilite = Accessibilite()
    depot: Url | None = Field(None, description="Adresse d'édition d'un fichier, par exemple https://forge.exemple.fr/etabli/edit/main/")
