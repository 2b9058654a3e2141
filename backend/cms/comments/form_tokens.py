"""The time stamp of a form: when it was opened, and for which page, signed.

A comment that comes within seconds, or a day later, is likely to come from a program. The stamp is
one of the things that the spam check looks at; a comment without one is taken all the same.
"""

import datetime
from typing import Final

from django.core import signing

_SALT: Final = "cms.comments.form"
LONGEST_TOKEN: Final = 200


def build_form_token(page_id: int, opened_at: datetime.datetime) -> str:
    """The stamp of a form that is opened at that moment."""
    return signing.Signer(salt=_SALT).sign(f"{page_id}.{int(opened_at.timestamp())}")


def read_opening_time_or_none(token: str, page_id: int) -> datetime.datetime | None:
    """When the form was opened; None where the stamp is none of ours, or another page's."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        said = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    stamped_page, _dot, seconds = said.partition(".")
    if stamped_page != str(page_id):
        return None
    return datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
