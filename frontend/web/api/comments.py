"""The comments below a page: none of them is worth losing the page for."""

import asyncio
import logging
from typing import Final, TypeVar

import msgspec

from web.api.client import CmsClient
from web.api.errors import CmsError
from web.api.models import Comment, CommentList, CommentReply

logger = logging.getLogger(__name__)

C = TypeVar("C", Comment, CommentReply)

NO_COMMENTS: Final = CommentList(mode="hidden")
# A page carries so many with it, and the endpoint gives so many at once.
THREADS_AT_ONCE: Final = 100
# Nobody reads further, and nobody should wait for more.
MOST_THREADS: Final = 1000


def read_comment_list(raw: object, source: str) -> CommentList:
    """The comments of a page; those that cannot be read are left out and logged.

    `source` names the page in the log. A CMS of an earlier version has none.
    """
    if raw is None:
        return NO_COMMENTS
    fields = raw if isinstance(raw, dict) else {}
    try:
        comments = msgspec.convert({"mode": None, **fields, "threads": []}, CommentList)
    except msgspec.ValidationError as error:
        logger.warning("%s: the comments are left out: %s", source, error)
        return NO_COMMENTS
    return msgspec.structs.replace(comments, threads=_read_threads(fields.get("threads"), source))


async def fetch_further_threads(
    client: CmsClient, page_id: int, comments: CommentList, *, seen: str = ""
) -> CommentList:
    """`comments` with the threads that their page did not carry, as far as they can be had."""
    offsets = range(THREADS_AT_ONCE, min(comments.thread_total, MOST_THREADS), THREADS_AT_ONCE)
    if not offsets:
        return comments
    parts = await asyncio.gather(
        *(_fetch_threads(client, page_id, offset, seen) for offset in offsets)
    )
    # One that was approved or taken away meanwhile has moved the others.
    threads = {thread.id: thread for part in (comments.threads, *parts) for thread in part}
    return msgspec.structs.replace(comments, threads=list(threads.values()))


async def _fetch_threads(client: CmsClient, page_id: int, offset: int, seen: str) -> list[Comment]:
    endpoint = f"pages/{page_id}/comments/"
    window = {"limit": str(THREADS_AT_ONCE), "offset": str(offset)}
    try:
        return read_comment_list(await client.get(endpoint, window, seen=seen), endpoint).threads
    except CmsError as error:
        logger.warning("%s: threads from %d on are left out: %s", endpoint, offset, error)
        return []


def _read_threads(raw: object, source: str) -> list[Comment]:
    if not isinstance(raw, list):
        logger.warning("%s: the threads are not a list and are left out", source)
        return []
    threads = []
    for each in raw:
        fields = each if isinstance(each, dict) else {}
        thread = _read_or_none({**fields, "replies": []}, Comment, source)
        if thread is not None:
            replies = _read_replies(fields.get("replies"), source)
            threads.append(msgspec.structs.replace(thread, replies=replies))
    return threads


def _read_replies(raw: object, source: str) -> list[CommentReply]:
    replies = raw if isinstance(raw, list) else []
    read = (_read_or_none(reply, CommentReply, source) for reply in replies)
    return [reply for reply in read if reply is not None]


def _read_or_none(raw: object, wanted: type[C], source: str) -> C | None:
    try:
        comment = msgspec.convert(raw, wanted)
    except msgspec.ValidationError as error:
        logger.warning("%s: a comment is left out: %s", source, error)
        return None
    return comment if comment.id > 0 else None
