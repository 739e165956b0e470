"""The data contract of the self-assessment: questionnaire, themes, questions, worked examples.

Goes with `schema.py`, which holds the kinds of the catalogue; `questionnaire.py` compiles what is read here.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, StringConstraints

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

Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
#: The code of a Territoire d'industrie, or « aucun » when it is known that the place is in none.
TerritoireIndustrie = Annotated[str, StringConstraints(pattern=r"^(TI-[a-z0-9-]+|aucun)$")]


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
    action: Titre | None = Field(None, description="Ce qu'il y a à faire, en une ligne à l'infinitif : le nom de la piste dans le bilan.")
    comment: Texte | None = None
    preuves: list[Texte] = []
    type: Literal["unique", "multiple", "nombre"] = "unique"
    notee: bool = Field(True, description="Faux : la réponse ne compte dans aucun score.")
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

    def is_for(self, public: str) -> bool:
        """Is it asked to this public, as far as its `publics` say? Its condition is another matter."""
        return not self.publics or public in self.publics


class ThemeQuestionnaire(Strict):
    """One file per theme. Its help is looked for under `aides`: the theme of the catalogue that has its `id` when left out."""

    id: Id
    aides: list[ref("vocabulaire:themes")] = Field([], description="Les thèmes du catalogue dont les aides répondent à celui-ci.")
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


class Court(Strict):
    """The short version: a few questions of the same questionnaire, in the order of its screens."""

    duree_minutes: Annotated[int, Field(ge=1, le=60)]
    questions: list[Id] = Field(min_length=1)


class Migration(Strict):
    """Where the answers of the version `de` are found in the version `vers`; null: the question or the option was withdrawn."""

    de: Version
    vers: Version
    questions: dict[Id, Id | None] = Field({}, description="Ancien identifiant : nouveau, ou rien si la question est retirée.")
    options: dict[Id, dict[Id, Id | None]] = Field({}, description="Par question (ancien identifiant), la même chose pour ses options.")


class Questionnaire(Strict):
    id: Id
    adapte: Id | None = Field(None, description="Dans un espace : le questionnaire national dont celui-ci part et qu'il remplace.")
    rang: Annotated[int, Field(ge=1, le=99)] = Field(99, description="Sa place sur le site : 1 pour le questionnaire principal.")
    version: Version
    titre: Titre
    resume: Resume
    duree_minutes: Annotated[int, Field(ge=1, le=120)]
    court: Court | None = Field(None, description="La version courte.")
    documents_utiles: list[Texte] = []
    publics: list[ref("vocabulaire:publics")] = Field(min_length=1)
    niveaux: list[Niveau] = Field(min_length=2)
    themes: list[Id] = Field(min_length=1, description="L'ordre des écrans : un fichier par thème.")
    migrations: list[Migration] = []
    source: Source
    maj: Jour


class Bornes(Intervalle):
    """A number known by its bounds, both included; a missing bound is open."""

    min: Nombre | None = None
    max: Nombre | None = None


def _write_quantite(value: Any) -> Any:
    """As the engine reads it. Left to itself a union tries the way of its first type on all of them."""
    return value.model_dump(mode="json", exclude_none=True) if isinstance(value, Bornes) else str(value)


class Profil(Strict):
    """What is known of who answers; a missing fact is unknown, which never means yes."""

    public: ref("vocabulaire:publics") | None = None
    effectif: int | Intervalle | None = None
    secteur: ref("vocabulaire:secteurs") | None = None
    zones: list[Zone] = []
    territoire_industrie: TerritoireIndustrie | None = None
    bilan_ges: Jour | Literal["aucun"] | None = Field(None, description="Le jour du dernier bilan des émissions, ou « aucun ».")
    projet_demarre: bool | None = None
    quantites: dict[Id, Annotated[Nombre | Bornes, PlainSerializer(_write_quantite)]] = Field(
        {}, description="Par quantité du vocabulaire : un nombre ou un intervalle."
    )


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


Statut = Literal["eligible", "a_verifier", "inconnu", "non_eligible", "a_venir", "clos"]


class AttenduScenario(Attendu):
    themes: dict[Id, Attendu] = {}
    leviers: list[Id] | None = Field(None, description="Les trois premiers.")
    aides: dict[Id, Statut] = Field({}, description="Par dispositif : ce que dit le moteur à ce profil.")


class Scenario(Strict):
    """A worked example: a profile, answers by question (option, options, number or state), the expected result."""

    titre: Titre
    profil: Profil = Profil()
    parcours: Literal["complet", "court"] = "complet"
    reponses: dict[Id, Id | list[Id] | Nombre | EtatReponse]
    attendu: AttenduScenario
