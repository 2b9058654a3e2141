"""Readers respond to a guide, and see their response once a person has read it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.instance import Instance
from tests.e2e.test_scheduling import run_code
from tests.live_servers import LiveServer

PATH = "/conditions/fibromyalgia/"
SENT = "Thank you. Your response appears once it has been read."
CODE = """
from cms.comments import moderation
from cms.comments.models import Comment
from cms.conditions.models import ConditionPage
from django.contrib.auth import get_user_model
page = ConditionPage.objects.get(slug="fibromyalgia")
comments = Comment.objects.filter(page=page, name__startswith="E2E")
"""
APPROVE = f"""{CODE}
user = get_user_model().objects.get(username="admin")
assert comments.get(text="{{text}}").status == "held"
assert moderation.approve(comments.get(text="{{text}}"), user)
"""
SET_MODE = f"""{CODE}
page.comments_mode = "{{mode}}"
page.save_revision().publish()
"""
CLEAN_UP = f"""{CODE}
comments.delete()
page.comments_mode = "open"
page.save_revision().publish()
"""


@pytest.fixture(autouse=True)
def clean_up(live_instance: Instance, live_site: LiveServer) -> Iterator[None]:
    yield
    run_code(live_instance, CLEAN_UP)


def type_response(page: Page, name: str, text: str) -> None:
    page.get_by_label("Name").fill(name)
    page.locator("textarea").fill(text)
    page.get_by_role("button", name="Send response").click()


def test_responding__without_javascript__is_on_the_page_once_somebody_approved_it(
    browser: Browser, live_site: LiveServer, live_instance: Instance
) -> None:
    with browser.new_context(java_script_enabled=False, base_url=live_site.url) as context:
        page = context.new_page()
        page.goto(PATH)
        page.get_by_role("link", name="Leave a reply").click()
        type_response(page, "", "It helped me to sleep.")
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_label("Name")).to_have_accessible_description(
            "Please write your name. It may be a first name or a nickname."
        )
        expect(page.locator("textarea")).to_have_value("It helped me to sleep.")
        type_response(page, "E2E Ann", "It helped me to sleep.")
        expect(page).to_have_url(f"{live_site.url}{PATH}#response-sent")
        expect(page.get_by_text(SENT)).to_be_focused()
        expect(page.get_by_text("E2E Ann")).to_have_count(0)
        run_code(live_instance, APPROVE, text="It helped me to sleep.")
        page.goto(PATH)
        response = page.get_by_role("listitem").filter(has_text="E2E Ann").first
        expect(response).to_contain_text("It helped me to sleep.")


def test_replying__with_javascript__stays_on_the_page_and_below_its_thread(
    page: Page, live_instance: Instance
) -> None:
    page.goto(PATH)
    page.get_by_role("link", name="Leave a reply").click()
    type_response(page, "E2E Bo", "A first response.")
    expect(page.locator("[data-sent]")).to_be_focused()
    run_code(live_instance, APPROVE, text="A first response.")
    page.goto(PATH)
    page.get_by_role("link", name="Reply to E2E Bo").click()
    expect(page.get_by_role("heading", name="Leave a Reply to E2E Bo")).to_be_focused()
    type_response(page, "E2E Cy", "A reply to it.")
    expect(page.locator("[data-sent]")).to_be_focused()
    run_code(live_instance, APPROVE, text="A reply to it.")
    page.goto(PATH)
    replies = page.get_by_role("list", name="Replies to E2E Bo")
    expect(replies).to_contain_text("A reply to it.")


@pytest.mark.parametrize("mode", ["closed", "hidden"])
def test_responding__to_a_page_that_takes_none__is_not_offered(
    page: Page, live_instance: Instance, live_site: LiveServer, mode: str
) -> None:
    page.goto(PATH)
    form_path = page.get_by_role("link", name="Leave a reply").get_attribute("href")
    run_code(live_instance, SET_MODE, mode=mode)
    page.goto(PATH)
    expect(page.get_by_role("link", name="Leave a reply")).to_have_count(0)
    answer = page.goto(f"{live_site.url}{form_path}")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Responses to this page are closed")
