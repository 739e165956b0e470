"""What must hold inside one questionnaire: levels, messages, options, scales, conditions, a fair share for each public.

Stands before `checks.py`, which calls it for each questionnaire; the rules there hold between files.
"""

from collections.abc import Iterator
from itertools import pairwise

from .catalogue import Catalogue, Referentiel
from .champs import Condition
from .checks_versions import check_versions
from .load import Path_
from .parcours import each_condition
from .problems import Problem, suggest
from .schema_questionnaire import Question, ThemeQuestionnaire

#: Under this number of questions a theme's score says little: the engine marks it « peu significatif » (see docs/methode.md).
QUESTIONS_MIN = 3


def check_referentiel(cat: Catalogue, referentiel: Referentiel) -> Iterator[Problem]:
    """Everything that must hold inside one questionnaire, rule after rule."""
    yield from _check_adapte(cat, referentiel)
    yield from _check_levels(cat, referentiel)
    for path, message, expected in check_versions(referentiel):
        yield cat.problem("questionnaire", referentiel.id, path, message, expected)
    yield from _check_quantites(cat, referentiel)
    earlier: dict[str, Question] = {}
    for theme in referentiel.themes:
        key = f"{referentiel.id}/{theme.id}"
        yield from _check_theme(cat, key, theme)
        for i, question in enumerate(theme.questions):
            for path, message, expected in _wrong_in_question(referentiel, question, earlier):
                yield cat.problem("theme", key, ("questions", i, *path), message, expected)
            earlier[question.id] = question
        for public in referentiel.questionnaire.publics:
            seen = sum(question.notee and question.is_for(public) for question in theme.questions)
            if seen < QUESTIONS_MIN:
                plural = "s" if seen > 1 else ""
                told = f"« {public} » ne voit que {seen} question{plural} notée{plural} dans ce thème."
                yield cat.problem("theme", key, ("questions",), told, f"au moins {QUESTIONS_MIN} pour chaque public.")


def _check_adapte(cat: Catalogue, referentiel: Referentiel) -> Iterator[Problem]:
    """Only a questionnaire of an espace starts from another: in the base nothing would be taken up."""
    own = cat.espace and cat.documents["questionnaire", referentiel.id].chemin.is_relative_to(cat.espace.dossier)
    if referentiel.questionnaire.adapte and not own:
        told = "un questionnaire de la base ne part d'aucun autre."
        yield cat.problem("questionnaire", referentiel.id, ("adapte",), told, "rien ici : « adapte » sert dans un espace.")


def _check_theme(cat: Catalogue, key: str, theme: ThemeQuestionnaire) -> Iterator[Problem]:
    """A theme says where its help is looked for, and asks one unscored question at most."""
    if not theme.aides and theme.id not in cat.vocabulaires["themes"] and "vocabulaire:themes" not in cat.illisibles:
        told = f"« {theme.id} » n'est pas un thème du catalogue : rien ne dit où chercher ses aides."
        yield cat.problem("theme", key, ("id",), told, "une ligne « aides: [...] », avec des thèmes de vocabulaires/themes.yml.")
    unscored = [i for i, question in enumerate(theme.questions) if not question.notee]
    for i in unscored[1:]:
        told = "ce thème a déjà une question qui n'est pas notée."
        yield cat.problem("theme", key, ("questions", i, "notee"), told, "une seule par thème : le bilan en montre la réponse.")


def _check_quantites(cat: Catalogue, referentiel: Referentiel) -> Iterator[Problem]:
    """The numbers of a worked example's profil are those of the vocabulary."""
    known = cat.vocabulaires["quantites"]
    for i, scenario in enumerate(referentiel.scenarios):
        for name in scenario.profil.quantites:
            if name not in known and "vocabulaire:quantites" not in cat.illisibles:
                path, told = (i, "profil", "quantites", name), f"« {name} » est inconnu.{suggest(name, known)}"
                yield cat.problem("scenarios", referentiel.id, path, told, "une entrée du vocabulaire « quantites ».")


