"""The application: routes, middleware and what happens when something goes wrong."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from web.api.errors import CmsError
from web.config import Settings, load_settings
from web.logs import hide_tokens
from web.responses import get_path, respond_with_message
from web.routes.comments import show_comment_form, take_comment
from web.routes.machines import show_health, show_robots
from web.routes.pages import show_path
from web.routes.pictures import show_picture
from web.routes.previews import PreviewRoute, show_preview
from web.routes.search import add_slash, show_search
from web.routes.static import show_static, show_theme
from web.routes.styleguide import show_block_examples, show_styleguide
from web.routes.suggestions import show_suggestions
from web.security import SecurityHeadersMiddleware, set_security_headers
from web.server import SiteServer
from web.services import Services, get_services

logger = logging.getLogger(__name__)


# What this site answers by itself, whatever pages the CMS has.
OWN_ROUTES: Final = (
    Route("/healthz", show_health),
    Route("/robots.txt", show_robots),
    Route("/static/{name}", show_static),
    Route("/media/{path:path}", show_picture),
    Route("/theme-{digest}.css", show_theme),
    Route("/responses/{page_id}", add_slash),
    Route("/responses/{page_id}/", show_comment_form),
    Route("/responses/{page_id}/", take_comment, methods=["POST"]),
    Route("/search", add_slash),
    Route("/search/", show_search),
    Route("/search/suggestions/", show_suggestions),
    Route("/styleguide", add_slash),
    Route("/styleguide/", show_styleguide),
    Route("/styleguide/blocks/{name}", add_slash),
    Route("/styleguide/blocks/{name}/", show_block_examples),
)


def create_app(settings: Settings) -> Starlette:
    """The site as an ASGI application."""
    services = Services.build(settings)
    services.follower.is_own_path = is_own_path

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        # The server has set up its logs by now, in this process.
        hide_tokens()
        async with services.client, services.pictures, follow(services):
            yield

    app = Starlette(
        routes=[
            PreviewRoute("/{path:path}", show_preview),
            *OWN_ROUTES,
            Route("/{path:path}", show_path),
        ],
        middleware=[
            Middleware(SecurityHeadersMiddleware, settings=settings),
            Middleware(GZipMiddleware, minimum_size=500, compresslevel=6),
        ],
        exception_handlers={
            CmsError: handle_cms_error,
            HTTPException: handle_http_error,
            Exception: handle_any_error,
        },
        lifespan=lifespan,
    )
    app.state.services = services
    return app


def is_own_path(path: str) -> bool:
    """Whether this site answers at `path`, percent-encoded, by itself: no page can be there."""
    scope = {"type": "http", "method": "GET", "path": unquote(path)}
    return any(route.matches(scope)[0] is not Match.NONE for route in OWN_ROUTES)


@asynccontextmanager
async def follow(services: Services) -> AsyncIterator[None]:
    """Keep the store as the CMS is, for as long as the site serves."""
    services.follower.load()
    # What was kept may be old: nobody is served before all is known that has changed since, or the
    # CMS found away.
    while not await services.follower.poll():
        pass
    tasks = [asyncio.create_task(each.run()) for each in (services.follower, services.purger)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await services.store.finish()


async def handle_cms_error(request: Request, error: Exception) -> Response:
    """Tell readers that the guides are away for a moment."""
    logger.error("Answered 503 for %s: %s", get_path(request)[:200], error)
    return respond_with_message(request, 503, get_services(request).site_source.known)


async def handle_http_error(request: Request, error: Exception) -> Response:
    """Show a page for what the routes themselves refuse, such as another method than GET."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = respond_with_message(request, status, get_services(request).site_source.known)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def handle_any_error(request: Request, _error: Exception) -> Response:
    """Show a page for what nobody foresaw; the server logs the error itself."""
    services = get_services(request)
    response = respond_with_message(request, 500, services.site_source.known)
    # This handler runs outside the middleware.
    set_security_headers(response.headers, services.settings, request.scope)
    return response


app = SiteServer(create_app(load_settings()))
