"""The same door from a terminal: `python -m etabli_engine evaluer < payload.json`."""

import json
import sys

from .bridge import METHODES, call

AIDE = f"""\
Moteur d'auto-évaluation d'Établi.

    python -m etabli_engine <méthode> < charge.json

Lit du JSON sur l'entrée standard, écrit le résultat en JSON sur la sortie standard :
le même, à l'octet près, que dans le navigateur.
Méthodes : {", ".join(METHODES)}. Leur contrat est dans wasm/README.md.

Code de sortie : 0 si tout va bien, 1 si le résultat est une erreur, 2 si la commande est mal écrite.
"""


def main(arguments: list[str]) -> int:
    """Run one method on standard input; give the exit status."""
    if arguments in (["--help"], ["-h"]):
        sys.stdout.write(AIDE)
        return 0
    if len(arguments) != 1:
        sys.stderr.write(AIDE)
        return 2
    # Bytes that are not UTF-8 become lone surrogates, which the bridge refuses with a readable error.
    resultat = call(arguments[0], sys.stdin.buffer.read().decode("utf-8", "surrogateescape"))
    sys.stdout.buffer.write(resultat.encode() + b"\n")
    return 1 if "erreur" in json.loads(resultat) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
