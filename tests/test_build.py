"""The build as a maintainer meets it: mistakes explained, nothing lost, always the same bytes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from building import commit_all, copy_project, name_only, run_mkdocs

REGISTER = "data/signatories.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the project with a register of three, for builds that change something."""
    copy_project(tmp_path)
    text = (tmp_path / REGISTER).read_text()
    header, *entries = text.split("\n  - name: ")
    kept = [entry for entry in entries if re.match(r"(WITHINGS|EXELUS|SAS EXELUS)\n", entry)]
    (tmp_path / REGISTER).write_text("\n  - name: ".join([header, *kept]))
    name_only(tmp_path, {"withings", "exelus", "sas-exelus"})
    return tmp_path


def append(folder: Path, entry: str) -> None:
    with (folder / REGISTER).open("a") as register:
        register.write(entry)


def build(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_mkdocs(folder, "build", "--strict", **environment)


def fingerprint(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def test_an_added_company_gets_its_page_its_badge_and_its_place(folder: Path) -> None:
    append(folder, "\n  - name: Éole & Fils\n    slug: eole-fils\n    listed: 2020-11-02\n")
    assert build(folder).returncode == 0
    page = (folder / "site/signataires/eole-fils/index.html").read_text()
    assert '<h1 id="nom">Éole &amp; Fils' in page
    assert "2 novembre 2020" in page
    assert (folder / "site/badge/eole-fils.svg").exists()
    assert re.search(
        r"E</a> <small>.*Éole &amp; Fils.*EXELUS",
        (folder / "site/annexe/index.html").read_text(),
        re.DOTALL,
    )


def test_all_mistakes_stop_the_build_at_once_without_a_traceback(folder: Path) -> None:
    append(
        folder,
        "\n  - nom: Alpha\n    slug: withings\n    listed: 2021-02-30\n"
        "\n  - name: Bêta\n    slug: Bêta\n    listed: 2020-11-02\n",
    )
    result = build(folder)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "4 problèmes à corriger" in result.stderr
    last = (folder / REGISTER).read_text().count("\n")
    lines = [int(line) for line in re.findall(r"signatories\.yaml:(\d+):\d+ :", result.stderr)]
    assert lines == [last - 6, last - 5, last - 4, last - 1]


def test_a_failed_build_leaves_the_old_site_alone(folder: Path) -> None:
    assert build(folder).returncode == 0
    before = fingerprint(folder / "site")
    append(folder, "\n  - name: Sans identifiant\n    listed: 2020-11-02\n")
    assert build(folder).returncode == 1
    assert fingerprint(folder / "site") == before


def test_a_page_of_docs_at_a_signatorys_address_is_refused(folder: Path) -> None:
    (folder / "docs/signataires/withings.md").write_text("# Withings\n")
    result = run_mkdocs(folder, "build")
    assert result.returncode == 1
    assert "L’identifiant « withings » est celui d’une page du site." in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_of_docs_at_a_badges_address_is_refused(folder: Path) -> None:
    (folder / "docs/badge").mkdir()
    (folder / "docs/badge/withings.png").write_bytes(b"")
    result = run_mkdocs(folder, "build")
    assert result.returncode == 1
    assert "prétendent à la même adresse : /badge/withings.png" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_block_in_the_middle_of_a_sentence_is_refused_with_its_line(folder: Path) -> None:
    page = folder / "docs/annexe.md"
    page.write_text(page.read_text().replace("\n[[ annex ]]", "\nVoici [[ annex ]]."))
    result = build(folder)
    assert result.returncode == 1
    assert re.search(r"docs/annexe\.md:\d+:7 : Un bloc se trouve au milieu", result.stderr)


PART = "\n<!-- --8<-- [start:partie] -->\n\n{}\n\n<!-- --8<-- [end:partie] -->\n"


def test_slots_are_filled_wherever_they_came_from(folder: Path) -> None:
    """A README is an index to the engine, and a snippet brings slots into a page without any."""
    (folder / "docs/groupes/index.md").rename(folder / "docs/groupes/README.md")
    config = (folder / "mkdocs.yml").read_text().replace("groupes/index.md", "groupes/README.md")
    (folder / "mkdocs.yml").write_text(config)
    for page in (folder / "docs").rglob("*.md"):
        page.write_text(page.read_text().replace("groupes/index.md", "groupes/README.md"))
    part = folder / "docs/badge.md"
    part.write_text(part.read_text() + PART.format("Ils sont [[ count ]]."))
    page = folder / "docs/rejoindre.md"
    page.write_text(page.read_text() + '\n--8<-- "docs/badge.md:partie"\n')
    assert build(folder).returncode == 0
    assert "Ils sont 3." in (folder / "site/rejoindre/index.html").read_text()
    assert "[[ " not in (folder / "site/groupes/index.html").read_text()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda folder: (folder / REGISTER).unlink(), "data/signatories.yaml:1:1 : Le fichier ne"),
        (
            lambda folder: (folder / "docs/badge.md").write_bytes(b"# T\n\n\xe9\n"),
            "docs/badge.md:3:1 : Le fichier n’est pas enregistré en UTF-8",
        ),
        (
            lambda folder: (folder / "docs/charte/autre.md").write_text("- [[ commitment b-1 ]] x"),
            "docs/charte/autre.md:1:3 : [[ commitment b-1 ]] ne désigne rien.",
        ),
        (
            lambda folder: (
                (folder / "docs/rejoindre.md").write_text(PART.format("Voici [[ annex ]]."))
                and (folder / "docs/badge.md").write_text(
                    '# Badge\n\n--8<-- "docs/rejoindre.md:partie"\n'
                )
            ),
            "docs/badge.md:1:1 : Un bloc se trouve au milieu",
        ),
    ],
)
def test_what_cannot_be_read_or_filled_is_explained(
    change: Callable[[Path], object], message: str, folder: Path
) -> None:
    change(folder)
    result = run_mkdocs(folder, "build")
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("docs/secret.txt", "/etc/hostname"),
        ("docs/secret.md", "/etc/hostname"),
        ("docs/dossier", "/etc"),
        ("docs/perdu.md", "/nowhere"),
        ("theme/partials/secret.html", "/etc/hostname"),
        ("data/autre.yaml", "signatories.yaml"),
    ],
)
def test_a_link_among_the_files_of_a_build_is_refused(
    place: str, target: str, folder: Path
) -> None:
    """What it leads to on the machine that builds would be published."""
    (folder / place).symlink_to(target)
    result = run_mkdocs(folder, "build")
    assert result.returncode == 1
    name = place.rpartition("/")[2]
    assert f"{place}:1:1 : « {name} » est un lien symbolique : le site publierait" in result.stderr
    assert not (folder / "site").exists()


