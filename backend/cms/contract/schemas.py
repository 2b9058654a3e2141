"""Named schemas of the contract: the apps register theirs, blocks and pages add their own.

A schema is a JSON Schema (draft 2020-12) as a plain dict, as OpenAPI 3.1 takes it.
"""

from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Choices, IntegerChoices

Schema = dict[str, Any]

_REGISTERED: Final[dict[str, Schema]] = {}
_EXAMPLES: Final[dict[str, Any]] = {}


def ref(name: str) -> Schema:
    """A reference to the named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """`schema`, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def build_object(properties: dict[str, Schema], description: str = "") -> Schema:
    """An object whose properties are all always present; unknown ones are to be ignored."""
    schema: Schema = {"type": "object", "properties": properties, "required": [*properties]}
    return {"description": description, **schema} if description else schema


def build_vocabulary(vocabulary: type[Choices]) -> Schema:
    """The schema of a closed vocabulary; `x-labels` gives the words for each value."""
    return {
        "type": "integer" if issubclass(vocabulary, IntegerChoices) else "string",
        "description": first_line(vocabulary.__doc__),
        "enum": list(vocabulary.values),
        "x-labels": {str(value): str(label) for value, label in vocabulary.choices},
    }


def first_line(docstring: str | None) -> str:
    """The first sentence of a docstring, as a description."""
    return (docstring or "").strip().split("\n", maxsplit=1)[0]


def register_schema(name: str, schema: Schema, *, example: Any = None) -> None:
    """Add a named schema; `example` stands for such an object in the generated examples.

    Raises `ImproperlyConfigured` when another schema has the name.
    """
    if _REGISTERED.setdefault(name, schema) != schema:
        raise ImproperlyConfigured(f"Two different schemas are called {name!r}.")
    if example is not None:
        _EXAMPLES[name] = example


def register_vocabulary(vocabulary: type[Choices]) -> Schema:
    """Register the schema of `vocabulary` under its class name and return a reference to it."""
    register_schema(vocabulary.__name__, build_vocabulary(vocabulary))
    return ref(vocabulary.__name__)


def get_registered_schemas() -> dict[str, Schema]:
    """Every schema registered so far, by name."""
    return dict(_REGISTERED)


def get_example(name: str) -> Any:
    """The example object of the named schema. Raises `ImproperlyConfigured` if it has none."""
    try:
        return _EXAMPLES[name]
    except KeyError:
        raise ImproperlyConfigured(
            f"The schema {name!r} has no example; give one to register_schema()."
        ) from None
