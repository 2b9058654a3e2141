"""`search/`: the answer and its parts, for every query that somebody may send."""

from typing import Any, Final

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis.extra.django import TestCase
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from cms.search.contract import LAST_OFFSET, MOST_RESULTS
from tests.api.search_calls import CALLS, ask, assert_fits, build_any_page, fetch_problem
from tests.factories.conditions import BodySystemFactory, build_index, build_phase
from tests.factories.pages import build_site
from tests.factories.search import build_condition, build_indexed_page

pytestmark = pytest.mark.django_db

URL: Final = "/api/v2/search/"
MOST_QUERIES: Final = 20


@pytest.fixture
def home() -> Page:
    return build_site()


def search(**parameters: Any) -> dict[str, Any]:
    return ask(URL, **parameters)


def list_names(answer: dict[str, Any]) -> list[str]:
    return [result["name"] for result in answer["results"]]


def cut(text: str, ranges: list[dict[str, int]]) -> list[str]:
    return [text[part["start"] : part["end"]] for part in ranges]


# The answer


def test_search__answer__has_all_that_a_result_shows() -> None:
    page = build_condition(
        build_index(),
        "Multiple sclerosis",
        also={"MS": "abbreviation"},
        symptoms=["Tremor (shaky hands)"],
        summary="Nerves of the brain and spine are damaged, and hands may shake.",
    )

    answer = search(q="  shaky \n hands ")

    assert answer.pop("results") == [
        {
            "id": page.pk,
            "type": "conditions.ConditionPage",
            "title": "Massage for Multiple sclerosis",
            "name": "Multiple sclerosis",
            "path": page.public_path,
            "html_url": f"http://localhost:3000{page.public_path}",
            "summary": page.summary,
            "is_promoted": False,
            "promotion": "",
            "matches": [
                {
                    "kind": "symptom",
                    "text": "Tremor (shaky hands)",
                    "ranges": [{"start": 8, "end": 13}, {"start": 14, "end": 19}],
                }
            ],
            "fragments": [
                {
                    "text": "Tremor (shaky hands)",
                    "ranges": [{"start": 8, "end": 13}, {"start": 14, "end": 19}],
                    "heading": "Symptoms",
                    "block_id": page.body[1].id,
                },
            ],
        }
    ]
    assert answer == {
        "query": "shaky hands",
        "corrected_query": None,
        "missing_words": [],
        "total": 1,
        "is_total_exact": True,
        "links": [],
        "facets": [
            {
                "name": "advice",
                "label": "Massage advice",
                "values": [
                    {
                        "value": "any:ask_first",
                        "label": "At any time: ask the doctor first",
                        "count": 1,
                        "is_selected": False,
                    }
                ],
            }
        ],
        "nearest": [],
    }


def test_matches__name_the_other_name_that_was_found() -> None:
    build_condition(
        build_index(),
        "Amyotrophic lateral sclerosis",
        also={"Lou Gehrig's disease": "lay_term", "ALS": "abbreviation"},
    )

    def match(query: str) -> list[tuple[str, str, list[str]]]:
        matches = search(q=query)["results"][0]["matches"]
        return [
            (found["kind"], found["text"], cut(found["text"], found["ranges"])) for found in matches
        ]

    name = "Lou Gehrig's disease"
    assert match("LOU GEHRIGS DISEASE") == [("lay_term", name, ["Lou", "Gehrig's", "disease"])]
    assert match("lou geh") == [("lay_term", name, ["Lou", "Geh"])]
    assert match("als") == [("abbreviation", "ALS", ["ALS"])]
    own = "Amyotrophic lateral sclerosis"
    assert match("amyotrophic") == [("name", own, ["Amyotrophic"])]


def test_ranges__beside_emoji_and_accents__count_code_points() -> None:
    text = "\U0001f600\U0001f3fd The M\u00e9ni\u00e8re\u2019s of e\u0301 (MENIE\u0300RE) \U0001f600"
    build_condition(build_index(), "Vertigo", text=text)

    [fragment] = search(q="meniere")["results"][0]["fragments"]

    assert cut(fragment["text"], fragment["ranges"]) == [
        "M\u00e9ni\u00e8re\u2019s",
        "MENIE\u0300RE",
    ]


