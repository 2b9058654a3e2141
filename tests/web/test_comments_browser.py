"""Responding in a real browser: with and without JavaScript, with keys alone, on any screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Route,
    expect,
)

from tests.web.comment_content import FORM, THREADS, build_comment, build_reply
from tests.web.content import MS_PATH
from tests.web.fake_cms import FakeCms
from tests.web.test_browser import find_violations

SENT = "Thank you. Your response appears once it has been read."
LONG = "w" * 300


@pytest.fixture
def reader(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test on any error, but for the refusals that these tests ask for."""
    problems: list[str] = []
    page = context.new_page()

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(message.text)

    page.on("console", note_message)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    assert not problems, "The browser reported:\n" + "\n".join(problems)


@pytest.fixture
def plain_reader(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def get_form(page: Page) -> Locator:
    return page.locator(".response-form")


def type_response(page: Page, name: str = "Ann", text: str = "It helped.\n\nA lot.") -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill("ann@example.org")
    page.get_by_label("Response", exact=False).and_(page.locator("textarea")).fill(text)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send response").click()


def test_without_javascript__respond__ends_at_the_confirmation(
    plain_reader: Page, served_site: str, cms: FakeCms
) -> None:
    page = plain_reader
    page.goto(served_site + MS_PATH)
    expect(page.get_by_text(SENT)).to_be_hidden()
    page.get_by_role("link", name="Leave a reply").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leave a Reply")
    type_response(page)
    send(page)
    expect(page).to_have_url(f"{served_site}{MS_PATH}#response-sent")
    expect(page.get_by_text(SENT)).to_be_visible()
    expect(page.get_by_text(SENT)).to_be_focused()
    assert cms.sent[0]["text"] == "It helped.\n\nA lot."


def test_without_javascript__errors__keep_what_was_typed(
    plain_reader: Page, served_site: str, cms: FakeCms
) -> None:
    page = plain_reader
    page.goto(f"{served_site}{FORM}?reply_to=5")
    type_response(page, name="")
    send(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Email")).to_have_value("ann@example.org")
    expect(page.locator("textarea")).to_have_value("It helped.\n\nA lot.")
    expect(page.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Name")).to_have_accessible_description("Please write your name.")
    page.get_by_role("link", name="Please write your name.").click()
    expect(page.get_by_label("Name")).to_be_focused()
    page.get_by_label("Name").fill("Ann")
    send(page)
    expect(page.get_by_text(SENT)).to_be_visible()
    assert {sent["idempotency_key"] for sent in cms.sent} == {cms.sent[0]["idempotency_key"]}
    assert cms.sent[-1]["reply_to"] == 5


def test_without_javascript__cancel__leads_back(
    plain_reader: Page, served_site: str, cms: FakeCms
) -> None:
    plain_reader.goto(f"{served_site}{FORM}?reply_to=5")
    plain_reader.get_by_role("link", name="Cancel").click()
    expect(plain_reader).to_have_url(f"{served_site}{MS_PATH}#response-5")


def test_with_javascript__respond__stays_on_the_page(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").click()
    expect(reader.get_by_role("heading", name="Leave a Reply")).to_be_focused()
    type_response(reader)
    send(reader)
    expect(reader.get_by_text(SENT).and_(reader.locator("[data-sent]"))).to_be_focused()
    expect(get_form(reader)).to_have_count(0)
    expect(reader).to_have_url(served_site + MS_PATH)
    assert cms.sent[0]["honeypot"] == ""
    assert cms.sent[0]["form_token"]


def test_with_javascript__reply__opens_below_its_thread(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Reply to Ann").click()
    form = reader.locator("#response-5 .response-form")
    expect(form.get_by_role("heading")).to_have_text("Leave a Reply to Ann")
    type_response(reader)
    send(reader)
    expect(reader.locator("#response-5 [data-sent]")).to_be_focused()
    assert cms.sent[0]["reply_to"] == 5


def test_with_javascript__errors__are_shown_in_place_and_keep_the_text(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").click()
    type_response(reader, name="")
    send(reader)
    expect(reader.get_by_role("alert")).to_be_focused()
    expect(reader.locator("textarea")).to_have_value("It helped.\n\nA lot.")
    expect(reader).to_have_url(served_site + MS_PATH)
    reader.get_by_label("Name").fill("Ann")
    send(reader)
    expect(reader.locator("[data-sent]")).to_be_focused()


@pytest.mark.parametrize("failure", ["no network", "a strange answer"])
def test_with_javascript__nothing_comes_back__keeps_everything_and_says_so(
    reader: Page, served_site: str, cms: FakeCms, failure: str
) -> None:
    def fail(route: Route) -> None:
        if failure == "no network":
            route.abort()
        else:
            route.fulfill(status=502, content_type="text/html", body="<h1>Bad gateway</h1>")

    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").click()
    type_response(reader)
    reader.route(f"**{FORM}*", fail)
    send(reader)
    expect(reader.get_by_role("alert")).to_contain_text("What you wrote is still here")
    expect(reader.locator("textarea")).to_have_value("It helped.\n\nA lot.")
    reader.unroute(f"**{FORM}*")
    send(reader)
    expect(reader.locator("[data-sent]")).to_be_focused()
    assert len(cms.sent) == 1


def test_with_javascript__the_cms_is_away__keeps_everything_and_says_so(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").click()
    type_response(reader)
    cms.refusals = [(500, "", {})]
    send(reader)
    expect(reader.get_by_role("alert")).to_contain_text("send it again in a minute")
    expect(reader.locator("textarea")).to_have_value("It helped.\n\nA lot.")


def test_with_javascript__pressed_twice__is_sent_once(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").click()
    type_response(reader)
    waiting: list[Route] = []
    reader.route(f"**{FORM}*", lambda route: waiting.append(route))
    send(reader)
    button = reader.get_by_role("button", name="Sending")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(reader.locator("textarea")).not_to_be_editable()
    button.click(force=True)
    button.press("Enter")
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(reader.locator("[data-sent]")).to_be_focused()
    assert len(cms.sent) == 1


def test_with_javascript__cancel__gives_the_focus_back_and_keeps_the_words(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    opener = reader.get_by_role("link", name="Reply to Ann")
    opener.click()
    type_response(reader)
    reader.get_by_role("link", name="Cancel").click()
    expect(get_form(reader)).to_have_count(0)
    expect(opener).to_be_focused()
    reader.get_by_role("link", name="Leave a reply").click()
    expect(reader.locator("textarea")).to_have_value("It helped.\n\nA lot.")
    reader.get_by_role("link", name="Reply to Ann").click()
    expect(get_form(reader)).to_have_count(1)
    expect(reader.locator("#response-5 textarea")).to_have_value("It helped.\n\nA lot.")
    assert reader.evaluate("sessionStorage.length + localStorage.length") == 0


def test_with_javascript__a_form_that_cannot_be_had__leads_to_its_own_page(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    reader.route("**/*part=form*", lambda route: route.abort())
    reader.get_by_role("link", name="Leave a reply").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Leave a Reply")


def test_with_javascript__the_script_fails__the_form_has_its_own_page(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.route("**/respond-*.js", lambda route: route.abort())
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").click()
    type_response(reader)
    send(reader)
    expect(reader.get_by_text(SENT)).to_be_focused()


def test_with_javascript__the_page_is_closed_meanwhile__the_words_can_be_copied(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").click()
    type_response(reader)
    cms.refusals = [(403, "comments_closed", {})]
    send(reader)
    expect(reader.get_by_role("alert")).to_contain_text("Responses to this page are closed")
    expect(reader.get_by_label("What you wrote")).to_have_value("It helped.\n\nA lot.")


def test_keyboard__alone__responds(reader: Page, served_site: str, cms: FakeCms) -> None:
    reader.goto(served_site + MS_PATH)
    reader.get_by_role("link", name="Leave a reply").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Leave a Reply")).to_be_focused()
    for typed in ("Ann", "", "It helped."):
        reader.keyboard.press("Tab")
        reader.keyboard.type(typed)
    # Nothing that people do not see stands between.
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("button", name="Send response")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator("[data-sent]")).to_be_focused()
    assert cms.sent[0]["text"] == "It helped."
    assert cms.sent[0]["honeypot"] == ""


def open_with_errors(page: Page, served_site: str) -> None:
    page.goto(served_site + MS_PATH)
    page.get_by_role("link", name="Reply to Ann").click()
    send(page)
    expect(page.get_by_role("alert")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe__form_in_place_with_errors__finds_nothing(
    reader: Page, served_site: str, cms: FakeCms, width: int, scheme: str
) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    cms.form["uses_akismet"] = True
    open_with_errors(reader, served_site)
    assert find_violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [FORM, f"{FORM}?reply_to=5", f"{MS_PATH}#response-sent"])
def test_axe__pages_of_their_own__finds_nothing(
    reader: Page, served_site: str, cms: FakeCms, path: str, width: int, scheme: str
) -> None:
    reader.set_viewport_size({"width": width, "height": 900})
    reader.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    reader.goto(served_site + path)
    assert find_violations(reader) == []


@pytest.mark.parametrize("mode", ["open", "closed"])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_narrow_screen__long_words__need_no_sideways_scrolling(
    reader: Page, served_site: str, cms: FakeCms, size: str, mode: str
) -> None:
    replies = [build_reply(2, LONG, name=LONG[:80], is_therapist=True)]
    cms.set_comments([build_comment(1, LONG, name=LONG[:80], replies=replies)], mode)
    reader.set_viewport_size({"width": 320, "height": 900})
    reader.goto(served_site + MS_PATH)
    reader.evaluate(f"document.documentElement.style.setProperty('font-size', '{size}')")
    if mode == "open":
        reader.get_by_role("link", name="Reply to w").click()
        send(reader)
        expect(reader.get_by_role("alert")).to_be_focused()
    ends = reader.evaluate(
        """() => [...document.querySelectorAll("#responses *")]
            .filter((part) => !part.closest(".response-form__trap, .visually-hidden"))
            .map((part) => part.getBoundingClientRect().right)"""
    )
    assert max(ends) <= 320


def test_targets__are_large_enough(reader: Page, served_site: str, cms: FakeCms) -> None:
    reader.set_viewport_size({"width": 320, "height": 900})
    open_with_errors(reader, served_site)
    small = reader.evaluate(
        """() => [...document.querySelectorAll("#responses :is(a, button, input, textarea)")]
            .filter((target) => target.checkVisibility() && !target.closest(".response__text"))
            .filter((target) => !target.closest(".response-form__trap"))
            .map((target) => [target.outerHTML, target.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
            .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_print__shows_what_was_said_and_no_form(
    reader: Page, served_site: str, cms: FakeCms
) -> None:
    cms.set_comments(THREADS)
    reader.goto(served_site + MS_PATH)
    reader.emulate_media(media="print")
    expect(reader.get_by_text("You are welcome.")).to_be_visible()
    expect(reader.get_by_text("Leave a reply")).to_be_hidden()
    expect(reader.get_by_text("Reply to Ann")).to_be_hidden()
