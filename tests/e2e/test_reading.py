"""A reader's journeys over a running site and CMS."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.live_servers import LiveServer

MS_PATH = "/conditions/multiple-sclerosis/"


def test_reading__from_home_through_the_alphabet__finds_a_condition(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Find a condition A to Z").click()
    page.get_by_role("navigation", name="Conditions by letter").get_by_role(
        "link", name="M,"
    ).click()
    page.get_by_role("link", name="Multiple Sclerosis").click()
    expect(page).to_have_url(f"{page.url.split('/conditions')[0]}{MS_PATH}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Multiple Sclerosis")
    expect(page.get_by_role("main").get_by_role("table").first).to_be_visible()
    expect(page.get_by_text("not medically reviewed").first).to_be_visible()


def test_reading__related_conditions__lead_to_their_guides(page: Page) -> None:
    page.goto(MS_PATH)
    for name in ("Parkinson", "Amyotrophic Lateral Sclerosis", "Fibromyalgia"):
        page.get_by_role("main").get_by_role("link", name=name).last.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        page.go_back()


def test_reading__every_picture__is_shown(page: Page) -> None:
    page.goto(MS_PATH)
    pictures = page.get_by_role("main").locator("img")
    expect(pictures.first).to_be_attached()
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0


def test_searching__without_javascript__finds_a_condition(
    browser: Browser, live_site: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_site.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").first.fill("sclerosis")
    page.get_by_role("button", name="Search").first.click()
    found = page.get_by_role("main").get_by_role("link", name="Multiple Sclerosis", exact=True)
    expect(found).to_be_visible()
    context.close()


def test_searching__a_symptom__leads_right_to_where_the_page_names_it(page: Page) -> None:
    page.goto("/search/?q=tremor+fatigue")
    result = page.get_by_role("listitem").filter(
        has=page.get_by_role("link", name="Multiple Sclerosis", exact=True)
    )
    expect(result).to_contain_text("Symptoms: Great tiredness (fatigue), Shaking (tremor)")
    result.get_by_role("link", name="Signs and symptoms").click()
    heading = page.get_by_role("heading", name="Signs and symptoms")
    expect(heading).to_be_in_viewport()
    assert "#block-" in page.url


def test_searching__choices__narrow_the_results_and_are_taken_back(page: Page) -> None:
    page.goto("/search/?q=massage+heat")
    count = page.get_by_role("heading", name="results for “massage heat”")
    all_of_them = count.inner_text()
    page.get_by_role("navigation", name="Narrow the results").get_by_role(
        "link", name="Nervous system"
    ).click()
    expect(count).not_to_have_text(all_of_them)
    page.get_by_role("list", name="Chosen").get_by_role("link", name="Nervous system").click()
    expect(count).to_have_text(all_of_them)


@pytest.mark.parametrize("path", ["/conditions/nope/", "/%2e%2e/secret", "/" + "x" * 5000])
def test_reading__an_address_that_nothing_has__is_a_404_with_a_way_on(
    page: Page, path: str
) -> None:
    response = page.goto(path)
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("button", name="Search the guides")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/", "The guides will be back soon"),
        (MS_PATH, "The guides will be back soon"),
        ("/nowhere/", "The guides will be back soon"),
        ("/search/?q=sclerosis", "We cannot search just now"),
    ],
)
def test_reading__while_the_cms_is_away__is_a_503_and_never_a_404(
    page: Page, site_without_cms: LiveServer, path: str, heading: str
) -> None:
    response = page.goto(f"{site_without_cms.url}{path}")
    assert response is not None
    assert response.status == 503
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
