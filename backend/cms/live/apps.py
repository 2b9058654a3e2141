"""App configuration."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Whether the public site shows what was published, told to the editor within seconds."""

    name = "cms.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what is published."""
        from cms.live import publications

        publications.connect()
