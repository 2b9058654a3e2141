"""App configuration."""

from django.apps import AppConfig


class WagtailOwnConfig(AppConfig):
    """Wagtail's own preview of our pages, drawn by the CMS itself: what the site's is held to."""

    name = "bench.wagtail_own"
    label = "wagtail_own"

    def ready(self) -> None:
        """Draw previews here. Stands behind `cms.previews` in the apps, so its word is the last."""
        from bench.wagtail_own.drawing import draw_preview, give_templates
        from cms.core.previews import register_preview_opener

        give_templates()
        register_preview_opener(draw_preview)