def test_nothing_found__names_the_nearest(home: Page) -> None:
    build_indexed_page(home, "Fibromyalgia", "Fibrositis")
    build_indexed_page(home, "Gout")

    answer = search(q="fibulation")

    assert (answer["total"], answer["results"], answer["facets"]) == (0, [], [])
    assert [page["name"] for page in answer["nearest"]] == ["Fibromyalgia"]


# Parts


def test_parts__of_the_results__follow_each_other(home: Page) -> None:
    for number in range(12):
        build_indexed_page(home, f"Gout {number:02}")
    every = list_names(search(q="gout", limit=50))

    assert every == [f"Gout {number:02}" for number in range(12)]
    assert list_names(search(q="gout")) == every[:10]
    assert list_names(search(q="gout", offset=10)) == every[10:]
    assert list_names(search(q="gout", offset=3, limit=4)) == every[3:7]
    beyond = search(q="gout", offset=12)
    assert (beyond["results"], beyond["total"], beyond["nearest"]) == ([], 12, [])


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("offset", "-1", "invalid_parameter"),
        ("offset", str(LAST_OFFSET + 1), "invalid_parameter"),
        ("offset", "1.5", "invalid_parameter"),
        ("limit", "0", "invalid_parameter"),
        ("limit", str(MOST_RESULTS + 1), "invalid_parameter"),
        ("limit", "", "invalid_parameter"),
        ("body_system", "\0", "invalid_parameter"),
        ("body_system", "x" * 300, "invalid_parameter"),
        ("advice", "acute\0:ok", "invalid_parameter"),
        ("advice", "acute", "invalid_parameter"),
        ("advice", "' OR 1=1 --", "invalid_parameter"),
        ("query", "gout", "unknown_parameter"),
        ("page", "2", "unknown_parameter"),
    ],
)
def test_parameter__that_cannot_be_read__is_named(name: str, value: str, code: str) -> None:
    problem = fetch_problem(URL, q="gout", **{name: value})

    assert problem["code"] == code
    assert name in problem["detail"]


def test_parameter__twice__is_refused() -> None:
    assert fetch_problem(URL, q=["a", "b"])["code"] == "repeated_parameter"


# Facets


@pytest.fixture
def library() -> Page:
    """Four conditions with pain, of two body systems and with two kinds of advice."""
    index = build_index()
    nerves = BodySystemFactory(name="Nervous system", slug="nerves")
    joints = BodySystemFactory(name="Joints", slug="joints")
    modify = build_phase(phase="remission", advice="modify")
    avoid = build_phase(phase="acute", advice="avoid", max_pressure="")
    for name, systems, phases in (
        ("One", [nerves], [modify]),
        ("Two", [nerves, joints], [modify, avoid]),
        ("Three", [joints], [avoid]),
        ("Four", [], [avoid]),
    ):
        build_condition(index, name, symptoms=["Pain"], systems=systems, phases=phases)
    return index


def count_facets(answer: dict[str, Any]) -> dict[str, list[tuple[str, int, bool]]]:
    return {
        facet["name"]: [
            (value["value"], value["count"], value["is_selected"]) for value in facet["values"]
        ]
        for facet in answer["facets"]
    }


def test_facets__count_all_results__the_most_frequent_first(library: Page) -> None:
    assert count_facets(search(q="pain", limit=1)) == {
        "body_system": [("joints", 2, False), ("nerves", 2, False)],
        "advice": [("acute:avoid", 3, False), ("remission:modify", 2, False)],
    }
    labels = [value["label"] for value in search(q="pain")["facets"][1]["values"]]
    assert labels == ["Flare or acute phase: do not massage", "In remission: yes, with changes"]


