"""What editors want first for a query: Wagtail's promoted search results.

They are compared as names are, so that "M.S." is "ms". Wagtail's own lookup would write a row for
every query that readers type.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from django.db.models import Q
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from cms.core.public_pages import get_public_pages
from cms.search.rows import fetch_rows
from cms.search.words import fold, join_stems

_PROMOTED: Final = f"""
    SELECT DISTINCT q.id, q.query_string FROM {Query._meta.db_table} q
    JOIN {SearchPromotion._meta.db_table} p ON p.query_id = q.id
"""
_SCHEMES: Final = frozenset({"http", "https"})


@dataclass(frozen=True)
class PromotedPage:
    """A page that is to come first; `description` is the editor's, and may be empty."""

    page_id: int
    description: str


@dataclass(frozen=True)
class PromotedLink:
    """An address elsewhere that is to come first."""

    title: str
    url: str
    description: str


@dataclass(frozen=True)
class Promotions:
    """What is to come first for one query, each in the editor's order."""

    pages: Sequence[PromotedPage] = ()
    links: Sequence[PromotedLink] = ()


def fetch_promotions(*queries: str) -> Promotions:
    """What editors want first for a query as it was typed, and as it was corrected.

    Public pages, and links. One query of the database, or two.
    """
    stems = {_build_stems(query) for query in queries} - {""}
    if not stems:
        return Promotions()
    wanted = [pk for pk, text in fetch_rows(_PROMOTED) if _build_stems(text) in stems]
    return _fetch(wanted) if wanted else Promotions()


@lru_cache(maxsize=10_000)
def _build_stems(query: str) -> str:
    return join_stems(fold(query))


def _fetch(query_ids: Sequence[int]) -> Promotions:
    rows = (
        SearchPromotion.objects.filter(query__in=query_ids)
        .filter(Q(page=None) | Q(page__in=get_public_pages().order_by().values("pk")))
        .order_by("sort_order", "pk")
        .values_list("page_id", "external_link_url", "external_link_text", "description")
    )
    pages: dict[int, PromotedPage] = {}
    links: dict[str, PromotedLink] = {}
    for page_id, url, title, description in rows:
        if page_id is not None:
            pages.setdefault(page_id, PromotedPage(page_id, description))
        elif urlsplit(url).scheme in _SCHEMES:
            links.setdefault(url, PromotedLink(title or url, url, description))
    return Promotions(tuple(pages.values()), tuple(links.values()))
