"""Dates by name and by number: what stands at one place of a text, and how it is to be counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.reading.dates.almanac import (
    Stretch,
    Way,
    month_day,
    month_of,
    named_day,
    season_of,
    unit_around,
)
from detente.reading.dates.words import (
    CLOCK,
    DASH,
    DAY,
    MONTH,
    MONTHS,
    NAMED,
    ORDINAL,
    SEASON,
    SEASONS,
    TO,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR_NOUN,
    ZONES,
    S,
)

__all__ = ["ABSOLUTE", "Meaning", "Point", "clock_at", "point_at", "written"]

#: what it means, counted from a day into the past or the future
Meaning = Callable[[date, Way], Stretch | None]

#: a day for what is not counted from any
ABSOLUTE = date(1, 1, 1)

_SUFFIX = rf"(?:{ORDINAL})?"
_IN_YEAR = (
    rf"(?:(?:,?{S}(?:of{S}|in{S})?|(?<=\d{{4}})-)(?P<year>{YEAR})"
    rf"|,?{S}(?:of{S}|in{S})?(?P<rel>last|this|next){S}year\b)?"
)
_FORMS = {
    "iso": re.compile(
        r"(?P<y>\d{4})(?P<sep>[-/])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)"
        r"(?P<clock>T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?(?![\d/-])"
    ),
    "numeric": re.compile(
        r"(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?![\d/])"
    ),
    "day range": re.compile(
        rf"(?P<day>{DAY}){_SUFFIX}(?:{DASH}|{TO})(?P<to>{DAY}){_SUFFIX}{S}(?:of{S})?"
        rf"(?P<month>{MONTH}){_IN_YEAR}"
    ),
    "day month": re.compile(
        rf"(?P<day>{DAY}){_SUFFIX}(?:{S}(?:of{S})?|-)(?P<month>{MONTH}){_IN_YEAR}"
    ),
    "listed day": re.compile(
        rf"(?P<day>{DAY}){_SUFFIX}(?=(?:,{S}{DAY}{_SUFFIX}){{0,4}},?{S}(?:and|or|&){S}{DAY}{_SUFFIX}"
        rf"{S}(?:of{S})?(?P<month>{MONTH}){_IN_YEAR})"
    ),
    "month day": re.compile(
        rf"(?P<month>{MONTH}){S}(?:the{S})?(?P<day>{DAY}){_SUFFIX}(?![\w%]|[:./]\d|,\d)"
        rf"(?:(?:{DASH}|{TO})(?P<to>{DAY}){_SUFFIX}(?![\w%]|[:./]\d|{S}(?:of{S})?{MONTH}))?{_IN_YEAR}"
    ),
    "month year": re.compile(
        rf"(?P<month>{MONTH})(?:,?{S}(?:of{S})?|-)(?:(?P<year>{YEAR})|(?P<rel>last|this|next){S}year\b)"
    ),
    "month": re.compile(rf"(?P<month>{MONTH})"),
    "season": re.compile(rf"(?P<season>{SEASON}){S}(?:of{S})?(?P<year>{YEAR})"),
    "bare season": re.compile(rf"(?P<season>{SEASON})(?!{S}(?:of|in)\b)"),
    "feast": re.compile(
        rf"(?P<feast>Christmas|(?:[Tt]he{S})?[Nn]ew{S}[Yy]ear)(?:[\u2019']s)?"
        rf"(?:{S}(?P<eve>[Ee]ve|[Dd]ay)\b)?(?:,?{S}(?P<year>{YEAR}))?(?!\w)"
    ),
    "weekday": re.compile(
        rf"(?P<weekday>{WEEKDAY})(?:{S}(?:of{S})?(?P<rel>last|this|next){S}week\b"
        rf"|(?P<time>{S}(?:morning|afternoon|evening|night|noon|lunchtime)\b))?"
    ),
    "years": re.compile(
        r"(?P<y>(?:1[5-9]|20)\d\d)[-\u2013](?P<to>(?:1[5-9]|20)\d\d|\d\d)(?![\w-])"
    ),
    "decade": re.compile(r"(?:[\u2019'](?P<short>[1-9]0)|(?P<y>(?:1[5-9]|20)\d0))[\u2019']?s\b"),
    "short year": re.compile(r"[\u2019'](?P<y>\d\d)(?!\w|[\u2019'])"),
    "century": re.compile(r"(?P<nth>1[0-9]|20|21)(?:st|th)(?:[- ])century\b(?!-)"),
    "year": re.compile(rf"(?P<y>(?=1[5-9]|20){YEAR})"),
}
_NOUN = re.compile(rf"{S}(?:[A-Za-z][\w.-]{{0,20}}{S}){{0,2}}?(?i:{YEAR_NOUN})")
_CLOCK = re.compile(CLOCK)
_MORE = re.compile(rf",?{S}(?:the{S})?(?=\d|[A-Z])")
_NAMED = re.compile(rf"{S}{NAMED}")


@dataclass(frozen=True, slots=True)
class Point:
    """A date as named at one place.

    Attributes
    ----------
    start, end : int
    means : callable
        Returns what it means, counted from a day.
    kind : str
        ``day``, ``month``, ``weekday``, ``year``...
    relative : bool
        Whether it is counted from an anchor.
    rule : str
        How it is read; empty where that hangs on past and future.
    needs_day : bool
        Whether a month or year is too coarse an anchor.
    """

    start: int
    end: int
    means: Meaning
    kind: str
    relative: bool = True
    rule: str = ""
    needs_day: bool = False

    def rule_for(self, way: Way) -> str:
        """Return how it is read, in a few words."""
        if self.rule:
            return self.rule
        if self.kind == "weekday":
            return "last day of that name" if way == "past" else "next day of that name"
        return "nearest past" if way == "past" else "nearest to come"


def written(start: int, end: int, stretch: Stretch, kind: str, rule: str = "as written") -> Point:
    """Return a date that is counted from nothing."""
    return Point(start, end, lambda _day, _way: stretch, kind, relative=False, rule=rule)


def point_at(text: str, at: int, end: int) -> Point | None:
    """Return the date that begins at a place, if one does."""
    first = text[at]
    if first.isdigit():
        names: tuple[str, ...] = (
            "iso",
            "numeric",
            "day range",
            "day month",
            "listed day",
            "years",
            "decade",
        )
        names += ("century", "year")
    elif first in "\u2019'":
        names = ("decade", "short year")
    else:
        names = ("month day", "month year", "month", "weekday", "season", "bare season", "feast")
    for name in names:
        found = _FORMS[name].match(text, at, end)
        if found is None:
            continue
        try:
            point = _read(name, found, text, end)
        except (ValueError, OverflowError):
            point = None
        if point is not None:
            return None if _NAMED.match(text, point.end, end) and point.relative else point
    return None


def _read(name: str, found: re.Match[str], text: str, end: int) -> Point | None:
    start, stop = found.span()
    if name == "iso":
        day = date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
        day += found["clock"] or ""
        return written(start, stop, Stretch(day, day), "day")
    if name == "numeric":
        return _numeric(found)
    if name in ("day range", "day month", "listed day", "month day"):
        return _days(found)
    if name in ("month year", "month"):
        return _month(found, name)
    if name in ("season", "bare season"):
        return _season(found, name)
    if name == "weekday":
        return _weekday(found, text, end)
    if name == "feast":
        return _feast(found)
    return _years(name, found, text, end)


def _numeric(found: re.Match[str]) -> Point | None:
    a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
    days: list[str] = []
    for day, month in ((a, b), (b, a)) if found["sep"] == "/" else ((a, b),):
        try:
            days.append(date(year, month, day).isoformat())
        except ValueError:
            continue
    if not days:
        return None
    days = sorted(set(days))
    if len(days) == 1:
        return written(*found.span(), Stretch(days[0], days[0]), "day")
    either = f"[{days[0]},{days[1]}]"
    return written(*found.span(), Stretch(either, either), "day", "day and month in either order")


def _month_number(found: re.Match[str]) -> int:
    return MONTHS[found["month"][:3].lower()]


def _year_from(found: re.Match[str]) -> Callable[[date], int] | None:
    """Return the year that a date names, counted from a day; None where it names none."""
    shift = {"last": -1, "this": 0, "next": 1}
    if found["year"]:
        year = int(found["year"])
        return lambda _day: year
    if found["rel"]:
        by = shift[found["rel"]]
        return lambda day: day.year + by
    return None


def _days(found: re.Match[str]) -> Point | None:
    month, day = _month_number(found), int(found["day"])
    groups = found.groupdict()
    until = int(groups["to"]) if groups.get("to") else day
    year = _year_from(found)
    # 2000 was a leap year: what it lacks no year has
    date(2000, month, day), date(2000, month, until)
    if until < day:
        return None
    if year is not None:
        reckon = year

        def in_year(today: date, _way: Way) -> Stretch:
            y = reckon(today)
            return Stretch(date(y, month, day).isoformat(), date(y, month, until).isoformat())

        if not found["rel"]:
            in_year(ABSOLUTE, "past")
        rule = "as written" if found["year"] else "the year said"
        return Point(*found.span(), in_year, "day", relative=bool(found["rel"]), rule=rule)

    def near(today: date, way: Way) -> Stretch | None:
        last = month_day(month, until, today, way)
        if last is None or until == day:
            return last
        return Stretch(last.begin.replace(day=day).isoformat(), last.last)

    return Point(*found.span(), near, "day")


def _month(found: re.Match[str], name: str) -> Point | None:
    month = _month_number(found)
    start, stop = found.span()
    if name == "month":
        if not found["month"][-1].isalpha():
            return None
        return Point(start, stop, lambda today, way: month_of(month, today, way), "month")
    year = _year_from(found)
    if year is None:
        return None
    reckon = year

    def means(today: date, _way: Way) -> Stretch:
        text = f"{reckon(today):04d}-{month:02d}"
        return Stretch(text, text)

    rule = "as written" if found["year"] else "the year said"
    return Point(start, stop, means, "month", relative=bool(found["rel"]), rule=rule)


def _season(found: re.Match[str], name: str) -> Point:
    month = SEASONS[found["season"].lower()]
    if name == "season":
        return written(*found.span(), season_of(month, int(found["year"])), "season")

    def near(today: date, way: Way) -> Stretch:
        year = today.year
        if way == "past":
            year -= date(year, month, 1) > today
        else:
            year += season_of(month, year).end < today
        return season_of(month, year)

    return Point(*found.span(), near, "season")


def _feast(found: re.Match[str]) -> Point:
    """Return Christmas or the new year, the day itself or its eve."""
    eve = (found["eve"] or "").strip().lower() == "eve"
    if found["feast"].startswith("Christmas"):
        month, day = 12, 24 if eve else 25
    else:
        month, day = (12, 31) if eve else (1, 1)
    if found["year"]:
        whole = date(int(found["year"]), month, day).isoformat()
        return written(*found.span(), Stretch(whole, whole), "day")
    return Point(*found.span(), lambda today, way: month_day(month, day, today, way), "day")


def _weekday(found: re.Match[str], text: str, end: int) -> Point:
    weekday = WEEKDAYS[found["weekday"][:3].lower()]
    start, stop = found.span()
    if found["rel"]:
        shift = {"last": -1, "this": 0, "next": 1}[found["rel"]]

        def in_week(today: date, _way: Way) -> Stretch:
            return Stretch.of(unit_around("week", today, shift).begin + timedelta(weekday))

        rule = "that day of the week said"
        return Point(start, stop, in_week, "weekday", rule=rule, needs_day=True)
    more = _MORE.match(text, stop, end)
    full = point_at(text, more.end(), end) if more else None
    if full is not None and full.kind == "day":
        named = _FORMS["day month"].match(text, full.start, end)
        named = named or _FORMS["month day"].match(text, full.start, end)
        if full.relative and named and not named["rel"] and not named.groupdict().get("to"):
            month, day = _month_number(named), int(named["day"])

            def fitting(today: date, way: Way) -> Stretch | None:
                return month_day(month, day, today, way, weekday=weekday)

            return replace(full, start=start, means=fitting)
        return replace(full, start=start)
    return Point(
        start, stop, lambda today, way: named_day(weekday, today, way), "weekday", needs_day=True
    )


def _years(name: str, found: re.Match[str], text: str, end: int) -> Point | None:
    start, stop = found.span()
    if name == "century":
        first = (int(found["nth"]) - 1) * 100 + 1
        return written(start, stop, Stretch(f"{first:04d}", f"{first + 99:04d}"), "century")
    if name == "decade":
        first = int(found["y"]) if found["y"] else 1900 + int(found["short"])
        return written(start, stop, Stretch(f"{first:04d}", f"{first + 9:04d}"), "decade")
    if name == "years":
        last = found["to"] if len(found["to"]) == 4 else found["y"][:2] + found["to"]
        if last <= found["y"]:
            return None
        return written(start, stop, Stretch(found["y"], last), "years")
    if name == "short year":
        two = int(found["y"])
        year = str(two + (2000 if two < 30 else 1900))
        return written(start, stop, Stretch(year, year), "year", "the century is the usual one")
    noun = _NOUN.match(text, stop, end)
    stretch = Stretch(found["y"], found["y"])
    # whether it is a year at all hangs on what stands before it, or on the noun after it
    return written(start, noun.end() if noun else stop, stretch, "noun year" if noun else "year")


def clock_at(text: str, at: int, end: int) -> tuple[int, str] | None:
    """Return where a time of day ends, and it as the record writes it; empty without its zone."""
    found = _CLOCK.match(text, at, end)
    if found is None:
        return None
    if found["four"]:
        hour, minute = int(found["four"][:2]), int(found["four"][2:])
    else:
        hour, minute = int(found["hour"]), int(found["minute"] or found["minute2"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if not found["zone"]:
        return found.end(), ""
    ahead = ZONES[found["zone"]] + int(found["shift"] or 0)
    if not -12 <= ahead <= 14:
        return None
    zone = f"{ahead:+03d}:00" if ahead else "Z"
    return found.end(), f"T{hour:02d}:{minute:02d}{zone}"
