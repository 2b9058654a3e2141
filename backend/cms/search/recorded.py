"""What readers searched for, as counts: nothing in them leads to anybody."""

from typing import Final

from django.db import models

LONGEST_TERM: Final = 80
_LONGEST_KEY: Final = 200


class SearchCount(models.Model):
    """How often one query was asked on one day.

    `key` is the query as `words.fold` has it, so that capitals and accents do not matter, and
    `text` one spelling of it that somebody typed. Both are empty in the row of a day that counts
    all queries which are not kept.
    """

    day = models.DateField()
    key = models.CharField(max_length=_LONGEST_KEY)
    text = models.CharField(max_length=LONGEST_TERM)
    searches = models.PositiveIntegerField(default=0)
    # Of these: answered for a corrected spelling, and not answered at all.
    corrected = models.PositiveIntegerField(default=0)
    found_nothing = models.PositiveIntegerField(default=0)
    # Answered or not, but some word of it is in no page.
    lacked_words = models.PositiveIntegerField(default=0)

    # Usage counts in the admin are about content, which this is not.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "key"], name="search_count_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.text or 'other searches'}: {self.searches} on {self.day}"
