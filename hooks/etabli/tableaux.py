"""The catalogue as tables for a spreadsheet: `/api/v1/*.csv`, a file per kind, a row per thing.

Stands after `identites.py`, before `api.py`, which publishes them beside the JSON. Made for Excel in French, which opens a file on
a double click only so: « ; » between cells, a comma in numbers, UTF-8 announced by a BOM. LibreOffice reads it the same.
Several values in one cell stand apart by « | ». `dispositif_aide.py` gives the aids in the format of the national schema.
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from . import phrases
from .catalogue import GENRES, Catalogue
from .champs import Bareme, Source
from .gabarits import path_of
from .identites import full_address
from .proximite import zones_of
from .rendu import render_markdown
from .texte import text_of_html

BOM = "\ufeff"
#: A cell that begins so is a formula for a spreadsheet: an apostrophe before it makes it a text (OWASP, « CSV Injection »).
FORMULES = ("=", "+", "-", "@", "\t", "\r")
_TAILLES = ("petite", "moyenne", "grande", "non_economique", "toutes")
_SOMMES = ("plafond_assiette", "plafond", "plancher", "forfait", "seuil")

Ligne = dict[str, Any]


def render_tableaux(cat: Catalogue) -> Iterator[tuple[str, str, int]]:
    """(name without extension, CSV text, number of rows) of every table."""
    for kind in GENRES:
        rows = [_ROWS[kind](cat, thing) for thing in cat.of(kind).values()]
        yield f"{kind}s", write_table(rows), len(rows)
    amounts = [row for d in cat.dispositifs.values() for row in _montants(cat, d)]
    yield "dispositifs-montants", write_table(amounts), len(amounts)


def write_table(rows: list[Ligne]) -> str:
    """The rows as CSV text; all have the same columns, those of the first. No row gives an empty file."""
    text = io.StringIO(newline="")
    text.write(BOM)
    writer = csv.writer(text, delimiter=";")
    writer.writerows([[_cell(name) for name in row] for row in rows[:1]])
    writer.writerows([[_cell(value) for value in row.values()] for row in rows])
    return text.getvalue()


def _cell(value: Any) -> str:
    """A value as a French spreadsheet reads it, on one line."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case Fraction() if value.denominator != 1:
            return f"{float(value):.4f}".rstrip("0").rstrip(".").replace(".", ",")
        case datetime.date():
            return value.isoformat()
        case list() | tuple():
            return _cell(" | ".join(map(str, value)))
    text = str(value)
    flat = " ".join(text.split())
    return f"'{flat}" if text.startswith(FORMULES) or flat.startswith(FORMULES) else flat


# --- The columns of each kind ----------------------------------------------------------------------------------------


def _dispositif(cat: Catalogue, d: Any) -> Ligne:
    status = phrases.find_statut(d, cat.jour)
    return {
        **_commun(cat, d),
        "nature": d.nature,
        "nature_libelle": cat.vocabulaires["natures"][d.nature].libelle,
        "porteurs": [p.organisme for p in d.porteurs],
        "porteurs_noms": [f"{cat.organismes[p.organisme].nom} ({p.role})" for p in d.porteurs],
        "ouverture": d.ouverture,
        "cloture": d.cloture,
        "statut": status.code,
        "statut_libelle": status.libelle,
        **_zones(cat, d),
        "zones_exclues": d.zones.exclus,
        "montant_sens": d.montant.sens if d.montant else None,
        "montant": d.montant.affichage if d.montant else None,
        "duree": phrases.duree_texte(d.duree) if d.duree else None,
        "regime_aide": d.regime_aide,
        "avant_demarrage": d.avant_demarrage,
        "membres_min": d.collectif.min if d.collectif else None,
        "conditions_texte": [_plain(text) for text in d.conditions_texte],
        "cumul": _plain(d.cumul),
        "contacts": d.contacts,
        "url": d.url,
        **_suivi(cat, d),
    }


def _ressource(cat: Catalogue, r: Any) -> Ligne:
    return {
        **_commun(cat, r),
        "type": r.type,
        "type_libelle": cat.vocabulaires["types"][r.type].libelle,
        "organisme": r.organisme,
        "organisme_nom": cat.organismes[r.organisme].nom,
        "effort": r.effort,
        "cout": r.cout,
        "niveau_cible": r.niveau_cible,
        **_zones(cat, r),
        "dispositifs": r.dispositifs,
        "url": r.url,
        **_suivi(cat, r),
    }


def _fiche(cat: Catalogue, f: Any) -> Ligne:
    doors = [f"{cat.organismes[i.organisme].nom}, {i.fonction} ({i.niveau})" for i in f.a_qui_s_adresser]
    return {
        **_commun(cat, f),
        "numero": f.numero,
        "besoin": f.besoin,
        "besoin_libelle": cat.vocabulaires["besoins"][f.besoin].libelle,
        "interventions": [etape.titre for etape in f.interventions],
        "modalites": [modalite.titre for modalite in f.modalites],
        "a_qui_s_adresser": doors,
        "dispositifs": f.dispositifs,
        "ressources": f.ressources,
        **_suivi(cat, f),
    }


