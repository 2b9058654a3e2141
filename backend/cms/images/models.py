"""Pictures and the smaller copies of them that readers get."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition


class SiteImage(AbstractImage):
    """A picture that an editor has uploaded."""

    description = models.CharField(
        "description for people who cannot see it",
        max_length=255,
        blank=True,
        default="",
        help_text=(
            "Say in one sentence what the picture shows, such as “A therapist supports the "
            "shoulder of a seated woman”. Screen readers read it aloud. Each page may use words "
            "of its own instead."
        ),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        """The alternative text that an editor is offered; a title would be a poor one."""
        return str(self.description)


class SiteRendition(AbstractRendition):
    """A copy of a picture in one size and format."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_image_and_spec",
            )
        ]
