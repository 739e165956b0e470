"""Building blocks of the data contract: the field types that several kinds of content share.

Stands before `schema.py`, which assembles them into ressource, dispositif, fiche, … Reads nothing.
"""

import datetime
import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

#: Dates outside of these years are slips (« 9999-12-31 » for « no end »), and would break the arithmetic of dates.
ANNEES = (1990, 2100)
#: What no page shows and XML refuses: the control characters, but the end of a line and the tab, and two that are none.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


class Strict(BaseModel):
    """A mapping of the contract: no unknown key, no silent conversion, immutable once read."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(frozen=True)
class Ref:
    """Marks a text as the id of something else; `checks.check_references` resolves it.

    genre: the kind it points to, "ressource", "organisme", … or "vocabulaire:<name>".
    """

    genre: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        # `schemas.py` turns this into the list of ids that an editor's completion offers.
        return handler(core) | {"x-genre": self.genre}


def refuse(message: str, attendu: str) -> PydanticCustomError:
    """A validation error whose two sentences are written here, in French, for the editor."""
    return PydanticCustomError("etabli", "{message}", {"message": message, "attendu": attendu})


def read_date(value: Any) -> datetime.date:
    """Read the ISO text that the loader left as it stands in the file."""
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            raise refuse(f"la date {value} n'existe pas.", "un jour du calendrier, par exemple 2026-02-28.") from None
        if not ANNEES[0] <= day.year <= ANNEES[1]:
            raise refuse(f"la date {value} est trop lointaine.", f"une année de {ANNEES[0]} à {ANNEES[1]} ; sans fin connue, pas de date.")
        return day
    raise refuse(f"« {value} » n'est pas une date.", "année-mois-jour, par exemple 2026-11-21.")


def read_fraction(value: Any) -> Fraction:
    """Read 0.25, 1 or the text 1/3 exactly: the engine computes with fractions, never with floats."""
    if isinstance(value, bool) or not re.fullmatch(r"-?\d{1,15}(\.\d{1,15}|/[1-9]\d{0,14})?", str(value)):
        raise refuse(f"« {str(value)[:40]} » n'est pas un nombre.", "un nombre seul, comme 70, 0.5 ou 1/3, sans espace ni virgule, % ou €.")
    return Fraction(str(value))


def check_text(value: str) -> str:
    """Refuse what a paste may leave behind unseen; says after which words it hides."""
    if found := _INVISIBLE.search(value):
        place = f"après « {' '.join(value[max(found.start() - 30, 0) : found.start()].split())} »" if found.start() else "au début"
        raise refuse(f"un caractère invisible (U+{ord(found[0]):04X}) se cache {place}.", "du texte seulement : retapez ce passage.")
    return value


def check_url(value: str) -> str:
    check_text(value)
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        raise refuse(f"« {value} » n'est pas une adresse de site.", "une adresse qui commence par https:// (ou http://).")
    return value


def within(most: float, told: str, attendu: str) -> AfterValidator:
    """A check that a number stands between 0 and `most`, both included."""

    def check(value: Fraction) -> Fraction:
        if not 0 <= value <= most:
            raise refuse(f"{float(value):g} {told}.", attendu)
        return value

    return AfterValidator(check)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Texte = Annotated[str, StringConstraints(min_length=1, max_length=6000, strip_whitespace=True), AfterValidator(check_text)]
Titre = Annotated[str, StringConstraints(min_length=3, max_length=140, strip_whitespace=True), AfterValidator(check_text)]
Resume = Annotated[str, StringConstraints(min_length=10, max_length=200, strip_whitespace=True), AfterValidator(check_text)]
Jour = Annotated[datetime.date, BeforeValidator(read_date), WithJsonSchema({"type": "string", "format": "date"})]
Url = Annotated[str, AfterValidator(check_url), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Courriel = Annotated[str, StringConstraints(pattern=r"^[a-z0-9._-]+@[a-z0-9.-]+\.[a-z]{2,}$")]
Telephone = Annotated[str, StringConstraints(pattern=r"^0[1-9]( \d\d){4}$|^\d{4}$")]
#: PAYS-99100, REG-93, DEP-13, EPCI-200046977, COM-13055, TI-<id>: official codes (COG, SIREN), never names.
Zone = Annotated[
    str, StringConstraints(pattern=r"^(PAYS-99100|REG-\d{2}|DEP-(\d{2,3}|2[AB])|EPCI-\d{9}|COM-\d[0-9AB]\d{3}|TI-[a-z0-9-]+)$")
]
_NUMBER = WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\d+/\d+$"}]})
_EXACT = (BeforeValidator(read_fraction), PlainSerializer(str), _NUMBER)
Nombre = Annotated[Fraction, *_EXACT, within(math.inf, "est négatif", "un nombre positif ou nul.")]
Part = Annotated[Fraction, *_EXACT, within(1, "n'est pas une part", "un nombre entre 0 et 1.")]
Pourcentage = Annotated[Fraction, *_EXACT, within(100, "n'est pas un pourcentage", "un nombre entre 0 et 100.")]
Taille = Literal["petite", "moyenne", "grande"]


def ref(genre: str) -> Any:
    """The type of a field that holds the id of a `genre`."""
    return Annotated[Id, Ref(genre)]


class Source(Strict):
    """Where a fact was read: a document of `vocabulaires/documents.yml` and the place in it."""

    document: ref("vocabulaire:documents")
    page: Texte | None = Field(None, description="Page, fiche ou section du document.")
    url: Url | None = None
    consulte_le: Jour


class Intervalle(Strict):
    """Whole numbers from `min` to `max`, both included; a missing bound is open."""

    NOM: ClassVar = "l'intervalle"
    min: int | None = Field(None, ge=0)
    max: int | None = Field(None, ge=0)

    @model_validator(mode="after")
    def check_bounds(self) -> Self:
        if self.min is None and self.max is None:
            raise refuse(f"{self.NOM} n'a aucune borne.", "min, max, ou les deux.")
        if None not in (self.min, self.max) and self.min > self.max:
            raise refuse(f"min ({float(self.min):.15g}) dépasse max ({float(self.max):.15g}).", "min inférieur ou égal à max.")
        return self


class ReponseDonnee(Strict):
    """True when the visitor chose one of `options` at an earlier question of the same questionnaire."""

    question: Id
    options: list[Id] = Field(min_length=1)


class Quantite(Intervalle):
    """A number of the visitor's case (turnover, age, …) between two bounds, both included; a missing bound is open."""

    NOM: ClassVar = "la quantité"
    quoi: ref("vocabulaire:quantites")
    min: Nombre | None = None
    max: Nombre | None = None


