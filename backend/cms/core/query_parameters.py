"""Reads query parameters strictly: unknown, repeated and unreadable ones are refused by name."""

from collections.abc import Collection

from django.http import QueryDict

from cms.core.errors import InvalidParameterError, RepeatedParameterError, UnknownParameterError

# The largest number that every database column of ids and every OFFSET takes.
LARGEST_INTEGER = 2**63 - 1
_MOST_DIGITS = len(str(LARGEST_INTEGER))


def check_query_parameters(query: QueryDict, known: Collection[str]) -> None:
    """Raise `UnknownParameterError` or `RepeatedParameterError`, naming every such parameter."""
    unknown = [name for name in query if name not in known]
    if unknown:
        raise UnknownParameterError(unknown, known)
    repeated = [name for name, values in query.lists() if len(values) > 1]
    if repeated:
        raise RepeatedParameterError(repeated)


def refuse_null_characters(query: QueryDict) -> None:
    """Raise `InvalidParameterError` for a value with a null character: no database takes one."""
    for name, value in query.items():
        if "\0" in str(value):
            raise InvalidParameterError(name, "contains a null character")


def parse_integer(
    name: str, value: str, *, minimum: int = 0, maximum: int = LARGEST_INTEGER
) -> int:
    """The whole number that `value` spells in plain digits.

    Raises `InvalidParameterError` for anything else, and for a number out of the range.
    """
    if not (value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS):
        raise InvalidParameterError(name, f"must be a whole number from {minimum} to {maximum}")
    number = int(value)
    if not minimum <= number <= maximum:
        raise InvalidParameterError(name, f"must be a whole number from {minimum} to {maximum}")
    return number
