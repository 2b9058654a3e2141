"""Who finds out whether somebody has the condition, and how."""

from wagtail import blocks

from cms.blocks.base import ABOUT, ContentBlock
from cms.blocks.fields import HeadingBlock


class NamedDescriptionBlock(blocks.StructBlock):
    """A name and what it is: a test, or a type of the condition."""

    name = blocks.CharBlock(max_length=120)
    description = blocks.TextBlock(required=False, max_length=600)

    class Meta:
        icon = "tag"
        label_format = "{name}"


class DiagnosisBlock(ContentBlock):
    """Who diagnoses, with which tests, and the types that are told apart."""

    heading = HeadingBlock(default="How it is diagnosed")
    who_diagnoses = blocks.TextBlock(max_length=400, label="Who diagnoses it")
    tests = blocks.ListBlock(
        NamedDescriptionBlock(label="Test"), min_num=0, default=[], label="Tests"
    )
    types = blocks.ListBlock(
        NamedDescriptionBlock(label="Type"), min_num=0, default=[], label="Types"
    )

    class Meta:
        icon = "search"
        group = ABOUT
        label = "Diagnosis and types"
        description = "Who diagnoses the condition, the tests, and its types."
