"""The field that people do not see: programs fill in every field there is."""

from cms.comments.spam.message import Message, Reason

CODE = "honeypot"


def check(message: Message) -> Reason | None:
    """A filled field; less where a browser may have filled it with what it knows of the reader."""
    content = message.honeypot.strip().casefold()
    if not content:
        return None
    if content in {message.name.strip().casefold(), message.email.strip().casefold()}:
        text = "The hidden field holds the name or e-mail again, as some browsers fill it in"
        return Reason(CODE, text, 4)
    return Reason(CODE, "Filled in the hidden field that only programs see", 12)
