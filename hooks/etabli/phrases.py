"""French sentences made from data: dates, amounts, zones, conditions, states.

Everything that a page says of a value is said here once, so that cards, pages and the API agree.
"""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from . import schema
from .catalogue import Catalogue, genre
from .champs import Condition, Intervalle, Quantite, Source

MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")


@dataclass(frozen=True)
class Statut:
    """code: ouvert, clos, a_venir, permanent or a_verifier; libelle: the same in words."""

    code: str
    libelle: str


_PERMANENT = Statut("permanent", "Sans date limite connue")


@dataclass(frozen=True)
class Phrase:
    """One condition in words, with those under it."""

    phrase: str
    enfants: tuple["Phrase", ...] = ()


def date_fr(jour: datetime.date) -> str:
    """« 1er mars 2026 »."""
    return f"{'1er' if jour.day == 1 else jour.day} {MOIS[jour.month - 1]} {jour.year}"


def nombre(value: Fraction | int) -> str:
    """A number as written in French, thousands apart, at most two decimals rounded half-up."""
    cents = int(Fraction(value) * 100 + Fraction(1, 2))
    whole, decimals = divmod(cents, 100)
    text = f"{whole:,}".replace(",", " ")
    return text + ("," + f"{decimals:02}".rstrip("0") if decimals else "")


def euros(value: Fraction | int) -> str:
    """« 60 000 € »."""
    return f"{nombre(value)} €"


def pourcent(value: Fraction | int) -> str:
    """« 70 % », from 70."""
    return f"{nombre(value)} %"


def find_statut(thing: schema.Contenu, jour: datetime.date) -> Statut:
    """The state of a thing on the day `jour`: that of its dates, unless it is open and its facts are to be checked."""
    statut = find_ouverture(thing, jour)
    if statut.code in ("ouvert", "permanent") and (thing.a_relire_le < jour or thing.a_verifier):
        return Statut("a_verifier", "À vérifier avant de vous engager")
    return statut


def find_ouverture(thing: schema.Contenu, jour: datetime.date) -> Statut:
    """What its dates alone say of a thing on the day `jour`; end dates are inclusive."""
    if not isinstance(thing, schema.Dispositif):
        return _PERMANENT
    ouverture, cloture = thing.ouverture, thing.cloture
    if cloture and cloture < jour:
        return Statut("clos", f"Clos depuis le {date_fr(cloture)}")
    if ouverture and ouverture > jour:
        return Statut("a_venir", f"Ouvre le {date_fr(ouverture)}")
    if cloture:
        return Statut("ouvert", f"Ouvert jusqu'au {date_fr(cloture)}")
    return _PERMANENT


def zones_texte(cat: Catalogue, codes: list[str]) -> str:
    """« France entière », or the names of the zones."""
    return ", ".join(cat.noms.get(code, code) for code in codes)


def ou_court(cat: Catalogue, codes: list[str]) -> str:
    """Where a card says that a thing applies: « Ici : Grand Poitiers », « Dans 5 territoires »."""
    return f"Ici : {zones_texte(cat, codes)}" if len(codes) <= 2 else f"Dans {len(codes)} territoires"


def incise(text: str) -> str:
    """A sentence made fit for brackets: no capital, unless it is an acronym's, and no full stop."""
    first = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return first.removesuffix(".")


def autres_noms(terme: schema.Terme) -> list[str]:
    """The other names of a term that say more than its own: not its full name again, nor a plural."""
    known = {_bare(terme.terme), _bare(terme.developpe or "")}
    return [form for form in terme.variantes if _bare(form) not in known]


def _bare(name: str) -> str:
    return " ".join(word.removesuffix("s") for word in name.lower().replace("-", " ").split())


def intervalle_texte(interval: Intervalle | Quantite, unit: str) -> str:
    """« de 10 à 30 salariés », « 249 salariés au plus », « 50 salariés ou plus », « 3 mois »."""
    if interval.max == 1:
        unit = unit if unit == "mois" else unit.removesuffix("s")
    if interval.min is None:
        return f"{nombre(interval.max)} {unit} au plus"
    if interval.max is None:
        return f"{nombre(interval.min)} {unit} ou plus"
    if interval.min == interval.max:
        return f"{nombre(interval.min)} {unit}"
    return f"de {nombre(interval.min)} à {nombre(interval.max)} {unit}"


