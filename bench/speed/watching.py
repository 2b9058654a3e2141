"""Pages on several sites that are watched until they show something."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench.speed.asking import Asker

# Between two looks at the same page; a figure is longer by half of it. Readers who look more often
# would take the processor from those whose speed is measured.
_PAUSE: Final = 0.02
_LOCATION: Final = re.compile(rb"<loc>[a-z]+://[^/]+(?P<path>/[^<]*)</loc>")


class NeverShownError(Exception):
    """Something that was published did not become visible."""


@dataclass(frozen=True)
class Place:
    """A page on one of the sites."""

    site: Asker
    path: str

    def shows(self, mark: str) -> bool:
        """Whether `mark` is on it now."""
        return mark.encode() in self.site.look(self.path)


def find_paths(site: Asker) -> list[str]:
    """The path of every public page, and of those that the A to Z is made of."""
    paths = [match["path"].decode() for match in _LOCATION.finditer(site.get("/sitemap.xml").body)]
    letters = [f"/conditions/letter/{letter}/" for letter in "abcdefghijklmnopqrstuvwxyz"]
    return [*paths, *(path for path in letters if site.get(path).status == 200)]


def wait_until_shown(places: Sequence[Place], mark: str, patience: float) -> dict[Place, float]:
    """The moment at which each of `places` first showed `mark`, by `time.perf_counter`.

    Raises `NeverShownError`.
    """
    shown: dict[Place, float] = {}
    deadline = time.perf_counter() + patience
    while len(shown) < len(places):
        for place in places:
            if place not in shown and place.shows(mark):
                shown[place] = time.perf_counter()
        if time.perf_counter() > deadline:
            missing = ", ".join(place.path for place in places if place not in shown)
            raise NeverShownError(f"After {patience:.0f} s {mark} was not on {missing}.")
        time.sleep(_PAUSE)
    return shown
