"""The branding of the default site."""

from typing import Any

from wagtail.models import Site

from cms.branding.models import BrandingSettings, FooterMenuItem, HeaderMenuItem


def build_branding(
    *,
    header: list[dict[str, Any]] | None = None,
    footer: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> BrandingSettings:
    """Saved branding. `header` and `footer` hold the fields of their menus' entries, in order."""
    branding = BrandingSettings(site=Site.objects.get(is_default_site=True), **fields)
    branding.header_menu_items = [
        HeaderMenuItem(sort_order=order, **item) for order, item in enumerate(header or [])
    ]
    branding.footer_menu_items = [
        FooterMenuItem(sort_order=order, **item) for order, item in enumerate(footer or [])
    ]
    branding.save()
    return branding
