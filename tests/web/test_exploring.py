"""More to explore: other pages at the end of a condition page, each with its reason."""

import pytest

from tests.web import content
from tests.web.draft_content import EDITOR, address
from tests.web.fake_cms import FakeCms
from tests.web.html_check import find_html_problems
from tests.web.site_client import SiteClient

MS = content.MS_PATH
ADDRESSES = pytest.mark.parametrize("page_address", [MS, address(MS, EDITOR)])


def fill(cms: FakeCms, cards: object) -> None:
    cms.resolutions[MS]["more_to_explore"] = cards
    cms.previews[EDITOR]["more_to_explore"] = cards


def read_explored(html: str) -> str:
    return html[html.index('id="more-to-explore"') : html.index("</article>")]


@ADDRESSES
def test_exploring__cards__come_last_with_their_reasons(
    site: SiteClient, cms: FakeCms, page_address: str
) -> None:
    html = site.get(page_address).text
    assert find_html_problems(html) == []
    assert '<a href="#more-to-explore">More to explore</a>' in html
    explored = read_explored(html)
    assert 'class="block' not in explored
    names = [card["page"]["title"] for card in content.EXPLORE_CARDS]
    assert names == sorted(names, key=explored.index)
    assert '<a href="/conditions/dystonia/">Massage for Dystonia</a>' in explored
    assert "Both: tremor, fatigue" in explored
    # What an editor has pinned has no reason; its summary says what it is.
    assert explored.count("Slow and light") == 1


@ADDRESSES
@pytest.mark.parametrize("cards", [[], None, "nothing"])
def test_exploring__nothing__has_no_heading(
    site: SiteClient, cms: FakeCms, page_address: str, cards: object
) -> None:
    fill(cms, cards)
    answer = site.get(page_address)
    assert answer.status == 200
    assert "More to explore" not in answer.text


@ADDRESSES
def test_exploring__card_of_another_version__is_readable_or_left_out(
    site: SiteClient, cms: FakeCms, page_address: str
) -> None:
    tomorrow = content.build_explore_card("Gout", "season", "Same <season>")
    fill(cms, [{"page": None}, 7, {**tomorrow, "more": 1}])
    explored = read_explored(site.get(page_address).text)
    assert explored.count("page-card__title") == 1
    assert "Same &lt;season&gt;" in explored
