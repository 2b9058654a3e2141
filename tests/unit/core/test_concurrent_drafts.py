"""Publishing while other threads save drafts, which turn "required" off on shared blocks."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlock, StreamValue

from cms.conditions.models import ConditionPage
from cms.core.publishing import PublishRefusedError
from tests.factories.conditions import ConditionPageFactory, build_guidance, build_index

ATTEMPTS = 25
BLOCK: StreamBlock = ConditionPage._meta.get_field("body").stream_block


def build_empty_body() -> StreamValue:
    """A draft with every block and nothing in any, which takes long to validate."""
    return BLOCK.to_python([{"type": name, "value": {}} for name in BLOCK.child_blocks])


def build_body_without_one_text() -> StreamValue:
    """A body that may be published but for one text, refused because it is required and no more."""
    overview = {"type": "overview", "value": {"heading": "What it is"}}
    return BLOCK.to_python([build_guidance(), overview])


@contextmanager
def drafts_being_saved(save_draft: Callable[[], object]) -> Iterator[list[Exception]]:
    """Three threads that save drafts until the block ends; what went wrong in them."""
    stop = threading.Event()
    failures: list[Exception] = []

    def work() -> None:
        while not stop.is_set():
            try:
                save_draft()
            except Exception as failure:
                failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield failures
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.django_db
def test_publishing__while_other_threads_save_drafts__still_refuses_what_is_missing() -> None:
    page = ConditionPageFactory(parent=build_index(), live=False)
    page.body = build_body_without_one_text()
    revision = page.save_revision(clean=False)
    field = ConditionPage._meta.get_field("body").formfield()

    with drafts_being_saved(lambda: field.clean(build_empty_body())):
        for _ in range(ATTEMPTS):
            with pytest.raises(PublishRefusedError):
                revision.publish()

    assert not ConditionPage.objects.get(pk=page.pk).live


@pytest.mark.django_db
def test_publishing__while_wagtail_itself_defers_what_is_required__still_refuses() -> None:
    page = ConditionPageFactory(parent=build_index(), live=False)
    page.body = build_body_without_one_text()
    revision = page.save_revision(clean=False)

    BLOCK.defer_required_validation()
    try:
        with pytest.raises(PublishRefusedError):
            revision.publish()
    finally:
        BLOCK.restore_deferred_validation()


def test_saving_drafts__in_many_threads__never_fails_and_leaves_the_flags_as_they_were() -> None:
    field = ConditionPage._meta.get_field("body").formfield()

    with drafts_being_saved(lambda: field.clean(build_empty_body())) as failures:
        for _ in range(ATTEMPTS):
            field.clean(build_empty_body())

    assert failures == []
    with pytest.raises(ValidationError):
        BLOCK.clean(build_empty_body())
