"""What is published beside the pages: one module per output, all of the same shape.

Each gives `outputs(site) -> Iterator[Output]`. To add an export is to add a module and one line.
"""

from collections.abc import Callable, Iterator

from charte.outputs import badges, redirects
from charte.publish import Output
from charte.views import SiteView

ALL: tuple[Callable[[SiteView], Iterator[Output]], ...] = (
    badges.outputs,
    redirects.outputs,
)
