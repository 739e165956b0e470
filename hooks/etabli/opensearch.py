"""`opensearch.xml`: with it a browser can add the site to its own search engines (OpenSearch 1.1, draft 6).

Stands after `identites.py`; `build.py` publishes it, `theme/base.html` announces it on every page. It holds full addresses only, so
a site that does not know its own has none.
"""

from xml.sax.saxutils import escape, quoteattr

from .catalogue import Catalogue
from .identites import full_address
from .typographie import typo

CHEMIN = "opensearch.xml"
#: What the format allows for the two names.
COURT, LONG = 16, 48


def render_opensearch(cat: Catalogue) -> str | None:
    """The description, or None when the site does not know its address."""
    if not cat.site.url:
        return None
    name = typo(cat.site.nom)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        f"<ShortName>{escape(name[:COURT].strip())}</ShortName>",
        f"<LongName>{escape(name[:LONG].strip())}</LongName>",
        f"<Description>{escape(typo(cat.site.accroche))}</Description>",
        f'<Image type="image/svg+xml">{escape(full_address(cat, "assets/images/etabli.svg"))}</Image>',
        f'<Url type="text/html" template={quoteattr(full_address(cat, "recherche/") + "?q={searchTerms}")}/>',
        f'<Url type="application/opensearchdescription+xml" rel="self" template={quoteattr(full_address(cat, CHEMIN))}/>',
        "<Language>fr</Language>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "</OpenSearchDescription>",
    ]
    return "\n".join([*lines, ""])
