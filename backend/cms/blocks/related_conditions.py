"""Conditions that look alike or belong together, each with the reason."""

from wagtail import blocks

from cms.blocks.base import ABOUT, ContentBlock
from cms.blocks.fields import HeadingBlock


class RelatedConditionBlock(blocks.StructBlock):
    """One other condition page and why it is named here."""

    page = blocks.PageChooserBlock(page_type="conditions.ConditionPage", label="Condition")
    reason = blocks.CharBlock(max_length=160, help_text="Such as “shares tremor”.")

    class Meta:
        icon = "link"
        label = "Condition"
        label_format = "{reason}"


class RelatedConditionsBlock(ContentBlock):
    """See-also links. A page that readers cannot open is left out until they can."""

    heading = HeadingBlock(default="Conditions that look alike")
    items = blocks.ListBlock(RelatedConditionBlock(), min_num=1, label="Conditions")

    class Meta:
        icon = "link"
        group = ABOUT
        label = "Related conditions"
        description = "Links to other conditions, each with a reason."
