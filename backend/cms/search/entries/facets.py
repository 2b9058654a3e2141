"""The values by which pages are narrowed, and which page has which."""

from collections.abc import Sequence

from wagtail.models import Page

from cms.search.documents import SearchDocument
from cms.search.entries.limits import LONGEST, WRITTEN_AT_ONCE
from cms.search.entries.rows import write_rows
from cms.search.models import FacetValue, PageFacet


def write_facets(documents: Sequence[tuple[Page, SearchDocument]]) -> set[int]:
    """Write the values of pages. The newest label of a value is that of all pages that have it.

    The ids of the values that a page had, and has no more.
    """
    labels = {
        (str(facet.name), facet.value): facet.label[:LONGEST]
        for _page, document in documents
        for facet in document.facets
    }
    FacetValue.objects.bulk_create(
        (
            FacetValue(name=name, value=value, label=label)
            for (name, value), label in labels.items()
        ),
        update_conflicts=True,
        unique_fields=["name", "value"],
        update_fields=["label"],
        batch_size=WRITTEN_AT_ONCE,
    )
    values = {value for _name, value in labels}
    rows = FacetValue.objects.filter(value__in=values).values_list("name", "value", "pk")
    known = {(name, value): pk for name, value, pk in rows}
    _new, gone = write_rows(
        PageFacet,
        [page.pk for page, _document in documents],
        (
            PageFacet(page_id=page.pk, value_id=known[str(facet.name), facet.value])
            for page, document in documents
            for facet in document.facets
        ),
    )
    return {row.value_id for row in gone}
