"""The colours of an espace can be read, on the grounds that the style sheet really puts under them (`couleurs.py`)."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etabli import RACINE
from etabli.couleurs import FONDS_CLAIRS, FONDS_SOMBRES, MINIMUM, VISE, contrast, make_readable, render_couleurs
from etabli.schema_espace import Couleurs

from .espaces import refused, write_espace

COULEURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def tokens() -> tuple[dict[str, str], dict[str, str]]:
    """The tokens of the style sheet: those of light screens, those of dark ones."""
    css = (RACINE / "theme/assets/stylesheets/etabli.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.S)[:2]
    return tuple(dict(re.findall(r"--etabli-([\w-]+): (#[0-9a-f]{6})", block)) for block in (light, dark))


def test_the_grounds_are_those_of_the_style_sheet():
    light, dark = tokens()
    grounds = ("fond", "fond-doux", "attention")
    assert list(FONDS_CLAIRS.values()) == [light[name] for name in grounds]
    assert list(FONDS_SOMBRES.values()) == [dark[name] for name in grounds]


def test_what_stands_on_a_button_is_no_harder_to_read_than_the_grounds():
    """A colour that can be read on every ground can be read under the text of a button."""
    light, dark = tokens()
    assert light["sur-vert"] == "#ffffff"
    assert contrast(dark["sur-vert"], "#ffffff") >= min(contrast(ground, "#ffffff") for ground in FONDS_SOMBRES.values())


def test_the_colours_of_the_base_pass_their_own_rule():
    for found, grounds in zip(tokens(), (FONDS_CLAIRS, FONDS_SOMBRES), strict=True):
        assert all(contrast(found[name], ground) >= MINIMUM for name in ("vert", "accent") for ground in grounds.values())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54), ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#000000", 5.25),
    ],
)  # fmt: skip
def test_the_contrast_is_that_of_the_standard(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@settings(deadline=None, max_examples=60)
@given(COULEURS, COULEURS)
def test_contrast_is_symmetric_and_bounded(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert contrast(one, one) == 1


@settings(deadline=None, max_examples=60)
@given(COULEURS, st.booleans(), st.sampled_from([MINIMUM, VISE]))
def test_what_is_made_readable_can_be_read_everywhere_and_stays_so(couleur, sombre, minimum):
    made = make_readable(couleur, sombre=sombre, minimum=minimum)
    assert all(contrast(made, ground) >= minimum for ground in (FONDS_SOMBRES if sombre else FONDS_CLAIRS).values())
    assert make_readable(made, sombre=sombre, minimum=minimum) == made
    if all(contrast(couleur, ground) >= minimum for ground in (FONDS_SOMBRES if sombre else FONDS_CLAIRS).values()):
        assert made == couleur, "what can be read is left as it is"


@settings(deadline=None, max_examples=60)
@given(st.builds(Couleurs, **{name: st.none() | COULEURS for name in Couleurs.model_fields}))
def test_every_colour_that_is_worked_out_can_be_read(couleurs):
    """Only what an espace has not said itself is worked out: what it says is judged apart."""
    css = render_couleurs(couleurs)
    assert (css is None) == (couleurs == Couleurs())
    if css is None:
        return
    light, dark = (dict(re.findall(r"--etabli-(\w+): (#[0-9a-f]{6});", block)) for block in css.split("@media"))
    for token, name in (("vert", "principale"), ("accent", "accent")):
        told, told_dark = getattr(couleurs, name), getattr(couleurs, f"{name}_sombre")
        assert (token in light, token in dark) == ((told or told_dark) is not None,) * 2
        if token in light:
            assert light[token] == told or (told is None and all(contrast(light[token], g) >= MINIMUM for g in FONDS_CLAIRS.values()))
            assert dark[token] == told_dark or (told_dark is None and all(contrast(dark[token], g) >= VISE for g in FONDS_SOMBRES.values()))
    assert light.get("plein") == dark.get("plein") == light.get("vert"), "a large surface is always under white text"


@pytest.mark.parametrize(("name", "fine", "wrong"), [("principale", "#0b5450", "#4f8f8b"), ("accent_sombre", "#f5ae6c", "#8a5a2c")])
def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(tmp_path, name, fine, wrong):
    assert refused(write_espace(tmp_path / "bien", f'apparence: {{couleurs: {{{name}: "{fine}"}}}}\n')) == []
    (told,) = refused(write_espace(tmp_path / "mal", f'apparence:\n  couleurs:\n    {name}: "{wrong}"\n'))
    assert told.startswith(f"ici/espace.yml:7 « {wrong} » ne se lit pas assez bien sur le fond")
    near = make_readable(wrong, sombre=name.endswith("sombre"))
    assert refused(write_espace(tmp_path / "proche", f'apparence: {{couleurs: {{{name}: "{near}"}}}}\n')) == []


def test_a_contrast_is_never_told_better_than_it_is(tmp_path):
    """4.49 is not 4.5."""
    greens = (f"#40{n:02x}40" for n in range(0x100))
    wrong = next(c for c in greens if 4.45 <= contrast(c, FONDS_CLAIRS["le fond des alertes"]) < MINIMUM)
    (told,) = refused(write_espace(tmp_path, f'apparence: {{couleurs: {{principale: "{wrong}"}}}}\n'))
    assert "contraste de 4,4 pour 1." in told
