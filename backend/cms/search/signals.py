"""When pages are indexed: with every change that readers can notice, in its transaction."""

from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, post_page_move

from cms.search.indexing import (
    rebuild_index,
    remove_pages,
    update_page,
    update_pages,
    update_section,
)

# A save of other fields, such as the one that follows every autosaved draft, is passed over.
_DECISIVE_FIELDS: Final = frozenset({"live", "path", "title", "summary", "condition_name", "body"})


def connect() -> None:
    """Listen to the changes; called once, at start."""
    post_save.connect(_page_saved, dispatch_uid="search_page_saved")
    # Wagtail copies a page's other names only after it has saved the copy.
    page_published.connect(_page_published, dispatch_uid="search_page_published")
    post_page_move.connect(_section_changed, dispatch_uid="search_page_moved")
    pre_delete.connect(_page_deleted, dispatch_uid="search_page_deleted")
    post_save.connect(_site_changed, sender=Site, dispatch_uid="search_site_changed")
    post_delete.connect(_site_changed, sender=Site, dispatch_uid="search_site_deleted")
    post_save.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="search_private")
    post_delete.connect(_privacy_removed, sender=PageViewRestriction, dispatch_uid="search_public")


def _page_saved(
    instance: object, raw: bool = False, update_fields: frozenset[str] | None = None, **_: Any
) -> None:
    if raw or not isinstance(instance, Page):
        return
    if update_fields is None:
        update_page(instance)
    elif update_fields & _DECISIVE_FIELDS:
        # What else the page holds in memory may be a draft.
        update_pages([instance.pk])


def _page_published(instance: Page, **_: Any) -> None:
    update_page(instance)


def _section_changed(instance: Page, **_: Any) -> None:
    update_section(instance)


def _site_changed(raw: bool = False, **_: Any) -> None:
    # Pages are public only below the root of the default site.
    if not raw:
        rebuild_index()


def _page_deleted(instance: object, **_: Any) -> None:
    # The database removes the rows of the page; this also removes the words that it alone had.
    if isinstance(instance, Page):
        remove_pages([instance.pk])


def _privacy_changed(instance: PageViewRestriction, raw: bool = False, **_: Any) -> None:
    if not raw:
        update_section(instance.page)


def _privacy_removed(instance: PageViewRestriction, origin: object, **_: Any) -> None:
    # A private page that is deleted takes its restriction with it, and was not public for that
    # moment.
    removed_model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if issubclass(removed_model, PageViewRestriction):
        update_section(instance.page)
