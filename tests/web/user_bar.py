"""Wagtail's own user bar, as the CMS writes it into the answer of a draft."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import override_settings
from wagtail.admin.userbar import ContentCheckerItem

_PROFILE = SimpleNamespace(theme="system", contrast="system", density="default")


class AddressedChecker(ContentCheckerItem):
    """The content checker with all of axe's rules for pictures."""

    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt"]


def build_user_bar(cms_origin: str, *, in_preview_panel: bool = False) -> str:
    """The bar with the content checker, its files at `cms_origin`."""
    address = urlsplit(cms_origin)
    request: Any = HttpRequest()
    request.META = {"SERVER_NAME": address.hostname, "SERVER_PORT": str(address.port)}
    request._get_scheme = lambda: address.scheme
    request.user = SimpleNamespace(wagtail_userprofile=_PROFILE)
    request.in_preview_panel = in_preview_panel
    with override_settings(ALLOWED_HOSTS=[address.hostname], CMS_URL=cms_origin):
        item = AddressedChecker(in_editor=True).render_html({"request": request})
        return render_to_string(
            "wagtailadmin/userbar/base.html",
            {"request": request, "items": [item], "origin": cms_origin},
        )
