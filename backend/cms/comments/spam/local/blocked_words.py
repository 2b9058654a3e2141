"""The moderator's own list of words and phrases."""

from cms.comments.spam.local.words import fold
from cms.comments.spam.message import Message, Reason

CODE = "blocked_word"


def check(message: Message) -> Reason | None:
    """Whole words of the list in the name, e-mail address or text, however they are written."""
    # Blanks around every word, so that a part of one is not found.
    said = " ".join(
        ["", *fold(message.name), "", *fold(message.email), "", *fold(message.text), ""]
    )
    found = [phrase for phrase in message.blocked_words if _is_in(phrase, said)]
    if not found:
        return None
    named = ", ".join(f"“{phrase}”" for phrase in found[:3])
    return Reason(CODE, f"Has what your list of words marks as spam: {named}", 10)


def _is_in(phrase: str, said: str) -> bool:
    words = fold(phrase)
    return bool(words) and f" {' '.join(words)} " in said
