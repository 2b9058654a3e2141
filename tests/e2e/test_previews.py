"""What an editor sees beside the form while typing: the real site, without a cookie."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    FrameLocator,
    Page,
    Request,
    expect,
)

from scripts.announce import USERNAME
from tests.e2e.logins import log_in
from tests.live_servers import LiveServer

PATH = "/conditions/migraine/"
# Wagtail waits for a pause before it asks, and checks twice a second.
REFRESH = 30_000


@pytest.fixture
def strict_context(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType
) -> Iterator[BrowserContext]:
    """A browser that gives no cookie to a frame of another site, and tells that it does not."""
    arguments = [*browser_type_launch_args["args"], "--test-third-party-cookie-phaseout"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": arguments})
    yield browser.new_context(viewport={"width": 1400, "height": 900})
    browser.close()


@pytest.fixture
def strict_page(strict_context: BrowserContext, live_cms: LiveServer) -> Page:
    """A page in the admin of that browser, logged in."""
    page = strict_context.new_page()
    page.add_init_script(
        "document.addEventListener('w-unsaved:watch-edits', () => { window.isWatched = true; })"
    )
    log_in(page, live_cms.url, USERNAME)
    return page


def open_editor(page: Page, cms: LiveServer, path: str = PATH) -> None:
    answer = page.request.get(f"{cms.url}/api/v2/resolve/", params={"path": path}).json()
    page.goto(f"{cms.url}/admin/pages/{answer['page']['id']}/edit/")


def open_panel(page: Page) -> FrameLocator:
    """The site, in the preview panel of an editor in which somebody may type now."""
    # Wagtail takes what the form holds a moment after it has loaded for what is saved.
    page.wait_for_function("window.isWatched")
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible(timeout=REFRESH)
    return frame


def test_panel__while_typing__shows_it_on_the_real_site_before_it_is_saved(
    strict_page: Page, live_cms: LiveServer, live_site: LiveServer
) -> None:
    before = strict_page.request.get(f"{live_site.url}{PATH}").text()
    open_editor(strict_page, live_cms)
    frame = open_panel(strict_page)
    strict_page.get_by_role("textbox", name="Title").first.fill("Massage for typed headaches")
    expect(frame.get_by_role("heading", level=1)).to_have_text(
        "Massage for typed headaches", timeout=REFRESH
    )
    symptom = strict_page.locator("[name*='-value-items-0-value-text']").first
    symptom.fill("A symptom just typed")
    expect(frame.get_by_text("A symptom just typed").first).to_be_visible(timeout=REFRESH)

    iframe = strict_page.locator("#w-preview-iframe")
    assert str(iframe.get_attribute("src")).startswith(f"{live_site.url}{PATH}?preview=")
    assert strict_page.request.get(f"{live_site.url}{PATH}").text() == before


def test_panel__third_party_cookies_blocked__carries_none_either_way(
    strict_page: Page, strict_context: BrowserContext, live_cms: LiveServer, live_site: LiveServer
) -> None:
    # One that the site would be sent if anything were: the CMS is 127.0.0.1, the site localhost.
    strict_context.add_cookies(
        [{"name": "tempting", "value": "x", "url": live_site.url, "sameSite": "Lax"}]
    )
    seen: list[Request] = []
    strict_page.on("request", lambda request: seen.append(request))
    open_editor(strict_page, live_cms)
    open_panel(strict_page)
    # The last thing that happens: the checks have run on the site and have reported.
    expect(strict_page.locator("[data-content-readability-score]")).to_have_text(
        re.compile("Good|Fair|Complex"), timeout=REFRESH
    )

    to_site = [request for request in seen if request.url.startswith(live_site.url)]
    assert any("preview=" in request.url for request in to_site)
    for request in to_site:
        assert "cookie" not in request.all_headers(), request.url
        response = request.response()
        assert response is not None
        assert "set-cookie" not in response.all_headers(), request.url
    # The bar's scripts are the CMS's own, and neither needs nor gets its session.
    for request in seen:
        if request.frame != strict_page.main_frame:
            assert "cookie" not in request.all_headers(), request.url


def test_panel__scrolled_down__stays_there_through_a_refresh(
    strict_page: Page, live_cms: LiveServer
) -> None:
    open_editor(strict_page, live_cms)
    frame = open_panel(strict_page)
    frame.locator("html").evaluate("() => window.scrollTo(0, 700)")
    strict_page.get_by_role("textbox", name="Title").first.fill("Massage for refreshed headaches")
    expect(frame.get_by_role("heading", level=1)).to_have_text(
        "Massage for refreshed headaches", timeout=REFRESH
    )

    assert frame.locator("html").evaluate("() => window.scrollY") == 700


@pytest.mark.parametrize(("size", "width"), [("mobile", 375), ("tablet", 768), ("desktop", 1280)])
def test_panel__at_each_size__is_as_wide_as_the_device(
    size: str, width: int, strict_page: Page, live_cms: LiveServer
) -> None:
    open_editor(strict_page, live_cms)
    frame = open_panel(strict_page)
    strict_page.get_by_role("radio", name=f"Preview in {size} size").check(force=True)

    assert frame.locator("html").evaluate("() => window.innerWidth") == width


def test_panel__new_page_with_nothing_in_it__shows_what_is_still_missing(
    strict_page: Page, live_cms: LiveServer
) -> None:
    strict_page.get_by_role("link", name="Write about a condition").click()
    frame = open_panel(strict_page)

    expect(frame.locator("h1 .missing")).to_be_visible()
    expect(frame.locator(".missing").nth(5)).to_be_attached()
    strict_page.get_by_role("textbox", name="Title").first.fill("Massage for Nothing Yet")
    expect(frame.get_by_role("heading", level=1)).to_have_text(
        "Massage for Nothing Yet", timeout=REFRESH
    )


def test_panel__a_picture_without_alt_text__is_reported_by_the_checks(
    strict_page: Page, live_cms: LiveServer
) -> None:
    open_editor(strict_page, live_cms, "/conditions/multiple-sclerosis/")
    open_panel(strict_page)
    checks = strict_page.get_by_role("button", name="Toggle checks")
    checks.click()
    panel = strict_page.locator("[data-checks-panel]")
    expect(
        strict_page.get_by_text(re.compile("Reading time|Words", re.IGNORECASE)).first
    ).to_be_visible()
    strict_page.locator("[name$='-alt_text']").first.fill("")

    expect(panel.get_by_text("A picture has no description").first).to_be_visible(timeout=REFRESH)


def test_full_window__from_the_panel__is_the_site_with_the_user_bar(
    strict_page: Page, live_cms: LiveServer, live_site: LiveServer
) -> None:
    open_editor(strict_page, live_cms)
    open_panel(strict_page)
    with strict_page.context.expect_page() as opened:
        strict_page.get_by_role("link", name="Preview in new tab").click()
    window = opened.value
    window.wait_for_load_state()

    assert window.url.startswith(f"{live_site.url}{PATH}?preview=")
    assert "in_preview_panel" not in window.url
    expect(window.locator("wagtail-userbar")).to_be_attached()
    expect(window.get_by_label("About this preview")).to_be_visible()


def test_panel__branding__shows_the_home_page_in_the_colours_just_typed(
    strict_page: Page, live_cms: LiveServer
) -> None:
    strict_page.goto(f"{live_cms.url}/admin/settings/branding/brandingsettings/")
    frame = open_panel(strict_page)
    strict_page.get_by_label("Name of the site").fill("Typed Practice")
    expect(frame.locator("header").first).to_contain_text("Typed Practice", timeout=REFRESH)


def test_share__a_page_that_was_never_published__opens_for_a_stranger_until_it_is_withdrawn(
    strict_page: Page, browser: Browser, live_cms: LiveServer, live_site: LiveServer
) -> None:
    strict_page.get_by_role("link", name="Write about a condition").click()
    strict_page.get_by_role("textbox", name="Title").first.fill("Massage for Shared Drafts")
    strict_page.get_by_role("textbox", name="Name of the condition").fill("Shared Drafts")
    strict_page.get_by_role("button", name="More actions").click()
    strict_page.get_by_role("button", name="Save and share draft").click()
    strict_page.get_by_label("Who is it for?").fill("Anna")
    strict_page.get_by_role("button", name="Make a link").click()
    address = strict_page.locator(f"input[value^='{live_site.url}']").first.input_value()

    stranger = browser.new_context().new_page()
    answer = stranger.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert stranger.url.startswith(
        f"{live_site.url}/conditions/massage-for-shared-drafts/?preview="
    )
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Massage for Shared Drafts")
    banner = stranger.get_by_role("complementary", name="Draft, not published")
    expect(banner).to_contain_text("admin shared this draft on")
    expect(banner).to_contain_text("The link works until")
    expect(banner).to_contain_text("This page has not been published before.")
    assert "wagtail" not in stranger.content()
    path = address.partition("?")[0]
    assert stranger.request.get(path).status == 404

    strict_page.get_by_role("link", name="Withdraw").first.click()
    strict_page.get_by_role("button", name="Yes, withdraw it").click()
    expect(strict_page.locator(".messages")).to_contain_text("The link was withdrawn.")
    answer = stranger.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("ended")
    assert "Shared Drafts" not in stranger.content()
