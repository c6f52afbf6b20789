"""Who an entry is: an identifier says so, and a name only where no identifier does.

Companies come back under their old name, two of them bear the same one, names are corrected: an
address alone is one company's for ever. Here the entries of a proposal are matched with the
signatories that were published before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from charte.register.document import Path
from charte.register.model import Register, Signatory
from charte.register.rules.subject import Entry


def heirs(before: Register, entries: Iterable[Entry]) -> dict[str, Entry]:
    """Match each published identifier with the entry that is the same signatory's now.

    It is the entry that has the identifier, or redirects from it; or else a new one that has the
    name, when the identifier was changed and not kept.

    Returns:
        The entries by the slug that their signatory was published with; who has none is missing.
    """
    known = {one.slug: one for one in before.signatories}
    owners: dict[str, list[Entry]] = {}
    redirecting: dict[str, Entry] = {}
    nameless: dict[str, Entry] = {}
    for entry in entries:
        slug = entry.text("slug") or ""
        owners.setdefault(slug, []).append(entry)
        former = [one for _, one in entry.texts("former_slugs")]
        for old in former:
            redirecting.setdefault(old, entry)
        if slug not in known and known.keys().isdisjoint(former):
            nameless.setdefault(entry.text("name") or "", entry)
    found: dict[str, Entry] = {}
    for slug, published in known.items():
        if slug in owners:
            found[slug] = _likest(published, owners[slug])
        elif heir := redirecting.get(slug) or nameless.pop(published.name, None):
            found[slug] = heir
    return found


def _likest(one: Signatory, claimants: list[Entry]) -> Entry:
    """Return, of the entries that claim one identifier, that with the published fields."""
    published = {"name": one.name, "listed": str(one.listed)}
    return max(
        claimants,
        key=lambda entry: [entry.text(field) == value for field, value in published.items()],
    )


def origins(before: Register, heirs: Mapping[str, Entry]) -> dict[Path, Signatory]:
    """Return the signatory that each entry continues, by the entry's path.

    An entry to which a second signatory's address was given continues the one whose slug it has.
    """
    found: dict[Path, Signatory] = {}
    for one in before.signatories:
        entry = heirs.get(one.slug)
        if entry and (entry.path not in found or entry.text("slug") == one.slug):
            found[entry.path] = one
    return found


def stand_ins(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Find what was written in the place of something else: the slip, or the quick way to rename.

    Args:
        before: the identifiers of a list.
        after: those of the list as it is now, its own where it is the same thing as before.

    Returns:
        By what is gone, what is new, where each is alone between the same two neighbours.
    """
    gone, new = _gaps(before, set(after)), _gaps(after, set(before))
    return {
        left[0]: new[gap][0]
        for gap, left in gone.items()
        if len(left) == len(new.get(gap, ())) == 1
    }


def _gaps(listed: Sequence[str], staying: set[str]) -> dict[tuple[str, str], list[str]]:
    """Return what is not staying, by the two that stay around it; "" at the ends of the list."""
    found: dict[tuple[str, str], list[str]] = {}
    last, run = "", list[str]()
    for one in (*listed, ""):
        if one in staying or not one:
            if run:
                found[last, one] = run
            last, run = one, []
        else:
            run.append(one)
    return found
