"""Every path that the CMS decides about: pages, redirects, and what is gone or was never there."""

from starlette.requests import Request
from starlette.responses import Response

from web.responses import get_raw_path
from web.services import get_services
from web.store.hits import build_hit


async def show_path(request: Request) -> Response:
    """Show whatever is at the request's path."""
    services = get_services(request)
    stored = await services.store.get(get_raw_path(request))
    asked = request.headers
    status, headers, body = build_hit(stored, services.settings).answer(
        request.method, asked.get("accept-encoding", ""), asked.get("if-none-match", "")
    )
    response = Response(body, status)
    response.raw_headers = [(name.lower().encode(), value.encode()) for name, value in headers]
    return response
