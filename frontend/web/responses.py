"""HTML answers: their caching, their validators, and the page a reader sees when there is none."""

import hashlib
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.api.models import Site
from web.page_answers import HTML
from web.services import get_services
from web.tokens import is_preview

# A browser asks again each time, and mostly hears "not changed".
_CACHED_BRIEFLY: Final = "public, max-age=0, must-revalidate"
_NEVER_CACHED: Final = "no-store"
_RETRY_SECONDS: Final = "30"

_MESSAGE_PAGES: Final = {
    404: "pages/not_found.html",
    410: "pages/gone.html",
    503: "pages/away.html",
}


def get_path(request: Request) -> str:
    """The path that was asked for, decoded once.

    `request.url.path` would take an encoded question mark for the start of the query.
    """
    path: str = request.scope["path"]
    return path


def get_raw_path(request: Request) -> str:
    """The path and query as the browser sent them, percent-encoded; ASCII only."""
    raw: bytes = request.scope.get("raw_path") or quote(get_path(request)).encode()
    query: bytes = request.scope["query_string"]
    # Some servers put the query into the raw path, as the specification once had it.
    path = raw.partition(b"?")[0].decode("ascii", "replace")
    return f"{path}?{query.decode('ascii', 'replace')}" if query else path


def respond_with_page(
    request: Request, template: str, site: Site, *, status: int = 200, **context: Any
) -> Response:
    """A page as HTML, or 304 when the browser has it already."""
    html = get_services(request).renderer.render(template, site, get_path(request), **context)
    body = html.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"Content-Type": HTML, "Cache-Control": _CACHED_BRIEFLY, "ETag": etag}
    if status == 200 and etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers)


def respond_with_message(request: Request, status: int, site: Site) -> Response:
    """The page for an address that shows nothing: not found, gone, CMS away, or another error."""
    query = request.scope["query_string"].decode("ascii", "replace")
    response = respond_with_page(
        request,
        _MESSAGE_PAGES.get(status, "pages/error.html"),
        site,
        status=status,
        # Without its token, a draft would not come back.
        retry_query=f"?{query}" if is_preview(request.scope) else "",
    )
    if status >= 500:
        response.headers["Cache-Control"] = _NEVER_CACHED
        del response.headers["ETag"]
    if status == 503:
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def redirect(location: str, *, permanent: bool) -> Response:
    """A redirect (301 or 302) that browsers ask about again, since editors may change it."""
    return RedirectResponse(
        location, 301 if permanent else 302, headers={"Cache-Control": _CACHED_BRIEFLY}
    )
