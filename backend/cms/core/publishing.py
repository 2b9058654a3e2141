"""What may be published, and the refusal of everything else.

A page class lists its rules in `publish_rules`. A rule is a pure function that reads a page and
yields a `PublishProblem` for each thing that is missing or contradicts itself.
`core/publish_guards.py` asks these rules on every way to publication.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.models import Page

BlockPath = tuple[str | int, ...]


@dataclass(frozen=True)
class PublishProblem:
    """One reason why a page may not be published, in words for an editor.

    `field` is the name of the page's field, "" where the page as a whole is meant. Inside a body,
    `path` leads to the place: the block's index, then names of fields and indexes of list items.
    `label` says the same place in words.
    """

    field: str
    message: str
    label: str = ""
    path: BlockPath = ()

    def __str__(self) -> str:
        return f"{self.label}: {self.message}" if self.label else self.message


PublishRule = Callable[[Any], Iterable[PublishProblem]]


class PublishRefusedError(ValidationError):
    """A page that has problems was about to be published, scheduled or sent to moderation."""

    def __init__(self, page: Page, problems: list[PublishProblem]) -> None:
        messages: dict[str, list[str]] = {}
        for problem in problems:
            messages.setdefault(problem.field or NON_FIELD_ERRORS, []).append(str(problem))
        super().__init__(messages)
        self.page = page
        self.problems = problems


def publish_problems(page: Page) -> list[PublishProblem]:
    """Every reason why `page`, as it is, may not be published; empty when it may.

    It reads the stored values alone. Wagtail's `required` flags say nothing here: saving a draft
    flips them on objects that all threads share.
    """
    rules: tuple[PublishRule, ...] = getattr(page, "publish_rules", ())
    return [problem for rule in rules for problem in rule(page)]


def refuse_incomplete(page: Page) -> None:
    """Raise `PublishRefusedError` when `page` may not be published."""
    problems = publish_problems(page)
    if problems:
        raise PublishRefusedError(page, problems)
