"""The journal's feed: its ids are the register's own, and last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import ROOT, SITE_URL
from charte.outputs import feed
from charte.problems import InvalidInput
from charte.project import Place, read_project
from charte.register.model import Action, Signatory
from charte.viewers import view_site
from publishing import EVERYTHING, project_of, site_of

NAME = "Engagé pour la e-santé"
DECLARED = "7f2b3c1e-5d0a-4f7e-9a86-2a1d1a9c6b10"


def ids(place: Place) -> set[str]:
    """Read the ids of a feed and of its entries."""
    (output,) = feed.outputs(view_site(replace(project_of(*EVERYTHING), place=place)))
    read = feedparser.parse(output.content)
    assert not read.bozo
    return {read.feed.id, *(entry.id for entry in read.entries)}


def test_sites_of_different_addresses_share_no_id() -> None:
    """RFC 4287, 4.2.6: an id is universally unique, whoever made the site with the same tool."""
    one = ids(Place("https://a.example/", NAME))
    assert len(one) > len(EVERYTHING)
    assert not one & ids(Place("https://b.example/", NAME))
    assert not one & ids(Place("https://a.example/autre/", NAME))


def test_a_move_to_https_changes_no_id() -> None:
    assert ids(Place("http://A.example/", NAME)) == ids(Place("https://a.example/", NAME))


def test_a_declared_identifier_outlives_every_address() -> None:
    one = ids(Place("https://a.example/", NAME, identifier=DECLARED))
    assert one == ids(Place("https://b.example/charte/", "Autre nom", identifier=DECLARED))


def test_the_published_register_keeps_the_ids_that_it_has_had(site: Path) -> None:
    read = feedparser.parse((site / "journal/atom.xml").read_bytes())
    assert read.feed.id == "urn:uuid:b2590dbf-4236-5d66-8d50-0a1d4b1bddcb"
    assert read.entries[-1].id == "urn:uuid:5c88a525-715c-552e-b971-5af7b7347d02"


@pytest.mark.parametrize("identifier", ["abc", DECLARED.upper(), f"urn:uuid:{DECLARED}", " "])
def test_an_identifier_that_is_none_is_explained(identifier: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_project(ROOT, Place(SITE_URL, NAME, identifier=identifier))
    assert f"L’identifiant du registre, « {identifier} », n’est pas un UUID." in str(refused.value)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["<b>", "&amp;", "]]>", "<![CDATA[", '"', "'", "é", " ", "x"])))
def test_what_a_signatory_writes_is_read_back_as_text(pieces: list[str]) -> None:
    title = " ".join(("x" + "".join(pieces)).split())
    action = Action(
        date=date(2021, 5, 1),
        title=title,
        url="https://exemple.org/?a=1&b=2",
        commitment="industriels-1",
    )
    alan = Signatory(name=title, slug="alan", listed=date(2020, 11, 16), actions=(action,))
    (output,) = feed.outputs(site_of(alan))
    atom = "{http://www.w3.org/2005/Atom}"
    first, _ = ET.fromstring(output.content).iter(f"{atom}entry")
    assert first.findtext(f"{atom}title") == f"{title} : {title}"
    assert f"{title} : {title}. Engagement 1 des industriels." in (
        first.findtext(f"{atom}summary") or ""
    )
    links = [link.get("href") for link in first.iter(f"{atom}link")]
    assert links[1:] == ["https://exemple.org/?a=1&b=2"]
