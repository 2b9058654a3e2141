"""App configuration."""

from django.apps import AppConfig


class ImagesConfig(AppConfig):
    """The images app."""

    name = "cms.images"
    label = "images"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.images import change_sources, contract, signals

        contract.register()
        signals.connect()
        change_sources.connect()
