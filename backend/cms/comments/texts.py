"""What a name, an e-mail address and a text may be: plain text that people can read.

Control characters are taken out, since they come from copying and nobody sees them. What would
change the page around it, or cannot be read, is refused with a sentence that says what to do.
"""

import hashlib
import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cms.comments.models.comment import LONGEST_NAME, LONGEST_TEXT

MOST_LINES: Final = 300
_LONGEST_EMAIL: Final = 254
# Letters of living languages carry up to five marks at once, in pointed Hebrew for one.
_MOST_MARKS: Final = 5

_OVERRIDES: Final = re.compile("[\u202d\u202e]")
# Embeddings and isolates come along when a name is copied from an address book.
_UNSEEN: Final = re.compile("[\u202a-\u202c\u2066-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_LINE_BREAK: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_TAG: Final = re.compile(
    r"<(?:!--|[!?]\[?[a-z]|/?(?:a|abbr|applet|article|aside|audio|b|base|big|blockquote|body|br|"
    r"button|canvas|center|cite|code|dd|del|details|div|dl|dt|em|embed|fieldset|figure|font|footer|"
    r"form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|image|input|ins|label|legend|li|"
    r"link|main|map|mark|marquee|math|meta|nav|noscript|object|ol|option|p|param|picture|pre|q|s|"
    r"script|section|select|small|source|span|strike|strong|style|sub|sup|svg|table|tbody|td|"
    r"template|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video|xml)(?=[\s/>]))",
    re.IGNORECASE,
)


class TextRefusedError(Exception):
    """A text that cannot be shown; the message says what to do."""


def clean_name(raw: str) -> str:
    """A name, on one line. Raises `TextRefusedError`."""
    name = " ".join(_clean(raw, "your name").split())
    if not _has_letters(name):
        raise TextRefusedError("Please write your name. It may be a first name or a nickname.")
    if len(name) > LONGEST_NAME:
        raise TextRefusedError(f"Please write a name of at most {LONGEST_NAME} characters.")
    return name


def clean_email(raw: str) -> str:
    """An e-mail address in lower case, or "". Raises `TextRefusedError`."""
    email = _clean(raw, "your e-mail address").strip().lower()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        email = ""
    if not email or len(email) > _LONGEST_EMAIL:
        raise TextRefusedError(
            "Please write an e-mail address like name@example.com, or leave it empty."
        )
    return email


def clean_text(raw: str) -> str:
    """A text of paragraphs. Raises `TextRefusedError`."""
    text = _clean(raw, "your response")
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    text = re.sub(r"\n{3,}", "\n\n", text)
    if not _is_visible(text):
        raise TextRefusedError("Please write your response.")
    if len(text) > LONGEST_TEXT:
        raise TextRefusedError(
            f"Your response has {len(text):,} characters. "
            f"Please shorten it to {LONGEST_TEXT:,} at most."
        )
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        raise TextRefusedError(
            f"Your response has {lines:,} lines. Please shorten it to {MOST_LINES} at most."
        )
    return text


def build_text_key(text: str) -> str:
    """The same for texts that differ in case, accents, blanks and punctuation alone."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(sign for sign in folded if sign.isalnum())
    return hashlib.sha256((kept or folded).encode()).hexdigest()


def _clean(raw: str, what: str) -> str:
    # Read no more than could ever be right: what follows takes time for every character.
    if len(raw) > 4 * LONGEST_TEXT:
        raise TextRefusedError(f"Please shorten {what}: it is much too long.")
    if "\0" in raw or any("\ud800" <= sign <= "\udfff" for sign in raw):
        raise TextRefusedError(f"Please type {what} again: it contains what is no text.")
    if _OVERRIDES.search(raw):
        raise TextRefusedError(
            f"Please type {what} again without hidden characters that turn the direction of text."
        )
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", _LINE_BREAK.sub("\n", raw)))
    text = "".join(
        " " if sign == "\t" else sign for sign in text if sign in "\n\t" or not _is_control(sign)
    )
    if _TAG.search(text):
        raise TextRefusedError(f"Please write {what} without HTML tags such as <b> or <a>.")
    if _is_overloaded(text):
        raise TextRefusedError(f"Please write {what} without piled-up accents and marks.")
    return text


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc"


def _is_overloaded(text: str) -> bool:
    """Whether more marks sit on one letter than any language has."""
    row = 0
    for sign in text:
        row = row + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if row > _MOST_MARKS:
            return True
    return False


def _has_letters(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _is_visible(text: str) -> bool:
    """Whether there is anything to see: a letter, a number, punctuation, a symbol."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)