def test_a_folder_of_a_build_that_is_a_link_is_refused(folder: Path) -> None:
    (folder / "docs").rename(folder / "elsewhere")
    (folder / "docs").symlink_to("elsewhere")
    result = run_mkdocs(folder, "build")
    assert result.returncode == 1
    assert "docs:1:1 : « docs » est un lien symbolique" in result.stderr


def test_a_pipe_among_the_pages_keeps_nobody_waiting(folder: Path) -> None:
    os.mkfifo(folder / "docs/tuyau.md")
    result = run_mkdocs(folder, "build")
    assert result.returncode == 1
    assert "docs/tuyau.md:1:1 : « tuyau.md » n’est pas un fichier ordinaire" in result.stderr


def test_the_lock_of_an_editor_is_no_page(folder: Path) -> None:
    """Emacs leaves a link to nowhere beside what is being edited."""
    for place in ("docs/.#annexe.md", "docs/charte/.#index.md", "data/.#signatories.yaml"):
        (folder / place).symlink_to("somebody@machine.1234")
    assert build(folder, CHARTE_DRAWINGS="false").returncode == 0


def test_only_what_pages_ask_for_is_published(folder: Path) -> None:
    assert build(folder, CHARTE_DRAWINGS="false").returncode == 0
    styles = [path.name.split(".")[0] for path in (folder / "site/assets/stylesheets").iterdir()]
    assert styles == ["main"]
    assert not list((folder / "site").rglob("*.css.map"))
    assert not (folder / "site/assets/javascripts").exists()


def test_a_mould_left_out_of_the_build_makes_no_pages(folder: Path) -> None:
    config = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(f"{config}\nexclude_docs: groupes/_groupe.md\n")
    assert run_mkdocs(folder, "build").returncode == 0
    assert not (folder / "site/groupes/eig").exists()