def duree_texte(duree: schema.Duree) -> str:
    """« de 12 à 18 mois », « 5 jours », « 1 semaine »."""
    interval: Intervalle = getattr(duree, duree.unite)
    last = interval.min if interval.max is None else interval.max  # the number that stands before the unit
    singular = {"semaines": "semaine", "jours": "jour", "heures": "heure"} if last == 1 else {}
    return intervalle_texte(interval, singular.get(duree.unite, duree.unite))


def explain_condition(cat: Catalogue, condition: Condition) -> Phrase:
    """The condition tree as sentences."""
    value = condition.valeur
    match condition.genre:
        case "tous":
            return Phrase("Toutes ces conditions", _children(cat, value))
        case "un":
            return Phrase("Au moins une de ces conditions", _children(cat, value))
        case "aucun" if [c.genre for c in value] == ["quantite"] and None in (value[0].valeur.min, value[0].valeur.max):
            bound = value[0].valeur  # « none of 70 km at most » is how data says « more than 70 km »
            entry = cat.vocabulaires["quantites"][bound.quoi]
            limit = f"plus de {nombre(bound.max)}" if bound.min is None else f"moins de {nombre(bound.min)}"
            return Phrase(f"{entry.libelle} : {limit} {entry.description}")
        case "aucun":
            return Phrase("Aucune de ces conditions", _children(cat, value))
        case "effectif":
            return Phrase(f"Vous comptez {intervalle_texte(value, 'salariés')}")
        case "taille":
            return Phrase(f"Vous êtes une {_either(value)} entreprise au sens européen")
        case "public":
            return Phrase(f"Vous êtes : {_either([_libelle(cat, 'publics', p).lower() for p in value])}")
        case "secteur":
            return Phrase(f"Vous travaillez dans : {_either([_libelle(cat, 'secteurs', s).lower() for s in value])}")
        case "zone":
            return Phrase(f"Vous êtes ici : {zones_texte(cat, value)}")
        case "territoire_industrie":
            return Phrase("Vous êtes dans un Territoire d'industrie" if value else "Vous êtes hors d'un Territoire d'industrie")
        case "bilan_ges_age_max_mois":
            return Phrase(f"Vous avez un bilan de gaz à effet de serre de moins de {value} mois")
        case "quantite":
            entry = cat.vocabulaires["quantites"][value.quoi]
            return Phrase(f"{entry.libelle} : {intervalle_texte(value, entry.description)}")
        case "date_demarrage":
            return Phrase("Vous déposez la demande avant de commencer l'opération")
        case _:
            return Phrase("Vous avez donné une certaine réponse plus haut dans le questionnaire")


def _children(cat: Catalogue, conditions: list[Condition]) -> tuple[Phrase, ...]:
    return tuple(explain_condition(cat, condition) for condition in conditions)


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " ou " + words[-1]


def _libelle(cat: Catalogue, vocabulary: str, id_: str) -> str:
    return cat.vocabulaires[vocabulary][id_].libelle


def source_texte(cat: Catalogue, source: Source) -> str:
    """« Guide …, Fiche 7 (2019), consulté le 20 novembre 2026 »."""
    document = cat.vocabulaires["documents"][source.document]
    parts = [document.libelle] + ([source.page] if source.page else []) + ([document.editeur] if document.editeur else [])
    year = f" ({document.date[:4]})" if document.date else ""
    return ", ".join(parts) + f"{year}, consulté le {date_fr(source.consulte_le)}"


def amount_texte(thing: schema.Contenu) -> str | None:
    """The short amount of a card, when the thing has one."""
    if genre(thing) == "dispositif" and thing.montant:
        return thing.montant.affichage
    if genre(thing) == "ressource":
        return {"gratuit": "Gratuit", "payant": "Payant", "variable": "Gratuit ou payant selon le cas"}[thing.cout]
    return None
