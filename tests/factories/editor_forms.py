"""What a browser sends when an editor saves a page."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

PAGE_FIELDS = ("title", "slug", "seo_title", "summary")


def build_editor_data(page: Page, **changes: Any) -> dict[str, Any]:
    """The fields of the editor of a condition page, filled with what `page` holds."""
    data = {name: getattr(page, name) for name in PAGE_FIELDS}
    data |= {
        "condition_name": page.condition_name,
        "hero_image": page.hero_image_id or "",
        "icd10_code": page.icd10_code,
        "author": page.author_id or "",
        "reviewed_by": page.reviewed_by_id or "",
        "review_due": page.review_due or "",
        "comments_mode": page.comments_mode,
        "comments_close_after_days": page.comments_close_after_days or "",
        "go_live_at": "",
        "expire_at": "",
        "also_known_as": inline_formset([]),
        "explore_choices": inline_formset([]),
        "body": build_stream_data(page.body),
    }
    if page.is_demo:
        data["is_demo"] = "on"
    form: dict[str, Any] = nested_form_data({**data, **changes})
    return form


def build_stream_data(stream: blocks.StreamValue) -> dict[str, Any]:
    """The fields of a body."""
    rows = {
        str(index): {
            "type": child.block_type,
            "id": child.id or "",
            "order": str(index),
            "deleted": "",
            "value": _build_value(child.block, child.value),
        }
        for index, child in enumerate(stream)
    }
    return {"count": str(len(rows)), **rows}


def _build_value(block: blocks.Block, value: Any) -> Any:
    if isinstance(block, ImageBlock):
        alt_text = value.contextual_alt_text if value else ""
        return {"image": value.pk if value else "", "alt_text": alt_text, "decorative": ""}
    if isinstance(block, blocks.StructBlock):
        return {
            name: _build_value(child, value[name]) for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        rows = {
            str(index): {
                "id": bound.id,
                "order": str(index),
                "deleted": "",
                "value": _build_value(block.child_block, bound.value),
            }
            for index, bound in enumerate(value.bound_blocks)
        }
        return {"count": str(len(rows)), **rows}
    if isinstance(block, blocks.MultipleChoiceBlock):
        return tuple(value or ())
    if isinstance(value, RichText):
        return rich_text(value.source, features=list(block.features or []))
    if isinstance(block, blocks.ChooserBlock):
        return value.pk if value else ""
    return "" if value is None else value
