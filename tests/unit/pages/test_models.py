from typing import Any

import pytest

from cms.core.publishing import publish_problems
from cms.pages.models import FeaturedPage, HomePage, StandardPage
from tests.factories.conditions import build_block, build_index
from tests.factories.pages import HomePageFactory, StandardPageFactory, build_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "fields", "places"),
    [
        (HomePageFactory, {}, set()),
        (HomePageFactory, {"hero_heading": " "}, {("hero_heading",)}),
        (StandardPageFactory, {}, set()),
        (StandardPageFactory, {"summary": ""}, {("summary",)}),
        (
            StandardPageFactory,
            {"body": [build_block("figure", image={"image": 1, "alt_text": ""})]},
            {("body", 0, "image", "alt_text")},
        ),
    ],
)
def test_publish_problems__name_what_is_missing(
    factory: Any, fields: dict[str, Any], places: set[tuple[Any, ...]]
) -> None:
    page = factory.build(**fields)

    assert {(problem.field, *problem.path) for problem in publish_problems(page)} == places


def test_featured__gives_the_ids_in_order_and_asks_for_a_page_in_each_row() -> None:
    index = build_index()
    home = HomePage.objects.get(pk=index.get_parent().pk)
    home.featured_pages = [FeaturedPage(page=index), FeaturedPage(page=home)]
    home.save()
    home = HomePage.objects.get(pk=home.pk)
    assert home.featured == [index.pk, home.pk]

    home.featured_pages.add(FeaturedPage(page=None))

    assert home.featured == [index.pk, home.pk]
    assert [problem.field for problem in publish_problems(home)] == ["featured_pages"]


def test_public_path__leaves_out_the_front_page() -> None:
    home = build_site()
    about = StandardPageFactory(parent=home, slug="about")

    assert home.public_path == "/"
    assert about.public_path == "/about/"


def test_page_types__stand_where_they_belong() -> None:
    assert {model.__name__ for model in HomePage.allowed_subpage_models()} == {
        "ConditionIndexPage",
        "StandardPage",
    }
    assert StandardPage.allowed_subpage_models() == []
