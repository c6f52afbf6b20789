"""Cards and badges in pixels: never blank, never outside their margins, drawn once."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from functools import partial
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from charte import card, mark, pictures
from charte.cache import Cache
from charte.card import CARD_SIZE, PAST, PRESENT, Look
from charte.expansion import Expansion
from charte.lettering import MissingGlyph, typeface
from charte.outputs import drawings
from charte.pictures import Drawing, draw, draw_all
from charte.typesetting import set_name
from charte.views import SiteView

SIGNED = SimpleNamespace(word="signataire", row="Signataire de la", withdrawal=None)
LEFT = SimpleNamespace(
    word="n’est plus signataire", row="N’est plus signataire de la", withdrawal="Partie."
)
MISTAKEN = SimpleNamespace(
    word="cité par erreur", row="Cité par erreur à l’annexe de la", withdrawal="Erreur."
)
# The parts of a card (left, top, right, bottom), in pixels.
HEAD, NAME, BAND = (0, 0, 1200, 168), (0, 168, 1200, 502), (0, 502, 1200, 630)
MARGIN = 72

NAUGHTY = [
    *("I", ".", "&", "<", '"', "’", "<script>alert(1)</script>", "FAIR&SMART", "IBM"),
    *("W" * 200, "Société " * 25, "a " * 100, "medecin-direct-" * 12, "Cegedim/" * 20),
    *("Éàçœß Ŵêþ", "ΩΨ Υγεία", "Здравоохранение", "ẲǺ Ṧệ", "a" + "\u0302" * 60),
]
_FACE = typeface(mark.BOLD)
DRAWABLE = [char for char in map(chr, range(0x21, 0x2E80)) if not _FACE.missing(char)]


def one(slug: str, name: str, standing: SimpleNamespace = SIGNED, *former: str) -> SimpleNamespace:
    badge = SimpleNamespace(alt=f"{name}, {standing.word}")
    return SimpleNamespace(
        slug=slug, former_slugs=former, name=name, standing=standing, badge=badge
    )


def site_of(*views: SimpleNamespace, url: str = "https://charte.example/") -> SiteView:
    return cast("SiteView", SimpleNamespace(place=SimpleNamespace(url=url), signatories=views))


def files(site: SiteView, cache: Cache = Cache(None)) -> dict[str, bytes]:  # noqa: B008 - frozen
    return {output.uri: output.content for output in drawings.outputs(site, cache)}


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def card_of(name: str, look: Look = PRESENT, width: int = CARD_SIZE[0]) -> Image.Image:
    svg = card.draw(name, "Signataire de la charte", "charte.example", look)
    return opened(draw(Drawing(svg.decode(), width)))


def inked(picture: Image.Image, look: Look = PRESENT) -> tuple[int, int, int, int]:
    """Give the box of what is written on the ground where the name is."""
    scale = picture.width / CARD_SIZE[0]
    part = picture.crop((0, int(NAME[1] * scale), picture.width, int(NAME[3] * scale)))
    ground = Image.new("RGB", part.size, look.ground)
    box = ImageChops.difference(part, ground).convert("L").point(lambda v: v > 30 and 255).getbbox()
    return box or (0, 0, 0, 0)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Gather the width of each picture that the renderer draws."""
    widths: list[int] = []
    render = resvg_py.svg_to_bytes

    def counted(*arguments: Any, **options: Any) -> bytes:
        widths.append(options["width"])
        return render(*arguments, **options)

    monkeypatch.setattr(resvg_py, "svg_to_bytes", counted)
    return widths


