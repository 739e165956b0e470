"""What an editor types can hold emphasis and links, and nothing active."""

import pytest

from etabli.rendu import render_inline, render_markdown


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
