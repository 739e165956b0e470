"""`python -m etabli verifier-deploiement URL`: does a site that is online answer as it should? Tells it line by line.

Stands beside the build: `verifier_adresses.py` reads from the site itself what to try, `verifier_epreuves.py` tries it,
`verifier_conseils.py` says what to change.
"""

import contextlib

from .verifier_adresses import PasUnSite, find_addresses
from .verifier_conseils import advise
from .verifier_epreuves import inspect
from .verifier_http import Injoignable

SIGNES = {"bon": "✓", "moyen": "!", "bloquant": "✗"}


def verify_deployment(url: str) -> int:
    """Check the site at `url` and print each thing seen as it comes; gives 1 when something blocks, else 0."""
    try:
        print(f"Établi : lecture de {url}…", flush=True)
        lieu = find_addresses(url)
    except (PasUnSite, Injoignable) as reason:
        print(f"✗ {url} : {reason}")
        return 1
    serveur = lieu.accueil.tete("Server")
    print(f"Le site {lieu.base} répond{f', par {serveur}' if serveur else ''}.\n")
    found, told = {"bon": 0, "moyen": 0, "bloquant": 0}, set()
    with contextlib.suppress(KeyboardInterrupt):  # what was seen so far stays told
        for constat in inspect(lieu):
            found[constat.etat] += 1
            print(f"{SIGNES[constat.etat]} {constat.quoi}", flush=True)
            if constat.conseil:
                again = constat.conseil in told
                for line in ["Même remède que plus haut."] if again else advise(constat.conseil, serveur, lieu.base):
                    print(f"    {line}")
                told.add(constat.conseil)
    bloquants = f"{found['bloquant']} bloquant{'s' * (found['bloquant'] > 1)}" if found["bloquant"] else "rien ne bloque"
    print(f"\n{found['bon']} en ordre, {found['moyen']} à améliorer, {bloquants}.")
    return int(found["bloquant"] > 0)
