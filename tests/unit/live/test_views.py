"""The message after publishing, the address that its script asks, and the list of sites."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageViewRestriction

from cms.changes.feed import get_position
from cms.changes.models import SiteReport
from cms.changes.reports import note_report
from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.live import publications
from cms.live.models import Outcome, Publication
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.editor_forms import build_editor_data
from tests.factories.live import build_publication, build_report
from tests.factories.logins import build_login
from tests.factories.pages import StandardPageFactory

pytestmark = pytest.mark.django_db

MARK = "data-live-status="


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def guide(index: ConditionIndexPage) -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=index, live=False)
    page.save_revision(clean=False).publish()
    return ConditionPage.objects.get(pk=page.pk)


@pytest.fixture
def admin(client: Client, admin_user: AbstractUser) -> Client:
    client.force_login(admin_user)
    return client


def publish(admin: Client, page: ConditionPage, **changes: Any) -> str:
    """What the screen shows that the editor comes to."""
    data = build_editor_data(page, **{"action-publish": "1"}, **changes)
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def ask(client: Client, publication: Publication) -> Any:
    return client.get(reverse("live:publication", args=[publication.pk]))


def test_publish__in_the_editor__leads_to_a_message_that_is_watched(
    admin: Client, guide: ConditionPage
) -> None:
    screen = publish(admin, guide, summary="Something else, in words that are just as plain.")

    publication = Publication.objects.get()
    assert (publication.page_id, publication.page_count) == (guide.pk, 1)
    assert publication.is_public
    assert (publication.epoch, publication.number) == (
        get_position().epoch,
        get_position().number,
    )
    address = reverse("live:publication", args=[publication.pk])
    assert f'{MARK}"{address}"' in screen
    assert 'role="status"' in screen
    assert "live/status.js" in screen
    # Without the script, it says where to look.
    assert f'<a href="{reverse("live:sites")}"' in screen


def test_save__as_a_draft__has_no_such_message(admin: Client, guide: ConditionPage) -> None:
    data = build_editor_data(guide, summary="Something that only editors will see for now.")
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[guide.pk]), data, follow=True)

    assert MARK not in answer.content.decode()
    assert not Publication.objects.exists()


def test_publish__in_a_private_section__has_no_such_message(
    admin: Client, index: ConditionIndexPage, guide: ConditionPage
) -> None:
    PageViewRestriction.objects.create(page=index, restriction_type="login")

    assert MARK not in publish(admin, guide, summary="Only who is logged in may read this here.")
    assert not Publication.objects.exists()


def test_publish__refused__has_no_such_message(admin: Client, guide: ConditionPage) -> None:
    assert MARK not in publish(admin, guide, summary="Short")
    assert not Publication.objects.exists()


def test_unpublish__is_watched_for_its_end(admin: Client, guide: ConditionPage) -> None:
    answer = admin.post(reverse("wagtailadmin_pages:unpublish", args=[guide.pk]), follow=True)

    assert MARK in answer.content.decode()
    assert not Publication.objects.get().is_public


def test_bulk_publish__is_one_message_for_all(admin: Client, index: ConditionIndexPage) -> None:
    pages = [ConditionPageFactory(parent=index, live=False) for _ in range(3)]
    for page in pages:
        page.save_revision(clean=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={page.pk}" for page in pages)
    answer = admin.post(f"{address}?{query}&next=/admin/", {}, follow=True)

    assert answer.content.decode().count(MARK) == 1
    assert Publication.objects.get().page_count == 3


def test_publish__the_status_cannot_be_watched__is_published_all_the_same(
    admin: Client, guide: ConditionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise DatabaseError("no feed")

    monkeypatch.setattr(publications, "get_position", fail)
    summary = "Something else, in words that are just as plain."

    assert MARK not in publish(admin, guide, summary=summary)
    guide.refresh_from_db()
    assert guide.summary == summary


def test_publish__publications_of_yesterday__are_forgotten(
    admin: Client, guide: ConditionPage
) -> None:
    old = build_publication(guide, created_at=timezone.now() - datetime.timedelta(hours=25))
    publish(admin, guide, summary="Something else, in words that are just as plain.")

    assert not Publication.objects.filter(pk=old.pk).exists()
    assert Publication.objects.count() == 1


def test_status__before_and_after_the_site_reports__says_so(
    admin: Client, guide: ConditionPage
) -> None:
    publish(admin, guide, summary="Something else, in words that are just as plain.")
    publication = Publication.objects.get()

    assert ask(admin, publication).json()["state"] == "waiting"
    note_report("web-1", get_position(), 14, 6)
    answer = ask(admin, publication)

    assert "no-store" in answer["Cache-Control"]
    assert answer.json()["state"] == "live"
    assert answer.json()["text"].startswith("Live on the site: ")
    assert answer.json()["text"].endswith("6 pages refreshed")


def test_status__however_many_sites_report__costs_the_same(
    admin: Client, guide: ConditionPage, django_assert_max_num_queries: Any
) -> None:
    publication = build_publication(guide)
    SiteReport.objects.bulk_create([build_report(f"web-{each}") for each in range(30)])

    with django_assert_max_num_queries(6):
        ask(admin, publication)


def test_status__of_a_page_of_others__is_unknown(
    index: ConditionIndexPage, guide: ConditionPage
) -> None:
    section = StandardPageFactory(parent=index.get_parent())
    group = Group.objects.create(name="Writers of one section")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    permission = Permission.objects.get(
        codename="change_page", content_type__app_label="wagtailcore"
    )
    GroupPagePermission.objects.create(group=group, page=section, permission=permission)
    client = Client()
    client.force_login(build_login(group.name))

    assert ask(client, build_publication(section)).status_code == 200
    answer = ask(client, build_publication(guide))
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_publication")


def test_status__of_nothing__is_a_clear_error(admin: Client) -> None:
    answer = admin.get(reverse("live:publication", args=[999]))

    assert answer.status_code == 404
    assert answer.json()["code"] == "unknown_publication"
    assert admin.get(f"/admin/live/publications/{2**70}/").status_code == 404


def test_status__without_a_login__is_refused(client: Client, guide: ConditionPage) -> None:
    answer = ask(client, build_publication(guide))

    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]


def test_status__by_post__is_not_allowed(admin: Client, guide: ConditionPage) -> None:
    address = reverse("live:publication", args=[build_publication(guide).pk])

    assert admin.post(address).status_code == 405


def test_status__the_worker_finds_another_version__is_not_confirmed_in_the_end(
    admin: Client, guide: ConditionPage
) -> None:
    publication = build_publication(
        guide,
        created_at=timezone.now() - datetime.timedelta(seconds=21),
        outcome=Outcome.OTHER_VERSION,
    )

    answer = ask(admin, publication).json()
    assert answer["state"] == "unconfirmed"
    assert "still shows another version" in answer["text"]


def test_sites__that_report__are_listed_with_how_far_they_are(
    admin: Client, guide: ConditionPage
) -> None:
    position = get_position()
    long_ago = timezone.now() - datetime.timedelta(hours=3)
    for report in (
        build_report("web-1", number=position.number, epoch=position.epoch),
        build_report("web-2", number=position.number - 1, epoch=position.epoch),
        build_report("web-3", number=1, epoch=position.epoch, reported_at=long_ago),
    ):
        report.save()
    screen = admin.get(reverse("live:sites")).content.decode()

    for words in ("web-1", "Shows everything", "1 change behind", "Not heard of lately"):
        assert words in screen


@pytest.mark.parametrize(("key", "words"), [("", "SITE_KEY"), ("a", "No site has said yet")])
def test_sites__none_reports__says_what_to_do(
    admin: Client, settings: Any, key: str, words: str
) -> None:
    settings.SITE_KEY = key

    assert words in admin.get(reverse("live:sites")).content.decode()


def test_sites__are_in_the_menu_of_reports(admin: Client) -> None:
    assert reverse("live:sites") in admin.get(reverse("wagtailadmin_home")).content.decode()
