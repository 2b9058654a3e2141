import pytest

from cms.branding.colors import BLACK, WHITE, Color


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # Pairs whose ratios WCAG's own documents and its reference tools give.
        ("#ffffff", "#000000", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast__known_pairs__have_the_published_ratio(
    one: str, other: str, ratio: float
) -> None:
    assert Color.from_hex(one).contrast(Color.from_hex(other)) == pytest.approx(ratio, abs=0.005)
    assert Color.from_hex(other).contrast(Color.from_hex(one)) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "#123456\n", "123456"])
def test_color__not_six_digits__is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        Color.from_hex(text)


def test_color__written__is_lower_case() -> None:
    assert str(Color.from_hex("#ABCDEF")) == "#abcdef"


def test_mix__half_of_black_and_white__is_grey() -> None:
    assert BLACK.mix(WHITE, 0.5) == Color(128, 128, 128)


def test_move_until_readable__out_of_reach__is_the_goal() -> None:
    assert WHITE.move_until_readable(Color(200, 200, 200), WHITE, 4.5) == Color(200, 200, 200)
