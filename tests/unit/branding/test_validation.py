import pytest

from cms.branding.validation import (
    BADGE_NEEDS_IMAGE,
    HAS_TWO_TARGETS,
    NEEDS_LABEL,
    NEEDS_TARGET,
    find_badge_problems,
    find_contact_problems,
    find_menu_item_problems,
)
from cms.core.links import UNSAFE_HREF


def test_badge__own_image_without_image__is_refused() -> None:
    problems = find_badge_problems(kind="own_image", label="Ally", has_image=False)

    assert problems == {"badge_image": [BADGE_NEEDS_IMAGE]}


@pytest.mark.parametrize("kind", ["transgender_flag", "transgender_ally_flag", "progress_flag"])
def test_badge__flag__needs_a_label_and_nothing_else(kind: str) -> None:
    assert find_badge_problems(kind=kind, label="Ally", has_image=False) == {}
    assert list(find_badge_problems(kind=kind, label=" ", has_image=False)) == ["badge_label"]


def test_badge__off__needs_nothing() -> None:
    assert find_badge_problems(kind="", label="", has_image=False) == {}


@pytest.mark.parametrize(
    ("phone", "accepted"),
    [
        ("", True),
        ("(816) 555-0100", True),
        ("+1 816.555.0100", True),
        ("call me", False),
        ("123", False),
        ("8165550100\n", False),
    ],
)
def test_contact__phone__has_digits(phone: str, accepted: bool) -> None:
    assert (find_contact_problems(phone=phone, booking_url="") == {}) is accepted


@pytest.mark.parametrize(
    ("booking_url", "accepted"),
    [
        ("", True),
        ("https://book.example/aaron?x=1", True),
        ("javascript:alert(1)", False),
        ("book.example", False),
        ("mailto:a@example.org", False),
        ("https://", False),
    ],
)
def test_contact__booking_page__is_a_web_address(booking_url: str, accepted: bool) -> None:
    assert (find_contact_problems(phone="", booking_url=booking_url) == {}) is accepted


@pytest.mark.parametrize(
    ("label", "has_page", "address", "problems"),
    [
        ("", True, "", {}),
        ("Read", True, "", {}),
        ("Call", False, "tel:+18165550100", {}),
        ("Read", False, "", {"page": [NEEDS_TARGET]}),
        ("Read", True, "https://a.example", {"address": [HAS_TWO_TARGETS]}),
        ("", False, "https://a.example", {"label": [NEEDS_LABEL]}),
        ("Go", False, "javascript:alert(1)", {"address": [UNSAFE_HREF]}),
        ("Go", False, "//evil.example", {"address": [UNSAFE_HREF]}),
        ("Go", False, "data:text/html,x", {"address": [UNSAFE_HREF]}),
    ],
)
def test_menu_item__leads_to_one_safe_place(
    label: str, has_page: bool, address: str, problems: dict[str, list[str]]
) -> None:
    assert find_menu_item_problems(label=label, has_page=has_page, address=address) == problems
