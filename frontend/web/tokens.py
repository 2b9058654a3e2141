"""The token that opens a draft: where an address carries it, what it looks like, how logs hide it.

Whoever knows a token sees the draft, so it is in no log. Whether it is a good one is for the CMS to
say; this site only spares it what cannot be one.
"""

import re
from typing import Final

from starlette.datastructures import QueryParams
from starlette.types import Scope

PARAMETER: Final = "preview"

_ID_AND_EXPIRY: Final = r"[0-9a-f]{32}\.[0-9]{1,11}"
_FORM: Final = re.compile(rf"{_ID_AND_EXPIRY}:[A-Za-z0-9_-]{{43}}")
# Wider: a token is also hidden when it is cut short, or when its colon is encoded, even twice.
_IN_TEXT: Final = re.compile(
    r"[0-9a-f]{32}(?:\.|%(?:25)*2e)[0-9]{1,11}(?::|%(?:25)*3a)[A-Za-z0-9_-]*", re.IGNORECASE
)
_MASK: Final = "[token]"


def is_preview(scope: Scope) -> bool:
    """Whether the request asks for a draft, however wrongly."""
    return PARAMETER in _read_query(scope)


def read_token_or_none(scope: Scope) -> str | None:
    """The token of the request; None where there is none, several, or what cannot be one."""
    given = _read_query(scope).getlist(PARAMETER)
    return given[0] if len(given) == 1 and _FORM.fullmatch(given[0]) else None


def mask_tokens(text: str) -> str:
    """`text` with "[token]" in place of every token."""
    return _IN_TEXT.sub(_MASK, text)


def _read_query(scope: Scope) -> QueryParams:
    return QueryParams(scope["query_string"])
