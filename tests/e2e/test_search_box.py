"""The search box over a running CMS: by keyboard alone, without scripts, while the CMS is slow or
away.
"""

import time
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.live_servers import LiveServer

MS_PATH: Final = "/conditions/multiple-sclerosis/"
SUGGESTIONS: Final = "**/search/suggestions/**"


def open_box(page: Page) -> Locator:
    page.keyboard.press("Control+k")
    box = page.get_by_role("dialog").get_by_role("combobox")
    expect(box).to_be_focused()
    return box


def test_box__by_keyboard_alone__leads_to_a_guide(page: Page, live_site: LiveServer) -> None:
    page.goto("/")
    button = page.get_by_role("button", name="Search the guides")
    for _ in range(10):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Space")
    page.keyboard.insert_text("multiple scl")

    option = page.get_by_role("option", name="Multiple Sclerosis")
    expect(option).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("suggestion")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_site.url}{MS_PATH}")


@pytest.mark.parametrize(
    ("typed", "name", "note"),
    [
        ("lou geh", "Amyotrophic Lateral Sclerosis", "Lou Gehrig"),
        ("ms", "Multiple Sclerosis", "MS"),
    ],
)
def test_box__another_name__says_which(page: Page, typed: str, name: str, note: str) -> None:
    page.goto(MS_PATH)
    open_box(page)
    page.keyboard.insert_text(typed)
    option = page.get_by_role("option", name=name)
    expect(option).to_contain_text(f"also called: {note}")
    expect(option.locator("mark").first).to_be_visible()


def test_box__enter_after_typing__shows_results(page: Page, live_site: LiveServer) -> None:
    page.goto("/")
    open_box(page)
    page.keyboard.insert_text("fibromyalgia")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_site.url}/search/?q=fibromyalgia")
    expect(page.get_by_role("main").get_by_role("link", name="Fibromyalgia").first).to_be_visible()


@pytest.mark.parametrize("path", ["/", MS_PATH, "/nowhere/"])
def test_box__javascript_off__is_a_form_in_the_header(
    browser: Browser, live_site: LiveServer, path: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_site.url)
    page = context.new_page()
    page.goto(path)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("link", name="Search the guides")).to_be_hidden()
    page.get_by_role("searchbox", name="Search the guides").fill("multiple sclerosis")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_site.url}/search/?q=multiple+sclerosis")
    expect(
        page.get_by_role("main").get_by_role("link", name="Multiple Sclerosis").first
    ).to_be_visible()
    context.close()


def test_box__api_slow__shows_the_newer_answer_and_waits_for_none(
    page: Page, live_site: LiveServer
) -> None:
    held: list[Route] = []

    def answer(route: Route) -> None:
        if route.request.url.endswith("q=fibro"):
            route.continue_()
        else:
            held.append(route)

    page.route(SUGGESTIONS, answer)
    page.goto("/")
    box = open_box(page)
    page.keyboard.insert_text("multi")
    page.wait_for_timeout(500)
    assert len(held) == 1
    box.fill("fibro")
    expect(page.get_by_role("option", name="Fibromyalgia")).to_be_visible()
    held[0].continue_()
    page.wait_for_timeout(500)
    expect(page.get_by_role("option", name="Multiple Sclerosis")).to_have_count(0)
    expect(page.get_by_role("option", name="Fibromyalgia")).to_be_visible()

    page.keyboard.insert_text("m")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_site.url}/search/?q=fibrom")


def test_box__api_down__is_still_a_form(
    context: BrowserContext, site_without_cms: LiveServer
) -> None:
    # The browser reports the answers of 503, which are no errors of the page.
    page = context.new_page()
    page.goto(f"{site_without_cms.url}/")
    box = open_box(page)
    start = time.monotonic()
    with page.expect_response(SUGGESTIONS) as answered:
        page.keyboard.insert_text("ms")
    assert answered.value.status == 503
    assert answered.value.headers["cache-control"] == "private, no-store"
    assert time.monotonic() - start < 2
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_focused()

    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site_without_cms.url}/search/?q=ms")
    expect(page.get_by_role("heading", level=2)).to_have_text("We cannot search just now")
    page.close()
