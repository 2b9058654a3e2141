from typing import Any

import pytest

from cms.conditions.letters import get_letter
from tests.factories.conditions import ConditionPageFactory, build_index


@pytest.mark.parametrize(
    ("name", "letter"),
    [
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
def test_get_letter__folds_accents_and_case(name: str, letter: str) -> None:
    assert get_letter(name) == letter


@pytest.mark.django_db
def test_letters__count_live_public_pages_in_order() -> None:
    index = build_index()
    for name in ("Multiple Sclerosis", "Migraine", "3-M syndrome", "Arthritis"):
        ConditionPageFactory(parent=index, condition_name=name)
    ConditionPageFactory(parent=index, condition_name="Zoster", live=False)
    hidden = ConditionPageFactory(parent=index, condition_name="Hidden")
    hidden.view_restrictions.create(restriction_type="password", password="x")

    assert index.letters == [
        {"letter": "A", "count": 1},
        {"letter": "M", "count": 2},
        {"letter": "#", "count": 1},
    ]


@pytest.mark.django_db
def test_letters__cost_one_query(django_assert_num_queries: Any) -> None:
    index = build_index()
    ConditionPageFactory.create_batch(3, parent=index)

    with django_assert_num_queries(1):
        assert index.letters


@pytest.mark.django_db
def test_letter__follows_the_name_even_in_a_partial_save() -> None:
    page = ConditionPageFactory(parent=build_index(), condition_name="Multiple Sclerosis")
    page.condition_name = "Sclerosis, multiple"
    page.save(update_fields=["condition_name"])
    page.refresh_from_db()

    assert page.letter == "S"
