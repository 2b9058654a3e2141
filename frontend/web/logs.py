"""What the site logs: everything but the tokens that open drafts.

A token may be in a message, in what was put into one, or in a traceback, of this site or of a
library (the server's access log, the HTTP client's errors). So it is hidden where all of these
pass: in the handlers.
"""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Final

from web.tokens import mask_tokens

_ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class TokenFilter(logging.Filter):
    """Hides the tokens in a record. It lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Hide the tokens in everything that a formatter may write."""
        record.msg = _mask(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_mask(value) for value in record.args)
        elif isinstance(record.args, dict):
            record.args = {name: _mask(value) for name, value in record.args.items()}
        if record.exc_info and not record.exc_text:
            # A formatter takes the text that it finds here instead of writing its own.
            record.exc_text = _write_traceback(record.exc_info)
        if record.exc_text:
            record.exc_text = mask_tokens(record.exc_text)
        if record.stack_info:
            record.stack_info = mask_tokens(record.stack_info)
        return True


_TOKEN_FILTER: Final = TokenFilter()


def hide_tokens() -> None:
    """Let no handler that there is now write a token. May be called again when there are more."""
    for handler in _iterate_handlers():
        handler.addFilter(_TOKEN_FILTER)


def _iterate_handlers() -> Iterator[logging.Handler]:
    if logging.lastResort is not None:
        yield logging.lastResort
    yield from logging.root.handlers
    for logger in [*logging.root.manager.loggerDict.values()]:
        if isinstance(logger, logging.Logger):
            yield from logger.handlers


def _mask(value: Any) -> Any:
    """`value`, or its words where a token is among them."""
    if value is None or isinstance(value, int | float):
        return value
    for words in (str(value), repr(value)):
        masked = mask_tokens(words)
        if masked != words:
            return masked
    return value


def _write_traceback(found: _ExceptionInfo) -> str:
    return "".join(traceback.format_exception(*found)).rstrip("\n")
