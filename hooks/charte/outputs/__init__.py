"""What is published beside the pages: one module per output, all of the same shape.

Each gives `outputs(site) -> Iterator[Output]`. Those that take seconds are given a cache as well,
and are left out while a draft is served. To add an export is to add a module and one line.
"""

from collections.abc import Callable, Iterator

from charte.cache import Cache
from charte.outputs import (
    api,
    badges,
    datasets,
    documents,
    drawings,
    embeds,
    feed,
    headers,
    open_badges,
    redirects,
    wellknown,
)
from charte.publish import Output
from charte.views import SiteView

ALL: tuple[Callable[[SiteView], Iterator[Output]], ...] = (
    api.outputs,
    badges.outputs,
    datasets.outputs,
    embeds.outputs,
    feed.outputs,
    headers.outputs,
    open_badges.outputs,
    redirects.outputs,
    wellknown.outputs,
)

DRAWN: tuple[Callable[[SiteView, Cache], Iterator[Output]], ...] = (
    documents.outputs,
    drawings.outputs,
)
