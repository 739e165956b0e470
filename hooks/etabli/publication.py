"""What must hold before the site is published, and need not while it is being written.

Stands beside the build, never in it: the command line calls it on the checked catalogue, before the build, when a publication is
asked for (`MODE=publication make site`). Nothing here asks the network: what is known of the external addresses is what
`python -m etabli liens` remembers.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from .adresses import collect_addresses, read_cache
from .catalogue import Catalogue
from .load import Path_
from .pages_espace import find_folders
from .parcours import each_text, each_thing
from .phrases import date_fr, nombre
from .problems import Problem
from .visites import CONSTATS

#: What the law asks every public site to say: law no 2004-575 of 21 June 2004, of which « Mentions légales » gives the articles.
OBLIGATOIRES: dict[Path_, str] = {
    ("editeur", "nom"): "le nom de l'organisme qui publie le site.",
    ("editeur", "adresse"): "l'adresse du siège de l'organisme qui publie le site.",
    ("editeur", "telephone"): "le numéro de téléphone de l'organisme : dix chiffres par deux, ou un numéro court.",
    ("editeur", "directeur_publication"): "la directrice ou le directeur de la publication.",
    ("hebergeur", "nom"): "le nom de celui qui tient le serveur.",
    ("hebergeur", "adresse"): "l'adresse de celui qui tient le serveur.",
    ("hebergeur", "telephone"): "le numéro de téléphone de celui qui tient le serveur.",
}
#: What a page of the site gives, and says to be missing.
ATTENDUS: dict[Path_, str] = {
    ("editeur", "courriel"): "une boîte de service, à qui écrire pour signaler une erreur ou un défaut d'accessibilité.",
    ("editeur", "delegue_donnees"): "la boîte du délégué à la protection des données, obligatoire pour un organisme public.",
}
#: The share of the criteria that each state claims, in percent (RGAA 4.1.2).
SEUILS = {"non-conforme": 0, "partiellement-conforme": 50, "totalement-conforme": 100}
VALIDITE = 3  # years for which a declaration of accessibility holds
_A_ECRIRE = "(?:compléter|remplir|renseigner|préciser|définir)"
#: What is written while one waits for better. Each was tried on all that the national base says: none is found there.
ATTENTES = (
    r"\b[\w.-]*\b(?:exemple|example)\.(?:fr|com|org|net|eu)\b|\bexample\b|\b00000\b|\b01[ .]?23[ .]?45[ .]?67[ .]?89\b|\b00(?:[ .]00){4}\b"
    rf"|^[\W\d]*À {_A_ECRIRE}\b|[\[(:]\s*[àÀ] {_A_ECRIRE}\b|\b(?:TODO|FIXME|TBD|XXX+)\b|(?i:\blorem ipsum\b|\bnom de l['’]organisme$)"
)
#: In the data, a place of that name too; the guides speak of it, since their models are there.
ATTENTES_DONNEES = rf"{ATTENTES}|(?:\b[dD]['’]|\b\d{{5}} )Exemple\b"
#: In the legal block nothing is an example.
ATTENTES_LEGALES = rf"{ATTENTES}|(?i:\bexemple\b|à {_A_ECRIRE}\b)"
_CODE = re.compile(r"^ *(```|~~~).*?(?:^ *\1|\Z)|`[^`\n]*`|<!--.*?-->|<(pre|code)\b.*?</\2>", re.M | re.S)
_PLACE = re.compile(r"(.+?):(\d+)(?:  (.+))?")


def check_publication(cat: Catalogue, racine: Path, adresse: str | None = None) -> list[Problem]:
    """Every reason not to publish, and what to keep an eye on; sorted, each once.

    racine: the project's root, which holds `docs/` and `build/liens.json`; adresse: where the site will stand, when its data does
    not say.
    """
    pages = find_folders(cat.espace, racine)
    found = [*check_legal(cat, adresse), *check_accessibility(cat), *check_placeholders(cat, pages), *check_links(cat, racine)]
    return sorted(set(found))


def check_legal(cat: Catalogue, adresse: str | None) -> Iterator[Problem]:
    """The site says who publishes it, who hosts it, and where it stands."""
    for mandatory, fields in ((True, OBLIGATOIRES), (False, ATTENDUS)):
        for (block, name), attendu in fields.items():
            if not getattr(getattr(cat.site, block), name):
                said = "est obligatoire sur un site publié, et manque." if mandatory else "manque : la page dira « à renseigner »."
                yield cat.problem("site", "site", (block, name), said, attendu, avertissement=not mandatory)
    if not (cat.site.url or adresse):
        attendu = "l'adresse du site en ligne, ici ou dans ETABLI_URL : le plan du site et la page d'erreur en ont besoin."
        yield cat.problem("site", "site", ("url",), "manque.", attendu)


def check_accessibility(cat: Catalogue) -> Iterator[Problem]:
    """A state of accessibility is claimed after a dated audit only, and agrees with its rate."""
    said, path = cat.site.accessibilite, ("accessibilite", "etat")
    if said.etat != "non-conforme":
        missing = [name for name in ("audit_le", "auditeur", "taux") if getattr(said, name) is None]
        if missing:
            told = f"« {said.etat} » se dit après un audit, et il manque {' et '.join(missing)}."
            yield cat.problem("site", "site", path, told, "la date, l'auteur et le taux de l'audit ; sans eux, « non-conforme ».")
    if said.taux is not None and not SEUILS[said.etat] <= said.taux <= 100:
        least = SEUILS[said.etat]
        attendu = f"de {least} à 100 %." if least < 100 else "100 % ; au-dessous, « partiellement-conforme » à partir de 50 %."
        told = f"{nombre(said.taux)} % ne va pas avec « {said.etat} »."
        yield cat.problem("site", "site", ("accessibilite", "taux"), told, attendu)
    if said.audit_le and (said.audit_le.year + VALIDITE, said.audit_le.month, said.audit_le.day) < cat.jour.timetuple()[:3]:
        told = f"l'audit du {date_fr(said.audit_le)} a plus de {VALIDITE} ans."
        yield cat.problem("site", "site", ("accessibilite", "audit_le"), told, "un audit plus récent.", avertissement=True)


def check_placeholders(cat: Catalogue, pages: dict[Path, Path]) -> Iterator[Problem]:
    """Nothing waits to be written: in the data, in the legal block, in the written pages out of their code.

    pages: the folders of written pages, each with the one from which its files are named.
    """
    attendu = "le vrai texte, ou rien."
    vocabularies = [("vocabulaire", name, list(entries.values())) for name, entries in cat.vocabulaires.items()]
    for kind, id_, thing in (*each_thing(cat), *vocabularies, ("synonymes", "synonymes", cat.synonymes), ("site", "site", cat.site)):
        for path, text in each_text(thing):
            legal = kind == "site" and path[0] in ("editeur", "hebergeur", "accessibilite")
            if found := re.search(ATTENTES_LEGALES if legal else ATTENTES_DONNEES, text, re.M):
                yield cat.problem(kind, id_, path, f"« {found[0].strip()} » attend d'être remplacé.", attendu)
    for page, racine in sorted((path, racine) for folder, racine in pages.items() for path in folder.rglob("*.md")):
        text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), page.read_text(encoding="utf-8", errors="replace"))
        for found in re.finditer(ATTENTES, text, re.M):
            line = text.count("\n", 0, found.end()) + 1
            yield Problem(page.relative_to(racine).as_posix(), line, "", f"« {found[0].strip()} » attend d'être remplacé.", attendu)


def check_links(cat: Catalogue, racine: Path) -> Iterator[Problem]:
    """No link is known to lead nowhere; those that nobody has tried are counted."""
    lieux, known = collect_addresses(cat, racine), read_cache(racine / "build" / "liens.json")
    for address in lieux:
        if address in known and known[address].etat == "invalide":
            _, said, advice = CONSTATS[known[address].raison]
            for place in lieux[address]:
                fichier, line, path = _PLACE.fullmatch(place).groups()
                told = f"« {address} » : {said}, vu le {date_fr(known[address].verifie_le)}."
                yield Problem(fichier, int(line), path or "", told, f"{advice} Puis « make liens », qui regarde à nouveau.")
    if never := sum(address not in known for address in lieux):
        told = f"adresses jamais vérifiées : {never} sur {len(lieux)}."
        yield cat.problem("site", "site", (), told, "« make liens » avant de publier.", avertissement=True)
