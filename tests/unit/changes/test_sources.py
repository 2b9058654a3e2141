"""What is written into the feed: every change that readers could notice, and nothing else."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models.signals import post_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Site,
)

from cms.changes.feed import fetch_changes, get_position
from cms.changes.models import PendingChange
from cms.comments import closing, moderation
from cms.comments.choices import CommentsMode, CommentStatus
from cms.comments.cleanup import delete_old_comments
from cms.comments.models import Comment, CommentSettings
from cms.comments.privacy.personal_data import erase_personal_data
from cms.conditions.models import AlsoKnownAs, ConditionIndexPage, ConditionPage
from cms.images.renditions import make_missing_renditions
from cms.pages.models import StandardPage
from cms.pages.site_record import sync_site
from tests.factories.branding import build_branding
from tests.factories.comments import CommentFactory, build_thread
from tests.factories.conditions import (
    BodySystemFactory,
    ConditionPageFactory,
    PersonFactory,
    build_block,
    build_guidance,
    build_index,
    build_phase,
)
from tests.factories.images import SiteImageFactory
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private

pytestmark = pytest.mark.django_db

WHERE = {"paths", "listing:conditions", "listing:explore"}
Change = Callable[[], object]


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def page(index: ConditionIndexPage) -> ConditionPage:
    """A published condition page."""
    page: ConditionPage = ConditionPageFactory(parent=index, condition_name="Gout")
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def other(index: ConditionIndexPage) -> ConditionPage:
    """Another one, of which nothing may be said."""
    page: ConditionPage = ConditionPageFactory(parent=index, condition_name="Sciatica")
    return page


def find_tags(change: Change) -> set[str]:
    """The tags that `change` writes into the feed."""
    before = get_position()
    change()
    return {tag for each in fetch_changes(before).changes for tag in each.tags}


def move_clock(monkeypatch: pytest.MonkeyPatch, ahead: datetime.timedelta) -> None:
    later = timezone.now() + ahead
    monkeypatch.setattr(closing.timezone, "now", lambda: later)


def publish(page: ConditionPage, **fields: object) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


class TestPages:
    def test_publishing__new_page(self, index: ConditionIndexPage, other: ConditionPage) -> None:
        page = ConditionPageFactory(parent=index, live=False)
        tags = find_tags(lambda: page.save_revision().publish())
        assert tags == {f"page:{page.pk}", *WHERE}

    def test_publishing__another_text__moves_no_list(self, page: ConditionPage) -> None:
        body = [build_guidance(pain_tolerance="Say so when it is too much.")]
        assert find_tags(lambda: publish(page, body=body)) == {f"page:{page.pk}"}

    def test_publishing__another_name__is_on_lists(self, page: ConditionPage) -> None:
        tags = find_tags(lambda: publish(page, condition_name="Podagra"))
        assert tags == {f"page:{page.pk}", "listing:conditions"}

    def test_publishing__another_alias__is_on_lists(self, page: ConditionPage) -> None:
        page.also_known_as.add(AlsoKnownAs(term="Podagra"))
        assert find_tags(lambda: publish(page)) == {f"page:{page.pk}", "listing:conditions"}

    def test_publishing__other_symptoms__other_pages_are_alike(self, page: ConditionPage) -> None:
        symptoms = build_block(
            "symptoms",
            heading="Symptoms",
            items=[{"text": "Tremor", "note": ""}],
            diagnosis_note="Ask.",
        )
        tags = find_tags(lambda: publish(page, body=[build_guidance(), symptoms]))
        assert tags == {f"page:{page.pk}", "listing:explore"}

    def test_publishing__other_cautions__other_pages_are_alike(self, page: ConditionPage) -> None:
        body = [build_guidance(build_phase(heat="avoid"))]
        assert "listing:explore" in find_tags(lambda: publish(page, body=body))

    def test_publishing__another_address__moves_the_page(self, page: ConditionPage) -> None:
        tags = find_tags(lambda: publish(page, slug="podagra"))
        assert tags == {f"page:{page.pk}", "paths", "listing:conditions"}

    def test_publishing__another_address_of_a_section__moves_what_is_in_it(
        self, index: ConditionIndexPage, page: ConditionPage
    ) -> None:
        def rename() -> None:
            index.slug = "library"
            index.save_revision().publish()

        assert {f"page:{index.pk}", f"page:{page.pk}", "paths"} <= find_tags(rename)

    def test_saving_a_draft__says_nothing(self, page: ConditionPage) -> None:
        page.title = "Nobody sees this"
        assert find_tags(page.save_revision) == set()

    def test_editing__draft_in_the_admin__says_nothing(
        self, page: ConditionPage, admin_client: Client
    ) -> None:
        lock = reverse("wagtailadmin_pages:lock", args=[page.pk])
        assert find_tags(lambda: admin_client.post(lock)) == set()

    def test_new_draft__says_nothing(self, index: ConditionIndexPage) -> None:
        assert find_tags(lambda: ConditionPageFactory(parent=index, live=False)) == set()

    def test_saving__live_page__by_code(self, page: ConditionPage) -> None:
        page.summary = "Another summary of forty characters and a few more."
        assert find_tags(page.save) == {f"page:{page.pk}", "listing:conditions"}

    def test_unpublishing(self, page: ConditionPage) -> None:
        assert find_tags(page.unpublish) == {f"page:{page.pk}", *WHERE}

    def test_deleting(self, page: ConditionPage) -> None:
        page_id = page.pk
        assert find_tags(page.delete) == {f"page:{page_id}", *WHERE}

    def test_deleting__draft__says_nothing(self, index: ConditionIndexPage) -> None:
        page = ConditionPageFactory(parent=index, live=False)
        assert find_tags(page.delete) == set()

    def test_moving__names_everything_below(
        self, index: ConditionIndexPage, page: ConditionPage
    ) -> None:
        target = StandardPageFactory(parent=index.get_parent())
        tags = find_tags(lambda: index.move(target, pos="last-child"))
        assert {f"page:{index.pk}", f"page:{page.pk}", "paths", "listing:conditions"} <= tags

    def test_copying__live(self, page: ConditionPage) -> None:
        copies: list[Page] = []
        tags = find_tags(
            lambda: copies.append(page.copy(update_attrs={"slug": "copy", "title": "Copy"}))
        )
        assert {f"page:{copies[0].pk}", "paths", "listing:conditions"} <= tags

    def test_expiring(self, page: ConditionPage) -> None:
        past = timezone.now() - datetime.timedelta(minutes=1)
        ConditionPage.objects.filter(pk=page.pk).update(expire_at=past)
        tags = find_tags(lambda: call_command("publish_scheduled"))
        assert {f"page:{page.pk}", "paths"} <= tags

    def test_privacy__set_and_taken_off(
        self, index: ConditionIndexPage, page: ConditionPage
    ) -> None:
        restrictions: list[PageViewRestriction] = []
        wanted = {f"page:{index.pk}", f"page:{page.pk}", *WHERE}
        assert find_tags(lambda: restrictions.append(make_private(index))) == wanted
        assert find_tags(restrictions[0].delete) == wanted

    def test_redirect__saved_and_deleted(self, page: ConditionPage) -> None:
        redirect = Redirect(old_path="/old", redirect_page=page)
        assert find_tags(redirect.save) == {"paths"}
        assert find_tags(redirect.delete) == {"paths"}

    def test_site__another_root(self, page: ConditionPage) -> None:
        site = Site.objects.get(is_default_site=True)
        site.root_page = StandardPageFactory(parent=Page.get_first_root_node())
        assert "all" in find_tags(site.save)

    def test_site__written_as_it_is__says_nothing(self, page: ConditionPage) -> None:
        sync_site()
        assert find_tags(sync_site) == set()

    def test_redirect__that_wagtail_makes__is_there_when_it_is_said(
        self,
        page: ConditionPage,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        seen: list[int] = []

        def count(instance: PendingChange, **_: object) -> None:
            if "paths" in instance.tags:
                seen.append(Redirect.objects.count())

        post_save.connect(count, sender=PendingChange)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                publish(page, slug="podagra")
        finally:
            post_save.disconnect(count, sender=PendingChange)
        assert seen[-1] == Redirect.objects.count() == 1

    def test_large_section__is_everything(
        self, index: ConditionIndexPage, page: ConditionPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("cms.pages.change_sources._MOST_PAGES", 1)
        assert "all" in find_tags(lambda: make_private(index))

    def test_standard_page__moves_no_list_of_conditions(self, index: ConditionIndexPage) -> None:
        page: StandardPage = StandardPageFactory(parent=index.get_parent())
        page.summary = "Another summary of forty characters and a few more."
        tags = find_tags(lambda: page.save_revision().publish())
        assert tags == {f"page:{page.pk}"}


class TestWhatPagesShare:
    def test_person(self, page: ConditionPage) -> None:
        person = page.author
        assert person is not None
        person.name = "Somebody Else"
        assert find_tags(person.save) == {f"person:{person.pk}"}

    def test_person__new__says_nothing(self) -> None:
        assert find_tags(PersonFactory) == set()

    def test_body_system(self, page: ConditionPage) -> None:
        system = BodySystemFactory(name="Joints")
        page.body_systems.add(system)
        publish(page)
        system.name = "Joints and bones"
        assert f"body_system:{system.pk}" in find_tags(system.save)
        system_id = system.pk
        tags = find_tags(system.delete)
        assert {f"body_system:{system_id}", "listing:explore"} <= tags

    def test_branding__and_its_menus(self, page: ConditionPage) -> None:
        branding = build_branding(header=[{"label": "Gout", "page": page}])
        branding.tagline = "Another"
        assert find_tags(branding.save) == {"site"}
        item = branding.header_menu_items.get()
        item.label = "Another"
        assert find_tags(item.save) == {"site"}


class TestImages:
    def test_description(self) -> None:
        image = SiteImageFactory()
        image.description = "Another"
        assert find_tags(image.save) == {f"image:{image.pk}"}

    def test_rendition_and_deletion(self) -> None:
        image = SiteImageFactory()
        image.renditions.all().delete()
        assert find_tags(lambda: make_missing_renditions(image)) == {f"image:{image.pk}"}
        image_id = image.pk
        assert find_tags(image.delete) == {f"image:{image_id}"}

    def test_collection__made_private_and_public(self) -> None:
        collection = Collection.get_first_root_node().add_child(name="Private")
        image = SiteImageFactory(collection=collection)
        SiteImageFactory()
        restriction = CollectionViewRestriction(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
        assert find_tags(restriction.save) == {f"image:{image.pk}"}
        assert find_tags(restriction.delete) == {f"image:{image.pk}"}

    def test_image__into_another_collection(self) -> None:
        image = SiteImageFactory()
        image.collection = Collection.get_first_root_node().add_child(name="Private")
        assert find_tags(image.save) == {f"image:{image.pk}"}

    def test_images__into_another_collection_at_once(self, admin_client: Client) -> None:
        images = [SiteImageFactory() for _ in range(2)]
        SiteImageFactory()
        collection = Collection.get_first_root_node().add_child(name="Private")
        url = reverse("wagtail_bulk_action", args=["images", "siteimage", "add_to_collection"])
        chosen = "&".join(f"id={image.pk}" for image in images)
        tags = find_tags(
            lambda: admin_client.post(f"{url}?{chosen}", {"collection": collection.pk})
        )
        assert tags == {f"image:{image.pk}" for image in images}


class TestComments:
    @pytest.fixture
    def moderator(self) -> User:
        return User.objects.create_user("moderator")

    @pytest.fixture
    def tag(self, page: ConditionPage) -> set[str]:
        return {f"comments:{page.pk}"}

    def test_approving_and_taking_off(
        self, page: ConditionPage, tag: set[str], moderator: User
    ) -> None:
        comment = CommentFactory(page=page)
        assert find_tags(lambda: moderation.approve(comment, moderator)) == tag
        assert find_tags(lambda: moderation.mark_as_spam(comment, moderator)) == tag

    def test_binning__what_nobody_saw__says_nothing(
        self, page: ConditionPage, moderator: User
    ) -> None:
        comment = CommentFactory(page=page)
        assert find_tags(lambda: moderation.move_to_bin(comment, moderator)) == set()

    def test_editing(self, page: ConditionPage, tag: set[str], moderator: User) -> None:
        held, shown = CommentFactory(page=page), build_thread(page, replies=0)
        edit = {"name": "Another", "text": "Another text."}
        assert find_tags(lambda: moderation.edit(held, moderator, **edit)) == set()
        assert find_tags(lambda: moderation.edit(shown, moderator, **edit)) == tag

    def test_replying(self, page: ConditionPage, tag: set[str], moderator: User) -> None:
        thread = build_thread(page, replies=0)
        assert find_tags(lambda: moderation.reply(thread, moderator, "Thank you.")) == tag

    def test_erasing(self, page: ConditionPage, tag: set[str]) -> None:
        CommentFactory(page=page, email="a@example.org", status=CommentStatus.APPROVED)
        assert find_tags(lambda: erase_personal_data("a@example.org")) == tag

    def test_forgetting_old_spam__says_nothing(self, page: ConditionPage) -> None:
        long_ago = timezone.now() - datetime.timedelta(days=60)
        CommentFactory(page=page, status=CommentStatus.SPAM, sent_at=long_ago, decided_at=long_ago)
        assert find_tags(delete_old_comments) == set()
        assert not Comment.objects.exists()

    def test_settings(self, page: ConditionPage) -> None:
        settings = CommentSettings(site=Site.objects.get(is_default_site=True), close_after_days=3)
        assert find_tags(settings.save) == {"comments"}

    @pytest.mark.parametrize("is_own", [True, False])
    def test_closing_by_time__is_said_once(
        self,
        page: ConditionPage,
        other: ConditionPage,
        tag: set[str],
        is_own: bool,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        if is_own:
            ConditionPage.objects.filter(pk=page.pk).update(comments_close_after_days=5)
        else:
            CommentSettings.objects.create(
                site=Site.objects.get(is_default_site=True), close_after_days=5
            )
        call_command("announce_closed_comments")
        almost = timezone.now() - datetime.timedelta(days=5) + datetime.timedelta(minutes=1)
        ConditionPage.objects.filter(pk=page.pk).update(first_published_at=almost)
        assert find_tags(lambda: call_command("announce_closed_comments")) == set()
        move_clock(monkeypatch, datetime.timedelta(minutes=2))
        assert find_tags(lambda: call_command("announce_closed_comments")) == tag
        assert find_tags(lambda: call_command("announce_closed_comments")) == set()

    def test_closing_by_time__closed_before__says_nothing(
        self, page: ConditionPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        almost = timezone.now() - datetime.timedelta(days=5) + datetime.timedelta(minutes=1)
        ConditionPage.objects.filter(pk=page.pk).update(
            comments_close_after_days=5,
            first_published_at=almost,
            comments_mode=CommentsMode.CLOSED,
        )
        call_command("announce_closed_comments")
        move_clock(monkeypatch, datetime.timedelta(minutes=2))
        assert find_tags(lambda: call_command("announce_closed_comments")) == set()
