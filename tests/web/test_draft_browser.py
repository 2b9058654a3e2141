"""Drafts in a real browser: accessibility, narrow screens, frames, and Wagtail's user bar."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web import content
from tests.web.block_content import build_image
from tests.web.draft_content import BRANDING, EDITOR, EMPTY, NEVER_SAVED, SHARED, address
from tests.web.fake_cms import FakeCms
from tests.web.test_browser import find_violations
from tests.web.user_bar import build_user_bar
from web.api.models import BLOCK_VALUES

MS = content.MS_PATH
DRAFTS = [
    address(MS, SHARED),
    address(MS, EDITOR),
    address(MS, EMPTY),
    address("/conditions/draft/", NEVER_SAVED),
    address("/", BRANDING),
]


@pytest.fixture
def said() -> list[str]:
    """What `free_page` writes into its console."""
    return []


@pytest.fixture
def free_page(context: BrowserContext, said: list[str]) -> Page:
    """A page that may report errors: the user bar does when it finds any in the content."""
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    return page


def find_breaches(said: list[str]) -> list[str]:
    """What the browser said of the page's policy."""
    return [text for text in said if "Content Security Policy" in text]


def undescribe_picture(cms: FakeCms) -> None:
    """Put a picture that nobody has described into the editor's draft."""
    image = {**build_image(cms.origin), "alt": None}
    cms.previews[EDITOR]["page"]["body"] = [
        {"type": "figure", "id": "1", "value": {"image": image, "caption": "", "credit": ""}}
    ]


def frame_by_cms(page: Page, cms: FakeCms, shown: str) -> None:
    """Show `shown` in a frame within a page of the CMS."""
    cms.framed = shown.replace("&", "&amp;")
    page.goto(f"{cms.origin}/editor/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("draft", DRAFTS, ids=["shared", "editor", "empty", "new", "branding"])
def test_axe__draft__finds_nothing(
    page: Page, served_site: str, cms: FakeCms, draft: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(served_site + draft)
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe__every_empty_block__finds_nothing_and_fits_a_phone(
    page: Page, served_site: str, cms: FakeCms, scheme: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for name in BLOCK_VALUES:
        page.goto(f"{served_site}/styleguide/blocks/{name}/?example=draft_empty")
        assert find_violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def test_axe__picture_without_description__is_all_that_is_found(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    undescribe_picture(cms)
    page.goto(served_site + address(MS, EDITOR))
    (violation,) = find_violations(page)
    assert violation.startswith("image-alt: <img ")


def test_banner__320_pixels__scrolls_away(page: Page, served_site: str, cms: FakeCms) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(served_site + address(MS, SHARED))
    banner = page.get_by_role("complementary", name="Draft, not published")
    expect(banner).to_be_in_viewport()
    page.mouse.wheel(0, 2000)
    expect(banner).not_to_be_in_viewport()


def test_banner__times__are_told_in_the_readers_own_zone(
    new_context: Callable[..., BrowserContext], served_site: str, cms: FakeCms
) -> None:
    chicago = new_context(timezone_id="America/Chicago").new_page()
    chicago.goto(served_site + address(MS, SHARED))
    banner = chicago.get_by_role("complementary")
    expect(banner).to_contain_text("November 22, 2026 at 12:05 PM CST")
    expect(banner).to_contain_text("November 29, 2026 at 12:05 AM CST")


def test_banner__change__leads_to_its_block_within_the_draft(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.goto(served_site + address(MS, SHARED))
    page.get_by_role("link", name="Symptoms: Symptoms").click()
    expect(page).to_have_url(f"{served_site}{address(MS, SHARED)}#symptoms")
    expect(page.get_by_role("heading", name="Symptoms", exact=True)).to_be_in_viewport()


def test_frame__of_the_cms__shows_drafts_and_no_live_page(
    free_page: Page, served_site: str, cms: FakeCms
) -> None:
    frame_by_cms(free_page, cms, served_site + address(MS, EDITOR, "&in_preview_panel=true"))
    heading = free_page.frame_locator("#panel").get_by_role("heading", level=1)
    expect(heading).to_have_text("Massage for Multiple Sclerosis")
    # The browser says why it shows nothing.
    with free_page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        frame_by_cms(free_page, cms, served_site + MS)
    expect(heading).to_have_count(0)


def test_user_bar__in_the_panel__checks_the_draft_within_the_policy(
    free_page: Page, said: list[str], served_site: str, cms: FakeCms
) -> None:
    """The bar's scripts and styles load, its checks run, and the browser reports no breach."""
    undescribe_picture(cms)
    cms.previews[EDITOR]["userbar"] = build_user_bar(cms.origin, in_preview_panel=True)
    frame_by_cms(free_page, cms, served_site + address(MS, EDITOR, "&in_preview_panel=true"))
    free_page.wait_for_function(f"heard.includes('{served_site} w-userbar:axe-ready')")
    assert f"{served_site} w-preview:request-scroll" in free_page.evaluate("heard")
    expect(free_page.frame_locator("#panel").locator("wagtail-inline-userbar")).to_have_count(1)
    assert find_breaches(said) == []


def test_user_bar__full_window__opens_within_the_policy(
    free_page: Page, said: list[str], served_site: str, cms: FakeCms
) -> None:
    undescribe_picture(cms)
    cms.previews[EDITOR]["userbar"] = build_user_bar(cms.origin)
    free_page.goto(served_site + address(MS, EDITOR))
    free_page.get_by_role("button", name="View Wagtail quick actions").click()
    expect(free_page.get_by_role("menu")).to_be_visible()
    free_page.locator("wagtail-inline-userbar").get_by_role("button").first.click()
    expect(free_page.locator("wagtail-inline-userbar .tippy-box")).to_be_visible()
    assert find_breaches(said) == []


def test_cookies__none_is_kept(page: Page, served_site: str, cms: FakeCms) -> None:
    for draft in DRAFTS:
        page.goto(served_site + draft)
    assert page.context.cookies() == []
