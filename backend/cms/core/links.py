"""Which addresses a link may have."""

import re

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
UNSAFE_HREF = (
    "Use a full web address that starts with https://, or “tel:” with a number, "
    "or “mailto:” with an e-mail address."
)

_SAFE_HREF = re.compile(
    r"(https?://[^\s/?#]+[^\s]*|mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9().\-]+)\Z", re.IGNORECASE
)


def is_safe_href(href: str) -> bool:
    """Whether `href` is an absolute web, e-mail or telephone address without control characters."""
    return _SAFE_HREF.match(href) is not None and href.isprintable()
