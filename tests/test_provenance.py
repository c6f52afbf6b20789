"""Where entries come from, told by real repositories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from charte.register.model import Register
from charte.register.provenance import UNKNOWN, Commit, Provenance, provenances

FILE = "data/signatories.yaml"
HEADER = "edition: 2020-11-16\n\nsignatories:\n"
ALPHA = "  - name: Alpha\n    slug: alpha\n    listed: 2020-11-16\n"
BETA = "  - name: Bêta\n    slug: beta\n    listed: 2020-11-16\n"
GAMMA = "  - name: Gamma\n    slug: gamma\n    listed: 2020-11-16\n"
ALPHA_WITH_SITE = f"{ALPHA}    website: https://alpha.example\n"
FIRST_DAY = date(2021, 3, 1)


def text(*entries: str, header: str = HEADER) -> str:
    return header + "\n".join(entries)


@dataclass(frozen=True)
class Repository:
    """A real repository, whose commits are a day apart from each other."""

    folder: Path

    def git(self, *arguments: str, data: bytes = b"") -> str:
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=self.folder, input=data, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def history(self, *versions: str | bytes | None, file: str = FILE) -> list[Commit]:
        """Commit versions of the register, one after another; None deletes the file."""
        quoted = '"{}"'.format(file.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
        stream = [b"feature done\nreset refs/heads/main\n"]
        days = [FIRST_DAY + timedelta(number) for number in range(len(versions))]
        for day, version in zip(days, versions, strict=True):
            seconds = (day - date(1970, 1, 1)).days * 86400
            stream.append(
                f"commit refs/heads/main\ncommitter A <a@b.example> {seconds} +0000\n".encode()
            )
            stream.append(b"data 0\n")
            if version is None:
                stream.append(f"D {quoted}\n".encode())
                continue
            data = version.encode() if isinstance(version, str) else version
            stream.append(f"M 100644 inline {quoted}\ndata {len(data)}\n".encode() + data + b"\n")
        self.git("fast-import", "--quiet", "--force", data=b"".join([*stream, b"done\n"]))
        names = self.git("rev-list", "--reverse", "main").split()
        return [Commit(name, day) for name, day in zip(names, days, strict=True)]

    def commit(self, version: str) -> Commit:
        """Commit a version as a person does, above those that there are."""
        path = self.folder / FILE
        path.parent.mkdir(exist_ok=True)
        path.write_text(version)
        self.git("add", ".")
        self.git("commit", "-qm", "Edit")
        return self.head()

    def head(self) -> Commit:
        name, day = self.git("log", "-1", "--format=%H %cs").split()
        return Commit(name, date.fromisoformat(day))

    def provenances(self, present: str, file: str = FILE) -> dict[str, Provenance]:
        return provenances(register(present), self.folder, file)


def loaded(version: str) -> Any:
    """Read YAML with every value as text: a field is named `on`."""
    return yaml.load(version, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but texts


def register(present: str) -> Register:
    return Register.model_validate(loaded(present))


@pytest.fixture(autouse=True, scope="module")
def nobody() -> Iterator[None]:
    """Let git know no user, no system and no clock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_NAME", "A")
            patch.setenv(f"GIT_{who}_EMAIL", "a@b.example")
            patch.setenv(f"GIT_{who}_DATE", "2021-06-01T23:30:00-0500")
        yield


def initialised(folder: Path) -> Repository:
    folder.mkdir(parents=True, exist_ok=True)
    made = Repository(folder)
    made.git("init", "-q", "-b", "main")
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return initialised(tmp_path / "repository")


# What an entry's provenance is


def test_an_entry_is_added_then_changed(repository: Repository) -> None:
    now = text(ALPHA, BETA + "    siren: '123456782'\n")
    one, two, three = repository.history(text(ALPHA), text(ALPHA, BETA), now)
    assert repository.provenances(now) == {
        "alpha": Provenance(one, one, (4, 6)),
        "beta": Provenance(two, three, (8, 11)),
    }


def test_one_commit_may_bring_several_entries(repository: Repository) -> None:
    now = text(ALPHA, BETA, GAMMA)
    _, two = repository.history(text(BETA), now)
    found = repository.provenances(now)
    assert found["alpha"] == Provenance(two, two, (4, 6))
    assert found["gamma"] == Provenance(two, two, (12, 14))


