"""Publishes one page again and again; prints each with the number of the feed right after it.

Runs inside a CMS: `python -m bench.speed.publisher SLUG TIMES [FIRST]` with that CMS's settings.
Each publish is one transaction, as a request of the admin is; FIRST is the number of the first.
"""

import sys
import time
from typing import Final

import django

# SQLite lets one write at a time and keeps no queue: without this nobody else would ever get in.
_PAUSE: Final = 0.05


def main() -> None:
    """Print `<which publish> <number>` for each, once it has committed."""
    django.setup()
    from django.db import transaction

    from bench.speed.staleness import build_mark
    from cms.changes.feed import get_position
    from cms.conditions.models import ConditionPage

    slug, times = sys.argv[1], int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    name = ConditionPage.objects.get(slug=slug).condition_name
    for number in range(first, first + times):
        with transaction.atomic():
            page = ConditionPage.objects.get(slug=slug)
            page.condition_name = f"{name} {build_mark(number)}"
            page.title = f"Massage for {page.condition_name}"
            page.save_revision().publish()
        print(number, get_position().number, flush=True)
        time.sleep(_PAUSE)


if __name__ == "__main__":
    main()
