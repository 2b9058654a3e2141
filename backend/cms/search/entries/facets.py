"""The values by which pages are narrowed, and which page has which."""

from collections.abc import Sequence

from wagtail.models import Page

from cms.search.documents import SearchDocument
from cms.search.entries.limits import LONGEST, WRITTEN_AT_ONCE
from cms.search.models import FacetValue, PageFacet


def write_facets(documents: Sequence[tuple[Page, SearchDocument]]) -> None:
    """Write the values of pages. The newest label of a value is that of all pages that have it."""
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
    PageFacet.objects.bulk_create(
        (
            PageFacet(page_id=page.pk, value_id=pk)
            for page, document in documents
            for pk in dict.fromkeys(
                known[str(facet.name), facet.value] for facet in document.facets
            )
        ),
        batch_size=WRITTEN_AT_ONCE,
    )
