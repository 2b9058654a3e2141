"""What the conditions app adds to the contract: the people whom pages and blocks name."""

from collections.abc import Mapping
from typing import Final

from cms.conditions.models import Person
from cms.contract.references import WireObject, register_loader
from cms.contract.schemas import build_object, register_schema
from cms.core.prepared_queries import PreparedQuery

_FIELDS: Final = ("id", "name", "credentials", "role")
_PEOPLE: Final = PreparedQuery(
    lambda ids: Person.objects.filter(pk__in=ids).values_list(*_FIELDS), -1
)


def register() -> None:
    """Describe people and say how they are fetched."""
    register_schema(
        "Person",
        build_object(
            {
                "id": {"type": "integer"},
                "name": {"type": "string"},
                "credentials": {"type": "string"},
                "role": {"type": "string"},
            },
            "Somebody who writes or reviews pages, or speaks from experience.",
        ),
        example={
            "id": 1,
            "name": "Dana Demo",
            "credentials": "BCTMB",
            "role": "Massage therapist",
        },
    )
    register_loader("person", fetch_people, schema_name="Person")


def fetch_people(ids: frozenset[int]) -> Mapping[int, WireObject]:
    """The people of `ids`, by id, in one query."""
    return {row[0]: dict(zip(_FIELDS, row, strict=True)) for row in _PEOPLE.fetch(ids)}
