"""An axis of time: from dates to places along it, with ticks from days to thousands of years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from detente.errors import DetenteError, Problem
from detente.record.dates import ALWAYS, DAY, NEVER, When, day_text
from detente.report.figures.figure import Line, Mark, Text
from detente.report.figures.text import fit, width_of

__all__ = ["Tick", "TimeAxis", "bounds", "extent", "period"]

#: the size of the labels
_SIZE = 11

#: the last second of the last year that a calendar has
_LAST = date.max.toordinal() * DAY - 1
#: what is shorter is widened: a single day would fill the whole picture
_LEAST = 7 * DAY

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

#: the steps that people count time in, from the smallest, and about how many days each has
_STEPS = (
    *((days, "day", days) for days in (1, 2, 5, 10)),
    *((30 * months, "month", months) for months in (1, 3, 6)),
    *((365 * years, "year", years) for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
)
#: the days of a month that have a tick; at the end of a month none comes close to the next first
_DAYS = {1: range(1, 32), 2: range(1, 30, 2), 5: range(1, 27, 5), 10: range(1, 22, 10)}


class Tick(NamedTuple):
    """A place on the axis, what stands there, and the year or month that this is part of."""

    second: int
    text: str
    part_of: str


def bounds(when: When) -> tuple[int, int]:
    """Return the first and the last second that a date names, an open side left out."""
    first = when.earliest if when.earliest != ALWAYS else when.latest // DAY * DAY
    last = when.latest if when.latest != NEVER else when.earliest
    return min(first, _LAST), min(last, _LAST)


def extent(dates: Iterable[When]) -> tuple[int, int] | None:
    """Return the first and the last second that dates name; None where there are no dates."""
    found = [bounds(when) for when in dates]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def period(found: tuple[int, int] | None, start: When | None, end: When | None) -> tuple[int, int]:
    """Return from when to when is drawn.

    Parameters
    ----------
    found : (int, int) or None
        First and last second of what there is to draw.
    start, end : When or None
        What was asked for; it has the last word.

    Raises
    ------
    DetenteError
        ``ends-before-start`` where both were asked for.
    """
    asked = start or end
    first, last = found or (bounds(asked) if asked is not None else (0, 0))
    first = first if start is None else start.earliest
    last = last if end is None else min(end.latest, _LAST)
    if last < first:
        if start is not None and end is not None:
            what = f"the period from {start} to {end} ends before it begins"
            raise DetenteError(Problem("ends-before-start", what))
        # nothing lies on the side that was not asked about
        first = last = first if start is not None else last
    if last - first < _LEAST:
        middle = (first + last) // 2 // DAY * DAY
        first, last = middle - 3 * DAY, middle + 4 * DAY
    # the calendar ends on both sides
    first = min(max(first, 0), _LAST - _LEAST)
    return first, max(min(last, _LAST), first + _LEAST)


@dataclass(frozen=True)
class TimeAxis:
    """From seconds to places.

    Attributes
    ----------
    start, end : int
        Seconds from 0001-01-01T00:00Z.
    left, right : float
        Where these two lie.
    width : float
        Of the whole figure; labels stay within it.
    """

    start: int
    end: int
    left: float
    right: float
    width: float

    def x(self, second: int) -> float:
        """Return where a second lies; what lies outside is laid on the edge."""
        part = (min(max(second, self.start), self.end) - self.start) / (self.end - self.start)
        return self.left + part * (self.right - self.left)

    def span(self, when: When) -> tuple[float, float]:
        """Return where a date begins and ends."""
        return self.x(when.earliest), self.x(when.latest)

    def shows(self, when: When) -> bool:
        """Tell whether a part of a date lies on the axis."""
        return when.latest >= self.start and when.earliest <= self.end

    def reaches(self, start: When | None, end: When | None) -> bool:
        """Tell whether a part of the time between two dates, which may be open, lies on it."""
        begins = ALWAYS if start is None else start.earliest
        ends = NEVER if end is None else end.earliest
        return ends >= self.start and begins <= self.end

    @property
    def words(self) -> str:
        """Return from when to when it goes."""
        return f"from {day_text(self.start)} to {day_text(self.end)}"

    @cached_property
    def ticks(self) -> tuple[Tick, ...]:
        """Return ticks at the smallest step at which labels keep apart."""
        found: tuple[Tick, ...] = ()
        most = (self.right - self.left) / 16
        for days, unit, step in _STEPS:
            if (self.end - self.start) / DAY / days > most:
                continue
            found = tuple(self._ticks(unit, step))
            places = [self.x(tick.second) for tick in found]
            widest = max((width_of(tick.text, _SIZE) for tick in found), default=0)
            if all(b - a >= widest + 8 for a, b in pairwise(places)):
                break
        return found

    @property
    def room(self) -> float:
        """Return how much height the labels take: one row of them, or two."""
        return 35 if any(tick.part_of for tick in self.ticks) else 21

    def grid(self, top: float, bottom: float) -> list[Mark]:
        """Return a faint line at each tick."""
        places = [self.x(tick.second) for tick in self.ticks]
        return [Line(x, top, x, bottom, "soft") for x in places]

    def labels(self, top: float) -> list[Mark]:
        """Return the labels below a line at `top`: what each tick is, and what that is part of."""
        marks: list[Mark] = [Line(self.left, top, self.right, top, "line")]
        ends, told = {16: 0.0, 30: 0.0}, ""
        for tick in self.ticks:
            x = self.x(tick.second)
            marks.append(Line(x, top, x, top + 4, "line"))
            rows = {16: tick.text, 30: "" if tick.part_of == told else tick.part_of}
            for below, text in rows.items():
                half = width_of(text, _SIZE) / 2
                # what the first tick is part of may be wider than the margin
                at = x if below == 16 else min(max(x, half + 2), self.width - half - 2)
                label = Text(at, top + below, text, _SIZE, "middle", "muted")
                box = label.box
                if text and box.left >= ends[below] and box.right <= self.width:
                    marks.append(label)
                    ends[below] = box.right + 4
                    told = tick.part_of if below == 30 else told
        return marks

    def label_of(self, when: When, y: float) -> Text:
        """Return the label of a date that is marked, kept within the figure."""
        text = f"on {fit(str(when), _SIZE, self.width / 2)}"
        half = width_of(text, _SIZE, bold=True) / 2
        x = min(max(self.x(bounds(when)[1]), half), self.width - half)
        return Text(x, y, text, _SIZE, "middle", "accent", bold=True)

    def line_of(self, when: When, top: float, bottom: float) -> Line:
        """Return the line at a date that is marked."""
        x = self.x(bounds(when)[1])
        return Line(x, top, x, bottom, "accent", 1, "4 3")

    def _ticks(self, unit: str, step: int) -> Iterator[Tick]:
        first, last = (date.fromordinal(one // DAY + 1) for one in (self.start, self.end))
        for year in range(first.year, last.year + 1):
            if unit == "year":
                if year % step == 0:
                    yield from self._tick(year, 1, 1, str(year), "")
                continue
            for month in range(1, 13, step if unit == "month" else 1):
                name = _MONTHS[month - 1]
                if unit == "month":
                    yield from self._tick(year, month, 1, name, str(year))
                    continue
                for day in _DAYS[step]:
                    yield from self._tick(year, month, day, str(day), f"{name} {year}")

    def _tick(self, year: int, month: int, day: int, text: str, part_of: str) -> Iterator[Tick]:
        try:
            second = (date(year, month, day).toordinal() - 1) * DAY
        except ValueError:
            # the month is shorter
            return
        if self.start <= second <= self.end:
            yield Tick(second, text, part_of)