def test_facets__selected__narrow__and_the_others_count_what_is_left(library: Page) -> None:
    one = search(q="pain", body_system="nerves")
    both = search(q="pain", body_system="joints", advice="remission:modify")

    assert sorted(list_names(one)) == ["One", "Two"]
    assert one["total"] == 2
    assert count_facets(one) == {
        "body_system": [("joints", 2, False), ("nerves", 2, True)],
        "advice": [("remission:modify", 2, False), ("acute:avoid", 1, False)],
    }
    assert list_names(both) == ["Two"]
    assert count_facets(both) == {
        "body_system": [("nerves", 2, False), ("joints", 1, True)],
        "advice": [("acute:avoid", 2, False), ("remission:modify", 1, True)],
    }


@pytest.mark.parametrize(
    "selected",
    [{"body_system": "lungs"}, {"advice": "acute:ok"}, {"body_system": "x", "advice": "y:z"}],
)
def test_facets__of_no_such_value__leave_nothing(library: Page, selected: dict[str, str]) -> None:
    answer = search(q="pain", **selected)

    assert (answer["total"], answer["results"]) == (0, [])


# What editors want first


def test_promoted_pages__come_first_and_once__and_are_not_narrowed(home: Page) -> None:
    found = [build_indexed_page(home, name) for name in ("Gout", "Gout in the toe")]
    other = build_indexed_page(home, "Prices")
    query = Query.get("Gout!")
    for order, (page, words) in enumerate([(other, "Book here"), (found[1], "")]):
        SearchPromotion.objects.create(query=query, page=page, description=words, sort_order=order)
    SearchPromotion.objects.create(
        query=query, external_link_url="https://example.org/", external_link_text="Gout line"
    )

    answer = search(q="gouts")

    shown = [(one["id"], one["is_promoted"], one["promotion"]) for one in answer["results"]]
    assert shown == [
        (other.pk, True, "Book here"),
        (found[1].pk, True, ""),
        (found[0].pk, False, ""),
    ]
    assert answer["total"] == 3
    assert answer["links"] == [
        {"title": "Gout line", "url": "https://example.org/", "description": ""}
    ]
    assert search(q="gouts", advice="any:ok")["links"] == []


# Cost


def test_search__many_pages__costs_the_queries_of_a_few(home: Page) -> None:
    counts = []
    pages = 0
    for wanted in (3, 60):
        for number in range(pages, wanted):
            build_indexed_page(
                home,
                f"Gout {number}",
                f"Podagra {number}",
                symptoms=["Joint pain", f"Fever {number}"],
                text="A toe hurts.",
            )
        pages = wanted
        for query in ("gout", "joint pain, fever", "toe hurts", "podgra"):
            search(q=query, limit=50)
            with CaptureQueriesContext(connection) as queries:
                assert search(q=query, limit=50)["total"] == min(wanted, 60)
            counts.append(len(queries))

    assert counts[:4] == counts[4:]
    assert max(counts) <= MOST_QUERIES


# Any text


class SearchAnything(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        build_any_page()

    @settings(
        max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(CALLS)
    @example("\0")
    @example("'")
    @example('"')
    @example("   ")
    @example("NEAR(a b, 2) OR tremor* AND NOT ^x {title}: -y")
    @example("'; DROP TABLE search_indexedpage; --")
    @example("%s %(q)s %")
    @example("🤦🏽‍♀️")
    @example("\u202e\u05e9\u05dc\u05d5\u05dd\u0301")
    @example("a" * 200)
    @example("a " * 100)
    @example("ﷺ" * 200)
    def test_search__any_text__has_an_answer_or_a_clear_problem(self, text: str) -> None:
        assert_fits(URL, text, "SearchResults")


@pytest.mark.parametrize("query", ["", " ", "\t\n", "\0", "\u200b", "x" * 201, "é" * 201])
def test_query__of_no_or_too_many_characters__is_refused(query: str) -> None:
    problem = fetch_problem(URL, q=query)

    assert (problem["code"], problem["parameters"]) == ("invalid_parameter", ["q"])
    assert "characters at most" in problem["detail"] or "words to look for" in problem["detail"]


def test_query__that_is_missing__is_refused() -> None:
    assert fetch_problem(URL)["code"] == "invalid_parameter"
