"""App configuration."""

from django.apps import AppConfig


class PreviewsConfig(AppConfig):
    """Drafts on the real site: the editor's preview panel, and links to share a draft."""

    name = "cms.previews"
    label = "previews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add to the contract, and open previews for the page models below this app."""
        from cms.core.previews import register_preview_opener
        from cms.previews import contract
        from cms.previews.opening import open_preview

        contract.register()
        register_preview_opener(open_preview)
