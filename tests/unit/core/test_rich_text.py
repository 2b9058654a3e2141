"""Rich text is clean when it is saved and again when it is served."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.rich_text import expand_rich_text, iterate_page_links, sanitise_rich_text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red" class="y">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="JaVaScRiPt&colon;alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ("<p><b>unclosed", "<p><b>unclosed</b></p>"),
        ("<h1>a</h1><img src=x onerror=y><iframe></iframe>", "a"),
        ("<svg><p><style><img src=x></style>", ""),
        ('<a linktype="page" id="3">a</a>', '<a linktype="page" id="3">a</a>'),
    ],
)
def test_sanitise__anything_that_could_run__is_gone(dirty: str, clean: str) -> None:
    assert sanitise_rich_text(dirty).replace("<p></p>", "") == clean


def test_expand__links_to_pages__point_at_the_site_or_lose_the_link() -> None:
    stored = '<p><a linktype="page" id="3">seen</a> <a linktype="page" id="4">hidden</a></p>'
    served = expand_rich_text(stored, {3: "https://example.org/a/"}.get)
    assert served == '<p><a href="https://example.org/a/">seen</a> hidden</p>'


def test_expand__stored_text_that_was_never_cleaned__comes_out_clean() -> None:
    stored = '<p onmouseover="x()"><a href="vbscript:x">a</a><a href="https://e.org/?a=1&b=2">b</a>'
    served = expand_rich_text(stored, lambda _page_id: None)
    assert served == '<p>a<a href="https://e.org/?a=1&amp;b=2">b</a></p>'


def test_expand__a_relative_or_odd_link_type__loses_the_link() -> None:
    stored = '<a linktype="document" id="1">a</a><a linktype="page" id="x">b</a>'
    assert expand_rich_text(stored, lambda _page_id: "https://e.org/") == "ab"


def test_page_links__of_stored_text__are_found_in_order() -> None:
    stored = (
        '<a linktype="page" id="9">a</a><a href="https://e.org">b</a>'
        '<a id="3" linktype="page">c</a>'
    )
    assert list(iterate_page_links(stored)) == [9, 3]


@given(st.text())
def test_expand__any_text__leaves_no_script_and_no_handler(text: str) -> None:
    served = expand_rich_text(f"<p>{text}</p>", lambda _page_id: None).lower()
    assert "<script" not in served
    assert "<img" not in served
    assert " on" not in served.partition("<a ")[2].partition(">")[0]
