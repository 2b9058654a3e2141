"""The way of a change from an editor, through a moderator, to readers."""

from playwright.sync_api import Page, expect

from scripts.announce import EDITOR, MODERATOR
from tests.e2e.catching_up import let_site_catch_up
from tests.e2e.logins import log_in
from tests.live_servers import LiveServer

TITLE = "Massage for Carpal Tunnel Syndrome"
PATH = "/conditions/carpal-tunnel-syndrome/"
NEW = "Rest the wrist first. Gentle work on the forearm is fine once the tingling is less."


def open_page(page: Page) -> None:
    """From the first screen to the editor of the page."""
    page.get_by_role("link", name="See all condition pages").click()
    page.get_by_role("table").get_by_role("link", name=TITLE, exact=True).click()


def choose_action(page: Page, name: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name).click()


def test_workflow__an_editor_submits_and_a_moderator_approves__readers_see_the_change(
    page: Page, live_cms: LiveServer, live_site: LiveServer
) -> None:
    log_in(page, live_cms.url, EDITOR)
    open_page(page)
    page.get_by_role("textbox", name="Summary").first.fill(NEW)
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.get_by_role("button", name="Submit to Moderators approval").click()
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")
    assert NEW not in page.request.get(f"{live_site.url}{PATH}").text()

    log_in(page, live_cms.url, MODERATOR)
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("textbox", name="Summary").first).to_have_value(NEW)
    choose_action(page, "Approve and Publish")
    expect(page.locator(".messages")).to_contain_text("has been updated")

    let_site_catch_up(live_site.environment["CMS_URL"], live_site.url)
    page.goto(f"{live_site.url}{PATH}")
    expect(page.get_by_role("main").get_by_text(NEW)).to_be_visible()
