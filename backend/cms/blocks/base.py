"""What every public block has in common: a group in the picker and a preview from its examples."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from wagtail import blocks

from cms.core.publishing import BlockPath

ABOUT = "1. About the condition"
GUIDANCE = "2. Massage guidance"
SUPPORTING = "3. Supporting content"


class ContentBlock(blocks.StructBlock):
    """A public block of a page body.

    `name` in the stream, the module's name, the template and the example all share one word.
    `Meta.description` is the plain sentence that the block picker shows.
    `critical` blocks are all or nothing: where any part cannot be read, none of it is served.
    """

    critical = False

    class Meta:
        preview_template = "blocks/preview.html"

    def get_preview_value(self) -> Any:
        """The value in the picker's preview; the preview itself is drawn by the site."""
        return self.get_default()

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """What the preview's page needs: where the site draws the block's example."""
        styleguide_url = f"{settings.SITE_URL}/styleguide/blocks/{self.name}/"
        return {**(parent_context or {}), "styleguide_url": styleguide_url}

    def find_contradictions(self, raw: dict[str, Any]) -> Iterator[tuple[BlockPath, str]]:
        """Where a stored value contradicts itself, and what to do about it, for publishing."""
        yield from ()
