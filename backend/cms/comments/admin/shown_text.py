"""The text of a comment on the screens of the admin."""

from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe

from cms.comments.reading import build_html

_TAGS: Final = {"p", "br", "a"}
_ATTRIBUTES: Final = {"a": {"href"}}


def build_moderator_html(text: str) -> SafeString:
    """The paragraphs and links that readers get; where a link leads, nobody learns of the admin."""
    html = nh3.clean(
        build_html(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return mark_safe(html)  # noqa: S308  # cleaned right above
