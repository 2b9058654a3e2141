"""The size of a page costs no queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.conditions.models import ConditionIndexPage, ConditionPage
from tests.factories.conditions import ConditionPageFactory, build_guidance, build_index
from tests.factories.images import SiteImageFactory
from tests.factories.large_pages import build_large_condition

pytestmark = pytest.mark.django_db

MOST_QUERIES = 19


@pytest.fixture(scope="module")
def sizes() -> list[dict[str, int]]:
    return [
        {"blocks": 1, "images": 1, "links": 1, "related": 1},
        {"blocks": 40, "images": 20, "links": 20, "related": 20},
    ]


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


def count_queries(client: Client, url: str, **query: Any) -> int:
    client.get(url, query)  # content types are looked up once a process
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url, query)
    assert response.status_code == 200, response.content
    return len(queries)


def test_detail__large_page__costs_what_a_small_one_does(
    client: Client, index: ConditionIndexPage, sizes: list[dict[str, int]]
) -> None:
    pages = [build_large_condition(index, **size) for size in sizes]

    small, large = (count_queries(client, f"/api/v2/pages/{page.pk}/") for page in pages)

    assert small == large <= MOST_QUERIES


def test_resolve__large_page__costs_what_a_small_one_does(
    client: Client, index: ConditionIndexPage, sizes: list[dict[str, int]]
) -> None:
    pages = [build_large_condition(index, **size) for size in sizes]

    small, large = (
        count_queries(client, "/api/v2/resolve/", path=page.public_path) for page in pages
    )

    assert small == large <= MOST_QUERIES


def test_resolve__page_of_one_plain_block__costs_no_more(
    client: Client, index: ConditionIndexPage
) -> None:
    page: ConditionPage = ConditionPageFactory(parent=index, body=[build_guidance()])

    assert count_queries(client, "/api/v2/resolve/", path=page.public_path) <= MOST_QUERIES


@pytest.mark.parametrize(
    ("fields", "most"),
    [("title,summary,path,condition_name,also_known_as,hero_image", 3), ("*", 6)],
)
def test_listing__twenty_pages__cost_what_two_do(
    client: Client, index: ConditionIndexPage, fields: str, most: int
) -> None:
    build_large_condition(index, blocks=8, images=1, links=1, related=1)
    query = {"type": "conditions.ConditionPage", "fields": fields, "limit": 100}
    few = count_queries(client, "/api/v2/pages/", **query)
    for _ in range(18):
        ConditionPageFactory(parent=index, hero_image=SiteImageFactory())

    many = count_queries(client, "/api/v2/pages/", **query)

    assert few == many <= most


@pytest.mark.parametrize("path", ["/nowhere/", "/conditions", "/" + "a" * 5000, "/%00/"])
def test_resolve__any_other_path__costs_a_handful(
    client: Client, index: ConditionIndexPage, path: str
) -> None:
    assert count_queries(client, "/api/v2/resolve/", path=path) <= 5
