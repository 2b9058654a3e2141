"""The editors of the home page and of standard pages, tab by tab."""

from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from cms.core.panels import NeededPanel, build_address_panels


def build_home_page_panels() -> TabbedInterface:
    """The welcome, the cards, anything else; then the address."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    NeededPanel("summary"),
                    MultiFieldPanel(
                        [
                            NeededPanel("hero_heading"),
                            FieldPanel("hero_text"),
                            FieldPanel("hero_image"),
                        ],
                        heading="Welcome",
                        icon="home",
                    ),
                    InlinePanel(
                        "featured_pages",
                        [PageChooserPanel("page")],
                        heading="Pages worth reading first",
                        label="Page",
                        help_text="Each is shown as a card with its summary.",
                    ),
                    FieldPanel("body"),
                ],
                heading="Content",
            ),
            ObjectList(build_address_panels(), heading="Address"),
        ]
    )


def build_standard_page_panels() -> TabbedInterface:
    """The text, then the address."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title"),
                    NeededPanel("summary"),
                    FieldPanel("intro"),
                    FieldPanel("body"),
                ],
                heading="Content",
            ),
            ObjectList(build_address_panels(), heading="Address"),
        ]
    )
