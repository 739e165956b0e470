"""Play the worked examples on demand, one line each: `python -m etabli scenarios [questionnaire]`.

Stands after `build.py`, which plays them too and only tells what differs. Here an editor sees every result while writing, and
what the rest of the data still lacks does not stop it: another questionnaire may be half written.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .catalogue import Catalogue, Referentiel
from .checks import run_checks
from .couverture import check_coverage, measure, show
from .decoupage import load_decoupage
from .lecture import load_catalogue
from .problems import Problem, joined, report
from .questionnaire import compile_aides, compile_questionnaire
from .scenarios import Partie, play_scenarios


def show_examples(data: Path, jour: datetime.date, choisi: str | None = None) -> tuple[str, bool]:
    """What there is to read, and whether every example gives what it expects. choisi: the id of one questionnaire, or all.

    Raises FileNotFoundError without the official list of communes.
    """
    cat, problems = load_catalogue(data, jour, data.parent, load_decoupage())
    problems += run_checks(cat)
    if blocking := [problem for problem in problems if not problem.avertissement and _concerns(problem, choisi)]:
        return report(blocking), False
    if choisi and choisi not in cat.questionnaires:
        return f"Le questionnaire « {choisi} » est inconnu. Attendu : {', '.join(cat.questionnaires) or 'aucun questionnaire'}.", False
    aides = compile_aides(cat)
    told, all_right = [], True
    for referentiel in cat.questionnaires.values():
        if choisi in (None, referentiel.id):
            text, right = _show_one(cat, referentiel, aides)
            told.append(text)
            all_right = all_right and right
    return "\n\n".join(told), all_right


def _concerns(problem: Problem, choisi: str | None) -> bool:
    """Does this problem keep the examples of that questionnaire from being played?"""
    if choisi is None:
        return True
    elsewhere = "/questionnaires/" in problem.fichier and f"/questionnaires/{choisi}/" not in problem.fichier
    return not elsewhere and not problem.chemin.startswith("repond_a")


def _show_one(cat: Catalogue, referentiel: Referentiel, aides: dict[str, Any]) -> tuple[str, bool]:
    compiled = compile_questionnaire(cat, referentiel)
    parties = play_scenarios(referentiel, compiled, aides)
    lines = [referentiel.questionnaire.titre, *(line for partie in parties for line in _show_played(partie))]
    if all(partie.bilan for partie in parties):
        found = measure(cat, referentiel, compiled)
        lacking = list(check_coverage(cat, found))
        lines += [show(found), *([report(lacking)] if lacking else [])]
    return "\n".join(lines), not any(partie.ecarts for partie in parties)


def _show_played(partie: Partie) -> Iterator[str]:
    """One line for what the engine gives, one more for each thing that differs."""
    yield f"  {'diffère ' if partie.ecarts else 'conforme'}  {_result(partie.bilan):28}  {partie.scenario.titre}"
    for path, message, expected in partie.ecarts:
        yield f"              {joined(path)} : {message} Attendu : {expected}"


def _result(bilan: dict[str, Any] | None) -> str:
    """« 3,4 / 5, En chemin », « de 1,2 à 4 / 5 », or nothing when the example could not be played."""
    measure_ = bilan["global"] if bilan else {"etat": "non_concerne"}
    if measure_["etat"] == "note":
        return f"{measure_['note']} / 5, {measure_['niveau_titre']}"
    return f"de {measure_['note_min']} à {measure_['note_max']} / 5" if measure_["etat"] == "incomplet" else "sans note"
