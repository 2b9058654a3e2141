"""The results page in a real browser: accessibility, focus, narrow screens, print."""

import pytest
from playwright.sync_api import Page, expect

from tests.web import content, found_content
from tests.web.fake_cms import FakeCms
from tests.web.test_browser import find_violations

BLOCK_ID = "00000003-0000-4000-8000-000000000000"
RESULTS = "/search/?q=tremor&body_system=nervous-system"


@pytest.fixture
def found(cms: FakeCms) -> FakeCms:
    """The CMS with everything that a page of results may have."""
    ms = content.LISTED_CONDITIONS[2]
    build = found_content
    facets = build.build_facets(24, {"body_system": "nervous-system"})
    more = [
        {"value": f"{number}", "label": f"Phase {number}: yes", "count": 1, "is_selected": False}
        for number in range(9)
    ]
    facets[1]["values"] += more
    cms.found = build.build_results(
        "tremor",
        [
            build.build_result(ms, "tremor", is_promoted=True, promotion="Start here."),
            build.build_result(
                ms,
                "tremor",
                matches=[
                    build.build_match("lay_term", "shaking tremor", "tremor"),
                    build.build_match("symptom", "Tremor", "tremor"),
                ],
                fragments=[
                    build.build_fragment("A tremor of the hands.", "tremor", "Symptoms", BLOCK_ID)
                ],
            ),
        ],
        corrected_query="tremor",
        total=24,
        facets=facets,
        links=[{"title": "An institute", "url": "https://example.org/", "description": "More."}],
    )
    return cms


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_results__axe__finds_nothing(
    page: Page, served_site: str, found: FakeCms, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(served_site + RESULTS)
    if width == 320:
        page.get_by_text("Narrow the results").click()
    page.get_by_text("5 more").click()
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_results__no_choices__finds_nothing(page: Page, served_site: str, found: FakeCms) -> None:
    found.found["facets"] = []
    page.goto(f"{served_site}/search/?q=tremor")
    assert find_violations(page) == []


def test_results__refused__finds_nothing(page: Page, served_site: str, cms: FakeCms) -> None:
    page.goto(f"{served_site}/search/?q=refused")
    assert find_violations(page) == []


def test_results__forced_colors__keep_the_marks(
    page: Page, served_site: str, found: FakeCms
) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(served_site + RESULTS)
    grounds = page.evaluate(
        """() => ["mark", "main"].map((name) =>
            getComputedStyle(document.querySelector(name)).backgroundColor)"""
    )
    assert grounds[0] != grounds[1]


def test_results__text_of_twice_the_size__needs_no_sideways_scrolling(
    page: Page, served_site: str, found: FakeCms
) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(served_site + RESULTS)
    # As the browser's own setting for the size of text does.
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("path", ["/search/?q=", "/search/?q=refused"])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_results__long_words_on_a_narrow_screen__need_no_sideways_scrolling(
    page: Page, served_site: str, found: FakeCms, path: str, size: str
) -> None:
    word = "w" * 200
    found.found["corrected_query"] = word
    found.found["missing_words"] = [word]
    found.found["results"][0]["name"] = "Hypobetalipoproteinaemia"
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{served_site}{path}{word[: -len(path)]}")
    page.evaluate(f"document.documentElement.style.setProperty('font-size', '{size}')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_results__keyboard__goes_through_them_in_the_order_of_the_page(
    page: Page, served_site: str, found: FakeCms
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(served_site + RESULTS)
    page.get_by_role("main").get_by_role("searchbox").or_(
        page.get_by_role("main").get_by_role("combobox")
    ).focus()
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        words = page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")
        seen.append(words)
        if words == "More results":
            break
    order = ["Remove: Nervous system", "An institute", "Multiple Sclerosis", "More results"]
    places = [seen.index(words) for words in order]
    assert places == sorted(places)
    assert any(words.startswith("Skin") for words in seen[places[0] : places[1]])


def test_results__link_of_a_fragment__shows_its_part(
    page: Page, served_site: str, found: FakeCms
) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(served_site + RESULTS)
    page.get_by_role("link", name="Multiple Sclerosis: Symptoms").click()
    expect(page).to_have_url(f"{served_site}{content.MS_PATH}#block-{BLOCK_ID}")
    expect(page.get_by_role("heading", name="Symptoms", exact=True)).to_be_in_viewport()


def test_results__printed__are_the_results_alone(
    page: Page, served_site: str, found: FakeCms
) -> None:
    page.goto(served_site + RESULTS)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="An institute")).to_be_visible()
    for name in ("Narrow the results", "Pages of results"):
        expect(page.get_by_role("navigation", name=name)).to_be_hidden()


def test_exploring__printed__is_left_out(page: Page, served_site: str, cms: FakeCms) -> None:
    page.goto(served_site + content.MS_PATH)
    heading = page.get_by_role("heading", name="More to explore")
    expect(heading).to_be_visible()
    page.emulate_media(media="print")
    expect(heading).to_be_hidden()