def _contact(cat: Catalogue, c: Any) -> Ligne:
    return {
        "id": c.id,
        "organisme": c.organisme,
        "organisme_nom": cat.organismes[c.organisme].nom,
        "fonction": c.fonction,
        "nom": c.nom,
        "telephone": c.telephone,
        "courriel": c.courriel,
        "url": c.url,
        "territoires": c.territoires,
        "territoires_noms": phrases.zones_texte(cat, c.territoires),
        "besoins": c.besoins,
        "besoins_libelles": _labels(cat, "besoins", c.besoins),
        "verifie_le": c.verifie_le,
        "a_verifier": _plain(c.a_verifier),
        **_source(cat, c.source),
    }


def _territoire(cat: Catalogue, t: Any) -> Ligne:
    return {
        "id": t.id,
        "nom": t.nom,
        "type": t.type,
        "code": t.code,
        "parent": t.parent,
        "parent_nom": phrases.zones_texte(cat, [t.parent]),
        "page": _page(cat, t),
        "maj": t.maj,
        "a_verifier": _plain(t.a_verifier),
        **_source(cat, t.source),
    }


def _organisme(cat: Catalogue, o: Any) -> Ligne:
    told = {"id": o.id, "nom": o.nom, "sigle": o.sigle, "role": _plain(o.role), "url": o.url, "maj": o.maj}
    return {**told, "a_verifier": _plain(o.a_verifier), **_source(cat, o.source)}


_ROWS: dict[str, Callable[[Catalogue, Any], Ligne]] = {
    "organisme": _organisme, "ressource": _ressource, "dispositif": _dispositif, "fiche": _fiche, "contact": _contact,
    "territoire": _territoire,
}  # fmt: skip


def _montants(cat: Catalogue, d: Any) -> Iterator[Ligne]:
    """The amounts of a dispositif: what holds for all cases, then case by case, then the points that come on top."""
    if not d.montant:
        return
    head = {"dispositif": d.id, "titre": d.titre, "sens": d.montant.sens}
    if d.montant.taux or any(getattr(d.montant, name) is not None for name in _SOMMES):
        yield {**head, **_bareme("ensemble", d.montant.assiette, None, d.montant)}
    for line in d.montant.lignes:
        yield {**head, **_bareme("ligne", line.objet, line.effectif, line)}
    for bonus in d.montant.bonus:
        told = {"bonus_points": bonus.points, "note": phrases.zones_texte(cat, bonus.zone) if bonus.zone else None}
        yield {**head, **_bareme("bonus", bonus.libelle, None, Bareme()), **told}


def _bareme(portee: str, objet: str | None, effectif: Any, bareme: Bareme) -> Ligne:
    """Rates in %, amounts in euros."""
    return {
        "portee": portee,
        "objet": _plain(objet),
        "effectif_min": effectif.min if effectif else None,
        "effectif_max": effectif.max if effectif else None,
        **{f"taux_{size}": getattr(bareme.taux, size) if bareme.taux else None for size in _TAILLES},
        **{name: getattr(bareme, name) for name in _SOMMES},
        "bonus_points": None,
        "unite": bareme.unite,
        "note": _plain(bareme.note),
    }


# --- The columns that several kinds share ----------------------------------------------------------------------------


def _commun(cat: Catalogue, thing: Any) -> Ligne:
    told: Ligne = {"id": thing.id, "titre": thing.titre, "resume": thing.resume}
    for name in ("publics", "themes", "besoins"):
        ids = getattr(thing, name)
        told |= {name: ids, f"{name}_libelles": _labels(cat, name, ids)}
    return told


def _suivi(cat: Catalogue, thing: Any) -> Ligne:
    told = {"page": _page(cat, thing), "maj": thing.maj, "a_relire_le": thing.a_relire_le, "remplace_par": thing.remplace_par}
    return {**told, "a_verifier": _plain(thing.a_verifier), **_source(cat, thing.source)}


def _zones(cat: Catalogue, thing: Any) -> Ligne:
    return {"zones": zones_of(thing), "zones_noms": phrases.zones_texte(cat, zones_of(thing))}


def _source(cat: Catalogue, source: Source) -> Ligne:
    document = cat.vocabulaires["documents"][source.document]
    told = {"source": source.document, "source_titre": document.libelle, "source_page": source.page}
    return {**told, "source_url": source.url or document.url, "source_consultee_le": source.consulte_le}


def _page(cat: Catalogue, thing: Any) -> str:
    """The page of the thing: its full address when the site knows its own, else its path in the site."""
    return full_address(cat, path_of(thing)) or path_of(thing)


def _labels(cat: Catalogue, vocabulary: str, ids: Iterable[str]) -> list[str]:
    return [cat.vocabulaires[vocabulary][id_].libelle for id_ in ids]


def _plain(markdown: str | None) -> str | None:
    """The words of a text in Markdown."""
    return text_of_html(render_markdown(markdown)) if markdown else None