def test_lines_are_those_of_the_commit_that_changed_the_entry(repository: Repository) -> None:
    now = text(GAMMA, BETA, ALPHA_WITH_SITE)
    _, two, _ = repository.history(text(ALPHA), text(ALPHA_WITH_SITE), now)
    assert repository.provenances(now)["alpha"].lines == (4, 7)
    assert repository.provenances(now)["alpha"].changed == two


def test_the_day_is_the_one_that_the_committer_lived(repository: Repository) -> None:
    """23:30 on 1 June in Bogotá is 2 June in Paris."""
    committed = repository.commit(text(ALPHA))
    assert repository.provenances(text(ALPHA))["alpha"].added == committed
    assert committed.day == date(2021, 6, 1)


FLOW = "  - {name: Alpha, slug: 'alpha', listed: 2020-11-16, website: 'https://alpha.example'}\n"
INDENTED = "\n".join(f"  {line}" for line in ALPHA_WITH_SITE.split("\n")[:-1]) + "\n"


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(text(BETA, ALPHA_WITH_SITE), id="moved"),
        pytest.param(
            text(INDENTED, BETA.replace("\n  ", "\n    ").replace("  -", "    -")), id="in"
        ),
        pytest.param(text(ALPHA_WITH_SITE.replace("alpha\n", '"alpha"\n'), BETA), id="quoted"),
        pytest.param(text(FLOW, BETA), id="between-braces"),
        pytest.param(text(ALPHA_WITH_SITE.replace("  - ", "  -\n    "), BETA), id="dash"),
        pytest.param(text("  # Un mot sur Alpha.\n" + ALPHA_WITH_SITE, BETA), id="comment-above"),
        pytest.param(text(ALPHA_WITH_SITE + "    # Un mot.\n", BETA), id="comment-below"),
        pytest.param(
            text(ALPHA_WITH_SITE.replace("a\n", "a # Un mot.\n"), BETA), id="comment-beside"
        ),
        pytest.param(text(ALPHA_WITH_SITE + "\n\n", BETA), id="blank-lines"),
        pytest.param(text(ALPHA_WITH_SITE, BETA).replace("2020", "2021", 1), id="edition"),
        pytest.param("# Registre\n" + text(ALPHA_WITH_SITE, BETA), id="header"),
        pytest.param(text(ALPHA_WITH_SITE, BETA).replace("\n", "\r\n"), id="line-ends"),
        pytest.param(text(ALPHA_WITH_SITE, BETA)[:-1], id="no-last-line-end"),
        pytest.param(text(ALPHA_WITH_SITE, BETA, GAMMA), id="another-added"),
        pytest.param(text(ALPHA_WITH_SITE), id="another-deleted"),
    ],
)
def test_what_an_entry_does_not_say_does_not_change_it(later: str, repository: Repository) -> None:
    one, two, _ = repository.history(text(ALPHA, BETA), text(ALPHA_WITH_SITE, BETA), later)
    found = repository.provenances(text(ALPHA_WITH_SITE))
    assert found["alpha"] == Provenance(one, two, (4, 7))


def test_lines_are_right_where_a_commit_changes_several_places(repository: Repository) -> None:
    longer = f"{GAMMA}    group: C\n"
    now = text(ALPHA_WITH_SITE, BETA, BETA.replace("beta", "bis"), longer, header=f"# R\n{HEADER}")
    before = text(ALPHA, BETA, BETA.replace("beta", "bis"), GAMMA)
    one, two = repository.history(before, now)
    assert repository.provenances(now) == {
        "alpha": Provenance(one, two, (5, 8)),
        "beta": Provenance(one, one, (8, 10)),
        "bis": Provenance(one, one, (12, 14)),
        "gamma": Provenance(one, two, (18, 21)),
    }


def test_a_comment_that_becomes_text_changes_the_entry(repository: Repository) -> None:
    before, after = (
        text(f"{ALPHA}    description: {sign}\n\n      # Un mot.\n", BETA) for sign in ("E.", "|")
    )
    one, two = repository.history(before, after)
    assert repository.provenances(after)["alpha"] == Provenance(one, two, (4, 9))


def test_a_withdrawal_is_a_change(repository: Repository) -> None:
    left = f"{ALPHA}    withdrawn:\n      on: 2021-06-30\n      reason: retired\n"
    one, two = repository.history(text(ALPHA), text(left))
    assert repository.provenances(text(left))["alpha"] == Provenance(one, two, (4, 9))


