"""What readers searched for, query by query.

The searches that found nothing come first, then those with a word that no guide has.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db.models import BooleanField, Case, F, Max, Q, QuerySet, Sum, Value, When
from django.utils import timezone
from django.utils.text import get_text_list
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.conditions.models import ConditionIndexPage, ConditionPage
from cms.search.models import IndexedName, SearchCount
from cms.search.words import build_keys, fold, join_stems

PERIODS: Final = {7: "Last 7 days", 30: "Last 30 days", 90: "Last 90 days"}
DEFAULT_PERIOD: Final = 30
# What the first screen looks back on, and how many searches it names.
LATELY: Final = 7
_MOST_NAMED: Final = 3
_EDITING_ACTIONS: Final = frozenset({"add", "change"})


def may_see_searches(user: Any) -> bool:
    """Whether `user` may edit condition pages, and so do something about searches."""
    policy = policy_registry.get_by_type(Page)
    pages = policy.instances_user_has_any_permission_for(user, _EDITING_ACTIONS)
    return bool(pages.type(ConditionIndexPage, ConditionPage).exists())


def summarize_searches(days: int) -> QuerySet[Any, Any]:
    """The queries of the last `days` days, the most pressing first.

    Each has `key`, `term`, `total`, `nothing`, `lacking`, `corrections`, `last_day`, and two that
    tell of the last day on which it was asked: `is_missed`, whether it found nothing, and
    `is_lacking`, whether no page had some word of it. What finds something by now is neither.
    """
    has_found = Q(searches__gt=F("found_nothing"))
    has_all_words = Q(searches__gt=F("lacked_words"))
    return (
        _get_counts(days)
        .exclude(key="")
        .values("key")
        .annotate(
            term=Max("text"),
            total=Sum("searches"),
            nothing=Sum("found_nothing"),
            lacking=Sum("lacked_words"),
            corrections=Sum("corrected"),
            last_day=Max("day"),
            last_found=Max("day", filter=has_found),
            last_whole=Max("day", filter=has_all_words),
        )
        .annotate(is_missed=_is_before_last("last_found"), is_lacking=_is_before_last("last_whole"))
        .order_by("-is_missed", "-is_lacking", "-total", "key")
    )


def count_unlisted(days: int) -> int:
    """How many searches of the last `days` days were counted without their words."""
    counted = _get_counts(days).filter(key="").aggregate(total=Sum("searches"))
    return counted["total"] or 0


def describe_missed() -> str:
    """What was searched for lately and not found, such as “shaky hands” and 4 more; "" if nothing.

    What is a name of a page by now is left out.
    """
    missed = list(summarize_searches(LATELY).filter(is_missed=True).values_list("key", "term"))
    pages = find_named_pages(key for key, _term in missed)
    return name_some([term for key, term in missed if key not in pages])


def name_some(texts: Sequence[str]) -> str:
    """The first of the texts and how many more there are: “a”, “b”, “c” and 4 more."""
    named = [f"“{text}”" for text in texts[:_MOST_NAMED]]
    if len(texts) > _MOST_NAMED:
        named.append(f"{len(texts) - _MOST_NAMED} more")
    return str(get_text_list(named, "and"))


def find_named_pages(keys: Iterable[str]) -> Mapping[str, str]:
    """The titles of the public pages that have a query as a name of theirs, by its key. One query.

    Where several have it, it is the first by title.
    """
    stems = {key: join_stems(key.split()) for key in keys}
    found = IndexedName.objects.filter(stems__in=set(stems.values())).order_by("-page__title")
    titles = dict(found.values_list("stems", "page__title"))
    return {key: titles[joined] for key, joined in stems.items() if joined in titles}


def find_pages_with_name(term: str) -> Mapping[int, str]:
    """The titles of the public pages that have `term` as a name, by the ids of the pages."""
    found = IndexedName.objects.filter(stems__in=build_keys(fold(term)))
    return dict(found.order_by("page__title").values_list("page_id", "page__title"))


def _is_before_last(day: str) -> Case:
    """Whether a day is none, or before the last on which a query was asked."""
    return Case(
        When(Q(**{day: None}) | Q(**{f"{day}__lt": F("last_day")}), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def _get_counts(days: int) -> QuerySet[SearchCount]:
    first_day = timezone.localdate() - datetime.timedelta(days=days - 1)
    return SearchCount.objects.filter(day__gte=first_day)
