import pytest

from cms.images.specs import build_specs, get_original_mime_type


def widths(original_width: int) -> list[int]:
    return [spec.width for spec in build_specs(original_width, "a.jpg") if spec.format == "avif"]


@pytest.mark.parametrize(
    ("original_width", "expected"),
    [
        (1, [400]),
        (400, [400]),
        (401, [400, 800]),
        (1000, [400, 800, 1200]),
        (1600, [400, 800, 1200, 1600]),
        (9000, [400, 800, 1200, 1600]),
    ],
)
def test_specs__any_original__go_up_to_its_own_width(
    original_width: int, expected: list[int]
) -> None:
    assert widths(original_width) == expected


@pytest.mark.parametrize(
    ("name", "fallback"),
    [
        ("a.JPG", "jpeg"),
        ("a.jpeg", "jpeg"),
        ("a.png", "png"),
        ("a.gif", "png"),
        ("a.webp", "jpeg"),
        ("a.avif", "jpeg"),
    ],
)
def test_specs__original_of_any_kind__end_with_what_every_browser_knows(
    name: str, fallback: str
) -> None:
    formats = [spec.format for spec in build_specs(300, name)]

    assert formats == ["avif", "webp", fallback]
    assert get_original_mime_type(name).startswith("image/")