def test_lines_stop_before_comments_and_blank_lines(repository: Repository) -> None:
    now = text(f"  # Avant.\n{ALPHA}\n    # Après.\n\n", BETA)
    (one,) = repository.history(now)
    assert repository.provenances(now)["alpha"] == Provenance(one, one, (5, 7))


def test_an_entry_between_braces_has_its_lines(repository: Repository) -> None:
    braces = "  - {name: Alpha,\n     slug: alpha,\n     listed: 2020-11-16}\n"
    one, two = repository.history(text(BETA), text(BETA, braces))
    found = repository.provenances(text(BETA, braces))
    assert found == {"beta": Provenance(one, one, (4, 6)), "alpha": Provenance(two, two, (8, 10))}


def test_lines_may_end_as_windows_ends_them(repository: Repository) -> None:
    versions = text(ALPHA), text(ALPHA, BETA), text(ALPHA_WITH_SITE, BETA)
    one, two, three = repository.history(*(each.replace("\n", "\r\n") for each in versions))
    assert repository.provenances(versions[-1]) == {
        "alpha": Provenance(one, three, (4, 7)),
        "beta": Provenance(two, two, (8, 10)),
    }


def test_the_list_need_not_be_indented_nor_last(repository: Repository) -> None:
    before, after = (
        f"signatories:\n{one.replace('    ', '  ').replace('  -', '-')}edition: 2020-11-16\n"
        for one in (ALPHA + BETA, ALPHA + BETA + GAMMA)
    )
    one, two = repository.history(before, after)
    found = repository.provenances(after)
    assert found["beta"] == Provenance(one, one, (5, 7))
    assert found["gamma"] == Provenance(two, two, (8, 10))


# Entries that change their identifier, go, and come back

RENAMED = ALPHA.replace("slug: alpha", "slug: omega") + "    former_slugs: [alpha]\n"


def test_history_is_followed_to_a_new_slug(repository: Repository) -> None:
    again = RENAMED.replace("slug: omega", "slug: psi").replace("[alpha]", "[alpha, omega]")
    versions = text(ALPHA, BETA), text(RENAMED, BETA), text(BETA, again), text(GAMMA, BETA, again)
    one, _, three, _ = repository.history(*versions)
    assert repository.provenances(versions[-1])["psi"] == Provenance(one, three, (8, 11))


def test_a_new_slug_that_is_not_committed_has_the_old_one_s_history(repository: Repository) -> None:
    (one,) = repository.history(text(ALPHA))
    assert repository.provenances(text(RENAMED))["omega"] == Provenance(one, one, (4, 6))


def test_an_entry_that_takes_in_another_keeps_its_own_history(repository: Repository) -> None:
    merged = f"{ALPHA}    former_slugs: [beta]\n"
    _, two, three = repository.history(text(BETA), text(BETA, ALPHA), text(merged))
    assert repository.provenances(text(merged))["alpha"] == Provenance(two, three, (4, 7))


def test_a_slug_that_changes_without_a_redirect_is_a_new_entry(repository: Repository) -> None:
    other = ALPHA.replace("slug: alpha", "slug: omega")
    _, two = repository.history(text(ALPHA), text(other))
    assert repository.provenances(text(other))["omega"] == Provenance(two, two, (4, 6))


def test_an_entry_that_follows_two_has_the_history_of_the_later_slug(
    repository: Repository,
) -> None:
    both = RENAMED.replace("[alpha]", "[alpha, beta]")
    _, two, three = repository.history(text(ALPHA), text(ALPHA, BETA), text(both))
    assert repository.provenances(text(both))["omega"] == Provenance(two, three, (4, 7))


def test_an_entry_beside_the_one_that_it_will_replace_is_new(repository: Repository) -> None:
    versions = text(ALPHA), text(RENAMED, ALPHA_WITH_SITE), text(RENAMED)
    _, two, _ = repository.history(*versions)
    assert repository.provenances(text(RENAMED))["omega"] == Provenance(two, two, (4, 7))


