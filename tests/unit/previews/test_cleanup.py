"""What is forgotten of drafts, and when."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.admin.models import FormState

from cms.conditions.models import ConditionPage
from cms.previews.models import DraftSnapshot, SnapshotKind
from tests.factories.conditions import ConditionPageFactory, build_index
from tests.factories.drafts import build_snapshot
from tests.factories.logins import build_login

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def condition() -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=build_index())
    return page


def clean_up(**options: int) -> str:
    output = StringIO()
    call_command("delete_old_previews", stdout=output, **options)
    return output.getvalue()


def build_form_state(page: ConditionPage, age: datetime.timedelta) -> FormState:
    return FormState.objects.create(
        user=build_login("Editors"),
        content_type=page.cached_content_type,
        object_id=str(page.pk),
        parent_object_id="",
        data="title=Typed",
        last_updated_at=timezone.now() - age,
    )


def test_form_states__of_anybody__go_after_24_hours(condition: ConditionPage) -> None:
    recent = build_form_state(condition, DAY - MINUTE)
    build_form_state(condition, DAY + MINUTE)

    clean_up()

    assert list(FormState.objects.all()) == [recent]


@pytest.mark.parametrize("kind", [SnapshotKind.EDITOR, SnapshotKind.VERSION])
def test_an_editors_own_preview__goes_when_its_time_is_over(
    kind: SnapshotKind, condition: ConditionPage
) -> None:
    open_one = build_snapshot(condition, kind=kind, created_by=build_login("Editors"))
    build_snapshot(condition, kind=kind, lifetime=-MINUTE, created_by=build_login("Editors"))

    clean_up()

    assert list(DraftSnapshot.objects.all()) == [open_one]


def test_a_shared_draft__that_has_ended__loses_its_content_and_stays_listed(
    condition: ConditionPage,
) -> None:
    still_open = build_snapshot(condition)
    expired = build_snapshot(condition, lifetime=-MINUTE)
    revoked = build_snapshot(condition, revoked_at=timezone.now())

    clean_up()

    contents = dict(DraftSnapshot.objects.values_list("pk", "content"))
    assert contents.pop(still_open.pk)["title"] == condition.title
    assert contents == {expired.pk: {}, revoked.pk: {}}


def test_a_shared_draft__that_ended_30_days_ago__is_deleted(condition: ConditionPage) -> None:
    month = 30 * DAY
    kept = [
        build_snapshot(condition, lifetime=-month + MINUTE),
        build_snapshot(condition, revoked_at=timezone.now() - month + MINUTE),
    ]
    build_snapshot(condition, lifetime=-month - MINUTE)
    build_snapshot(condition, revoked_at=timezone.now() - month - MINUTE)

    clean_up()

    assert set(DraftSnapshot.objects.all()) == set(kept)


def test_the_command__says_what_it_did_and_is_silent_where_it_did_nothing(
    condition: ConditionPage,
) -> None:
    build_form_state(condition, 2 * DAY)
    build_snapshot(condition, lifetime=-MINUTE)
    build_snapshot(condition, lifetime=-31 * DAY)

    first, second = clean_up(), clean_up()

    assert first == "Old previews: form states: 1, emptied links: 1, deleted links: 1.\n"
    assert second == ""


def test_the_command__told_to_be_quiet__works_all_the_same(condition: ConditionPage) -> None:
    build_form_state(condition, 2 * DAY)

    assert clean_up(verbosity=0) == ""
    assert not FormState.objects.exists()


def test_the_command__with_nothing_to_forget__writes_nothing(condition: ConditionPage) -> None:
    build_form_state(condition, MINUTE)
    build_snapshot(condition)

    with CaptureQueriesContext(connection) as queries:
        clean_up()

    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
