"""Every path that the CMS decides about: pages, redirects, and what is gone or was never there."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from web.responses import get_raw_path
from web.services import get_services
from web.store.page_store import Stored
from web.store.serving import build_hit, send_hit


class StoredResponse(Response):
    """A stored answer in the encoding that the browser takes, or 304."""

    def __init__(self, stored: Stored, request: Request) -> None:
        super().__init__()
        self._hit = build_hit(stored, get_services(request).settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        await send_hit(self._hit, scope, send)


async def show_path(request: Request) -> Response:
    """Show whatever is at the request's path."""
    stored = await get_services(request).store.get(get_raw_path(request))
    return StoredResponse(stored, request)
