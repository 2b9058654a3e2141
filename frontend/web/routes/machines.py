"""What machines ask for: robots.txt, and whether the site is up."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from web.services import Services, get_services


async def show_robots(request: Request) -> Response:
    """Say where the site map is, and that search results and forms are not worth reading."""
    robots = build_robots(get_services(request).settings.site_url)
    return PlainTextResponse(robots, headers={"Cache-Control": "public, max-age=3600"})


def build_robots(site_url: str) -> str:
    """The text of robots.txt."""
    return (
        "User-agent: *\n"
        "Disallow: /responses/\n"
        "Disallow: /search/\n"
        "Disallow: /styleguide/\n"
        f"\nSitemap: {site_url}/sitemap.xml\n"
    )


async def show_health(request: Request) -> Response:
    """That this process answers, which it does without the CMS, and how it stands to the CMS."""
    lines = ["ok", *_describe(get_services(request))]
    return PlainTextResponse("\n".join(lines) + "\n", headers={"Cache-Control": "no-store"})


def _describe(services: Services) -> list[str]:
    state, store = services.follower.state, services.store
    if state.away_seconds is not None:
        cms = f"away for {state.away_seconds:.0f} s; what is there is served"
    elif state.is_following:
        cms = "answers, and its changes are followed"
    else:
        cms = "has no feed of changes; every page is made anew"
    disk = store.disk_problem and f"not written: {store.disk_problem}"
    return [
        f"CMS: {cms}",
        f"pages: {store.page_count} kept, {store.stale_count} waiting to be made anew",
        f"change: {store.cursor or 'none'}",
        f"disk: {disk or 'fine' if services.settings.store_dir else 'not used'}",
    ]