@pytest.mark.parametrize("name", NAUGHTY)
@pytest.mark.parametrize("look", [PRESENT, PAST])
def test_no_card_is_blank_and_every_name_keeps_to_its_margins(name: str, look: Look) -> None:
    left, top, right, bottom = inked(card_of(name, look), look)
    assert right - left > 10
    assert bottom - top > 10
    assert left >= MARGIN - 1
    assert right <= CARD_SIZE[0] - MARGIN + 1


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=[*DRAWABLE, " "], min_size=1, max_size=200))
def test_no_name_leaves_its_place(name: str) -> None:
    """Not the margins, nor its height: the mark above and the band below stay as they are."""
    picture, plain = card_of(name, width=300), card_of("I", width=300)
    left, _, right, _ = inked(picture)
    assert left == right == 0 or (left >= MARGIN // 4 - 1 and right <= (1200 - MARGIN) // 4 + 1)
    for box in ((0, 0, 300, HEAD[3] // 4), (0, BAND[1] // 4 + 1, 300, BAND[3] // 4)):
        assert picture.crop(box).tobytes() == plain.crop(box).tobytes()


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_card_has_the_size_that_networks_ask_for_and_weighs_little(name: str) -> None:
    content = files(site_of(one("a", name)))["cartes/a.png"]
    assert opened(content).size == (1200, 630)
    assert len(content) < 100_000


def test_a_large_name_starts_where_everything_starts() -> None:
    """The white that a letter brings on its left does not show."""
    assert {inked(card_of(name))[0] for name in ("B", "I", "W", "O", "J")} == {MARGIN}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("IBM", 1),
        ("Withings", 1),
        ("Cegedim Logiciels Médicaux/Cegedim", 2),
        ("Groupement d’intérêt public pour la télémédecine en Auvergne et en Bretagne", 3),
        ("W" * 200, 3),
    ],
)
def test_a_name_takes_the_lines_it_needs(name: str, lines: int) -> None:
    assert len(set_name(name, _FACE, 1056, (136, 108, 78), 48).runs) == lines


def lines_of(name: str, room: float, largest: tuple[int, ...], smallest: int) -> str:
    """Set a name and tell its lines, known by their outlines, parted by bars."""
    setting = set_name(name, _FACE, room, largest, smallest)
    parts = {name[i:j].strip() + end for i, j in spans(len(name)) for end in ("", "…")}
    texts = {_FACE.run(part): part for part in parts}
    return " | ".join(texts[run] for run in setting.runs)


def spans(length: int) -> Iterator[tuple[int, int]]:
    return combinations(range(length + 1), 2)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Epsilog/CompuGroup", "Epsilog/ | CompuGroup"),
        ("Digital / Samaya", "Digital / | Samaya"),
        ("Jean-François", "Jean- | François"),
        ("Doctipharma e-santé", "Doctipharma | e-santé"),
        ("BIC Montpellier Métropole", "BIC Montpellier | Métropole"),
    ],
)
def test_a_line_ends_where_a_reader_would_end_it(name: str, lines: str) -> None:
    assert lines_of(name, 60, (12, 12), 5) == lines


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("abcdefghijklmnopqrstuvwxyz", "abcdefghij | klmnopq…"),
        ("un deux trois quatre cinq", "un deux | trois qua…"),
    ],
)
def test_a_name_that_would_be_too_small_is_filled_in_and_cut(name: str, lines: str) -> None:
    assert lines_of(name, 60, (12, 12), 12) == lines


def test_letters_are_as_large_as_the_lines_allow() -> None:
    """Two lines only where they make the letters larger."""
    sizes = [set_name("a" * count, _FACE, 1056, (136, 108), 10).size for count in range(1, 60)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 136
    assert set_name("Santé Ouest", _FACE, 1056, (100, 100), 10).runs == (_FACE.run("Santé Ouest"),)


def test_every_name_of_the_register_is_set_whole(expansion: Expansion) -> None:
    for view in expansion.site.signatories:
        assert set_name(view.name, _FACE, 1056, (136, 108, 78), 48).size > 48


def test_a_card_says_where_its_signatory_stands() -> None:
    found = files(
        site_of(one("a", "Exemple"), one("b", "Exemple", LEFT), one("c", "Exemple", MISTAKEN))
    )
    cards = [opened(found[f"cartes/{slug}.png"]) for slug in "abc"]
    assert len({picture.crop(BAND).tobytes() for picture in cards}) == 3
    grounds = [picture.getpixel((600, 20)) for picture in cards]
    assert grounds[0] != grounds[1] == grounds[2]


def test_a_card_shows_the_host_of_the_site() -> None:
    view = one("a", "Exemple")
    here, there, elsewhere = (
        opened(files(site_of(view, url=url))["cartes/a.png"]).crop(HEAD).tobytes()
        for url in ("https://a.example/", "https://a.example/b/", "https://b.example/")
    )
    assert here == there != elsewhere


@pytest.mark.parametrize(
    "host", ["a.fr", "engage-pour-la-e-sante.esante.gouv.fr", "a." * 126 + "f"]
)
def test_a_host_of_any_length_stays_whole_beside_the_mark(host: str) -> None:
    """Cut, it would be another host."""
    svg = card.draw("Exemple", "Signataire de la charte", host)
    part = opened(draw(Drawing(svg.decode(), 1200))).crop((440, 0, 1200, 168))
    box = ImageChops.difference(part, Image.new("RGB", part.size, PRESENT.ground)).getbbox()
    assert box is not None
    assert box[0] >= 40
    assert 760 - MARGIN - 3 <= box[2] <= 760 - MARGIN + 1


def test_a_script_that_the_font_lacks_is_named() -> None:
    with pytest.raises(MissingGlyph, match=r"« 医 »"):
        card_of("医 Santé")


def test_a_badge_in_pixels_has_twice_the_size_of_the_drawn_one() -> None:
    assert opened(files(site_of(one("a", "Exemple")))["badge/a.png"]).size == (720, 192)


def test_a_baked_badge_says_where_its_assertion_is() -> None:
    """Open Badges 2.0 Baking Specification: an iTXt chunk, once, not compressed."""
    content = files(site_of(one("a", "Exemple")))["badge/a.png"]
    url = "https://charte.example/open-badges/assertions/a.json"
    assert cast("Any", Image.open(io.BytesIO(content))).text == {"openbadges": url}
    assert content.count(b"iTXt") == 1
    assert b"openbadges\0\0\0\0\0" + url.encode() in content[: content.index(b"IDAT")]
    Image.open(io.BytesIO(content)).verify()  # the check sums of all chunks


def test_former_addresses_give_the_same_pictures() -> None:
    found = files(site_of(one("new", "Exemple", SIGNED, "old", "older")))
    assert set(found) == {
        f"{folder}/{slug}.png" for folder in ("cartes", "badge") for slug in ("new", "old", "older")
    }
    assert len({found[f"cartes/{slug}.png"] for slug in ("new", "old", "older")}) == 1
    assert len({found[f"badge/{slug}.png"] for slug in ("new", "old", "older")}) == 1


def test_what_is_in_the_cache_is_not_drawn(tmp_path: Path, drawn: list[int]) -> None:
    site, cache = site_of(one("a", "Un"), one("b", "Deux")), Cache(tmp_path)
    first = files(site, cache)
    assert sorted(drawn) == [720, 720, 1200, 1200]
    assert files(site, cache) == first
    assert len(drawn) == 4


@pytest.mark.parametrize(
    ("view", "url", "widths"),
    [
        (one("a", "Autre"), "https://charte.example/", {720, 1200}),
        (one("a", "Un", LEFT), "https://charte.example/", {720, 1200}),
        (one("a", "Un"), "https://autre.example/", {1200}),
        (one("b", "Un"), "https://charte.example/", set()),
    ],
)
def test_only_what_has_changed_is_drawn_anew(
    view: SimpleNamespace, url: str, widths: set[int], tmp_path: Path, drawn: list[int]
) -> None:
    cache = Cache(tmp_path)
    files(site_of(one("a", "Un")), cache)
    drawn.clear()
    found = files(site_of(view, url=url), cache)
    assert set(drawn) == widths
    assert found == files(site_of(view, url=url))


def test_a_damaged_picture_is_drawn_anew(tmp_path: Path, drawn: list[int]) -> None:
    site, cache = site_of(one("a", "Un")), Cache(tmp_path)
    first = files(site, cache)
    for entry in tmp_path.iterdir():
        entry.write_bytes(entry.read_bytes()[:-1])
    assert files(site, cache) == first
    assert len(drawn) == 4


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    site = site_of(one("a", "Un"))
    assert files(site, Cache(tmp_path / "file")) == files(site)


MANY = [Drawing(mark.svg(f'<path d="M0 0h{n}v9"/>', 99, 9, "").decode(), 99) for n in range(1, 49)]


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 2, raising=False)


