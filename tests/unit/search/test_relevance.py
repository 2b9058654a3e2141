"""How well judged queries find what they mean: the same figures on every database."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.factories.conditions import build_index
from tests.factories.search import (
    JUDGED_QUERIES,
    build_library,
    find_names,
    get_reciprocal_rank,
)

KINDS = sorted({query.kind for query in JUDGED_QUERIES})


@pytest.fixture(scope="module", autouse=True)
def _library(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The library, built once and undone after the module: its tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_library(build_index())
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_judged_queries__of_each_kind__find_what_they_mean_first(kind: str) -> None:
    missed = [
        (query.text, found[:3])
        for query in JUDGED_QUERIES
        if query.kind == kind
        and get_reciprocal_rank(found := find_names(query.text), query.answers) < 1
    ]

    assert missed == []
