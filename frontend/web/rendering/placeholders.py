"""What stands in a draft for what is not there yet. On a live page it is nothing at all."""

import re
from typing import Any, Final

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from web.rendering.text import format_rich_text

NOT_FILLED_IN: Final = "not filled in yet"
NOT_CHOSEN: Final = "not chosen yet"

_TAG: Final = re.compile(r"<[^>]*>")
_NO_BREAK_SPACE: Final = "&nbsp;"


@pass_context
def missing(context: Context, label: str, state: str = NOT_FILLED_IN) -> Markup:
    """The place of something that a page needs, by its label: "Symptom: not filled in yet"."""
    if not _is_draft(context):
        return Markup()
    return Markup('<span class="missing"><span class="missing__label">{}:</span> {}</span>').format(
        label, state
    )


@pass_context
def not_chosen(context: Context, label: str) -> Markup:
    """The place of a choice that a page needs: "Massage or not: not chosen yet"."""
    placeholder: Markup = missing(context, label, NOT_CHOSEN)
    return placeholder


@pass_context
def nothing_yet(context: Context, words: str, tag: str = "p") -> Markup:
    """The place of a list that a page needs: "No symptoms yet"."""
    if not _is_draft(context):
        return Markup()
    return Markup('<{0} class="missing missing--list">{1}</{0}>').format(tag, words)


@pass_context
def rich_text(context: Context, html: str) -> Markup:
    """Rich text as it is; in a draft, an editor's empty paragraphs count as nothing."""
    if _is_draft(context) and not _TAG.sub("", html.replace(_NO_BREAK_SPACE, "")).strip():
        return Markup()
    return format_rich_text(html)


def _is_draft(context: Context) -> bool:
    found: Any = context.get("is_draft")
    return found is True
