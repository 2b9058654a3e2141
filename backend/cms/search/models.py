"""The search index: plain tables, the same on every database, that only `indexing` writes.

It holds pages that everybody may read, and nothing else. Words are stored as `words` folds them.
"""

from django.db import models

from cms.search.choices import FacetName, NameKind, PassageKind
from cms.search.recorded import SearchCount as SearchCount


class _IndexTable(models.Model):
    # Usage counts in the admin are about content, which this is not.
    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class IndexedPage(_IndexTable):
    """A page that can be found."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    type = models.CharField(max_length=100)
    title = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    summary = models.TextField()
    digest = models.CharField(max_length=40, help_text="Of all that is indexed of the page.")
    listing_digest = models.CharField(
        max_length=40, default="", help_text="Of what lists of pages show of it."
    )
    traits_digest = models.CharField(
        max_length=40, default="", help_text="Of what it may have in common with others."
    )
    version = models.PositiveSmallIntegerField(help_text="How it was indexed: `INDEX_VERSION`.")


class IndexedName(_IndexTable):
    """A name of a page, as a whole."""

    page = models.ForeignKey(IndexedPage, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=12, choices=NameKind.choices)
    text = models.CharField(max_length=255)
    # The stems of its words without spaces, so that plurals, accents and hyphens do not matter.
    stems = models.CharField(max_length=255, db_index=True)
    word_count = models.PositiveSmallIntegerField()


class NameStart(_IndexTable):
    """A name from one of its words on: what a reader may have typed so far."""

    name = models.ForeignKey(IndexedName, on_delete=models.CASCADE, related_name="starts")
    # 0 for the page's own name from its first word, 1 for another name so, 2 from a later word.
    rank = models.PositiveSmallIntegerField()
    # As bytes, which every database puts in the same order, whatever its collation.
    start = models.BinaryField(max_length=480)

    class Meta:
        indexes = [models.Index(fields=["rank", "start"], name="search_name_start")]


class Symptom(_IndexTable):
    """A symptom as some page words it, such as "Tremor (shaky hands)"; pages share it."""

    text = models.CharField(max_length=255, unique=True)
    # The stems of its words, by which pages that word it alike are related.
    stems = models.CharField(max_length=255, db_index=True)


class SymptomName(_IndexTable):
    """One wording of a symptom: what stands before the brackets, or in them."""

    symptom = models.ForeignKey(Symptom, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=255)
    stems = models.CharField(max_length=255, db_index=True)


class SymptomWord(_IndexTable):
    """A word of one wording of a symptom."""

    name = models.ForeignKey(SymptomName, on_delete=models.CASCADE, related_name="words")
    stem = models.CharField(max_length=40, db_index=True)


class PageSymptom(_IndexTable):
    """A page's symptom; `position` 0 is the one it names first."""

    page = models.ForeignKey(IndexedPage, on_delete=models.CASCADE, related_name="symptoms")
    symptom = models.ForeignKey(Symptom, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "symptom"], name="search_page_symptom_once")
        ]


class IndexedPassage(_IndexTable):
    """A piece of a page's text, as a result shows it."""

    page = models.ForeignKey(IndexedPage, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=PassageKind.choices)
    block_id = models.CharField(max_length=100)
    heading = models.CharField(max_length=255)
    text = models.TextField()


class IndexedWord(_IndexTable):
    """That a page has a word, how much it weighs there, and in which passage it is best shown."""

    page = models.ForeignKey(IndexedPage, on_delete=models.CASCADE, related_name="words")
    stem = models.CharField(max_length=40)
    weight = models.FloatField()
    passage = models.SmallIntegerField(help_text="Its position; -1 where it is in names alone.")

    class Meta:
        indexes = [models.Index(fields=["stem", "-weight"], name="search_word_weight")]
        constraints = [
            models.UniqueConstraint(fields=["page", "stem"], name="search_page_word_once")
        ]


class FacetValue(_IndexTable):
    """A value by which results are narrowed."""

    name = models.CharField(max_length=12, choices=FacetName.choices)
    value = models.CharField(max_length=100)
    label = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "value"], name="search_facet_value_once")
        ]


class PageFacet(_IndexTable):
    """That a page has such a value."""

    page = models.ForeignKey(IndexedPage, on_delete=models.CASCADE, related_name="facets")
    value = models.ForeignKey(FacetValue, on_delete=models.CASCADE, related_name="pages")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "value"], name="search_page_facet_once")
        ]


class IndexedCaution(_IndexTable):
    """Something that needs care in a massage of whoever has the condition, such as "heat"."""

    page = models.ForeignKey(IndexedPage, on_delete=models.CASCADE, related_name="cautions")
    text = models.CharField(max_length=255, db_index=True)


class KnownWord(_IndexTable):
    """A word as some public page spells it, in lower case: what a misspelling may stand for."""

    text = models.CharField(max_length=40, unique=True)


class PageSpelling(_IndexTable):
    """That a page spells a word so. Another form of the word is another row."""

    page = models.ForeignKey(IndexedPage, on_delete=models.CASCADE, related_name="spellings")
    word = models.ForeignKey(KnownWord, on_delete=models.CASCADE, related_name="pages")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "word"], name="search_page_spelling_once")
        ]


class KnownWordPart(_IndexTable):
    """The first letters of a known word without one or two of them (`spelling`)."""

    word = models.ForeignKey(KnownWord, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=8, db_index=True)
