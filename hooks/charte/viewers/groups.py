"""The page of a group: the signatories whose printed name ends in « /Group »."""

from __future__ import annotations

from charte import french, structured_data
from charte.standing import CHARTER_TITLE
from charte.viewers.roll import Roll, group_link, link
from charte.views import GroupView


def view_group(name: str, roll: Roll) -> GroupView:
    """Show a group by its printed name."""
    uri = group_link(name).uri
    permalink = roll.place.url + uri
    members = [one for one in roll.members[name] if not one.withdrawn]
    former = [one for one in roll.members[name] if one.withdrawn]
    namesake = roll.by_folded_name.get(french.fold(name))
    count = french.counted(len(members), "signataire")
    summary = f"Groupe {name} : {count} de la {CHARTER_TITLE}."
    return GroupView(
        slug=uri.split("/")[-2],
        uri=uri,
        permalink=permalink,
        name=name,
        summary=summary,
        count=count,
        members=tuple(map(link, members)),
        former_members=tuple(map(link, former)),
        namesake=link(namesake) if namesake else None,
        json_ld=structured_data.group_page(name, permalink, summary),
    )
