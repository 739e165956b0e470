"""Scores: from the states of the questions to the measure of a theme, then of the whole. In words: docs/methode.md.

With w the weight, v in [0, 1] the value, A the visible questions that are not `non_concerne`, everything out of 100:

    score_min = Σ_answered w·v / Σ_A w        score_max adds w for blank and ne_sait_pas        gain(q) = w·(1 − v) / Σ_A w
    couverture = 1 − Σ_blank w / Σ_A w        part_concernee = Σ_A w / Σ_visible w             global = Σ W·score / Σ W

Questions that are not `notee` stay out of all this. All numbers are `Fraction`s; nothing is rounded here.
"""

from fractions import Fraction
from types import SimpleNamespace

from .nombres import add_exact

#: Below these, a score says little.
QUESTIONS_MINIMUM = 3
PART_MINIMUM = Fraction(1, 2)


def measure_theme(theme: SimpleNamespace, reponses: dict, niveaux: list) -> SimpleNamespace:
    """The measure of one theme.

    Gives etat ("note", "incomplet", "non_concerne"), score (None unless "note"), min, max, couverture, part_concernee,
    applicables, repondues, vides, inconnues (counts), total (Σ_A w), manques (unmet gates), prevu (score once what is planned
    is done, or None), and the ranks of levels niveau, sans_plafond, niveau_prevu.
    """
    donnees = [reponses[question.id] for question in theme.questions if question.notee]
    visible = _weigh(donnees, "repondu", "vide", "ne_sait_pas", "non_concerne")
    total = _weigh(donnees, "repondu", "vide", "ne_sait_pas")
    vides = _weigh(donnees, "vide")
    ouvert = vides + _weigh(donnees, "ne_sait_pas")
    repondues = [donnee for donnee in donnees if donnee.etat == "repondu"]
    acquis = add_exact(donnee.question.poids * donnee.valeur for donnee in repondues)
    promis = add_exact(donnee.question.poids * (1 if donnee.prevu else donnee.valeur) for donnee in repondues)
    compte = [donnee.etat for donnee in donnees]
    mesure = SimpleNamespace(
        total=total,
        part_concernee=total / visible if visible else None,
        applicables=compte.count("repondu") + compte.count("vide") + compte.count("ne_sait_pas"),
        repondues=compte.count("repondu") + compte.count("ne_sait_pas"),
        vides=compte.count("vide"),
        inconnues=compte.count("ne_sait_pas"),
        manques=[donnee for donnee in repondues if _is_unmet(donnee)],
    )
    if not total:
        return _add_niveau(mesure, None, None, None, None, niveaux)
    prevu = 100 * promis / total if any(donnee.prevu for donnee in repondues) else None
    return _add_niveau(mesure, 100 * acquis / total, 100 * (acquis + ouvert) / total, 1 - vides / total, prevu, niveaux)


def measure_global(themes: list, mesures: list, niveaux: list) -> SimpleNamespace:
    """The measure of the whole: the same shape, weighted by the themes that concern the visitor; `total` is then Σ W."""
    paires = [(theme.poids, mesure) for theme, mesure in zip(themes, mesures, strict=True)]
    notes = [(poids, mesure) for poids, mesure in paires if mesure.etat != "non_concerne"]
    visibles = [(poids, mesure.part_concernee) for poids, mesure in paires if mesure.part_concernee is not None]
    total = add_exact(poids for poids, _ in notes)
    globale = SimpleNamespace(
        total=total,
        part_concernee=average(visibles) if visibles else None,
        applicables=sum(mesure.applicables for mesure in mesures),
        repondues=sum(mesure.repondues for mesure in mesures),
        vides=sum(mesure.vides for mesure in mesures),
        inconnues=sum(mesure.inconnues for mesure in mesures),
        manques=[donnee for mesure in mesures for donnee in mesure.manques],
    )
    if not notes:
        return _add_niveau(globale, None, None, None, None, niveaux)
    mini = average([(poids, mesure.min) for poids, mesure in notes])
    maxi = average([(poids, mesure.max) for poids, mesure in notes])
    couverture = average([(poids, mesure.couverture) for poids, mesure in notes])
    prevu = None
    if any(mesure.prevu is not None for _, mesure in notes):
        prevu = average([(poids, mesure.min if mesure.prevu is None else mesure.prevu) for poids, mesure in notes])
    return _add_niveau(globale, mini, maxi, couverture, prevu, niveaux)


def compute_gain(donnee: SimpleNamespace, mesure: SimpleNamespace) -> Fraction | None:
    """What the best answer would add to the score of the theme, out of 100.

    None where there is nothing to gain from: only answered and `ne_sait_pas` questions have one, the latter at most.
    """
    if not donnee.question.notee or donnee.etat not in ("repondu", "ne_sait_pas"):
        return None
    return 100 * donnee.question.poids * (1 - (donnee.valeur or 0)) / mesure.total


def find_niveau(score: Fraction, niveaux: list) -> int:
    """Rank of the level of a score: its threshold is a lower bound, included."""
    return max(rang for rang, niveau in enumerate(niveaux) if niveau.seuil <= score)


def _weigh(donnees: list, *etats: str) -> Fraction:
    return add_exact(donnee.question.poids for donnee in donnees if donnee.etat in etats)


def average(poids_et_valeurs: list[tuple[Fraction, Fraction]]) -> Fraction:
    """The weighted mean of `[(weight, value)]`, never empty."""
    return add_exact(poids * valeur for poids, valeur in poids_et_valeurs) / add_exact(poids for poids, _ in poids_et_valeurs)


def _is_unmet(donnee: SimpleNamespace) -> bool:
    """A gate is lifted when its question is hidden or `non_concerne`; while it is open the measure has no level anyway."""
    return donnee.question.requis_pour is not None and donnee.valeur < donnee.question.requis_valeur


def _add_niveau(mesure, mini, maxi, couverture, prevu, niveaux):
    """Complete a measure with its state, its bounds and, once nothing is open, its level."""
    mesure.min, mesure.max, mesure.couverture = mini, maxi, couverture
    mesure.etat = "non_concerne" if mini is None else "incomplet" if mesure.vides + mesure.inconnues else "note"
    mesure.score = mesure.prevu = mesure.niveau = mesure.sans_plafond = mesure.niveau_prevu = None
    mesure.plafonne_par = []
    peu = mesure.applicables < QUESTIONS_MINIMUM or (mesure.part_concernee or 0) < PART_MINIMUM
    mesure.peu_significatif = mini is not None and peu
    if mesure.etat == "note":
        mesure.score, mesure.prevu = mini, prevu
        mesure.sans_plafond = find_niveau(mini, niveaux)
        actifs = [donnee.question for donnee in mesure.manques if donnee.question.requis_pour <= mesure.sans_plafond]
        mesure.plafonne_par = [question.id for question in actifs]
        mesure.niveau = _cap(mesure.sans_plafond, mesure.manques)
        if prevu is not None:
            # A planned answer counts as done, so its own gate opens too.
            mesure.niveau_prevu = _cap(find_niveau(prevu, niveaux), [donnee for donnee in mesure.manques if not donnee.prevu])
    return mesure


def _cap(niveau: int, manques: list) -> int:
    """The level just below the lowest one that an unmet gate asks for."""
    return min([niveau, *(donnee.question.requis_pour - 1 for donnee in manques)])
