"""App configuration."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """What changed for readers, in order: the feed that every site follows."""

    name = "cms.changes"
    label = "changes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the feed to the contract."""
        from cms.changes import contract

        contract.register()
