"""What an editor types can hold emphasis and links, and nothing active."""

import pytest

from etabli.rendu import _MARKDOWN, _SPECIAL, TAGS, _sanitize, render_inline, render_markdown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='https://a.fr' style='color:red' onclick='x'>x</a>",
        "<iframe src='https://a.fr'></iframe>",
    ],
)
def test_nothing_active_passes(text):
    html = render_markdown(text)
    for forbidden in ("<script", "onerror", "onclick", "javascript:", "style=", "<iframe", "<img"):
        assert forbidden not in html


def test_lists_and_emphasis_pass():
    assert render_markdown("- **un**\n- deux\n") == "<ul>\n<li><strong>un</strong></li>\n<li>deux</li>\n</ul>"


def test_a_plain_text_is_a_paragraph():
    assert render_markdown("Rien de spécial.") == "<p>Rien de spécial.</p>"
    assert render_inline("Rien de spécial.") == "Rien de spécial."


@pytest.mark.parametrize("text", ["Une aide.", "l'eau : 70 % de 1 500 € (HT) ; oui ? « mot » – 2. fin", 'a=b ~ c {d} ! $ @ "x"', "Ça"])
def test_the_short_way_of_a_plain_text_gives_what_the_parser_gives(text):
    assert not _SPECIAL.search(text)
    assert render_markdown(text) == _sanitize(_MARKDOWN.reset().convert(text), TAGS)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Un**, [deux](https://a.example/)", '<strong>Un</strong>, <a href="https://a.example/" rel="noopener">deux</a>'),
        ("Un\n\n- deux\n- <b onclick=x>trois</b>\n", "Un\n\ndeux\ntrois\n"),
        ("# Titre", "Titre"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_a_line_holds_only_what_may_stand_in_a_paragraph(text, html):
    assert render_inline(text) == html
