"""A heading of a page is the link to itself.

Engines put a sign after a heading's words, « # », as a link: whoever goes from heading to heading
hears it each time, and in a list of links all of them read the same. Here the words are the link,
and the style sheet draws the sign, so that heading and link have a name of their own and make sense
alone (WCAG 2.4.6 and 2.4.9, RGAA 6.1). The first heading is none: its link is the address.
"""

from __future__ import annotations

import re

from charte.slots import SLOT

_HEADING = re.compile(
    r"<(?P<name>h[1-6])\b(?P<attributes>[^<>]*)>(?P<words>(?:(?!</?h[1-6]\b).)*?)"
    r'<a class="headerlink" href="(?P<where>#[^"]*)"[^>]*>[^<]*</a></(?P=name)>',
    re.DOTALL,
)


def link_headings(html: str) -> str:
    """Make links of the headings after which an engine has put one; slots may stand in them.

    The link of a page's own heading is taken away, and that of a heading which leads elsewhere.
    """
    return _HEADING.sub(_linked, html)


def _linked(heading: re.Match[str]) -> str:
    name, attributes, words, where = heading.groups()
    if name != "h1" and not _leads_elsewhere(words):
        words = f'<a class="permalink" href="{where}">{words}</a>'
    return f"<{name}{attributes}>{words}</{name}>"


def _leads_elsewhere(words: str) -> bool:
    """Tell whether words hold a link, or a slot that will: all that take an argument do."""
    return "<a " in words or any(argument for _, argument in re.findall(SLOT, words))
