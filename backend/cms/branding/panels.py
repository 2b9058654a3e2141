"""The form for the branding, in four tabs."""

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
)

MENU_ITEM_PANELS: list[Panel] = [
    PageChooserPanel("page"),
    FieldPanel("address"),
    FieldPanel("label"),
]

_COLOR_HELP = (
    "<p>Pick four colours for a light screen. The dark ones, for readers who prefer a dark "
    "screen, are worked out from these. Colours that tired or weak eyes could not read are "
    "refused, with a suggestion.</p>"
)


def build_branding_panels() -> TabbedInterface:
    """The whole form."""
    return TabbedInterface(
        [
            ObjectList(_build_practice_panels(), heading="Your practice"),
            ObjectList(_build_look_panels(), heading="Look"),
            ObjectList(_build_menu_panels(), heading="Menus and footer"),
            ObjectList(_build_badge_panels(), heading="Ally badge"),
        ]
    )


def _build_practice_panels() -> list[Panel]:
    return [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline")], heading="The site"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("practitioner_name"), FieldPanel("practitioner_credentials")]
                ),
                FieldPanel("service_area"),
            ],
            heading="You",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("booking_url"),
            ],
            heading="How to reach you",
        ),
    ]


def _build_look_panels() -> list[Panel]:
    return [
        FieldPanel("logo"),
        MultiFieldPanel(
            [
                HelpPanel(_COLOR_HELP),
                FieldRowPanel([FieldPanel("color_primary"), FieldPanel("color_accent")]),
                FieldRowPanel([FieldPanel("color_background"), FieldPanel("color_text")]),
            ],
            heading="Colours",
        ),
    ]


def _build_menu_panels() -> list[Panel]:
    return [
        InlinePanel(
            "header_menu_items",
            heading="Menu at the top",
            label="Entry",
            help_text="Beside the name and the search box. Five entries or fewer read best.",
        ),
        InlinePanel("footer_menu_items", heading="Menu at the bottom", label="Entry"),
        FieldPanel("footer_text"),
    ]


def _build_badge_panels() -> list[Panel]:
    return [
        FieldPanel("badge_kind", widget=forms.RadioSelect),
        FieldPanel("badge_image"),
        FieldPanel("badge_label"),
        FieldPanel("badge_placement", widget=forms.RadioSelect),
        PageChooserPanel("badge_page"),
    ]