@pytest.mark.parametrize("between", [text(BETA), text(), text().replace(":\n", ": []\n")])
def test_an_entry_deleted_and_brought_back_comes_from_its_return(
    between: str, repository: Repository
) -> None:
    _, _, three = repository.history(text(ALPHA, BETA), between, text(ALPHA, BETA))
    found = repository.provenances(text(ALPHA, BETA))
    assert found["alpha"] == Provenance(three, three, (4, 6))


# Versions that say nothing

BROKEN = [
    pytest.param(text(ALPHA, BETA).replace("    slug: alpha", "\tslug: alpha"), id="tab"),
    pytest.param(text(f"<<<<<<< HEAD\n{ALPHA}=======\n>>>>>>> autre\n", BETA), id="conflict"),
    pytest.param(text(ALPHA.replace("Alpha", '"Alpha'), BETA), id="open-quote"),
    pytest.param(text(ALPHA, BETA, ALPHA), id="twice"),
    pytest.param(text(ALPHA.replace("slug: alpha", "slug:"), BETA), id="no-slug"),
    pytest.param(text(ALPHA.replace("slug: alpha", "slug: [a]"), BETA), id="several-slugs"),
    pytest.param(text("  - Alpha\n", BETA), id="no-fields"),
    pytest.param(text(ALPHA, BETA.replace("  - ", "    ")), id="no-dash"),
    pytest.param(text(ALPHA, BETA).replace("signatories:", "signataires:"), id="no-list"),
    pytest.param("", id="empty"),
    pytest.param(b"\xff\xfe\0\0" * 100, id="binary"),
    pytest.param(None, id="deleted"),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_version_that_cannot_be_read_says_nothing(
    broken: str | bytes | None, repository: Repository
) -> None:
    now = text(ALPHA_WITH_SITE, BETA, GAMMA)
    one, _, three = repository.history(text(ALPHA, BETA), broken, now)
    assert repository.provenances(now) == {
        "alpha": Provenance(one, three, (4, 7)),
        "beta": Provenance(one, one, (8, 10)),
        "gamma": Provenance(three, three, (13, 15)),
    }


@pytest.mark.parametrize("broken", BROKEN)
def test_what_follows_an_unreadable_beginning_is_known(
    broken: str | bytes | None, repository: Repository
) -> None:
    _, two, three = repository.history(broken, text(ALPHA, BETA), text(ALPHA_WITH_SITE, BETA))
    found = repository.provenances(text(ALPHA_WITH_SITE, BETA))
    assert found["alpha"] == Provenance(two, three, (4, 7))
    assert found["beta"] == Provenance(two, two, (8, 10))


def test_an_invisible_character_hides_nothing(repository: Repository) -> None:
    """Such a character does not keep a version from being read, and was allowed once."""
    soft = "# Un\u00admot.\n"
    versions = text(ALPHA, header=soft + HEADER), text(ALPHA, BETA, header=soft + HEADER)
    one, two, _ = repository.history(*versions, text(ALPHA, BETA))
    assert repository.provenances(text(ALPHA, BETA)) == {
        "alpha": Provenance(one, one, (5, 7)),
        "beta": Provenance(two, two, (9, 11)),
    }


def test_entries_without_lines_of_their_own_are_not_told_apart(repository: Repository) -> None:
    one = "{name: Alpha, slug: alpha, listed: 2020-11-16}"
    now = f"edition: 2020-11-16\nsignatories: [{one}]\n"
    repository.history(now, f"# Registre\n{now}")
    assert repository.provenances(now) == {"alpha": UNKNOWN}


def test_lines_that_git_does_not_count_are_not_given(repository: Repository) -> None:
    now = text(ALPHA, BETA).replace("\n", "\r")
    repository.history(now)
    assert repository.provenances(now) == {"alpha": UNKNOWN, "beta": UNKNOWN}


# What git knows, and what it does not


def test_what_is_merged_belongs_to_the_merge(repository: Repository) -> None:
    one = repository.commit(text(ALPHA, BETA, GAMMA))
    repository.git("switch", "-qc", "proposal")
    repository.commit(text(ALPHA_WITH_SITE, BETA, GAMMA))
    repository.git("switch", "-q", "main")
    repository.commit(text(ALPHA, BETA, GAMMA, header=f"# Registre\n{HEADER}"))
    repository.git("merge", "-q", "--no-ff", "--no-edit", "proposal")
    found = repository.provenances(text(ALPHA_WITH_SITE, BETA, GAMMA))
    assert found["alpha"] == Provenance(one, repository.head(), (5, 8))
    assert found["beta"] == Provenance(one, one, (8, 10))


def test_an_edit_that_is_not_committed_is_not_told(repository: Repository) -> None:
    (one,) = repository.history(text(ALPHA))
    assert repository.provenances(text(ALPHA_WITH_SITE, BETA)) == {
        "alpha": Provenance(one, one, (4, 6)),
        "beta": UNKNOWN,
    }


def test_without_git_nothing_is_known(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.history(text(ALPHA))
    monkeypatch.setenv("PATH", str(repository.folder))
    assert repository.provenances(text(ALPHA)) == {"alpha": UNKNOWN}


def test_without_a_repository_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert provenances(register(text(ALPHA)), tmp_path, FILE) == {"alpha": UNKNOWN}


def test_without_a_commit_nothing_is_known(repository: Repository) -> None:
    assert repository.provenances(text(ALPHA)) == {"alpha": UNKNOWN}


def test_of_a_file_that_is_not_committed_nothing_is_known(repository: Repository) -> None:
    repository.history(text(ALPHA), file="data/another.yaml")
    assert repository.provenances(text(ALPHA)) == {"alpha": UNKNOWN}


def test_a_damaged_repository_tells_nothing(repository: Repository) -> None:
    repository.commit(text(ALPHA))
    one = repository.git("rev-parse", f"HEAD:{FILE}")
    repository.commit(text(ALPHA_WITH_SITE))
    (repository.folder / f".git/objects/{one[:2]}/{one[2:]}").unlink()
    assert repository.provenances(text(ALPHA)) == {"alpha": UNKNOWN}


def test_a_commit_dated_beyond_the_calendar_is_not_named(repository: Repository) -> None:
    stream = (
        "commit refs/heads/main\ncommitter A <a@b.example> 253402300800 +0000\ndata 0\n"
        f"M 100644 inline {FILE}\ndata {len(text(ALPHA))}\n{text(ALPHA)}\n"
    )
    repository.git("fast-import", "--quiet", data=stream.encode())
    assert repository.git("log", "--format=%cs").startswith("10000-")
    assert repository.provenances(text(ALPHA)) == {"alpha": UNKNOWN}


def shallow(repository: Repository, tmp_path: Path, depth: int) -> Repository:
    source = repository.folder.as_uri()
    repository.git("clone", "-q", "--depth", str(depth), source, str(tmp_path / "shallow"))
    return Repository(tmp_path / "shallow")


def test_a_shallow_clone_knows_what_came_after_its_boundary(
    repository: Repository, tmp_path: Path
) -> None:
    now = text(ALPHA_WITH_SITE, BETA, GAMMA)
    *_, last = repository.history(text(ALPHA), text(ALPHA, BETA), now)
    assert shallow(repository, tmp_path, 2).provenances(now) == {
        "alpha": Provenance(None, last, (4, 7)),
        "beta": UNKNOWN,
        "gamma": Provenance(last, last, (13, 15)),
    }


def test_a_boundary_that_cannot_be_read_proves_nothing_either(
    repository: Repository, tmp_path: Path
) -> None:
    now = text(ALPHA_WITH_SITE, BETA)
    versions = text(ALPHA), text(ALPHA, "- \n"), text(ALPHA), now
    *_, last = repository.history(*versions)
    assert shallow(repository, tmp_path, 3).provenances(now) == {
        "alpha": Provenance(None, last, (4, 7)),
        "beta": Provenance(last, last, (9, 11)),
    }


# Whatever stands around


def test_the_project_may_be_a_folder_of_the_repository(repository: Repository) -> None:
    one, two = repository.history(text(ALPHA), text(ALPHA, BETA), file=f"sites/charte/{FILE}")
    folder = repository.folder / "sites/charte"
    folder.mkdir(parents=True)
    found = provenances(register(text(ALPHA, BETA)), folder, FILE)
    assert [found[slug].added for slug in ("alpha", "beta")] == [one, two]


@pytest.mark.parametrize("name", ["à b.yaml", ':(top)"x"\\.yaml', "*", "-p", "a\n@@ -1 +1 @@"])
def test_the_name_of_the_file_does_not_matter(name: str, repository: Repository) -> None:
    one, two = repository.history(text(ALPHA), text(ALPHA, BETA), file=name)
    found = repository.provenances(text(ALPHA, BETA), name)
    assert [found[slug].added for slug in ("alpha", "beta")] == [one, two]


def test_a_register_that_was_once_a_folder_or_a_link(repository: Repository) -> None:
    one = repository.commit(text(ALPHA))
    path = repository.folder / FILE
    path.unlink()
    path.mkdir()
    (path / "autre.yaml").write_text(text(BETA))
    repository.git("add", ".")
    repository.git("commit", "-qm", "Make a folder of it")
    (path / "autre.yaml").unlink()
    path.rmdir()
    path.symlink_to("ailleurs.yaml")
    repository.git("add", ".")
    repository.git("commit", "-qm", "Make a link of it")
    path.unlink()
    last = repository.commit(text(BETA, ALPHA))
    assert repository.provenances(text(BETA, ALPHA)) == {
        "beta": Provenance(last, last, (4, 6)),
        "alpha": Provenance(one, one, (4, 6)),
    }


HOSTILE = f"""{ALPHA}    description: "
-- a/data/signatories.yaml
++ b/data/signatories.yaml
@@ -1 +1 @@
commit 0000000000000000000000000000000000000000 2020-01-01
diff --git a/x b/x
\\ No newline at end of file
  - name: Bêta
    slug: beta
    listed: 2020-11-16 # "
"""


def test_no_value_passes_for_what_git_says_or_for_an_entry(repository: Repository) -> None:
    changed = HOSTILE.replace("-- a", "-- c").replace("2020-01-01", "2020-01-02")
    longer = changed.replace("slug: beta", "slug: beta\n    group: C")
    versions = (
        text(BETA),
        text(HOSTILE, BETA),
        text(changed, BETA),
        text(longer, BETA),
        text(HOSTILE, BETA),
        text(BETA),
        text(BETA, HOSTILE),
        text(BETA, changed),
    )
    commits = repository.history(*versions)
    assert repository.provenances(text(BETA, changed)) == {
        "alpha": Provenance(commits[-2], commits[-1], (8, 20)),
        "beta": Provenance(commits[0], commits[0], (4, 6)),
    }


def test_text_that_looks_like_an_entry_is_none(repository: Repository) -> None:
    """A block of text may go on after a blank line."""
    described = f"{ALPHA}    description: |\n      Un mot.\n\n"
    disguised = described + BETA.replace("  ", "      ", 1).replace("\n    ", "\n        ")
    versions = text(described), text(disguised), text(disguised, BETA)
    one, two, three = repository.history(*versions)
    assert repository.provenances(text(disguised, BETA)) == {
        "alpha": Provenance(one, two, (4, 12)),
        "beta": Provenance(three, three, (14, 16)),
    }


CONFIGURATION = """
[color]
    ui = always
[core]
    attributesFile = {attributes}
[diff]
    algorithm = patience
    context = 3
    external = false
    interHunkContext = 9
    mnemonicPrefix = true
    noprefix = true
    renames = copies
    suppressBlankEmpty = true
[diff "odd"]
    binary = true
    command = false
    textconv = false
[format]
    pretty = oneline
[log]
    date = relative
    decorate = full
    diffMerges = combined
    follow = true
    showRoot = false
    showSignature = true
"""


def test_the_user_s_configuration_does_not_matter(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attributes = tmp_path / "attributes"
    attributes.write_text("*.yaml diff=odd\n")
    configuration = tmp_path / "configuration"
    configuration.write_text(CONFIGURATION.format(attributes=attributes))
    now = text(ALPHA_WITH_SITE, GAMMA, BETA + "\n")
    one, two, three = repository.history(text(ALPHA), text(ALPHA, GAMMA, BETA), now)
    expected = {
        "alpha": Provenance(one, three, (4, 7)),
        "gamma": Provenance(two, two, (8, 10)),
        "beta": Provenance(two, two, (12, 14)),
    }
    assert repository.provenances(now) == expected
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configuration))
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=5")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert repository.provenances(now) == expected


SIGNER = """#!/bin/sh
cat > /dev/null
echo "@@ -1 +1 @@" >&2
echo "[GNUPG:] SIG_CREATED " >&2
echo "-----BEGIN PGP SIGNATURE-----"
"""


def test_what_is_said_of_a_signature_is_not_read(repository: Repository, tmp_path: Path) -> None:
    signer = tmp_path / "signer"
    signer.write_text(SIGNER)
    signer.chmod(0o755)
    repository.git("config", "gpg.program", str(signer))
    repository.git("config", "commit.gpgSign", "true")
    one = repository.commit(text(ALPHA))
    repository.git("config", "log.showSignature", "true")
    assert "gpgsig" in repository.git("cat-file", "commit", "HEAD")
    assert repository.provenances(text(ALPHA))["alpha"].added == one


# All of it at once

STYLES = [
    "  - name: >-\n      {name}\n    slug: {slug}\n    listed: 2020-11-16\n",
    "  - {{slug: '{slug}', name: \"{name}\", listed: 2020-11-16}}\n",
    "  -\n    listed: 2020-11-16\n    slug: {slug}\n    name: |-\n      {name}\n",
    "  - slug: \"{slug}\"\n\n    # Un mot.\n    name: '{name}'\n    listed: 2020-11-16\n",
    '  - {{listed: 2020-11-16,\n\nname: "{name}",\n  slug: {slug}}}\n',
]
NAMES = ["Alpha", "@@ -1 +1 @@", "commit 0", "-- a", "++ b"]
BETWEEN = ["", "", "\n", "  # Un mot.\n", "# Un mot.\n\n"]
HEADERS = [HEADER, HEADER.replace("20", "21"), "# Registre\nsignatories:\n", "signatories:\n\n"]


@st.composite
def versions(draw: st.DrawFn) -> str:
    """Write a register of a few entries in some order, each in some style."""
    pieces = [draw(st.sampled_from(HEADERS))]
    for slug in draw(st.lists(st.sampled_from("abcd"), max_size=4, unique=True)):
        style, name = draw(st.sampled_from(STYLES)), draw(st.sampled_from(NAMES))
        pieces += [style.format(slug=slug, name=name), draw(st.sampled_from(BETWEEN))]
    return "".join(pieces)


def said(version: str) -> dict[str, Any]:
    """Read a version whole, and give what each entry says."""
    return {entry["slug"]: entry for entry in loaded(version)["signatories"]}


def by_comparing(history: list[str], commits: list[Commit]) -> dict[str, tuple[Commit, Commit]]:
    """Tell when entries came and changed by reading every version whole."""
    found: dict[str, tuple[Commit, Commit]] = {}
    before: dict[str, Any] = {}
    for version, commit in zip(history, commits, strict=True):
        after = said(version)
        for slug, value in after.items():
            if slug not in before:
                found[slug] = commit, commit
            elif value != before[slug]:
                found[slug] = found[slug][0], commit
        before = after
    return {slug: found[slug] for slug in before}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return initialised(tmp_path_factory.mktemp("shared"))


@settings(max_examples=30, deadline=None)
@given(st.lists(versions(), min_size=1, max_size=6))
def test_replaying_tells_what_comparing_whole_versions_would(
    shared: Repository, history: list[str]
) -> None:
    commits = shared.history(*history)
    entries = said(history[-1])
    present = Register.model_validate({"edition": FIRST_DAY, "signatories": [*entries.values()]})
    found = provenances(present, shared.folder, FILE)
    expected = by_comparing(history, commits)
    assert {slug: (one.added, one.changed) for slug, one in found.items()} == expected
    for slug, one in found.items():
        assert one.changed
        assert one.lines
        first, last = one.lines
        lines = history[commits.index(one.changed)].split("\n")[first - 1 : last]
        assert loaded("\n".join(lines)) == [entries[slug]]
        assert lines[-1].strip()
        assert not lines[-1].lstrip().startswith("#")


def test_a_long_history_takes_little_time(repository: Repository) -> None:
    """The promise is a second; the processors' time is one that a busy machine hardly stretches."""
    added = [ALPHA.replace("lpha", f"lpha-{number}") for number in range(361)]
    entries, history = [*added], []
    for number in range(2000):
        place = number * 7 % 361
        entries[place] = f"{added[place]}    description: Version {number}.\n"
        history.append(text(*entries))
    repository.history(*history)
    present = register(history[-1])
    before = sum(os.times()[:4])  # ours and git's
    found = provenances(present, repository.folder, FILE)
    assert sum(os.times()[:4]) - before < 2
    assert UNKNOWN not in found.values()
