"""Compare the security headers of an answer with those of the site: what is missing or said otherwise, and what would stop it.

Used by `verifier_epreuves.py`, for `python -m etabli verifier-deploiement`.
"""

import re
from collections.abc import Iterable

from .serveur import CSP, EN_TETES
from .verifier_http import Reponse

#: What the pages, the workers and the engine cannot do without.
BESOINS = ("script-src", "style-src", "img-src", "connect-src", "worker-src")


def compare_headers(answer: Reponse) -> list[str]:
    """A few words for each security header that is missing or says something else; order and spaces say nothing."""
    if not any(answer.tete(nom) for nom in EN_TETES):
        return ["aucun n'est envoyé"]
    wrong = []
    for nom, attendu in EN_TETES.items():
        recu = answer.tete(nom)
        policies = _policies(recu) if nom == "Content-Security-Policy" else [re.sub(r"\s", "", recu).lower()]
        wanted = _policies(attendu) if nom == "Content-Security-Policy" else [re.sub(r"\s", "", attendu).lower()]
        if not recu:
            wrong.append(f"{nom} manque")
        elif any(one not in wanted for one in policies):
            wrong.append(f"{nom} vaut « {recu} »")
    return wrong


def find_refused(politique: str) -> str:
    """The first thing that the site needs and that a policy does not allow, as « script-src 'self' »; empty when it allows all."""
    (needs,) = _policies(CSP)
    for given in _policies(politique):
        for nom in BESOINS:
            allowed = given.get(nom, given.get("script-src") if nom == "worker-src" else None)
            allowed = given.get("default-src") if allowed is None else allowed
            for need in sorted(needs[nom] - {"data:"}):
                if allowed is not None and not _allows(need, allowed):
                    return f"{nom} {need}"
    return ""


def _policies(valeur: str) -> list[dict[str, set[str]]]:
    """Directive → sources, for each policy of a header; a browser obeys all of them."""
    split = [[mots for mots in map(str.split, one.split(";")) if mots] for one in valeur.split(",")]
    return [{mots[0].lower(): set(mots[1:]) for mots in one} for one in split if one]


def _allows(need: str, allowed: Iterable[str]) -> bool:
    wider = {"'self'": "*", "'wasm-unsafe-eval'": "'unsafe-eval'"}
    return need in allowed or wider.get(need) in allowed