def _check_levels(cat: Catalogue, referentiel: Referentiel) -> Iterator[Problem]:
    """Levels start at 0 and rise, each under its own id; each theme has a message for each of them."""
    levels = referentiel.questionnaire.niveaux
    bounds = [level.seuil for level in levels]
    if bounds[0] != 0 or any(a >= b for a, b in pairwise(bounds)) or bounds[-1] > 100:
        yield cat.problem(
            "questionnaire",
            referentiel.id,
            ("niveaux",),
            "les seuils des niveaux ne se suivent pas.",
            "0 d'abord, puis des nombres croissants jusqu'à 100 au plus.",
        )
    ids = [level.id for level in levels]
    for i, id_ in enumerate(ids):
        if id_ in ids[:i]:
            told = f"le niveau « {id_} » existe déjà."
            yield cat.problem("questionnaire", referentiel.id, ("niveaux", i, "id"), told, "un identifiant par niveau.")
    for theme in referentiel.themes:
        for missing in [level.id for level in levels if level.id not in theme.messages]:
            yield cat.problem(
                "theme",
                f"{referentiel.id}/{theme.id}",
                ("messages",),
                f"le message du niveau « {missing} » manque.",
                "un message par niveau.",
            )


def _wrong_in_question(referentiel: Referentiel, question: Question, earlier: dict[str, Question]) -> Iterator[tuple[Path_, str, str]]:
    """(path in the question, message, expected) for each thing that is wrong with it."""
    if question.id in earlier:
        yield ("id",), f"la question « {question.id} » existe déjà.", "un identifiant par question, jamais réutilisé."
    levels = [level.id for level in referentiel.questionnaire.niveaux[1:]]  # nothing is asked for the first: everyone has it
    if question.requis_pour and not question.notee:
        yield ("requis_pour",), "une question qui n'est pas notée ne demande rien.", "retirez cette ligne, ou « notee: false »."
    elif question.requis_pour and question.requis_pour not in levels:
        yield (
            ("requis_pour",),
            f"« {question.requis_pour} » n'est pas un niveau à atteindre.{suggest(question.requis_pour, levels)}",
            f"un de ces niveaux : {', '.join(levels)}.",
        )
    if question.type == "nombre":
        yield from _wrong_in_scale(question)
    else:
        yield from _wrong_in_options(question)
    motifs = [motif.id for motif in question.non_concerne.motifs] if question.non_concerne else []
    for i, id_ in enumerate(motifs):
        if id_ in motifs[:i]:
            yield ("non_concerne", "motifs", i, "id"), f"le motif « {id_} » existe déjà.", "un identifiant par motif."
    for path, condition in each_condition(question.si, ("si",)):
        if condition.genre == "reponse":
            yield from _wrong_in_answer_condition(condition, path, earlier)


def _wrong_in_options(question: Question) -> Iterator[tuple[Path_, str, str]]:
    ids = [option.id for option in question.options]
    for i, id_ in enumerate(ids):
        if id_ in ids[:i]:
            yield ("options", i, "id"), f"l'option « {id_} » existe déjà.", "un identifiant par option."
    if not question.notee and len(ids) < 2:
        yield ("options",), "une seule réponse est proposée.", "au moins deux options."
    values = [option.valeur for option in question.options]
    best = max(values, default=0) if question.type == "unique" else sum(values)
    if question.notee and (0 not in values or best < 1):
        yield (
            ("options",),
            "aucune réponse ne vaut 0, ou aucune ne permet d'atteindre 1.",
            "une option à 0 et une à 1 (ou un total d'au moins 1 pour un choix multiple).",
        )
    if question.echelle:
        yield ("echelle",), "une échelle est donnée à une question à options.", "type: nombre, ou pas d'échelle."


def _wrong_in_scale(question: Question) -> Iterator[tuple[Path_, str, str]]:
    scale = question.echelle
    if not scale or question.options:
        yield (
            (),
            "une question chiffrée n'a pas d'échelle, ou a des options.",
            "echelle: {unite, min, max, points}, sans options.",
        )
        return
    measures, values = [p[0] for p in scale.points], [p[1] for p in scale.points]
    rising = all(a < b for a, b in pairwise(measures))
    if not rising or any(v > 1 for v in values) or (measures[0], measures[-1]) != (scale.min, scale.max):
        yield (
            ("echelle", "points"),
            "les points de l'échelle ne conviennent pas.",
            "des mesures croissantes de min à max, des valeurs entre 0 et 1.",
        )


def _wrong_in_answer_condition(condition: Condition, path: Path_, earlier: dict[str, Question]) -> Iterator[tuple[Path_, str, str]]:
    asked = condition.reponse
    if asked.question not in earlier:
        yield (
            (*path, "reponse", "question"),
            f"« {asked.question} » n'est pas une question posée plus haut.{suggest(asked.question, earlier)}",
            "une question qui précède.",
        )
        return
    known = {option.id for option in earlier[asked.question].options}
    for name in asked.options:
        if name not in known:
            yield (
                (*path, "reponse", "options"),
                f"l'option « {name} » est inconnue.{suggest(name, known)}",
                f"une de ces options : {', '.join(sorted(known))}.",
            )
