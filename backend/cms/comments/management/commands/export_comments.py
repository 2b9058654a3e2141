"""`manage.py export_comments EMAIL`: everything known of a sender, as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.comments.privacy.personal_data import export_personal_data, read_email
from cms.comments.texts import TextRefusedError


class Command(BaseCommand):
    """Writes to the standard output, and nowhere else."""

    help = "Print all that is kept of the responses sent with an e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The address, in any case.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            found = export_personal_data(read_email(email))
        except TextRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
