"""What a bilan can ever propose, so that a visitor downloads nothing else, however large the catalogue is.

Stands before `questionnaire.py`, which compiles what is found here. It follows `etabli_engine.choix` backwards: a thing is left out
only when no answer, no profil and no day leads to it, so the engine's results are the same with and without the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from etabli_engine.aides import GENERAL
from etabli_engine.choix import AIDES
from etabli_engine.profil import PAYS

from .catalogue import Catalogue, Referentiel
from .schema import Dispositif, Ressource
from .schema_acteurs import Contact

#: A ressource, and the highest value of the answer for which it helps.
Offre = tuple[Ressource, Fraction]


@dataclass(frozen=True)
class Propositions:
    """In the order of the data."""

    ressources: list[Ressource]
    dispositifs: list[Dispositif]
    contacts: list[Contact]


def find_propositions(cat: Catalogue) -> Propositions:
    """What the questionnaires of the catalogue lead to.

    Never there: a rule of State aid, which is no aid; a ressource that another one replaces; a door of an organisme that carries no
    aid, unless it helps anyone find where to begin. A closed dispositif stays: whether it is closed depends on the day of the visitor.
    """
    current = [r for r in cat.ressources.values() if not r.remplace_par]
    shown = {ressource.id for referentiel in cat.questionnaires.values() for ressource in _list_shown(referentiel, current)}
    ressources = [r for r in current if r.id in shown]
    aides = [d for d in cat.dispositifs.values() if d.est_une_aide]
    questions = {question.id for referentiel in cat.questionnaires.values() for question in referentiel.questions}
    led = {id_ for r in ressources for id_ in r.dispositifs} | _list_judged(cat)
    reached = [d for d in aides if d.id in led or any(x.question in questions for x in d.repond_a)]

    carried = {porteur.organisme for d in aides for porteur in d.porteurs}
    named = {id_ for d in aides for id_ in d.contacts}
    owners = {r.organisme for r in ressources} | {porteur.organisme for d in reached for porteur in d.porteurs}
    owners |= {cat.contacts[id_].organisme for d in reached for id_ in d.contacts}
    theirs = {c.id for c in cat.contacts.values() if c.organisme in owners and (c.organisme in carried or c.id in named)}
    doors = [c for c in cat.contacts.values() if c.id in theirs or GENERAL in c.besoins]
    # A dispositif keeps the doors that it names from being shown for something else: those doors cannot come without it.
    kept, held = {d.id for d in reached}, {c.id for c in doors}
    return Propositions(ressources, [d for d in aides if d.id in kept or not held.isdisjoint(d.contacts)], doors)


def _list_judged(cat: Catalogue) -> set[str]:
    """The dispositifs of which the worked examples ask the engine's opinion."""
    scenarios = [scenario for referentiel in cat.questionnaires.values() for scenario in referentiel.scenarios]
    return {id_ for scenario in scenarios for id_ in scenario.attendu.aides}


def _list_shown(referentiel: Referentiel, current: list[Ressource]) -> Iterator[Ressource]:
    """The ressources that a questionnaire may show: for a question, or for want of these, for its theme."""
    by_question: dict[str, list[Offre]] = defaultdict(list)
    by_theme: dict[str, list[Offre]] = defaultdict(list)
    for ressource in current:
        for answer in ressource.repond_a:
            by_question[answer.question].append((ressource, answer.si.max))
        for theme in ressource.themes:
            by_theme[theme].append((ressource, Fraction(0)))
    for question in referentiel.questions:
        yield from _list_first(by_question[question.id], AIDES)
    # What a question before has shown is not offered again for a theme: at worst every other question has shown all it can.
    most = AIDES * len(referentiel.questions)
    for theme in referentiel.themes:
        offers = {offer[0].id: offer for name in theme.aides or [theme.id] for offer in by_theme[name]}
        yield from _list_first(offers.values(), most)


def _list_first(offers: Iterable[Offre], most: int) -> Iterator[Ressource]:
    """Those that may be among the `most` first for someone, in the engine's order: easiest first, then what is made for a place.

    One is left out when so many stand before it for whoever may have it: they help with the same answers, are for the same publics
    at least, and are for the whole country or for the very same places.
    """
    before: dict[frozenset[str], Counter[tuple[frozenset[str], Fraction]]] = defaultdict(Counter)
    everywhere = frozenset((PAYS,))
    for ressource, reach in sorted(offers, key=lambda offer: (offer[0].effort, _places(offer[0]) == everywhere)):
        places, publics = _places(ressource), frozenset(ressource.publics)
        rivals = (before[everywhere], before[places]) if places != everywhere else (before[everywhere],)
        ahead = sum(n for counts in rivals for (for_whom, value), n in counts.items() if for_whom >= publics and value >= reach)
        if ahead < most:
            yield ressource
        before[places][publics, reach] += 1


def _places(ressource: Ressource) -> frozenset[str]:
    """The zones of a ressource; those of the whole country when it is for everyone."""
    return frozenset(ressource.zones if ressource.zones and PAYS not in ressource.zones else (PAYS,))
