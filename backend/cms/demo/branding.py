"""The demo's branding: the practice's own name, line and flag."""

from typing import Any

from wagtail.models import Site

from cms.branding.models import BrandingSettings, FooterMenuItem, HeaderMenuItem
from cms.demo.content import Names, read_file, resolve_rich_text


def load_branding(names: Names) -> None:
    """Set the branding of the default site. Raises `ValidationError` for what an editor may not."""
    content = read_file("branding.yaml")
    branding = BrandingSettings.for_site(Site.objects.get(is_default_site=True))
    for field, value in _build_fields(content, names).items():
        setattr(branding, field, value)
    branding.header_menu_items = [
        HeaderMenuItem(label=row["label"], page_id=names.pages[row["page"]])
        for row in content["menus"]["header"]
    ]
    branding.footer_menu_items = [
        FooterMenuItem(label=row["label"], page_id=names.pages[row["page"]])
        for row in content["menus"]["footer"]
    ]
    branding.full_clean()
    branding.save()


def _build_fields(content: dict[str, Any], names: Names) -> dict[str, Any]:
    practitioner, contact, badge = content["practitioner"], content["contact"], content["badge"]
    return {
        "name": content["name"],
        "tagline": content["tagline"],
        "practitioner_name": practitioner["name"],
        "practitioner_credentials": practitioner["credentials"],
        "service_area": content["service_area"],
        "phone": contact["phone"],
        "email": contact["email"],
        "booking_url": contact["booking_url"],
        "footer_text": resolve_rich_text(content["footer_text"], names),
        "badge_kind": badge["kind"],
        "badge_label": badge["label"],
        "badge_placement": badge["placement"],
        "badge_page_id": names.pages[badge["link"]],
    }
