"""The data contract of the self-assessment: questionnaire, themes, questions, worked examples.

Goes with `schema.py`, which holds the kinds of the catalogue; `questionnaire.py` compiles what is read here.
"""

from typing import Annotated, Literal

from pydantic import Field

from .champs import (
    Condition,
    Id,
    Intervalle,
    Jour,
    Nombre,
    Part,
    Resume,
    Source,
    Strict,
    Texte,
    Titre,
    Zone,
    ref,
)


class Option(Strict):
    id: Id
    texte: Texte
    valeur: Part
    exclusif: bool = False
    prevu: bool = Field(False, description="Une action prévue : compte un peu, et à part.")


class Echelle(Strict):
    """A piecewise-linear scale: [measure, value] points, the measure strictly increasing."""

    unite: Texte
    min: Nombre
    max: Nombre
    points: list[Annotated[list[Nombre], Field(min_length=2, max_length=2)]] = Field(min_length=2)


class Motif(Strict):
    id: Id
    texte: Texte


class NonConcerne(Strict):
    motifs: list[Motif] = Field(min_length=1)


class Question(Strict):
    id: Id
    revision: Annotated[int, Field(ge=1)] = 1
    texte: Texte
    pourquoi: Texte
    comment: Texte | None = None
    preuves: list[Texte] = []
    type: Literal["unique", "multiple", "nombre"] = "unique"
    poids: Annotated[int, Field(ge=1, le=20)] = 1
    effort: Annotated[int, Field(ge=1, le=3)] = 2
    publics: list[ref("vocabulaire:publics")] = Field([], description="Vide : pour tous.")
    si: Condition | None = None
    non_concerne: NonConcerne | None = None
    ne_sait_pas: bool = True
    requis_pour: Id | None = Field(None, description="Le niveau qui demande cette réponse.")
    requis_valeur: Part = Field("1", description="La valeur à partir de laquelle l'exigence est remplie.", validate_default=True)
    options: list[Option] = []
    echelle: Echelle | None = None
    source: Source | None = None


class ThemeQuestionnaire(Strict):
    """One file per theme; `id` is an entry of the vocabulary of themes."""

    id: ref("vocabulaire:themes")
    titre: Titre
    presentation: Texte
    poids: Annotated[int, Field(ge=1, le=20)] = 1
    messages: dict[Id, Texte] = Field(description="Un message par niveau.")
    questions: list[Question] = Field(min_length=1)


class Niveau(Strict):
    id: Id
    titre: Titre
    seuil: Annotated[Nombre, Field(description="Score sur 100 à partir duquel on y est.")]
    message: Texte


class Questionnaire(Strict):
    id: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    titre: Titre
    resume: Resume
    duree_minutes: Annotated[int, Field(ge=1, le=120)]
    documents_utiles: list[Texte] = []
    publics: list[ref("vocabulaire:publics")] = Field(min_length=1)
    niveaux: list[Niveau] = Field(min_length=2)
    themes: list[ref("vocabulaire:themes")] = Field(min_length=1, description="L'ordre des écrans.")
    source: Source
    maj: Jour


class Profil(Strict):
    public: ref("vocabulaire:publics") | None = None
    effectif: int | Intervalle | None = None
    secteur: ref("vocabulaire:secteurs") | None = None
    zones: list[Zone] = []


class EtatReponse(Strict):
    etat: Literal["ne_sait_pas", "non_concerne"]
    motif: Id | None = None


class Attendu(Strict):
    """What a scenario expects; scores are exact, written 60 or 400/7."""

    score: Nombre | None = None
    min: Nombre | None = None
    max: Nombre | None = None
    couverture: Part | None = None
    niveau: Id | None = None
    plafonne_par: list[Id] | None = None
    peu_significatif: bool | None = None
    etat: Literal["note", "incomplet", "non_concerne"] | None = None


class AttenduScenario(Attendu):
    themes: dict[Id, Attendu] = {}
    leviers: list[Id] | None = None


class Scenario(Strict):
    """A worked example: a profile, answers by question (option, options, number or state), the expected result."""

    titre: Titre
    profil: Profil = Profil()
    reponses: dict[Id, Id | list[Id] | Nombre | EtatReponse]
    attendu: AttenduScenario
