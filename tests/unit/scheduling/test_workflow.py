"""The way from an editor to readers, through the default workflow."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from cms.conditions.models import ConditionIndexPage, ConditionPage
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.editor_forms import build_editor_data
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

OLD = "What readers have read all along, in words that are plain enough."
NEW = "What the editor wrote today, in words that are just as plain."


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


@pytest.fixture
def editor_user() -> AbstractUser:
    return build_login("Editors")


@pytest.fixture
def editor(editor_user: AbstractUser) -> Client:
    return log_in(editor_user)


@pytest.fixture
def moderator() -> Client:
    return log_in(build_login("Moderators"))


@pytest.fixture
def guide(index: ConditionIndexPage) -> ConditionPage:
    """A page that readers see, with its old summary."""
    page: ConditionPage = ConditionPageFactory(parent=index, live=False, summary=OLD)
    page.save_revision(clean=False).publish()
    return ConditionPage.objects.get(pk=page.pk)


def log_in(user: AbstractUser) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, page: ConditionPage, **fields: Any) -> str:
    """Send the editor's form; what the browser shows then."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, build_editor_data(page, **fields), follow=True)
    return answer.content.decode()


def submit(client: Client, page: ConditionPage, **fields: Any) -> str:
    return send(client, page, **{"action-submit": "1", **fields})


def decide(client: Client, page: ConditionPage, action: str, comment: str = "") -> None:
    """Approve or reject, as the buttons of the dashboard do."""
    task_state = ConditionPage.objects.get(pk=page.pk).current_workflow_task_state
    names = [page.pk, action, task_state.pk]
    client.post(reverse("wagtailadmin_pages:workflow_action", args=names), {"comment": comment})


def fetch_answer(page: ConditionPage) -> dict[str, Any]:
    """What anybody is told about the page's path."""
    path = f"/conditions/{page.slug}/"
    answer: dict[str, Any] = Client().get("/api/v2/resolve/", {"path": path}).json()
    return answer


def fetch_summary(page: ConditionPage) -> str:
    return str(fetch_answer(page)["page"]["summary"])


def test_submitting__changes_nothing_for_readers_and_tells_the_moderators(
    guide: ConditionPage, editor: Client, moderator: Client
) -> None:
    submit(editor, guide, summary=NEW)

    assert fetch_summary(guide) == OLD
    assert guide.title in moderator.get(reverse("wagtailadmin_home")).content.decode()
    assert [address for message in mail.outbox for address in message.to] == [
        moderator.get(reverse("wagtailadmin_home")).context["user"].email
    ]


def test_approving__publishes_to_readers(
    guide: ConditionPage, editor: Client, moderator: Client
) -> None:
    submit(editor, guide, summary=NEW)

    decide(moderator, guide, "approve")

    assert fetch_summary(guide) == NEW


def test_approving__a_page_that_was_never_published__shows_it_to_readers(
    index: ConditionIndexPage, editor: Client, moderator: Client
) -> None:
    draft = ConditionPageFactory(parent=index, live=False)
    draft.save_revision(clean=False)
    submit(editor, draft, summary=NEW)
    assert fetch_answer(draft)["type"] == "not_found"

    decide(moderator, draft, "approve")

    assert fetch_summary(draft) == NEW


def test_rejecting__leaves_what_readers_have_and_sends_it_back_with_the_reason(
    guide: ConditionPage, editor: Client, moderator: Client
) -> None:
    submit(editor, guide, summary=NEW)

    decide(moderator, guide, "reject", comment="Please name the phases.")

    assert fetch_summary(guide) == OLD
    opened = editor.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).content.decode()
    assert "Please name the phases." in opened
    assert "Resubmit to Moderators approval" in opened


def test_submitting__an_incomplete_page__tells_the_editor_why(
    guide: ConditionPage, editor: Client
) -> None:
    shown = submit(editor, guide, summary="Too short", body={"count": "0"})

    assert "Add the massage guidance: it is what readers come for." in shown
    assert "Readers do not see this version yet" in shown
    assert not ConditionPage.objects.get(pk=guide.pk).workflow_in_progress
    assert fetch_summary(guide) == OLD


def test_approving__with_a_time_to_go_live__waits_for_it(
    guide: ConditionPage, editor: Client, moderator: Client
) -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    local = timezone.localtime(tomorrow).strftime("%Y-%m-%d %H:%M")
    submit(editor, guide, summary=NEW, go_live_at=local)

    decide(moderator, guide, "approve")

    assert fetch_summary(guide) == OLD
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False)
    assert scheduled.count() == 1
    pass_the_time(guide)
    call_command("publish_scheduled")
    assert fetch_summary(guide) == NEW


def pass_the_time(page: ConditionPage) -> None:
    """Move the page's time to an hour ago, which is what time does."""
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    scheduled = Revision.objects.get(approved_go_live_at__isnull=False, object_id=str(page.pk))
    content = {**scheduled.content, "go_live_at": an_hour_ago.isoformat()}
    Revision.objects.filter(pk=scheduled.pk).update(
        approved_go_live_at=an_hour_ago, content=content
    )


def test_a_page_in_moderation__is_locked_for_its_editor(
    guide: ConditionPage, editor: Client, moderator: Client
) -> None:
    submit(editor, guide, summary=NEW)

    send(editor, guide, summary="Something else that nobody has read before approving it.")
    decide(moderator, guide, "approve")

    assert fetch_summary(guide) == NEW


def test_cancelling__by_the_editor__takes_the_page_back(
    guide: ConditionPage, editor: Client, moderator: Client
) -> None:
    submit(editor, guide, summary=NEW)
    task_state = TaskState.objects.get()

    send(editor, Page.objects.get(pk=guide.pk).specific, **{"action-cancel-workflow": "1"})

    task_state.refresh_from_db()
    assert task_state.status == TaskState.STATUS_CANCELLED
    assert fetch_summary(guide) == OLD
