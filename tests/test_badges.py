"""The mark and the badges: outlines, one size, every name readable, never blank."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import marks
from building import ROOT, SITE_URL
from charte import mark
from charte.baking import bake_svg
from charte.lettering import MissingGlyph, typeface
from charte.mark import BADGE_SIZE
from charte.outputs import badges

SVG = "{http://www.w3.org/2000/svg}"
ASSERTION = "{http://openbadges.org}assertion"


def pixels(svg: str, width: int) -> Image.Image:
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
    return picture(png)


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def ink(drawing: Image.Image, box: tuple[int, int, int, int]) -> float:
    """Give the share of dark pixels in a box (left, top, right, bottom) of a drawing on white."""
    white = Image.new("RGBA", drawing.size, "white")
    part = Image.alpha_composite(white, drawing).crop(box).convert("L")
    return sum(part.histogram()[:128]) / (part.width * part.height)


def cover(drawing: Image.Image, box: tuple[int, int, int, int]) -> float:
    """Give the share of a box that is painted, whatever the colour."""
    part = drawing.crop(box).getchannel("A")
    painted = sum(alpha * count for alpha, count in enumerate(part.histogram()))
    return painted / 255 / (part.width * part.height)


def badge_of(name: str) -> str:
    """Draw a badge as the site does, for any name."""
    return badges.draw(name, f"{name}, signataire").decode()


@pytest.fixture(scope="module")
def drawn(site: Path) -> dict[str, str]:
    return {file.stem: file.read_text() for file in (site / "badge").glob("*.svg")}


def test_every_signatory_has_a_badge(drawn: dict[str, str], site: Path) -> None:
    pages = {page.name for page in (site / "signataires").iterdir() if page.is_dir()}
    assert set(drawn) == pages
    assert len(drawn) == 361


def test_a_badge_needs_no_font(drawn: dict[str, str]) -> None:
    """A renderer silently drops text whose font it lacks: there must be none."""
    for svg in drawn.values():
        elements = {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}
        assert elements == {"svg", ASSERTION, "title", "rect", "g", "path"}


def test_a_badge_says_its_name_to_assistive_technology(drawn: dict[str, str]) -> None:
    root = ET.fromstring(drawn["fair-smart"])
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "FAIR&SMART, signataire de la charte « Engagé pour la e-santé »"
    assert root.get("aria-labelledby") == title.get("id")


def test_every_badge_names_its_own_assertion(drawn: dict[str, str]) -> None:
    for slug, svg in drawn.items():
        url = f"{SITE_URL}open-badges/assertions/{slug}.json"
        assert ET.fromstring(svg)[0].get("verify") == url


@pytest.mark.parametrize("url", ["https://a.example/a.json", "https://a.example/'\"><b>&amp;</b>"])
def test_an_assertion_is_baked_where_a_program_looks_for_it(url: str) -> None:
    """Open Badges 2.0 Baking Specification: one element, directly after the opening tag."""
    root = ET.fromstring(bake_svg(badge_of("A & B").encode(), url))
    assert [child.tag for child in root].index(ASSERTION) == 0
    assert [element.get("verify") for element in root.iter(ASSERTION)] == [url]


def test_a_baked_assertion_does_not_show() -> None:
    plain = badge_of("Exemple")
    baked = bake_svg(plain.encode(), "https://a.example/a.json").decode()
    assert pixels(baked, 360).tobytes() == pixels(plain, 360).tobytes()


def test_all_badges_have_one_size(drawn: dict[str, str]) -> None:
    width, height = BADGE_SIZE
    assert {re.findall(r'viewBox="([^"]+)"', svg)[0] for svg in drawn.values()} == {
        f"0 0 {width} {height}"
    }


@pytest.mark.parametrize(
    "slug",
    ["withings", "bic-montpellier-mediterranee-metropole", "medecindirect", "m-e-care", "igl"],
)
def test_the_name_is_drawn_and_stays_inside(slug: str, drawn: dict[str, str]) -> None:
    drawing = pixels(drawn[slug], BADGE_SIZE[0])
    assert ink(drawing, (96, 10, 345, 42)) > 0.02
    assert ink(drawing, (346, 2, 358, 94)) == 0


@pytest.mark.parametrize("name", ["A" * 200, "Société " * 25, "Groupe Régional-et-Très-Long X"])
def test_a_long_name_is_set_smaller_then_cut(name: str) -> None:
    drawing = pixels(badge_of(name), BADGE_SIZE[0])
    assert ink(drawing, (96, 6, 345, 44)) > 0.02
    assert ink(drawing, (346, 2, 358, 94)) == 0


@given(st.text(alphabet="AaÉéœŒ&<>'\"/ -.0Ωд", min_size=1, max_size=60))
def test_any_name_in_a_script_of_the_font_gives_a_well_formed_badge(name: str) -> None:
    assert ET.fromstring(badge_of(name)).tag == f"{SVG}svg"


@pytest.mark.parametrize("space", ["\t", "\u00a0", "\u202f", "\u2009", "\u3000", "  "])
def test_any_space_is_drawn_as_a_space(space: str) -> None:
    alt = "Horizon Santé, signataire"
    assert badges.draw(f"Horizon{space}Santé", alt) == badges.draw("Horizon Santé", alt)


@given(st.text(max_size=40))
def test_what_the_font_is_not_said_to_miss_can_be_drawn(name: str) -> None:
    """No name passes the check and then fails while the site is built."""
    if typeface(mark.BOLD).missing(name) is None:
        assert badge_of(name)


def test_a_script_that_the_font_lacks_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"« 医 » \(U\+533B\) de « 医 Santé »"):
        badge_of("医 Santé")


@pytest.mark.parametrize("suffix", ["", "-sombre", "-monochrome"])
@pytest.mark.parametrize("height", [32, 400])
def test_the_mark_is_readable_small_and_large(suffix: str, height: int, site: Path) -> None:
    """Both lines of words leave their own band of ink, with a clear band between them."""
    file = site / "marque" / f"engage-pour-la-e-sante{suffix}.svg"
    drawing = pixels(file.read_text(), height * 240 // 64)

    def covered(top: int, bottom: int) -> float:
        left, top, right, bottom = (edge * height // 64 for edge in (76, top, 236, bottom))
        return cover(drawing, (left, top, right, bottom))

    assert covered(10, 28) > 0.2
    assert covered(38, 56) > 0.2
    assert covered(58, 64) == 0


@pytest.mark.parametrize(("name", "content"), list(marks.drawings()))
def test_the_committed_marks_are_what_the_code_draws(name: str, content: bytes) -> None:
    """Draw them anew with `make marks`."""
    committed = (ROOT / "theme/marque" / name).read_bytes()
    if name.endswith(".svg"):
        assert committed == content
    else:  # the same pixels; another processor may pack them otherwise
        assert picture(committed).tobytes() == picture(content).tobytes()


@pytest.mark.parametrize("suffix", ["", "-sombre", "-monochrome"])
def test_a_png_stands_beside_each_mark(suffix: str, site: Path) -> None:
    file = site / "marque" / f"engage-pour-la-e-sante{suffix}.png"
    assert picture(file.read_bytes()).size == (480, 128)


def test_the_monochrome_mark_has_one_colour(site: Path) -> None:
    svg = (site / "marque" / "engage-pour-la-e-sante-monochrome.svg").read_text()
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) == {"none", "#000"}


def test_the_picture_for_sharing_has_the_size_that_networks_ask_for(site: Path) -> None:
    card = picture((site / "marque" / "carte.png").read_bytes())
    assert card.size == (1200, 630)
    assert len(card.getcolors(1 << 20) or []) > 3


def test_kerned_text_is_narrower_than_its_letters() -> None:
    """The shaper is at work: « AV » is set closer than an A and a V."""
    face = typeface(mark.BOLD)
    assert face.run("AV").advance < face.run("A").advance + face.run("V").advance
