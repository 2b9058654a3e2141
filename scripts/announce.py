"""Waits until both servers answer, then says where they are; a part of `make run`."""

import signal
import sys

from scripts.instance import (
    LOOPBACK,
    Instance,
    InstanceError,
    build_instance,
    wait_until_answering,
)

SECONDS_TO_START = 60
# The demo's own logins, made by the CMS's `load_demo`; a test holds the two together.
USERNAME, EDITOR, MODERATOR = USERNAMES = ("admin", "editor", "moderator")
PASSWORD = "massage-aha-demo"  # noqa: S105

BANNER = """
  The site    {site}/
  The CMS     {cms}/admin/
  The API     {cms}/api/v2/docs/

  Logins      {usernames}; password of each: {password}
              editor writes and submits, moderator approves and publishes

  Ctrl-C stops everything.
"""


def main() -> int:
    """Announce, then sleep: the runner would take an end for a failure."""
    instance = build_instance()
    try:
        announce(instance)
    except InstanceError as error:
        print(error, flush=True)
        return 1
    signal.pause()
    return 0


def announce(instance: Instance) -> None:
    """Print the addresses once both servers answer, whatever stands before them."""
    wait_until_answering(f"http://{LOOPBACK}:{instance.cms_port}/admin/login/", SECONDS_TO_START)
    wait_until_answering(f"http://{LOOPBACK}:{instance.site_port}/", SECONDS_TO_START)
    banner = BANNER.format(
        site=instance.site_url,
        cms=instance.cms_url,
        usernames=", ".join(USERNAMES),
        password=PASSWORD,
    )
    print(banner, flush=True)


if __name__ == "__main__":
    sys.exit(main())
