"""What an editor may save: pure functions that return sentences, none when all is well."""

import re
from typing import Final

from cms.branding.choices import BadgeKind
from cms.core.links import UNSAFE_HREF, is_safe_href

Problems = dict[str, list[str]]

_PHONE: Final = re.compile(r"\+?[0-9 ().\-]+\Z")
_FEWEST_DIGITS: Final = 7

NOT_A_PHONE: Final = "Write a telephone number with digits, such as (816) 555-0100."
NOT_A_WEB_ADDRESS: Final = "Use a full web address that starts with https://."
BADGE_NEEDS_IMAGE: Final = "Choose the picture to show, or choose one of the flags."
BADGE_NEEDS_LABEL: Final = (
    "Write what the badge says to readers who cannot see it, such as “Transgender Ally Flag”."
)
NEEDS_TARGET: Final = "Choose a page, or write an address."
HAS_TWO_TARGETS: Final = "Choose a page or write an address, not both."
NEEDS_LABEL: Final = "Write the words of the link."


def is_web_address(href: str) -> bool:
    """Whether `href` is a full web address that a link may have."""
    return href.lower().startswith(("https://", "http://")) and is_safe_href(href)


def find_badge_problems(*, kind: str, label: str, has_image: bool) -> Problems:
    """Why the badge cannot be shown so, by field. `kind` is empty for no badge."""
    problems: Problems = {}
    if kind == BadgeKind.OWN_IMAGE and not has_image:
        problems["badge_image"] = [BADGE_NEEDS_IMAGE]
    if kind and not label.strip():
        problems["badge_label"] = [BADGE_NEEDS_LABEL]
    return problems


def find_contact_problems(*, phone: str, booking_url: str) -> Problems:
    """Why readers could not use these, by field. Both may be empty."""
    problems: Problems = {}
    digits = sum(character.isdigit() for character in phone)
    if phone and (_PHONE.match(phone) is None or digits < _FEWEST_DIGITS):
        problems["phone"] = [NOT_A_PHONE]
    if booking_url and not is_web_address(booking_url):
        problems["booking_url"] = [NOT_A_WEB_ADDRESS]
    return problems


def find_menu_item_problems(*, label: str, has_page: bool, address: str) -> Problems:
    """Why a menu entry cannot be shown so, by field. A page lends its title for a label."""
    problems: Problems = {}
    if has_page and address:
        problems["address"] = [HAS_TWO_TARGETS]
    elif not has_page and not address:
        problems["page"] = [NEEDS_TARGET]
    elif address and not is_safe_href(address):
        problems["address"] = [UNSAFE_HREF]
    if address and not label.strip():
        problems["label"] = [NEEDS_LABEL]
    return problems
