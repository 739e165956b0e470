"""What an espace does to the base, told to its team at each build: its changes, and what in them asks to be looked at again.

Nothing here stops a build; what is wrong has been told before. Each family is a small function whose docstring is its rule.
"""

from collections.abc import Callable, Iterator
from typing import Any

from . import phrases
from .catalogue import GENRES, Catalogue
from .espace import Espace
from .masques import is_current
from .proximite import Proximite
from .releve import find_changed

#: How each operation is told; « laisse »: a mask that does not apply today.
VERBES = {"remplace": "remplace", "ajoute": "complète", "masque": "masque", "laisse": "laisse voir"}
#: A local aid that ends within this time is told: its page changes on that day only if the site is built again.
BIENTOT = 30  # days
LONGUEUR = 90  # characters of a value that is shown


def tell_espace(cat: Catalogue, version: str) -> str:
    """The whole report, « » without espace. version: that of the base."""
    if (espace := cat.espace) is None:
        return ""
    read = espace.modele.base_version
    head = f"Espace « {espace.modele.nom} », sur la base {version}"
    head += "." if read == version else f" (relue pour la dernière fois : {read or 'jamais'})."
    sections = [head]
    for titre, find in FAMILLES:
        if lines := list(find(cat, espace)):
            sections.append(f"{titre} ({len(lines)}) :\n  " + "\n  ".join(lines))
    return "\n".join(sections)


def list_own(cat: Catalogue, espace: Espace) -> Iterator[str]:
    """Every thing that stands in the espace's own files."""
    for kind, id_, document in _own(cat, espace):
        if kind in GENRES and id_ in cat.of(kind):
            yield f"{document.fichier}:1  {kind} {id_}"
    for id_, referentiel in cat.questionnaires.items():
        if cat.documents["questionnaire", id_].chemin.is_relative_to(espace.dossier):
            yield f"{cat.documents['questionnaire', id_].fichier}:1  questionnaire {id_} ({len(referentiel.questions)} questions)"


def list_changes(_cat: Catalogue, espace: Espace) -> Iterator[str]:
    """Every operation on the base, where it is written, and why."""
    for c in sorted(espace.changements, key=lambda c: (c.fichier, c.ligne)):
        if c.operation == "adapte":
            told = f"part du questionnaire national « {c.avant['questionnaire']} », version {c.avant['version']}"
            yield f"{c.fichier}:{c.ligne}  {c.quoi} {told}"
        else:
            yield f"{c.fichier}:{c.ligne}  {VERBES[c.operation]} {c.quoi}{f' {c.champ}' if c.champ else ''} : {c.motif}"


def find_moved(_cat: Catalogue, espace: Espace) -> Iterator[str]:
    """Replaced here, and changed since in the base."""
    for c, before in find_changed(espace)[0]:
        place = f"{c.fichier}:{c.ligne}  {c.quoi} {c.champ}".rstrip()
        if c.operation == "adapte":
            was, now = before.get("version"), c.avant["version"]
            how = f"est passé de la version {was} à la {now}" if was != now else f"a changé sans changer de version ({now})"
            yield f"{place} : le questionnaire national « {c.avant['questionnaire']} » {how}."
        else:
            yield f"{place} : la base disait {_show(before)}, elle dit {_show(c.avant)}."


def find_unread(_cat: Catalogue, espace: Espace) -> Iterator[str]:
    """Replaced here, and never compared: a change in the base would not be seen."""
    for c in find_changed(espace)[1]:
        yield f"{c.fichier}:{c.ligne}  {c.quoi} {c.champ}".rstrip()


