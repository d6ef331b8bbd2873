"""What prepositions make of a date: a bound, an open end, the time from one to another."""

from __future__ import annotations

from datetime import date, timedelta

from detente.reading.dates.almanac import Stretch, Way, part_of
from detente.reading.dates.points import Point
from detente.reading.dates.surroundings import Before
from detente.record.dates import DateError, parse_when

__all__ = ["BY", "bounded", "checked", "from_to"]

#: prepositions whose date is the last that is meant
BY = ("by", "until", "till", "no later than", "not later than", "on or before")


def from_to(
    one: Point, other: Point, today: date, way: Way, parts: tuple[str, str]
) -> Stretch | None:
    """Return the time from one date to another; what has no year is nearest to the other end."""
    if not one.relative or (other.relative and way == "to come"):
        first = one.means(today, way)
        last = other.means(first.end, "to come") if first else None
    else:
        last = other.means(today, way)
        first = one.means(last.begin, "past") if last else None
    if first is None or last is None:
        return None
    if parts[0]:
        first = _part(first, parts[0])
    if parts[1]:
        last = _part(last, parts[1])
    return Stretch(first.first, last.last)


def _part(whole: Stretch, part: str) -> Stretch:
    if part in ("", "some"):
        return whole
    return part_of(whole, "late" if part == "end" else part)


def bounded(whole: Stretch, around: Before, way: Way, *, onward: bool) -> Stretch:
    """Return what a date means with the preposition and the part before it."""
    preposition = around.preposition
    part = _part(whole, around.part)
    first, last = part.first.rstrip("~"), part.last.rstrip("~")
    if first.startswith("["):
        return whole
    if preposition in ("by", "before", "prior to") and around.part == "end":
        return Stretch("..", whole.end.isoformat())
    if preposition in BY:
        return Stretch("..", whole.end.isoformat() if around.part == "end" else last)
    if preposition in ("before", "prior to"):
        return Stretch("..", _day_before(first))
    if preposition in ("since", "after", "as of") or onward:
        return Stretch(first, "..")
    if preposition == "from" and way == "to come":
        return Stretch(first, "..")
    if preposition in ("around", "about", "circa") and part == whole:
        return Stretch(first + "~", last + "~")
    return part


def _day_before(text: str) -> str:
    """Return the day before a day, the month before a month, the year before a year."""
    start = Stretch(text, text).begin
    earlier = start - timedelta(1)
    return earlier.isoformat()[: len(text)]


def checked(edtf: str | None, clock: str) -> str | None:
    """Return a date that the record can hold, with its time of day where it is a day."""
    if edtf is None:
        return None
    for text in (edtf + clock, edtf) if clock and len(edtf) == 10 else (edtf,):
        try:
            parse_when(text)
        except DateError:
            continue
        return text
    return None
