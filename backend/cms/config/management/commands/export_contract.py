"""Write the contract, or check that what is committed is what the code says."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.config.contract_files import (
    OPENAPI_PATH,
    build_contract_files,
    find_stale_files,
    read_published_or_none,
)
from cms.config.env import REPOSITORY_ROOT
from cms.contract.breaking import find_breaking_changes, is_major_version_raised
from cms.contract.errors import ContractError


class Command(BaseCommand):
    """`export_contract` writes; `export_contract --check` fails when anything is stale."""

    help = "Write contract/ and the front end's models from the blocks and pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--check`."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or check. Raises `CommandError` with what to do."""
        try:
            files = build_contract_files()
        except ContractError as error:
            raise CommandError(str(error)) from error
        self._refuse_breaking_change(files[OPENAPI_PATH])
        stale = find_stale_files(files)
        if options["check"]:
            if stale:
                names = "\n  ".join(stale)
                raise CommandError(f"Stale; run `make contract` and commit:\n  {names}")
            self.stdout.write(f"{len(files)} contract files are up to date.")
            return
        for name in stale:
            path = REPOSITORY_ROOT / name
            if name in files:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(files[name], encoding="utf-8")
            else:
                path.unlink()
            self.stdout.write(f"{'wrote' if name in files else 'removed'} {name}")
        self.stdout.write(f"{len(stale)} of {len(files)} contract files changed.")

    def _refuse_breaking_change(self, new_text: str) -> None:
        old_text = read_published_or_none(OPENAPI_PATH)
        if old_text is None:
            return
        old, new = json.loads(old_text), json.loads(new_text)
        changes = find_breaking_changes(old, new)
        if changes and not is_major_version_raised(old, new):
            listed = "\n  ".join(changes)
            raise CommandError(
                "This would break readers of the API. Raise the first number of "
                f"CONTRACT_VERSION in cms/contract/openapi.py, or undo:\n  {listed}"
            )
