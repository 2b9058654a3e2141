"""What the therapist sets for the whole site: name, contact, colours, menus, the ally badge."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, PreviewableMixin

from cms.branding.choices import BadgeKind, BadgePlacement
from cms.branding.colors import Color, is_hex_color
from cms.branding.fields import ColorField
from cms.branding.palettes import Palette, find_color_problems
from cms.branding.panels import MENU_ITEM_PANELS, build_branding_panels
from cms.branding.validation import (
    Problems,
    find_badge_problems,
    find_contact_problems,
    find_menu_item_problems,
)
from cms.core.previews import SitePreviewMixin
from cms.core.rich_text_field import SafeRichTextField

IMAGE_MODEL = "images.SiteImage"


def get_default_name() -> str:
    """The site's name until somebody gives it one."""
    return str(settings.WAGTAIL_SITE_NAME)


@register_setting(icon="cog")
class BrandingSettings(SitePreviewMixin, PreviewableMixin, ClusterableModel, BaseSiteSetting):
    """The name, the looks and the menus of the public site."""

    name = models.CharField(
        "name of the site",
        max_length=60,
        default=get_default_name,
        help_text="Shown at the top of every page, and in search results.",
    )
    tagline = models.CharField(
        max_length=120, blank=True, help_text="A few words under the name, such as what you do."
    )
    practitioner_name = models.CharField(
        "your name", max_length=80, blank=True, help_text="Such as “Aaron Harris”."
    )
    practitioner_credentials = models.CharField(
        "your credentials", max_length=80, blank=True, help_text="Such as “LMT” or “BCTMB”."
    )
    service_area = models.CharField(
        "where you work", max_length=120, blank=True, help_text="Such as “Kansas City, MO”."
    )
    phone = models.CharField(
        "telephone", max_length=30, blank=True, help_text="As readers should dial it."
    )
    email = models.EmailField("e-mail", blank=True, help_text="Readers will see it.")
    booking_url = models.CharField(
        "booking page",
        max_length=500,
        blank=True,
        help_text="The full web address where sessions are booked. It starts with https://.",
    )

    logo = models.ForeignKey(
        IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Shown beside the name. A see-through PNG suits light and dark screens best.",
    )
    color_primary = ColorField("main colour", default="#1f5a58", help_text="For links and buttons.")
    color_accent = ColorField(
        "accent colour", default="#a8502f", help_text="For lines, symbols and small highlights."
    )
    color_background = ColorField(
        "background", default="#fbf7f1", help_text="A light colour for the page itself."
    )
    color_text = ColorField(
        "text", default="#2a2522", help_text="A dark colour for everything that is read."
    )

    footer_text = SafeRichTextField(
        blank=True,
        help_text="A few lines at the end of every page, such as a note that this is no "
        "medical advice.",
    )

    badge_kind = models.CharField(
        "badge",
        max_length=30,
        blank=True,
        choices=[("", "No badge"), *BadgeKind.choices],
        help_text="Tells readers that they are welcome as they are.",
    )
    badge_image = models.ForeignKey(
        IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="picture of your own",
        help_text="Only for “A picture of your own”.",
    )
    badge_label = models.CharField(
        "what it says",
        max_length=80,
        blank=True,
        default="Transgender Ally Flag",
        help_text="The name of the badge. Screen readers read it aloud.",
    )
    badge_placement = models.CharField(
        "where it is",
        max_length=10,
        choices=BadgePlacement.choices,
        default=BadgePlacement.HEADER,
    )
    badge_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="page it leads to",
        help_text="A page that says what you stand for. May be left empty.",
    )

    edit_handler = build_branding_panels()

    class Meta:
        verbose_name = "branding"

    def clean(self) -> None:
        """Refuse what readers could not see or use, each reason beside its field."""
        super().clean()
        problems: Problems = {
            **find_contact_problems(phone=self.phone, booking_url=self.booking_url),
            **find_badge_problems(
                kind=self.badge_kind, label=self.badge_label, has_image=bool(self.badge_image_id)
            ),
        }
        for problem in find_color_problems(self.palette) if self.has_colors() else []:
            problems.setdefault(f"color_{problem.color}", []).append(problem.message)
        if problems:
            raise ValidationError(problems)

    @property
    def palette(self) -> Palette:
        """The four colours of light mode. Raises `ValueError` unless `has_colors()`."""
        return Palette(
            primary=Color.from_hex(self.color_primary),
            accent=Color.from_hex(self.color_accent),
            background=Color.from_hex(self.color_background),
            text=Color.from_hex(self.color_text),
        )

    def has_colors(self) -> bool:
        """Whether all four are written as colours; where one is not, its own field says so."""
        colors = (self.color_primary, self.color_accent, self.color_background, self.color_text)
        return all(is_hex_color(color) for color in colors)


class MenuItem(Orderable):
    """One entry of a menu: a page of the site, or an address elsewhere."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.CharField(
        "or an address",
        max_length=500,
        blank=True,
        help_text="A web address, or “tel:” and a number, or “mailto:” and an e-mail address.",
    )
    label = models.CharField(
        "words of the link",
        max_length=40,
        blank=True,
        help_text="Left empty, the title of the page is used.",
    )

    panels = MENU_ITEM_PANELS

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        """Refuse an entry that leads nowhere, to two places, or to an unsafe address."""
        super().clean()
        problems = find_menu_item_problems(
            label=self.label, has_page=bool(self.page_id), address=self.address
        )
        if problems:
            raise ValidationError(problems)

    def __str__(self) -> str:
        return self.label or self.address or str(self.page)


class HeaderMenuItem(MenuItem):
    """One entry of the menu at the top of every page."""

    branding: Any = ParentalKey(
        BrandingSettings, on_delete=models.CASCADE, related_name="header_menu_items"
    )


class FooterMenuItem(MenuItem):
    """One entry of the menu at the bottom of every page."""

    branding: Any = ParentalKey(
        BrandingSettings, on_delete=models.CASCADE, related_name="footer_menu_items"
    )
