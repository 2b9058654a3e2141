"""Text takes no time to clean, to link and to show, whatever it is."""

import contextlib
import time
from collections.abc import Callable

import pytest

from cms.comments.models.comment import LONGEST_TEXT
from cms.comments.reading import build_html
from cms.comments.texts import TextRefusedError, build_text_key, clean_name, clean_text

# Thousands of times what any of it takes on a slow machine, and a fraction of what a bad pattern
# takes.
_SECONDS = 2.0
_HARD = (
    "<",
    "<a",
    "<!",
    "http://",
    "www.",
    "a@",
    "(",
    "&",
    "&amp;",
    ".",
    "https://a.b/?",
    "a.com/",
    "\n",
    " \n",
    "\u0301",
    "😀",
    "x" * 100 + ".com ",
    "[](",
    "'\"",
)


@pytest.mark.parametrize("part", _HARD)
def test_10_000_signs__of_any_kind__are_read_and_shown_soon(part: str) -> None:
    text = (part * LONGEST_TEXT)[:LONGEST_TEXT]
    started = time.perf_counter()

    with contextlib.suppress(TextRefusedError):
        clean_text(text)
    build_html(text)
    build_text_key(text)

    assert time.perf_counter() - started < _SECONDS


@pytest.mark.parametrize("clean", [clean_text, clean_name])
def test_far_too_long__is_refused_before_it_is_looked_at(clean: Callable[[str], str]) -> None:
    with pytest.raises(TextRefusedError, match="too long"):
        clean("x" * 60_000)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\n\n\nTwo", "<p>One</p><p>Two</p>"),
        ("a\nb", "<p>a<br>b</p>"),
        ('"><svg onload=alert(1)>', "<p>&quot;&gt;&lt;svg onload=alert(1)&gt;</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        (
            'https://a.example/"onmouseover="x',
            '<p><a href="https://a.example/" rel="nofollow ugc noopener">https://a.example/</a>'
            "&quot;onmouseover=&quot;x</p>",
        ),
        (
            "www.a.example",
            '<p><a href="http://www.a.example" rel="nofollow ugc noopener">www.a.example</a></p>',
        ),
    ],
)
def test_html__is_paragraphs_and_safe_links(text: str, html: str) -> None:
    assert build_html(text) == html


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Buy now!", "buy NOW", True),
        ("Café", "cafe", True),
        ("\uff22\uff55\uff59", "buy", True),
        ("a b", "ab", True),
        ("one", "two", False),
        ("👍", "👎", False),
        ("...", "!!!", False),
    ],
)
def test_text_key__is_of_what_is_said(one: str, other: str, is_same: bool) -> None:
    assert (build_text_key(one) == build_text_key(other)) == is_same


def test_clean_text__keeps_what_was_written_but_for_blanks_at_ends_and_empty_lines() -> None:
    assert clean_text("\n\n  One \r\n\r\n\r\n\tTwo  \n") == "  One\n\n Two"


def test_clean_name__is_on_one_line() -> None:
    assert clean_name("  Ann\r\n  Smith ") == "Ann Smith"
