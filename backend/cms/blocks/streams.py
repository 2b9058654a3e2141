"""The bodies that pages are made of. This module only composes; a block lives in its own file."""

from wagtail import blocks

from cms.blocks.call_to_action import CallToActionBlock
from cms.blocks.callout import CalloutBlock
from cms.blocks.cycle import CycleBlock
from cms.blocks.diagnosis import DiagnosisBlock
from cms.blocks.do_dont import DoDontBlock
from cms.blocks.experience import ExperienceBlock
from cms.blocks.faq import FaqBlock
from cms.blocks.figure import FigureBlock
from cms.blocks.massage_guidance import MassageGuidanceBlock
from cms.blocks.overview import OverviewBlock
from cms.blocks.quote import QuoteBlock
from cms.blocks.red_flags import RedFlagsBlock
from cms.blocks.related_conditions import RelatedConditionsBlock
from cms.blocks.section import SectionBlock
from cms.blocks.sources import SourcesBlock
from cms.blocks.symptoms import SymptomsBlock


class ConditionBody(blocks.StreamBlock):
    """The body of a condition page: every public block, in the order of the picker."""

    overview = OverviewBlock()
    cycle = CycleBlock()
    symptoms = SymptomsBlock()
    diagnosis = DiagnosisBlock()
    section = SectionBlock()
    related_conditions = RelatedConditionsBlock()
    massage_guidance = MassageGuidanceBlock()
    red_flags = RedFlagsBlock()
    do_dont = DoDontBlock()
    figure = FigureBlock()
    experience = ExperienceBlock()
    callout = CalloutBlock()
    faq = FaqBlock()
    quote = QuoteBlock()
    sources = SourcesBlock()
    call_to_action = CallToActionBlock()


class StandardBody(blocks.StreamBlock):
    """The body of a home or standard page: the blocks that are not about one condition."""

    section = SectionBlock()
    figure = FigureBlock()
    callout = CalloutBlock()
    faq = FaqBlock()
    quote = QuoteBlock()
    experience = ExperienceBlock()
    sources = SourcesBlock()
    call_to_action = CallToActionBlock()
