"""All that is wrong with a register and what goes with it, and with what it makes forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from charte.charter import Commitment, commitments_for
from charte.clock import earliest_day, latest_day, today
from charte.commands.comparing import Compared, is_own
from charte.files import CHARTER, read_bytes, root_of, taken_slugs
from charte.problems import InvalidInput, Problem, Severity
from charte.publication.checking import FILE as PUBLICATION
from charte.publication.checking import read_publication
from charte.register.against import (
    charter_problems,
    commitment_problems,
    history_problems,
    unread_base,
)
from charte.register.checking import Check, check_register
from charte.register.closed import CLOSED
from charte.register.forgetting import identifiers_in
from charte.register.published import Published, read_published
from charte.register.revisions import UnreadableRevision, changed_files, files_at, incomplete
from charte.seals import text_problems

_MOST = 1000  # things forgotten: a machine forgot the rest


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found.

    Attributes:
        entries: how many entries were read.
        problems: all that is wrong, in order.
        sources: the text of each file that a problem may stand in, by the name that it has there.
        closing: a sentence on what the register was compared with, or "".
    """

    entries: int
    problems: tuple[Problem, ...]
    sources: dict[str, str] = field(default_factory=dict)
    closing: str = ""


def judge(path: Path, data: bytes, against: Compared | str | None) -> Judged:
    """Judge a register, and what goes with it where it is a project's own.

    Args:
        path: its file.
        data: what the file holds.
        against: what to compare it with; or why it is compared with nothing, or nothing.

    Raises:
        UnreadableRevision: where somebody asked for a comparison that this clone cannot make.
    """
    file = path.as_posix()
    commitments, problems = _commitments(path)
    compared = against if isinstance(against, Compared) else None
    published = read_published(compared.data) if compared and compared.data != data else None
    found = check_register(
        data,
        file,
        commitments,
        today(),
        taken_slugs(root_of(path)),
        latest=latest_day(),
        before=published.register if published else None,
    )
    problems += found.problems
    sources = {file: data.decode(errors="replace")}
    if is_own(path):
        publication = _publication(root_of(path))
        problems += publication
        sources |= {PUBLICATION: _text(root_of(path) / PUBLICATION)} if publication else {}
    closing = against if isinstance(against, str) else ""
    if compared:
        forgotten, closing = _compare(compared, published, found, data, file)
        problems += forgotten
    return Judged(len(found.subject.entries), tuple(sorted(problems)), sources, closing)


def _commitments(register: Path) -> tuple[dict[str, Commitment] | None, list[Problem]]:
    try:
        return commitments_for(register), []
    except InvalidInput as error:
        return None, list(error.problems)


def _publication(root: Path) -> list[Problem]:
    """Check who publishes the site, as for a draft: it may be unknown, but not ill-written."""
    if not (root / PUBLICATION).exists():
        return []
    try:
        return read_publication(read_bytes(root / PUBLICATION, root), "")[1]
    except InvalidInput as error:
        return list(error.problems)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _compare(
    compared: Compared, published: Published | None, found: Check, data: bytes, file: str
) -> tuple[list[Problem], str]:
    """Find what a proposal forgets of what was published, and say with what it was compared.

    Raises:
        UnreadableRevision: if somebody asked for it, and this clone does not reach back.
    """
    named, changed = compared.base.named, compared.data != data
    if not found.subject.lists_entries:
        return [], f"Rien n’a été comparé à {named} : corrigez d’abord ce qui précède."
    problems = list(_charter_problems(compared, register_changed=changed))
    if published:
        problems += _forgotten(published, found, data, file)
    elif changed:
        problems.append(unread_base(named, file))
    if not problems or compared.base.certain:
        return problems, "" if compared.asked else f"Comparé à {named}."
    if compared.asked:
        raise incomplete(compared.base)
    return [], f"Rien n’a été comparé à {named}. {incomplete(compared.base)}"


def _forgotten(published: Published, found: Check, data: bytes, file: str) -> list[Problem]:
    """Find what the register forgets, but for what is there and could not be read."""
    wrong = {one.line for one in found.problems if one.severity is Severity.ERROR}
    text = data.decode(errors="replace") if wrong else ""
    unread = found.subject.document.unread_words | identifiers_in(text)
    forgotten = history_problems(published, found.subject, file, earliest_day(), unread)
    return [
        one
        for one in islice(forgotten, _MOST)
        if one.rule != CLOSED.name or one.line not in wrong  # a value that is wrong already
    ]


def _charter_problems(compared: Compared, *, register_changed: bool) -> Iterator[Problem]:
    root, commit = compared.root, compared.base.commit
    try:
        changed = changed_files(commit, CHARTER, root)
        before = files_at(commit, CHARTER, root) if changed else {}
    except UnreadableRevision:
        return
    yield from charter_problems(changed, register_changed=register_changed)
    if changed:
        pages = (root / CHARTER).rglob("*.md")
        after = {page.relative_to(root).as_posix(): _text(page) for page in pages}
        yield from commitment_problems(_decoded(before), after)
        yield from text_problems(_decoded(before), after)


def _decoded(files: dict[str, bytes]) -> dict[str, str]:
    return {name: content.decode(errors="replace") for name, content in files.items()}
