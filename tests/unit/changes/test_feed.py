"""The feed itself: numbers after the commit, none skipped, nothing kept for ever."""

import datetime
import threading
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cms.changes import cleanup
from cms.changes.epochs import describe_database, start_feed, start_over_if_moved
from cms.changes.feed import fetch_changes, get_position
from cms.changes.models import Change, ChangeFeed, PendingChange
from cms.changes.recording import record_change
from cms.conditions.models import ConditionIndexPage, ConditionPage
from tests.factories.conditions import (
    ConditionPageFactory,
    build_block,
    build_guidance,
    build_index,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


def add_change(*tags: str) -> None:
    """A change that has its number."""
    record_change(*tags)
    get_position()


def test_recording__nothing__writes_nothing() -> None:
    record_change()
    assert not PendingChange.objects.exists()


def test_recording__rolled_back__is_not_there() -> None:
    before = get_position()
    with transaction.atomic():
        record_change("page:1")
        transaction.set_rollback(True)
    assert get_position() == before


def test_reading__inside_somebodys_transaction__numbers_nothing_of_it() -> None:
    with transaction.atomic():
        record_change("page:1")
        # Not committed: whoever saw its number would look too early.
        get_position()
        assert PendingChange.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="SQLite has one writer: nothing overlaps"
)
def test_two_transactions__that_commit_in_reverse_order__are_both_seen() -> None:
    start = get_position()
    has_written, may_commit = threading.Event(), threading.Event()

    def write_first() -> None:
        with transaction.atomic():
            record_change("page:1")
            has_written.set()
            may_commit.wait(10)
        connection.close()

    first = threading.Thread(target=write_first)
    first.start()
    assert has_written.wait(10)
    with transaction.atomic():
        record_change("page:2")
    seen = fetch_changes(start)
    assert [change.tags for change in seen.changes] == [["page:2"]]
    may_commit.set()
    first.join()
    rest = fetch_changes(seen.cursor)
    assert [change.tags for change in rest.changes] == [["page:1"]]
    assert not rest.start_over


def test_old_changes__are_forgotten_but_the_latest(monkeypatch: pytest.MonkeyPatch) -> None:
    start = get_position()
    for number in range(5):
        add_change(f"page:{number}")
    Change.objects.update(at=timezone.now() - cleanup.KEPT_FOR - datetime.timedelta(hours=1))
    latest = get_position()
    call_command("delete_old_changes")
    assert [change.number for change in Change.objects.all()] == [latest.number]
    assert fetch_changes(start).start_over
    assert not fetch_changes(latest).start_over
    add_change("page:9")
    assert [change.tags for change in fetch_changes(latest).changes] == [["page:9"]]


def test_very_many_changes__the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleanup, "MOST_KEPT", 2)
    for number in range(5):
        add_change(f"page:{number}")
    call_command("delete_old_changes")
    assert Change.objects.count() == 2


def test_new_epoch__by_command__starts_over() -> None:
    before = get_position()
    call_command("start_changes_over")
    assert fetch_changes(before).start_over


def test_new_epoch__another_database__by_itself() -> None:
    before = start_feed()
    assert not start_over_if_moved()
    assert describe_database()
    ChangeFeed.objects.update(made_for="another one")
    assert start_over_if_moved()
    assert get_position().epoch != before.epoch


def test_related_page__published_later__is_named_by_those_that_left_it_out(
    index: ConditionIndexPage, client: Client
) -> None:
    later: Any = ConditionPageFactory(parent=index, condition_name="Gout", live=False)
    related = build_block(
        "related_conditions",
        heading="Related",
        items=[{"page": later.pk, "reason": "Also hurts"}],
    )
    page: ConditionPage = ConditionPageFactory(
        parent=index, condition_name="Sciatica", body=[build_guidance(), related]
    )
    answer = client.get("/api/v2/resolve/", {"path": page.public_path}).json()
    assert answer["related"] == []
    start = get_position()
    later.save_revision().publish()
    changed = {tag for change in fetch_changes(start).changes for tag in change.tags}
    assert changed & set(answer["tags"])


@pytest.mark.parametrize("is_ahead", [True, False])
def test_number__left_by_a_process_that_died__is_given_whatever_its_clock_said(
    settings: Any, is_ahead: bool
) -> None:
    settings.CHANGES_NUMBERED_AFTER = 1.0
    start = get_position()
    an_hour = datetime.timedelta(hours=1)
    at = timezone.now() + (an_hour if is_ahead else -an_hour)
    PendingChange.objects.create(tags=["page:1"], at=at)
    assert [each.tags for each in fetch_changes(start).changes] == [["page:1"]]
