"""Looks at the register from every side that the pages need, and makes their views.

Order, neighbours, letters and groups need the whole register; they are computed once, so that a
page costs no more in a large register than in a small one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from markupsafe import escape
from slugify import slugify

from charte import french, structured_data
from charte.charter import SIGNED
from charte.mark import BADGE_SIZE
from charte.project import Project
from charte.register.against import HISTORY
from charte.register.model import Action, Signatory, Withdrawal
from charte.register.rules import FAMILIES
from charte.register.schema import field_tables
from charte.standing import CHARTER_TITLE, Standing, standing
from charte.views import (
    AnnexEntry,
    Badge,
    DoneAction,
    GroupView,
    Letter,
    Link,
    SignatoryView,
    SiteView,
)

_MARKDOWN_SYNTAX = re.compile(r"([\\\[\]*_`<>])")


def view_site(project: Project) -> SiteView:
    """Compute all views of a project."""
    return _Viewer(project).site()


def signatory_uri(slug: str) -> str:
    """Give the address of a signatory's page; it never changes (promise 1)."""
    return f"signataires/{slug}/"


def badge_uri(slug: str) -> str:
    """Give the address of a signatory's badge; it never changes either."""
    return f"badge/{slug}.svg"


def group_link(name: str) -> Link:
    """Give the link to a group's page."""
    return Link(name, f"groupes/{slugify(name)}/")


def _letter_anchor(letter: str) -> str:
    return f"lettre-{letter.lower()}"


def _link(signatory: Signatory) -> Link:
    return Link(signatory.name, signatory_uri(signatory.slug))


