"""Bodies that nobody could have written in the editor, and that are stored all the same."""

import json
import logging
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse

from cms.blocks.publish_rules import UNREADABLE
from cms.conditions.models import ConditionPage
from cms.core.content_field import count_unreadable_parts
from cms.core.publishing import publish_problems
from tests.factories.conditions import ConditionPageFactory, build_guidance, build_index
from tests.factories.editor_forms import build_editor_data

pytestmark = pytest.mark.django_db

NO_BLOCKS = [
    [None],
    ["x"],
    [5],
    [[]],
    [["overview", {}]],
    [{"value": {}}],
    [{"type": ["a"]}],
    [{"type": None, "value": {}}],
    [{"type": "overview", "value": 5}],
    [{"type": "overview", "value": ["x"]}],
    5,
    True,
    {"type": "overview"},
]


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


def store(body: Any) -> ConditionPage:
    """A live page, `body` written behind the editor's back into its row and its draft."""
    page: ConditionPage = ConditionPageFactory(parent=build_index(), title="Massage for gout")
    revision = page.save_revision()
    revision.content["body"] = json.dumps(body)
    revision.save()
    ConditionPage.objects.filter(pk=page.pk).update(body=body)
    return ConditionPage.objects.get(pk=page.pk)


@pytest.mark.parametrize("body", NO_BLOCKS)
def test_first_screen_and_editor__a_body_that_is_none__open_and_name_the_page(
    body: Any, admin: Client, caplog: pytest.LogCaptureFixture
) -> None:
    page = store(body)

    with caplog.at_level(logging.WARNING):
        screen = admin.get(reverse("wagtailadmin_home"))
    editor = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert screen.status_code == editor.status_code == 200
    assert page.title in screen.content.decode()
    assert "cannot be read" in screen.content.decode()
    assert "parts that are no blocks" in caplog.text


@pytest.mark.parametrize("body", NO_BLOCKS)
def test_publishing__a_body_that_is_none__is_refused_until_it_is_saved(
    body: Any, admin: Client
) -> None:
    page = store(body)
    assert UNREADABLE in [problem.message for problem in publish_problems(page)]

    page.body = [build_guidance()]
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = admin.post(address, build_editor_data(page, **{"action-publish": "1"}))

    assert answer.status_code == 302
    assert publish_problems(ConditionPage.objects.get(pk=page.pk)) == []


def test_body__a_part_that_is_no_block__leaves_the_others_and_their_ids() -> None:
    guidance = build_guidance()
    page = store([None, guidance, {"type": "overview", "id": ["x"]}])

    assert count_unreadable_parts(page.body) == 1
    assert [child.block_type for child in page.body] == ["massage_guidance", "overview"]
    assert page.body[0].id == guidance["id"]
    assert page.body[1].value["heading"] == "What it is"


@pytest.mark.parametrize("body", [None, [], ""])
def test_body__nothing_stored__is_empty_and_readable(body: Any) -> None:
    field = ConditionPage._meta.get_field("body")
    stream = field.to_python(body)
    assert list(stream) == []
    assert count_unreadable_parts(stream) == 0


def test_editor__a_block_without_a_value__opens_empty(admin: Client) -> None:
    block_names = ConditionPage._meta.get_field("body").stream_block.child_blocks
    page = store([{"type": name} for name in block_names])

    answer = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert answer.status_code == 200
    assert count_unreadable_parts(page.body) == 0
