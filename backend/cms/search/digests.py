"""Short words for what is indexed of a page: two that are the same stand for the same content."""

import hashlib
from dataclasses import dataclass

from wagtail.models import Page

from cms.search.documents import SearchDocument
from cms.search.traits import build_traits


@dataclass(frozen=True)
class Digests:
    """Of all that is indexed, of what lists show, and of what pages may have in common."""

    whole: str
    listing: str
    traits: str


def build_digests(page: Page, document: SearchDocument) -> Digests:
    """The digests of a page with this document."""
    listing = (document.title, document.summary, document.names)
    traits = sorted(build_traits(document).items())
    return Digests(
        whole=_digest((page._meta.label, document)),
        listing=_digest(listing),
        traits=_digest(traits),
    )


def _digest(content: object) -> str:
    written = repr(content).encode("utf-8", "replace")
    return hashlib.sha1(written, usedforsecurity=False).hexdigest()
