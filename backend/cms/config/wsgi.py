"""The WSGI entry point, which granian serves."""

import gc

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# The headers that name the reader's address and scheme count only from a proxy that is listed.
application = wrap_wsgi_with_proxy_headers(
    get_wsgi_application(), trusted_hosts=settings.TRUSTED_PROXIES
)

# All views are loaded now and not by the first request. What the start has made lives as long as
# the process: to look through it for garbage takes a tenth of a second of somebody's request.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
