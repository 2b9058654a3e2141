"""The record of once-public paths: `gone` for what was deleted, nothing for what is private."""

from typing import Any

import pytest
from django.test import Client

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.pages.models import PublicPath
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

PATH = "/conditions/gout/"


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    condition: ConditionPage = ConditionPageFactory(parent=index, slug="gout")
    return condition


def resolve_type(client: Client, path: str) -> str:
    return str(client.get("/api/v2/resolve/", {"path": path}).json()["type"])


def test_deleted_page__is_gone_in_any_spelling(client: Client, condition: ConditionPage) -> None:
    condition.delete()

    answer = client.get("/api/v2/resolve/", {"path": PATH}).json()
    assert answer == {"type": "gone", "tags": ["paths"]}
    assert resolve_type(client, "/CONDITIONS/Gout") == "gone"


def test_unpublished_page__is_gone_until_it_is_back(
    client: Client, condition: ConditionPage
) -> None:
    condition.unpublish()
    assert resolve_type(client, PATH) == "gone"

    condition.get_latest_revision_as_object().save_revision().publish()
    assert resolve_type(client, PATH) == "page"


def test_deleted_section__is_gone_with_everything_below(
    client: Client, index: ConditionIndexPage, condition: ConditionPage
) -> None:
    index.delete()

    assert resolve_type(client, "/conditions/") == "gone"
    assert resolve_type(client, PATH) == "gone"


def test_draft__deleted__was_never_public(client: Client, index: ConditionIndexPage) -> None:
    ConditionPageFactory(parent=index, slug="draft", live=False).delete()

    assert resolve_type(client, "/conditions/draft/") == "not_found"


def test_draft__published_and_deleted__is_gone(client: Client, index: ConditionIndexPage) -> None:
    condition = ConditionPageFactory(parent=index, slug="draft", live=False)
    condition.save_revision().publish()
    condition.delete()

    assert resolve_type(client, "/conditions/draft/") == "gone"


def test_page_made_private__leaves_no_trace_even_when_deleted(
    client: Client, condition: ConditionPage
) -> None:
    make_private(condition)
    assert resolve_type(client, PATH) == "not_found"

    condition.delete()
    assert resolve_type(client, PATH) == "not_found"


def test_section_made_private__takes_what_is_below_with_it(
    client: Client, index: ConditionIndexPage, condition: ConditionPage
) -> None:
    make_private(index)
    condition.unpublish()

    assert resolve_type(client, PATH) == "not_found"


def test_page_made_private__leaves_no_trace_of_former_paths(
    client: Client, condition: ConditionPage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        condition.slug = "podagra"
        condition.save_revision().publish()
    assert resolve_type(client, PATH) == "redirect"

    make_private(condition)

    assert resolve_type(client, PATH) == "not_found"
    assert not PublicPath.objects.filter(page=condition).exists()


def test_page_published_while_private__was_never_public(
    client: Client, index: ConditionIndexPage
) -> None:
    condition = ConditionPageFactory(parent=index, slug="secret", live=False)
    make_private(condition)
    condition.save_revision().publish()
    condition.delete()

    assert resolve_type(client, "/conditions/secret/") == "not_found"


def test_privacy_removed__records_what_is_live_then(
    client: Client, index: ConditionIndexPage, condition: ConditionPage
) -> None:
    restriction = make_private(index)
    restriction.delete()
    condition.delete()

    assert resolve_type(client, PATH) == "gone"


def test_page_moved_into_a_private_section__leaves_no_trace(
    client: Client, index: ConditionIndexPage, condition: ConditionPage
) -> None:
    section = StandardPageFactory(parent=index.get_parent(), slug="private")
    make_private(section)
    condition.move(section, "last-child")

    assert resolve_type(client, PATH) == "not_found"
    assert resolve_type(client, "/private/gout/") == "not_found"


def test_new_slug_of_a_section__records_what_is_below_at_both_paths(
    client: Client,
    index: ConditionIndexPage,
    condition: ConditionPage,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        index.slug = "library"
        index.save_revision().publish()
    condition.delete()

    assert resolve_type(client, PATH) == "gone"
    assert resolve_type(client, "/library/gout/") == "gone"


def test_another_page_at_the_path__wins(client: Client, condition: ConditionPage) -> None:
    index = condition.get_parent()
    condition.delete()
    ConditionPageFactory(parent=index, slug="gout")

    assert resolve_type(client, PATH) == "page"


def test_another_page_at_the_path__made_private__takes_the_record_along(
    client: Client, condition: ConditionPage
) -> None:
    index = condition.get_parent()
    condition.delete()
    make_private(ConditionPageFactory(parent=index, slug="gout"))

    assert resolve_type(client, PATH) == "not_found"


def test_autosaved_draft__leaves_the_record_alone(condition: ConditionPage) -> None:
    PublicPath.objects.all().delete()

    condition.save_revision()

    assert not PublicPath.objects.exists()
