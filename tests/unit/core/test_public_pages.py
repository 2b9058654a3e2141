"""Finding what readers may see costs the same for each page, however many pages there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from django.db import connection
from wagtail.models import Page, Site

from cms.core.public_pages import get_public_pages

PAGES: Final = 300
# What one page may take of SQLite's own instructions. Where the query began with all other pages,
# it was three times as many with these, and the more, the more there are.
MOST_INSTRUCTIONS: Final = 1000
_STEP: Final = 100


@pytest.fixture
def many_pages(db: None) -> list[int]:
    """The ids of pages below the site's root, in a database that has statistics."""
    root = Site.objects.get(is_default_site=True).root_page
    pages = [
        Page(
            title=f"Page {number}",
            draft_title=f"Page {number}",
            slug=f"page-{number}",
            path=Page._get_path(root.path, root.depth + 1, number + 100),
            depth=root.depth + 1,
            url_path=f"{root.url_path}page-{number}/",
            content_type=root.content_type,
            locale=root.locale,
        )
        for number in range(PAGES)
    ]
    ids = [page.pk for page in Page.objects.bulk_create(pages)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids


@contextmanager
def count_instructions() -> Iterator[list[int]]:
    """How many instructions SQLite needs until the end of the block; to be added up."""
    counted: list[int] = []

    def note() -> int:
        counted.append(_STEP)
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(note, _STEP)
    try:
        yield counted
    finally:
        connection.connection.set_progress_handler(None, 0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite counts its instructions")
def test_public_pages__with_statistics__take_the_same_for_each(many_pages: list[int]) -> None:
    with count_instructions() as counted:
        found = get_public_pages().filter(pk__in=many_pages).count()
    assert found == PAGES
    assert sum(counted) < PAGES * MOST_INSTRUCTIONS
