"""Every group of figures, in the order in which they are measured."""

from typing import Final

from bench.speed import building, library_figures, pages, publishing, rendering, resolve, staleness
from bench.speed.run import Group

GROUPS: Final[tuple[Group, ...]] = (
    resolve.GROUP,
    pages.NGINX,
    pages.CADDY,
    rendering.GROUP,
    publishing.GROUP,
    staleness.GROUP,
    library_figures.GROUP,
    building.GROUP,
)
