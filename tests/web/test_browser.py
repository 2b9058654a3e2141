"""The site in a real browser: accessibility, narrow screens, and no breach of its policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web import content
from tests.web.fake_cms import FakeCms
from web.api.models import BLOCK_VALUES

PATHS = [
    "/",
    "/conditions/",
    content.MS_PATH,
    "/search/?q=sclerosis",
    "/search/?q=sclerosis&body_system=skin",
    "/search/?q=zzzz",
    "/nowhere/",
]
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def find_violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_axe__finds_nothing(
    page: Page, served_site: str, cms: FakeCms, path: str, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(served_site + path)
    assert find_violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe__every_block__finds_nothing(
    page: Page, served_site: str, cms: FakeCms, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for name in BLOCK_VALUES:
        page.goto(f"{served_site}/styleguide/blocks/{name}/")
        assert find_violations(page) == [], name


@pytest.mark.parametrize("path", [*PATHS, "/about/"])
def test_page__320_pixels__needs_no_sideways_scrolling(
    page: Page, served_site: str, cms: FakeCms, path: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(served_site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_table__narrow_screen__becomes_cards_and_stays_a_table(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(served_site + content.MS_PATH)
    row = page.locator("#at-a-glance tbody tr").first
    wide = row.bounding_box()
    page.set_viewport_size({"width": 320, "height": 900})
    narrow = row.bounding_box()
    assert wide
    assert narrow
    assert narrow["height"] > 2 * wide["height"]
    table = page.get_by_role("table", name="When massage is suitable, and how")
    expect(table.get_by_role("rowheader", name="During a flare")).to_be_visible()
    expect(table.get_by_role("columnheader", name="Most pressure")).to_be_attached()


def test_keyboard__skip_link__leads_to_the_content(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.goto(served_site + content.MS_PATH)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_targets__are_large_enough(page: Page, served_site: str, cms: FakeCms) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(served_site + content.MS_PATH)
    page.locator(".contents summary").click()
    # Links within a sentence are exempt (WCAG 2.2, 2.5.8).
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input")]
            .filter((target) => target.checkVisibility() && !target.closest(".prose, p"))
            .filter((target) => !target.matches(".skip-link"))
            .map((target) => [target.textContent, target.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([text, box]) => `${text.trim()} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_search__from_the_header__works_without_scripts(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.route("**/*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page.goto(served_site)
    page.get_by_role("link", name="Search the guides").click()
    page.get_by_role("searchbox").fill("sclerosis")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="2 results for “sclerosis”")).to_be_visible()


def test_contents__wide_screen__are_open_and_mark_the_part_being_read(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(served_site + content.MS_PATH)
    link = page.locator(".contents").get_by_role("link", name="Symptoms")
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(f"{served_site}{content.MS_PATH}#symptoms")
    expect(link).to_have_attribute("aria-current", "true")


def test_print__shows_folded_answers_and_hides_the_menu(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.goto(served_site + content.MS_PATH)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_text("It should not. Say so.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
