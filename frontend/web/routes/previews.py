"""Drafts: any path with a token in its query shows what the token opens, as readers would."""

import asyncio
from collections.abc import MutableMapping
from typing import Any, Final
from urllib.parse import unquote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match, Route

from web.api.models import Site
from web.api.previews import NO_DRAFT, DraftFound, NoDraft, PreviewAnswer, fetch_preview
from web.page_answers import TEMPLATES, build_page_context
from web.rendering.drafts import SHARED, build_banner
from web.responses import get_path, respond_with_page
from web.security import POLICY, build_user_bar_policy
from web.services import get_services
from web.tokens import is_preview, read_token_or_none

_NO_DRAFT_PAGES: Final = {
    "not_found": (404, "pages/preview_not_found.html"),
    "ended": (410, "pages/preview_ended.html"),
}


class PreviewRoute(Route):
    """Matches every path, but only where the query asks for a draft."""

    def matches(self, scope: MutableMapping[str, Any]) -> tuple[Match, MutableMapping[str, Any]]:
        """Whether the request is one for a draft."""
        if scope["type"] != "http" or not is_preview(scope):
            return Match.NONE, {}
        return super().matches(scope)


async def show_preview(request: Request) -> Response:
    """Show the draft that the token in the query opens, at its own path."""
    in_panel = request.query_params.get("in_preview_panel") == "true"
    site, found = await _fetch(request, in_preview_panel=in_panel)
    if isinstance(found, NoDraft):
        status, template = _NO_DRAFT_PAGES[found.reason]
        return respond_with_page(request, template, site, status=status)
    if unquote(found.path) != get_path(request):
        query = request.scope["query_string"].decode("latin-1")
        return RedirectResponse(f"{found.path}?{query}", 302)
    return await _show_draft(request, site, found, in_preview_panel=in_panel)


async def _fetch(request: Request, *, in_preview_panel: bool) -> tuple[Site, PreviewAnswer]:
    services = get_services(request)
    token = read_token_or_none(request.scope)
    if token is None:
        return await services.site_source.get(), NO_DRAFT
    return await asyncio.gather(
        services.site_source.get(),
        fetch_preview(services.client, token, in_preview_panel=in_preview_panel),
    )


async def _show_draft(
    request: Request, site: Site, found: DraftFound, *, in_preview_panel: bool
) -> Response:
    services = get_services(request)
    context = await build_page_context(services.client, found)
    # The panel itself says that it shows a preview; a shared draft always says what it is.
    has_banner = found.draft.kind == SHARED or not in_preview_panel
    was_published = found.page.meta.first_published_at is not None
    banner = build_banner(found.draft, context["blocks"], was_published=was_published)
    html = services.renderer.render(
        TEMPLATES[found.type],
        found.site or site,
        found.path,
        is_draft=True,
        has_public_colors=found.site is None,
        banner=banner if has_banner else None,
        user_bar=Markup(found.user_bar),  # noqa: S704 - the CMS's own
        **context,
    )
    response = HTMLResponse(html)
    if found.user_bar:
        response.headers[POLICY] = build_user_bar_policy(services.settings)
    return response
