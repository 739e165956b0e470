"""The one door to the data: all that it says, as models, by kind and id.

Nothing downstream opens a YAML file; all that pages, API and search need is here. `lecture.py` fills it.
"""

import datetime
import functools
from dataclasses import dataclass, field
from typing import Any

from . import schema
from .decoupage import Decoupage
from .espace import Espace
from .load import Document, Path_
from .problems import Problem
from .schema_acteurs import Contact, Organisme, Territoire
from .schema_questionnaire import Question, Questionnaire, Scenario, ThemeQuestionnaire
from .schema_site import Site

#: The vocabularies that the models refer to; a file each.
VOCABULAIRES = ("besoins", "documents", "natures", "publics", "quantites", "secteurs", "themes", "types")
#: kind → (folder, model): one file per thing, the file's name is its id.
GENRES = {
    "organisme": ("organismes", Organisme),
    "ressource": ("ressources", schema.Ressource),
    "dispositif": ("dispositifs", schema.Dispositif),
    "fiche": ("fiches", schema.Fiche),
    "contact": ("contacts", Contact),
    "territoire": ("territoires", Territoire),
}


@dataclass
class Referentiel:
    """A questionnaire with its theme files, in the order of its screens, and its worked examples.

    adapte: the national questionnaire that an espace has made its own and that this one takes the place of.
    """

    questionnaire: Questionnaire
    themes: list[ThemeQuestionnaire]
    scenarios: list[Scenario]
    adapte: Questionnaire | None = None

    @property
    def id(self) -> str:
        """The id of the questionnaire, which is the name of its folder."""
        return self.questionnaire.id

    @property
    def questions(self) -> list[Question]:
        """All questions, in the order of the screens."""
        return [question for theme in self.themes for question in theme.questions]


@dataclass
class Catalogue:
    """All that the data says, as models. `jour` is the day for which it is read: an argument, never a clock."""

    jour: datetime.date
    site: Site | None = None
    #: The adaptation that is laid over the national base, if any.
    espace: Espace | None = None
    organismes: dict[str, Organisme] = field(default_factory=dict)
    ressources: dict[str, schema.Ressource] = field(default_factory=dict)
    dispositifs: dict[str, schema.Dispositif] = field(default_factory=dict)
    fiches: dict[str, schema.Fiche] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    territoires: dict[str, Territoire] = field(default_factory=dict)
    termes: list[schema.Terme] = field(default_factory=list)
    synonymes: list[schema.Synonyme] = field(default_factory=list)
    vocabulaires: dict[str, dict[str, schema.Entree]] = field(default_factory=dict)
    #: The main one first: in the order of their `rang`.
    questionnaires: dict[str, Referentiel] = field(default_factory=dict)
    #: What could be read of a questionnaire of which another file could not: (kind, id, model), judged for what it points to.
    incomplets: list[tuple[str, str, Any]] = field(default_factory=list)
    #: The fewest and the most questions that each asks of one visitor: measured once all holds, by playing profils.
    etendues: dict[str, tuple[int, int]] = field(default_factory=dict)
    #: What the bilans may propose, compiled once all holds.
    aides: dict[str, Any] | None = None
    #: The official list of régions, départements and EPCI; empty when the catalogue is read without it.
    decoupage: Decoupage = field(default_factory=dict)
    documents: dict[tuple[str, str], Document] = field(default_factory=dict)
    #: Names by code of the places that have no page here, because the espace is not about them: conditions speak of them all the same.
    ailleurs: dict[str, str] = field(default_factory=dict)
    #: Targets of references (« organisme », « vocabulaire:themes », « question ») of which a file could not be read: what
    #: points to them is not judged, or one mistake would be told many times.
    illisibles: set[str] = field(default_factory=set)

    @functools.cached_property
    def noms(self) -> dict[str, str]:
        """The name of every place by its code, once all files are read."""
        official = {code: lieu.nom for code, lieu in self.decoupage.items()}
        return official | self.ailleurs | {t.code: t.nom for t in self.territoires.values()} | {"PAYS-99100": "France entière"}

    def of(self, genre: str) -> dict[str, Any]:
        """All things of one kind, by id."""
        return getattr(self, genre + "s")

    def problem(self, genre: str, id_: str, path: Path_, message: str, attendu: str = "", *, avertissement: bool = False) -> Problem:
        """A problem at `path` in the file that holds the thing."""
        return self.documents[genre, id_].problem(path, message, attendu, avertissement=avertissement)


def genre(thing: Any) -> str:
    """The kind of a model: « ressource », « dispositif », …"""
    return type(thing).__name__.lower()
