"""`make serve`: no mistake keeps the reader waiting, and each goes as it came."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from building import copy_project, own_environment
from charte.draft import show_problems
from charte.problems import InvalidInput, Problem, Unpublishable
from looking import served

REGISTER = "data/signatories.yaml"
MISTAKE = "\n  - name: Cassé\n    slug: casse\n"
MISSING = "« listed »"
LAST_GOOD = "Cette page est la dernière qui a pu être construite"
NONE_YET = "Aucune page n’a encore pu être construite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run `mkdocs serve` as `make serve` does and give its address, without the final slash."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", where]
    with subprocess.Popen(
        command, cwd=folder, env=own_environment(), stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield f"http://{where}"
        finally:
            server.terminate()


def page(address: str) -> str:
    """Ask for a page; an answer must come at once, were it that there is no such page."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
            text: bytes = answer.read()
    except urllib.error.HTTPError as error:
        text = error.read()
    return text.decode()


def wait_for(address: str, *, text: str, gone: str = "\0") -> str:
    """Ask for a page until it holds a text and no longer another."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            found = page(address)
        except urllib.error.URLError:  # it has not begun to listen
            found = ""
        if text in found and gone not in found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"« {text} » did not appear")


@contextmanager
def changed(file: Path, change: Callable[[str], str]) -> Iterator[None]:
    text = file.read_text()
    file.write_text(change(text))
    yield
    file.write_text(text)


def test_a_mistake_shows_on_the_last_good_pages_until_it_is_mended(folder: Path) -> None:
    with serving(folder) as address:
        wait_for(f"{address}/annexe/", text="WITHINGS")
        with changed(folder / REGISTER, lambda text: text + MISTAKE):
            annex = wait_for(f"{address}/annexe/", text=LAST_GOOD)
            assert "WITHINGS" in annex
            assert MISSING in annex
            assert "<strong>1\xa0problème à corriger.</strong>" in annex
            assert MISSING in page(f"{address}/signataires/withings/")
            assert MISSING in page(f"{address}/rien/")
        assert "WITHINGS" in wait_for(f"{address}/annexe/", text="</html>", gone=LAST_GOOD)


def test_the_lines_of_a_remedy_stay_lines(tmp_path: Path, browser: Browser) -> None:
    remedy = "Écrivez :\n  - name: A\n    slug: a"
    (tmp_path / "index.html").write_text("<meta charset=utf-8><body>Bonjour</body>")
    show_problems(
        tmp_path, InvalidInput([Problem("r.yaml", 2, 1, "Tabulation.", remedy, "layout")])
    )
    with served(tmp_path) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        assert page.locator(".a-corriger li").inner_text().endswith(f"→ {remedy}")


def test_a_second_mistake_takes_the_place_of_the_first(folder: Path) -> None:
    with serving(folder) as address:
        wait_for(f"{address}/", text="</html>")
        with changed(folder / REGISTER, lambda text: text + MISTAKE):
            wait_for(f"{address}/", text=MISSING)
            (folder / REGISTER).write_text("edition: [")
            home = wait_for(f"{address}/", text=LAST_GOOD, gone=MISSING)
            assert home.count("à corriger.</strong>") == 1


def test_a_file_that_is_taken_away_and_brought_back(folder: Path) -> None:
    text = (folder / REGISTER).read_text()
    with serving(folder) as address:
        wait_for(f"{address}/", text="</html>")
        (folder / REGISTER).unlink()
        wait_for(f"{address}/", text="Le fichier ne peut pas être lu")
        (folder / REGISTER).write_text(text)
        wait_for(f"{address}/", text="</html>", gone=LAST_GOOD)


def test_where_nothing_was_built_yet_every_address_says_why(folder: Path) -> None:
    with changed(folder / REGISTER, lambda text: text + MISTAKE), serving(folder) as address:
        home = wait_for(f"{address}/", text=NONE_YET)
        assert MISSING in home
        assert MISSING in page(f"{address}/annexe/")
        (folder / REGISTER).write_text((folder / REGISTER).read_text().removesuffix(MISTAKE))
        wait_for(f"{address}/annexe/", text="WITHINGS", gone=NONE_YET)


def test_a_mistake_that_shows_only_once_pages_are_built(folder: Path) -> None:
    with serving(folder) as address:
        wait_for(f"{address}/annexe/", text="WITHINGS")
        with changed(
            folder / "docs/annexe.md",
            lambda text: text.replace("\n[[ annex ]]", "\nVoici [[ annex ]]."),
        ):
            annex = wait_for(f"{address}/annexe/", text="Un bloc se trouve au milieu")
            assert "WITHINGS" in annex
            assert "[[ " not in annex
        wait_for(f"{address}/annexe/", text="WITHINGS", gone=LAST_GOOD)


def test_a_mistake_in_the_engines_configuration(folder: Path) -> None:
    with serving(folder) as address:
        wait_for(f"{address}/annexe/", text="WITHINGS")
        with changed(folder / "mkdocs.yml", lambda text: f"{text}\nnav: [}}"):
            annex = wait_for(f"{address}/annexe/", text="Le site ne peut pas être construit")
            assert "WITHINGS" in annex
        wait_for(f"{address}/annexe/", text="WITHINGS", gone=LAST_GOOD)


def test_what_a_stranger_wrote_stays_text(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<html><body class="a">Good</body></html>')
    problem = Problem("<b>", 3, 1, "</section><script>alert(1)</script>", "{0} <i>", "rule")
    show_problems(tmp_path, InvalidInput([problem]))
    show_problems(tmp_path, Unpublishable("<script>{1}"))
    show_problems(tmp_path, InvalidInput([problem]))
    text = (tmp_path / "index.html").read_text()
    assert text.startswith('<html><body class="a"><section class="a-corriger"')
    assert text.endswith("</section>Good</body></html>")
    assert text.count("<section") == text.count("</section>") == 1
    assert "<script" not in text
    assert "&lt;/section&gt;&lt;script&gt;alert(1)&lt;/script&gt;<br>→ {0} &lt;i&gt;" in text


def test_a_page_is_not_filled_with_more_than_can_be_read(tmp_path: Path) -> None:
    problems = [Problem("a", line, 1, "faux", "vrai", "rule") for line in range(1, 1002)]
    show_problems(tmp_path, InvalidInput(problems))
    text = (tmp_path / "index.html").read_text()
    assert "1\u202f001\xa0problèmes à corriger." in text
    assert text.count("faux") == 100
    assert "… et 901\xa0problèmes de plus." in text
