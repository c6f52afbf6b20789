"""Valid changes that a maintainer may merge tomorrow, made to the register of today.

Each takes the register's text and the day of the change, and returns the text after it. Nothing is
known of the register but that it is valid: whoever has signed, left or changed name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain, count, islice, pairwise

from stdnum import luhn

from building import ROOT
from charte.register import editing
from charte.register.checking import read_register
from charte.register.history import unlisted
from charte.register.model import Register, Signatory
from charte.register.renaming import rename

Change = Callable[[str, str], str]

NAMES = (
    "Œuvre & Cie",
    "Écho",
    "zéphyr",
    "3e Âge",
    "d’Arc",
    "L'Île",
    "Ñandú",
    "A–B",
    "Été/Groupe X",
)


def parsed(text: str) -> Register:
    """Return the register that a text holds."""
    reading, problems = read_register(text.encode(), "signatories.yaml", commitments=None)
    assert reading, problems
    return reading.register


def last_day(register: Register) -> date:
    """Return the day of the last thing that the register says of the annex or of a signatory."""
    days = [register.edition]
    for one in register.signatories:
        days += [one.listed, *(name.until for name in one.former_names)]
        days += [action.date for action in one.actions]
        days += [unlisted(one) or one.listed, one.withdrawn.on if one.withdrawn else one.listed]
    return max(days)


def _present(text: str) -> Iterator[Signatory]:
    """List the present signatories, alphabetically by identifier."""
    found = (one for one in parsed(text).signatories if not one.withdrawn)
    return iter(sorted(found, key=lambda one: one.slug))


def _new(text: str, word: str) -> str:
    """Return a word that the register does not hold yet: the word itself, or with a number."""
    return next(one for one in chain([word], (f"{word}-{n}" for n in count(2))) if one not in text)


def _new_siren(text: str) -> str:
    numbers = (f"{number}{luhn.calc_check_digit(str(number))}" for number in count(10_000_000))
    return next(one for one in numbers if one not in text)


def _add(text: str, name: str, day: str, **fields: object) -> str:
    slug = editing.make_slug(text, name)
    return editing.add(text, {"name": name, "slug": slug, "listed": day, **fields})


def _withdraw(text: str, one: Signatory, day: str, reason: str, **fields: str) -> str:
    return editing.withdraw(text, one.slug, {"on": day, "reason": reason, **fields})


def one_more(text: str, day: str) -> str:
    """Add a signatory."""
    return _add(text, _new(text, "Nouvelle venue"), day)


def fifty_more(text: str, day: str) -> str:
    """Add fifty signatories, with names of all kinds."""
    word = _new(text, "cinquante")
    for number in range(50):
        name, slug = f"{NAMES[number % len(NAMES)]} {word} {number}", f"{word}-{number}"
        text += f'\n  - name: "{name}"\n    slug: {slug}\n    listed: {day}\n'
    return text


def one_renamed(text: str, day: str) -> str:
    """Change the name of a signatory, and keep its address."""
    return rename(text, next(_present(text)).slug, _new(text, "Un nom tout neuf"), None, day)


def one_moved(text: str, day: str) -> str:
    """Change the name and the address of a signatory that a page of docs/ names, if any."""
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    slugs = [one.slug for one in _present(text)]
    slug = next((slug for slug in slugs if f" {slug} ]]" in pages), slugs[0])
    return rename(text, slug, _new(text, "Un nom tout neuf"), _new(text, "nom-tout-neuf"), day)


def one_withdrawn(text: str, day: str) -> str:
    """Let a signatory leave."""
    return _withdraw(text, next(_present(text)), day, "retired")


def one_merged(text: str, day: str) -> str:
    """Let a signatory merge into another."""
    one, other = islice(_present(text), 2)
    return _withdraw(text, one, day, "merged", successor=other.slug)


def one_by_mistake(text: str, day: str) -> str:
    """Record that a signatory had been listed by mistake."""
    return _withdraw(text, next(_present(text)), day, "listed-by-mistake")


def every_field(text: str, day: str) -> str:
    """Add a signatory of which everything is known."""
    neighbour = next(_present(text))
    name = f"{_new(text, 'Tout savoir')}/Groupe Tout"
    slug = editing.make_slug(text, name)
    text = _add(
        text,
        name,
        day,
        group="Groupe Tout",
        note="pour toutes ses activités",
        see_also=[neighbour.slug],
        signed=day,
        website="https://tout-savoir.fr/accueil?a=1&b=2",
        siren=_new_siren(text),
        description="Édite des logiciels ; héberge des données.",
        former_slugs=[_new(text, "tout-savoir-avant")],
    )
    return one_action(text, day, slug)


def one_action(text: str, day: str, slug: str = "") -> str:
    """Add an action of a signatory."""
    action = {
        "date": day,
        "title": "Ouverture d’une interface",
        "url": "https://tout-savoir.fr/interface",
        "commitment": "industriels-3",
    }
    return editing.act(text, slug or next(_present(text)).slug, action)


def edition_of_a_later_year(text: str, day: str) -> str:
    """Read another printed annex, which cites a newcomer."""
    register = parsed(text)
    text = text.replace(f"\nedition: {register.edition}", f"\nedition: {day}")
    return _add(text, _new(text, "Citée plus tard"), day)


def fifty_of_every_kind(text: str, day: str) -> str:
    """Make fifty changes of every kind at once."""
    present = [one for one, _ in pairwise(_present(text))]
    moved, renamed, left, merged, active = (present[start:50:5] for start in range(5))
    for one in moved:
        name, slug = _new(text, "Déménagée"), _new(text, "demenagee")
        text = rename(text, one.slug, name, slug, day)
    for one in renamed:
        text = rename(text, one.slug, _new(text, "Renommée"), None, day)
    for one in left:
        text = _withdraw(text, one, day, "retired")
    successor = present[-1].slug
    for one in merged:
        if one.slug != successor:
            text = _withdraw(text, one, day, "merged", successor=successor)
    for one in active:
        text = one_action(text, day, one.slug)
    return every_field(fifty_more(text, day), day)


CHANGES: tuple[Change, ...] = (
    one_more,
    fifty_more,
    one_renamed,
    one_moved,
    one_withdrawn,
    one_merged,
    one_by_mistake,
    every_field,
    one_action,
    edition_of_a_later_year,
    fifty_of_every_kind,
)


def day_of(change: Change, register: Register) -> date:
    """Return the day of a change: one day, or a year, after the last that the register knows."""
    later = 366 if change is edition_of_a_later_year else 1
    return last_day(register) + timedelta(days=later)
