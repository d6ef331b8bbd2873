"""The arithmetic of dates: what lies next to, before, after and within what."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from detente.record.dates import DateError, parse_when

__all__ = [
    "Amount",
    "Anchor",
    "Stretch",
    "Way",
    "away",
    "day_of",
    "month_day",
    "month_of",
    "moved_from",
    "named_day",
    "part_of",
    "season_of",
    "unit_around",
    "weekend",
]

#: whether what is meant lies before or after the anchor
Way = Literal["past", "to come"]

_PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A date, or the time from one to another, each as the record writes it; ends may be about."""

    first: str
    last: str

    @classmethod
    def of(cls, day: date) -> Stretch:
        """Return one day."""
        return cls(day.isoformat(), day.isoformat())

    @classmethod
    def from_edtf(cls, edtf: str) -> Stretch | None:
        """Return what a date of the record spans; None for one of several dates."""
        if edtf.startswith("["):
            return None
        first, _, last = edtf.partition("/")
        sides = [side.rstrip("~?%")[:10] for side in (first, last or first)]
        known = [side for side in sides if side not in ("", "..")]
        return cls(known[0], known[-1]) if known else None

    @property
    def edtf(self) -> str:
        """Return it as the record writes it."""
        return self.first if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def begin(self) -> date:
        """Return its first day."""
        year, month, day = _numbers(self.first)
        return date(year, month or 1, day or 1)

    @property
    def end(self) -> date:
        """Return its last day."""
        return _last_day(self.last)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are counted from: a day, or the days of a month or a year."""

    text: str
    first: date
    last: date

    @classmethod
    def of(cls, text: str | None) -> Anchor | None:
        """Read an anchor; None where it is open or no date."""
        if not text:
            return None
        try:
            when = parse_when(text)
            first, last = date.fromisoformat(when.first_day), date.fromisoformat(when.last_day)
        except (DateError, ValueError):
            return None
        if when.kind == "moment" and not when.floating:
            # a day counts where the clock is
            first = last = date.fromisoformat(text[:10])
        return cls(text, first, last)

    @property
    def exact(self) -> bool:
        """Tell whether it is one day."""
        return self.first == self.last

    def read(self, meaning: Callable[[date], Stretch | None]) -> Stretch | None:
        """Return what holds for every day the anchor may be, no finer than that allows."""
        low = meaning(self.first)
        if self.exact or low is None:
            return low
        high = meaning(self.last)
        if high is None:
            return None
        size = 7 if self.first.month == self.last.month else 4
        first, last = _shared(low.first, high.first, size), _shared(low.last, high.last, size)
        return Stretch(first, last) if first and last else None


def _shared(one: str, other: str, size: int) -> str | None:
    """Return the month or year that two dates have in common, the date if they are the same."""
    if one == other:
        return one
    mark = "~" if "~" in one + other else ""
    same = one[:size] == other[:size]
    return one[:size].rstrip("~") + mark if same else None


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of time: months and days, and how fine it counts."""

    months: int
    days: int
    length: str
    about: bool

    @classmethod
    def of(cls, count: Fraction, unit: str) -> Amount | None:
        """Return so many days, weeks, months...; None where the record has no such length."""
        about = unit != "day"
        if unit == "hour":
            days = count / 24
            return cls(0, int(days), f"P{days}D", about=False) if days.denominator == 1 else None
        if unit in ("day", "week", "fortnight"):
            days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
            if unit != "day" and (days / 7).denominator == 1:
                return cls(0, int(days), f"P{days / 7}W", about)
            return cls(0, int(days), f"P{int(days)}D", about) if days >= 1 else None
        months = count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        whole, rest = divmod(months, 1)
        half = int(rest * 30)
        if unit == "month":
            text = (f"{whole}M" if whole else "") + (f"{half}D" if half else "")
        else:
            years, left = divmod(int(whole), 12)
            text = (f"{years}Y" if years else "") + (f"{left}M" if left else "")
        return cls(int(whole), half, f"P{text}", about) if text else None


def _numbers(text: str) -> tuple[int, int, int]:
    found = _PLAIN.match(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part or 0) for part in found.groups())
    return year, month, day


