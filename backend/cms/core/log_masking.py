"""Keeps tokens out of every log: whoever reads one could open the draft, or decide in a mail."""

import logging
import re
from typing import Final

_DOT: Final = r"(?:\.|%(?:25)*2e)"
_COLON: Final = r"(?::|%(?:25)*3a)"
# As `cms.previews.tokens` and `cms.comments.mail.tokens` write them, and as browsers and proxies
# escape them, also twice.
_TOKEN: Final = re.compile(
    rf"(?:[0-9a-f]{{32}}|[0-9]{{1,18}}{_DOT}[a-z]{{2,9}}){_DOT}[0-9]{{1,11}}{_COLON}[A-Za-z0-9_-]*",
    re.IGNORECASE,
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
