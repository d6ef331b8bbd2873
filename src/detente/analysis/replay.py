"""How the answer moved as events unfolded: one analysis for every turn of the framed conflict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.analysis.findings import Findings
from detente.framing import Judged

__all__ = ["Replay", "Step", "turned"]


@dataclass(frozen=True)
class Step:
    """The conflict from one day until the next step.

    Attributes
    ----------
    on : str
        The first day on which it stood so, as ``YYYY-MM-DD``.
    findings : Findings
    turned : tuple of Judged
        The conditions that came out otherwise than at the step before, as they are now; at the
        first step none.
    """

    on: str
    findings: Findings
    turned: tuple[Judged, ...]


@dataclass(frozen=True)
class Replay:
    """All steps of a period.

    Attributes
    ----------
    start, end : str
        First and last day.
    steps : tuple of Step
        At least one; a conflict that never changes has one.
    idle : tuple of Judged
        Conditions with dates that never overlap the period.
    """

    start: str
    end: str
    steps: tuple[Step, ...]
    idle: tuple[Judged, ...]


def turned(before: Sequence[Judged], after: Sequence[Judged]) -> tuple[Judged, ...]:
    """Return the conditions that came out otherwise; both lists hold the same conditions."""
    return tuple(
        new for old, new in zip(before, after, strict=True) if old.in_force != new.in_force
    )