def test_windows_line_ends_change_nothing(folder: Path) -> None:
    assert build(folder).returncode == 0
    before = fingerprint(folder / "site")
    for file in [folder / REGISTER, *(folder / "docs").rglob("*.md")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert build(folder).returncode == 0
    assert fingerprint(folder / "site") == before


LEFT = """
  - name: Parti/EIG
    slug: parti-eig
    listed: 2020-11-16
    group: EIG
    withdrawn:
      on: 2022-03-01
      reason: {reason}
"""


def test_who_withdrew_keeps_the_page_and_leaves_the_annex(folder: Path) -> None:
    append(folder, LEFT.format(reason="merged\n      successor: withings"))
    assert build(folder).returncode == 0
    page = (folder / "site/signataires/parti-eig/index.html").read_text()
    assert "A fusionné avec un autre signataire le 1er\xa0mars\xa02022." in page
    assert '<a href="../../signataires/withings/">WITHINGS</a>' in page
    assert "Parti" not in (folder / "site/annexe/index.html").read_text()
    assert "<strong>3</strong> signataires" in (folder / "site/index.html").read_text()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("retired", "n’est plus, depuis le 1er mars 2022, signataire de la charte"),
        ("listed-by-mistake", "a été cité par erreur à l’annexe de la charte"),
    ],
)
def test_who_is_no_signatory_is_not_called_one(reason: str, said: str, folder: Path) -> None:
    append(folder, LEFT.format(reason=reason))
    assert build(folder).returncode == 0
    page = (folder / "site/signataires/parti-eig/index.html").read_text()
    assert page.count(f"Parti/EIG {said}") >= 2  # its description, its citation
    assert "figure parmi les signataires" not in page
    assert "code-html" not in page
    badge = (folder / "site/badge/parti-eig.svg").read_text()
    assert ", signataire de la charte" not in badge


def test_a_group_keeps_its_page_when_its_last_signatory_leaves(folder: Path) -> None:
    append(folder, LEFT.format(reason="retired"))
    assert build(folder).returncode == 0
    page = (folder / "site/groupes/eig/index.html").read_text()
    assert "Anciens signataires" in page
    assert 'href="../../signataires/parti-eig/"' in page
    # Its letter has no heading left in the annex: the link leads to the annex itself.
    breadcrumb = (folder / "site/signataires/parti-eig/index.html").read_text()
    assert '<a href="../../annexe/">P</a>' in breadcrumb


def test_a_former_slug_leads_to_the_present_one(folder: Path) -> None:
    append(
        folder,
        "\n  - name: Nouveau\n    slug: nouveau\n    listed: 2020-11-16\n"
        "    former_slugs: [ancien]\n",
    )
    assert build(folder).returncode == 0
    page = (folder / "site/signataires/ancien/index.html").read_text()
    assert 'content="0; url=../../signataires/nouveau/"' in page
    badges = folder / "site/badge"
    assert (badges / "ancien.svg").read_bytes() == (badges / "nouveau.svg").read_bytes()


def test_a_slot_that_names_a_former_slug_means_the_present_one(folder: Path) -> None:
    """What holds for readers' links holds for the site's own pages."""
    register = folder / REGISTER
    text = register.read_text().replace(
        "slug: withings\n", "slug: withings-sante\n    former_slugs: [withings]\n"
    )
    register.write_text(text)
    (folder / "docs/badge.md").write_text(
        "# Badge\n\n[[ link withings ]]\n\n[[ badge_of withings ]]\n"
    )
    assert build(folder, CHARTE_DRAWINGS="false").returncode == 0
    page = (folder / "site/badge/index.html").read_text()
    assert '<a href="../signataires/withings-sante/">WITHINGS</a>' in page
    assert "badge/withings-sante.svg" in page


def test_what_is_known_of_a_signatory_is_shown(folder: Path) -> None:
    append(
        folder,
        "\n  - name: Connu\n    slug: connu\n    listed: 2020-11-16\n    signed: 2020-09-10\n"
        "    website: https://connu.example/?a=1&b=2\n    siren: 732829320\n"
        "    description: Une <b>description</b>.\n    actions:\n      - date: 2021-05-01\n"
        "        title: Une expérimentation\n        url: https://connu.example/essai\n"
        "        commitment: industriels-3\n",
    )
    assert build(folder).returncode == 0
    page = (folder / "site/signataires/connu/index.html").read_text()
    assert "10 septembre 2020" in page
    assert 'href="https://connu.example/?a=1&amp;b=2"' in page
    assert "732829320" in page
    assert "Une &lt;b&gt;description&lt;/b&gt;." in page
    assert '>1er mai 2021</time> <a href="https://connu.example/essai"' in page
    assert 'href="../../engagements/industriels-3/">Engagement 3 des industriels</a>' in page


