"""Keeps the record of public paths up to date with every change that readers can notice."""

from typing import Any, Final

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, post_page_move

from cms.pages.public_paths import update_public_paths

# What decides whether and where readers find a page. A save of other fields, such as the one
# that follows every autosaved draft, is passed over.
_DECISIVE_FIELDS: Final = frozenset({"live", "slug", "url_path", "path"})


def connect() -> None:
    """Listen to the changes; called once, at start."""
    post_save.connect(_page_saved, dispatch_uid="public_paths_page_saved")
    page_published.connect(_page_changed, dispatch_uid="public_paths_page_published")
    page_slug_changed.connect(_page_changed, dispatch_uid="public_paths_page_slug_changed")
    post_page_move.connect(_page_changed, dispatch_uid="public_paths_page_moved")
    post_save.connect(
        _privacy_changed, sender=PageViewRestriction, dispatch_uid="public_paths_made_private"
    )
    post_delete.connect(
        _privacy_removed, sender=PageViewRestriction, dispatch_uid="public_paths_made_public"
    )


def _page_saved(
    instance: object, raw: bool = False, update_fields: frozenset[str] | None = None, **_: Any
) -> None:
    if raw or not isinstance(instance, Page) or not instance.live:
        return
    if update_fields is None or update_fields & _DECISIVE_FIELDS:
        update_public_paths(instance)


def _page_changed(instance: Page, **_: Any) -> None:
    update_public_paths(instance)


def _privacy_changed(instance: PageViewRestriction, raw: bool = False, **_: Any) -> None:
    if not raw:
        update_public_paths(instance.page)


def _privacy_removed(instance: PageViewRestriction, origin: object, **_: Any) -> None:
    # A private page that is deleted takes its restriction with it, and was not public for that
    # moment.
    removed_model = origin.model if isinstance(origin, QuerySet) else type(origin)
    if issubclass(removed_model, PageViewRestriction):
        update_public_paths(instance.page)
