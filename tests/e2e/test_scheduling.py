"""Pages that appear and disappear by themselves, for an editor, an operator and readers."""

import datetime
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.announce import MODERATOR
from scripts.instance import Instance, Program
from tests.e2e.live_code import run, run_code
from tests.e2e.logins import log_in
from tests.live_servers import LiveServer

SOURCE = "plantar-fasciitis"
SECONDS_TO_STOP = 30
# Until a whole page was saved, on a busy machine.
MILLISECONDS = 20_000

# What the editor does when somebody schedules a page, for a time that is nearer than its form can
# say, which knows no seconds.
SCHEDULE_A_COPY = """
import datetime
from django.utils import timezone
from cms.conditions.models import ConditionPage
source = ConditionPage.objects.get(slug="{source}")
own = {{"slug": "{slug}", "title": "Massage for Heels", "condition_name": "Heels"}}
page = source.copy(keep_live=False, update_attrs=own)
page.go_live_at = timezone.now() + datetime.timedelta(seconds=2)
page.save_revision().publish()
"""
DELETE_THE_COPY = """
from cms.conditions.models import ConditionPage
ConditionPage.objects.get(slug="{slug}").delete()
"""


@pytest.fixture
def moderator(page: Page, live_cms: LiveServer) -> Page:
    log_in(page, live_cms.url, MODERATOR)
    return page


def run_ahead_of_time(instance: Instance, hours: float) -> None:
    """One turn of scheduled publishing, on the clock of so many hours from now."""
    script = Path(__file__).with_name("moved_clock.py")
    run(instance, str(script), str(hours), "publish_scheduled")


def copy_guide(page: Page, cms_url: str, title: str, slug: str) -> None:
    """Make a draft of this test's own from a demo page, and open it in the editor."""
    page.get_by_role("link", name="See all condition pages").click()
    page.get_by_role("table").get_by_role("link", name="Massage for Plantar Fasciitis").click()
    page.goto(page.url.replace("/edit/", "/copy/"))
    page.get_by_label("New title").fill(title)
    page.get_by_label("New slug").fill(slug)
    page.get_by_label("Publish copied page").uncheck()
    page.get_by_role("button", name="Copy this page").click()
    page.get_by_role("table").get_by_role("link", name=title, exact=True).click()


def schedule(page: Page, *, live_in_hours: float, expires_in_hours: float) -> None:
    """Fill in the dialogue, and press the button that it asks for."""
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    dialog = page.get_by_role("dialog", name="Set publishing schedule")
    # Each calendar opens a moment after its field is entered, over what comes below.
    calendar = page.locator(".xdsoft_datetimepicker").filter(visible=True)
    for label, hours in (
        ("Go live date/time", live_in_hours),
        ("Expiry date/time", expires_in_hours),
    ):
        dialog.get_by_label(label).fill(build_time(hours))
        expect(calendar).to_have_count(1)
        dialog.get_by_label(label).press("Tab")
    expect(calendar).to_have_count(0)
    dialog.get_by_role("button", name="Save schedule").click()
    expect(page.locator(".messages")).to_contain_text("has been updated", timeout=MILLISECONDS)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Schedule to publish").click()
    said = "scheduled for publishing"
    expect(page.locator(".messages")).to_contain_text(said, timeout=MILLISECONDS)


def build_time(hours: float) -> str:
    """About so many hours from now, as the form takes it; its time zone is less than a day off."""
    now = datetime.datetime.now(datetime.UTC)
    return (now + datetime.timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M")


def get_status(page: Page, address: str) -> int:
    """What readers are answered."""
    return page.request.get(address).status


def test_scheduling__a_page_with_two_times__appears_at_the_first_and_is_gone_at_the_second(
    moderator: Page, live_cms: LiveServer, live_site: LiveServer, live_instance: Instance
) -> None:
    title, path = "Massage for Runner's Heel", "/conditions/runners-heel/"
    address = f"{live_site.url}{path}"
    copy_guide(moderator, live_cms.url, title, "runners-heel")
    schedule(moderator, live_in_hours=48, expires_in_hours=96)

    run_ahead_of_time(live_instance, 24)
    assert get_status(moderator, address) == 404

    run_ahead_of_time(live_instance, 72)
    moderator.goto(address)
    expect(moderator.get_by_role("heading", level=1)).to_have_text(title)

    run_ahead_of_time(live_instance, 120)
    assert get_status(moderator, address) == 410


def test_scheduler__as_its_own_process__publishes_within_a_minute_and_tells_the_admin(
    moderator: Page,
    live_cms: LiveServer,
    live_site: LiveServer,
    live_instance: Instance,
    tmp_path: Path,
) -> None:
    slug = "morning-heel"
    address = f"{live_site.url}/conditions/{slug}/"
    expect(moderator.get_by_text("Pages will not appear or disappear")).to_be_visible()

    with start(live_instance.scheduler, live_instance, tmp_path / "scheduler.log") as scheduler:
        try:
            assert get_status(moderator, address) == 404
            run_code(live_instance, SCHEDULE_A_COPY, source=SOURCE, slug=slug)
            wait_for_status(moderator, address, 200, seconds=60)
            moderator.goto(f"{live_cms.url}/admin/")
            expect(moderator.get_by_text("Scheduled publishing last ran")).to_be_visible()
            expect(moderator.get_by_text("Pages will not appear or disappear")).to_be_hidden()
        finally:
            scheduler.terminate()
        assert scheduler.wait(SECONDS_TO_STOP) == 0
    run_code(live_instance, DELETE_THE_COPY, slug=slug)


def start(program: Program, instance: Instance, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            program.arguments,
            cwd=program.folder,
            env=dict(instance.environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def wait_for_status(page: Page, address: str, status: int, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (found := get_status(page, address)) != status:
        assert time.monotonic() < deadline, f"{found} and not {status} after {seconds} s"
        time.sleep(0.5)
