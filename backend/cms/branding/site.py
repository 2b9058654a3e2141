"""The branding on the wire: what `site/` answers."""

import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from cms.branding.choices import BadgeKind, BadgePlacement
from cms.branding.models import BrandingSettings, MenuItem
from cms.branding.palettes import Palette, build_dark_palette
from cms.branding.validation import is_web_address
from cms.contract.references import References, Wanted, WireObject, fetch_references
from cms.core.links import is_safe_href
from cms.core.public_pages import (
    build_public_path,
    build_public_url,
    encode_path,
    get_public_pages,
)
from cms.core.rich_text import expand_rich_text, iterate_page_links

logger = logging.getLogger(__name__)

_CONDITION_INDEX = Q(content_type__app_label="conditions", content_type__model="conditionindexpage")


@dataclass(frozen=True)
class _LinkedPage:
    page_id: int
    title: str
    path: str


def fetch_site() -> WireObject:
    """The branding of the default site, or the defaults where none was saved.

    At most 10 queries, whatever the menus hold. Pages and pictures that readers may not see are
    left out; `tags` names all that was looked for.
    """
    saved = BrandingSettings.objects.filter(site__is_default_site=True).first()
    return build_site(saved or BrandingSettings())


def build_site(branding: BrandingSettings) -> WireObject:
    """`branding` on the wire, saved or not."""
    header: list[MenuItem] = sorted(branding.header_menu_items.all(), key=_get_place)
    footer: list[MenuItem] = sorted(branding.footer_menu_items.all(), key=_get_place)
    linked_ids = {item.page_id for item in (*header, *footer) if item.page_id}
    linked_ids.update(iterate_page_links(branding.footer_text))
    pages, conditions = _fetch_linked_pages(linked_ids)
    references = fetch_references(_collect_wanted(branding))
    return {
        "name": branding.name,
        "tagline": branding.tagline,
        "url": settings.SITE_URL,
        "practitioner": _build_practitioner(branding),
        "service_area": branding.service_area,
        "contact": {
            "phone": branding.phone,
            "email": branding.email,
            "booking_url": _get_booking_url(branding),
        },
        "logo": references.get_or_none("image", branding.logo_id),
        "colors": _build_colors(_get_palette(branding)),
        "badge": _build_badge_or_none(branding, references),
        "menus": {"header": _build_menu(header, pages), "footer": _build_menu(footer, pages)},
        "footer_text": _expand_footer_text(branding.footer_text, pages),
        "conditions_path": conditions.path if conditions else "",
        "tags": _build_tags(references, linked_ids, conditions),
    }


def _get_place(item: MenuItem) -> int:
    # The last, where an editor has just added it.
    return sys.maxsize if item.sort_order is None else item.sort_order


def _fetch_linked_pages(
    page_ids: set[int],
) -> tuple[dict[int, _LinkedPage], _LinkedPage | None]:
    found = get_public_pages().filter(Q(pk__in=page_ids) | _CONDITION_INDEX).order_by("path")
    rows = found.values_list("pk", "title", "url_path", "content_type__model")
    pages: dict[int, _LinkedPage] = {}
    conditions = None
    for page_id, title, url_path, model in rows:
        pages[page_id] = _LinkedPage(page_id, title, build_public_path(url_path))
        if model == "conditionindexpage" and conditions is None:
            conditions = pages[page_id]
    return pages, conditions


def _collect_wanted(branding: BrandingSettings) -> Wanted:
    wanted = Wanted()
    wanted.add("image", branding.logo_id)
    if branding.badge_kind:
        wanted.add("page", branding.badge_page_id)
    if branding.badge_kind == BadgeKind.OWN_IMAGE:
        wanted.add("image", branding.badge_image_id)
    return wanted


def _build_practitioner(branding: BrandingSettings) -> WireObject:
    name, credentials = branding.practitioner_name, branding.practitioner_credentials
    words = ", ".join(word for word in (name, credentials) if word)
    return {"name": name, "credentials": credentials, "line": f"by {words}" if name else ""}


def _get_booking_url(branding: BrandingSettings) -> str:
    if branding.booking_url and not is_web_address(branding.booking_url):
        logger.warning("The booking page is left out: %r is unsafe.", branding.booking_url)
        return ""
    return branding.booking_url


def _get_palette(branding: BrandingSettings) -> Palette:
    if branding.has_colors():
        return branding.palette
    logger.warning("The stored colours cannot be read; the default ones are served instead.")
    return BrandingSettings().palette


def _build_colors(light: Palette) -> WireObject:
    return {**_build_palette(light), "dark": _build_palette(build_dark_palette(light))}


def _build_palette(palette: Palette) -> WireObject:
    return {
        "primary": str(palette.primary),
        "accent": str(palette.accent),
        "background": str(palette.background),
        "text": str(palette.text),
    }


def _build_badge_or_none(branding: BrandingSettings, references: References) -> WireObject | None:
    if not branding.badge_kind:
        return None
    if branding.badge_kind not in BadgeKind.values:
        logger.warning("The badge is left out: there is no %r any more.", branding.badge_kind)
        return None
    image = None
    if branding.badge_kind == BadgeKind.OWN_IMAGE:
        image = references.get_or_none("image", branding.badge_image_id)
        if image is None:
            logger.warning("The badge is left out: its picture is gone. Choose another.")
            return None
        image = {**image, "alt": branding.badge_label}
    return {
        "kind": branding.badge_kind,
        "label": branding.badge_label,
        "placement": _get_badge_placement(branding),
        "image": image,
        "link": references.get_or_none("page", branding.badge_page_id),
    }


def _get_badge_placement(branding: BrandingSettings) -> str:
    if branding.badge_placement in BadgePlacement.values:
        return branding.badge_placement
    logger.warning("The badge moves to the header: %r is no place.", branding.badge_placement)
    return BadgePlacement.HEADER


def _build_menu(items: Iterable[MenuItem], pages: dict[int, _LinkedPage]) -> list[WireObject]:
    menu: list[WireObject] = []
    for item in items:
        if item.page_id is None and not is_safe_href(item.address):
            logger.warning("A menu leaves out %r: its address is unsafe.", item.label)
        elif item.page_id is None:
            menu.append({"label": item.label, "href": item.address})
        elif item.page_id in pages:
            page = pages[item.page_id]
            menu.append({"label": item.label or page.title, "href": encode_path(page.path)})
    return menu


def _expand_footer_text(html: str, pages: dict[int, _LinkedPage]) -> str:
    def get_href_or_none(page_id: int) -> str | None:
        page = pages.get(page_id)
        return build_public_url(page.path) if page else None

    return expand_rich_text(html, get_href_or_none)


def _build_tags(
    references: References, page_ids: set[int], conditions: _LinkedPage | None
) -> list[str]:
    # Where there is no list of conditions, any path that appears may be it. There is at most one.
    listing = f"page:{conditions.page_id}" if conditions else "paths"
    tags = {"site", listing, *references.tags()}
    tags.update(f"page:{page_id}" for page_id in page_ids)
    return sorted(tags)
