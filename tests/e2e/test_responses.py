"""Readers respond to a guide, and see their response once a person has read it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.instance import Instance
from tests.e2e.catching_up import let_site_catch_up
from tests.e2e.live_code import run_code
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
MAIL = f"""{CODE}
from cms.comments.checking import check
from cms.comments.mail.sending import send_due_mail
from cms.comments.models import CommentSettings
from django.core import mail
from django.test.utils import override_settings
comment = comments.get(text="{{text}}")
check(comment.pk)
with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
    mail.outbox = []
    send_due_mail()
print("MAIL", comments.get(text="{{text}}").reasons)
print([sent.body for sent in mail.outbox if "{{text}}" in sent.body])
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
    let_site_catch_up(live_instance.cms_url, live_site.url)


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
        let_site_catch_up(live_instance.cms_url, live_instance.site_url)
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
    let_site_catch_up(live_instance.cms_url, live_instance.site_url)
    page.goto(PATH)
    page.get_by_role("link", name="Reply to E2E Bo").click()
    expect(page.get_by_role("heading", name="Leave a Reply to E2E Bo")).to_be_focused()
    type_response(page, "E2E Cy", "A reply to it.")
    expect(page.locator("[data-sent]")).to_be_focused()
    run_code(live_instance, APPROVE, text="A reply to it.")
    let_site_catch_up(live_instance.cms_url, live_instance.site_url)
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
    let_site_catch_up(live_instance.cms_url, live_instance.site_url)
    page.goto(PATH)
    expect(page.get_by_role("link", name="Leave a reply")).to_have_count(0)
    answer = page.goto(f"{live_site.url}{form_path}")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Responses to this page are closed")


def test_moderating__from_the_mail__is_on_the_page_after_one_confirming_click(
    page: Page, live_instance: Instance, live_cms: LiveServer
) -> None:
    page.goto(PATH)
    page.get_by_role("link", name="Leave a reply").click()
    # Nobody writes a response in less than three seconds, so that it would be spam.
    page.wait_for_timeout(3500)
    type_response(page, "E2E Di", "A short and gentle massage eased my shoulder pain.")
    expect(page.locator("[data-sent]")).to_be_focused()

    mail = run_code(live_instance, MAIL, text="A short and gentle massage eased my shoulder pain.")
    link = re.search(rf"Approve: ({re.escape(live_cms.url)}/responses/[^\s\\]+)", mail)
    assert link is not None, mail
    page.goto(link[1])
    expect(page.get_by_text("A short and gentle massage eased my shoulder pain.")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_have_text("It was approved.")

    let_site_catch_up(live_instance.cms_url, live_instance.site_url)
    page.goto(PATH)
    expect(page.get_by_role("listitem").filter(has_text="E2E Di").first).to_contain_text(
        "A short and gentle massage eased my shoulder pain."
    )


def test_moderating__in_the_admin__approves_and_answers(
    editor: Page, live_instance: Instance, live_cms: LiveServer, live_site: LiveServer
) -> None:
    page = editor
    page.goto(f"{live_site.url}{PATH}")
    page.get_by_role("link", name="Leave a reply").click()
    type_response(page, "E2E Eve", "Is a cool room better?")
    expect(page.locator("[data-sent]")).to_be_focused()

    page.goto(f"{live_cms.url}/admin/responses/?q=E2E+Eve")
    page.get_by_role("link", name="E2E Eve").first.click()
    page.get_by_label("Your reply").fill("Yes, for many people.")
    page.get_by_role("button", name="Approve and reply").click()

    let_site_catch_up(live_instance.cms_url, live_instance.site_url)
    page.goto(f"{live_site.url}{PATH}")
    replies = page.get_by_role("list", name="Replies to E2E Eve")
    expect(replies).to_contain_text("Yes, for many people.")
