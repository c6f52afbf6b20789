"""What a host is told to say with each answer."""

from __future__ import annotations

from pathlib import Path

import pytest


def policy_of(site: Path) -> str:
    page = (site / "index.html").read_text(encoding="utf-8")
    start = page.index('http-equiv="Content-Security-Policy" content="')
    return page[start:].split('content="', 1)[1].split('"', 1)[0].replace("&#39;", "'")


FILES = ("_headers", "entetes/nginx.conf", "entetes/Caddyfile")


@pytest.mark.parametrize("file", FILES)
def test_every_host_gives_the_policy_of_the_pages_and_forbids_frames(file: str, site: Path) -> None:
    text = (site / file).read_text(encoding="utf-8")
    assert f"{policy_of(site)}; frame-ancestors 'none'" in text
    assert "nosniff" in text


def test_the_policy_lets_nothing_in_but_the_sites_own_files(site: Path) -> None:
    policy = policy_of(site)
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_data_may_be_read_by_the_scripts_of_other_sites(site: Path) -> None:
    blocks = (site / "_headers").read_text(encoding="utf-8").split("\n/")
    opened = [block.split("\n")[0] for block in blocks if "Access-Control-Allow-Origin: *" in block]
    assert opened == ["api/v1/*", "donnees/*", "oembed/*", "open-badges/*", "badge/*"]
