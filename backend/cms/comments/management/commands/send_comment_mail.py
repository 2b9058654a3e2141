"""`manage.py send_comment_mail`: tell the therapist which responses wait."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.comments.mail.sending import send_due_mail


class Command(BaseCommand):
    """Runs in each turn of the scheduler. What cannot be sent is tried again."""

    help = "Send the mail about responses that wait for a person, as the settings want it."

    def handle(self, *args: Any, **options: Any) -> None:
        send_due_mail()
