"""What the search knows of a page: its names, its text in passages, its facets.

A page type that is to be found has a method `build_search_document()`; the search knows no type.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, runtime_checkable

from wagtail.blocks import StreamValue

from cms.contract.bodies import (
    build_draft_body,
    iterate_block_texts,
    unreadable_critical_blocks,
)
from cms.contract.references import References, Wanted
from cms.core.base_page import BasePage
from cms.search.choices import FacetName, NameKind, PassageKind

# Long enough for a sentence and its neighbour, short enough to be shown as one fragment.
LONGEST_PASSAGE: Final = 320
# They stand or fall with a page or a picture, which may go while this page stays as it is.
_LEFT_OUT: Final = frozenset({"related_conditions", "call_to_action", "figure", "sources"})
_CRITICAL: Final = frozenset({"massage_guidance", "red_flags"})
_BREAK: Final = re.compile(r"</(?:p|li|ul|ol)>|<br ?/?>")
_TAG: Final = re.compile(r"<[^>]*>")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Name:
    """A name by which readers look for a page."""

    text: str
    kind: NameKind


@dataclass(frozen=True)
class Passage:
    """A piece of a page's text; `block_id` and `heading` are empty where it is in no block."""

    text: str
    kind: PassageKind
    block_id: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Facet:
    """A value by which results are narrowed, such as `body_system`, `nervous-system`."""

    name: FacetName
    value: str
    label: str


@dataclass(frozen=True)
class SearchDocument:
    """All that is indexed of one page. `symptoms` are texts, the most telling first.

    `cautions` are words for what needs care, such as "heat"; pages that share one are related.
    """

    title: str
    summary: str
    names: Sequence[Name]
    symptoms: Sequence[str] = ()
    passages: Sequence[Passage] = ()
    facets: Sequence[Facet] = ()
    cautions: Sequence[str] = field(default=())

    @property
    def name(self) -> str:
        """The page's own name, as results show it."""
        return next((name.text for name in self.names if name.kind == NameKind.NAME), self.title)


@runtime_checkable
class Findable(Protocol):
    """A page that the search can find."""

    def build_search_document(self) -> SearchDocument:
        """What is indexed of the page, as readers see it."""


def build_page_document(
    page: BasePage, intro: str, body: StreamValue | None = None
) -> SearchDocument:
    """What is indexed of a page about no condition: its title, an introduction and its text."""
    passages = [Passage(piece, PassageKind.TEXT) for piece in split_text(intro)]
    if body is not None:
        passages.extend(iterate_passages(body, read_body(body)))
    return SearchDocument(
        title=page.title,
        summary=page.summary,
        names=[Name(page.title, NameKind.NAME)],
        passages=passages,
    )


def read_body(body: StreamValue) -> list[dict[str, Any]]:
    """The blocks of `body` that stand by themselves, without those that readers cannot be shown."""
    hidden = {*_LEFT_OUT, *unreadable_critical_blocks(body)}
    # The form of drafts needs none of what the blocks refer to.
    blocks = build_draft_body(body, References({}, Wanted()), source="the search index")
    return [block for block in blocks if block["type"] not in hidden]


def iterate_passages(body: StreamValue, blocks: Sequence[dict[str, Any]]) -> Iterator[Passage]:
    """The text of `blocks`, which are `body` as `read_body()` gives it, in readable pieces."""
    for block in blocks:
        value = block["value"]
        heading = str(value.get("heading", ""))
        kind = PassageKind.GUIDANCE if block["type"] in _CRITICAL else PassageKind.TEXT
        if block["type"] == "symptoms":
            kind = PassageKind.SYMPTOM
        for text in iterate_block_texts(body.stream_block, block["type"], value):
            for piece in split_text(text) if text != heading else ():
                yield Passage(piece, kind, str(block["id"]), heading)


def split_text(text: str) -> Iterator[str]:
    """Plain text or clean HTML as lines of plain text of at most `LONGEST_PASSAGE` characters."""
    for paragraph in _BREAK.split(text) if "<" in text else [text]:
        plain = " ".join(html.unescape(_TAG.sub("", paragraph)).split())
        piece = ""
        for sentence in _SENTENCE.split(plain):
            if piece and len(piece) + len(sentence) >= LONGEST_PASSAGE:
                yield piece
                piece = ""
            piece = f"{piece} {sentence}".strip()
            while len(piece) > LONGEST_PASSAGE:
                head = piece[:LONGEST_PASSAGE].rpartition(" ")[0] or piece[:LONGEST_PASSAGE]
                yield head
                piece = piece[len(head) :].strip()
        if piece:
            yield piece
