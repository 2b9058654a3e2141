"""Publish problems as the errors that Wagtail shows beside the blocks of a body."""

from collections.abc import Iterator, Sequence
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

    def build_error(self) -> Any:
        """The error of this block; Wagtail has no types for the kinds of it."""
        own = [ValidationError(message) for message in self.messages]
        below = {step: place.build_error() for step, place in self.below.items()}
        if not below:
            return ValidationError(own)
        if all(isinstance(step, str) for step in below):
            return StructBlockValidationError(block_errors=below, non_block_errors=own)
        return ListBlockValidationError(block_errors=below, non_block_errors=own)


def build_stream_error(problems: Sequence[PublishProblem]) -> StreamBlockValidationError:
    """One error for a whole body, in which each problem stands where its `path` leads."""
    body = _Place()
    for problem in problems:
        place = body
        for step in problem.path:
            place = place.below.setdefault(step, _Place())
        place.messages.append(problem.message)
    error = StreamBlockValidationError(
        block_errors={index: place.build_error() for index, place in body.below.items()},
        non_block_errors=[ValidationError(message) for message in body.messages],
    )
    # Wagtail lists this beside the messages of other fields.
    error.message = " ".join([*body.messages, *_summarise(problems)])
    return error


def _summarise(problems: Sequence[PublishProblem]) -> Iterator[str]:
    blocks = dict.fromkeys(problem.label.partition(",")[0] for problem in problems if problem.path)
    if blocks:
        yield f"Look again at: {', '.join(blocks)}."
