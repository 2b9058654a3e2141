"""The colours of a draft of the branding: every process of the site serves them, and keeps none."""

import re

import pytest

from tests.web.draft_content import BRANDING, DRAFT_COLORS, address
from tests.web.fake_cms import FakeCms
from tests.web.site_client import LoopThread, SiteClient
from web.app import create_app
from web.config import Settings


def find_theme(html: str) -> str:
    found = re.search(r'href="(/theme-[^"]+)"', html)
    assert found
    return found[1].replace("&amp;", "&")


def test_theme__of_a_draft__is_right_in_another_process(
    site: SiteClient, settings: Settings, loop_thread: LoopThread
) -> None:
    theme = find_theme(site.get(address("/", BRANDING)).text)
    with SiteClient(create_app(settings), loop_thread) as other:
        answer = other.get(theme)
    assert answer.status == 200
    assert "--primary:#7a1f4b" in answer.text
    assert "--paper:#ffffff" in answer.text
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_theme__of_a_draft__pushes_out_no_public_one(site: SiteClient, cms: FakeCms) -> None:
    public = find_theme(site.get("/").text)
    for number in range(40):
        colors = {**DRAFT_COLORS, "primary": f"#0000{number:02}"}
        cms.previews[BRANDING]["site"] = {**cms.site, "colors": colors}
        theme = find_theme(site.get(address("/", BRANDING)).text)
        assert f"--primary:#0000{number:02}" in site.get(theme).text
    assert site.app.state.services.themes.get_or_none(public.removeprefix("/"))


def test_theme__of_a_draft_with_a_wrong_colour__is_neutral(
    site: SiteClient, cms: FakeCms, settings: Settings, loop_thread: LoopThread
) -> None:
    cms.site["colors"] = DRAFT_COLORS
    colors = {**DRAFT_COLORS, "primary": '";}body{'}
    cms.previews[BRANDING]["site"] = {**cms.site, "colors": colors}
    theme = find_theme(site.get(address("/", BRANDING)).text)
    with SiteClient(create_app(settings), loop_thread) as other:
        assert "--primary:#1f5a58" in other.get(theme).text


@pytest.mark.parametrize(
    "query",
    ["", "colors=", "colors=red", "colors=" + "-".join(["000000"] * 8), "colors=%ff", "x" * 5000],
)
def test_theme__colours_that_do_not_make_its_name__give_way_to_those_of_now(
    site: SiteClient, query: str
) -> None:
    answer = site.get(f"/theme-000000000000.css?{query}")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "--paper:#fbf7f1" in answer.text
