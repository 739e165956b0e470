"""What to put beside a levier: the ressources that answer it, then the dispositifs that may pay for it, with an opinion on each."""

from fractions import Fraction
from types import SimpleNamespace

from .eligibilite import check_dispositif
from .profil import locate

AIDES = 3
#: What is closed or refused is no help; surest first.
STATUTS = ("eligible", "a_verifier", "inconnu", "a_venir")


def start_choix(aides: SimpleNamespace, profil: SimpleNamespace, date: str) -> SimpleNamespace:
    """What choosing remembers from one levier to the next: avis ({dispositif: opinion}), ressources and dispositifs shown."""
    return SimpleNamespace(aides=aides, profil=profil, date=date, avis={}, ressources=set(), dispositifs=set())


def pick_ressources(levier: SimpleNamespace, choix: SimpleNamespace) -> list[SimpleNamespace]:
    """What answers this very question; failing that, what its theme offers and no levier before has shown.

    Easiest first; among equals, what was made for the place before what is for the whole country.
    """
    choisies = [ressource for ressource in _answer(levier, choix.aides.ressources_pour) if _is_usable(ressource, choix.profil)]
    if not choisies:
        offertes = _join(choix.aides.ressources_du_theme, levier.theme.aides)
        choisies = [r for r in offertes if r.id not in choix.ressources and _is_usable(r, choix.profil)]
    choisies = sorted(choisies, key=lambda ressource: (ressource.effort, not ressource.locale))[:AIDES]
    choix.ressources.update(ressource.id for ressource in choisies)
    return choisies


def pick_dispositifs(levier: SimpleNamespace, ressources: list, choix: SimpleNamespace) -> list[SimpleNamespace]:
    """The opinions on those that answer this very question; failing that, on those that the ressources lead to.

    Surest first; among equals, what no levier before has shown, then what was made for the place.
    """
    lies = dict.fromkeys(identifiant for ressource in ressources for identifiant in ressource.dispositifs)
    directs = _judge_all(_answer(levier, choix.aides.dispositifs_pour), choix)
    possibles = directs or _judge_all(
        [choix.aides.dispositifs[identifiant] for identifiant in lies if identifiant in choix.aides.dispositifs], choix
    )
    en_ti = choix.profil.territoire_industrie not in (None, "aucun")

    def rank(avis: SimpleNamespace) -> tuple:
        dispositif = avis.dispositif
        montre = dispositif.id in choix.dispositifs
        proche = dispositif.local or (dispositif.pour_ti and en_ti)
        return STATUTS.index(avis.statut), montre, not proche, dispositif.rang

    choisis = sorted(possibles, key=rank)[:AIDES]
    choix.dispositifs.update(avis.dispositif.id for avis in choisis)
    return choisis


def _answer(levier: SimpleNamespace, par_question: dict[str, list]) -> list[SimpleNamespace]:
    """The things that say they help with such an answer; not knowing is worth nothing yet."""
    valeur, question = levier.donnee.valeur or Fraction(0), levier.question.id
    return [chose for chose in par_question.get(question, []) if valeur <= chose.repond_a[question]]


def _judge_all(dispositifs: list, choix: SimpleNamespace) -> list[SimpleNamespace]:
    """The opinions on those that may help: what is closed or refused is left out."""
    return [avis for avis in (_judge(dispositif, choix) for dispositif in dispositifs) if avis.statut in STATUTS]


def _judge(dispositif: SimpleNamespace, choix: SimpleNamespace) -> SimpleNamespace:
    if dispositif.id not in choix.avis:
        choix.avis[dispositif.id] = check_dispositif(dispositif, choix.profil, choix.date)
    return choix.avis[dispositif.id]


def _join(par_theme: dict[str, list], themes: list[str]) -> list:
    """The things of several themes, once each."""
    return list({chose.id: chose for theme in themes for chose in par_theme.get(theme, [])}.values())


def _is_usable(ressource: SimpleNamespace, profil: SimpleNamespace) -> bool:
    """Still current, and neither for another public nor for another place as far as is known."""
    autre_public = profil.public is not None and ressource.publics and profil.public not in ressource.publics
    ailleurs = bool(ressource.zones) and locate(ressource.zones, profil) is False
    return not (ressource.remplacee or autre_public or ailleurs)
