"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page has in common, and the rules that guard publication."""

    name = "cms.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.core import publish_guards

        publish_guards.connect()
