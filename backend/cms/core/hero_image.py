"""The main picture of a page."""

from typing import Any

from cms.core.publishing import PublishProblem

NO_DESCRIPTION = (
    "This picture has no description for readers who cannot see it. "
    "Edit the picture and add one, or choose another."
)


def check_hero_image(page: Any) -> list[PublishProblem]:
    """A main picture needs a description of its own."""
    image = page.hero_image
    if image is None or image.description.strip():
        return []
    return [PublishProblem("hero_image", NO_DESCRIPTION, "Main picture")]
