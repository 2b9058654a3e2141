"""What the admin says about the scheduler, and to whom."""

import datetime

import pytest
from django.contrib.auth.models import AbstractUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.conditions.models import ConditionPage
from cms.scheduling.heartbeat import note_turn_finished
from cms.scheduling.models import SchedulerRun
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.editor_forms import build_editor_data
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

WARNING = "Pages will not appear or disappear at their time."
TOMORROW = timezone.now() + datetime.timedelta(days=1)


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(build_login("Moderators"))
    return client


def finish_turn(*failures: str, minutes_ago: float) -> None:
    note_turn_finished(failures)
    then = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    SchedulerRun.objects.update(last_finished=then)


def open_home(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def open_editor(client: Client, page: ConditionPage) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def build_scheduled_page(**times: datetime.datetime) -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=build_index(), live=True, **times)
    page.save_revision(clean=False)
    return page


def test_home__a_scheduler_that_runs__is_shown_to_those_who_may_publish(
    moderator: Client, admin_user: AbstractUser
) -> None:
    finish_turn(minutes_ago=2)

    for screen in (open_home(moderator), open_home(log_in(admin_user))):
        assert "Scheduled publishing last ran 2 minutes ago" in screen
        assert WARNING not in screen


def test_home__an_editor__is_told_nothing_of_the_scheduler(client: Client) -> None:
    client.force_login(build_login("Editors"))

    screen = open_home(client)

    assert "Scheduled publishing" not in screen
    assert WARNING not in screen


def log_in(user: AbstractUser) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_home__a_scheduler_that_never_ran__warns_and_says_what_to_do(moderator: Client) -> None:
    screen = open_home(moderator)

    assert "Scheduled publishing has never run. " + WARNING in " ".join(screen.split())
    assert "Tell whoever runs the site" in screen
    assert "manage.py run_scheduler" in screen


def test_home__a_scheduler_that_stopped__warns_before_everything_else(moderator: Client) -> None:
    build_index()
    finish_turn(minutes_ago=6)

    screen = open_home(moderator)

    assert WARNING in screen
    assert screen.index(WARNING) < screen.index("Write about a condition")


def test_home__a_scheduler_that_fails__says_at_what(moderator: Client) -> None:
    finish_turn("publish_scheduled: <disk full>", minutes_ago=1)

    screen = open_home(moderator)

    assert "ran into a problem" in screen
    assert "run_scheduler" not in screen
    assert "publish_scheduled: &lt;disk full&gt;" in screen


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
def test_editor__a_page_with_a_time_ahead__warns_while_the_scheduler_is_away(
    field: str, group: str, client: Client
) -> None:
    client.force_login(build_login(group))
    page = build_scheduled_page(**{field: TOMORROW})

    assert WARNING in open_editor(client, page)
    finish_turn(minutes_ago=1)
    assert WARNING not in open_editor(client, page)


def test_editor__a_page_that_is_late_to_disappear__warns(moderator: Client) -> None:
    page = build_scheduled_page(expire_at=timezone.now() - datetime.timedelta(minutes=9))

    assert WARNING in open_editor(moderator, page)


def test_editor__a_page_without_a_time__says_nothing(moderator: Client) -> None:
    assert WARNING not in open_editor(moderator, build_scheduled_page())


def test_editor__a_page_whose_times_are_over__says_nothing(moderator: Client) -> None:
    yesterday = timezone.now() - datetime.timedelta(days=1)
    page = build_scheduled_page(go_live_at=yesterday, expire_at=yesterday)
    page.unpublish(set_expired=True)

    assert WARNING not in open_editor(moderator, page)


def test_scheduling__while_the_scheduler_is_away__warns_at_once(moderator: Client) -> None:
    page = ConditionPageFactory(parent=build_index(), live=False)
    page.save_revision(clean=False)
    local = timezone.localtime(TOMORROW).strftime("%Y-%m-%d %H:%M")
    data = build_editor_data(page, go_live_at=local, **{"action-publish": "1"})

    answer = moderator.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True
    ).content.decode()

    assert "has been scheduled for publishing" in answer
    assert WARNING in answer
