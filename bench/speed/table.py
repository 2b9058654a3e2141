"""What was measured, as a table for people and as JSON for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.speed.figures import FIGURES, Figure


@dataclass
class Results:
    """What a run found: the figures by key, what is missing and why, and lines about the rest."""

    figures: dict[str, float] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, figures: Mapping[str, float], notes: Sequence[str]) -> None:
        """Take in what one group measured."""
        self.figures.update(figures)
        self.notes += notes

    @property
    def is_complete(self) -> bool:
        """Whether nothing that was asked for is missing, and every target is reached."""
        return not self.missing and all(
            figure.is_reached(self.figures[figure.key])
            for figure in FIGURES
            if figure.key in self.figures
        )


def build_table(results: Results) -> str:
    """The figures with their targets, then what there is to say about them."""
    rows = [f"{'figure':42}{'key':25}{'value':>10}  {'target':15}reached"]
    rows += [_build_row(figure, results) for figure in FIGURES if _is_known(figure, results)]
    return "\n".join([*rows, "", *results.notes])


def build_document(results: Results, **about: Any) -> dict[str, Any]:
    """What is written as JSON. `about` says where and how it was measured."""
    return {
        "figures": dict(results.figures),
        "missing": dict(results.missing),
        "notes": list(results.notes),
        **about,
    }


def _is_known(figure: Figure, results: Results) -> bool:
    return figure.key in results.figures or figure.key in results.missing


def _build_row(figure: Figure, results: Results) -> str:
    start = f"{figure.label:42}{figure.key:25}"
    if figure.key in results.missing:
        return f"{start}{'':>10}  {figure.wanted:15}not measured: {results.missing[figure.key]}"
    value = results.figures[figure.key]
    reached = "yes" if figure.is_reached(value) else "NO"
    return f"{start}{_format(value):>10}  {figure.wanted:15}{reached}"


def _format(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or value >= 1000 else f"{value:.2f}"
