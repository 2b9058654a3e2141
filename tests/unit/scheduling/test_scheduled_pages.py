"""Pages that are due: each is published by itself, or held back by itself."""

import datetime
import json
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.scheduling.scheduled_pages import REFUSED_ACTION, UNREADABLE
from tests.factories.conditions import (
    ConditionPageFactory,
    build_guidance,
    build_index,
    build_phase,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


def build_due_page(index: ConditionIndexPage, *, hours: int, **stored: Any) -> ConditionPage:
    """A draft that was due so many hours ago, whose version holds `stored`, whatever that is."""
    page: ConditionPage = ConditionPageFactory(parent=index, live=False)
    revision = page.save_revision(clean=False)
    Revision.objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - datetime.timedelta(hours=hours),
        content={**revision.content, **stored},
    )
    return page


UNREADABLE_VERSIONS: list[dict[str, Any]] = [
    {"body": "[5]"},
    {"body": "5"},
    {"body": json.dumps([build_guidance(build_phase(phase=["x"]))])},
    {"last_reviewed": "some day"},
    {"hero_image": "x"},
    {"reviewed_by": 999_999},
]


@pytest.mark.parametrize("stored", UNREADABLE_VERSIONS)
def test_publish_scheduled__a_version_that_fails__stops_no_other_and_is_listed(
    stored: dict[str, Any],
    index: ConditionIndexPage,
    client: Client,
    admin_user: AbstractUser,
) -> None:
    bad = build_due_page(index, hours=2, **stored)
    good = build_due_page(index, hours=1)

    call_command("publish_scheduled")

    assert ConditionPage.objects.get(pk=good.pk).live
    assert not Page.objects.get(pk=bad.pk).live
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    client.force_login(admin_user)
    screen = client.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{bad.title}</a>" in screen
    assert "Did not go live on its day." in screen
    assert client.get(reverse("wagtailadmin_pages:history", args=[bad.pk])).status_code == 200


def test_publish_scheduled__an_unreadable_version__is_logged_with_its_traceback(
    index: ConditionIndexPage, caplog: pytest.LogCaptureFixture
) -> None:
    bad = build_due_page(index, hours=1, last_reviewed="some day", hero_image="x")

    call_command("publish_scheduled")

    assert any(record.exc_info for record in caplog.records)
    assert "Traceback" in caplog.text
    assert PageLogEntry.objects.get(action=REFUSED_ACTION, page_id=bad.pk).data == {
        "reasons": [UNREADABLE]
    }


def test_publish_scheduled__a_failure_while_publishing__leaves_the_page_as_it_was(
    index: ConditionIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = build_due_page(index, hours=2)
    good = build_due_page(index, hours=1)
    publish = ConditionPage.publish

    def fail_after_publishing(page: ConditionPage, *args: Any, **kwargs: Any) -> Any:
        publish(page, *args, **kwargs)
        if page.pk == failing.pk:
            raise RuntimeError("a signal handler is broken")

    monkeypatch.setattr(ConditionPage, "publish", fail_after_publishing)

    call_command("publish_scheduled")

    assert ConditionPage.objects.get(pk=good.pk).live
    assert not ConditionPage.objects.get(pk=failing.pk).live
    assert PageLogEntry.objects.filter(action=REFUSED_ACTION, page_id=failing.pk).exists()


def test_publish_scheduled__a_database_that_is_away__is_asked_again_next_time(
    index: ConditionIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = build_due_page(index, hours=1)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(ConditionPage, "publish", fail)
        with pytest.raises(OperationalError):
            call_command("publish_scheduled")
    assert not ConditionPage.objects.get(pk=page.pk).live
    call_command("publish_scheduled")

    assert ConditionPage.objects.get(pk=page.pk).live


def test_publish_scheduled__a_version_whose_page_is_gone__stops_no_other(
    index: ConditionIndexPage,
) -> None:
    orphan = build_due_page(index, hours=2)
    good = build_due_page(index, hours=1)
    Revision.objects.filter(object_id=str(orphan.pk)).update(object_id="999999")

    call_command("publish_scheduled")

    assert ConditionPage.objects.get(pk=good.pk).live
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def build_expired_page(index: ConditionIndexPage, *, hours: int) -> ConditionPage:
    """A page that readers see, whose time was over so many hours ago."""
    page: ConditionPage = ConditionPageFactory(parent=index)
    page.save_revision(clean=False).publish()
    then = timezone.now() - datetime.timedelta(hours=hours)
    Page.objects.filter(pk=page.pk).update(expire_at=then)
    return page


def find_answer_type(client: Client, page: ConditionPage) -> str:
    """What readers find at the page's path."""
    path = f"/conditions/{page.slug}/"
    return str(client.get("/api/v2/resolve/", {"path": path}).json()["type"])


def test_publish_scheduled__a_page_whose_time_is_over__is_gone_for_readers(
    index: ConditionIndexPage, client: Client
) -> None:
    page = build_expired_page(index, hours=1)
    assert find_answer_type(client, page) == "page"

    call_command("publish_scheduled")

    stored = ConditionPage.objects.get(pk=page.pk)
    assert (stored.live, stored.expired) == (False, True)
    assert find_answer_type(client, page) == "gone"


def test_publish_scheduled__a_page_that_was_due_and_is_over__is_gone_for_readers(
    index: ConditionIndexPage, client: Client
) -> None:
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    page = build_due_page(index, hours=2, expire_at=an_hour_ago.isoformat())

    call_command("publish_scheduled")

    assert not ConditionPage.objects.get(pk=page.pk).live
    assert find_answer_type(client, page) == "gone"


def test_publish_scheduled__a_page_that_cannot_be_taken_off__stops_no_other_and_is_reported(
    index: ConditionIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = build_expired_page(index, hours=2)
    good = build_expired_page(index, hours=1)
    due = build_due_page(index, hours=1)
    unpublish = Page.unpublish

    def fail_for_one(page: Page, *args: Any, **kwargs: Any) -> None:
        if page.pk == failing.pk:
            raise RuntimeError("a signal handler is broken")
        unpublish(page, *args, **kwargs)

    monkeypatch.setattr(Page, "unpublish", fail_for_one)

    with pytest.raises(RuntimeError, match="a signal handler is broken"):
        call_command("publish_scheduled")

    assert ConditionPage.objects.get(pk=failing.pk).live
    assert not ConditionPage.objects.get(pk=good.pk).live
    assert ConditionPage.objects.get(pk=due.pk).live
