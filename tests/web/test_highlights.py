"""Marks in a text: the text itself is always whole, and nothing in it is markup."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.api.models import TextRange
from web.rendering.highlights import highlight


def mark(text: str, *ranges: tuple[int, int]) -> str:
    return str(highlight(text, [TextRange(start=start, end=end) for start, end in ranges]))


@pytest.mark.parametrize(
    ("text", "ranges", "expected"),
    [
        ("tremor", [], "tremor"),
        ("tremor", [(0, 6)], "<mark>tremor</mark>"),
        ("a tremor b", [(2, 8)], "a <mark>tremor</mark> b"),
        ("a b c", [(4, 5), (0, 1)], "<mark>a</mark> b <mark>c</mark>"),
        ("abcdef", [(0, 3), (2, 5)], "<mark>abcde</mark>f"),
        ("abcdef", [(0, 5), (1, 2)], "<mark>abcde</mark>f"),
        ("abcdef", [(1, 3), (3, 4)], "a<mark>bcd</mark>ef"),
        ("abc", [(2, 99)], "ab<mark>c</mark>"),
        ("abc", [(-4, 1)], "<mark>a</mark>bc"),
        ("abc", [(3, 3), (2, 1), (7, 9), (-3, -1)], "abc"),
        ("", [(0, 1)], ""),
        # One character each, though browsers count two or more.
        ("🌸 tremor", [(2, 8)], "🌸 <mark>tremor</mark>"),
        ("a 👩🏽‍⚕️ b", [(2, 6)], "a <mark>👩🏽‍⚕</mark>️ b"),
        ("ألم شديد", [(0, 3)], "<mark>ألم</mark> شديد"),
        ("<b> & co", [(0, 3)], "<mark>&lt;b&gt;</mark> &amp; co"),
    ],
)
def test_highlight__ranges__are_marked(
    text: str, ranges: list[tuple[int, int]], expected: str
) -> None:
    assert mark(text, *ranges) == expected


@given(st.text(), st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30))))
def test_highlight__anything__keeps_the_text_whole(
    text: str, ranges: list[tuple[int, int]]
) -> None:
    marked = mark(text, *ranges)
    assert html.unescape(re.sub("</?mark>", "", marked)) == html.unescape(html.escape(text))
    assert re.findall("</?mark>", marked) == ["<mark>", "</mark>"] * marked.count("<mark>")
    assert "<mark></mark>" not in marked
