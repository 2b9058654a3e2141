"""Publish problems as the errors that Wagtail shows beside the blocks of a body."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    ListBlockValidationError,
    StreamBlockValidationError,
    StructBlockValidationError,
)

from cms.core.publishing import PublishProblem


class _Place:
    """A block with problems of its own, and the places below it that have some."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.below: dict[str | int, _Place] = {}

    def build_error(self) -> ValidationError:
        own = [ValidationError(message) for message in self.messages]
        below: dict[Any, ValidationError] = {
            step: place.build_error() for step, place in self.below.items()
        }
        if not below:
            return ValidationError(own)
        if all(isinstance(step, str) for step in below):
            return StructBlockValidationError(block_errors=below, non_block_errors=own)
        return ListBlockValidationError(block_errors=below, non_block_errors=own)


def build_stream_error(problems: Iterable[PublishProblem]) -> StreamBlockValidationError:
    """One error for a whole body, in which each problem stands where its `path` leads."""
    body = _Place()
    for problem in problems:
        place = body
        for step in problem.path:
            place = place.below.setdefault(step, _Place())
        place.messages.append(problem.message)
    return StreamBlockValidationError(
        block_errors={index: place.build_error() for index, place in body.below.items()},
        non_block_errors=[ValidationError(message) for message in body.messages],
    )
