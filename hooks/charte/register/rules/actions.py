"""Rules about what signatories say that they did: for a commitment, and once."""

from __future__ import annotations

from collections.abc import Iterator

from charte.register.document import Path
from charte.register.rules.subject import Finding, Subject
from charte.register.source import quoted
from charte.register.wording import did_you_mean

_SUGGESTIONS = 10  # a machine wrote the rest


def unknown_commitments(subject: Subject) -> Iterator[Finding]:
    """An action serves a commitment of the charter (III and IV)."""
    if subject.commitments is None:  # the charter is not at hand
        return
    known = sorted(subject.commitments)
    otherwise = f"Les engagements sont : {', '.join(known)}."
    if not known:
        otherwise = "Retirez l’action, ou rétablissez les engagements dans « docs/charte »."
    told = 0
    for entry in subject.entries:
        for action in entry.blocks("actions"):
            named = action.text("commitment")
            if named and named not in subject.commitments:
                told += 1
                near = known if told <= _SUGGESTIONS else ()
                yield Finding(
                    (*action.path, "commitment"),
                    f"La charte n’a pas d’engagement {quoted(named)}.",
                    did_you_mean(named[:100], near, otherwise),
                )


def same_actions(subject: Subject) -> Iterator[Finding]:
    """One action is told once: same day, same commitment, same page."""
    for entry in subject.entries:
        seen: dict[tuple[str | None, ...], Path] = {}
        for action in entry.blocks("actions"):
            key = tuple(map(action.text, ("date", "commitment", "url")))
            first = seen.setdefault(key, action.path)
            if all(key) and first is not action.path:
                yield Finding(
                    (*action.path, "url"),
                    f"Cette action figure déjà ligne {subject.line(first)} : même jour, même "
                    "engagement, même page.",
                    "Gardez-en une, ou donnez à l’autre la page qui en rend compte.",
                )
