"""Every path that the CMS decides about: pages, redirects, and what is gone or was never there."""

from starlette.requests import Request
from starlette.responses import Response

from web.page_answers import build_answer
from web.responses import get_raw_path, respond_with_answer
from web.services import get_services


async def show_path(request: Request) -> Response:
    """Show whatever is at the request's path."""
    answer = await build_answer(get_services(request), get_raw_path(request))
    return respond_with_answer(request, answer)
