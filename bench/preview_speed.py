"""How fast the preview panel follows what an editor types: ours beside Wagtail's own.

`make bench-previews` starts a CMS with its site, and a second CMS on a copy of the same data whose
previews are Wagtail's own, drawn by the CMS itself. One Chromium has the same page of 40 blocks
open in the editor of both, with autosave on, and types in them by turns. Prints a table; the exit
status is 1 when ours takes more than 1.5 times as long.
"""

import argparse
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Frame, Page, Request, sync_playwright

from bench.long_page import BLOCKS
from bench.preview_instances import Subject, run_subjects
from bench.preview_servers import Exchange, time_servers
from bench.preview_table import Refresh, build_report, compute_ratio
from scripts.announce import PASSWORD, USERNAME
from scripts.chromium import ADVICE, find_chromium_or_none, get_launch_arguments

MOST_TIMES: Final = 1.5
WARM_UPS: Final = 5
SCROLLED: Final = 1500
_MARKS: Final = Path(__file__).with_name("preview_marks.js")
# Long enough for an autosave and for the content checks to end.
_PAUSE: Final = 1500
_PATIENCE: Final = 30_000


class BenchError(Exception):
    """What was measured is not what was meant to be measured."""


@dataclass
class Editor:
    """The editor of one subject, open in a window of its own."""

    subject: Subject
    page: Page
    saves: int = 0
    sent: list[Exchange] = field(default_factory=list)
    refreshes: list[Refresh] = field(default_factory=list)

    def note_request(self, request: Request) -> None:
        """Count what autosave sends, and keep what the panel sends, to send it again later."""
        path = request.url.partition("?")[0]
        if request.method == "POST" and path == self.subject.editor_url:
            self.saves += 1
        if request.method == "POST" and path.endswith("/preview/"):
            body = request.post_data_buffer or b""
            self.sent[:] = [Exchange(request.url, request.all_headers(), body)]


def main() -> int:
    """Measure, print, and say whether it is fast enough."""
    rounds = _read_rounds()
    chromium = find_chromium_or_none()
    if chromium is None:
        print(ADVICE, file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        run_subjects(Path(folder)) as subjects,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium, args=get_launch_arguments(), headless=True
        )
        editors = [open_editor(browser, subject) for subject in subjects]
        for number in range(WARM_UPS + rounds):
            _show_progress(number, rounds)
            for editor in editors if number % 2 else reversed(editors):
                refresh = measure_refresh(editor, number)
                if number >= WARM_UPS:
                    editor.refreshes.append(refresh)
        ours, own = editors
        check_editors(editors)
        report = build_report(
            ours.refreshes,
            own.refreshes,
            [time_servers(editor.sent[-1], find_preview(editor.page).url) for editor in editors],
            [describe_preview(editor) for editor in editors],
        )
        browser.close()
    print(report)
    ratio = compute_ratio(ours.refreshes, own.refreshes)
    print(f"Ratio of the medians: {ratio:.2f}; at most {MOST_TIMES} is wanted.")
    return 0 if ratio <= MOST_TIMES else 1


def open_editor(browser: Browser, subject: Subject) -> Editor:
    """Log in, open the page with its preview panel, and scroll the preview down."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.add_init_script(path=_MARKS)
    page = context.new_page()
    editor = Editor(subject, page)
    page.goto(f"{subject.cms_url}/admin/")
    page.get_by_label("Username").fill(USERNAME)
    page.get_by_placeholder("Enter password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{subject.cms_url}/admin/")
    page.goto(subject.editor_url)
    page.on("request", editor.note_request)
    page.evaluate("() => window.bench.start()")
    page.get_by_role("button", name="Toggle preview").click()
    page.evaluate("() => window.bench.painted")
    find_preview(page).evaluate(f"() => window.scrollTo(0, {SCROLLED})")
    page.wait_for_timeout(_PAUSE)
    return editor


def measure_refresh(editor: Editor, number: int) -> Refresh:
    """Type, by turns in the title and in a symptom, and wait until the preview shows it."""
    page = editor.page
    page.bring_to_front()
    page.wait_for_timeout(300)
    text = f"Massage, typed for the {number}th time"
    box = page.get_by_role("textbox", name="Title").first
    if number % 2:
        box = page.locator("[name*='-value-items-0-value-text']").first
    page.evaluate("() => window.bench.start()")
    box.fill(text)
    marks: dict[str, Any] = page.evaluate("() => window.bench.painted")
    preview = find_preview(page)
    if text not in preview.locator("main").inner_text():
        raise BenchError(f"{editor.subject.name}: the preview does not show “{text}”.")
    scrolled = preview.evaluate("() => window.scrollY")
    if scrolled != SCROLLED:
        raise BenchError(f"{editor.subject.name}: scrolled to {scrolled}, not to {SCROLLED}.")
    page.wait_for_timeout(_PAUSE)
    return Refresh.from_marks(marks)


def find_preview(page: Page) -> Frame:
    """The frame that the panel shows."""
    element = page.wait_for_selector("#w-preview-iframe", timeout=_PATIENCE)
    frame = element.content_frame() if element else None
    if frame is None:
        raise BenchError("The panel has no frame.")
    return frame


def check_editors(editors: list[Editor]) -> None:
    """Raises `BenchError` where autosave was off, or was so for one of them."""
    for editor in editors:
        if editor.saves < len(editor.refreshes):
            raise BenchError(f"{editor.subject.name}: autosave sent {editor.saves} requests only.")


def describe_preview(editor: Editor) -> dict[str, int]:
    """How much there is to draw, so that a reader can see that the two are alike."""
    measured: dict[str, int] = find_preview(editor.page).evaluate(
        """() => ({
            elements: document.querySelectorAll("*").length,
            characters: document.querySelector("main").innerText.length,
            pictures: document.images.length,
            height: document.documentElement.scrollHeight,
        })"""
    )
    return {**measured, "autosaves": editor.saves}


def _read_rounds() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30, help="refreshes of each, after 5 more")
    rounds: int = parser.parse_args().rounds
    return rounds


def _show_progress(number: int, rounds: int) -> None:
    if sys.stderr.isatty() or os.environ.get("BENCH_PROGRESS"):
        print(f"\r{number + 1} of {WARM_UPS + rounds}, {BLOCKS} blocks", end="", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
