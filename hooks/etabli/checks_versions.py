"""What must hold between a questionnaire and its other forms: the short version, and the versions that people answered before.

Stands before `checks_questionnaire.py`, which calls it. How many questions the short version asks is counted later, with the
engine, in `couverture.py`.
"""

from collections.abc import Iterator
from itertools import pairwise

from .catalogue import Referentiel
from .load import Path_
from .parcours import each_condition
from .problems import suggest
from .schema_questionnaire import Migration, Question

#: (path in questionnaire.yml, message, expected).
Ecart = tuple[Path_, str, str]


def check_versions(referentiel: Referentiel) -> Iterator[Ecart]:
    """Everything that is wrong with the short version and with the migrations."""
    questions = {question.id: question for question in referentiel.questions}
    yield from _check_short(referentiel, questions)
    yield from _check_order(referentiel)
    for i in range(len(referentiel.questionnaire.migrations)):
        yield from _check_questions(referentiel.questionnaire.migrations, i, questions)
        yield from _check_options(referentiel.questionnaire.migrations, i, questions)


def _check_short(referentiel: Referentiel, questions: dict[str, Question]) -> Iterator[Ecart]:
    """The short version asks questions that exist, that count, each once, and that need no answer which it does not ask for."""
    short = referentiel.questionnaire.court
    asked = short.questions if short else []
    for i, id_ in enumerate(asked):
        path = ("court", "questions", i)
        if id_ not in questions:
            yield path, f"la question « {id_} » est inconnue.{suggest(id_, questions)}", "une question de ce questionnaire."
            continue
        if id_ in asked[:i]:
            yield path, f"« {id_} » est déjà dans cette liste.", "chaque question une seule fois."
        if not questions[id_].notee:
            yield path, f"« {id_} » ne compte dans aucun score.", "une question notée : la version courte donne une note."
        for _, condition in each_condition(questions[id_].si):
            if condition.genre == "reponse" and condition.reponse.question not in asked:
                told = f"« {id_} » dépend de « {condition.reponse.question} », que la version courte ne pose pas."
                yield path, told, "les deux questions, ou aucune."


def _check_order(referentiel: Referentiel) -> Iterator[Ecart]:
    """Migrations go from a version to a later one, each starts where the one before ends or later, none goes past today's."""
    migrations = referentiel.questionnaire.migrations
    today = _parts(referentiel.questionnaire.version)
    for i, migration in enumerate(migrations):
        if _parts(migration.de) >= _parts(migration.vers):
            yield ("migrations", i, "vers"), f"{migration.vers} ne suit pas {migration.de}.", "une version plus récente que « de »."
        if _parts(migration.vers) > today:
            told = f"{migration.vers} dépasse la version du questionnaire ({referentiel.questionnaire.version})."
            yield ("migrations", i, "vers"), told, "au plus la version d'aujourd'hui."
    for i, (before, after) in enumerate(pairwise(migrations), 1):
        if _parts(after.de) < _parts(before.vers):
            yield ("migrations", i, "de"), f"{after.de} précède {before.vers}.", "des migrations dans l'ordre des versions."


def _check_questions(migrations: list[Migration], i: int, questions: dict[str, Question]) -> Iterator[Ecart]:
    """An id that was left is left for good, and the new one leads to a question of today, or to one withdrawn since."""
    for old, new in migrations[i].questions.items():
        path = ("migrations", i, "questions", old)
        if new == old:
            yield path, f"« {old} » garde son identifiant.", "un nouvel identifiant, ou null si la question est retirée."
        elif old in questions:
            told = f"« {old} » a changé de nom ou a été retirée, et une question porte encore ce nom."
            yield path, told, "un identifiant jamais réutilisé."
        if new is not None and (last := _follow(migrations[i + 1 :], new)) is not None and last not in questions:
            yield path, f"« {last} » n'est pas une question.{suggest(last, questions)}", "une question de ce questionnaire, ou null."


def _check_options(migrations: list[Migration], i: int, questions: dict[str, Question]) -> Iterator[Ecart]:
    """The same for the options of a question, which is named as it was before the migration."""
    for name, renamed in migrations[i].options.items():
        path = ("migrations", i, "options", name)
        question = _follow(migrations[i:], name)
        if question is None:
            continue  # withdrawn: its options went with it
        if question not in questions:
            yield path, f"« {name} » ne mène à aucune question.{suggest(question, questions)}", "l'ancien identifiant d'une question."
            continue
        known = {option.id for option in questions[question].options}
        for old, new in renamed.items():
            if old != new and old in known:
                told = f"« {old} » a changé de nom ou a été retirée, et une option porte encore ce nom."
                yield (*path, old), told, "un identifiant jamais réutilisé."
            last = _follow_option(migrations, i, name, old)
            if last is not None and last not in known:
                told = f"« {last} » n'est pas une option de « {question} ».{suggest(last, known)}"
                yield (*path, old), told, "une de ses options, ou null."


def _follow(migrations: list[Migration], id_: str) -> str | None:
    """What a question is called after these migrations; None once it is withdrawn."""
    for migration in migrations:
        id_ = migration.questions.get(id_, id_)
        if id_ is None:
            return None
    return id_


def _follow_option(migrations: list[Migration], i: int, question: str, option: str) -> str | None:
    """What an option of `question` is called today, as both were named before the migration `i`; None once it is withdrawn."""
    for migration in migrations[i:]:
        option = migration.options.get(question, {}).get(option, option)
        question = migration.questions.get(question, question)
        if option is None:
            return None
    return option


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
