"""The colours of an espace: refused when a reader could not make them out, and written as the one small style sheet that it adds.

Stands beside the pages: `build.py` calls it. The formula is that of WCAG 2.2 (« relative luminance » and « contrast ratio »,
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio); the grounds are those of `theme/assets/stylesheets/etabli.css` (a test holds them
together).
"""

from collections.abc import Iterator

from .espace import Espace
from .problems import Problem
from .schema_espace import Couleurs

FEUILLE = "assets/stylesheets/espace.css"
#: What text and links stand on, and the colour that stands on a button: light screens, then dark ones.
FONDS_CLAIRS = {"le blanc": "#ffffff", "le fond doux": "#eff5f2", "le fond des alertes": "#fdf1e3"}
FONDS_SOMBRES = {"le fond sombre": "#0f1c1b", "le fond sombre doux": "#182a28", "le fond sombre des alertes": "#33261a"}
#: WCAG 2.2, 1.4.3: text of ordinary size.
MINIMUM = 4.5
#: What a colour that is worked out here aims at, so that it does not look dull.
VISE = 7.0
#: Steps from a colour to black or white when looking for the nearest one that can be read.
PAS = 100


def check_couleurs(espace: Espace) -> Iterator[Problem]:
    """A colour can be read on every ground that the site puts under it; if not, the nearest one that can is given."""
    couleurs = espace.modele.apparence.couleurs
    for name in Couleurs.model_fields:
        couleur = getattr(couleurs, name)
        if couleur is None:
            continue
        sombre = name.endswith("_sombre")
        fonds = FONDS_SOMBRES if sombre else FONDS_CLAIRS
        low = {told: contrast(couleur, fond) for told, fond in fonds.items() if contrast(couleur, fond) < MINIMUM}
        if low:
            told, ratio = min(low.items(), key=lambda pair: pair[1])
            message = f"« {couleur} » ne se lit pas assez bien sur {told} : contraste de {_show(ratio)} pour 1."
            near = make_readable(couleur, sombre=sombre)
            attendu = f'{_show(MINIMUM)} pour 1 au moins ; la couleur la plus proche qui convient est "{near}".'
            yield espace.problem(("apparence", "couleurs", name), message, attendu)


def render_couleurs(couleurs: Couleurs) -> str | None:
    """The style sheet of the espace, None when it keeps the colours of the base."""
    clair, sombre = [], []
    if couleurs.principale or couleurs.principale_sombre:
        principale = couleurs.principale or make_readable(couleurs.principale_sombre, sombre=False)
        clair += [("vert", principale), ("plein", principale)]
        sombre += [("vert", couleurs.principale_sombre or make_readable(principale, sombre=True, minimum=VISE)), ("plein", principale)]
    if couleurs.accent or couleurs.accent_sombre:
        accent = couleurs.accent or make_readable(couleurs.accent_sombre, sombre=False)
        clair.append(("accent", accent))
        sombre.append(("accent", couleurs.accent_sombre or make_readable(accent, sombre=True, minimum=VISE)))
    if not clair:
        return None
    return (
        "/* Les couleurs de cet espace, faites à partir de espace.yml. */\n"
        f":root {{ {_declare(clair)} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {_declare(sombre)} }} }}\n"
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours « #rrggbb », from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def make_readable(couleur: str, *, sombre: bool, minimum: float = MINIMUM) -> str:
    """The nearest colour, going towards white on dark screens and towards black on light ones, that can be read on all grounds."""
    fonds, goal = (FONDS_SOMBRES, 255) if sombre else (FONDS_CLAIRS, 0)
    for step in range(PAS + 1):
        mixed = "#" + "".join(f"{round(value + (goal - value) * step / PAS):02x}" for value in _channels(couleur))
        if all(contrast(mixed, fond) >= minimum for fond in fonds.values()):
            return mixed
    raise AssertionError(f"nothing between {couleur} and {goal} can be read")  # black and white can: FONDS would be wrong


def _declare(pairs: list[tuple[str, str]]) -> str:
    return " ".join(f"--etabli-{name}: {couleur};" for name, couleur in pairs)


def _channels(couleur: str) -> list[int]:
    return [int(couleur[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(couleur: str) -> float:
    linear = [c / 12.92 if (c := value / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for value in _channels(couleur)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _show(ratio: float) -> str:
    """Never rounded up: 4.49 is not 4.5."""
    return f"{int(ratio * 10) / 10:.1f}".replace(".", ",")
