"""Publishing: nothing is overwritten by accident and nothing leaves the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from charte.publish import Collision, Output, publish


def test_outputs_are_written_under_the_folder(tmp_path: Path) -> None:
    count = publish([Output("a/b/index.html", b"1"), Output("c.txt", b"2")], tmp_path)
    assert count == 2
    assert (tmp_path / "a/b/index.html").read_bytes() == b"1"
    assert (tmp_path / "c.txt").read_bytes() == b"2"


def test_two_outputs_with_one_address_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Collision, match=r"même adresse : /a/index\.html"):
        publish([Output("a/index.html", b"1"), Output("a/index.html", b"2")], tmp_path)
    assert (tmp_path / "a/index.html").read_bytes() == b"1"


def test_a_page_of_the_engine_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"engine")
    with pytest.raises(Collision):
        publish([Output("index.html", b"1")], tmp_path)
    assert (tmp_path / "index.html").read_bytes() == b"engine"


def test_a_page_of_the_engine_is_replaced_where_that_is_meant(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"engine")
    publish([Output("index.html", b"filled", replaces=True)], tmp_path)
    assert (tmp_path / "index.html").read_bytes() == b"filled"


@pytest.mark.parametrize("uri", ["../a", "/etc/a", "a/../../b"])
def test_an_address_outside_the_folder_is_refused(uri: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=uri):
        publish([Output(uri, b"")], tmp_path / "site")
    assert list(tmp_path.iterdir()) == []
