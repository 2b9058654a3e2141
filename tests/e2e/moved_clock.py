"""Runs one of the CMS's commands on a day to come: `moved_clock.py <hours> <command>`.

Django and Wagtail ask one function what time it is; in this process it answers ahead of time.
"""

import datetime
import sys

import django
from django.core.management import call_command
from django.utils import timezone


def main() -> None:
    hours, command = sys.argv[1:]
    ahead = datetime.timedelta(hours=float(hours))
    get_real_time = timezone.now
    timezone.now = lambda: get_real_time() + ahead
    django.setup()
    call_command(command)


if __name__ == "__main__":
    main()
