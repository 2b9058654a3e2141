"""A snapshot is the draft's own copy, and knows where the draft stands on the site."""

import pytest
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Comment, Page

from cms.branding.models import BrandingSettings
from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from cms.previews.errors import LostPageError
from cms.previews.models import SnapshotKind
from cms.previews.opening import keep_typed
from cms.previews.snapshots import get_path, restore
from tests.factories.branding import build_branding
from tests.factories.conditions import (
    BodySystemFactory,
    ConditionPageFactory,
    build_guidance,
    build_index,
)
from tests.factories.drafts import build_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def condition(index: ConditionIndexPage) -> ConditionPage:
    condition: ConditionPage = ConditionPageFactory(parent=index, slug="ms")
    return condition


def test_restored__page__has_everything_that_was_kept(condition: ConditionPage) -> None:
    system = BodySystemFactory()
    condition.title = "Kept"
    condition.body = [build_guidance(summary="Kept too.")]
    condition.also_known_as.set([AlsoKnownAs(term="MS", kind="abbreviation")])
    condition.body_systems.set([system])
    snapshot = build_snapshot(condition)
    snapshot.refresh_from_db()
    draft = restore(snapshot)

    assert isinstance(draft, ConditionPage)
    assert (draft.pk, draft.title) == (condition.pk, "Kept")
    assert draft.body.raw_data[0]["value"]["summary"] == "Kept too."
    assert [row.term for row in draft.also_known_as.all()] == ["MS"]
    assert list(draft.body_systems.all()) == [system]


def test_kept__page__leaves_out_what_editors_remark(
    condition: ConditionPage, admin_user: AbstractUser
) -> None:
    condition.wagtail_admin_comments.add(
        Comment(user=admin_user, text="Is this true?", contentpath="title")
    )

    assert "Is this true?" not in str(build_snapshot(condition).content)


def test_path__of_a_draft_with_a_new_slug__is_where_it_will_be(condition: ConditionPage) -> None:
    condition.slug = "multiple-sclerosis"

    assert get_path(build_snapshot(condition)) == "/conditions/multiple-sclerosis/"


def test_path__after_the_page_was_moved__follows_it(
    index: ConditionIndexPage, condition: ConditionPage
) -> None:
    snapshot = build_snapshot(condition)
    index.slug = "guides"
    index.save()

    assert get_path(snapshot) == "/guides/ms/"


def test_path__of_the_home_page_and_of_the_branding__is_the_root(
    index: ConditionIndexPage,
) -> None:
    home = index.get_parent().specific
    home.slug = "other"

    assert get_path(build_snapshot(home)) == "/"
    assert get_path(build_snapshot(build_branding())) == "/"


def test_restored__branding__has_its_menus(index: ConditionIndexPage) -> None:
    branding = build_branding(name="Kept", header=[{"label": "Book", "address": "https://a.b/"}])
    draft = restore(build_snapshot(branding))

    assert isinstance(draft, BrandingSettings)
    assert draft.name == "Kept"
    assert [item.label for item in draft.header_menu_items.all()] == ["Book"]


def test_snapshot__of_a_page_that_is_deleted__goes_with_it(condition: ConditionPage) -> None:
    snapshot = build_snapshot(condition)
    condition.delete()

    assert not type(snapshot).objects.filter(pk=snapshot.pk).exists()


def test_snapshot__of_a_new_page_whose_parent_is_deleted__is_lost(
    index: ConditionIndexPage, admin_user: AbstractUser
) -> None:
    draft = ConditionPage(title="New", slug="new")
    snapshot = keep_typed(draft, admin_user, parent_object_id=str(index.pk))
    index.delete()

    with pytest.raises(LostPageError):
        restore(snapshot)


def test_snapshot__of_a_kind_that_the_site_does_not_show__is_lost(
    condition: ConditionPage,
) -> None:
    snapshot = build_snapshot(condition, kind=SnapshotKind.VERSION)
    snapshot.content_type = ContentType.objects.get_for_model(Page)

    with pytest.raises(LostPageError):
        restore(snapshot)
