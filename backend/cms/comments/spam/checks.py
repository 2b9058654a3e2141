"""System check of the key for Akismet. It asks Akismet, so it runs only where it is asked for.

`manage.py check --deploy --tag akismet`; `manage.py bootstrap` does the same at every start.
"""

from collections.abc import Sequence
from typing import Any, Final

import akismet
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from cms.comments.spam.akismet import AkismetProvider

TAG: Final = "akismet"


@register(TAG, deploy=True)
def check_akismet_key(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """An error where Akismet refuses the key, a warning where it cannot be asked."""
    if not settings.AKISMET_KEY:
        return []
    try:
        is_valid = AkismetProvider().verify_key()
    except akismet.AkismetError:
        return [
            Warning(
                "Akismet could not be asked whether its key is valid.",
                hint=(
                    "Responses wait for a person until it answers. See that this machine may reach "
                    "https://rest.akismet.com, or raise AKISMET_TIMEOUT_SECONDS."
                ),
                id="comments.W001",
            )
        ]
    if is_valid:
        return []
    return [
        Error(
            "Akismet does not accept the key in AKISMET_KEY.",
            hint=(
                f"Copy the key from https://akismet.com/account/ and see that it is for "
                f"{settings.SITE_URL}. Or leave AKISMET_KEY empty: our own checks go on."
            ),
            id="comments.E001",
        )
    ]