@pytest.mark.parametrize(
    "name",
    [
        "< script > alert(1) < /script >",
        'a\\" onload=\\"alert(1)',
        "' onclick='alert(1)' & co",
        "{{ 7*7 }} [[ count ]]",
    ],
)
def test_a_hostile_name_stays_text(name: str, folder: Path) -> None:
    """Promise 4: no value in the data can run code, at build time or in a reader's browser.

    Names that hold markup are refused; `tests/attacks` publishes those too, past the rules.
    """
    # Placed and linked like EXELUS, so that their pages differ in text alone.
    append(
        folder,
        f'\n  - name: "E {name}"\n    slug: hostile\n    listed: 2020-11-16\n'
        "    see_also: [exelus]\n\n  - name: Zeta\n    slug: zeta\n    listed: 2020-11-16\n"
        "\n  - name: Alpha\n    slug: alpha\n    listed: 2020-11-16\n",
    )
    assert build(folder).returncode == 0
    hostile = elements(folder / "site/signataires/hostile/index.html")
    assert hostile == elements(folder / "site/signataires/exelus/index.html")


def elements(page: Path) -> Counter[tuple[str, ...]]:
    """Count a page's elements with the names of their attributes."""
    found: Counter[tuple[str, ...]] = Counter()

    class Elements(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found[(tag, *sorted(name for name, _ in attrs))] += 1

    Elements().feed(page.read_text())
    return found


SOURCE = "https://forge.example/charte/blob/{commit}/data/signatories.yaml#L{first}-L{last}"
COMMIT = "https://forge.example/charte/commit/{commit}"


def test_a_page_says_since_when_its_entry_is_there_and_leads_to_its_lines(folder: Path) -> None:
    first = commit_all(folder, "2024-01-15")
    append(folder, "\n  - name: Alpha\n    slug: alpha\n    listed: 2020-11-16\n")
    text = (folder / REGISTER).read_text()
    (folder / REGISTER).write_text(
        text.replace("slug: withings\n", "slug: withings\n    note: x\n")
    )
    second = commit_all(folder, "2025-02-01")
    assert build(folder, REGISTER_SOURCE=SOURCE, REGISTER_COMMIT=COMMIT).returncode == 0
    page = (folder / "site/signataires/withings/index.html").read_text()
    assert f'href="{COMMIT.format(commit=first)}" rel="noopener">révision {first[:10]}<' in page
    assert f'href="{COMMIT.format(commit=second)}" rel="noopener">révision {second[:10]}<' in page
    assert ">15 janvier 2024<" in page
    assert ">1er février 2025<" in page
    found = re.search(rf"blob/{second}/data/signatories\.yaml#L(\d+)-L(\d+)\"", page)
    assert found
    lines = (folder / REGISTER).read_text().splitlines()[int(found[1]) - 1 : int(found[2])]
    assert lines[0] == "  - name: WITHINGS"
    assert lines[-1].startswith("    listed:")
    untouched = (folder / "site/signataires/exelus/index.html").read_text()
    assert second not in untouched
    assert f"blob/{first}/" in untouched


def test_an_entry_added_above_moves_nobodys_link(folder: Path) -> None:
    """Promise 3: lines are those of the commit that wrote them."""
    commit_all(folder, "2024-01-15")
    build(folder, REGISTER_SOURCE=SOURCE)
    before = (folder / "site/signataires/withings/index.html").read_bytes()
    text = (folder / REGISTER).read_text()
    entry = "  - name: A\n    slug: a\n    listed: 2020-11-16\n\n"
    (folder / REGISTER).write_text(text.replace("  - name: EXELUS", f"{entry}  - name: EXELUS"))
    commit_all(folder, "2024-01-16")
    assert build(folder, REGISTER_SOURCE=SOURCE).returncode == 0
    assert (folder / "site/signataires/withings/index.html").read_bytes() == before


def test_without_a_history_a_page_says_that_it_is_unknown(folder: Path) -> None:
    assert build(folder, REGISTER_SOURCE=SOURCE).returncode == 0
    page = (folder / "site/signataires/withings/index.html").read_text()
    assert "ajout à une date inconnue" in page
    assert "dans le dépôt" not in page


@pytest.mark.parametrize(
    ("variable", "template", "said"),
    [
        ("REGISTER_SOURCE", "javascript:alert(1)", "L’adresse du registre dans le dépôt"),
        ("REGISTER_SOURCE", SOURCE.replace("{commit}", "main"), "L’adresse du registre"),
        ("REGISTER_COMMIT", "https://forge.example/", "L’adresse d’une révision dans le dépôt"),
    ],
)
def test_an_address_of_the_repository_that_leads_nowhere_is_explained(
    variable: str, template: str, said: str, folder: Path
) -> None:
    result = build(folder, **{variable: template})
    assert result.returncode == 1
    assert f"{said}" in result.stderr
    assert f"« {template} », est incomplète." in result.stderr


def test_the_site_stands_in_a_folder_of_a_host_too(folder: Path) -> None:
    assert build(folder, SITE_URL="https://host.example/charte/").returncode == 0
    page = (folder / "site/signataires/withings/index.html").read_text()
    assert '<link rel="canonical" href="https://host.example/charte/signataires/withings/">' in page
    assert 'action="/charte/annexe/"' in (folder / "site/404.html").read_text()


def test_the_same_input_gives_the_same_bytes(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Promise 3: neither the order in the file, nor the day, nor the machine shows."""
    other = tmp_path_factory.mktemp("other") / "elsewhere"
    shutil.copytree(folder, other)
    for place in (folder, other):
        append(place, "\n  - name: Jumeau\n    slug: jumeau\n    listed: 2020-11-16\n    siren: ")
        append(place, "732829320\n\n  - name: JUMEAU\n    slug: jumeau-2\n    listed: 2020-11-16\n")
    header, *entries = (other / REGISTER).read_text().split("\n  - name: ")
    shuffled = [entry.rstrip("\n") + "\n" for entry in reversed(entries)]
    (other / REGISTER).write_text("\n  - name: ".join([header, *shuffled]))
    assert build(folder, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C").returncode == 0
    assert build(other, PYTHONHASHSEED="2", TZ="Asia/Tokyo", SOURCE_DATE_EPOCH="1").returncode == 0
    assert fingerprint(folder / "site") == fingerprint(other / "site")


MOST_SHARED = 25


def test_one_more_signatory_changes_its_own_files_and_few_shared_ones(folder: Path) -> None:
    """Promise 3: one signatory added changes nothing else, whatever the size of the register."""
    commit_all(folder, "2024-01-15")
    assert build(folder, REGISTER_SOURCE=SOURCE).returncode == 0
    before = fingerprint(folder / "site")
    append(folder, "\n  - name: Zeta\n    slug: zeta\n    listed: 2024-01-16\n")
    commit_all(folder, "2024-01-16")
    assert build(folder, REGISTER_SOURCE=SOURCE).returncode == 0
    after = fingerprint(folder / "site")
    changed = {uri for uri in after if after[uri] != before.get(uri)}
    assert not set(before) - set(after)
    own = {uri for uri in changed if "zeta" in uri}
    neighbour = {"signataires/withings/index.html"}
    edition = {"annexe/2024-01-16/index.html", "annexe/2024-01-16/charte.pdf"}
    # Its page, two badges, its card, its record, for shields, for oEmbed, its assertion.
    assert len(own) == 8
    shared = changed - own - neighbour - edition
    assert shared == {
        "annexe/index.html",
        "index.html",
        "charte/index.html",
        "charte.pdf",
        "a-propos/index.html",
        "en/about/index.html",
        "journal/index.html",
        "journal/atom.xml",
        "donnees/index.html",
        "donnees/signataires.json",
        "donnees/signataires.jsonl",
        "donnees/signataires.csv",
        "donnees/signataires-excel.csv",
        "donnees/datapackage.json",
        "api/v1/signataires.json",
        "api/v1/editions.json",
        "recherche.json",
        "sitemap.xml",
    }
    assert len(shared) <= MOST_SHARED


def test_serve_shows_an_edit_of_the_register_within_two_seconds(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", where]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            address = f"http://{where}/annexe/"
            assert "Zeta" not in wait_for(address, "WITHINGS", seconds=20)
            append(folder, "\n  - name: Zeta\n    slug: zeta\n    listed: 2020-11-16\n")
            wait_for(address, "Zeta", seconds=2)
        finally:
            server.terminate()


def wait_for(address: str, text: str, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own server
                page: str = answer.read().decode()
        except OSError:
            page = ""
        if text in page:
            return page
        time.sleep(0.05)
    raise AssertionError(f"« {text} » did not appear within {seconds} s")
