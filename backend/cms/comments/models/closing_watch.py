"""Up to when it was looked whether comments have closed by themselves."""

from django.db import models


class ClosingWatch(models.Model):
    """One row; `closing.py` reads and writes it."""

    # Usage counts in the admin are about content, which this is not.
    wagtail_reference_index_ignore = True

    looked_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"Looked until {self.looked_until}"
