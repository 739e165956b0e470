"""What a page says of the espace's hand in it: what was changed and why, and which aid stands for which.

Stands before the templates, which show these sentences. A visitor is told, an elected official can ask: nothing of the national base
changes unseen.
"""

from typing import Any

from .catalogue import Catalogue, genre

Phrase = tuple[str, Any]  # what to say, and the thing to which it leads, or None


def tell_changes(cat: Catalogue, thing: Any) -> list[str]:
    """Why the espace has changed something of this page, each reason once."""
    if cat.espace is None:
        return []
    quoi = f"{genre(thing)}/{thing.id}"
    motifs = [c.motif for c in cat.espace.changements if c.quoi == quoi and c.operation in ("remplace", "ajoute")]
    return list(dict.fromkeys(motifs))


def tell_shadow(cat: Catalogue, thing: Any) -> list[Phrase]:
    """On the page of a local aid, the national one in whose place it stands; on that one, the local aid that cannot be asked for now."""
    told: list[Phrase] = []
    for _, masque in cat.espace.operations("masque") if cat.espace and genre(thing) == "dispositif" else ():
        national = cat.dispositifs.get(masque.quoi.removeprefix("dispositif/"))
        if masque.au_profit_de == thing.id and national:
            told.append(("Cette aide locale n'est pas ouverte en ce moment. L'aide nationale est là :", national))
        elif masque.au_profit_de == thing.id:
            told.append((f"Ici, cette aide prend la place de l'aide nationale : {masque.motif}", None))
        elif masque.au_profit_de and national is thing and masque.au_profit_de in cat.dispositifs:
            told.append(("Une aide locale prend d'habitude la place de celle-ci, mais elle n'est pas ouverte en ce moment :",
                         cat.dispositifs[masque.au_profit_de]))  # fmt: skip
    return told


def list_pinned(cat: Catalogue) -> list[Any]:
    """What the espace puts forward, in the order of its file."""
    pinned = [operation.quoi.partition("/") for _, operation in cat.espace.operations("epingle")] if cat.espace else []
    return [cat.of(kind)[id_] for kind, _, id_ in pinned if id_ in cat.of(kind)]
