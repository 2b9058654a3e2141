"""Style sheets, scripts, fonts, flags and the generated colours, under names with a hash."""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.rendering.assets import Asset
from web.rendering.theme import read_theme_or_none
from web.responses import get_path
from web.services import get_services

_FOR_A_YEAR: Final = "public, max-age=31536000, immutable"


async def show_static(request: Request) -> Response:
    """A file of this version of the site; a name of another version is not found."""
    asset = get_services(request).assets.get_or_none(request.path_params["name"])
    if asset is None:
        return PlainTextResponse("Not found\n", 404)
    return _respond(request, asset, _FOR_A_YEAR)


async def show_theme(request: Request) -> Response:
    """The branding's colours, or those of a draft, which are in the query.

    Under a name that is not known any more they are the colours of now.
    """
    services = get_services(request)
    name = get_path(request).removeprefix("/")
    known = services.themes.get_or_none(name) or read_theme_or_none(
        name, request.query_params.get("colors", "")
    )
    if known is not None:
        return _respond(request, known, _FOR_A_YEAR)
    current = services.themes.add((await services.site_source.get()).colors)
    asset = services.themes.get_or_none(current)
    if asset is None:
        raise LookupError(f"The style sheet {current} was added but is not there.")
    is_asked_for = get_path(request) == f"/{current}"
    return _respond(request, asset, _FOR_A_YEAR if is_asked_for else "no-store")


def _respond(request: Request, asset: Asset, caching: str) -> Response:
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if asset.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.compressed, headers=headers, media_type=asset.media_type)
    return Response(asset.body, headers=headers, media_type=asset.media_type)
