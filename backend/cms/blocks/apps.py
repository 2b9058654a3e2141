"""App configuration."""

from django.apps import AppConfig


class BlocksConfig(AppConfig):
    """The blocks app."""

    name = "cms.blocks"
    label = "blocks"
    default_auto_field = "django.db.models.BigAutoField"
