"""What keeps a condition page from being published, and where the editor is told so."""

from typing import Any

import pytest

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.core.publishing import publish_problems
from tests.factories.conditions import (
    ConditionPageFactory,
    build_block,
    build_guidance,
    build_index,
    build_phase,
)
from tests.factories.images import SiteImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ConditionIndexPage:
    return build_index()


def find(page: ConditionPage) -> set[tuple[Any, ...]]:
    """The places of the problems: the field, then the path."""
    return {(problem.field, *problem.path) for problem in publish_problems(page)}


def build_page(index: ConditionIndexPage, **fields: Any) -> ConditionPage:
    page: ConditionPage = ConditionPageFactory(parent=index, live=False, **fields)
    return ConditionPage.objects.get(pk=page.pk)


def test_a_complete_page__has_no_problem(index: ConditionIndexPage) -> None:
    assert publish_problems(build_page(index)) == []


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"summary": ""}, "summary"),
        ({"summary": "Too short"}, "summary"),
        ({"summary": "x" * 201}, "summary"),
        ({"condition_name": " ", "title": "Massage"}, "condition_name"),
        ({"icd10_code": "35"}, "icd10_code"),
        ({"reviewed_by": None}, "reviewed_by"),
        ({"last_reviewed": None}, "last_reviewed"),
        ({"body": []}, "body"),
    ],
)
def test_a_field__missing_or_wrong__is_named(
    fields: dict[str, Any], place: str, index: ConditionIndexPage
) -> None:
    assert find(build_page(index, **fields)) == {(place,)}


@pytest.mark.parametrize("code", ["G35", "M79.7", "G43.909", "S83.511A", "G35.A"])
def test_icd10_code__of_the_right_form__passes(code: str, index: ConditionIndexPage) -> None:
    assert find(build_page(index, icd10_code=code)) == set()


def test_other_names__an_empty_row__is_named(index: ConditionIndexPage) -> None:
    page = build_page(index)
    page.also_known_as.create(term=" ")

    assert find(page) == {("also_known_as",)}


def test_main_picture__without_a_description__is_named(index: ConditionIndexPage) -> None:
    described, bare = SiteImageFactory(), SiteImageFactory(description="")

    assert find(build_page(index, hero_image=described)) == set()
    assert find(build_page(index, hero_image=bare)) == {("hero_image",)}


def test_massage_guidance__twice__names_the_second(index: ConditionIndexPage) -> None:
    page = build_page(index, body=[build_guidance(), build_guidance()])

    assert find(page) == {("body", 1)}


@pytest.mark.parametrize(
    ("phases", "place"),
    [
        ([build_phase(advice="avoid", max_pressure=1)], (0, "max_pressure")),
        ([build_phase(advice="avoid", max_pressure="3")], (0, "max_pressure")),
        ([build_phase(advice="avoid", max_minutes=20)], (0, "max_minutes")),
        (
            [build_phase(techniques_suited=["friction"], techniques_to_avoid=["friction"])],
            (0, "techniques_to_avoid"),
        ),
        ([build_phase(phase="acute"), build_phase(phase="acute")], (1, "phase")),
        ([build_phase(), build_phase(phase=None)], (1, "phase")),
        ([build_phase(phase="eclipse")], (0, "phase")),
        ([build_phase(techniques_suited=["juggling"])], (0, "techniques_suited")),
        ([build_phase(label="  ")], (0, "label")),
    ],
)
def test_massage_guidance__a_row_that_is_wrong__is_named(
    phases: list[dict[str, Any]], place: tuple[Any, ...], index: ConditionIndexPage
) -> None:
    assert find(build_page(index, body=[build_guidance(*phases)])) == {
        ("body", 0, "phases", *place)
    }


def test_massage_guidance__avoid_with_holding_touch_only__passes(index: ConditionIndexPage) -> None:
    phases = [build_phase(advice="avoid", max_pressure=0), build_phase(phase="remission")]

    assert find(build_page(index, body=[build_guidance(*phases)])) == set()


def test_massage_guidance__pressure_on_an_area_to_avoid__is_named(
    index: ConditionIndexPage,
) -> None:
    area = {"area": "Wounds", "rule": "avoid", "max_pressure": 2, "reason": "They are open."}

    assert find(build_page(index, body=[build_guidance(areas=[area])])) == {
        ("body", 0, "areas", 0, "max_pressure")
    }


@pytest.mark.parametrize(
    ("name", "value", "places"),
    [
        ("overview", {"heading": "", "text": "<p> </p>"}, {("heading",), ("text",)}),
        (
            "symptoms",
            {
                "heading": "Symptoms",
                "items": [
                    {"type": "item", "id": "1", "value": {"text": "Tremor"}},
                    {"type": "item", "id": "2", "value": {"text": "", "note": "Often"}},
                ],
                "diagnosis_note": "See a doctor.",
            },
            {("items", 1, "text")},
        ),
        ("do_dont", {"heading": "Do", "dos": [], "donts": [""]}, {("dos",), ("donts", 0)}),
        (
            "figure",
            {"image": {"image": 5, "alt_text": " ", "decorative": False}},
            {("image", "alt_text")},
        ),
        ("figure", {"image": {"image": 5, "alt_text": "", "decorative": True}}, set()),
        ("figure", {"image": None}, {("image", "image")}),
        (
            "call_to_action",
            {"heading": "Book", "button_label": "Book", "page": 2, "url": "https://example.org"},
            {("url",)},
        ),
        ("call_to_action", {"heading": "Book", "button_label": "Book"}, {("page",)}),
        ("experience", {"heading": "I", "person": None, "text": "<p>x</p>"}, {("person",)}),
        ("quote", "nonsense", {(), ("text",), ("attribution",)}),
    ],
)
def test_a_block__with_something_missing__is_named(
    name: str, value: Any, places: set[tuple[Any, ...]], index: ConditionIndexPage
) -> None:
    block = {**build_block(name), "value": value}
    page = ConditionPageFactory.build(
        body=[build_guidance(), block], last_reviewed="2026-01-01", author=None, reviewed_by=None
    )
    problems = [problem for problem in publish_problems(page) if problem.field == "body"]

    assert {problem.path for problem in problems} == {
        (1, *place) if place else () for place in places
    }


def test_a_problem__says_its_place_in_words(index: ConditionIndexPage) -> None:
    page = build_page(index, body=[build_guidance(build_phase(advice="avoid", max_minutes=30))])

    (problem,) = publish_problems(page)

    assert str(problem) == (
        "Massage guidance, Advice by phase, row 1, Longest session (minutes): "
        "Massage is to be avoided here, so leave the time empty or change the advice."
    )


def test_guidance__complete_but_unreadable_for_readers__is_refused(
    index: ConditionIndexPage,
) -> None:
    page = build_page(index, body=[build_guidance(build_phase(max_minutes=2))])
    [problem] = publish_problems(page)
    assert problem.field == "body"
    assert "readers would be shown none of it" in problem.message
