"""Which letters of a text the reader has typed."""

from collections.abc import Iterable
from itertools import chain, pairwise

from web.api.models import TextRange


def split_at_ranges(text: str, ranges: Iterable[TextRange]) -> list[str]:
    """The pieces of `text`, in order: the first is not marked, the second is, and so on.

    `ranges` count Unicode characters, as Python does. They may touch, overlap, be out of order or
    reach beyond the text. Joined, the pieces are `text`; the first and the last may be "".
    """
    merged: list[tuple[int, int]] = []
    for found in sorted(ranges, key=lambda each: each.start):
        start, end = max(found.start, 0), min(found.end, len(text))
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            start, before_end = merged.pop()
            end = max(end, before_end)
        merged.append((start, end))
    return [text[start:end] for start, end in pairwise([0, *chain(*merged), len(text)])]
