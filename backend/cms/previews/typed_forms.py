"""Whatever stands in an editor's form, as the object that it describes, however unfinished.

A draft is shown while somebody types: half an address, a number that is still words. What a field
cannot take leaves that field as it was saved; in a body, where one block has many fields, only the
part in question stays as it was typed.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.forms.models import BaseModelFormSet
from wagtail.blocks import Block, ListBlock, StreamBlock, StreamValue, StructBlock
from wagtail.blocks.base import BlockField
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructValue

from cms.previews.snapshots import Draft


def build_draft(form: Any) -> Draft:
    """The object of an admin form, with everything in it that its fields can take."""
    form.defer_required_fields()
    draft: Draft = form.instance
    if not form.is_bound:
        return draft
    if form.is_valid():
        form.save(commit=False)
        return draft
    # What was found fit is in the instance already.
    for name, field in form.fields.items():
        if name in form.errors and isinstance(field, BlockField):
            setattr(draft, name, _clean_parts(field.block, _get_typed(form, name)))
    form.save_cluster_m2m()
    for formset in form.formsets.values():
        _apply_formset(draft, formset)
    return draft


def _get_typed(form: BaseForm, name: str) -> Any:
    widget = form.fields[name].widget
    return widget.value_from_datadict(form.data, form.files, form.add_prefix(name))


def _clean_parts(block: Block, value: Any) -> Any:
    """`value` with each of its parts cleaned that can be."""
    if isinstance(block, StreamBlock):
        parts = [
            (child.block_type, _clean_parts(child.block, child.value), child.id) for child in value
        ]
        return StreamValue(block, parts)
    if isinstance(block, ListBlock):
        return ListValue(block, values=[_clean_parts(block.child_block, item) for item in value])
    # A picture's block is a struct whose value is the picture itself.
    if isinstance(block, StructBlock) and isinstance(value, StructValue):
        fields = [
            (name, _clean_parts(child, value.get(name)))
            for name, child in block.child_blocks.items()
        ]
        return StructValue(block, fields)
    try:
        return block.clean(value)
    except ValidationError:
        # A null character is refused by every field, and kept by no browser and no database.
        return value.replace("\0", "") if isinstance(value, str) else value


def _apply_formset(draft: Draft, formset: BaseModelFormSet[Any, Any]) -> None:
    formset.instance = draft  # type: ignore[attr-defined]
    if formset.is_valid():
        formset.save(commit=False)
        return
    rows = [
        (_get_order(form, place), form.instance)
        for place, form in enumerate(formset.forms)
        if form.has_changed() or form.instance.pk
        if not formset._should_delete_form(form)  # type: ignore[attr-defined]
    ]
    rows.sort(key=lambda row: row[0])
    getattr(draft, formset.rel_name).set([row for _order, row in rows])  # type: ignore[attr-defined]


def _get_order(form: Any, place: int) -> tuple[int, int]:
    order = getattr(form, "cleaned_data", {}).get("ORDER")
    return (order if isinstance(order, int) else place, place)
