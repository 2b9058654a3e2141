"""Keeps the tokens of drafts out of every log: whoever reads one could open the draft."""

import logging
import re
from typing import Final

# As `cms.previews.tokens` writes them, and as browsers and proxies escape them, also twice.
_TOKEN: Final = re.compile(
    r"[0-9a-f]{32}(?:\.|%(?:25)*2e)[0-9]{1,11}(?::|%(?:25)*3a)[A-Za-z0-9_-]*", re.IGNORECASE
)
MASK: Final = "[token]"


def mask_tokens(text: str) -> str:
    """`text` with the mask in place of each token."""
    return _TOKEN.sub(MASK, text)


class MaskingFormatter(logging.Formatter):
    """Formats a record, its traceback included, without the tokens in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or lines, to write."""
        return mask_tokens(super().format(record))
