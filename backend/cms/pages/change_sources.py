"""What changes about pages for readers: their content, whether and where they are public."""

from collections.abc import Collection
from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, post_page_move

from cms.changes.recording import ALL, record_change
from cms.core.public_pages import get_public_pages

PATHS_TAG: Final = "paths"
CONDITIONS_TAG: Final = "listing:conditions"
# A larger section is faster told as "everything".
_MOST_PAGES: Final = 1000
# What Wagtail writes to a page when a draft is saved, a task begins or a lock is set.
_UNNOTICED_FIELDS: Final = frozenset(
    {
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)


def connect() -> None:
    """Listen to the changes; called once, at start."""
    pre_save.connect(_page_saving, dispatch_uid="changes_page_saving")
    post_save.connect(_page_saved, dispatch_uid="changes_page_saved")
    # What belongs to a page, such as its other names, is saved only after the page itself.
    page_published.connect(_page_published, dispatch_uid="changes_page_published")
    pre_delete.connect(_page_deleted, dispatch_uid="changes_page_deleted")
    # After the commit, when Wagtail has made its redirects, without a signal for each.
    page_slug_changed.connect(_section_moved, dispatch_uid="changes_page_slug_changed")
    post_page_move.connect(_section_moved, dispatch_uid="changes_page_moved")
    post_save.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="changes_private")
    post_delete.connect(_privacy_removed, sender=PageViewRestriction, dispatch_uid="changes_public")
    for signal in (post_save, post_delete):
        signal.connect(_site_changed, sender=Site, dispatch_uid="changes_site_changed")
        signal.connect(_redirect_changed, sender=Redirect, dispatch_uid="changes_redirect")


def record_section(page: Page) -> None:
    """Say that `page` and everything below it changed, with where it is."""
    section = Page.objects.descendant_of(page, inclusive=True).filter(live=True)
    page_ids = list(section.values_list("pk", flat=True)[: _MOST_PAGES + 1])
    if len(page_ids) > _MOST_PAGES:
        record_change(ALL)
    elif page_ids:
        tags = (f"page:{page_id}" for page_id in page_ids)
        record_change(PATHS_TAG, CONDITIONS_TAG, *tags)


def _page_saving(
    instance: object,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **_: Any,
) -> None:
    if isinstance(instance, Page) and not raw and _is_noticed(update_fields):
        instance._public_path_before = _find_public_path_or_none(instance.pk)
        stored = Page.objects.filter(pk=instance.pk).values_list("url_path", flat=True)
        instance._url_path_before = stored.first() if instance.pk else None


def _page_saved(
    instance: object,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **_: Any,
) -> None:
    if not isinstance(instance, Page) or raw or not _is_noticed(update_fields):
        return
    before = instance.__dict__.pop("_public_path_before", None)
    if instance.__dict__.pop("_url_path_before", None) not in (None, instance.url_path):
        # With everything below, which may be public where the page itself is not.
        record_section(instance)
    after = _find_public_path_or_none(instance.pk) if instance.live else None
    if before == after is None:
        return
    tags = [f"page:{instance.pk}"]
    if before != after:
        # Not for the text of a page that stays where it is: the A to Z says itself what it shows.
        tags += [PATHS_TAG, CONDITIONS_TAG]
    record_change(*tags)


def _page_published(instance: Page, **_: Any) -> None:
    if _find_public_path_or_none(instance.pk) is not None:
        record_change(f"page:{instance.pk}")


def _page_deleted(instance: object, **_: Any) -> None:
    if isinstance(instance, Page) and instance.live:
        record_change(f"page:{instance.pk}", PATHS_TAG, CONDITIONS_TAG)


def _section_moved(instance: Page, **_: Any) -> None:
    record_section(instance)


def _privacy_changed(instance: PageViewRestriction, raw: bool = False, **_: Any) -> None:
    if not raw:
        record_section(instance.page)


def _privacy_removed(instance: PageViewRestriction, origin: object, **_: Any) -> None:
    # A private page that is deleted takes its restriction with it, and nobody notices.
    removed_model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if issubclass(removed_model, PageViewRestriction):
        record_section(instance.page)


def _site_changed(raw: bool = False, **_: Any) -> None:
    # Pages are public only below the root of the default site.
    if not raw:
        record_change(ALL)


def _redirect_changed(raw: bool = False, **_: Any) -> None:
    if not raw:
        record_change(PATHS_TAG)


def _is_noticed(update_fields: Collection[str] | None) -> bool:
    return update_fields is None or not _UNNOTICED_FIELDS.issuperset(update_fields)


def _find_public_path_or_none(page_id: int | None) -> str | None:
    if page_id is None:
        return None
    found: str | None = (
        get_public_pages().filter(pk=page_id).values_list("url_path", flat=True).first()
    )
    return found
