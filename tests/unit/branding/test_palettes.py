import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cms.branding.colors import Color
from cms.branding.palettes import (
    SYMBOL_CONTRAST,
    TEXT_CONTRAST,
    Palette,
    build_dark_palette,
    find_color_problems,
)

colors = st.builds(Color, *[st.integers(0, 255)] * 3)
# Grey 95 on grey 220 has 4.6:1, so that nearly every palette drawn from these is accepted.
light_colors = st.builds(Color, *[st.integers(215, 255)] * 3)
dark_colors = st.builds(Color, *[st.integers(0, 100)] * 3)


def build_palette(
    primary: str = "#1f5a58",
    accent: str = "#a8502f",
    background: str = "#ffffff",
    text: str = "#222222",
) -> Palette:
    return Palette(*(Color.from_hex(color) for color in (primary, accent, background, text)))


def messages(palette: Palette) -> dict[str, str]:
    return {problem.color: problem.message for problem in find_color_problems(palette)}


def test_palette__readable__has_no_problem() -> None:
    assert messages(build_palette()) == {}


def test_palette__pale_text__is_refused_with_the_ratio_and_a_suggestion() -> None:
    message = messages(build_palette(text="#aaaaaa"))["text"]

    assert message.startswith(
        "The text colour on the background has a contrast of 2.32:1; at least 4.5:1 is needed. "
        "Try a darker text colour, such as #"
    )
    suggestion = message.removesuffix(".").rpartition(" ")[2]
    assert messages(build_palette(text=suggestion)) == {}


def test_palette__just_below_the_limit__is_not_shown_as_the_limit() -> None:
    message = messages(build_palette(text="#777777"))["text"]

    assert "4.47:1; at least 4.5:1" in message


def test_palette__pale_links__are_refused() -> None:
    assert "links" in messages(build_palette(primary="#88bbbb"))["primary"]


@pytest.mark.parametrize(("accent", "refused"), [("#949494", False), ("#959595", True)])
def test_palette__accent__needs_three_to_one(accent: str, refused: bool) -> None:
    assert ("accent" in messages(build_palette(accent=accent))) is refused


def test_palette__light_text_on_dark__is_refused_as_dark_mode_comes_by_itself() -> None:
    problems = messages(build_palette(background="#111111", text="#eeeeee"))

    assert list(problems) == ["background"]
    assert "lighter than the text" in problems["background"]


def test_palette__background_too_dark_for_any_text__asks_for_a_lighter_one() -> None:
    problems = messages(build_palette(background="#606060", text="#000000"))

    assert problems["text"].endswith("Try a lighter background.")


@given(dark_colors, dark_colors, light_colors, dark_colors)
def test_dark_palette__of_every_accepted_light_one__is_readable(
    primary: Color, accent: Color, background: Color, text: Color
) -> None:
    light = Palette(primary, accent, background, text)
    assume(not find_color_problems(light))
    dark = build_dark_palette(light)

    assert dark.text.contrast(dark.background) >= TEXT_CONTRAST
    assert dark.primary.contrast(dark.background) >= TEXT_CONTRAST
    assert dark.accent.contrast(dark.background) >= SYMBOL_CONTRAST
    assert dark.background.luminance() < dark.text.luminance()


@given(colors, colors, colors, colors)
def test_dark_palette__of_any_colours__is_dark_and_readable(
    primary: Color, accent: Color, background: Color, text: Color
) -> None:
    dark = build_dark_palette(Palette(primary, accent, background, text))

    assert dark.background.luminance() < 0.02
    assert (
        min(color.contrast(dark.background) for color in (dark.text, dark.primary, dark.accent))
        >= 7
    )
