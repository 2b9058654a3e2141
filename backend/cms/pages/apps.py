"""App configuration."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The home page, standard pages, and every page of the public API."""

    name = "cms.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add to the contract, and keep the record of public paths."""
        from cms.pages import change_sources, contract, public_path_signals

        contract.register()
        public_path_signals.connect()
        change_sources.connect()
