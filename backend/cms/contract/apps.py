"""App configuration."""

from django.apps import AppConfig


class ContractConfig(AppConfig):
    """The typed contract between the CMS and every front end."""

    name = "cms.contract"
    label = "contract"

    def ready(self) -> None:
        """Register the system checks."""
        from cms.contract import checks  # noqa: F401
