"""The editor of condition pages and of their index, tab by tab."""

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from cms.comments.page import build_comments_panel
from cms.core.panels import NeededPanel, ReadOnlyPanel, build_address_panels


def build_condition_page_panels() -> TabbedInterface:
    """The guide first; then how it is found, who stands behind it, and its address."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel(
                        "title",
                        placeholder="Such as “Massage for Multiple Sclerosis”",
                        help_text="The large words at the top of the page.",
                    ),
                    NeededPanel("condition_name"),
                    NeededPanel("summary"),
                    FieldPanel("hero_image"),
                    NeededPanel("body"),
                ],
                heading="Guide",
            ),
            ObjectList(
                [
                    InlinePanel(
                        "also_known_as",
                        [FieldRowPanel([FieldPanel("term"), FieldPanel("kind")])],
                        heading="Other names",
                        label="Name",
                        help_text=(
                            "What else readers may type into the search: “MS”, everyday words, "
                            "and how the name is often misspelled."
                        ),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("body_systems", widget=CheckboxSelectMultiple),
                            FieldPanel("icd10_code"),
                        ],
                        heading="Medical facts",
                        icon="tag",
                    ),
                    InlinePanel(
                        "explore_choices",
                        [PageChooserPanel("page"), FieldPanel("wish")],
                        heading="More to explore",
                        label="Page",
                        help_text=(
                            "At the end of the page, readers are shown up to six others that "
                            "share symptoms, a body system or a caution with it. They are chosen "
                            "for you; here you may put pages first, or leave some out."
                        ),
                    ),
                ],
                heading="Names and topics",
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("author"), NeededPanel("reviewed_by")]),
                            FieldPanel("whole_page_reviewed"),
                            FieldRowPanel(
                                [
                                    ReadOnlyPanel("last_reviewed"),
                                    FieldPanel("review_due"),
                                ]
                            ),
                        ],
                        heading="Who stands behind this page",
                        icon="clipboard-list",
                    ),
                    FieldPanel("is_demo"),
                ],
                heading="Review",
            ),
            ObjectList([build_comments_panel()], heading="Responses"),
            ObjectList(build_address_panels(), heading="Address"),
        ]
    )


def build_index_page_panels() -> TabbedInterface:
    """The few words above the A to Z, and the address."""
    return TabbedInterface(
        [
            ObjectList(
                [TitleFieldPanel("title"), NeededPanel("summary"), FieldPanel("intro")],
                heading="Content",
            ),
            ObjectList(build_address_panels(), heading="Address"),
        ]
    )
