"""The therapist's journey: from the login to a guide that readers can see."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.catching_up import let_site_catch_up
from tests.live_servers import LiveServer

TITLE = "Massage for Tennis Elbow"
PATH = "/conditions/massage-for-tennis-elbow/"
SUMMARY = "Sore tendons on the outside of the elbow. Massage of the forearm often feels good."
# What a new page starts with and this guide does without.
UNUSED_BLOCKS = (
    "Cycle",
    "Diagnosis and types",
    "Warning signs",
    "Related conditions",
    "Sources",
    "Call to action",
)


def find_block(page: Page, label: str) -> Locator:
    """The block of the body whose kind is called `label`."""
    kind = page.locator(".c-sf-block__type", has_text=re.compile(f"^{label}$"))
    return page.locator("[data-streamfield-child]").filter(has=kind).first


def delete_block(page: Page, label: str) -> None:
    block = find_block(page, label)
    block.get_by_role("button", name="Delete").first.click()
    expect(block).to_be_hidden()


def write_guide(page: Page) -> None:
    page.get_by_role("textbox", name="Title").first.fill(TITLE)
    page.get_by_role("textbox", name="Name of the condition").fill("Tennis Elbow")
    page.get_by_role("textbox", name="Summary").first.fill(SUMMARY)
    for label in UNUSED_BLOCKS:
        delete_block(page, label)
    overview = find_block(page, "Overview")
    text = overview.locator("[contenteditable=true]")
    text.click()
    text.press_sequentially("Tendons that hold the forearm's muscles to the elbow are sore.")
    # Wagtail's editor of rich text writes to its field a moment after the last key.
    expect(overview.locator("input[name$='-value-text']")).to_have_value(re.compile("Tendons"))
    symptoms = find_block(page, "Symptoms")
    symptoms.locator("[name$='-text']").first.fill("Pain when lifting a cup")


def write_guidance(page: Page) -> None:
    guidance = find_block(page, "Massage guidance")
    guidance.locator("[name$='-value-summary']").fill("Gentle massage is fine once it settles.")
    phase = guidance.locator("[name*='-phases-0-']")
    phase.and_(page.locator("[name$='-phase']")).select_option("acute")
    phase.and_(page.locator("[name$='-label']")).fill("While it is hot and swollen")
    phase.and_(page.locator("[name$='-advice']")).select_option("avoid")


def review_guide(page: Page) -> None:
    page.get_by_role("tab", name="Review").click()
    reviewer = page.get_by_role("region", name="Who stands behind this page")
    reviewer.get_by_role("button", name="Choose").last.click()
    page.get_by_role("dialog").get_by_role("link", name="Demo").first.click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_label("I have reviewed the whole page").check()


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()


def test_editing__a_new_guide__is_refused_until_complete_then_shown_to_readers(
    editor: Page, live_site: LiveServer
) -> None:
    editor.get_by_role("link", name="Write about a condition").click()
    write_guide(editor)
    publish(editor)
    refusal = editor.locator(".messages")
    expect(refusal).to_contain_text("Look again at: Massage guidance")
    expect(refusal).to_contain_text("tick “I have reviewed the whole page”")
    assert editor.request.get(f"{live_site.url}{PATH}").status == 404

    write_guidance(editor)
    review_guide(editor)
    publish(editor)
    expect(editor.locator(".messages")).to_contain_text("published")

    let_site_catch_up(live_site.environment["CMS_URL"], live_site.url)
    editor.goto(f"{live_site.url}{PATH}")
    expect(editor.get_by_role("heading", level=1)).to_have_text(TITLE)
    table = editor.get_by_role("table").first
    expect(table.get_by_role("row", name="While it is hot and swollen")).to_be_visible()
    expect(editor.get_by_text("Pain when lifting a cup")).to_be_visible()
