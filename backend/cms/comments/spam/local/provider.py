"""Our own checks: each gives points for what it notices, and the sum decides."""

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cms.comments.choices import Verdict
from cms.comments.spam.local import (
    blocked_words,
    contacts,
    disguised_words,
    duplicates,
    foreign_script,
    form_time,
    honeypot,
    link_hosts,
    link_markup,
    links,
    name_shape,
    off_topic,
    page_rate,
    selling_words,
    sender_program,
    sender_rate,
    stock_phrases,
    text_shape,
)
from cms.comments.spam.message import Finding, Message, Reason

logger = logging.getLogger(__name__)

Check = Callable[[Message], Reason | None]

CHECKS: Final[tuple[Check, ...]] = (
    honeypot.check,
    form_time.check,
    sender_program.check,
    sender_rate.check,
    page_rate.check,
    duplicates.check,
    blocked_words.check,
    name_shape.check,
    links.check,
    link_hosts.check,
    link_markup.check,
    contacts.check,
    stock_phrases.check,
    selling_words.check,
    disguised_words.check,
    foreign_script.check,
    off_topic.check,
    text_shape.check,
)

# What readers give now and then stays below it: one link or a hurried form is 2 to 6 points. What
# spam alone does (forum code, an address for a name), and the moderator's own words, reach it at
# once. With a point less, three times as many real responses were taken for spam.
SPAM_FROM: Final = 9
# Nearly three times as much. Hardly anybody looks into the bin, so words alone never lead there:
# there has to be a sign of a program as well.
DISCARD_FROM: Final = 25
SIGNS_OF_A_PROGRAM: Final = frozenset(
    {"honeypot", "form_time", "sender_program", "sender_rate", "duplicate"}
)


class LocalProvider:
    """The checks that need nobody else."""

    name = "local"

    def check(self, message: Message) -> Finding:
        """The verdict of the sum, and every reason that counted."""
        reasons = tuple(_find_reasons(message, CHECKS))
        if any(reason.code == "failed" for reason in reasons):
            return Finding(self.name, Verdict.UNKNOWN, reasons)
        return Finding(self.name, decide(reasons), reasons)

    def report(self, message: Message, *, is_spam: bool) -> bool:
        """Nothing to do: these checks do not learn."""
        return True


def decide(reasons: Iterable[Reason]) -> Verdict:
    """The verdict that follows from the reasons."""
    counted = list(reasons)
    points = sum(reason.weight for reason in counted)
    if points < SPAM_FROM:
        return Verdict.HAM
    is_program = any(reason.code in SIGNS_OF_A_PROGRAM for reason in counted)
    return Verdict.DISCARD if points >= DISCARD_FROM and is_program else Verdict.SPAM


def _find_reasons(message: Message, checks: Iterable[Check]) -> Iterator[Reason]:
    for check in checks:
        try:
            reason = check(message)
        except Exception as error:
            # What was raised may quote the comment, so neither it nor its trace is logged whole.
            place = traceback.extract_tb(error.__traceback__)[-1]
            kind = type(error).__name__
            logger.error("A spam check failed: %s, %s:%s", kind, place.filename, place.lineno)
            reason = Reason("failed", "A part of the spam check failed; the log says which.", 0)
        if reason is not None:
            yield reason
