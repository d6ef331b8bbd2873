"""Lengths of time in calendar units, and the date that lies so long after another."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from detente.record.dates import ALWAYS, DAY, NEVER, DateError, When, day_text, parse_when

__all__ = ["Duration", "parse_duration"]

_DURATION = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in calendar units, such as 15 years or 30 days."""

    months: int = 0
    days: int = 0
    text: str = ""

    def after(self, start: When) -> When:
        """Return the date that lies this long after another.

        A month is a calendar month: one month after 31 January is the last of February. The
        result is as precise, and as certain, as the start.

        Raises
        ------
        DateError
            If the result lies after the year 9999.
        """
        if start.kind == "moment" and not start.floating:
            # the day counts where the clock is, not in UTC
            moved = _later(date.fromisoformat(start.text[:10]), self.months, self.days)
            return parse_when(moved.isoformat() + start.text[10:])
        first, last = self._shift(start.earliest), self._shift(start.latest)
        mark = "%" if start.uncertain and start.approximate else ""
        mark = mark or "~" * start.approximate or "?" * start.uncertain
        text = _span_text(first // DAY, last // DAY)
        kind = "one-of" if text.startswith("[") else "moment"
        return When(
            text + ("" if kind == "one-of" else mark),
            first,
            last,
            kind,
            start.uncertain,
            start.approximate,
            start.floating,
        )

    def _shift(self, second: int) -> int:
        if second in (ALWAYS, NEVER):
            return second
        day, rest = divmod(second, DAY)
        moved = _later(date.fromordinal(day + 1), self.months, self.days)
        return (moved.toordinal() - 1) * DAY + rest


def _span_text(first: int, last: int) -> str:
    """Return the shortest text for the days from one to another, counted from 0001-01-01."""
    low, high = day_text(first * DAY), day_text(last * DAY)
    for end in (10, 7, 4):
        text = low[:end]
        if low and text == high[:end]:
            meant = parse_when(text)
            if (meant.earliest // DAY, meant.latest // DAY) == (first, last):
                return text
    return f"[{low}..{high}]"


def _later(day: date, months: int, days: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    try:
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=days)
    except (ValueError, OverflowError, IndexError):
        raise DateError(f"the date after {months} months and {days} days is past 9999") from None


def parse_duration(text: str) -> Duration:
    """Return a duration such as ``P15Y``, ``P8Y6M``, ``P2W`` or ``P30D``.

    Raises
    ------
    DateError
        If the text is no duration.

    Examples
    --------
    >>> parse_duration("P8Y6M").after(parse_when("2016-01-16")).text
    '2024-07-16'
    """
    found = _DURATION.fullmatch(text)
    if found is None or len(text) > 20:
        what = f"{text[:40]!r} is no duration; it is written P15Y, P8Y6M, P2W or P30D"
        raise DateError(what)
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return Duration(years * 12 + months, weeks * 7 + days, text)
