"""What a condition page needs besides complete blocks before it may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from cms.blocks.publish_rules import check_body
from cms.conditions.icd10 import validate_icd10_code
from cms.contract.bodies import unreadable_critical_blocks
from cms.core.publishing import PublishProblem

if TYPE_CHECKING:
    from cms.conditions.models import ConditionPage

NO_GUIDANCE = "Add the massage guidance: it is what readers come for."
UNREADABLE = (
    "A part of this block does not fit, so readers would be shown none of it. "
    "Open each of its fields and fill in again what looks odd."
)
ONE_GUIDANCE = "There may be only one massage guidance. Put all of it into the first."


def check_names(page: ConditionPage) -> list[PublishProblem]:
    """The condition's name, its other names and its code."""
    problems = []
    if not page.condition_name.strip():
        problems.append(
            PublishProblem("condition_name", "Name the condition.", "Name of the condition")
        )
    if any(not name.term.strip() for name in page.also_known_as.all()):
        problems.append(
            PublishProblem("also_known_as", "Fill in each row or delete it.", "Other names")
        )
    if page.icd10_code:
        try:
            validate_icd10_code(page.icd10_code)
        except ValidationError as error:
            problems.append(PublishProblem("icd10_code", error.messages[0], "ICD-10-CM code"))
    return problems


def check_guidance(page: ConditionPage) -> list[PublishProblem]:
    """A page has exactly one massage guidance."""
    places = [
        index for index, raw in enumerate(page.body.raw_data) if raw["type"] == "massage_guidance"
    ]
    if not places:
        return [PublishProblem("body", NO_GUIDANCE, "Content")]
    return [
        PublishProblem("body", ONE_GUIDANCE, "Massage guidance", (index,)) for index in places[1:]
    ]


def check_critical_blocks(page: ConditionPage) -> list[PublishProblem]:
    """Guidance and warning signs can be shown to readers; half of them never are."""
    if next(check_body(page), None) is not None:
        return []  # each place is named already
    unreadable = unreadable_critical_blocks(page.body)
    return [
        PublishProblem("body", UNREADABLE, str(page.body.stream_block.child_blocks[name].label))
        for name in dict.fromkeys(unreadable)
    ]


def check_explore_choices(page: ConditionPage) -> list[PublishProblem]:
    """Each row under “More to explore” has a page."""
    if all(row.page_id is not None for row in page.explore_choices.all()):
        return []
    message = "Choose a page in each row or delete it."
    return [PublishProblem("explore_choices", message, "More to explore")]


def check_review(page: ConditionPage) -> list[PublishProblem]:
    """A page says who checked it, and when."""
    problems = []
    if page.reviewed_by_id is None:
        problems.append(PublishProblem("reviewed_by", "Say who checked the page.", "Reviewed by"))
    if page.last_reviewed is None:
        problems.append(
            PublishProblem(
                "last_reviewed",
                "Read the whole page, then tick “I have reviewed the whole page”.",
                "Last reviewed",
            )
        )
    return problems
