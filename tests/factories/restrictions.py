"""Privacy, as the admin's privacy dialog sets it."""

from wagtail.models import Page, PageViewRestriction


def make_private(page: Page) -> PageViewRestriction:
    """Put a page and everything below it behind a password."""
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )
