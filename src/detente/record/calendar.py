"""Milestones of agreements and what is counted from them, as far as they were known by a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.record.dates import DateError, When, before
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

    def reached(self, name: str) -> When | None:
        """Return the day on which a milestone was reached, as far as known."""
        stone = self.record.milestones.get(name)
        if stone is None or stone.date is None:
            return None
        return stone.date if self.record.known_from(stone, stone.date) <= self.known_by else None

    def date_of(self, name: str) -> When | None:
        """Return the day of a milestone: reached, or else as it is counted; None if neither."""
        if name in self._found:
            return self._found[name]
        stone = self.record.milestones.get(name)
        if stone is None or name in self._open:
            # a milestone that counts from itself is a problem `check` tells
            return None
        self._open.add(name)
        found = self.reached(name)
        if found is None:
            found = self._counted(stone, name.partition(".")[0])
        self._open.discard(name)
        self._found[name] = found
        return found

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
        if day is None or anchor.after is None:
            return day
        try:
            return anchor.after.after(day)
        except DateError:
            return None

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
            try:
                end = commitment.lasts.after(start)
            except DateError:
                end = None
        return start, end
