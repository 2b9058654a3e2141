"""What machines ask for: robots.txt, and whether the site is up."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.services import get_services


async def show_robots(request: Request) -> Response:
    """Say where the site map is, and that search results and forms are not worth reading."""
    site_url = get_services(request).settings.site_url
    return PlainTextResponse(
        "User-agent: *\n"
        "Disallow: /responses/\n"
        "Disallow: /search/\n"
        "Disallow: /styleguide/\n"
        f"\nSitemap: {site_url}/sitemap.xml\n",
        headers={"Cache-Control": "public, max-age=3600"},
    )


async def show_health(_request: Request) -> Response:
    """Whether this process answers; it does so without the CMS, as the site should."""
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})