class _Viewer:
    def __init__(self, project: Project) -> None:
        self._place = project.place
        self._lines = project.reading.lines
        self._commitments = project.commitments
        register = project.reading.register
        self._edition = register.edition
        self._edition_text = french.long_date(register.edition)
        # Two signatories may have one name: the slug then decides, not the order of the file.
        self._all = sorted(
            register.signatories, key=lambda one: (french.sort_key(one.name), one.slug)
        )
        self._present = [one for one in self._all if not one.withdrawn]
        self._by_slug = {one.slug: one for one in self._all}
        self._rank = {one.slug: rank for rank, one in enumerate(self._present)}
        self._by_folded_name = {french.fold(one.name): one for one in reversed(self._present)}
        self._members: dict[str, list[Signatory]] = {}
        for one in self._all:
            if one.group:
                self._members.setdefault(one.group, []).append(one)
        self._groups_by_folded_name = {
            french.fold(name): group_link(name) for name in self._members
        }
        self._present_letters = {french.letter(one.name) for one in self._present}

    def site(self) -> SiteView:
        return SiteView(
            place=self._place,
            count=french.number(len(self._present)),
            edition=self._edition_text,
            edition_short=french.short_date(self._edition),
            edition_iso=self._edition.isoformat(),
            letters=tuple(self._letters()),
            groups=tuple(self._group(name) for name in sorted(self._members, key=french.sort_key)),
            signatories=tuple(self._signatory(one) for one in self._all),
            commitments=self._commitments,
            fields=field_tables(),
            rules=(*FAMILIES.items(), ("D’une version à l’autre", HISTORY)),
        )

    def _letters(self) -> Iterator[Letter]:
        for name, signatories in groupby(self._present, key=lambda one: french.letter(one.name)):
            entries = tuple(AnnexEntry(*_link(one), one.note) for one in signatories)
            count = french.counted(len(entries), "signataire")
            yield Letter(name, _letter_anchor(name), entries, count)

    def _links(self, slugs: Iterable[str]) -> tuple[Link, ...]:
        return tuple(_link(self._by_slug[slug]) for slug in slugs)

    def _neighbour(self, slug: str, step: int) -> Link | None:
        rank = self._rank.get(slug)
        if rank is None or not 0 <= rank + step < len(self._present):
            return None
        return _link(self._present[rank + step])

    def _signatory(self, one: Signatory) -> SignatoryView:
        permalink = self._place.url + signatory_uri(one.slug)
        words = standing(one)
        siblings = self._members.get(one.group, ()) if one.group else ()
        summary = _summary(one, words)
        return SignatoryView(
            slug=one.slug,
            uri=signatory_uri(one.slug),
            former_slugs=one.former_slugs,
            permalink=permalink,
            name=one.name,
            summary=summary,
            listed=french.long_date(one.listed),
            listed_iso=one.listed.isoformat(),
            letter=self._letter(one),
            group=group_link(one.group) if one.group else None,
            group_of_same_name=self._groups_by_folded_name.get(french.fold(one.name)),
            siblings=tuple(
                _link(other) for other in siblings if other is not one and not other.withdrawn
            ),
            note=one.note,
            see_also=self._links(one.see_also),
            previous=self._neighbour(one.slug, -1),
            next=self._neighbour(one.slug, +1),
            signed=french.long_date(one.signed) if one.signed else None,
            website=one.website,
            siren=one.siren,
            description=one.description,
            actions=tuple(self._action(action) for action in one.actions),
            standing=words,
            successor=self._successor(one.withdrawn),
            badge=self._badge(one, words, permalink),
            quotation=self._quotation(one, words, permalink),
            source=self._source(one.slug),
            json_ld=structured_data.signatory_page(one, permalink, summary),
        )

    def _successor(self, withdrawn: Withdrawal | None) -> Link | None:
        if not withdrawn or not withdrawn.successor:
            return None
        return _link(self._by_slug[withdrawn.successor])

    def _action(self, action: Action) -> DoneAction:
        commitment = self._commitments[action.commitment]
        return DoneAction(french.long_date(action.date), action.title, action.url, commitment)

    def _letter(self, one: Signatory) -> Link:
        letter = french.letter(one.name)
        anchor = f"#{_letter_anchor(letter)}" if letter in self._present_letters else ""
        return Link(letter, f"annexe/{anchor}")

    def _badge(self, one: Signatory, words: Standing, permalink: str) -> Badge:
        uri = badge_uri(one.slug)
        joined = f"({CHARTER_TITLE})" if words.withdrawal else f"de la {CHARTER_TITLE}"
        alt = f"{one.name}, {words.word} {joined}"
        image = self._place.url + uri
        return Badge(
            uri=uri,
            alt=alt,
            width=BADGE_SIZE[0],
            height=BADGE_SIZE[1],
            html=f'<a href="{escape(permalink)}"><img src="{escape(image)}" alt="{escape(alt)}" '
            f'width="{BADGE_SIZE[0]}" height="{BADGE_SIZE[1]}"></a>',
            markdown=f"[![{_markdown_text(alt)}]({image})]({permalink})",
        )

    def _quotation(self, one: Signatory, words: Standing, permalink: str) -> str:
        return (
            f"{one.name} {words.claim} {CHARTER_TITLE} "
            f"du {french.long_date(SIGNED)} (annexe, édition du {self._edition_text}) : {permalink}"
        )

    def _source(self, slug: str) -> str | None:
        if not self._place.source:
            return None
        first, last = self._lines[slug]
        return self._place.source.replace("{first}", str(first)).replace("{last}", str(last))

    def _group(self, name: str) -> GroupView:
        link = group_link(name)
        permalink = self._place.url + link.uri
        members = [one for one in self._members[name] if not one.withdrawn]
        former = [one for one in self._members[name] if one.withdrawn]
        namesake = self._by_folded_name.get(french.fold(name))
        count = french.counted(len(members), "signataire")
        summary = f"Groupe {name} : {count} de la {CHARTER_TITLE}."
        return GroupView(
            slug=slugify(name),
            uri=link.uri,
            permalink=permalink,
            name=name,
            summary=summary,
            count=count,
            members=tuple(_link(one) for one in members),
            former_members=tuple(_link(one) for one in former),
            namesake=_link(namesake) if namesake else None,
            json_ld=structured_data.group_page(name, permalink, summary),
        )


def _markdown_text(text: str) -> str:
    return _MARKDOWN_SYNTAX.sub(r"\\\1", text)


def _summary(one: Signatory, words: Standing) -> str:
    if words.withdrawal:
        return f"{one.name} {words.claim} {CHARTER_TITLE}."
    return (
        f"{one.name} est signataire de la {CHARTER_TITLE}. "
        f"Figure à l’annexe depuis l’édition du {french.long_date(one.listed)}."
    )
