"""Pictures that pages show."""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.responses import get_raw_path
from web.security import POLICY
from web.services import get_services

# Another picture may get the same name.
_CACHED_BRIEFLY: Final = "public, max-age=0, must-revalidate"
# A drawing that is opened by itself runs nothing.
_ALONE: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


async def show_picture(request: Request) -> Response:
    """The picture at the request's path, if some page of this site shows it."""
    path = get_raw_path(request).partition("?")[0]
    picture = await get_services(request).pictures.get_or_none(path)
    if picture is None:
        return PlainTextResponse("Not found\n", 404)
    headers = {"Cache-Control": _CACHED_BRIEFLY, "ETag": picture.etag, POLICY: _ALONE}
    if picture.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(picture.body, headers=headers, media_type=picture.media_type)
