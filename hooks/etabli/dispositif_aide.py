"""`dispositifs-aide.csv`: the aids in the columns of the national schema « dispositif-aide », for the services that gather them.

Stands after `identites.py`, beside `tableaux.py`. Source of the columns, of their order and of their constraints:
https://github.com/etalab/schema-dispositif-aide, v0.2.0. Comma-separated, UTF-8 without BOM, as that schema asks.
"""

import csv
import datetime
import io
import re
from collections import defaultdict

from . import phrases
from .catalogue import Catalogue
from .champs import Condition
from .gabarits import path_of
from .identites import full_address, instant, stable_uuid
from .phrases import Phrase
from .proximite import Proximite
from .rendu import render_markdown
from .schema import Dispositif
from .texte import text_of_html

COLONNES = (
    "id", "titre", "promesse", "description", "eligibilite", "types_aides", "porteurs", "programmes_parents", "url_source", "cibles",
    "eligibilite_geographique", "eligibilite_geographique_exclusions", "date_ouverture", "date_cloture", "date_mise_a_jour",
)  # fmt: skip
PROMESSE_MAX, DESCRIPTION_MAX = 180, 5000
#: Our natures in the words that the services fed by this schema already use; a nature of another site keeps its own name.
TYPES_AIDES = {
    "etude": "étude|financement", "accompagnement": "conseil", "formation": "formation", "subvention": "financement", "pret": "prêt",
    "avantage-fiscal": "avantage fiscal", "collectif": "conseil", "guichet": "information",
}  # fmt: skip
#: Our publics in the four words of the schema; any other public works, so it counts with the professionals.
CIBLES = {"association": "associations", "etablissement-public": "secteur public", "collectivite": "secteur public"}
REGIMES = {"de-minimis": "Aides de minimis", "regime-exempte": "Régime exempté"}
_CODE = re.compile(r"[A-Z]+-\d+")
_FIN_DE_JOURNEE = datetime.time(23, 59, 59)


def render_dispositifs_aide(cat: Catalogue) -> tuple[str, int]:
    """The CSV text and its number of rows. A `regime` is a rule, not an aid that one can ask for: it is left out."""
    near = Proximite(cat)
    rows = [_row(cat, near, d) for d in cat.dispositifs.values() if d.est_une_aide]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLONNES)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue(), len(rows)


def _row(cat: Catalogue, near: Proximite, d: Dispositif) -> dict[str, str]:
    nature = cat.vocabulaires["natures"][d.nature].libelle.lower()
    return {
        "id": str(stable_uuid("dispositif", d.id)),
        "titre": d.titre,
        "promesse": _cut(d.resume.rstrip(". "), PROMESSE_MAX),
        "description": _cut(_description(d), DESCRIPTION_MAX),
        "eligibilite": "\n".join(f"• {sentence}" for sentence in _eligibilite(cat, d)),
        "types_aides": TYPES_AIDES.get(d.nature, nature),
        "porteurs": _porteurs(cat, d),
        "programmes_parents": REGIMES.get(d.regime_aide, ""),
        "url_source": d.url or full_address(cat, path_of(d)) or d.source.url or "",
        "cibles": "|".join(dict.fromkeys(CIBLES.get(public, "professionnels") for public in d.publics)),
        "eligibilite_geographique": "|".join(dict.fromkeys(_widen(near, code) for code in d.zones.inclus)),
        # A place that the schema cannot name is not widened here, or its whole region would be shut out: `_eligibilite` says it.
        "eligibilite_geographique_exclusions": "|".join(code for code in d.zones.exclus if _CODE.fullmatch(code)),
        "date_ouverture": _utc(instant(d.ouverture)) if d.ouverture else "",
        "date_cloture": _utc(instant(d.cloture, _FIN_DE_JOURNEE)) if d.cloture else "",
        "date_mise_a_jour": _utc(instant(d.maj)),
    }


def _utc(moment: datetime.datetime) -> str:
    """As the `datetime` of a Table Schema is written: in UTC, with a Z. Midnight in France is 22 or 23 h the day before."""
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _cut(text: str, length: int) -> str:
    """`text`, cut between two words when it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1].rsplit(maxsplit=1)[0].rstrip(" ,;:.") + "…"


def _description(d: Dispositif) -> str:
    """What it is and what it brings, as plain text, a line per paragraph or item."""
    blocks = re.split(r"</(?:p|li|h\d|tr)>", str(render_markdown(d.texte or "")).replace("<li>", "<li>• "))
    parts = [d.resume, *map(text_of_html, blocks)]
    if d.montant:
        parts.append(f"{'Montant' if d.montant.sens == 'aide' else 'Prix'} : {d.montant.affichage}.")
        parts.append(f"Dépenses prises en compte : {text_of_html(render_markdown(d.montant.assiette))}" if d.montant.assiette else "")
    return "\n".join(filter(None, parts))


def _eligibilite(cat: Catalogue, d: Dispositif) -> list[str]:
    """One sentence per criterion: whom it is for, where, what a machine can check, what it cannot."""
    publics = [cat.vocabulaires["publics"][public].libelle.lower() for public in d.publics]
    sentences = [f"S'adresse à : {', '.join(publics)}"]
    if d.zones.inclus != ["PAYS-99100"]:
        sentences.append(f"Vous êtes ici : {phrases.zones_texte(cat, d.zones.inclus)}")
    if d.zones.exclus:
        sentences.append(f"Vous êtes hors de : {phrases.zones_texte(cat, d.zones.exclus)}")
    if d.conditions:
        sentences += _sentences(cat, d.conditions)
    if d.collectif:
        sentences.append(f"Vous êtes {d.collectif.min} membres au moins dans le groupe")
        members = _sentences(cat, d.collectif.membres) if d.collectif.membres else []
        sentences += [f"Pour chaque membre : {sentence[0].lower()}{sentence[1:]}" for sentence in members]
    if d.avant_demarrage:
        sentences.append("Vous déposez la demande avant de commencer l'opération")
    sentences += [text_of_html(render_markdown(text)).rstrip(".") for text in d.conditions_texte]
    return list(dict.fromkeys(sentences))


def _sentences(cat: Catalogue, condition: Condition) -> list[str]:
    """A tree of conditions as one line per criterion: those that must all hold apart, any other group on one line."""
    if condition.genre == "tous":
        return [sentence for child in condition.valeur for sentence in _sentences(cat, child)]
    return [_one_line(phrases.explain_condition(cat, condition))]


def _one_line(phrase: Phrase) -> str:
    inside = " ; ".join(f"({_one_line(child)})" if child.enfants else child.phrase for child in phrase.enfants)
    return f"{phrase.phrase} : {inside}" if inside else phrase.phrase


def _porteurs(cat: Catalogue, d: Dispositif) -> str:
    """In the schema's own notation. The data holds no SIREN: the key is left out rather than guessed."""
    roles: dict[str, list[str]] = defaultdict(list)
    for porteur in d.porteurs:
        roles[cat.organismes[porteur.organisme].nom.replace("'", "’")].append(porteur.role)
    told = (f"{{ nom: '{nom}', roles: [ {', '.join(f"'{role}'" for role in found)} ]}}" for nom, found in roles.items())
    return f"[{', '.join(told)}]"


def _widen(near: Proximite, code: str) -> str:
    """The nearest code that the schema can write: of a Territoire d'industrie its region, of a part of Corsica all of it."""
    return next(wider for wider in near.enclosing(code) if _CODE.fullmatch(wider))
