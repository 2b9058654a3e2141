"""Queries that are put together once, for lists of any length."""

from typing import Any

import pytest
from wagtail.models import Page

from cms.core.prepared_queries import PreparedQuery
from tests.factories.pages import build_site

pytestmark = pytest.mark.django_db

BY_ID_AND_SLUG = PreparedQuery(
    lambda ids, slugs: (
        Page.objects.filter(pk__in=ids, slug__in=slugs).order_by("pk").values_list("pk", "title")
    ),
    -1,
    "a slug",
)


def fetch_titles(*lists: Any) -> list[tuple[Any, ...]]:
    return BY_ID_AND_SLUG.fetch(*lists)


def test_query__lists_of_any_length__finds_what_is_in_all_of_them() -> None:
    home = build_site()
    ids = [home.pk, 10**9, *range(1, 1000)]
    assert fetch_titles(ids, [home.slug, "100 % 'other'"]) == [(home.pk, home.title)]
    assert fetch_titles([home.pk], [home.slug]) == [(home.pk, home.title)]
    assert fetch_titles([home.pk], ["other"]) == []


def test_query__empty_list__finds_nothing() -> None:
    home = build_site()
    assert fetch_titles([], [home.slug]) == []
    assert fetch_titles([home.pk], set()) == []


def test_query__pattern_with_percent_signs__stays_as_it_is() -> None:
    home = build_site()
    query = PreparedQuery(
        lambda ids: Page.objects.filter(pk__in=ids, title__contains="%").values_list(
            "title", flat=True
        ),
        -1,
    )
    assert query.fetch([home.pk]) == []
    Page.objects.filter(pk=home.pk).update(title="100 % cotton")
    assert query.fetch([home.pk]) == [("100 % cotton",)]


def test_query__without_a_place_for_its_list__is_refused() -> None:
    query = PreparedQuery(lambda _ids: Page.objects.values_list("pk"), -1)
    with pytest.raises(RuntimeError, match="no place"):
        query.fetch([1])
