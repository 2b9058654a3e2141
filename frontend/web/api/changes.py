"""The feed of what changed for readers."""

from dataclasses import dataclass, field
from typing import Final

from web.api.client import CmsClient
from web.api.errors import CmsAwayError, CmsMissingError, CmsRefusedError
from web.api.models import ChangeSet
from web.api.resolution import read_part

_ENDPOINT: Final = "changes/"


class NoFeedError(Exception):
    """The CMS has no feed, or does not understand the cursor: there is nothing to follow."""


@dataclass(frozen=True)
class Changes:
    """What happened after a cursor; `cursor` is where to go on.

    `start_over`: nothing that was made before can be relied upon.
    """

    cursor: str
    tags: frozenset[str] = field(default_factory=frozenset)
    start_over: bool = False
    has_more: bool = False


async def fetch_changes(client: CmsClient, after: str, report: str = "") -> Changes:
    """What happened after the cursor `after`, "" to begin now. `report` says how this site is.

    Raises `CmsAwayError`, and `NoFeedError` where there is no feed.
    """
    try:
        answer = await client.poll(_ENDPOINT, after, report)
    except (CmsMissingError, CmsRefusedError) as error:
        raise NoFeedError(str(error)) from error
    if answer is None:
        return Changes(after)
    found = read_part(answer, ChangeSet, _ENDPOINT)
    if not found.cursor:
        raise CmsAwayError(f"{_ENDPOINT}: the answer has no cursor")
    return Changes(
        cursor=found.cursor,
        tags=frozenset(tag for change in found.changes for tag in change.tags),
        start_over=found.start_over,
        has_more=found.has_more,
    )
