"""Links in the markup of forums, and addresses that are written so that nobody finds them."""

import re
from typing import Final

from cms.comments.spam.message import Message, Reason

CODE = "link_markup"
_FORUM: Final = re.compile(r"\[/?(?:url|link|img|email)\b[^\]\n]{0,200}\]|&lt;a\s", re.IGNORECASE)
_MARKDOWN: Final = re.compile(r"\]\((?:https?:|www\.)", re.IGNORECASE)
_HIDDEN: Final = re.compile(
    r"\b(?:hxxps?:|[a-z0-9-]{3,40}\s{0,2}(?:[\[(]\s?(?:dot|\.)\s?[\])]|\sdot)\s{0,2}"
    r"(?:com|net|org|info|ru|xyz|top|io)\b)",
    re.IGNORECASE,
)


def check(message: Message) -> Reason | None:
    """Forum code, which our form does not know; Markdown; "example dot com"."""
    if _FORUM.search(message.text):
        return Reason(CODE, "Has links in forum code, such as [url], which programs write", 10)
    if _HIDDEN.search(message.text):
        return Reason(CODE, "Has a web address written so that checks overlook it", 5)
    if _MARKDOWN.search(message.text):
        return Reason(CODE, "Has links in Markdown", 2)
    return None
