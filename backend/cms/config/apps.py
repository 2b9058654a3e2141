"""The project's own app: settings, URLs and the commands that span every other app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds no models; it ties the other apps together."""

    name = "cms.config"
    label = "config"

    def ready(self) -> None:
        """Describe the endpoints that are about the contract itself."""
        from cms.config import api_docs

        api_docs.register()
