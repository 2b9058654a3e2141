"""The figures that are promised, and what has to be reached."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Figure:
    """One promise. `target` is the least that counts, or the most where less is better."""

    key: str
    label: str
    target: float
    is_least: bool = False

    def is_reached(self, value: float) -> bool:
        """Whether `value` keeps the promise."""
        return value >= self.target if self.is_least else value <= self.target

    @property
    def wanted(self) -> str:
        """The target, in words."""
        return f"at {'least' if self.is_least else 'most'} {self.target:g}"


FIGURES: Final = (
    Figure("resolve_vs_bare", "resolve/ : a bare Django view", 0.6, is_least=True),
    Figure("resolve_vs_stock", "resolve/ : Wagtail's own v2 detail", 40, is_least=True),
    Figure("resolve_304_vs_bare_304", "resolve/ 304 : a bare Django 304", 0.6, is_least=True),
    Figure("page_vs_nginx", "site page : nginx, the same bytes", 0.40, is_least=True),
    Figure("page_vs_caddy", "site page : Caddy, the same bytes", 2, is_least=True),
    Figure("first_render_ms", "first render of 40 blocks, ms", 25),
    Figure("growth_8000_vs_100", "8,000 pages : 100, the slowest", 1.3),
    Figure("publish_visible_p95_s", "publish to visible everywhere, p95 s", 1),
    Figure("stale_reads", "stale answers", 0),
    Figure("site_rss_mb", "memory of the site, 8,000 pages, MB", 400),
    Figure("cms_rss_mb", "memory of a CMS worker, 8,000 pages, MB", 300),
    Figure("build_8000_s", "static build of 8,000 pages, s", 60),
    Figure("rebuild_one_s", "static build after one change, s", 1),
)


def find_figure(key: str) -> Figure:
    """The figure with this key. Raises `KeyError`."""
    return {figure.key: figure for figure in FIGURES}[key]
