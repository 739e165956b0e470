"""No-break spaces, guillemets and apostrophes put in by the build."""

import pytest

from etabli.typographie import typo, typo_html


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("l'eau d'ici", "l’eau d’ici"),
        ("Pourquoi ?", "Pourquoi\u202f?"),
        ("Oui ; non !", "Oui\u202f; non\u202f!"),
        ("ici : là", "ici\u00a0: là"),
        ("est-ce 70 % ? Oui… !", "est-ce 70\u00a0%\u202f? Oui…\u202f!"),
        ("« mot »", "«\u00a0mot\u00a0»"),
        ("70 % de 60 000 €", "70\u00a0% de 60\u202f000\u00a0€"),
        ("https://site.fr/a?b", "https://site.fr/a?b"),
        ("en 2019 100 places", "en 2019 100 places".replace("2019 100", "2019\u202f100")),
    ],
)
def test_typo(written, shown):
    assert typo(written) == shown


def test_tags_code_and_scripts_are_left_alone():
    html = '<a title="l\'eau : là">l\'eau</a><code>d\'ici ?</code><svg><path d="1 000"/></svg> fin ?'
    assert typo_html(html) == '<a title="l\'eau : là">l’eau</a><code>d\'ici ?</code><svg><path d="1 000"/></svg> fin\u202f?'


def test_a_sign_right_after_a_tag_keeps_its_space():
    assert typo_html("<b>Mot</b> : <a href='x'>lien</a> ; fin") == "<b>Mot</b>\u00a0: <a href='x'>lien</a>\u202f; fin"


def test_apostrophes_escaped_by_the_templates_are_seen():
    assert typo_html("<p>l&#39;eau</p>") == "<p>l’eau</p>"


def test_typo_is_idempotent():
    once = typo("L'aide « ASSETT » : 50 % ?")
    assert typo(once) == once
