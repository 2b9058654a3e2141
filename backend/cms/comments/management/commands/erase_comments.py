"""`manage.py erase_comments EMAIL`: delete everything known of a sender."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.comments.privacy.personal_data import erase_personal_data, find_comments, read_email
from cms.comments.texts import TextRefusedError


class Command(BaseCommand):
    """Asks before it deletes."""

    help = "Delete all responses sent with an e-mail address, and all that is kept of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The address, in any case.")
        parser.add_argument("--yes", action="store_true", help="Do not ask.")

    def handle(self, *args: Any, email: str, yes: bool, **options: Any) -> None:
        try:
            address = read_email(email)
        except TextRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        count = find_comments(address).count()
        if not count:
            self.stdout.write("No response was sent with this address.")
            return
        if not yes and input(f"Delete {count} responses for good? Type “yes”: ") != "yes":
            raise CommandError("Nothing was deleted.")
        self.stdout.write(f"{erase_personal_data(address)}.")
