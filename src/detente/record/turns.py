"""The days on which anything in a record can turn out otherwise than the day before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from detente.record.calendar import Calendar
from detente.record.clocks import step_ends
from detente.record.dates import ALWAYS, DAY, NEVER, When
from detente.record.entries import Commitment, Mechanism
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
    for entry in record.entries.values():
        for when in _dates(entry):
            yield from turning_seconds(when)
    calendar = Calendar(record, NEVER)
    counted = [calendar.date_of(name) for name in record.milestones]
    counted += [calendar.counted(name) for name in record.milestones]
    for commitment in record.of_kind(Commitment):
        counted += calendar.span(commitment)
    for mechanism in record.of_kind(Mechanism):
        counted += [step.ends for run in mechanism.runs for step in step_ends(mechanism, run)]
    for day in counted:
        if day is not None:
            yield from turning_seconds(day)


def turning_seconds(when: When) -> Iterator[int]:
    """Yield the seconds at which a date can begin or end to count."""
    yield from (when.earliest, when.begun, when.ended, when.latest, when.latest + 1)


def _dates(part: Any) -> Iterator[When]:
    """Yield every date that stands in an entry."""
    if isinstance(part, When):
        yield part
    elif isinstance(part, Anchor):
        if part.when is not None:
            yield part.when
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _dates(getattr(part, name))
    elif isinstance(part, tuple | list):
        for item in part:
            yield from _dates(item)
    elif isinstance(part, Mapping):
        for item in part.values():
            yield from _dates(item)
