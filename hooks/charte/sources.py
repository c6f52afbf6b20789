"""What can be cited of the site, and what a citation says of it, in French and in English.

A source is dated by the register or by the charter, so that it does not change when others sign,
and it says what is true of a signatory that has left, as `standing` does on its page. It names an
edition that cites the signatory, and never says « since »: the print of 16 November 2020 is an
update of annexes that the register does not hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from charte.charter import SIGNED, Commitment
from charte.french import counted, fold, long_date
from charte.mark import NAME
from charte.register.history import listing
from charte.register.model import Signatory

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def english_date(day: date) -> str:
    """Write a date in English: « 16 November 2020 »."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
_CHARTER = f"«\u00a0{NAME}\u00a0»"
_FRENCH = f"{_CHARTER} ({long_date(SIGNED)})"
_ENGLISH = (
    f"French digital health charter “{NAME}” (“Committed to e-health”, {english_date(SIGNED)})"
)
_PARTIES = {"etat": "the public authorities", "industriels": "the industry"}

# What is said of a signatory, in both languages, by the reason of its withdrawal.
_CLAIMS = {
    None: (
        "figure à l’annexe de la charte {charter}, édition du {listed}",
        "is listed in the annex of the {charter}, edition of {listed}",
    ),
    "retired": (
        "n’est plus, depuis le {on}, signataire de la charte {charter}, "
        "après avoir figuré à l’annexe, édition du {listed}",
        "ceased to be a signatory of the {charter} on {on}, "
        "having been listed in the annex, edition of {listed}",
    ),
    "merged": (
        "a fusionné le {on} avec un autre signataire de la charte {charter}, "
        "après avoir figuré à l’annexe, édition du {listed}",
        "merged on {on} with another signatory of the {charter}, "
        "having been listed in the annex, edition of {listed}",
    ),
    "listed-by-mistake": (
        "a été cité par erreur à l’annexe de la charte {charter}, "
        "édition du {listed} (retrait le {on})",
        "was listed by mistake in the annex of the {charter}, "
        "edition of {listed} (withdrawn on {on})",
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What is cited.

    Attributes:
        title: the page's title, on one line.
        permalink: its absolute address.
        day: the day that dates it.
        site: the name of the site.
        french: a sentence that says it, without the address.
        english: the same in English.
    """

    title: str
    permalink: str
    day: date
    site: str
    french: str
    english: str

    @property
    def key(self) -> str:
        """Its identifier in a bibliography, in ASCII: the name of the site and the page's path."""
        parts = urlsplit(self.permalink)
        words = fold(f"{self.site} {parts.path} {parts.fragment}")
        return _BETWEEN_WORDS.sub("-", words).strip("-")


def source_of_signatory(one: Signatory, permalink: str, site: str) -> Source:
    """Cite a signatory's page, dated by the first edition held here or by the withdrawal."""
    name = _line(one.name)
    day, reason = (one.withdrawn.on, one.withdrawn.reason) if one.withdrawn else (one.listed, None)
    french, english = _CLAIMS[reason]
    listed, listed_english = long_date(one.listed), english_date(one.listed)
    first = _line(listing(one, one.listed).name)
    if first != name:
        listed += f", sous le nom «\u00a0{first}\u00a0»"
        listed_english += f", as “{first}”"
    french = french.format(charter=_FRENCH, listed=listed, on=long_date(day))
    english = english.format(charter=_ENGLISH, listed=listed_english, on=english_date(day))
    return Source(name, permalink, day, site, f"{name} {french}", f"{name} {english}")


def source_of_edition(day: date, count: int, permalink: str, site: str) -> Source:
    """Cite the annex as it stood from a day on, with the number of its signatories."""
    edition = f"édition du {long_date(day)}"
    signatories = f"{count:,} {'signatory' if count == 1 else 'signatories'}"
    return Source(
        f"Annexe de la charte {_CHARTER}, {edition}",
        permalink,
        day,
        site,
        f"Annexe de la charte {_FRENCH}, {edition}, {counted(count, 'signataire')}",
        f"Annex of the {_ENGLISH}, edition of {english_date(day)}, {signatories}",
    )


def source_of_charter(permalink: str, site: str, day: date = SIGNED) -> Source:
    """Cite the charter's whole text as signed on a day, or as amended on a later one."""
    french = english = ""
    if day != SIGNED:
        french = f", texte amendé le {long_date(day)}"
        english = f", as amended on {english_date(day)}"
    title = f"Charte {_CHARTER}{french}"
    return Source(title, permalink, day, site, f"Charte {_FRENCH}{french}", f"{_ENGLISH}{english}")


def source_of_commitment(commitment: Commitment, permalink: str, site: str) -> Source:
    """Cite one of the charter's commitments."""
    party = _PARTIES[commitment.id.partition("-")[0]]
    return Source(
        commitment.title,
        permalink,
        SIGNED,
        site,
        f"{commitment.title}, charte {_FRENCH}",
        f"Commitment {commitment.number} of {party}, {_ENGLISH}",
    )


def _line(text: str) -> str:
    """Put a text on one line in the eyes of any reader: Unicode knows more ends than the model."""
    return " ".join(text.splitlines())
