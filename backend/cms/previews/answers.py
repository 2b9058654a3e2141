"""A draft on the wire, as `preview/<token>/` answers it."""

import datetime
import logging
from typing import Any

from wagtail.models import Page

from cms.branding.site import build_site
from cms.comments.reading import fetch_comment_list
from cms.contract.drafts import build_draft_fields
from cms.contract.fields import collect_references
from cms.contract.references import Wanted, fetch_references
from cms.core.base_page import BasePage
from cms.core.public_pages import build_public_url, get_public_pages
from cms.pages.api.frames import (
    build_breadcrumbs,
    build_seo,
    fetch_pages_above,
    iterate_related,
)
from cms.pages.models import HomePage
from cms.previews.changes import find_changes
from cms.previews.errors import ENDED, LostPageError, PreviewEndedError
from cms.previews.models import DraftSnapshot, SnapshotKind
from cms.previews.snapshots import restore
from cms.previews.userbar import render_userbar
from cms.search.explore import fetch_more_to_explore, get_explore_wishes

logger = logging.getLogger(__name__)

Wire = dict[str, Any]


def build_answer(snapshot: DraftSnapshot, *, in_preview_panel: bool) -> Wire:
    """The answer. Raises `PreviewEndedError` where the draft has lost its place."""
    try:
        draft = restore(snapshot)
    except LostPageError as error:
        logger.warning("A draft has ended: %s", error)
        raise PreviewEndedError(ENDED) from error
    page = draft if isinstance(draft, BasePage) else _get_home_page()
    wire_page = build_draft_page(page)
    related = list(iterate_related(wire_page.get("body", [])))
    is_shared = snapshot.kind == SnapshotKind.SHARED
    live = get_public_pages().filter(pk=page.pk).first() if page.pk else None
    return {
        "page": wire_page,
        "path": page.public_path,
        "breadcrumbs": build_breadcrumbs(fetch_pages_above(page)),
        "related": related,
        "more_to_explore": fetch_more_to_explore(page, related).cards,
        # Of a page that readers do not see, they see no comments either.
        "comments": fetch_comment_list(page, has_threads=live is not None),
        "seo": {**build_seo(page, wire_page), "noindex": True},
        "site": None if draft is page else build_site(draft),
        "draft": _build_info(snapshot, page, wire_page, live, has_changes=not in_preview_panel),
        "userbar": ""
        if is_shared
        else render_userbar(draft, snapshot.created_by, in_preview_panel=in_preview_panel),
    }


def build_draft_page(page: BasePage) -> Wire:
    """A page in draft form, with everything that it refers to and readers may see."""
    wanted = Wanted()
    collect_references(page, wanted)
    fields = build_draft_fields(page, fetch_references(wanted))
    return {
        "id": page.pk,
        "meta": {
            "type": page._meta.label,
            "slug": page.slug,
            "html_url": build_public_url(page.public_path),
            "seo_title": page.seo_title,
            "search_description": page.search_description,
            "show_in_menus": page.show_in_menus,
            "first_published_at": _format(page.first_published_at),
        },
        "title": page.title,
        **fields,
    }


def _build_info(
    snapshot: DraftSnapshot,
    page: BasePage,
    wire_page: Wire,
    live: Page | None,
    *,
    has_changes: bool,
) -> Wire:
    changes = []
    if live is not None and has_changes:
        published = live.specific
        changes = find_changes(build_draft_page(published), wire_page, page)
        if get_explore_wishes(published) != get_explore_wishes(page):
            changes.append({"kind": "changed", "what": "More to explore", "block_id": None})
    return {
        "kind": "shared" if snapshot.kind == SnapshotKind.SHARED else "editor",
        "title": snapshot.title,
        "author": _get_name(snapshot.created_by),
        "created_at": _format(snapshot.created_at),
        "expires_at": _format(snapshot.expires_at),
        "is_published": live is not None,
        "changes": changes,
    }


def _get_home_page() -> BasePage:
    """The page that shows a draft of the branding: the home page as readers see it, or its draft
    while they see none.
    """
    home = HomePage.objects.first()
    if home is None:
        raise PreviewEndedError("There is no home page to show the branding on.")
    shown: BasePage = home if home.live else home.get_latest_revision_as_object()
    return shown


def _get_name(user: Any) -> str:
    if user is None:
        return ""
    return str(user.get_full_name() or user.get_username())


def _format(moment: datetime.datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
