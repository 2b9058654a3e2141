"""App configuration."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """What readers say below a page: taken in, checked for spam, moderated, shown."""

    name = "cms.comments"
    label = "comments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add to the contract, and name what happens to comments in their history."""
        from cms.comments import change_sources, contract, history  # noqa: F401  # the latter's hooks
        from cms.comments.spam import checks  # noqa: F401  # registers itself

        contract.register()
        change_sources.connect()
