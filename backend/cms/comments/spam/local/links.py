"""How many links there are, and how much of the text they make up."""

from typing import Final

from cms.comments.spam.local.addresses import find_foreign_links
from cms.comments.spam.local.ways_out import take_out_links
from cms.comments.spam.message import Message, Reason

CODE = "links"
# One link, to a doctor or to what somebody wrote, is no more than a hint.
_STEPS: Final = ((6, 10), (4, 9), (3, 7), (2, 6), (1, 4))
_MOST_OF_IT: Final = 0.7


def check(message: Message) -> Reason | None:
    """Links; those to studies, authorities, health services and the site itself do not count."""
    links = find_foreign_links(message.text, message.page_url)
    if not links:
        return None
    # Two addresses of one site lead to one place.
    places = max(len({link.host for link in links}), len(links) // 2)
    weight = next(weight for least, weight in _STEPS if places >= least)
    count = "1 link" if len(links) == 1 else f"{len(links)} links"
    if not any(sign.isalnum() for sign in take_out_links(message)):
        return Reason(CODE, f"Is nothing but {count}", weight + 5)
    if sum(len(link.text) for link in links) > len(message.text.strip()) * _MOST_OF_IT:
        return Reason(CODE, f"Is little more than {count}", weight + 3)
    return Reason(CODE, f"Has {count}", weight)
