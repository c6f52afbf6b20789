"""What we publish for nginx and Caddy, given to nginx and Caddy where the machine has them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path

import pytest

from building import copy_project, name_only, run_mkdocs

LONG = "a" * 100  # a slug may have so many letters
SLUGS = [LONG, *(f"ancien-{number}" for number in range(20))]
REGISTER = f"""edition: 2020-11-16
signatories:
  - name: Nouveau
    slug: nouveau
    listed: 2020-11-16
    former_slugs: [{", ".join(SLUGS)}]
"""


@pytest.fixture(scope="module", params=["", "un/dossier/"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a company that has moved often, and return where it stands on its host."""
    where: str = request.param
    folder = copy_project(tmp_path_factory.mktemp("hosted"))
    (folder / "data/signatories.yaml").write_text(REGISTER)
    name_only(folder, set())
    url = f"https://charte.exemple.fr/{where}"
    result = run_mkdocs(folder, "build", "--strict", SITE_URL=url, CHARTE_DRAWINGS="false")
    assert result.returncode == 0, result.stderr
    stands = folder / "host" / where
    stands.parent.mkdir(parents=True, exist_ok=True)
    (folder / "site").rename(stands)
    return stands


@contextmanager
def running(command: list[str], port: int) -> Iterator[str]:
    """Run a host until its port answers, and give its address."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as host:
        try:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and host.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            assert host.poll() is None, host.stderr and host.stderr.read()
            yield f"http://127.0.0.1:{port}"
        finally:
            host.terminate()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


NGINX = """
{user}daemon off; pid {root}/pid; error_log stderr;
events {{}}
http {{
  access_log off; default_type application/octet-stream;
  types {{ text/html html; application/json json; text/xml xml; }}
  client_body_temp_path {root}/1; proxy_temp_path {root}/2; fastcgi_temp_path {root}/3;
  uwsgi_temp_path {root}/4; scgi_temp_path {root}/5;
  include {site}/redirections/nginx.conf;
  include {site}/entetes/nginx-map.conf;
  server {{
    listen 127.0.0.1:{port}; root {root};
    if ($moved) {{ return 301 $moved$is_args$args; }}
    include {site}/entetes/nginx.conf;
  }}
}}
"""
CADDY = """{{
  admin off
  auto_https off
}}
http://127.0.0.1:{port} {{
  root * {root}
  import {site}/redirections/Caddyfile
  import {site}/entetes/Caddyfile
  file_server
}}
"""


@contextmanager
def hosted(name: str, site: Path) -> Iterator[str]:
    program = shutil.which(name)
    if not program:
        pytest.skip(f"{name} is not installed")
    root = (
        next(path for path in site.parents if path.name == "host") if site.name != "host" else site
    )
    config, port = root.parent / name, free_port()
    template = {"nginx": NGINX, "caddy": CADDY}[name]
    user = "user root;\n" if os.geteuid() == 0 else ""  # the files are this user's
    config.write_text(template.format(root=root, site=site, port=port, user=user))
    command = {
        "nginx": [program, "-c", str(config)],
        "caddy": [program, "run", "--adapter", "caddyfile", "--config", str(config)],
    }[name]
    with running(command, port) as address:
        yield f"{address}/{site.relative_to(root).as_posix()}".removesuffix(".").rstrip("/")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_: object) -> None:
        return None


def asked(address: str) -> tuple[int, Message]:
    """Ask for an address, and follow nothing."""
    try:
        with urllib.request.build_opener(NoRedirect).open(address, timeout=5) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_every_move_is_answered_301(name: str, built: Path) -> None:
    with hosted(name, built) as address:
        for slug in SLUGS:
            status, headers = asked(f"{address}/signataires/{slug}/")
            assert status == 301, slug
            assert headers["Location"].endswith("/signataires/nouveau/")
        assert asked(f"{address}/open-badges/assertions/{LONG}.json")[0] == 301
        assert asked(f"{address}/signataires/nouveau/")[0] == 200


TYPES = {
    "donnees/signataires.csv": "text/csv; charset=utf-8",
    "donnees/signataires.jsonl": "application/jsonl; charset=utf-8",
    "journal/atom.xml": "application/atom+xml; charset=utf-8",
}


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_data_and_feed_have_their_types_and_every_header(name: str, built: Path) -> None:
    with hosted(name, built) as address:
        for uri, media in TYPES.items():
            status, headers = asked(f"{address}/{uri}")
            assert (status, headers["Content-Type"]) == (200, media)
            assert headers["X-Content-Type-Options"] == "nosniff"
        headers = asked(f"{address}/donnees/signataires.csv")[1]
        assert headers["Access-Control-Allow-Origin"] == "*"


def test_nginx_answers_with_our_page_where_there_is_none(built: Path) -> None:
    with hosted("nginx", built) as address:
        for uri in ("rien/", "open-badges/"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"{address}/{uri}", timeout=5)  # noqa: S310 - our own host
            assert refused.value.code == 404
            assert refused.value.read() == (built / "404.html").read_bytes()
            assert refused.value.headers["X-Content-Type-Options"] == "nosniff"


def test_netlify_has_a_map_that_it_obeys(built: Path) -> None:
    """A page stands at each former address: Netlify serves that, unless the rule says « ! »."""
    plain = (built / "_redirects").read_text().splitlines()[1:]
    assert (built / "redirections/netlify").read_text().splitlines()[1:] == [
        f"{line}!" for line in plain
    ]
