"""Wagtail's own views of pages, its own previews among them."""

from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page


class WagtailPageViewSet(PageViewSet):
    """The views that Wagtail comes with, in place of those with previews on the site."""

    model = Page


@hooks.register("register_admin_viewset", order=1000)
def register_page_views() -> WagtailPageViewSet:
    """The last one registered for a model counts."""
    return WagtailPageViewSet()
