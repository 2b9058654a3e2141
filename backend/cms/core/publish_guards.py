"""The few places that every way to publication passes, and the question asked there.

Readers see a page once its row says `live`; a scheduled page, once its revision carries an
approved time; a moderator, once a task was started. Whoever does it (the editor, a bulk action, a
copy, a workflow, a command, a line of Python), one of these three rows is written. Drafts, and what
Wagtail notes on a page without touching its content, write other fields and pass.
"""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import pre_save
from wagtail.models import Page, Revision, TaskState

from cms.core.publishing import publish_problems, refuse_incomplete

# What a publication changes besides the content.
_PUBLICATION_FIELDS = ("live", "live_revision_id", "last_published_at")


def connect() -> None:
    """Guard the three places, for as long as the process runs."""
    pre_save.connect(_guard, dispatch_uid="cms.core.publish_guards")


def _guard(
    instance: object, raw: bool, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    if raw:  # a dump that is loaded was guarded when it was written
        return
    if isinstance(instance, Page):
        guard_page(instance, update_fields)
    elif isinstance(instance, Revision):
        guard_schedule(instance, update_fields)
    elif isinstance(instance, TaskState):
        guard_moderation(instance)


def guard_page(page: Page, update_fields: Collection[str] | None) -> None:
    """Raise `PublishRefusedError` when saving `page` would show readers something incomplete.

    A page that is live already, and became incomplete since (a rule was added, a person deleted),
    may be moved, renamed by Wagtail, locked or annotated: only its content is not published anew.
    """
    if not page.live or not _writes_content(page, update_fields):
        return
    is_whole = type(page) is not Page or page._state.adding
    # Fetched here: `page.specific` would stay on the page, with the address from before a move,
    # and Wagtail would write wrong redirects from it.
    subject = page if is_whole else page.specific_class.objects.get(pk=page.pk)
    if publish_problems(subject) and not _is_published_as_is(page):
        refuse_incomplete(subject)


def guard_schedule(revision: Revision, update_fields: Collection[str] | None) -> None:
    """Raise `PublishRefusedError` when an incomplete revision is given a time to go live."""
    is_written = update_fields is None or "approved_go_live_at" in update_fields
    if revision.approved_go_live_at is None or not is_written:
        return
    page = revision.as_object()
    if isinstance(page, Page):
        refuse_incomplete(page)


def guard_moderation(task_state: TaskState) -> None:
    """Raise `PublishRefusedError` when an incomplete page is put before a moderator."""
    if not task_state._state.adding or task_state.status != TaskState.STATUS_IN_PROGRESS:
        return
    page = task_state.revision.as_object()
    if isinstance(page, Page):
        refuse_incomplete(page)


def _own_fields(page: Page) -> set[str]:
    common = {field.name for field in Page._meta.get_fields()}
    return {field.name for field in page._meta.get_fields()} - common


def _writes_content(page: Page, update_fields: Collection[str] | None) -> bool:
    return update_fields is None or not {"live", *_own_fields(page)}.isdisjoint(update_fields)


def _is_published_as_is(page: Page) -> bool:
    """Whether readers see this very content already, from the same publication."""
    stored = type(page).objects.filter(pk=page.pk).first()
    if stored is None:
        return False
    if any(getattr(stored, name) != getattr(page, name) for name in _PUBLICATION_FIELDS):
        return False
    before, after = stored.serializable_data(), page.serializable_data()
    return all(before.get(name) == after.get(name) for name in _own_fields(page))
