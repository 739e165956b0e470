"""The one exception of the engine: what is wrong, and where, said to a person.

First module of the engine: every other one may raise it, only `bridge.py` catches it.
"""


class Erreur(Exception):
    """Input that cannot be read.

    code: stable kebab-case id for programs, such as "type-invalide".
    chemin: place in the payload, such as "evaluation.reponses.energie-suivi.options[0]"; "" for the whole payload.
    message: one French sentence for the reader.
    """

    def __init__(self, code: str, chemin: str, message: str):
        super().__init__(message)
        self.code = code
        self.chemin = chemin.lstrip(".")  # paths of the top level are built with an empty parent
        self.message = message
