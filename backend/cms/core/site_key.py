"""The key by which the CMS knows the site, and believes what it says."""

import hmac
from typing import Final

from django.conf import settings
from django.http import HttpRequest

SITE_KEY_HEADER: Final = "X-Site-Key"


def has_site_key(request: HttpRequest) -> bool:
    """Whether whoever asks knows SITE_KEY; nobody does where there is none."""
    given = request.headers.get(SITE_KEY_HEADER, "")
    return bool(settings.SITE_KEY) and hmac.compare_digest(
        given.encode(), settings.SITE_KEY.encode()
    )
