"""The form for pictures: the upload itself is checked and cleaned by `PictureField`."""

from typing import Any

from wagtail.images.forms import BaseImageForm

from cms.images.models import SiteImage
from cms.images.tasks import enqueue_missing_renditions
from cms.images.uploads import PictureField


class SiteImageForm(BaseImageForm):
    """Uploads or edits a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail's multiple uploader leaves the file out of its second form.
        if "file" in self.fields:
            wagtail_field = self.fields["file"]
            self.fields["file"] = PictureField(
                label=wagtail_field.label,
                widget=wagtail_field.widget,
                required=wagtail_field.required,
            )

    def save(self, commit: bool = True) -> SiteImage:
        """The saved picture. The worker is asked for what it lacks now."""
        image: SiteImage = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            # The renditions of the file before this one have just been deleted.
            enqueue_missing_renditions([image])
        return image
