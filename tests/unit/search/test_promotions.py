"""Which pages and links editors want first for a query."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.search.promotions import PromotedLink, PromotedPage, Promotions, fetch_promotions
from tests.factories.logins import build_login
from tests.factories.pages import StandardPageFactory, build_site
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    return build_site()


def promote(query: str, **fields: Any) -> SearchPromotion:
    promotion: SearchPromotion = SearchPromotion.objects.create(query=Query.get(query), **fields)
    return promotion


@pytest.mark.parametrize(
    ("promoted", "asked"),
    [
        ("MS", "ms"),
        ("ms", " M.S.! "),
        ("ménière\u2019s", "Menieres"),
        ("tennis elbow", "Tennis elbows"),
    ],
)
def test_promotions__are_compared_as_names_are(home: Page, promoted: str, asked: str) -> None:
    promote(promoted, page=home)

    assert fetch_promotions(asked).pages == (PromotedPage(home.pk, ""),)


def test_promotions__come_in_the_editors_order__with_their_descriptions(home: Page) -> None:
    page = StandardPageFactory(parent=home)
    promote("ms", page=home, sort_order=1, description="Start here")
    promote("ms", page=page, sort_order=0)
    promote("ms", external_link_url="https://example.com/b", external_link_text="B", sort_order=3)
    promote("ms", external_link_url="https://example.com/a", external_link_text="A", sort_order=2)

    assert fetch_promotions("MS") == Promotions(
        pages=(PromotedPage(page.pk, ""), PromotedPage(home.pk, "Start here")),
        links=(
            PromotedLink("A", "https://example.com/a", ""),
            PromotedLink("B", "https://example.com/b", ""),
        ),
    )


def test_promotions__of_pages_that_readers_may_not_see__are_none(home: Page) -> None:
    draft = StandardPageFactory(parent=home, live=False)
    private = StandardPageFactory(parent=home)
    make_private(private)
    for page in (draft, private):
        promote("ms", page=page, description="Not for readers")

    assert fetch_promotions("ms") == Promotions()


def test_promotions__of_other_queries__are_none(home: Page) -> None:
    promote("multiple sclerosis", page=home)

    assert fetch_promotions("multiple") == Promotions()
    assert fetch_promotions("") == Promotions()
    assert fetch_promotions("\x00 '\" OR 1=1 --") == Promotions()


def test_promotions__of_a_link_that_is_no_web_address__are_none(home: Page) -> None:
    promote("ms", external_link_url="ftp://example.com/", external_link_text="Files")

    assert fetch_promotions("ms") == Promotions()


def test_promotions__cost_one_query_or_two__and_write_nothing(home: Page) -> None:
    for number in range(20):
        promote(f"term {number}", page=home)

    with CaptureQueriesContext(connection) as missed:
        fetch_promotions("gout")
    with CaptureQueriesContext(connection) as found:
        fetch_promotions("Term 7")

    assert len(missed) == 1
    assert len(found) == 2
    assert Query.objects.count() == 20


def test_promotions__made_in_the_admin_by_a_moderator__are_fetched(
    home: Page, client: Client
) -> None:
    client.force_login(build_login("Moderators"))
    empty = {"page": "", "external_link_url": "", "external_link_text": "", "description": ""}
    link = {"external_link_url": "https://example.com/", "external_link_text": "A"}
    rows = [{**empty, "page": home.pk, "description": "Start here"}, {**empty, **link}]
    sent = {"query_string": "M.S.", "editors_picks": inline_formset(rows)}

    client.post(reverse("wagtailsearchpromotions:add"), nested_form_data(sent))

    assert fetch_promotions("ms") == Promotions(
        pages=(PromotedPage(home.pk, "Start here"),),
        links=(PromotedLink("A", "https://example.com/", ""),),
    )
