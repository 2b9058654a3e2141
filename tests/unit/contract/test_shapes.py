"""The bridge from block definitions to schemas."""

import pytest
from wagtail import blocks
from wagtail.api import APIField

from cms.blocks.massage_guidance import MassageGuidanceBlock
from cms.blocks.streams import ConditionBody
from cms.contract.checks import check_everything_is_described
from cms.contract.errors import UndescribedBlockError
from cms.contract.shapes import StructShape, shape_of
from cms.pages.models import StandardPage


def test_shape_of__a_block_nobody_described__says_where_to_register_it() -> None:
    with pytest.raises(UndescribedBlockError, match=r"RawHTMLBlock.*cms/contract/shapes/"):
        shape_of(blocks.RawHTMLBlock())


def test_check__everything_described__finds_nothing() -> None:
    assert check_everything_is_described(None) == []


def test_required__while_a_draft_is_saved_elsewhere__stays_required() -> None:
    block = MassageGuidanceBlock()
    shared = ConditionBody().child_blocks["massage_guidance"]
    before = StructShape(block).build_definition()
    shared.defer_required_validation()
    block.defer_required_validation()
    try:
        assert StructShape(block).build_definition() == before
    finally:
        shared.restore_deferred_validation()
        block.restore_deferred_validation()


def test_check__a_field_nobody_described__is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    described = list(StandardPage.api_fields)
    monkeypatch.setattr(StandardPage, "api_fields", [*described, APIField("owner")])
    [error] = check_everything_is_described(None)
    assert error.id == "contract.E001"
    assert "pages.StandardPage.owner" in error.msg
