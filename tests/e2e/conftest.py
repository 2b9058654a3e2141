"""Fixtures of the journeys: a browser on the live site, and an editor who is logged in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from scripts.announce import USERNAME
from scripts.instance import Instance, build_instance
from tests.e2e.logins import log_in
from tests.live_servers import LiveServer, find_free_port, run_server


@pytest.fixture(scope="session")
def base_url(live_site: LiveServer) -> str:
    """Where `page.goto("/…")` leads."""
    return live_site.url


@pytest.fixture
def editor(page: Page, live_cms: LiveServer) -> Page:
    """A page in the admin, logged in as the demo's administrator."""
    log_in(page, live_cms.url, USERNAME)
    return page


@pytest.fixture
def site_without_cms(
    live_instance: Instance, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A site whose CMS is away: nothing listens at the address that it was given."""
    cms_address = f"http://127.0.0.1:{find_free_port()}"
    instance = build_instance(
        {
            "PATH": live_instance.environment["PATH"],
            "SITE_PORT": str(find_free_port()),
            "CMS_INTERNAL_URL": cms_address,
        }
    )
    log = tmp_path_factory.mktemp("logs") / "site-without-cms.log"
    environment = dict(instance.environment)
    with run_server(instance.site, instance.site_url, "/healthz", environment, log) as server:
        yield server
