"""After publishing, the editor sees whether readers see it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from scripts.instance import Instance
from tests.live_servers import LiveServer, find_free_port, run_server

TITLE = "Massage for Sciatica"
# A slow machine takes its time; the last sentence comes after 20 s.
TIMEOUT = 45_000


def publish(page: Page, cms: LiveServer, summary: str) -> None:
    page.goto(f"{cms.url}/admin/")
    page.get_by_role("link", name="See all condition pages").click()
    page.get_by_role("table").get_by_role("link", name=TITLE, exact=True).click()
    # What is typed saves itself; a publication that overtakes it would refuse that draft.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("textbox", name="Summary").first.fill(summary)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()


def test_publish__with_two_sites_of_which_one_is_stopped__says_how_it_stands(
    editor: Page,
    live_cms: LiveServer,
    live_instance: Instance,
    live_site: LiveServer,
    tmp_path: Path,
) -> None:
    status = editor.locator("[data-live-status]")
    port = find_free_port()
    environment = {
        **live_instance.environment,
        "SITE_PORT": str(port),
        "SITE_NAME": "second",
        "SITE_STORE_DIR": str(tmp_path / "store"),
    }
    url = f"http://localhost:{port}"
    log = live_site.log.with_name("second-site.log")
    with run_server(live_instance.site, url, "/healthz", environment, log):
        publish(editor, live_cms, "Gentle work on the hip is fine while the leg is calm.")
        live = re.compile(r"^Live on 2 sites: \d+(\.\d)? s(, \d+ pages? refreshed)?$")
        expect(status).to_have_text(live, timeout=TIMEOUT, use_inner_text=True)
        expect(status).to_have_attribute("role", "status")

    publish(editor, live_cms, "Gentle work on the hip is fine while nothing tingles.")
    expect(status).to_contain_text("Not confirmed: 1 of 2 sites has not", timeout=TIMEOUT)
    expect(status).to_contain_text("(second)")
    expect(status.get_by_role("link", name="Public site")).to_be_visible()
