"""Makes what readers searched for a name of a condition page."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from cms.conditions.choices import TermKind
from cms.conditions.models import AlsoKnownAs, ConditionPage
from cms.core.publishing import PublishProblem, publish_problems
from cms.search.words import fold, join_stems

ADD_NAME_ACTION: Final = "cms.conditions.add_searched_name"


class NameRefusedError(Exception):
    """The name cannot be added to this page. Its text tells the editor why."""


class Outcome(Enum):
    """What became of a new name: it is published, or why it is not."""

    PUBLISHED = auto()
    NOT_LIVE = auto()
    HAS_NEWER_DRAFT = auto()
    MAY_NOT_PUBLISH = auto()
    IS_INCOMPLETE = auto()


@dataclass(frozen=True)
class AddedName:
    """A name that was added to a page. `problems` are what keeps the page from publication."""

    page: ConditionPage
    term: str
    outcome: Outcome
    problems: tuple[PublishProblem, ...] = ()


def add_name(page_id: int, term: str, kind: TermKind, user: Any) -> AddedName:
    """Add a name to the latest version of a page, and publish it where that shows no other change.

    It is published where readers see that very version already, `user` may publish, and nothing
    is missing. Everywhere else it is saved as a draft. Raises `NameRefusedError`, and
    `PermissionDenied` for who may not edit the page.
    """
    with transaction.atomic():
        # Whoever saves or publishes the page at this moment takes turns with us.
        Page.objects.select_for_update().get(pk=page_id)
        stored = ConditionPage.objects.get(pk=page_id)
        _refuse_locked(stored, user)
        draft: ConditionPage = stored.get_latest_revision_as_object()
        _refuse_known(draft, term)
        names = list(draft.also_known_as.all())
        order = max((name.sort_order or 0 for name in names), default=-1) + 1
        draft.also_known_as.add(AlsoKnownAs(term=term, kind=kind, sort_order=order))
        problems = tuple(publish_problems(draft))
        outcome = _choose_outcome(stored, problems, user)
        # Drafts are saved whatever is missing.
        revision = draft.save_revision(user=user, clean=False)
        data = {"term": term, "kind": kind.value}
        log(
            instance=draft,
            action=ADD_NAME_ACTION,
            user=user,
            revision=revision,
            content_changed=True,
            data=data,
        )
        if outcome == Outcome.PUBLISHED:
            revision.publish(user=user)
    return AddedName(draft, term, outcome, problems)


def _choose_outcome(
    page: ConditionPage, problems: tuple[PublishProblem, ...], user: Any
) -> Outcome:
    if not page.live:
        return Outcome.NOT_LIVE
    if page.has_unpublished_changes:
        return Outcome.HAS_NEWER_DRAFT
    if not page.permissions_for_user(user).can_publish():
        return Outcome.MAY_NOT_PUBLISH
    return Outcome.IS_INCOMPLETE if problems else Outcome.PUBLISHED


def _refuse_locked(page: ConditionPage, user: Any) -> None:
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if page.workflow_in_progress:
        raise NameRefusedError(
            f"“{page.title}” waits for a moderator's decision. Add the name after that."
        )
    if page.approved_schedule:
        raise NameRefusedError(
            f"A version of “{page.title}” is waiting for its day. "
            "Add the name after that, or cancel the schedule first."
        )
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        raise NameRefusedError(f"“{page.title}” is locked. Ask whoever locked it.")


def _refuse_known(draft: ConditionPage, term: str) -> None:
    """Names are compared as the search compares them."""
    stems = join_stems(fold(term))
    if not stems:
        raise NameRefusedError("A name needs letters or digits.")
    names = (draft.condition_name, *(name.term for name in draft.also_known_as.all()))
    for name in names:
        if join_stems(fold(name)) == stems:
            raise NameRefusedError(_describe_known(draft, name))


def _describe_known(draft: ConditionPage, name: str) -> str:
    known = f"“{draft.title}” has the name “{name}” already"
    if not draft.live:
        return f"{known}. Readers find the page by it once it is published."
    if draft.has_unpublished_changes:
        return f"{known}. If readers do not find it yet, publish the page's newest draft."
    return f"{known}."
