"""App configuration."""

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    """Pages that appear and disappear by themselves, and the scheduler's sign of life."""

    name = "cms.scheduling"
    label = "scheduling"
    default_auto_field = "django.db.models.BigAutoField"