def find_expired(cat: Catalogue, espace: Espace) -> Iterator[str]:
    """Closed, soon closed or to be reread, among what is the espace's own."""
    shadows = {masque.au_profit_de: masque for _, masque in espace.operations("masque") if masque.au_profit_de}
    for kind, id_, document in _own(cat, espace):
        thing = cat.of(kind).get(id_) if kind in ("ressource", "dispositif", "fiche") else None
        closing = getattr(thing, "cloture", None)
        after = _after(shadows[id_]) if kind == "dispositif" and id_ in shadows else ""
        if closing and closing < cat.jour:
            yield f"{document.fichier}:{document.ligne(('cloture',))}  clos depuis le {phrases.date_fr(closing)}{after}"
        elif closing and (closing - cat.jour).days <= BIENTOT:
            told = f"se ferme le {phrases.date_fr(closing)}{after} : reconstruisez le site le lendemain"
            yield f"{document.fichier}:{document.ligne(('cloture',))}  {told}"
        elif after and not is_current(thing, cat.jour):
            yield f"{document.fichier}:{document.ligne(('ouverture',))}  pas encore ouvert{after}"
        if thing is not None and thing.a_relire_le < cat.jour:
            yield f"{document.fichier}:{document.ligne(('a_relire_le',))}  à relire depuis le {phrases.date_fr(thing.a_relire_le)}"


def find_unverified(cat: Catalogue, espace: Espace) -> Iterator[str]:
    """A contact of the espace that nobody has tried, or not for a year."""
    for kind, id_, document in _own(cat, espace):
        contact = cat.contacts.get(id_) if kind == "contact" else None
        if contact and contact.verifie_le is None:
            yield f"{document.fichier}:1  jamais vérifié : essayez-le, puis écrivez « verifie_le »"
        elif contact and (cat.jour - contact.verifie_le).days > 365:
            yield f"{document.fichier}:{document.ligne(('verifie_le',))}  vérifié le {phrases.date_fr(contact.verifie_le)}"


def find_without_contact(cat: Catalogue, espace: Espace) -> Iterator[str]:
    """A territoire of the espace to which no contact is near: only doors of wider places answer there, or none has a page for it."""
    near, pages = Proximite(cat), {t.code for t in cat.territoires.values()}
    reached = {code for contact in cat.contacts.values() for code in contact.territoires}
    for rank, code in enumerate(espace.modele.territoires):
        place = espace.problem(("territoires", rank), "")
        where = f"{place.fichier}:{place.ligne}  {cat.noms.get(code, code)}"
        if code not in pages:
            yield f"{where} n'a pas de page : ajoutez son fichier dans territoires/."
        if not reached & {code, *(other for other in reached if code in near.enclosing(other))}:
            yield f"{where} n'a aucun contact à lui : ajoutez un fichier dans contacts/."


def find_unseen(cat: Catalogue, espace: Espace) -> Iterator[str]:
    """Put forward here, and not shown today: masked, or about other places only."""
    for path, operation in espace.operations("epingle"):
        genre, _, id_ = operation.quoi.partition("/")
        if id_ not in cat.of(genre):
            place = espace.problem(path, "")
            yield f"{place.fichier}:{place.ligne}  {operation.quoi}"


FAMILLES: tuple[tuple[str, Callable[[Catalogue, Espace], Iterator[str]]], ...] = (
    ("Ajouté ici", list_own),
    ("Changé ici", list_changes),
    ("À relire : remplacé ici, changé depuis dans la base", find_moved),
    ("Jamais comparé à la base (« make relu » le fait, une fois relu)", find_unread),
    ("Mis en avant, mais pas montré aujourd'hui", find_unseen),
    ("Dates", find_expired),
    ("Contacts à vérifier", find_unverified),
    ("Territoires", find_without_contact),
)


def _own(cat: Catalogue, espace: Espace) -> Iterator[tuple[str, str, Any]]:
    for (kind, id_), document in cat.documents.items():
        if document.chemin and document.chemin.is_relative_to(espace.dossier):
            yield kind, id_, document


def _after(masque: Any) -> str:
    shown = "l'aide nationale est montrée" if masque.quand_expire == "montre-national" else "l'aide nationale reste masquée"
    return f" ; hors de ces dates, {shown}"


def _show(value: Any) -> str:
    if value is None:
        return "« rien »"
    if isinstance(value, dict):
        value = ", ".join(f"{key} {inner}" for key, inner in value.items())
    text = str(value)
    return f"« {text[:LONGUEUR]}{'…' if len(text) > LONGUEUR else ''} »"
