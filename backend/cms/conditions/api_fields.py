"""The API fields that only condition pages and their index have."""

from typing import Any, Final

from cms.conditions.choices import TermKind
from cms.contract.fields import TypedField
from cms.contract.schemas import Schema, build_object, build_vocabulary, ref, register_schema


class AlsoKnownAsField(TypedField):
    """The other names of a condition. Misspellings are for the search alone and never served."""

    SERVED_KINDS: Final = [kind.value for kind in TermKind if kind != TermKind.MISSPELLING]

    def schema(self) -> Schema:
        kind = build_vocabulary(TermKind)
        kind["enum"] = self.SERVED_KINDS
        kind["x-labels"] = {value: kind["x-labels"][value] for value in self.SERVED_KINDS}
        register_schema("TermKind", kind)
        register_schema(
            "AlsoKnownAs",
            build_object(
                {"term": {"type": "string", "minLength": 1}, "kind": ref("TermKind")},
                "Another name under which readers look for a condition.",
            ),
        )
        return {"type": "array", "items": ref("AlsoKnownAs")}

    def to_representation(self, value: Any) -> Any:
        return [
            {"term": name.term, "kind": name.kind}
            for name in value.all()
            if name.term and name.kind in self.SERVED_KINDS
        ]


class BodySystemsField(TypedField):
    """The systems of the body that a condition affects."""

    def schema(self) -> Schema:
        register_schema(
            "BodySystem",
            build_object(
                {
                    "id": {"type": "integer"},
                    "name": {"type": "string"},
                    "slug": {"type": "string"},
                },
                "A system of the body, such as the nervous system.",
            ),
        )
        return {"type": "array", "items": ref("BodySystem")}

    def to_representation(self, value: Any) -> Any:
        return [
            {"id": system.pk, "name": system.name, "slug": system.slug} for system in value.all()
        ]


class LettersField(TypedField):
    """The letters of the A to Z that have pages, each with how many."""

    def schema(self) -> Schema:
        register_schema(
            "Letter",
            build_object(
                {
                    "letter": {"type": "string", "pattern": "^[A-Z#]$"},
                    "count": {"type": "integer", "minimum": 1},
                },
                "A letter of the A to Z; `#` stands for names that start with anything else.",
            ),
        )
        return {"type": "array", "items": ref("Letter")}
