"""App configuration."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Condition pages, their index, people and body systems."""

    name = "cms.conditions"
    label = "conditions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.conditions import change_sources, contract, new_page, people_in_use, search_signals

        contract.register()
        new_page.connect()
        people_in_use.connect()
        search_signals.connect()
        change_sources.connect()
