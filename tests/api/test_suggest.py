"""`search/suggest/`: the names that somebody who is still typing may mean."""

from typing import Any, Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase
from wagtail.models import Page

from cms.search.choices import NameKind
from cms.search.documents import Name
from tests.api.search_calls import CALLS, ask, assert_fits, build_any_page, fetch_problem
from tests.factories.pages import build_site
from tests.factories.search import build_indexed_page

pytestmark = pytest.mark.django_db

URL: Final = "/api/v2/search/suggest/"


@pytest.fixture
def home() -> Page:
    return build_site()


def suggest(query: str) -> list[dict[str, Any]]:
    suggestions: list[dict[str, Any]] = ask(URL, q=query)["suggestions"]
    return suggestions


def list_names(query: str) -> list[str]:
    return [page["name"] for page in suggest(query)]


def test_suggestion__of_a_name__shows_what_of_it_was_typed(home: Page) -> None:
    page = build_indexed_page(home, "Ménière's disease", "Endolymphatic hydrops")

    assert suggest("menie") == [
        {
            "id": page.pk,
            "type": "pages.StandardPage",
            "name": "Ménière's disease",
            "path": page.public_path,  # type: ignore[attr-defined]
            "html_url": page.full_url,
            "match": None,
            "ranges": [{"start": 0, "end": 5}],
        }
    ]


def test_suggestion__of_another_name__says_which(home: Page) -> None:
    build_indexed_page(home, "Amyotrophic sclerosis", Name("Lou Gehrig's", NameKind.LAY_TERM))

    [page] = suggest("lou geh")

    assert page["match"] == {
        "kind": "lay_term",
        "text": "Lou Gehrig's",
        "ranges": [{"start": 0, "end": 3}, {"start": 4, "end": 7}],
    }
    assert (page["name"], page["ranges"]) == ("Amyotrophic sclerosis", [])


def test_suggestions__own_names_first__then_other_names__then_later_words(home: Page) -> None:
    build_indexed_page(home, "Essential tremor")
    build_indexed_page(home, "Shaking palsy", "Tremulous palsy")
    build_indexed_page(home, "Tremor with a long name", "Tremors")
    build_indexed_page(home, "Tremor")

    assert list_names("trem") == [
        "Tremor",
        "Tremor with a long name",
        "Shaking palsy",
        "Essential tremor",
    ]
    # What is complete comes before what goes on.
    build_indexed_page(home, "Myasthenia gravis", "Trem")
    assert list_names("trem")[0] == "Myasthenia gravis"


def test_suggestions__of_many_names__are_eight__each_page_once(home: Page) -> None:
    for number in range(12):
        build_indexed_page(home, f"Gout {number:02}", f"Gouty {number:02}", f"Old gout {number}")

    assert list_names("gout") == [f"Gout {number:02}" for number in range(8)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("massage for fib", ["Fibromyalgia"]),
        ("fibromialg", ["Fibromyalgia"]),
        ("FÍBRO", ["Fibromyalgia"]),
        ("anemi", ["Anaemia"]),
        ("anæmi", ["Anaemia"]),
        ("plantar f", ["Plantar fasciitis"]),
        # Another form, and its beginning.
        ("parkinson disease", ["Parkinson's disease"]),
        ("parkinson dis", ["Parkinson's disease"]),
        ("parkinson tremor", []),
        ("tennis elbows", ["Tennis elbow"]),
        ("m.s.", ["Multiple sclerosis"]),
        ("toe", []),
        ("x", []),
        # A misspelling that is stored, in another form.
        ("gouts", []),
        ("...", []),
    ],
)
def test_suggestions__for_what_was_typed_so_far(home: Page, typed: str, names: list[str]) -> None:
    for name in ("Fibromyalgia", "Anaemia", "Plantar fasciitis", "Tennis elbow"):
        build_indexed_page(home, name, text="Swollen toes.")
    build_indexed_page(home, "Parkinson's disease", Name("Gout", NameKind.MISSPELLING))
    build_indexed_page(home, "Multiple sclerosis", Name("MS", NameKind.ABBREVIATION))

    assert list_names(typed) == names


def test_suggestions__of_many_pages__cost_two_queries(home: Page) -> None:
    for number in range(30):
        build_indexed_page(home, f"Gout {number}")
    suggest("gout")

    with CaptureQueriesContext(connection) as queries:
        assert len(suggest("gout")) == 8
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        assert len(suggest("goutt")) == 8
    assert len(queries) <= 6


class SuggestAnything(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        build_any_page()

    @settings(
        max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(CALLS)
    def test_suggest__any_text__has_an_answer_or_a_clear_problem(self, text: str) -> None:
        assert_fits(URL, text, "Suggestions")


@pytest.mark.parametrize("query", ["", "\0", "x" * 201])
def test_query__of_no_or_too_many_characters__is_refused(query: str) -> None:
    assert fetch_problem(URL, q=query)["parameters"] == ["q"]


def test_parameters__of_search_alone__are_refused() -> None:
    assert fetch_problem(URL, q="gout", limit="3")["code"] == "unknown_parameter"
