"""What every test may use: a live CMS and site, and a browser that accepts no error.

The live servers start when the first test asks for them, with the demo, on ports, data and a
database of their own.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Response, expect

from scripts.chromium import ADVICE, find_chromium_or_none, get_launch_arguments
from scripts.instance import Instance
from tests.live_servers import (
    LiveServer,
    build_test_instance,
    load_demo,
    make_database,
    run_server,
)

# Playwright keeps a loop running in the main thread, where Django then refuses to use a database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Milliseconds in which a page has to show what is expected; a machine with other work takes long.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and run it last: the quick answers come first.

    Of the processes that share the tests, each takes whole files. Playwright's loop stays in its
    process, where what starts a loop of its own would fail, so that what is last must stay last.
    """
    for item in items:
        is_browser = "playwright" in getattr(item, "fixturenames", ())
        if is_browser:
            item.add_marker("browser")
        item.add_marker(pytest.mark.xdist_group(f"{item.nodeid.partition('::')[0]}-{is_browser}"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def live_instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The ports, data and environment of the live servers, loaded with the demo."""
    with make_database() as database_url:
        instance = build_test_instance(tmp_path_factory.mktemp("instance"), database_url)
        load_demo(instance)
        yield instance


@pytest.fixture(scope="session")
def live_cms(
    live_instance: Instance, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A CMS with the demo, on 127.0.0.1."""
    with run_server(
        live_instance.cms,
        live_instance.cms_url,
        "/admin/login/",
        dict(live_instance.environment),
        tmp_path_factory.mktemp("logs") / "cms.log",
    ) as server:
        yield server


@pytest.fixture(scope="session")
def live_site(
    live_instance: Instance, live_cms: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A site that reads `live_cms`, on localhost: another host name, as in production."""
    with run_server(
        live_instance.site,
        live_instance.site_url,
        "/healthz",
        dict(live_instance.environment),
        tmp_path_factory.mktemp("logs") / "site.log",
    ) as server:
        yield server


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that `scripts.chromium` finds. Fails, never skips, where there is none."""
    path = find_chromium_or_none()
    if path is None:
        pytest.fail(ADVICE, pytrace=False)
    return {**browser_type_launch_args, "executable_path": path, "args": get_launch_arguments()}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that fails its test on any console error, such as a breach of the page's policy."""
    problems: list[str] = []
    documents: set[str] = set()

    def note_document(response: Response) -> None:
        if response.request.is_navigation_request():
            documents.add(response.url)

    def note_message(message: ConsoleMessage) -> None:
        # A page that answers 404 or 503 on purpose is reported as well; the test asserts that.
        is_own_status = (
            message.text.startswith("Failed to load resource")
            and message.location["url"] in documents
        )
        if message.type == "error" and not is_own_status:
            problems.append(f"{message.location['url']}: {message.text}")

    page.on("response", note_document)
    page.on("console", note_message)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert not problems, "The browser reported:\n" + "\n".join(problems)
