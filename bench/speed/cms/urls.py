"""The CMS's addresses, and beside them what its answers are compared with.

The bare views stand first: Django finds them sooner than anything that is measured beside them.
"""

from django.urls import include, path
from wagtail.api.v2.router import WagtailAPIRouter

from bench.speed.cms.bare import send_bytes, send_not_modified
from bench.speed.cms.stock import StockPagesViewSet
from cms.config.urls import handler400, handler404, handler500
from cms.config.urls import urlpatterns as cms_urlpatterns

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

_stock = WagtailAPIRouter("stock_api")
_stock.register_endpoint("pages", StockPagesViewSet)

urlpatterns = [
    # Below the API's prefix, so that the middleware treats them as it treats `resolve/`.
    path("api/bare/", send_bytes),
    path("api/bare/304/", send_not_modified),
    # Not below it: this is Wagtail as it comes, with all of the middleware.
    path("stock/", include((_stock.get_urlpatterns(), "stock_api"), namespace="stock_api")),
    *cms_urlpatterns,
]
