"""Texts with what a reader looked for marked in them."""

from collections.abc import Iterable

from markupsafe import Markup

from web.api.models import TextRange
from web.rendering.marks import split_at_ranges


def highlight(text: str, ranges: Iterable[TextRange]) -> Markup:
    """Plain `text` as HTML, with the parts that `ranges` name in `<mark>`.

    Ranges count Unicode characters; those that overlap or touch make one mark, and what is not
    within the text marks nothing.
    """
    marked = Markup("<mark>{}</mark>")
    pieces = enumerate(split_at_ranges(text, ranges))
    return Markup().join(marked.format(piece) if odd % 2 else piece for odd, piece in pieces)