def _last_day(text: str) -> date:
    year, month, day = _numbers(text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _month_text(year: int, month: int) -> str:
    if not 1 <= year <= 9999:
        raise ValueError(year)
    return f"{year:04d}-{month:02d}"


def _months_on(year: int, month: int, count: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def away(day: date, amount: Amount, sign: int) -> str:
    """Return the date so long before (-1) or after (1) a day, as fine as the amount counts."""
    if amount.months:
        year, month = _months_on(day.year, day.month, sign * amount.months)
        if amount.days:
            start = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
            return (start + timedelta(sign * amount.days)).isoformat() + "~"
        return _month_text(year, month) + "~"
    return (day + timedelta(sign * amount.days)).isoformat() + "~" * amount.about


def moved_from(base: Stretch, amount: Amount, sign: int) -> Stretch | None:
    """Return what lies so long before or after a date named; None where it is too coarse."""
    text = base.last if sign > 0 else base.first
    year, month, day = _numbers(text)
    if day:
        found = away(date(year, month, day), amount, sign)
    elif month and not amount.days:
        found = away(date(year, month, 1), amount, sign)
    elif not amount.days and amount.months % 12 == 0:
        found = f"{year + sign * amount.months // 12:04d}~"
    else:
        return None
    return Stretch(found, found)


def month_of(month: int, today: date, way: Way) -> Stretch:
    """Return the nearest month of a name, that of the day itself included."""
    year = today.year
    if way == "past" and month > today.month:
        year -= 1
    if way == "to come" and month < today.month:
        year += 1
    text = _month_text(year, month)
    return Stretch(text, text)


def month_day(
    month: int, day: int, today: date, way: Way, *, weekday: int | None = None
) -> Stretch | None:
    """Return the nearest day of a month; where its weekday is told, one that falls on it."""
    step = -1 if way == "past" else 1
    near: list[date] = []
    for year in range(today.year - step, today.year + 9 * step, step):
        try:
            one = date(year, month, day)
        except ValueError:
            continue
        if (one - today).days * step >= 0:
            near.append(one)
        elif weekday is not None and one.weekday() == weekday:
            # the other way round only where the weekday says so
            near.append(one)
    if weekday is not None:
        fits = [one for one in near if one.weekday() == weekday]
        near = [one for one in near if (one - today).days * step >= 0]
        fits = [one for one in fits if abs((one - today).days) <= 366] or near
        return Stretch.of(min(fits, key=lambda one: abs((one - today).days))) if fits else None
    return Stretch.of(near[0]) if near else None


def day_of(day: int, base: Stretch, today: date | None, way: Way) -> Stretch | None:
    """Return a day of the month named before it, or of the next where that has passed."""
    year, month, named = _numbers(base.last)
    if not month:
        return None
    if named and day < named:
        later = _months_on(year, month, 1)
        if today is None or way == "to come" or date(*later, 1) <= today:
            year, month = later
    try:
        return Stretch.of(date(year, month, day))
    except ValueError:
        return None


def named_day(weekday: int, today: date, way: Way, *, other: bool = False) -> Stretch:
    """Return the nearest day of a name; another than the day itself where that is said."""
    if way == "past":
        back = (today.weekday() - weekday) % 7
        return Stretch.of(today - timedelta(back or 7 * other))
    ahead = (weekday - today.weekday()) % 7
    return Stretch.of(today + timedelta(ahead or 7 * other))


def weekend(today: date, shift: int) -> Stretch:
    """Return the last whole weekend (-1), the one at hand or to come (0), or the next (1)."""
    if shift < 0:
        sunday = today - timedelta((today.weekday() - 6) % 7)
        return Stretch((sunday - timedelta(1)).isoformat(), sunday.isoformat())
    saturday = today - timedelta(today.weekday()) + timedelta(5)
    if shift > 0 and today.weekday() >= 5:
        saturday += timedelta(7)
    return Stretch(saturday.isoformat(), (saturday + timedelta(1)).isoformat())


def season_of(month: int, year: int) -> Stretch:
    """Return a season by its first month; winter goes on into the next year."""
    return Stretch(_month_text(year, month), _month_text(*_months_on(year, month, 2)))


def unit_around(unit: str, day: date, shift: int) -> Stretch:
    """Return the day, week, month, quarter, year or decade around a day, or one further on."""
    if unit == "day":
        return Stretch.of(day + timedelta(shift))
    if unit == "week":
        monday = day + timedelta(7 * shift - day.weekday())
        return Stretch(monday.isoformat(), (monday + timedelta(6)).isoformat())
    if unit == "month":
        text = _month_text(*_months_on(day.year, day.month, shift))
        return Stretch(text, text)
    if unit == "quarter":
        start = _months_on(day.year, (day.month - 1) // 3 * 3 + 1, 3 * shift)
        return Stretch(_month_text(*start), _month_text(*_months_on(*start, 2)))
    if unit == "year":
        text = f"{day.year + shift:04d}"
        return Stretch(text, text)
    start_year = (day.year // 10 + shift) * 10
    return Stretch(f"{start_year:04d}", f"{start_year + 9:04d}")


def part_of(whole: Stretch, part: str) -> Stretch:
    """Return the early, mid or late part of a month, year, week, season or decade."""
    size = len(whole.first)
    k = ("early", "mid", "late").index(part)
    if whole.first == whole.last:
        if size == 10:
            return whole
        cuts = [1, 10, 11, 20, 21, whole.end.day] if size == 7 else [1, 4, 5, 8, 9, 12]
        first, last = (f"{whole.first}-{cut:02d}" for cut in cuts[2 * k : 2 * k + 2])
    elif size == 10:
        # a week: its first, middle and last three days
        first, last = (
            (whole.begin + timedelta(days)).isoformat()
            for days in ((0, 2), (2, 4), (3, (whole.end - whole.begin).days))[k]
        )
        if whole.end.toordinal() - whole.begin.toordinal() < 6:
            return whole
    elif size == 7:
        start = _months_on(whole.begin.year, whole.begin.month, k)
        first = last = _month_text(*start)
        return replace(whole, first=first + "~", last=last + "~")
    else:
        years = whole.end.year - whole.begin.year + 1
        low = whole.begin.year
        cuts = [0, 3, 4, 6, 6, 9] if years == 10 else [0, 32, 33, 65, 66, 99]
        first, last = (f"{low + cut:04d}" for cut in cuts[2 * k : 2 * k + 2])
    return Stretch(first + "~" * (k > 0), last + "~" * (k < 2))
