"""Readers' comments as a page shows them."""

from dataclasses import dataclass
from typing import Final

import nh3
from markupsafe import Markup

from web.api.models import Comment, CommentList, Site

_OPEN: Final = "open"
_CLOSED: Final = "closed"
_SCHEMES: Final = {"http", "https"}
# A link in a comment lends no weight to where it leads.
_LINK_REL: Final = "nofollow ugc noopener"


@dataclass(frozen=True)
class ShownComments:
    """The threads below a page, the oldest first. `is_cut` where there are more than are here."""

    heading: str
    threads: list[Comment]
    is_open: bool
    is_cut: bool


def show_comments(comments: CommentList) -> ShownComments | None:
    """What the page says of its comments; None where it says nothing.

    A mode that this version does not know shows nothing.
    """
    is_open = comments.mode == _OPEN
    if not is_open and not (comments.mode == _CLOSED and comments.threads):
        return None
    return ShownComments(
        heading=describe_count(comments.total),
        threads=comments.threads,
        is_open=is_open,
        is_cut=len(comments.threads) < comments.thread_total,
    )


def describe_count(count: int) -> str:
    """How many there are, as a heading says it: "One Response"."""
    if count < 1:
        return "No responses yet"
    return "One Response" if count == 1 else f"{count:,} Responses"


def format_comment(html: str) -> Markup:
    """The HTML of a comment with paragraphs and web links, and nothing else.

    The CMS makes it of plain text; a stranger wrote that text, so it is not taken on trust.
    """
    return Markup(  # noqa: S704
        nh3.clean(
            html,
            tags={"p", "br", "a"},
            attributes={"a": {"href"}},
            url_schemes=_SCHEMES,
            link_rel=_LINK_REL,
        )
    )


def find_privacy_href(site: Site) -> str:
    """Where a menu of the site leads to a privacy note; "" where none does."""
    items = (*site.menus.footer, *site.menus.header)
    return next((item.href for item in items if "privacy" in item.label.lower()), "")
