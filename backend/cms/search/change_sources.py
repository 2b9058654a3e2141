"""What changes for readers about the lists that are made from many pages."""

from collections.abc import Iterable

from django.apps import apps

from cms.changes.recording import record_change
from cms.search.contract import EXPLORE_TAG


def record_listings(types: Iterable[str], *, has_other_traits: bool) -> None:
    """Say that lists of pages of these types, such as `conditions.ConditionPage`, show another.

    `has_other_traits`: a page has come or gone, or has other things in common with others.
    """
    tags = {tag for label in types for tag in getattr(apps.get_model(label), "listed_in", ())}
    record_change(*tags, *([EXPLORE_TAG] if has_other_traits else []))
