"""The checks of a site that is online: small generators, each with its rule as docstring, listed in EPREUVES; all are run.

Third step of `python -m etabli verifier-deploiement`, between `verifier_adresses.py`, which says what to ask for, and
`verifier.py`, which tells what was found with the advice of `verifier_conseils.py`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from .verifier_adresses import ENTIER, MARQUE, Lieu, links
from .verifier_http import Injoignable, Reponse, ask
from .verifier_politique import compare_headers, find_refused

LONG, COURT = 30 * 86400, 600  # seconds: what is kept « for ever », what is kept « not long »
SCRIPTS = ("text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript", "application/ecmascript")
#: Kind of file → types that will do, advice, and whether the self-assessment or the page fails without.
TYPES = {
    ".html": (("text/html",), "type", True),
    ".css": (("text/css",), "type", True),
    ".js": (SCRIPTS, "type-script", True),
    ".mjs": (SCRIPTS, "type-script", True),
    ".wasm": (("application/wasm",), "type-wasm", True),
    ".json": (("application/json",), "type", False),
    ".webmanifest": (("application/manifest+json", "application/json"), "type", False),
    ".svg": (("image/svg+xml",), "type", False),
    ".zip": (("application/zip", "application/x-zip-compressed", "application/octet-stream"), "type", False),
    ".whl": (("application/zip", "application/octet-stream"), "type", False),
    ".ics": (("text/calendar",), "type", False),
}


@dataclass(frozen=True)
class Constat:
    """What a check found. etat: « bon », « moyen » or « bloquant »; conseil: a key of CONSEILS, empty when all is well."""

    etat: str
    quoi: str
    conseil: str = ""


def inspect(lieu: Lieu) -> Iterator[Constat]:
    """Run every check; what stops answering in the middle is a finding like another."""
    for check in EPREUVES:
        try:
            yield from check(lieu)
        except Injoignable as reason:
            yield Constat("bloquant", f"{urlsplit(reason.adresse).path} : {reason} La suite de cet essai n'a pas pu être faite.")
        except ValueError:
            yield Constat("bloquant", "une réponse renvoie à une adresse mal écrite : la suite de cet essai n'a pas pu être faite.")


def check_address(lieu: Lieu) -> Iterator[Constat]:
    """Published in https (or tried on one's own machine), at the address that was asked for and that the pages give."""
    parts = urlsplit(lieu.base)
    own = parts.hostname in ("localhost", "127.0.0.1", "::1")
    yield _judge(parts.scheme == "https" or own, "l'adresse est sûre", "le site est en http : reçu « http », attendu « https »", "https")
    for before in lieu.renvois:
        if urlsplit(before).hostname != parts.hostname:
            yield Constat("bon", f"{before} renvoie à {lieu.base} : c'est cette adresse qui est vérifiée")
    if parts.scheme == "https":
        yield _judge(
            "max-age" in lieu.accueil.tete("Strict-Transport-Security"), "les navigateurs ne viendront plus qu'en https",
            "l'en-tête Strict-Transport-Security manque", "hsts",
        )  # fmt: skip
        if not own and parts.port in (None, 443):
            try:
                suite = ask(f"http://{parts.hostname}{parts.path}").suite
            except Injoignable:
                suite = "https://"  # nothing answers in http: nothing to be sent on from
            mal = "en http, on n'est pas renvoyé en https"
            yield _judge(suite.startswith("https://"), "en http, on est renvoyé en https", mal, "https")
    if declared := re.search(r'<link rel="canonical" href="([^"]+)"', lieu.accueil.texte):
        yield _judge(
            declared[1] == lieu.base, f"les pages donnent la bonne adresse : {lieu.base}",
            f"adresse que donnent les pages : reçu « {declared[1]} », attendu « {lieu.base} »", "adresse",
        )  # fmt: skip


def check_types(lieu: Lieu) -> Iterator[Constat]:
    """Every kind of file is there, and announced as what it is."""
    if not lieu.moteur:
        yield Constat("moyen", "le questionnaire n'a pas été trouvé", "questionnaire")
    for suffix, (genres, conseil, bloque) in TYPES.items():
        if not (adresse := lieu.exemples.get(suffix)):
            continue
        answer = lieu.see(adresse)
        if answer.statut != 200:
            if not adresse.endswith("calendrier.ics"):  # a site without dates has none
                yield Constat("bloquant", f"{_name(adresse)} manque : reçu {answer.statut}, attendu 200", "absent")
            continue
        recu = f"« {answer.genre} »"
        mal = f"{_name(adresse)} : type reçu {recu}, attendu « {genres[0]} »"
        yield _judge(answer.genre in genres, f"{_name(adresse)} : type {answer.genre}", mal, conseil, bloque)


def check_engine(lieu: Lieu) -> Iterator[Constat]:
    """The files of the engine arrive as they were built."""
    damaged = []
    for fichier in lieu.fichiers:
        answer = lieu.see(urljoin(lieu.moteur, fichier["nom"]), ENTIER)
        if answer.statut != 200:
            yield Constat("bloquant", f"{fichier['nom']} manque : reçu {answer.statut}, attendu 200", "absent")
        elif not answer.tete("Content-Encoding") and hashlib.sha256(answer.corps).hexdigest() != fichier["sha256"]:
            damaged.append(f"{fichier['nom']} ({len(answer.corps)} octets reçus, {fichier['octets']} attendus)")
    if lieu.fichiers:
        mal = f"des fichiers du moteur n'arrivent pas tels quels : {', '.join(damaged)}"
        yield _judge(not damaged, f"les {len(lieu.fichiers)} fichiers du moteur arrivent tels quels", mal, "entier", bloque=True)


def check_headers(lieu: Lieu) -> Iterator[Constat]:
    """The security headers go with every kind of answer; a policy of the host's own must not stop the site."""
    page = lieu.accueil
    marks = {"If_None_Match": page.tete("ETag"), "If_Modified_Since": page.tete("Last-Modified")}
    answers = {
        "une page": page,
        "un script (.js)": _example(lieu, ".js"),
        "un module (.mjs)": _example(lieu, ".mjs"),
        "le moteur (.wasm)": _example(lieu, ".wasm"),
        "une page introuvable": ask(urljoin(lieu.base, "introuvable-etabli")),
        "un renvoi": ask(_folder(lieu).rstrip("/")),
    }
    if any(marks.values()):
        answers["une réponse « inchangé » (304)"] = unchanged = ask(lieu.base, **{nom: mark for nom, mark in marks.items() if mark})
    yield _judge(
        any(marks.values()) and unchanged.statut == 304, "ce qui n'a pas changé n'est pas envoyé de nouveau (304)",
        "une page déjà vue est envoyée de nouveau : attendu 304", "304",
    )  # fmt: skip
    for quoi, answer in answers.items():
        if answer is None:
            continue
        wrong = compare_headers(answer)
        yield _judge(not wrong, f"en-têtes de sécurité sur {quoi}", f"en-têtes de sécurité sur {quoi} : {', '.join(wrong)}", "en-tetes")
        if refused := find_refused(answer.tete("Content-Security-Policy")):
            yield Constat("bloquant", f"la politique de sécurité reçue sur {quoi} interdit ce qu'il faut au site : {refused}", "csp")


def check_compression(lieu: Lieu) -> Iterator[Constat]:
    """Pages, scripts, data and engine travel compressed."""
    for suffix in (".html", ".js", ".json", ".wasm"):
        adresse = lieu.questionnaire if suffix == ".html" and lieu.questionnaire else lieu.exemples.get(suffix)
        if not adresse or len((full := lieu.see(adresse, ENTIER)).corps) < 1000 or full.statut != 200:
            continue
        answer = lieu.see(adresse)
        how, nom = answer.tete("Content-Encoding"), "la page du questionnaire" if adresse == lieu.questionnaire else _name(adresse)
        yield _judge(
            how in ("br", "gzip"), f"{nom} : compression {how}, {_size(len(answer.corps))} au lieu de {_size(len(full.corps))}",
            f"{nom} : {_size(len(answer.corps))} reçus sans compression, attendu « br » ou « gzip »", "compression",
        )  # fmt: skip
        if how and "accept-encoding" not in answer.tete("Vary").lower():
            yield Constat("moyen", f"{nom} : l'en-tête « Vary: Accept-Encoding » manque", "vary")


def check_cache(lieu: Lieu) -> Iterator[Constat]:
    """What bears the hash of its content is kept for ever, the rest is asked for again."""
    for adresse in lieu.gardes:
        answer = lieu.see(adresse)
        if answer.statut != 200:
            yield Constat("bloquant", f"{_name(adresse)} manque : reçu {answer.statut}, attendu 200", "absent")
            continue
        cache = answer.tete("Cache-Control")
        mal = f"{_name(adresse)} : conservation {_quote(cache)}, attendu « public, max-age=31536000, immutable »"
        yield _judge("immutable" in cache and _age(cache) >= LONG, f"{_name(adresse)} : conservation sans limite", mal, "garde")
    worker = urljoin(lieu.base, "service-worker.js")
    for adresse in (lieu.base, lieu.exemples.get(".js"), urljoin(lieu.base, "recherche/index.json"), worker):
        if adresse and (answer := lieu.see(adresse)).statut == 200:
            cache = answer.tete("Cache-Control")
            fresh = "immutable" not in cache and (re.search("no-cache|no-store", cache) or 0 <= _age(cache) <= COURT)
            mal = f"{_name(adresse)} : conservation {_quote(cache)}, attendu « no-cache »"
            yield _judge(bool(fresh), f"{_name(adresse)} : revalidation à chaque visite", mal, "revalide")


def check_not_found(lieu: Lieu) -> Iterator[Constat]:
    """An unknown address says so, at any depth, by the site's own page, whose links lead back into the site; no folder is listed."""
    unknown = ["introuvable-etabli", "guides/introuvable/a/cette/adresse/", *([lieu.moteur + "introuvable.mjs"] if lieu.moteur else [])]
    for path in unknown:
        page = ask(urljoin(lieu.base, path))
        quoi = f"l'adresse inconnue {urlsplit(page.adresse).path}"
        yield _judge(page.statut == 404, f"{quoi} répond 404", f"{quoi} : reçu {page.statut}, attendu 404", "introuvable", bloque=True)
        if page.statut == 404 and MARQUE not in page.texte:
            yield Constat("moyen", f"{quoi} ne montre pas la page d'erreur du site", "introuvable")
        elif page.statut == 404:
            yield from _check_links(lieu, page)
        if "immutable" in page.tete("Cache-Control"):
            yield Constat("moyen", f"{quoi} serait gardée pour toujours", "garde")
    listing = ask(urljoin(lieu.base, "assets/"))
    mal = f"le dossier assets/ montre ce qu'il contient : reçu {listing.statut}, attendu 404"
    yield _judge(listing.statut in (403, 404), "aucun dossier ne montre ce qu'il contient", mal, "dossier")


def _check_links(lieu: Lieu, page: Reponse) -> Iterator[Constat]:
    """The 404 page starts its links from the path that the build was given."""
    style = next((target for _, target in links(page) if target.endswith(MARQUE)), "")
    good = style == urljoin(lieu.base, MARQUE) and ask(style).statut == 200
    mal = f"les liens de la page d'erreur mènent ailleurs : reçu « {style} », attendu « {urljoin(lieu.base, MARQUE)} »"
    yield _judge(good, "les liens de la page d'erreur mènent au site", mal, "adresse", bloque=True)


def check_redirect(lieu: Lieu) -> Iterator[Constat]:
    """A folder without its slash leads to its page, on the same site."""
    folder = _folder(lieu)
    answer = ask(folder.rstrip("/"))
    recu = f"renvoyé à {answer.suite}" if answer.suite else f"reçu {answer.statut}"
    away = answer.statut == 200 or (answer.suite and urlsplit(answer.suite).netloc != urlsplit(folder).netloc)
    path = urlsplit(folder).path
    mal = f"{path.rstrip('/')} : {recu}, attendu {folder}"
    yield _judge(answer.suite == folder, f"{path.rstrip('/')} renvoie à {path}", mal, "renvoi", bloque=bool(away))


#: In the order in which one mends: first what stops the site.
EPREUVES = (check_address, check_types, check_engine, check_not_found, check_redirect, check_headers, check_compression, check_cache)


# --- What they use ---------------------------------------------------------------------------------


def _example(lieu: Lieu, suffix: str) -> Reponse | None:
    return lieu.see(lieu.exemples[suffix]) if suffix in lieu.exemples else None


def _folder(lieu: Lieu) -> str:
    """A page that is a folder of its own."""
    return lieu.questionnaire or urljoin(lieu.base, "recherche/")


def _age(cache: str) -> int:
    found = re.search(r"max-age=(\d+)", cache)
    return int(found[1]) if found else -1


def _judge(bon: bool, bien: str, mal: str, conseil: str, bloque: bool = False) -> Constat:
    return Constat("bon", bien) if bon else Constat("bloquant" if bloque else "moyen", mal, conseil)


def _name(adresse: str) -> str:
    return urlsplit(adresse).path.rsplit("/", 1)[-1] or "la page d'accueil"


def _quote(cache: str) -> str:
    return f"« {cache} »" if cache else "laissée au hasard (pas d'en-tête Cache-Control)"


def _size(octets: int) -> str:
    return f"{octets / 1e6:.1f} Mo".replace(".", ",") if octets >= 1e6 else f"{round(octets / 1000)} ko"
