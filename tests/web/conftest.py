"""A fake CMS and the site over it, for the tests of the site alone."""

from collections.abc import Iterator

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port

from tests.web.fake_cms import FakeCms
from tests.web.served import serve
from tests.web.site_client import LoopThread, SiteClient
from web.app import create_app
from web.config import Settings


@pytest.fixture(scope="session")
def loop_thread() -> Iterator[LoopThread]:
    """The loop that the fake CMS and the site share."""
    with LoopThread() as loop:
        yield loop


@pytest.fixture(scope="session")
def cms_server(loop_thread: LoopThread) -> Iterator[FakeCms]:
    """The fake CMS, listening. Use `cms`, which is as new for every test."""
    port = unused_port()
    cms = FakeCms(origin=f"http://127.0.0.1:{port}")
    runner = web.AppRunner(cms.build_app(), shutdown_timeout=0.1)

    async def start() -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()

    loop_thread.run(start())
    yield cms
    loop_thread.run(runner.cleanup())


@pytest.fixture
def cms(cms_server: FakeCms) -> FakeCms:
    """The fake CMS with its usual pages and no fault."""
    fresh = FakeCms(origin=cms_server.origin)
    fresh.fill()
    for name, value in vars(fresh).items():
        setattr(cms_server, name, value)
    return cms_server


@pytest.fixture
def settings(cms: FakeCms) -> Settings:
    """Settings that point at the fake CMS, with less patience than the fault "slow" asks for."""
    return Settings(
        site_url="http://localhost:3150",
        cms_url=cms.origin,
        cms_internal_url=cms.origin,
        media_url=cms.origin,
        cms_timeout_seconds=1.5,
    )


@pytest.fixture
def site(settings: Settings, loop_thread: LoopThread) -> Iterator[SiteClient]:
    """The site over the fake CMS."""
    with SiteClient(create_app(settings), loop_thread) as client:
        yield client


@pytest.fixture(scope="session")
def served_site(cms_server: FakeCms) -> Iterator[str]:
    """The address of the site over the fake CMS, served as in production, for browsers."""
    with serve(cms_server.origin, "localhost") as address:
        yield address
