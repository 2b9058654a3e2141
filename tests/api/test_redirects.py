"""`redirects/`: the redirects that a reader can follow."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from cms.conditions.models import ConditionPage
from tests.factories.conditions import ConditionPageFactory, build_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def condition() -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=build_index(), slug="multiple-sclerosis")
    return page


def fetch(client: Client, **query: Any) -> list[tuple[str, str, bool]]:
    answer = client.get("/api/v2/redirects/", query).json()
    return [(each["path"], each["location"], each["permanent"]) for each in answer["items"]]


def test_redirects__to_pages_and_addresses__are_listed_in_the_order_of_their_paths(
    client: Client, condition: ConditionPage
) -> None:
    Redirect.add_redirect("/shop", "https://shop.example/x?y=1")
    Redirect.add_redirect("/ms", condition, is_permanent=False)

    assert fetch(client) == [
        ("/ms", "/conditions/multiple-sclerosis/", False),
        ("/shop", "https://shop.example/x?y=1", True),
    ]


def test_redirects__whose_page_is_private_or_a_draft__are_left_out(
    client: Client, condition: ConditionPage
) -> None:
    draft = ConditionPageFactory(parent=condition.get_parent().specific, live=False)
    Redirect.add_redirect("/draft", draft)
    Redirect.add_redirect("/ms", condition)
    PageViewRestriction.objects.create(page=condition, restriction_type="login")

    assert fetch(client) == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//evil.example", "/\\evil.example", ""])
def test_redirects__to_an_unsafe_address__are_left_out(client: Client, link: str) -> None:
    Redirect.objects.create(old_path="/bad", redirect_link=link)

    assert fetch(client) == []


def test_redirects__where_a_page_is__give_way_to_it(
    client: Client, condition: ConditionPage
) -> None:
    Redirect.add_redirect("/conditions/Multiple-Sclerosis", "/elsewhere/")

    assert fetch(client) == []


def test_redirects__in_a_circle__are_left_out(client: Client) -> None:
    for step in range(3):
        Redirect.add_redirect(f"/step-{step}/", f"/step-{(step + 1) % 3}/")
    Redirect.add_redirect("/self", "/self/")

    assert fetch(client) == []


def test_redirects__agree_with_resolve(client: Client, condition: ConditionPage) -> None:
    Redirect.add_redirect("/ms", condition)
    Redirect.add_redirect("/old", "/ms")
    Redirect.add_redirect("/caf\u00e9 \u201cx\u201d", "/a b/?c=\u00e9")
    Redirect.add_redirect("/with?b=1&a=2", "/somewhere/")

    for path, location, permanent in fetch(client):
        answer = client.get("/api/v2/resolve/", {"path": path}).json()
        assert (answer["location"], answer["permanent"]) == (location, permanent)
    assert len(fetch(client)) == 4


def test_redirects__many__cost_what_few_do_and_come_in_parts(
    client: Client, condition: ConditionPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        Redirect.add_redirect(f"/old-{number:02}", condition)
    client.get("/api/v2/redirects/", {"limit": 1})

    with django_assert_num_queries(2):
        answer = client.get("/api/v2/redirects/", {"limit": 5, "offset": 10}).json()

    assert answer["meta"] == {"total_count": 12}
    assert [each["path"] for each in answer["items"]] == ["/old-10", "/old-11"]


def test_redirects__answer__says_what_it_was_made_from(client: Client) -> None:
    assert client.get("/api/v2/redirects/").headers["Cache-Tag"] == "paths"


@pytest.mark.parametrize("query", ["limit=1001", "limit=x", "offset=-1", "path=/ms"])
def test_redirects__wrong_parameter__is_refused(client: Client, query: str) -> None:
    assert client.get(f"/api/v2/redirects/?{query}").status_code == 400
