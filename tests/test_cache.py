"""The cache: it helps or it does nothing; it never gives what was not put, and never fails."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charte.cache import Cache

KEY, OTHER = "0" * 64, "1" * 64
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "made" / "when needed")


def folder(cache: Cache) -> Path:
    assert cache.folder
    return cache.folder


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Let every write beyond a size fail half-way, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("content", [CONTENT, b""])
def test_what_is_put_is_given(content: bytes, cache: Cache) -> None:
    cache.put(KEY, content)
    assert cache.get(KEY) == content
    assert Cache(folder(cache)).get(KEY) == content


def test_what_was_never_put_is_not_given(cache: Cache) -> None:
    assert cache.get(KEY) is None
    cache.put(OTHER, CONTENT)
    assert cache.get(KEY) is None


def test_an_entry_is_one_file(cache: Cache) -> None:
    cache.put(KEY, b"before")
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) == CONTENT
    assert [path.name for path in folder(cache).iterdir()] == [KEY]


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) is None


@given(st.binary(max_size=200))
def test_a_file_that_is_no_entry_is_not_given(anything: bytes) -> None:
    with TemporaryDirectory() as path:
        (Path(path) / KEY).write_bytes(anything)
        assert Cache(Path(path)).get(KEY) is None


@given(st.integers(0, len(CONTENT) - 1), st.booleans())
def test_a_damaged_entry_is_ignored_and_replaced(place: int, cut: bool) -> None:  # noqa: FBT001
    with TemporaryDirectory() as path:
        cache = Cache(Path(path))
        cache.put(KEY, CONTENT)
        file = Path(path) / KEY
        whole = file.read_bytes()
        flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        file.write_bytes(whole[:place] if cut else flipped)
        assert cache.get(KEY) is None
        cache.put(KEY, CONTENT)
        assert cache.get(KEY) == CONTENT


def test_a_full_disk_is_no_error_and_leaves_nothing_behind(cache: Cache) -> None:
    with files_no_longer_than(1000):
        cache.put(KEY, CONTENT)
    assert cache.get(KEY) is None
    assert list(folder(cache).iterdir()) == []


def test_a_full_disk_leaves_the_entry_that_was_there(cache: Cache) -> None:
    cache.put(KEY, CONTENT)
    with files_no_longer_than(1000):
        cache.put(KEY, CONTENT * 2)
    assert cache.get(KEY) == CONTENT


@pytest.mark.parametrize("below", [".", "further/down"])
def test_a_file_where_the_folder_should_be_is_no_error(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / below)
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) is None


def test_a_folder_where_the_entry_should_be_is_no_error(cache: Cache) -> None:
    (folder(cache) / KEY / "in the way").mkdir(parents=True)
    cache.put(KEY, CONTENT)
    assert cache.get(KEY) is None


def test_a_folder_that_may_only_be_read_still_gives_what_it_has(cache: Cache) -> None:
    cache.put(KEY, CONTENT)
    folder(cache).chmod(0o500)
    cache.put(OTHER, CONTENT)
    assert cache.get(KEY) == CONTENT
    folder(cache).chmod(0o700)


def test_builds_at_the_same_time_share_a_cache(cache: Cache) -> None:
    """Whoever reads while others write is given a whole entry or none."""

    def use(_: int) -> bytes | None:
        cache.put(KEY, CONTENT)
        return cache.get(KEY)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(use, range(64))) == {CONTENT}
    assert [path.name for path in folder(cache).iterdir()] == [KEY]
