"""The route that the search box asks: names as pieces of text, soon or not at all."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.fake_cms import FakeCms
from tests.web.site_client import LoopThread, SiteClient
from web.api.models import SearchMatch, TextRange
from web.app import create_app
from web.config import Settings
from web.rendering.marks import split_at_ranges
from web.routes.suggestions import build_note

ADDRESS = "/search/suggestions/"
FAULTS = ["500", "404", "302", "429", "garbage", "wrong-shape"]


def list_ranges(*bounds: tuple[int, int]) -> list[TextRange]:
    return [TextRange(start=start, end=end) for start, end in bounds]


def test_suggestions__part_of_a_name__has_the_typed_letters_apart(site: SiteClient) -> None:
    answer = site.get(f"{ADDRESS}?q=fibro")

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json == {
        "suggestions": [{"path": "/conditions/fm/", "name": ["", "Fibro", "myalgia"], "note": []}]
    }


def test_suggestions__another_name__says_which(site: SiteClient) -> None:
    [found] = site.get(f"{ADDRESS}?q=lou+gehrig").json["suggestions"]

    assert found["name"] == ["Amyotrophic Lateral Sclerosis"]
    assert found["note"] == ["also called: ", "Lou Gehrig", "'s disease"]


def test_note__symptom__is_called_one() -> None:
    match = SearchMatch(kind="symptom", text="tremor", ranges=list_ranges((0, 3)))

    assert build_note(match) == ["symptom: ", "tre", "mor"]


def test_note__kind_of_a_newer_cms__is_another_name() -> None:
    assert build_note(SearchMatch(kind="eponym", text="MS")) == ["also called: MS"]


def test_suggestions__what_is_asked_about_health__is_kept_nowhere(
    site: SiteClient, cms: FakeCms
) -> None:
    for fault in ("", "500"):
        cms.fault = fault
        answer = site.get(f"{ADDRESS}?q=ms")
        assert answer.headers["cache-control"] == "private, no-store"
        assert "etag" not in answer.headers


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%00", "?q=%22%27%25", "?other=ms"])
def test_suggestions__nothing_typed__asks_the_cms_nothing(
    site: SiteClient, cms: FakeCms, query: str
) -> None:
    assert site.get(f"{ADDRESS}{query}").json == {"suggestions": []}
    assert cms.requests == []


@pytest.mark.parametrize(
    "query", ["a" * 6000, "%00abc", "%ff%fe", "%", "'--", "%F0%9F%8C%B8x", "refused", "a&q=b"]
)
def test_suggestions__odd_query__is_answered(site: SiteClient, query: str) -> None:
    assert site.get(f"{ADDRESS}?q={query}").status == 200


@pytest.mark.parametrize("fault", FAULTS)
def test_suggestions__cms_away__is_said_in_json(site: SiteClient, cms: FakeCms, fault: str) -> None:
    cms.fault = fault
    answer = site.get(f"{ADDRESS}?q=ms")

    assert answer.status == 503
    assert answer.json == {"code": "cms_away"}


def test_suggestions__cms_slow__is_not_waited_for(cms: FakeCms, loop_thread: LoopThread) -> None:
    cms.fault = "slow"
    patient = Settings(cms_internal_url=cms.origin, cms_timeout_seconds=20)
    with SiteClient(create_app(patient), loop_thread) as site:
        start = time.monotonic()
        answer = site.get(f"{ADDRESS}?q=ms")

    assert answer.status == 503
    assert time.monotonic() - start < 2.5


def test_suggestions__page_without_an_address__is_left_out(site: SiteClient, cms: FakeCms) -> None:
    cms.conditions[0] = {**cms.conditions[0], "path": ""}

    assert len(site.get(f"{ADDRESS}?q=sclerosis").json["suggestions"]) == 1


def test_suggestions__unsafe_address__leads_home(site: SiteClient, cms: FakeCms) -> None:
    cms.conditions[1] = {**cms.conditions[1], "path": "javascript:alert(1)"}

    [found] = site.get(f"{ADDRESS}?q=fibro").json["suggestions"]
    assert found["path"] == "/"


# Text in pieces


@pytest.mark.parametrize(
    ("ranges", "pieces"),
    [
        ([], ["tremor"]),
        ([(0, 3)], ["", "tre", "mor"]),
        ([(3, 6)], ["tre", "mor", ""]),
        ([(4, 5), (0, 2)], ["", "tr", "em", "o", "r"]),
        ([(0, 3), (2, 4)], ["", "trem", "or"]),
        ([(0, 2), (2, 4)], ["", "trem", "or"]),
        ([(0, 5), (1, 2)], ["", "tremo", "r"]),
        ([(-3, 2), (4, 99)], ["", "tr", "em", "or", ""]),
        ([(3, 3), (5, 4), (9, 12)], ["tremor"]),
    ],
)
def test_pieces__ranges_of_any_kind__mark_each_letter_once(
    ranges: list[tuple[int, int]], pieces: list[str]
) -> None:
    assert split_at_ranges("tremor", list_ranges(*ranges)) == pieces


def test_pieces__signs_beyond_the_first_plane__count_as_one() -> None:
    assert split_at_ranges("🌸 tremor", list_ranges((2, 4))) == ["🌸 ", "tr", "emor"]


@given(
    text=st.text(max_size=12),
    bounds=st.lists(st.tuples(st.integers(-3, 15), st.integers(-3, 15)), max_size=5),
)
def test_pieces__joined__are_the_text(text: str, bounds: list[tuple[int, int]]) -> None:
    pieces = split_at_ranges(text, list_ranges(*bounds))

    assert "".join(pieces) == text
    assert len(pieces) % 2 == 1
    marked = {place for start, end in bounds for place in range(max(start, 0), min(end, len(text)))}
    assert sum(len(piece) for piece in pieces[1::2]) == len(marked)
