"""French typography of the sentences that the engine writes itself.

Texts of the questionnaire come already typeset by the build; `polish` leaves them as they are.
"""

ESPACE, FINE = "\u00a0", "\u202f"
_FINES = [(" " + signe, ESPACE + signe) for signe in ":;!?»"] + [("« ", "«" + ESPACE), ("'", "’")]
_MOIS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")


def polish(texte: str) -> str:
    """Put no-break spaces before : ; ! ? » and after «, and curl apostrophes."""
    for avant, apres in _FINES:
        texte = texte.replace(avant, apres)
    return texte


def quote(texte: str) -> str:
    """« texte », without a final full stop: the sentence around it has its own."""
    return f"«{ESPACE}{texte.strip().removesuffix('.')}{ESPACE}»"


def enumerate_with(elements: list[str], liaison: str) -> str:
    """Write a list in words: ["a", "b", "c"], "ou" → "a, b ou c"."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} {liaison} {elements[-1]}"


def count(nombre: int, singulier: str, pluriel: str) -> str:
    """A number and its noun, "1 question", "2 questions": in French the plural starts at two."""
    return f"{nombre}{ESPACE}{singulier if nombre < 2 else pluriel}"


def show_date(iso: str) -> str:
    """An ISO date in words: 2027-01-01 → "1er janvier 2027"."""
    annee, mois, jour = iso.split("-")
    rang = "1er" if jour == "01" else str(int(jour))
    return f"{rang}{ESPACE}{_MOIS[int(mois) - 1]}{ESPACE}{annee}"


def lower_first(texte: str) -> str:
    """Make the first letter small, "Entreprise" → "entreprise", but leave an acronym: "PME"."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]
