"""The content of a page by Django templates, in the site's own frame and style."""

from functools import cache
from typing import Final

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from bench.wagtail_own.site_files import FRAME
from cms.blocks.base import ContentBlock
from cms.blocks.faq import QuestionBlock
from cms.conditions.models import ConditionPage

_TEMPLATES: Final[tuple[tuple[type[blocks.Block], str], ...]] = (
    (ContentBlock, "content"),
    (QuestionBlock, "question"),
    (ImageBlock, "picture"),
    (blocks.StructBlock, "struct"),
    (blocks.MultipleChoiceBlock, "choices"),
    (blocks.PageChooserBlock, "page_card"),
)


def give_templates() -> None:
    """Every block of a condition page gets a template for its kind; ours are headless."""
    _give_template(ConditionPage._meta.get_field("body").stream_block)


def _give_template(block: blocks.Block) -> None:
    for kind, template in _TEMPLATES:
        if isinstance(block, kind):
            block.meta.template = f"wagtail_own/{template}.html"
            break
    children = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, blocks.ListBlock):
        children = [block.child_block]
    for child in children:
        _give_template(child)


def draw_preview(draft: Model, request: HttpRequest) -> HttpResponse:
    """The page, from the same process that holds it."""
    top, bottom, end = _read_frame()
    context = {"page": draft, "top": top, "bottom": bottom, "end": end}
    return TemplateResponse(request, "wagtail_own/page.html", context)


@cache
def _read_frame() -> tuple[str, str, str]:
    """The site's HTML before the main part of a page, after it, and after the user bar."""
    top, bottom, end = FRAME.read_text("utf-8").split("<!-- cut -->")
    return mark_safe(top), mark_safe(bottom), mark_safe(end)  # noqa: S308 - the site's own
