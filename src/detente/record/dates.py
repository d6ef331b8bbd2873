"""Dates as the record writes them: a subset of EDTF, with what is certain about each.

A date is kept as it was written and knows the first and the last second it can mean. Seconds are
counted from 0001-01-01T00:00Z. A date without a zone is a calendar day and is laid on the days of
UTC; only where it meets a time that names its zone does it matter that the day began earlier in
the east and ended later in the west, and then the answer may be "cannot be told".

=============================  =========================================================
``2021-10-29``, ``2021-10``,   a day, a month, a year
``2021``
``2021-10-29T20:00-04:00``     a time with its zone (``Z`` or an offset); seconds may follow
``2021-10-05~``                about; ``?`` uncertain, ``%`` both
``2021-04-06/2021-04-09``      from one to the other; ``..`` on one side where it is open
``[2021-10-05,2021-10-07]``    one of these; ``2021-10-05..2021-10-07`` for all between
=============================  =========================================================
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NoReturn

__all__ = [
    "ALWAYS",
    "DAY",
    "NEVER",
    "DateError",
    "When",
    "before",
    "day_text",
    "parse_when",
]

DAY = 86_400

#: earlier and later than every date that can be written
ALWAYS = 0
NEVER = 4_000_000 * DAY

#: how much earlier a day begins in the easternmost zone than in UTC, and how much later it ends
#: in the westernmost
_EAST, _WEST = 14 * 3600, 12 * 3600

_MOMENT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<zone>Z|[+-]\d\d(?::?\d\d)?))?)?)?"
    r"(?P<qualifier>[?~%])?",
    re.ASCII,
)

_FORMS = (
    "a date is 2021, 2021-10, 2021-10-29, a time 2021-10-29T20:00Z, each with ? ~ or %, "
    "from/to, or [one,of]"
)


class DateError(ValueError):
    """A text is no date.

    Attributes
    ----------
    what : str
        What is wrong with it.
    offset : int
        Where in the text.
    """

    def __init__(self, what: str, offset: int = 0) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset


@dataclass(frozen=True, slots=True)
class When:
    """A date, an interval or one of several dates, as written and as bounds.

    Attributes
    ----------
    text : str
        As it was written.
    earliest, latest : int
        The first and the last second it can mean; `ALWAYS` and `NEVER` where it is open.
    kind : str
        ``moment``, ``interval`` or ``one-of``. All seconds of an interval are meant; of the
        others one is.
    begun, ended : int
        The last second at which an interval can begin, and the first at which it can end.
    uncertain, approximate : bool
        Whether it, or a part of it, is marked ``?`` or ``~``.
    floating : bool
        Whether it names no zone.
    """

    text: str
    earliest: int
    latest: int
    kind: str = "moment"
    uncertain: bool = False
    approximate: bool = False
    floating: bool = True
    begun: int = -1
    ended: int = -1

    def __post_init__(self) -> None:
        if self.begun < 0:
            # of a moment or of several dates one second is meant, and it is start and end
            object.__setattr__(self, "begun", self.latest)
            object.__setattr__(self, "ended", self.earliest)

    def __str__(self) -> str:
        return self.text

    @property
    def first_day(self) -> str:
        """Return the first day it can mean, as ``YYYY-MM-DD``; empty where it is open."""
        return day_text(self.earliest)

    @property
    def last_day(self) -> str:
        """Return the last day it can mean, as ``YYYY-MM-DD``; empty where it is open."""
        return day_text(self.latest)


def day_text(second: int) -> str:
    """Return the day of a second as ``YYYY-MM-DD``; empty for an open end."""
    if second in (ALWAYS, NEVER):
        return ""
    return date.fromordinal(second // DAY + 1).isoformat()


@lru_cache(maxsize=65_536)
def parse_when(text: str) -> When:
    """Return what a date means.

    Parameters
    ----------
    text : str
        A date in the subset of EDTF that the module describes.

    Raises
    ------
    DateError
        If the text is no date, or names a day that no calendar has.

    Examples
    --------
    >>> about = parse_when("2021-10~")
    >>> about.first_day, about.last_day, about.approximate
    ('2021-10-01', '2021-10-31', True)
    """
    if len(text) > 200:
        raise DateError(f"{text[:20]!r}... has {len(text):,} characters; {_FORMS}")
    if text.startswith("["):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    return _moment(text, 0)


def _moment(text: str, offset: int) -> When:
    found = _MOMENT.fullmatch(text)
    if found is None:
        _refuse(text, offset)
    year, month, day = found["year"], found["month"], found["day"]
    number = int(year)
    if number == 0:
        raise DateError(f"{text}: years begin with 0001", offset)
    if month is not None and not 1 <= int(month) <= 12:
        raise DateError(f"{text}: there is no month {month}", offset + 5)
    if day is not None:
        most = calendar.monthrange(number, int(month))[1]
        if not 1 <= int(day) <= most:
            name = f"{calendar.month_name[int(month)]} {number}"
            raise DateError(f"{text}: {name} has {most} days", offset + 8)
    first = date(number, int(month or 1), int(day or 1)).toordinal() - 1
    if day is not None:
        last = first
    elif month is not None:
        last = first + calendar.monthrange(number, int(month))[1] - 1
    else:
        last = date(number, 12, 31).toordinal() - 1
    earliest, latest = first * DAY, last * DAY + DAY - 1
    if found["hour"] is not None:
        earliest, latest = _clock(text, found, offset)
    sign = found["qualifier"]
    return When(
        text,
        earliest,
        latest,
        uncertain=sign in ("?", "%"),
        approximate=sign in ("~", "%"),
        floating=found["hour"] is None,
    )


def _clock(text: str, found: re.Match[str], offset: int) -> tuple[int, int]:
    """Return the bounds of a time of day in its zone."""
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise DateError(f"{text}: there is no time {text[11:16]}", offset + 11)
    zone = found["zone"]
    shift = 0
    if zone != "Z":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        shift = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if zone[0] == "-" else 1)
        if abs(shift) > 14 * 60 or int(digits[2:]) > 59:
            raise DateError(f"{text}: there is no zone {zone}", offset + found.start("zone"))
    moment = datetime(
        int(found["year"]), int(found["month"]), int(found["day"]), hour, minute, second,
        tzinfo=timezone(timedelta(minutes=shift)),
    )  # fmt: skip
    first = moment.replace(tzinfo=None).toordinal() - 1
    start = first * DAY + hour * 3600 + minute * 60 + second - shift * 60
    if not 0 <= start < date.max.toordinal() * DAY:
        raise DateError(f"{text}: lies outside the years 0001 to 9999 in UTC", offset)
    return start, start + (0 if found["second"] else 59)


def _interval(text: str) -> When:
    left, _, right = text.partition("/")
    if "/" in right:
        raise DateError(f"{text} has more than one /", len(left) + 1 + right.index("/"))
    if left in ("", "..") and right in ("", ".."):
        raise DateError(f"{text} is open on both sides", 0)
    start = None if left in ("", "..") else _moment(left, 0)
    end = None if right in ("", "..") else _moment(right, len(left) + 1)
    if start and end and end.latest < start.earliest:
        raise DateError(f"{text} ends before it begins", len(left) + 1)
    known = [part for part in (start, end) if part]
    return When(
        text,
        start.earliest if start else ALWAYS,
        end.latest if end else NEVER,
        "interval",
        any(part.uncertain for part in known),
        any(part.approximate for part in known),
        all(part.floating for part in known),
        # it begins no later than it can end, and ends no earlier than it can begin
        min(start.latest, end.latest if end else NEVER) if start else ALWAYS,
        max(end.earliest, start.earliest if start else ALWAYS) if end else NEVER,
    )


def _one_of(text: str) -> When:
    if not text.endswith("]"):
        raise DateError(f"{text} has no closing bracket", len(text))
    bounds: list[When] = []
    offset = 1
    for part in text[1:-1].split(","):
        start = offset + len(part) - len(part.lstrip())
        low, dots, high = part.strip().partition("..")
        if not (low or high):
            _refuse(text, start)
        first = _moment(low, start) if low else None
        last = _moment(high, start + len(low) + 2) if high else None
        if not dots:
            last = first
        assert first or last
        bounds.append(
            When(
                part,
                first.earliest if first else ALWAYS,
                last.latest if last else NEVER,
                uncertain=any(side.uncertain for side in (first, last) if side),
                approximate=any(side.approximate for side in (first, last) if side),
                floating=all(side.floating for side in (first, last) if side),
            )
        )
        if first and last and last.latest < first.earliest:
            raise DateError(f"{part.strip()} ends before it begins", start)
        offset += len(part) + 1
    return When(
        text,
        min(part.earliest for part in bounds),
        max(part.latest for part in bounds),
        "one-of",
        any(part.uncertain for part in bounds),
        any(part.approximate for part in bounds),
        all(part.floating for part in bounds),
    )


def _refuse(text: str, offset: int) -> NoReturn:
    shown = text if len(text) <= 40 else text[:37] + "..."
    raise DateError(f"{shown!r} is no date; {_FORMS}", offset)


def before(a: When, b: When) -> bool | None:
    """Tell whether one date lies wholly before another.

    Returns
    -------
    bool or None
        True or False where that holds for everything the two can mean, None where it hangs on
        which of their days, or which zone, is meant.

    Examples
    --------
    >>> killed = parse_when("2020-01-03T00:47+03:00")
    >>> before(killed, parse_when("2020-01-05")), before(parse_when("2020-01-02"), killed)
    (True, None)
    """
    end, last_end = a.ended, a.latest
    first_start, start = b.earliest, b.begun
    if a.floating != b.floating:
        # the day of one may lie east or west of the zone of the other
        if a.floating:
            end, last_end = end - _EAST, last_end + _WEST
        else:
            first_start, start = first_start - _EAST, start + _WEST
    if last_end < first_start:
        return True
    return False if end >= start else None
