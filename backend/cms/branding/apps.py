"""App configuration."""

from django.apps import AppConfig


class BrandingConfig(AppConfig):
    """The branding app."""

    name = "cms.branding"
    label = "branding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.branding import change_sources, contract

        contract.register()
        change_sources.connect()
