"""The form in which a reader leaves a comment, with what is in it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

from web.api.comment_forms import build_key, is_path_of_site
from web.api.models import CommentForm, CommentSubmission

# The names of its fields. The last one is not seen by people: programs fill it in.
FIELD_NAMES: Final = (
    *("name", "email", "text", "reply_to", "reply_name", "page_title", "page_path"),
    *("form_token", "idempotency_key", "uses_akismet", "topic_again"),
)
_LONGEST_ID: Final = 18
SHOWN_FIELDS: Final = ("name", "email", "text")


@dataclass(frozen=True)
class FilledForm:
    """The form with what is in it. All of it comes back with the form: nothing is kept here."""

    page_id: int
    page_title: str
    page_path: str
    form_token: str
    idempotency_key: str
    uses_akismet: bool
    reply_to: int | None = None
    reply_name: str = ""
    name: str = ""
    email: str = ""
    text: str = ""
    honeypot: str = ""

    @classmethod
    def begin(cls, page_id: int, form: CommentForm) -> Self:
        """An empty form, with a key of its own."""
        return cls(
            page_id=page_id,
            page_title=form.page_title,
            page_path=form.page_path,
            form_token=form.token,
            idempotency_key=build_key(),
            uses_akismet=form.uses_akismet,
            reply_to=form.reply_to.id if form.reply_to else None,
            reply_name=form.reply_to.name if form.reply_to else "",
        )

    @classmethod
    def read_or_none(cls, page_id: int, fields: Mapping[str, str]) -> Self | None:
        """The form that was sent, by `FIELD_NAMES`; None where its hidden part is not ours."""
        reply_to = fields["reply_to"]
        if reply_to and parse_id_or_none(reply_to) is None:
            return None
        if not is_path_of_site(fields["page_path"]):
            return None
        return cls(
            page_id=page_id,
            page_title=_clean(fields["page_title"]),
            page_path=fields["page_path"],
            form_token=_clean(fields["form_token"]),
            idempotency_key=_clean(fields["idempotency_key"]),
            uses_akismet=bool(fields["uses_akismet"]),
            reply_to=parse_id_or_none(reply_to),
            reply_name=_clean(fields["reply_name"]),
            name=fields["name"],
            email=fields["email"],
            # As browsers send it, every line break is two characters.
            text=fields["text"].replace("\r\n", "\n"),
            honeypot=fields["topic_again"],
        )

    @property
    def submission(self) -> CommentSubmission:
        """What the CMS is sent of it."""
        return CommentSubmission(
            name=self.name,
            email=self.email,
            text=self.text,
            reply_to=self.reply_to,
            idempotency_key=self.idempotency_key,
            form_token=self.form_token,
            honeypot=self.honeypot,
        )

    @property
    def back_href(self) -> str:
        """Where the reader came from."""
        return f"{self.page_path}#{f'response-{self.reply_to}' if self.reply_to else 'responses'}"

    @property
    def shown_values(self) -> dict[str, str]:
        """What the reader typed, without what HTML cannot hold."""
        return {name: _clean(getattr(self, name)) for name in SHOWN_FIELDS}

    def without_reply(self) -> Self:
        """The same as a comment of its own."""
        return replace(self, reply_to=None, reply_name="")


def parse_id_or_none(text: str) -> int | None:
    """The id that `text` writes; None for anything that is none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID
    return (int(text) or None) if is_number else None


def _clean(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
