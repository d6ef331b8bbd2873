"""Milestones of agreements and what is counted from them, as far as they were known by a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.record.dates import DateError, When, before
from detente.record.durations import Duration
from detente.record.entries import Commitment
from detente.record.fields import Anchor

if TYPE_CHECKING:
    from detente.record.entries import Milestone
    from detente.record.record import Record

__all__ = ["Calendar", "qualified"]


def qualified(name: str, agreement: str | None) -> str:
    """Return ``agreement.milestone`` for a milestone that may be written without its agreement."""
    return name if "." in name or agreement is None else f"{agreement}.{name}"


@dataclass
class Calendar:
    """The milestones of a record as they were known by a second.

    Attributes
    ----------
    record : Record
    known_by : int
        What was first said later is left out: a milestone that was reached later has no date but
        the one that is counted, if it has that.
    """

    record: Record
    known_by: int

    def __post_init__(self) -> None:
        self._found: dict[str, When | None] = {}
        self._open: set[str] = set()
        self._lapsed: frozenset[str] = frozenset()
        self._ends: dict[tuple[str, str], When | None] = {}

    def reached(self, name: str) -> When | None:
        """Return the day on which a milestone was reached, as far as known."""
        stone = self.record.milestones.get(name)
        if stone is None or stone.date is None:
            return None
        return stone.date if self.record.known_from(stone, stone.date) <= self.known_by else None

    def lapse(self, names: Iterable[str]) -> None:
        """Take milestones for ones that will not be reached: nothing is counted from them."""
        self._lapsed = frozenset(names)
        self._found.clear()
        self._ends.clear()

    def date_of(self, name: str) -> When | None:
        """Return the day of a milestone: reached, or else as it is counted; None if neither."""
        # first along the milestones that each is counted from, then back, so that no length of it
        # exhausts Python's stack; one that counts from itself has no day
        chain: list[str] = []
        one: str | None = name
        while one is not None and one not in self._found and one not in self._open:
            self._open.add(one)
            chain.append(one)
            one = self._counts_from(one)
        for one in reversed(chain):
            found = self.reached(one)
            if found is None and one not in self._lapsed:
                found = self.counted(one)
            self._found[one] = found
            self._open.discard(one)
        return self._found.get(name)

    def _counts_from(self, name: str) -> str | None:
        """Return the milestone that one is counted from, unless it was reached."""
        stone = self.record.milestones.get(name)
        if stone is None or stone.counts is None or not stone.counts.milestone:
            return None
        if self.reached(name) is not None:
            return None
        return qualified(stone.counts.milestone, name.partition(".")[0])

    def counted(self, name: str) -> When | None:
        """Return the day of a milestone as it is counted, whether it was reached or not."""
        stone = self.record.milestones.get(name)
        return None if stone is None else self._counted(stone, name.partition(".")[0])

    def _counted(self, stone: Milestone, agreement: str) -> When | None:
        found = None if stone.counts is None else self.resolve(stone.counts, agreement)
        for other in stone.or_earlier:
            day = self.reached(qualified(other, agreement))
            if day is not None and (found is None or before(day, found)):
                found = day
        return found

    def resolve(self, anchor: Anchor | None, agreement: str | None) -> When | None:
        """Return the date an anchor stands for, or None where its milestone has none."""
        if anchor is None:
            return None
        if anchor.when is not None:
            return anchor.when
        day = self.date_of(qualified(anchor.milestone, agreement))
        return day if day is None or anchor.after is None else _after(anchor.after, day)

    def span(self, commitment: Commitment) -> tuple[When | None, When | None]:
        """Return when a commitment begins and ends, both None where that hangs on what is open."""
        start = (
            None
            if commitment.start is None
            else self.resolve(commitment.start, commitment.agreement)
        )
        end = None
        if commitment.end is not None:
            end = self.resolve(commitment.end, commitment.agreement)
        elif commitment.lasts is not None and start is not None:
            # many commitments run as long from the same milestone
            key = (start.text, commitment.lasts.text)
            if key not in self._ends:
                self._ends[key] = _after(commitment.lasts, start)
            end = self._ends[key]
        return start, end


def _after(length: Duration, start: When) -> When | None:
    """Return the date that lies so long after another, or None past the last year there is."""
    try:
        return length.after(start)
    except DateError:
        return None