class Condition(Strict):
    """One node of a condition tree: exactly one key, which names its kind."""

    tous: list["Condition"] | None = Field(None, min_length=1, description="Toutes ces conditions.")
    un: list["Condition"] | None = Field(None, min_length=1, description="Au moins une de ces conditions.")
    aucun: list["Condition"] | None = Field(None, min_length=1, description="Aucune de ces conditions.")
    effectif: Intervalle | None = Field(None, description="Nombre de salariés, bornes comprises.")
    taille: list[Taille] | None = Field(None, min_length=1, description="Taille au sens européen.")
    public: list[ref("vocabulaire:publics")] | None = Field(None, min_length=1)
    secteur: list[ref("vocabulaire:secteurs")] | None = Field(None, min_length=1)
    zone: list[Zone] | None = Field(None, min_length=1, description="Codes officiels : REG-93, EPCI-…")
    territoire_industrie: bool | None = Field(None, description="Être dans un Territoire d'industrie.")
    bilan_ges_age_max_mois: int | None = Field(None, ge=1, le=120, description="Bilan de moins de tant de mois.")
    date_demarrage: Literal["apres-demande"] | None = Field(None, description="Ne pas commencer avant la demande.")
    quantite: Quantite | None = Field(None, description="Un nombre du projet : chiffre d'affaires, âge, distance…")
    reponse: ReponseDonnee | None = Field(None, description="Réservé aux questionnaires.")

    @property
    def genre(self) -> str:
        return next(iter(self.model_fields_set))

    @property
    def valeur(self) -> Any:
        return getattr(self, self.genre)

    @model_validator(mode="after")
    def check_one_kind(self) -> Self:
        given = [name for name in self.model_fields_set if getattr(self, name) is not None]
        if len(given) != 1 or len(self.model_fields_set) != 1:
            raise refuse(
                f"une condition porte une seule clé, celle-ci en a {len(given)}.",
                "par exemple « effectif: {max: 249} » ; pour en réunir plusieurs : tous, un ou aucun.",
            )
        return self


class Taux(Strict):
    """Aid rates in % of the assiette, by size of the beneficiary."""

    petite: Pourcentage | None = None
    moyenne: Pourcentage | None = None
    grande: Pourcentage | None = None
    non_economique: Pourcentage | None = Field(None, description="Activité non économique.")
    toutes: Pourcentage | None = Field(None, description="Quelle que soit la taille.")


class Bareme(Strict):
    """Amounts in euros and rates; what they apply to is said by the one who holds them."""

    taux: Taux | None = None
    plafond_assiette: Nombre | None = Field(None, description="Dépense maximale prise en compte, en euros.")
    plafond: Nombre | None = Field(None, description="Aide maximale, en euros.")
    plancher: Nombre | None = Field(None, description="Aide ou dépense minimale, en euros.")
    forfait: Nombre | None = Field(None, description="Montant fixe, en euros.")
    seuil: Nombre | None = Field(None, description="Montant à partir duquel cela s'applique, en euros.")
    unite: Texte | None = Field(None, description="Précision d'unité : « HT », « par an », « net de taxe ».")
    note: Texte | None = None


class LigneMontant(Bareme):
    objet: Titre = Field(description="Ce que la ligne concerne.")
    effectif: Intervalle | None = None


class Bonus(Strict):
    libelle: Titre
    points: Pourcentage = Field(description="Points de pourcentage ajoutés au taux.")
    zone: list[Zone] | None = None


class Montant(Bareme):
    """What a dispositif brings (`aide`) or costs (`prix`)."""

    sens: Literal["aide", "prix"] = "aide"
    affichage: Annotated[str, StringConstraints(min_length=3, max_length=90), AfterValidator(check_text)] = Field(
        description="La phrase courte des cartes, par exemple « jusqu'à 70 % »."
    )
    assiette: Texte | None = Field(None, description="Les dépenses qui comptent.")
    lignes: list[LigneMontant] = []
    bonus: list[Bonus] = []
