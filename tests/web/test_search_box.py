"""The search box in a real browser over the fake CMS: keys, focus, late answers, and its weight.

Words are put in as one event, so that how fast the machine types decides nothing.
"""

import datetime
import gzip
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.web import content
from tests.web.fake_cms import FakeCms
from tests.web.site_client import SiteClient
from tests.web.test_browser import find_violations
from web.rendering.assets import STATIC_FOLDER

SUGGESTIONS: Final = "**/search/suggestions/**"
BUTTON: Final = "Search the guides"
EVERY_PAGE: Final = ["/", content.MS_PATH, "/conditions/", "/about/", "/search/?q=ms", "/nowhere/"]


@pytest.fixture
def box(page: Page, served_site: str, cms: FakeCms) -> Locator:
    """The dialog's input, open on the home page."""
    page.goto(served_site)
    page.keyboard.press("Control+k")
    expect(find_box(page)).to_be_focused()
    return find_box(page)


def find_box(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_role("combobox")


def find_options(page: Page) -> Locator:
    """Every option. Expect a list of texts: for one text, two options fail without any patience."""
    return page.get_by_role("option")


def get_query(route: Route) -> str:
    return parse_qs(urlsplit(route.request.url).query)["q"][0]


def answer_with(route: Route, name: str) -> None:
    route.fulfill(json={"suggestions": [{"path": "/about/", "name": [name], "note": []}]})


# The dialog


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_dialog__every_page__opens_with_its_button_and_gives_the_focus_back(
    page: Page, served_site: str, cms: FakeCms, path: str
) -> None:
    page.goto(served_site + path)
    button = page.get_by_role("button", name=BUTTON)
    button.focus()
    page.keyboard.press("Enter")

    expect(find_box(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    close = page.get_by_role("button", name="Close this search box")
    expect(close).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("shortcut", ["Control+k", "Meta+k", "Control+K"])
def test_dialog__shortcut__opens_it_from_anywhere(
    page: Page, served_site: str, cms: FakeCms, shortcut: str
) -> None:
    page.goto(served_site)
    link = page.get_by_role("link", name="About", exact=True)
    link.focus()
    page.keyboard.press(shortcut)

    expect(find_box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(link).to_be_focused()


@pytest.mark.parametrize("key", ["k", "/", "s", "Shift+k", "Alt+k", "Control+Shift+k"])
def test_dialog__any_other_key__opens_nothing(
    page: Page, served_site: str, cms: FakeCms, key: str
) -> None:
    page.goto(served_site)
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_dialog__shortcut_again__takes_the_words_to_be_typed_over(page: Page, box: Locator) -> None:
    box.fill("fibro")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("ms")
    expect(box).to_have_value("ms")


def test_dialog__tab__stays_within_it(page: Page, box: Locator) -> None:
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )


def test_dialog__back_from_a_guide__is_closed(page: Page, box: Locator) -> None:
    box.fill("multiple")
    find_options(page).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Multiple Sclerosis")
    page.go_back()
    expect(page.get_by_role("dialog")).to_be_hidden()


# Suggestions


def test_suggestions__while_typing__are_listed_and_counted(page: Page, box: Locator) -> None:
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.insert_text("sclerosis")

    expect(find_options(page)).to_have_text(["Amyotrophic Lateral Sclerosis", "Multiple Sclerosis"])
    expect(find_options(page).first.locator("mark")).to_have_text("Sclerosis")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("2 suggestions")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)


def test_suggestions__another_name__says_which(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("lou g")
    expect(find_options(page)).to_have_text(
        "Amyotrophic Lateral Sclerosis, also called: Lou Gehrig's disease"
    )
    expect(find_options(page).locator("mark")).to_have_text("Lou G")


def test_suggestions__none__says_so_and_enter_searches(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("zzzz")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("No suggestions")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=zzzz$"))


def test_keys__arrows__go_round_and_come_back_to_what_was_typed(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("sclerosis")
    first, second = find_options(page).first, find_options(page).last
    expect(second).to_be_visible()

    for key, chosen in [
        ("ArrowDown", first),
        ("ArrowDown", second),
        ("ArrowDown", None),
        ("ArrowUp", second),
        ("ArrowUp", first),
        ("Home", None),
    ]:
        page.keyboard.press(key)
        expect(page.locator("[aria-selected=true]")).to_have_count(1 if chosen else 0)
        if chosen is None:
            assert box.get_attribute("aria-activedescendant") is None
        else:
            expect(chosen).to_have_attribute("aria-selected", "true")
            expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
        expect(box).to_be_focused()
        expect(box).to_have_value("sclerosis")


def test_keys__enter_on_an_option__goes_to_its_page(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(content.MS_PATH + "$"))


def test_keys__enter_without_an_option__searches(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=sclerosis$"))


def test_keys__escape__closes_the_list_and_then_the_dialog(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("sclerosis")
    status = page.get_by_role("dialog").get_by_role("status")
    expect(status).to_be_empty()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(status).to_have_text("2 suggestions")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_keys__in_the_middle_of_writing_a_sign__are_left_alone(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)
    page.keyboard.press("ArrowDown")
    box.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(find_options(page).first).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("how", ["Control", "Meta", "middle"])
def test_suggestions__clicked_as_for_a_new_tab__open_in_one(
    context: BrowserContext, page: Page, box: Locator, how: str
) -> None:
    page.keyboard.insert_text("fibro")
    option = find_options(page)
    with context.expect_page() as opened:
        if how == "middle":
            option.click(button="middle")
        else:
            option.click(modifiers=[how])  # type: ignore[list-item]
    expect(opened.value).to_have_url(re.compile("/conditions/fm/$"))
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(box).to_have_value("fibro")


def test_search_page__from_the_browsers_memory__has_the_words_that_it_answers(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.goto(f"{served_site}/search/?q=sclerosis")
    box = page.get_by_role("main").get_by_role("combobox")
    box.fill("fibro")
    expect(find_options(page)).to_have_count(1)
    # As the browser tells it, which keeps no pages under test.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(box).to_have_value("sclerosis")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_suggestions__focus_leaves__are_gone(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)
    page.get_by_role("button", name="Close this search box").focus()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_suggestions__search_page__come_under_the_larger_box(
    page: Page, served_site: str, cms: FakeCms
) -> None:
    page.goto(f"{served_site}/search/")
    box = page.get_by_role("main").get_by_role("combobox")
    box.fill("fibro")
    expect(find_options(page)).to_have_text(["Fibromyalgia"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(find_options(page)).to_be_hidden()
    expect(box).to_have_value("fibro")


def test_suggestions__with_markup_in_a_name__show_it_as_text(page: Page, box: Locator) -> None:
    name = "<img src=x onerror=alert(1)>"
    page.route(SUGGESTIONS, lambda route: answer_with(route, name))
    page.keyboard.insert_text("x")
    expect(find_options(page)).to_have_text([name])


# Late answers, and none


def test_late_answer__never_overwrites_a_newer_one(page: Page, box: Locator) -> None:
    held: list[Route] = []

    def answer(route: Route) -> None:
        if get_query(route) == "mu":
            held.append(route)
        else:
            answer_with(route, "Newer")

    page.route(SUGGESTIONS, answer)
    page.keyboard.insert_text("mu")
    wait_for(page, lambda: bool(held))
    page.keyboard.insert_text("l")
    expect(find_options(page)).to_have_text(["Newer"])
    answer_with(held[0], "Late")
    page.wait_for_timeout(200)
    expect(find_options(page)).to_have_text(["Newer"])


def test_late_answer__after_the_reader_began_to_choose__changes_nothing(
    page: Page, box: Locator
) -> None:
    page.keyboard.insert_text("sclerosi")
    expect(find_options(page)).to_have_count(2)
    held: list[Route] = []
    page.route(SUGGESTIONS, lambda route: held.append(route))
    # Back to what the list answers, while the same is asked again.
    page.keyboard.insert_text("s")
    page.keyboard.press("Backspace")
    wait_for(page, lambda: bool(held))
    page.keyboard.press("ArrowDown")
    answer_with(held[0], "Late")
    page.wait_for_timeout(200)
    expect(find_options(page).first).to_have_attribute("aria-selected", "true")
    expect(find_options(page)).to_have_count(2)


def test_late_answer__arrow_before_it__chooses_from_no_older_list(page: Page, box: Locator) -> None:
    page.keyboard.insert_text("sclerosi")
    expect(find_options(page)).to_have_count(2)
    held: list[Route] = []
    page.route(SUGGESTIONS, lambda route: held.append(route))
    page.keyboard.insert_text("s x")
    wait_for(page, lambda: bool(held))
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)

    answer_with(held[0], "Newer")
    expect(find_options(page)).to_have_text(["Newer"])
    page.keyboard.press("ArrowDown")
    expect(find_options(page)).to_have_attribute("aria-selected", "true")


def test_late_answer__after_the_dialog_was_closed__opens_nothing(page: Page, box: Locator) -> None:
    held: list[Route] = []
    page.route(SUGGESTIONS, lambda route: held.append(route))
    page.keyboard.insert_text("ms")
    wait_for(page, lambda: bool(held))
    page.keyboard.press("Escape")
    answer_with(held[0], "Late")
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(find_options(page)).to_have_count(0)


def test_typing_fast__asks_once(page: Page, box: Locator, cms: FakeCms) -> None:
    cms.requests.clear()
    # Fast on every machine: 50 ms from one letter to the next.
    page.clock.install()
    page.clock.pause_at(datetime.datetime.now() + datetime.timedelta(minutes=1))
    for letter in "fibromyalgia":
        page.keyboard.press(letter)
        page.clock.run_for(50)
    page.clock.run_for(1000)
    expect(find_options(page)).to_have_count(1)
    asked = [request for request in cms.requests if "suggest" in request]
    assert len(asked) == 1


@pytest.mark.parametrize("fault", ["500", "garbage"])
def test_cms_away__the_form_still_searches(
    context: BrowserContext, served_site: str, cms: FakeCms, fault: str
) -> None:
    # The browser reports the failed request, which is no error of the page.
    page = context.new_page()
    page.goto(served_site)
    page.keyboard.press("Control+k")
    box = find_box(page)
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)
    cms.fault = fault
    with page.expect_response(SUGGESTIONS) as answered:
        page.keyboard.insert_text(" x")
    assert answered.value.status == 503
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_be_focused()
    cms.fault = ""
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served_site}/search/?q=sclerosis+x")


# How it looks


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/", "/search/"])
def test_axe__open_list__finds_nothing(
    page: Page, served_site: str, cms: FakeCms, path: str, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(served_site + path)
    if path == "/":
        page.keyboard.press("Control+k")
    else:
        page.get_by_role("main").get_by_role("combobox").focus()
    page.keyboard.insert_text("ls")
    page.keyboard.press("ArrowDown")
    expect(find_options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert find_violations(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_dialog__every_target__is_44_pixels_high(
    page: Page, served_site: str, cms: FakeCms, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(served_site)
    targets = [page.get_by_role("button", name=BUTTON)]
    assert heights_of(targets)[0] >= 44
    targets[0].click()
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)
    dialog = page.get_by_role("dialog")
    targets = [find_box(page), *dialog.get_by_role("button").all(), *find_options(page).all()]
    assert min(heights_of(targets)) >= 44


def heights_of(targets: list[Locator]) -> list[float]:
    boxes = [target.bounding_box() for target in targets]
    return [box["height"] if box else 0 for box in boxes]


@pytest.mark.parametrize("width", [320, 640])
def test_dialog__letters_twice_as_large__needs_no_sideways_scrolling(
    page: Page, served_site: str, cms: FakeCms, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 480})
    page.goto(served_site)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text("ls")
    expect(find_options(page)).to_have_count(1)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    dialog = page.get_by_role("dialog")
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
    assert dialog.evaluate("dialog => dialog.getBoundingClientRect().right <= innerWidth")
    find_options(page).last.scroll_into_view_if_needed()
    expect(find_options(page).last).to_be_in_viewport(ratio=1)


def test_forced_colors__chosen_option__differs_from_the_others(page: Page, box: Locator) -> None:
    page.emulate_media(forced_colors="active")
    page.keyboard.insert_text("sclerosis")
    expect(find_options(page)).to_have_count(2)
    page.keyboard.press("ArrowDown")
    chosen, other = (
        option.evaluate("option => getComputedStyle(option).backgroundColor")
        for option in find_options(page).all()
    )
    assert chosen != other


def test_print__shows_no_box(page: Page, box: Locator) -> None:
    page.keyboard.press("Escape")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()


# Its weight


def test_weight__all_scripts_of_the_box__are_at_most_5_kb(site: SiteClient) -> None:
    scripts = sorted((STATIC_FOLDER / "js").glob("search_*.js"))
    assert len(scripts) == 2
    html = site.get("/").text
    for script in scripts:
        assert f"/static/{script.stem}-" in html
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= 5_000


def wait_for(page: Page, has_happened: Callable[[], bool]) -> None:
    """Let the browser go on until something has happened, for at most five seconds."""
    for _ in range(100):
        if has_happened():
            return
        page.wait_for_timeout(50)
    pytest.fail("It did not happen within five seconds.")
