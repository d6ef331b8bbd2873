"""How the answer moved as events unfolded: one analysis for every turn of the framed conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detente.analysis.findings import Findings
from detente.display import Shown
from detente.framing import Judged

__all__ = ["Replay", "Step", "step_from"]


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
    facts : mapping of str to str
        The entries of the record by which they turned, as they stand now.
    """

    on: str
    findings: Findings
    turned: tuple[Judged, ...] = field(repr=False)
    facts: Mapping[str, str]


@dataclass(frozen=True, repr=False)
class Replay(Shown):
    """All steps of a period.

    Attributes
    ----------
    start, end : str
        First and last day.
    steps : tuple of Step
        At least one; a conflict that never changes has one.
    idle : tuple of Judged
        Conditions with dates that never overlap the period.
    as_known_then : bool
        Whether on each day was left out what was first said later.
    """

    start: str
    end: str
    steps: tuple[Step, ...]
    idle: tuple[Judged, ...]
    as_known_then: bool = False

    def __repr__(self) -> str:
        verdicts = (
            "no status quo" if (found := step.findings.diagnosis) is None else found.verdict
            for step in self.steps
        )
        shown = ", ".join(dict.fromkeys(verdicts))
        return f"<Replay from {self.start} to {self.end}, {len(self.steps):,} steps: {shown}>"


def step_from(before: Sequence[Judged], on: str, findings: Findings) -> Step:
    """Return a step with what turned since the conditions of the step before."""
    assert findings.framed is not None
    pairs = [
        (old, new)
        for old, new in zip(before, findings.framed.judged, strict=bool(before))
        if old.in_force != new.in_force
    ]
    facts = {
        entry: state
        for old, new in pairs
        for entry, state in new.facts.items()
        if old.facts.get(entry) != state
    }
    return Step(on, findings, tuple(new for _, new in pairs), facts)
