"""The A to Z is in the same order everywhere, and has the letters that the CMS counts."""

import pytest

from web.api.listing import ListedCondition
from web.rendering.letters import first_letter, group_by_letter, sort_by_name


def build_condition(number: int, name: str, title: str = "") -> ListedCondition:
    return ListedCondition(number, title or f"Massage for {name}", "/x/", "", name, [])


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        # As tests/unit/conditions/test_letters.py has them for the CMS.
        ("Multiple Sclerosis", "M"),
        ("  fibromyalgia", "F"),
        ("Élan", "E"),
        ("Ångström's disease", "A"),
        ("22q11 deletion", "#"),
        ("“Long” COVID", "#"),
        ("ßharp", "#"),
        ("Ægir", "#"),
        ("Ωmega", "#"),
        ("", "#"),
    ],
)
def test_first_letter__is_what_the_cms_files_it_under(name: str, letter: str) -> None:
    assert first_letter(name) == letter


def test_sort_by_name__any_order__is_the_same() -> None:
    conditions = [
        build_condition(number, name)
        for number, name in enumerate(["zoster", "Élan", "Elan", "elan", "3-M", "Elan", "ALS"])
    ]

    in_order = sort_by_name(conditions)

    assert [each.condition_name for each in in_order] == [
        *("ALS", "Elan", "Elan", "elan", "Élan", "zoster", "3-M")
    ]
    assert sort_by_name(reversed(conditions)) == in_order


def test_group_by_letter__without_a_name__is_filed_under_the_title() -> None:
    groups = group_by_letter([build_condition(1, "", "About"), build_condition(2, "ALS")])

    assert [group.letter for group in groups] == ["A"]
