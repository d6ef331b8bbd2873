"""More observations than can be told apart: specks, each for one or several of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from detente.report.figures.figure import Mark, Path_

__all__ = ["Speck", "crowd"]

#: at most so many specks are drawn
_MOST = 9000


class Speck(NamedTuple):
    """Where an observation lies, and whether it is a figure and no bound or range."""

    x: float
    y: float
    exact: bool


def crowd(specks: Sequence[Speck]) -> list[Mark]:
    """Return specks as one mark for each kind; those that fall together are one."""
    grain, found = 2.0, _on_grid(specks, 2)
    while len(found) > _MOST:
        grain *= 1.4
        found = _on_grid(specks, grain)
    made: dict[bool, list[str]] = {}
    for x, y, exact in sorted(found):
        # whole numbers keep thousands of them short
        drawn = f"M{x:.0f} {y:.0f}{'h2v2h-2Z' if exact else 'h5v1h-5Z'}"
        made.setdefault(exact, []).append(drawn)
    return [Path_("".join(parts), "muted", filled=True) for _, parts in sorted(made.items())]


def _on_grid(specks: Sequence[Speck], grain: float) -> set[Speck]:
    return {Speck(one.x // grain * grain, one.y // grain * grain, one.exact) for one in specks}
