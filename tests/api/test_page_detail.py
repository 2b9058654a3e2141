"""`pages/<id>/`: one page, for everybody alike."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db


def test_detail__live_page__has_wagtails_form_and_public_addresses(client: Client) -> None:
    page = ConditionPageFactory(parent=build_index(), slug="fibromyalgia")

    detail = client.get(f"/api/v2/pages/{page.pk}/").json()

    assert detail["id"] == page.pk
    assert detail["meta"]["type"] == "conditions.ConditionPage"
    assert detail["meta"]["detail_url"] == f"http://127.0.0.1:8000/api/v2/pages/{page.pk}/"
    assert detail["meta"]["html_url"] == "http://localhost:3000/conditions/fibromyalgia/"
    assert detail["meta"]["parent"]["title"] == "Conditions"
    assert detail["path"] == "/conditions/fibromyalgia/"


def test_detail__another_host_name__changes_nothing(client: Client) -> None:
    page = ConditionPageFactory(parent=build_index())
    url = f"/api/v2/pages/{page.pk}/"

    assert (
        client.get(url, headers={"host": "localhost"}).content
        == client.get(url, headers={"host": "127.0.0.1:1234"}).content
    )


def test_detail__draft_private_and_missing_pages__look_alike(client: Client) -> None:
    index = build_index()
    draft = ConditionPageFactory(parent=index, live=False)
    private = ConditionPageFactory(parent=index)
    make_private(private)

    answers = {
        client.get(f"/api/v2/pages/{page_id}/").content
        for page_id in (draft.pk, private.pk, 987654, 2**63, 10**30)
    }

    assert len(answers) == 1
    assert b'"status":404' in answers.pop()


def test_detail__parent_is_private_itself_alone__cannot_be(client: Client) -> None:
    """Privacy covers everything below, so a page that is seen has parents that are not private."""
    index = build_index()
    page = ConditionPageFactory(parent=index)
    make_private(index)

    assert PageViewRestriction.objects.count() == 1
    assert client.get(f"/api/v2/pages/{page.pk}/").status_code == 404


def test_detail__parent_is_a_draft__is_not_named(client: Client) -> None:
    index = build_index()
    page = ConditionPageFactory(parent=index)
    index.unpublish()

    assert client.get(f"/api/v2/pages/{page.pk}/").json()["meta"]["parent"] is None


def test_detail__fields__serves_those_alone(client: Client) -> None:
    page = ConditionPageFactory(parent=build_index(), condition_name="Gout")

    detail = client.get(f"/api/v2/pages/{page.pk}/?fields=_,condition_name").json()

    assert detail == {"condition_name": "Gout"}
