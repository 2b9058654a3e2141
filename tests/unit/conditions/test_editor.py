"""The editor of condition pages, as an editor meets it."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.icons import get_icons
from wagtail.blocks import Block, ListBlock, StructBlock

from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from cms.conditions.new_page import STARTING_BLOCKS, add_starting_blocks
from cms.conditions.review import get_a_year_later
from cms.core.page_form import NOT_YET
from tests.factories.conditions import (
    ConditionPageFactory,
    build_guidance,
    build_index,
    build_phase,
)
from tests.factories.editor_forms import build_editor_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


def save(admin: Client, page: ConditionPage, accept: str = "text/html", **changes: Any) -> Any:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return admin.post(address, build_editor_data(page, **changes), HTTP_ACCEPT=accept)


def get_draft(page: ConditionPage) -> ConditionPage:
    return ConditionPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_new_page__starts_with_the_usual_blocks(index: ConditionIndexPage, admin: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk])

    page = admin.get(address).context["form"].instance

    assert tuple(child.block_type for child in page.body) == STARTING_BLOCKS
    assert len({child.id for child in page.body} - {None}) == len(STARTING_BLOCKS)
    guidance = page.body[STARTING_BLOCKS.index("massage_guidance")].value
    assert guidance["heading"] == "Is massage safe?"
    assert len(guidance["phases"]) == 1


def test_a_new_page__is_saved_as_a_draft_with_nothing_but_a_title(
    index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPage(title="Gout", slug="gout")
    add_starting_blocks(page)
    address = reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk])

    answer = admin.post(address, build_editor_data(page), HTTP_ACCEPT="application/json")

    assert answer.json()["success"]


def test_publishing__shows_each_problem_beside_its_field(
    index: ConditionIndexPage, admin: Client
) -> None:
    rows = [build_phase(advice="avoid", max_pressure=3), build_phase(phase="acute", label="")]
    page = ConditionPageFactory(parent=index, live=False, summary="Short", last_reviewed=None)
    page.body = [build_guidance(*rows), {"type": "massage_guidance", "value": {}}]

    answer = save(admin, page, **{"action-publish": "1"})

    errors = answer.context["form"].errors.as_data()
    body = errors["body"][0].as_json_data()["blockErrors"]
    first_rows = body[0]["blockErrors"]["phases"]["blockErrors"]
    assert list(first_rows[0]["blockErrors"]) == ["max_pressure"]
    assert first_rows[1]["blockErrors"]["label"]["messages"] == ["Fill this in."]
    assert body[1]["messages"]
    assert body[1]["blockErrors"]["summary"]["messages"] == ["Fill this in."]
    assert {"summary", "whole_page_reviewed"} < set(errors)
    assert NOT_YET in answer.content.decode()
    assert "Look again at: Massage guidance." in answer.content.decode()


def test_publishing__an_empty_row_of_other_names__is_named_once(
    index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index, live=False)
    page.also_known_as = [AlsoKnownAs(term="")]
    page.save()
    row = {"also_known_as-TOTAL_FORMS": "1", "also_known_as-0-kind": "synonym"}
    row |= {"also_known_as-0-id": "", "also_known_as-0-ORDER": "1", "also_known_as-0-DELETE": ""}

    answer = save(admin, page, **{"action-publish": "1"}, **row, **{"also_known_as-0-term": ""})
    assert answer.status_code == 200
    answer = save(admin, page, **{"action-publish": "1"}, **row, **{"also_known_as-0-term": "MS"})
    assert answer.status_code == 302


def test_last_reviewed__moves_only_by_the_tick_box(
    index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index, review_due=None)
    before, today = page.last_reviewed, timezone.localdate()

    save(admin, page, title="Changed", last_reviewed="2030-01-01")
    assert get_draft(page).last_reviewed == before
    save(admin, page, accept="application/json", whole_page_reviewed="on")
    assert get_draft(page).last_reviewed == before
    save(admin, page, whole_page_reviewed="on")
    assert get_draft(page).last_reviewed == today
    assert get_draft(page).review_due == get_a_year_later(today)


def test_last_reviewed__of_a_new_page__is_not_moved_by_autosave(
    index: ConditionIndexPage, admin: Client
) -> None:
    source = ConditionPageFactory(parent=index, live=False)
    address = reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk])
    data = build_editor_data(source, slug="new", review_due="", whole_page_reviewed="on")

    answer = admin.post(address, data, HTTP_ACCEPT="application/json")

    assert answer.json()["success"]
    page = ConditionPage.objects.get(slug="new")
    assert (page.last_reviewed, page.review_due) == (None, None)
    assert get_draft(page).last_reviewed is None
    save(admin, page, whole_page_reviewed="on")
    assert get_draft(page).last_reviewed == timezone.localdate()


@pytest.mark.parametrize(("days", "is_kept"), [(30, True), (0, False), (-30, False)])
def test_next_review__is_suggested_unless_a_later_day_was_chosen(
    days: int, is_kept: bool, index: ConditionIndexPage, admin: Client
) -> None:
    page = ConditionPageFactory(parent=index)
    chosen = timezone.localdate() + datetime.timedelta(days=days)

    save(admin, page, whole_page_reviewed="on", review_due=chosen.isoformat())

    expected = chosen if is_kept else get_a_year_later(timezone.localdate())
    assert get_draft(page).review_due == expected


def test_get_a_year_later__from_a_leap_day__is_the_last_of_february() -> None:
    assert get_a_year_later(datetime.date(2028, 2, 29)) == datetime.date(2029, 2, 28)


def test_first_screen__lists_what_needs_attention(index: ConditionIndexPage, admin: Client) -> None:
    due = ConditionPageFactory(parent=index, review_due=timezone.localdate())
    fine = ConditionPageFactory(parent=index, review_due=datetime.date(2999, 1, 1))
    broken = ConditionPageFactory(parent=index, review_due=None)
    # A choice that a later version took away.
    ConditionPage.objects.filter(pk=broken.pk).update(
        body=[build_guidance(build_phase(advice="gone"))]
    )

    screen = admin.get(reverse("wagtailadmin_home")).content.decode()

    assert due.title in screen
    assert broken.title in screen
    assert "cannot be shown to readers" in screen
    assert fine.title not in screen


def test_first_screen__nothing_to_do__says_so(index: ConditionIndexPage, admin: Client) -> None:
    screen = admin.get(reverse("wagtailadmin_home")).content.decode()

    assert "No page needs your attention." in screen
    assert (
        reverse("wagtailadmin_pages:add", args=["conditions", "conditionpage", index.pk]) in screen
    )


def iterate_blocks(block: Block) -> list[Block]:
    """`block` and everything inside."""
    below: list[Block] = []
    if isinstance(block, ListBlock):
        below = iterate_blocks(block.child_block)
    elif isinstance(block, StructBlock):
        below = [inner for child in block.child_blocks.values() for inner in iterate_blocks(child)]
    return [block, *below]


def test_icons__of_all_blocks__exist() -> None:
    sprite = get_icons()
    for block in ConditionPage._meta.get_field("body").stream_block.child_blocks.values():
        for inner in iterate_blocks(block):
            assert f'id="icon-{inner.meta.icon}"' in sprite, inner.meta.icon


def test_block_previews__public_blocks_have_one_and_their_parts_have_none(admin: Client) -> None:
    for block in ConditionPage._meta.get_field("body").stream_block.child_blocks.values():
        answer = admin.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        content = answer.content.decode()
        assert f"/styleguide/blocks/{block.name}/" in content
        assert str(block.meta.description) in content.replace("&#x27;", "'")
        parts = [inner for inner in iterate_blocks(block)[1:] if isinstance(inner, StructBlock)]
        assert not any(part.is_previewable for part in parts)


@pytest.mark.parametrize("name", ["person", "bodysystem"])
def test_shared_lists__open(name: str, admin: Client, index: ConditionIndexPage) -> None:
    ConditionPageFactory(parent=index)
    for view in ("list", "add"):
        assert admin.get(reverse(f"wagtailsnippets_conditions_{name}:{view}")).status_code == 200
