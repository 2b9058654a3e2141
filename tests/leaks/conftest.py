"""One site full of hidden pages for all leak tests, which only read: it takes seconds to build."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.factories.leaks import READERS, LeakWorld, build_leak_world
from tests.leaks.callers import Bridge, CmsCaller, Inspector, SiteCaller, open_bridge
from tests.web.site_client import LoopThread, SiteClient
from web.app import create_app
from web.config import Settings
from web.store import following


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LeakWorld]:
    """Hidden pages in every state, and public ones that lead to them; undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_leak_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def loop_thread() -> Iterator[LoopThread]:
    with LoopThread() as loop:
        yield loop


@pytest.fixture(scope="module")
def bridge(world: LeakWorld, loop_thread: LoopThread) -> Iterator[Bridge]:
    with open_bridge(loop_thread) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(bridge: Bridge, loop_thread: LoopThread) -> Iterator[SiteCaller]:
    """The site over the CMS of this very transaction. It has made its pages, and asks no more."""
    settings = Settings(cms_internal_url=bridge.url, cms_timeout_seconds=20)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "SECONDS_BETWEEN_POLLS", 3600.0)
        with SiteClient(create_app(settings), loop_thread) as client:
            bridge.wait_until_quiet()
            yield SiteCaller(client)


@pytest.fixture(scope="module")
def cms(world: LeakWorld) -> CmsCaller:
    return CmsCaller()


@pytest.fixture
def inspector(world: LeakWorld) -> Iterator[Inspector]:
    """Looks for words that readers may not see; what it has found fails the test at its end."""
    inspector = Inspector(world.words, frozenset(world.words.of(READERS)))
    yield inspector
    inspector.check()
