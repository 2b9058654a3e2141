"""The figures of a run, as a table."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

_PARTS: Final = {
    "post": "the form is sent, and kept",
    "frame": "the new frame loads",
    "scroll": "its scroll position is restored",
    "paint": "it is painted",
}


@dataclass(frozen=True)
class Refresh:
    """One refresh, in milliseconds: the parts follow each other."""

    post: float
    frame: float
    scroll: float
    paint: float

    @classmethod
    def from_marks(cls, marks: dict[str, Any]) -> Self:
        """From the moments that `preview_marks.js` noted."""
        painted = max(marks["editorDrawn"], marks["frameDrawn"])
        return cls(
            post=marks["json"] - marks["update"],
            frame=marks["frame"] - marks["json"],
            scroll=marks["loaded"] - marks["frame"],
            paint=painted - marks["loaded"],
        )

    @property
    def whole(self) -> float:
        """From the refresh request to the painted preview."""
        return self.post + self.frame + self.scroll + self.paint


def compute_ratio(ours: Sequence[Refresh], own: Sequence[Refresh]) -> float:
    """How many times as long ours takes, at the median."""
    return _median(ours, "whole") / _median(own, "whole")


def build_report(
    ours: Sequence[Refresh],
    own: Sequence[Refresh],
    servers: Sequence[dict[str, float]],
    contents: Sequence[dict[str, int]],
) -> str:
    """The table, and what it rests on. The first of each pair is ours."""
    lines = [
        f"{len(ours)} refreshes of each, milliseconds",
        f"{'':44}{'ours':>8}{'p90':>8}{'Wagtail':>10}{'p90':>8}{'ratio':>8}",
        _build_row("From the request to the painted preview", "whole", ours, own),
        *(_build_row(f"  {label}", part, ours, own) for part, label in _PARTS.items()),
        "",
        "The servers alone, one request after another, median milliseconds",
    ]
    for name, answers in zip(("ours", "Wagtail's"), servers, strict=True):
        lines += [f"  {name + ', ' + what:52}{time:8.0f}" for what, time in answers.items()]
    lines += ["", "What is painted"]
    lines += [
        f"  {what:42}{amount:8}{contents[1][what]:18}" for what, amount in contents[0].items()
    ]
    return "\n".join(lines)


def _build_row(label: str, part: str, ours: Sequence[Refresh], own: Sequence[Refresh]) -> str:
    a, b = _median(ours, part), _median(own, part)
    ratio = f"{a / b:8.2f}" if b >= 1 else f"{'':8}"
    return f"{label:44}{a:8.0f}{_p90(ours, part):8.0f}{b:10.0f}{_p90(own, part):8.0f}{ratio}"


def _median(refreshes: Sequence[Refresh], part: str) -> float:
    return statistics.median(_get_times(refreshes, part))


def _p90(refreshes: Sequence[Refresh], part: str) -> float:
    return statistics.quantiles(_get_times(refreshes, part), n=10, method="inclusive")[-1]


def _get_times(refreshes: Sequence[Refresh], part: str) -> list[float]:
    return [getattr(refresh, part) for refresh in refreshes]
