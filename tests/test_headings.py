"""Headings: each is the link to itself, and says nothing but its words."""

from __future__ import annotations

import pytest

from charte.headings import link_headings

SIGN = '<a class="headerlink" href="#citer" title="Permanent link">&para;</a>'


@pytest.mark.parametrize(
    ("built", "published"),
    [
        (
            f'<h2 id="citer">Citer cette page{SIGN}</h2>',
            '<h2 id="citer"><a class="permalink" href="#citer">Citer cette page</a></h2>',
        ),
        (
            f'<h3 class="a" id="citer">[[ name ]], <em>cité</em>{SIGN}</h3>',
            '<h3 class="a" id="citer">'
            '<a class="permalink" href="#citer">[[ name ]], <em>cité</em></a></h3>',
        ),
        (f'<h1 id="citer">WITHINGS{SIGN}</h1>', '<h1 id="citer">WITHINGS</h1>'),
        (
            f'<h2 id="citer"><a href="charte/">Lire la charte</a>{SIGN}</h2>',
            '<h2 id="citer"><a href="charte/">Lire la charte</a></h2>',
        ),
        (
            f'<h2 id="citer">[[ link withings ]]{SIGN}</h2>',
            '<h2 id="citer">[[ link withings ]]</h2>',
        ),
        (
            f'<h2 id="citer">Lire [[ commitment etat-1 ]]{SIGN}</h2>',
            '<h2 id="citer">Lire [[ commitment etat-1 ]]</h2>',
        ),
        ("<h2>Sans lien</h2>", "<h2>Sans lien</h2>"),
        (
            f'<h2>Sans lien</h2>\n<h2 id="citer">Avec{SIGN}</h2>',
            '<h2>Sans lien</h2>\n<h2 id="citer"><a class="permalink" href="#citer">Avec</a></h2>',
        ),
    ],
    ids=[
        "words",
        "slot-and-markup",
        "page",
        "leads-elsewhere",
        "will-lead-elsewhere",
        "will-lead-to-itself",
        "without",
        "after-one-without",
    ],
)
def test_a_heading_is_the_link_to_itself(built: str, published: str) -> None:
    assert link_headings(built) == published
    assert link_headings(published) == published
