"""App configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The readers' search: its index, its API, and the pages to explore next."""

    name = "cms.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add to the contract, and keep the index up to date."""
        from cms.search import contract, signals

        contract.register()
        signals.connect()
