"""The days on which anything in a record can turn out otherwise than the day before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from detente.record.calendar import Calendar
from detente.record.clocks import step_ends
from detente.record.dates import ALWAYS, DAY, NEVER, When
from detente.record.entries import Agreement, AnyEntry, Commitment, Mechanism
from detente.record.fields import Anchor
from detente.record.record import Record

__all__ = ["turning_days", "turning_seconds"]


def turning_days(record: Record) -> list[int]:
    """Return the days, as whole days since 1 January 1, on which some answer can change.

    Between two of them nothing begins, ends, is said, seen, or falls due. The day before the
    first may still have other answers.
    """
    seconds = set(_seconds(record))
    return sorted({second // DAY for second in seconds if ALWAYS < second < NEVER})


def _seconds(record: Record) -> Iterator[int]:
    anchors: list[tuple[Anchor, str | None]] = []
    for entry in record.entries.values():
        for part in _dates(entry):
            if isinstance(part, When):
                yield from turning_seconds(part)
            else:
                anchors.append((part, _agreement_of(entry)))
    for mechanism in record.of_kind(Mechanism):
        for run in mechanism.runs:
            for step in step_ends(mechanism, run):
                yield from turning_seconds(step.ends)
    for calendar in _calendars(record):
        days = [calendar.date_of(name) for name in record.milestones]
        days += [calendar.counted(name) for name in record.milestones]
        days += [calendar.resolve(anchor, agreement) for anchor, agreement in anchors]
        for commitment in record.of_kind(Commitment):
            days += calendar.span(commitment)
        for day in days:
            if day is not None:
                yield from turning_seconds(day)


def _calendars(record: Record) -> Iterator[Calendar]:
    """Yield the calendars that can be asked: one for each time at which a milestone got known."""
    known = {
        record.known_from(stone, stone.date)
        for stone in record.milestones.values()
        if stone.date is not None
    }
    for second in sorted({NEVER, *(one - 1 for one in known), *known}):
        yield Calendar(record, second)


def _agreement_of(entry: AnyEntry) -> str | None:
    """Return the agreement whose milestones an entry names without saying whose they are."""
    match entry:
        case Agreement():
            return entry.id
        case Commitment() | Mechanism():
            return entry.agreement
        case _:
            return None


def turning_seconds(when: When) -> Iterator[int]:
    """Yield the seconds at which a date can begin or end to count."""
    yield from (when.earliest, when.begun, when.ended, when.latest, when.latest + 1)


def _dates(part: Any) -> Iterator[When | Anchor]:
    """Yield every date that stands in an entry, and what counts from a milestone."""
    if isinstance(part, When):
        yield part
    elif isinstance(part, Anchor):
        yield part if part.when is None else part.when
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _dates(getattr(part, name))
    elif isinstance(part, tuple | list):
        for item in part:
            yield from _dates(item)
    elif isinstance(part, Mapping):
        for item in part.values():
            yield from _dates(item)
