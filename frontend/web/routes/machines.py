"""What machines ask for: robots.txt, the site map, and whether the site is up."""

from html import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.api.listing import fetch_addresses
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


async def show_sitemap(request: Request) -> Response:
    """Every public page, as the CMS lists them."""
    addresses = await fetch_addresses(get_services(request).client)
    urls = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return Response(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
        media_type="application/xml",
        headers={"Cache-Control": "public, max-age=300"},
    )


async def show_health(_request: Request) -> Response:
    """Whether this process answers; it does so without the CMS, as the site should."""
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})
