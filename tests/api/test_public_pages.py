"""What everybody may read, as one query, is what Wagtail calls live and public."""

from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.core.public_pages import get_public_pages
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db


def test_public_pages__are_those_of_wagtail_within_the_site(
    django_assert_num_queries: Any,
) -> None:
    index = build_index()
    home = index.get_parent()
    for number in range(3):
        ConditionPageFactory(parent=index, live=number != 1)
    section = StandardPageFactory(parent=home)
    make_private(StandardPageFactory(parent=section))
    members = StandardPageFactory(parent=home)
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.GROUPS)
    StandardPageFactory(parent=members)

    with django_assert_num_queries(1):
        public = set(get_public_pages().values_list("pk", flat=True))

    of_wagtail = Page.objects.live().public().descendant_of(home, inclusive=True)
    assert public == set(of_wagtail.values_list("pk", flat=True))
    assert len(public) == 5


def test_public_pages__everything_private__are_none() -> None:
    home = build_index().get_parent()
    make_private(home)

    assert not get_public_pages().exists()
