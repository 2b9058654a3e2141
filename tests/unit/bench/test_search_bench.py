"""The benchmark of the search measures real pages, and knows no answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.search_conditions import build_body, build_other_names, build_summary
from bench.search_loading import load_pages
from bench.search_timing import SEARCH_URL, Asker, read_queries
from cms.conditions.models import ConditionPage
from cms.core.public_pages import get_public_pages
from cms.core.publishing import publish_problems


def build_condition(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A line of `conditions.jsonl.gz`."""
    return {
        "id": f"test-{number}",
        "name": f"Sclerosis of kind {number}",
        "synonyms": [f"Hardening {number}"],
        "synonyms_withheld": ["Kept back"],
        "abbreviations": [f"SK{number}"],
        "abbreviations_withheld": ["KB"],
        "symptoms": [{"label": "Tremor", "lay": "Shaky hands", "freq": 0.9, "hpo": "HP:1"}],
        "definition": "A condition <that> nobody has.",
        "codes": {"icd10cm": "G35"},
        "systems": ["Brain and nerves"],
        "popularity": 9.9,
        **changes,
    }


@pytest.mark.django_db
def test_load_pages__conditions__are_public_and_complete_and_found() -> None:
    conditions = [build_condition(number) for number in range(1, 4)]
    shown: list[int] = []
    load_pages(conditions, shown.append)
    pages = ConditionPage.objects.filter(pk__in=get_public_pages().values("pk"))
    assert {page.slug for page in pages} == {"test-1", "test-2", "test-3"}
    assert [problem for page in pages for problem in publish_problems(page)] == []
    assert ConditionPage.find_problems() == ([], [], [], [], [])
    assert shown == [3]
    answer = Asker().client.get(SEARCH_URL, {"q": "hardening 2"}).json()
    assert answer["results"][0]["title"] == "Massage for Sclerosis of kind 2"


@pytest.mark.django_db
def test_load_pages__some_are_there__adds_the_others() -> None:
    conditions = [build_condition(number) for number in range(1, 4)]
    load_pages(conditions[:1], lambda _count: None)
    load_pages(conditions, lambda _count: None)
    load_pages(conditions, lambda _count: None)
    assert ConditionPage.objects.count() == 3


def test_condition__withheld_names_and_popularity__are_left_out() -> None:
    condition = build_condition()
    written = json.dumps([build_other_names(condition), build_body(condition)])
    assert not any(word in written for word in ("Kept back", "KB", "9.9", "HP:1"))


def test_condition__everyday_wording__is_in_brackets_or_the_note() -> None:
    long = {"label": "Tremor", "lay": "x" * 120}
    symptoms = [*build_condition()["symptoms"], long]
    block = build_body(build_condition(symptoms=symptoms))[-1]
    assert [item["value"] for item in block["value"]["items"]] == [
        {"text": "Tremor (Shaky hands)", "note": ""},
        {"text": "Tremor", "note": "x" * 120},
    ]


@pytest.mark.parametrize("definition", [None, "Short.", "Many words. " * 50])
def test_condition__any_definition__makes_a_summary_that_may_be_published(
    definition: str | None,
) -> None:
    assert 40 <= len(build_summary(build_condition(definition=definition))) <= 200


def test_read_queries__judged_file__keeps_the_words_alone(tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text('{"qid": "a1", "q": "tremor", "relevant": ["x"], "primary": "x"}\n\n')
    assert read_queries(path) == [{"qid": "a1", "q": "tremor"}]


@pytest.mark.django_db
def test_measure__queries__writes_what_was_found_and_times_every_letter(tmp_path: Path) -> None:
    load_pages([build_condition()], lambda _count: None)
    out = tmp_path / "run.jsonl"
    queries = [{"qid": "a1", "q": "sk1"}, {"qid": "a2", "q": "  "}]
    measured = Asker().measure(queries, out, lambda _count: None)
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(row["qid"], row["ids"]) for row in rows] == [("a1", ["test-1"]), ("a2", [])]
    assert len(measured.suggest.clock) == len("sk1")
