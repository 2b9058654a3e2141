"""How much one address, and everybody together, may send to be read by a person."""

import datetime
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from cms.comments.models import Comment
from cms.core.errors import TooManyRequestsError


class Limit(NamedTuple):
    """At most so many comments within so long."""

    most: int
    within: datetime.timedelta


_MINUTES: Final = datetime.timedelta(minutes=10)
_DAY: Final = datetime.timedelta(days=1)
OF_READER: Final = (Limit(5, _MINUTES), Limit(30, _DAY))
# Of a site that does not say who its readers are: all of them count as one.
OF_CALLER: Final = (Limit(60, _MINUTES), Limit(1000, _DAY))
OF_PAGE: Final = (Limit(60, _MINUTES),)


def check_rates(page_id: int, address_hashes: list[str], *, is_reader: bool) -> None:
    """Raise `TooManyRequestsError`, with the seconds to wait, where a limit is reached.

    Two processes at once may let one more through: it is counted without a lock.
    """
    sent = Comment.objects.filter(author=None)
    of_address = sent.filter(address_hash__in=address_hashes)
    who = "from you" if is_reader else "from this address, which several readers may share,"
    for limit in OF_READER if is_reader else OF_CALLER:
        _check(of_address, limit, f"We have had many responses {who} in a short time.")
    for limit in OF_PAGE:
        _check(sent.filter(page=page_id), limit, "This page has had many responses just now.")


def _check(comments: QuerySet[Comment], limit: Limit, reason: str) -> None:
    now = timezone.now()
    recent = comments.filter(sent_at__gt=now - limit.within).order_by("-sent_at")
    # The one that has to be forgotten before there is room again.
    oldest = recent.values_list("sent_at", flat=True)[limit.most - 1 : limit.most].first()
    if oldest is None:
        return
    seconds = max(1, int((oldest + limit.within - now).total_seconds()) + 1)
    raise TooManyRequestsError(
        f"{reason} Please send yours {_describe(seconds)}.", retry_after=seconds
    )


def _describe(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes <= 1:
        return "in a minute"
    return f"in {minutes} minutes" if minutes < 60 else f"in {-(-minutes // 60)} hours"
