"""The bridge from block definitions to schemas."""

import pytest
from wagtail import blocks

from cms.blocks.massage_guidance import MassageGuidanceBlock
from cms.blocks.streams import ConditionBody
from cms.contract.checks import check_everything_is_described
from cms.contract.errors import UndescribedBlockError
from cms.contract.shapes import StructShape, shape_of


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
