"""What changes for readers about the branding: its settings and menus."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from cms.branding.models import BrandingSettings, FooterMenuItem, HeaderMenuItem
from cms.changes.recording import record_change


def connect() -> None:
    """Listen to the changes; called once, at start."""
    for model in (BrandingSettings, HeaderMenuItem, FooterMenuItem):
        for signal in (post_save, post_delete):
            signal.connect(_branding_changed, sender=model, dispatch_uid=f"changes_{model}")


def _branding_changed(raw: bool = False, **_: Any) -> None:
    if not raw:
        record_change("site")
