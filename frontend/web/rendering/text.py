"""Turning plain text and dates of the contract into what a page shows."""

import datetime
import re
import unicodedata
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup, escape

_BLANK_LINES: Final = re.compile(r"\n\s*\n")
_NOT_IN_ANCHOR: Final = re.compile(r"[^a-z0-9]+")
_SAFE_HREF: Final = re.compile(r"(https?://|mailto:|tel:|/(?![/\\])|#)", re.IGNORECASE)
_NOT_IN_NUMBER: Final = re.compile(r"[^0-9+]")


def format_paragraphs(text: str) -> Markup:
    """Plain text as paragraphs: a blank line starts a new one, a line break stays one."""
    paragraphs = (part.strip() for part in _BLANK_LINES.split(text.replace("\r\n", "\n")))
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n")))
        for part in paragraphs
        if part
    )


def format_rich_text(html: str) -> Markup:
    """Rich text as it is: the CMS cleans it when it is saved and again when it is served."""
    return Markup(html)  # noqa: S704


def format_alt(alt: str | None) -> Markup:
    """The attribute with a picture's description; none at all where nobody has said what it is.

    Only a draft has such a picture, and the checks of its content are to find it.
    """
    return Markup() if alt is None else Markup('alt="{}"').format(alt)


def format_date(day: datetime.date | str) -> str:
    """A day in the reader's words ("January 31, 2026"); what is no date stays as it is."""
    try:
        date = datetime.date.fromisoformat(str(day)[:10])
    except ValueError:
        return str(day)
    return f"{date:%B} {date.day}, {date.year}"


def format_moment(moment: str) -> str:
    """A moment of the CMS in words, always in UTC: "January 31, 2026 at 9:30 am (UTC)".

    Nobody has told this site where its readers are. What is no moment stays as it is.
    """
    try:
        given = datetime.datetime.fromisoformat(moment)
        told = given if given.tzinfo else given.replace(tzinfo=datetime.UTC)
        time = told.astimezone(datetime.UTC)
    except (OverflowError, ValueError):
        return moment
    clock = f"{time.hour % 12 or 12}:{time:%M} {'am' if time.hour < 12 else 'pm'}"
    return f"{format_date(time.date())} at {clock} (UTC)"


def build_anchor(heading: str) -> str:
    """The part of an address that leads to a heading: "Who gets it?" becomes `who-gets-it`."""
    ascii_text = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return _NOT_IN_ANCHOR.sub("-", ascii_text.lower()).strip("-") or "part"


def safe_href(href: str) -> str:
    """`href` if a link may have it; otherwise the home page."""
    return href if _SAFE_HREF.match(href) and href.isprintable() else "/"


def phone_href(number: str) -> str:
    """The link that calls a telephone number written for people."""
    return f"tel:{_NOT_IN_NUMBER.sub('', number)}"


def mail_href(address: str, subject: str, text: str) -> str:
    """The link that begins a mail to `address`."""
    begun = urlencode({"subject": subject, "body": text}, quote_via=quote)
    return f"mailto:{quote(address, safe='@+')}?{begun}"


def get_host(href: str) -> str:
    """The name of the site that a full address leads to, such as `example.org`; "" for none."""
    try:
        host = urlsplit(href).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
