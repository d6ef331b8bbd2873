"""Mechanisms as clocks: when each step of a run ends."""

from __future__ import annotations

from typing import NamedTuple

from detente.record.dates import DAY, When, day_text, parse_when
from detente.record.durations import Duration
from detente.record.entries import Mechanism, Run, Step

__all__ = ["StepEnd", "run_end", "step_ends"]


class StepEnd(NamedTuple):
    """A step of a run and when it ends, unless it is extended."""

    step: Step
    ends: When


def step_ends(mechanism: Mechanism, run: Run) -> list[StepEnd]:
    """Return when each step of a run ends.

    A step with ``days`` begins where the one before ended; one with ``by_day`` counts from the
    start of the run. Days are calendar days, the day of the start being day 0. A period that ends
    at midnight runs out when its last day is over, at 00:00Z.

    Examples
    --------
    Thirty days from 20 August 2020 last until 19 September is over:

    >>> from detente.record.entries import Mechanism, Run
    >>> snapback = Mechanism.model_validate({
    ...     "name": "Snapback", "ends_at": "midnight",
    ...     "steps": [{"what": "Notice", "by_day": "0"}, {"what": "Vote", "by_day": "30"}]})
    >>> step_ends(snapback, Run.model_validate({"started": "2020-08-20"}))[-1].ends.text
    '2020-09-20T00:00Z'
    """
    found = []
    elapsed = 0
    for step in mechanism.steps:
        elapsed = step.by_day if step.by_day is not None else elapsed + (step.days or 0)
        ends = Duration(days=elapsed).after(run.started)
        if mechanism.ends_at == "midnight" and elapsed:
            ends = parse_when(f"{day_text(ends.latest + DAY)}T00:00Z")
        found.append(StepEnd(step, ends))
    return found


def run_end(mechanism: Mechanism, run: Run) -> When:
    """Return when the last step of a run ends, unless one is extended."""
    ends = step_ends(mechanism, run)
    return ends[-1].ends if ends else run.started
