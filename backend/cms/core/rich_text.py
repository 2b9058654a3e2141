"""Clean rich text: the few tags that editors may use, and nothing that can run.

Stored HTML is Wagtail's database form, in which a link to a page is
`<a linktype="page" id="12">`. Served HTML holds ordinary links only.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final

import nh3

from cms.core.links import SAFE_SCHEMES

RICH_TEXT_FEATURES: Final = ("bold", "italic", "link", "ol", "ul")

_TAGS: Final = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a"}
_STORED_LINK_ATTRIBUTES: Final = {"a": {"href", "linktype", "id"}}
_SERVED_LINK_ATTRIBUTES: Final = {"a": {"href"}}
# nh3 writes canonical HTML (lower case, double quotes, no nested links), which makes this safe.
_LINK: Final = re.compile(r"<a(?P<attributes>[^>]*)>(?P<text>.*?)</a>", re.DOTALL)
_ID: Final = re.compile(r"[0-9]{1,18}\Z")
_ATTRIBUTE: Final = re.compile(r'(?P<name>[a-z]+)="(?P<value>[^"]*)"')


def sanitise_rich_text(html: str) -> str:
    """`html` in Wagtail's database form, with every tag and attribute gone that is not allowed."""
    return nh3.clean(
        # Half a surrogate pair is no character, and cannot be written as UTF-8.
        html.encode("utf-8", "replace").decode("utf-8"),
        tags=_TAGS,
        attributes=_STORED_LINK_ATTRIBUTES,
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
    )


def iterate_page_links(html: str) -> Iterator[int]:
    """The ids of the pages that stored rich text links to, in order, repeats included."""
    for link in _LINK.finditer(sanitise_rich_text(html)):
        page_id = _page_id_or_none(_attributes(link))
        if page_id is not None:
            yield page_id


def expand_rich_text(html: str, page_href_or_none: Callable[[int], str | None]) -> str:
    """Stored rich text as clean HTML for readers.

    `page_href_or_none` gives the public address of a page, or None for one that readers may not
    see; the words of a link without an address stay, the link goes.
    """

    def expand(link: re.Match[str]) -> str:
        attributes = _attributes(link)
        href: str | None = attributes.get("href")
        if "linktype" in attributes:
            page_id = _page_id_or_none(attributes)
            href = None if page_id is None else page_href_or_none(page_id)
        if not href:
            return link["text"]
        return f'<a href="{escape(href)}">{link["text"]}</a>'

    expanded = _LINK.sub(expand, sanitise_rich_text(html))
    return nh3.clean(
        expanded,
        tags=_TAGS,
        attributes=_SERVED_LINK_ATTRIBUTES,
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
    )


def _page_id_or_none(attributes: dict[str, str]) -> int | None:
    is_page_link = attributes.get("linktype") == "page"
    return int(attributes["id"]) if is_page_link and _ID.match(attributes.get("id", "")) else None


def _attributes(link: re.Match[str]) -> dict[str, str]:
    return {
        found["name"]: unescape(found["value"]) for found in _ATTRIBUTE.finditer(link["attributes"])
    }
