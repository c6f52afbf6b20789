"""The views of a register: whatever it holds, each page can be made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from building import ROOT
from charte.charter import Commitment, read_commitments
from charte.files import CHARTER
from charte.fragments import Fragments
from charte.mould import Mould
from charte.register.model import Action, Signatory
from charte.slots import SourcePage
from charte.viewers import view_site
from publishing import project_of

ACTION = Action(
    date=date(2021, 5, 1),
    title="Une interface",
    url="https://exemple.org/",
    commitment="industriels-9",
)
ALAN = Signatory(name="Alan", slug="alan", listed=date(2020, 11, 16), actions=(ACTION,))


@pytest.mark.parametrize("commitments", [{}, read_commitments(ROOT / CHARTER)])
def test_an_action_for_what_the_charter_does_not_hold_is_told_without_it(
    commitments: dict[str, Commitment],
) -> None:
    site = view_site(replace(project_of(ALAN), commitments=commitments))
    (served,) = site.by_slug["alan"].served
    assert served.commitment is None
    assert [deed.title for deed in served.deeds] == ["Une interface"]
    assert site.journal[0].entries[0].title == "Alan : Une interface"
    assert site.journal[0].entries[0].detail is None
    page = SourcePage("docs/page.md", "page/", "signatories", ())
    mould = Mould.cast("<p>[[ actions ]]</p>", page, Fragments(ROOT / "theme", site))
    assert "<h3>Autres actions</h3>" in mould.fill(site.by_slug["alan"])
