"""Has the built site judged, served as a host serves it, and prints one table.

Usage: audit.py [JUDGE...]; all four without a name: vnu, html-validate, axe, lighthouse.
The exit status is 1 when a target is missed. Lighthouse takes most of the time, with twenty visits
of some ten seconds each; the others take about two minutes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from auditing.axe import axe
from auditing.host import served_compressed
from auditing.lighthouse import lighthouse
from auditing.markup import html_validate, vnu
from auditing.pages import Site, pages
from auditing.programs import CannotJudge
from auditing.verdicts import Verdict, details, table

SITE = Path("site").absolute()
# The quick ones first: whoever made a slip knows in ten seconds.
_JUDGES = {"html-validate": html_validate, "vnu": vnu, "axe": axe, "lighthouse": lighthouse}


def main() -> int:
    """Run the judges that are asked for and print what they say."""
    parser = argparse.ArgumentParser(prog="make audit", usage='make audit ARGS="[JUDGE...]"')
    names = list(_JUDGES)
    parser.add_argument("judges", metavar="JUDGE", nargs="*", help=f"one of {', '.join(names)}")
    asked = parser.parse_args().judges or names
    if unknown := set(asked) - set(names):
        parser.error(f"no such judge: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    try:
        verdicts = _verdicts(asked)
    except CannotJudge as trouble:
        sys.exit(f"make audit: {trouble}")
    print(*table(verdicts), "", *details(verdicts), sep="\n")
    return int(any(one.faults for one in verdicts))


def _verdicts(asked: list[str]) -> list[Verdict]:
    with served_compressed(SITE) as address:
        site = Site(SITE, address, pages(SITE))
        return [
            verdict for name, judge in _JUDGES.items() if name in asked for verdict in judge(site)
        ]


if __name__ == "__main__":
    sys.exit(main())
