"""How things stood on a date, as far as known by another, from a viewpoint or from all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from detente.display import Shown
from detente.record.accounts import AccountView
from detente.record.clocks import StepEnd
from detente.record.dates import NEVER, When
from detente.record.entries import (
    Agreement,
    Commitment,
    Measure,
    Mechanism,
    Observation,
    Question,
    Run,
)
from detente.record.fields import Supported
from detente.record.known import Known
from detente.record.limits import Held
from detente.record.said import Called, Open
from detente.record.viewpoint import Viewpoint

if TYPE_CHECKING:
    from detente.record.record import Record

__all__ = [
    "AgreementStanding",
    "Clock",
    "CommitmentStanding",
    "Contested",
    "Due",
    "MeasureStanding",
    "MilestoneStanding",
    "Office",
    "PartyStanding",
    "Standing",
]


class MeasureStanding(NamedTuple):
    """A measure as it stood; `state` is in-force, not-in-force, contested or unknown."""

    measure: Measure
    state: str
    accounts: Sequence[AccountView]


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """Whether an actor took part in an agreement: in, out, contested or unknown."""

    actor: str
    state: str
    accounts: Sequence[AccountView]


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """A milestone: reached, due, passed, lapsed, contested or open.

    ``passed``: its day has come and nobody reports it reached; ``lapsed``: a mechanism that keeps
    it from being reached has run out; ``open``: no day is known.
    """

    id: str
    state: str
    date: When | None


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """An agreement, who took part in it, and its milestones."""

    agreement: Agreement
    state: str
    accounts: Sequence[AccountView]
    parties: Sequence[PartyStanding]
    milestones: Sequence[MilestoneStanding]


class CommitmentStanding(NamedTuple):
    """A commitment: kept, exceeded, not-performed, unknown, contested, not-begun or ended."""

    commitment: Commitment
    state: str
    start: When | None
    end: When | None
    held: Sequence[Held] = ()
    accounts: Sequence[AccountView] = ()

    @property
    def observation(self) -> Observation | None:
        """Return the latest observation that was held against its limit."""
        return self.held[0].observation if self.held else None


@dataclass(frozen=True, slots=True)
class Clock:
    """A run of a mechanism that has not ended: its current step and when each step ends."""

    id: str
    mechanism: Mechanism
    run: Run
    state: str
    accounts: Sequence[AccountView]
    steps: Sequence[StepEnd]
    step: StepEnd
    ends: When


@dataclass(frozen=True, slots=True)
class Due:
    """What falls due, and when."""

    date: When
    what: str
    id: str


@dataclass(frozen=True, slots=True)
class Office:
    """Who held an office."""

    person: str
    office: str
    of: str
    since: When | None
    supported: bool


@dataclass(frozen=True, slots=True)
class Contested:
    """A contested question and the answers that were held."""

    question: Question
    views: Sequence[AccountView]
    own: Sequence[AccountView]


@dataclass(frozen=True, repr=False)
class Standing(Shown):
    """How things stood: the answer to `Record.as_of`, and the only thing that is framed.

    Attributes
    ----------
    on : When
        The date; a day is meant as it was when it was over, in UTC.
    known_by : When or None
        What was first said later is left out.
    viewpoint : Viewpoint or None
        Whose accounts decide; None puts all side by side.
    """

    record: Record = field(repr=False)
    on: When
    known_by: When | None
    viewpoint: Viewpoint | None
    agreements: Sequence[AgreementStanding]
    commitments: Sequence[CommitmentStanding]
    measures: Sequence[MeasureStanding]
    demands: Sequence[Open]
    offers: Sequence[Open]
    clocks: Sequence[Clock]
    due: Sequence[Due]
    offices: Sequence[Office]
    contested: Sequence[Contested]
    called: Sequence[Called]

    def __repr__(self) -> str:
        known = "" if self.known_by is None else f", known by {self.known_by}"
        whose = "" if self.viewpoint is None else f", as {self.viewpoint}"
        parts = ("measures", "commitments", "demands", "offers", "clocks", "contested")
        counts = ", ".join(f"{len(getattr(self, part)):,} {part}" for part in parts)
        return f"<Standing {self.record.title!r} on {self.on}{known}{whose}: {counts}>"

    def sees(self, id_: str) -> bool:
        """Tell whether an entry was known."""
        return self.known.sees(id_)

    def appeared(self, part: Supported) -> tuple[str, ...]:
        """Return the sources of a part of the record that had appeared."""
        return self.known.appeared(part)

    @property
    def known(self) -> Known:
        """Return what of the record was known."""
        return Known(self.record, NEVER if self.known_by is None else self.known_by.latest)
