"""Editor panels that every page type uses."""

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel


class NeededPanel(FieldPanel):
    """A field that a draft may leave empty, with the mark of one that publishing needs."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_required(self) -> bool:
            return True


class ReadOnlyPanel(FieldPanel):
    """A value that the editor shows and nobody types; "Not yet" where there is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "read_only": True})

    def format_value_for_display(self, value: Any) -> Any:
        return "Not yet" if value is None else super().format_value_for_display(value)


def build_address_panels() -> list[Any]:
    """The panels of the last tab: where the page stands, and when it is shown."""
    return [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    heading="Web address",
                    help_text=(
                        "The last part of the page's address. It is made from the title. When you "
                        "change it later, old links lead on to the new address."
                    ),
                ),
                FieldPanel(
                    "seo_title",
                    heading="Title for search engines",
                    help_text="Only if it should differ from the title of the page.",
                ),
            ],
            heading="Address",
            icon="link",
        ),
        PublishingPanel(),
    ]