@pytest.mark.usefixtures("two_processors")
def test_pictures_are_the_same_bytes_from_one_process_and_from_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = [draw(one) for one in MANY]
    monkeypatch.setattr(pictures, "draw", pytest.fail)  # none is drawn by this process
    parallel = list(draw_all(MANY))
    assert parallel == alone
    assert len(set(parallel)) == len(MANY)


@pytest.mark.usefixtures("two_processors")
def test_a_few_pictures_are_not_worth_a_process(drawn: list[int]) -> None:
    assert len(list(draw_all(MANY[:20]))) == len(drawn) == 20


class Dying:
    """A pool of processes that makes a few pictures and dies, as where memory is short."""

    def __init__(self, lives: Iterator[object]) -> None:
        self._lives = lives

    def submit(self, call: Callable[[], bytes]) -> Future[bytes]:
        future: Future[bytes] = Future()
        if next(self._lives, None) is None:
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(call())
        return future

    def shutdown(self, **_: bool) -> None:
        """Do nothing: it is dead."""


@pytest.mark.usefixtures("two_processors")
@pytest.mark.parametrize("lives", [0, 1, 30])
def test_pictures_are_drawn_where_no_process_can_draw_them(
    lives: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Dying(iter(range(lives)))
    monkeypatch.setattr(pictures, "ProcessPoolExecutor", lambda *_, **__: pool)
    assert list(draw_all(MANY)) == [draw(one) for one in MANY]


@pytest.mark.usefixtures("two_processors")
def test_pictures_are_drawn_where_no_process_can_be_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(pictures, "ProcessPoolExecutor", refused)
    assert list(draw_all(MANY)) == [draw(one) for one in MANY]


class Terminal(io.StringIO):
    """Something to write to that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_the_drawing_gets_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw_site = partial(files, site_of(one("a", "Un")), Cache(tmp_path))
    monkeypatch.setattr(sys, "stderr", Terminal())
    draw_site()
    assert cast("Terminal", sys.stderr).getvalue() == (
        "Premier dessin des cartes : une à deux minutes, gardées ensuite.\n"
        "\rDessins : 1/2\rDessins : 2/2\n"
    )
    monkeypatch.setattr(sys, "stderr", Terminal())
    draw_site()
    assert cast("Terminal", sys.stderr).getvalue() == ""  # nothing to draw, nothing to say


def test_only_a_first_drawing_is_announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(site_of(one("a", "Un")), Cache(tmp_path))
    monkeypatch.setattr(sys, "stderr", Terminal())
    files(site_of(one("a", "Un"), one("b", "Deux")), Cache(tmp_path))
    assert cast("Terminal", sys.stderr).getvalue() == "\rDessins : 1/2\rDessins : 2/2\n"


def test_a_log_shows_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    files(site_of(one("a", "Un")))
    assert capfd.readouterr() == ("", "")
