"""How far a questionnaire reaches: whom it asks what, which answers its worked examples go through, where a low answer leads.

Stands after `scenarios.py`, on data that holds: `measure` counts, `check_coverage` says what is missing, `show` gives the figures
that `make check` prints. Which questions a profil sees is asked of the engine, so that it is what visitors see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from .catalogue import Catalogue, Referentiel
from .checks_questionnaire import QUESTIONS_MIN
from .parcours import each_condition
from .problems import Problem
from .scenarios import ask_engine
from .schema_questionnaire import Question, ThemeQuestionnaire

#: How many questions the short version asks of each public; half of what it would be asked is enough in a small questionnaire.
COURT_MIN, COURT_MAX = 10, 16
#: An answer of this value or less is low: something must help.
BASSE = Fraction(1, 2)
#: Head counts at which the European size of a structure changes.
_TAILLES = {50, 250}

Profil = dict[str, Any]


@dataclass(frozen=True)
class Couverture:
    """What `measure` found.

    vues: for each profil that conditions tell apart, the ids of the questions it sees; options: how many examples go through
    each (question, option); basses: for each question and public that may see it, the values of its low answers, each with
    whether a ressource answers to it.
    """

    referentiel: Referentiel
    vues: list[tuple[Profil, frozenset[str]]]
    options: dict[tuple[str, str], int]
    basses: dict[tuple[str, str], dict[Fraction, bool]]

    @property
    def etendue(self) -> tuple[int, int]:
        """The fewest and the most questions that one visitor is asked."""
        counts = [len(ids) for _, ids in self.vues]
        return min(counts), max(counts)


def measure(cat: Catalogue, referentiel: Referentiel, compiled: dict[str, Any]) -> Couverture:
    """Count for one questionnaire. compiled: what `compile_questionnaire` made of it."""
    vues = [(profil, _seen_by(referentiel, compiled, profil)) for profil in _profils(cat, referentiel)]
    basses, reached = {}, _reached(cat)
    for question in referentiel.questions:
        publics = [p for p in referentiel.questionnaire.publics if any(question.id in seen for who, seen in vues if who["public"] == p)]
        for public in publics if question.notee else []:
            reach = reached.get((question.id, public))
            basses[question.id, public] = {value: reach is not None and value <= reach for value in _low_values(question)}
    return Couverture(referentiel, vues, _count_options(referentiel), basses)


def check_coverage(cat: Catalogue, found: Couverture) -> Iterator[Problem]:
    """Every profil is asked enough, every option is reached by an example, every low answer leads to a ressource."""
    yield from _check_short(cat, found)
    for theme in found.referentiel.themes:
        key = f"{found.referentiel.id}/{theme.id}"
        yield from _check_theme(cat, key, theme, found)
        for i, question in enumerate(theme.questions):
            for j, option in enumerate(question.options):
                # A questionnaire that an espace adapts plays the national examples, which know nothing of its own questions.
                if not found.options[question.id, option.id] and found.referentiel.adapte is None:
                    told = f"aucun exemple de scenarios.yml ne choisit « {option.id} »."
                    yield cat.problem("theme", key, ("questions", i, "options", j), told, "un exemple qui passe par cette réponse.")
            lacking = {public: values for (id_, public), values in found.basses.items() if id_ == question.id and not all(values.values())}
            if lacking:
                value = max(value for values in lacking.values() for value, helped in values.items() if not helped)
                told = f"une réponse qui vaut {value} ne mène à aucune ressource pour {_quoted(lacking)}."
                wanted = f"une ressource pour ce public, avec « repond_a: [{{question: {question.id}, si: {{max: {float(BASSE):g}}}}}] »."
                yield cat.problem("theme", key, ("questions", i), told, wanted)


def show(found: Couverture) -> str:
    """One line of figures, in French."""
    referentiel = found.referentiel
    reached, helped = sum(map(bool, found.options.values())), [h for values in found.basses.values() for h in values.values()]
    short = f" ; version courte : {_spread(found, _short_ids(referentiel))}" if referentiel.questionnaire.court else ""
    return (
        f"{referentiel.id} : {len(referentiel.questions)} questions ({_spread(found, None)}){short} ; "
        f"{reached} options sur {len(found.options)} choisies par {len(referentiel.scenarios)} exemples ; "
        f"{sum(helped)} réponses basses sur {len(helped)} mènent à une ressource."
    )


def _profils(cat: Catalogue, referentiel: Referentiel) -> list[Profil]:
    """Every profil that the conditions of the questions tell apart: by public, head count and sector."""
    conditions = [condition for question in referentiel.questions for _, condition in each_condition(question.si)]
    bounds = [condition.effectif for condition in conditions if condition.genre == "effectif"]
    sizes = {0, *(b.min for b in bounds if b.min is not None), *(b.max + 1 for b in bounds if b.max is not None)}
    if any(condition.genre == "taille" for condition in conditions):
        sizes |= _TAILLES
    named = {sector for condition in conditions if condition.genre == "secteur" for sector in condition.secteur}
    others = [sector for sector in cat.vocabulaires["secteurs"] if sector not in named][:1]
    choices = product(referentiel.questionnaire.publics, sorted(sizes), [*sorted(named), *others] if named else [None])
    told = len(sizes) > 1
    return [
        {"public": public} | ({"effectif": size} if told else {}) | ({"secteur": sector} if sector else {})
        for public, size, sector in choices
    ]


def _seen_by(referentiel: Referentiel, compiled: dict[str, Any], profil: Profil) -> frozenset[str]:
    """The questions that nothing hides from this profil; one that depends on an answer may be asked, so it counts."""
    questionnaire = {"id": referentiel.id, "version": referentiel.questionnaire.version}
    date = referentiel.questionnaire.maj.isoformat()
    evaluation = {"format": 1, "questionnaire": questionnaire, "date": date, "profil": profil, "reponses": {}}
    bilan = ask_engine("evaluer", questionnaire=compiled, evaluation=evaluation, date=date)
    return frozenset(q["id"] for theme in bilan["themes"] for q in theme["questions"] if q["etat"] != "masquee")


def _count_options(referentiel: Referentiel) -> dict[tuple[str, str], int]:
    """For each option of each question, the number of examples that choose it."""
    counts = {(question.id, option.id): 0 for question in referentiel.questions for option in question.options}
    for scenario in referentiel.scenarios:
        for id_, given in scenario.reponses.items():
            for option in given if isinstance(given, list) else [given]:
                if (id_, option) in counts:
                    counts[id_, option] += 1
    return counts


def _low_values(question: Question) -> set[Fraction]:
    """The values of the low answers that one may give: of a number, 0; of several choices, the sums of each set of them."""
    if question.type == "nombre":
        return {Fraction(0)}
    if question.type == "unique":
        return {option.valeur for option in question.options if option.valeur <= BASSE}
    sums = {None}
    for option in question.options:
        if not option.exclusif:
            sums |= {(total or Fraction(0)) + option.valeur for total in sums}
    alone = {option.valeur for option in question.options if option.exclusif}
    return {value for value in sums | alone if value is not None and value <= BASSE}


def _reached(cat: Catalogue) -> dict[tuple[str, str], Fraction]:
    """By question and public, the highest value of an answer to which a current ressource responds; absent: nothing does."""
    found: dict[tuple[str, str], Fraction] = {}
    for ressource in (r for r in cat.ressources.values() if not r.remplace_par):
        for answer, public in product(ressource.repond_a, ressource.publics):
            key = answer.question, public
            found[key] = max(found.get(key, answer.si.max), answer.si.max)
    return found


def _check_theme(cat: Catalogue, key: str, theme: ThemeQuestionnaire, found: Couverture) -> Iterator[Problem]:
    """Sizes and sectors too leave each public enough questions in a theme; said once per public, for the one that sees fewest."""
    scored = {question.id for question in theme.questions if question.notee}
    for public in found.referentiel.questionnaire.publics:
        seen, profil = min(((len(scored & ids), who) for who, ids in found.vues if who["public"] == public), key=lambda pair: pair[0])
        if seen < QUESTIONS_MIN:
            told = f"{_named(profil)} ne voit que {seen} question{'s' if seen > 1 else ''} notée{'s' if seen > 1 else ''} dans ce thème."
            yield cat.problem("theme", key, ("questions",), told, f"au moins {QUESTIONS_MIN} pour chaque profil.")


def _check_short(cat: Catalogue, found: Couverture) -> Iterator[Problem]:
    """The short version asks a sane number of questions of every profil, and something of every theme."""
    referentiel = found.referentiel
    if not referentiel.questionnaire.court:
        return
    short, said = _short_ids(referentiel), set()
    for profil, ids in found.vues:
        count, least = len(short & ids), min(COURT_MIN, -(-len(ids) // 2))
        if not least <= count <= COURT_MAX and profil["public"] not in said:
            said.add(profil["public"])
            told = f"{_named(profil)} voit {count} questions en version courte, et {len(ids)} en tout."
            yield cat.problem("questionnaire", referentiel.id, ("court", "questions"), told, f"de {least} à {COURT_MAX} questions.")
        for theme in referentiel.themes:
            asked = {question.id for question in theme.questions} & short & ids
            if not asked and (profil["public"], theme.id) not in said:
                said.add((profil["public"], theme.id))
                told = f"{_named(profil)} ne voit aucune question de « {theme.id} » en version courte."
                yield cat.problem("questionnaire", referentiel.id, ("court", "questions"), told, "au moins une question de chaque thème.")


def _short_ids(referentiel: Referentiel) -> frozenset[str]:
    return frozenset(referentiel.questionnaire.court.questions if referentiel.questionnaire.court else ())


def _spread(found: Couverture, among: frozenset[str] | None) -> str:
    """« entreprise 38 à 52, association 30 »: how many questions each public sees, of all or of some."""
    told = []
    for public in found.referentiel.questionnaire.publics:
        counts = [len(ids if among is None else ids & among) for who, ids in found.vues if who["public"] == public]
        low, high = min(counts), max(counts)
        told.append(f"{public} {low}" if low == high else f"{public} {low} à {high}")
    return ", ".join(told)


def _named(profil: Profil) -> str:
    """« entreprise » (effectif 0, secteur commerce)."""
    facts = ", ".join(f"{name} {profil[name]}" for name in ("effectif", "secteur") if name in profil)
    return f"« {profil['public']} »" + (f" ({facts})" if facts else "")


def _quoted(names: Any) -> str:
    return ", ".join(f"« {name} »" for name in names)
