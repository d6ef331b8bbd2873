"""Words that count from the article or from a date before them: last week, two days later."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from detente.reading.dates.almanac import (
    Amount,
    Stretch,
    Way,
    month_of,
    named_day,
    season_of,
    unit_around,
    weekend,
)
from detente.reading.dates.points import Meaning, Point, point_at
from detente.reading.dates.words import (
    AND_HALF,
    MONTH,
    MONTHS,
    NUMBER,
    ORDINALS,
    SEASONS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    S,
    number,
)

__all__ = ["Length", "length_at", "relative_at"]

_TIME = r"(?:morning|afternoon|evening|night|noon)"
_TODAY = re.compile(
    rf"(?i:(?P<far>the{S}day{S}(?:before{S}yesterday|after{S}tomorrow))\b|(?P<day>today|tomorrow|yesterday|tonight)\b(?:{S}{_TIME}\b)?"
    rf"|(?P<part>this|last){S}(?:morning|afternoon|evening|night)\b)"
)
_UNIT = re.compile(
    rf"(?i:(?P<rel>last|past|next|this|coming|current|previous|preceding|following|same|that){S}"
    rf"(?:(?P<which>same|coming|past){S})?"
    rf"(?:(?P<unit>day|week|month|quarter|year|decade|weekend|morning|evening|night)"
    rf"|(?P<season>spring|summer|autumn|fall|winter))\b(?![\u2019']?s?-))"
    rf"|(?P<rel2>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming|[Ff]ollowing){S}"
    rf"(?:(?P<month>{MONTH})(?!{S}\d)|(?P<weekday>{WEEKDAY})(?:{S}{_TIME}\b)?)"
)
_PLAIN = re.compile(rf"(?i:the{S}(?:(?P<unit>weekend|week|month|year)|(?P<before>day{S}before))\b)")
_PIECE = re.compile(
    rf"(?i:(?P<nth>first|second|third|fourth|final|last|[1-4](?:st|nd|rd|th)){S}"
    rf"(?P<piece>half|quarter|week){S}of{S}(?=\w))"
    rf"|[Qq](?P<q>[1-4])(?:{S}(?:of{S})?)(?=\d)"
    rf"|(?i:(?P<nth2>first|second|third|fourth){S}(?P<piece2>quarter|half)\b(?=[\s.,;]))"
)
_LENGTH = re.compile(
    rf"(?:(?P<half>[Hh]alf{S}an?|[Hh]alf-an?|[Aa]{S}quarter{S}of{S}a|[Aa]{S}quarter){S}"
    r"(?P<whole>year|month|decade|century)\b"
    rf"|(?P<one>[Aa]n?){S}(?P<single>day|week|fortnight|month|year|decade|century)"
    rf"(?P<more>{AND_HALF})?(?![\w-])"
    rf"|(?P<count>{NUMBER})(?P<and>{AND_HALF})?[\s-]{{1,2}}(?P<unit>{UNIT})(?P<after>{AND_HALF})?"
    rf"|(?P<low>{NUMBER})(?:{S}(?:to|or){S}|\s?[-\u2013]\s?)(?P<high>{NUMBER})[\s-]{{1,2}}"
    rf"(?P<unit2>{UNIT}))(?![-\s]?olds?\b|{S}of{S}age\b)"
)
_SHIFTS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "same": 0,
    "that": 0, "next": 1, "coming": 1, "following": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: from `low` to `high`, the same where one is named."""

    start: int
    end: int
    low: Amount
    high: Amount
    single: bool
    joined: bool


def relative_at(text: str, at: int, end: int, base: Stretch | None) -> Point | None:
    """Return the date that words such as ``next week`` at a place name, if there are such words."""
    if found := _TODAY.match(text, at, end):
        return _today(found)
    if found := _PIECE.match(text, at, end):
        return _piece(found, text, end, base)
    if found := _UNIT.match(text, at, end):
        return _unit(found, base)
    if found := _PLAIN.match(text, at, end):
        return _plain(found, base)
    return None


def _today(found: re.Match[str]) -> Point:
    word = (found["day"] or "").lower()
    back = found["part"] is not None and found["part"].lower() == "last"
    shift = -1 if back or word == "yesterday" else int(word == "tomorrow")
    if found["far"]:
        shift = -2 if "before" in found["far"].lower() else 2

    def means(today: date, _way: Way) -> Stretch:
        return Stretch.of(today + timedelta(shift))

    return Point(*found.span(), means, "day", rule="counted from the day", needs_day=bool(shift))


def _nothing(_today: date, _way: Way) -> None:
    return None


def _from_base(found: re.Match[str], means: Meaning, base: Stretch | None) -> Point:
    rule = "counted from the date before it"
    return Point(*found.span(), means if base else _nothing, "base", relative=False, rule=rule)


def _unit(found: re.Match[str], base: Stretch | None) -> Point | None:
    if found["rel2"]:
        return _named(found)
    rel, unit = (found["which"] or found["rel"]).lower(), (found["unit"] or "").lower()
    shift = _SHIFTS[rel]
    if found["season"]:
        if rel in ("that", "same"):
            return None
        return _season(found, shift)
    if unit in ("morning", "evening", "night", "day"):
        if rel in ("this", "last", "past", "coming", "current"):
            return None
        unit = "day"
    if rel in ("following", "same", "that", "previous", "preceding") or unit == "day":
        if unit == "weekend":
            return None
        return _counted(found, unit, shift, base)
    if unit == "weekend":
        return Point(
            *found.span(), lambda day, _way: weekend(day, shift), "weekend",
            rule="the weekend said", needs_day=True,
        )  # fmt: skip

    def means(today: date, _way: Way) -> Stretch:
        return unit_around(unit, today, shift)

    return Point(
        *found.span(), means, f"{unit} said", rule=f"the {unit} said", needs_day=unit == "week"
    )


def _counted(found: re.Match[str], unit: str, shift: int, base: Stretch | None) -> Point:
    finest = {"day": 10, "week": 10, "month": 7}.get(unit, 4)
    if base is None or len(base.last) < finest:
        return _from_base(found, _nothing, None)
    kept = base

    def means(_today: date, _way: Way) -> Stretch:
        return unit_around(unit, kept.begin if shift < 0 else kept.end, shift)

    return _from_base(found, means, base)


def _named(found: re.Match[str]) -> Point:
    rel = found["rel2"].lower()
    if found["month"]:
        month = MONTHS[found["month"][:3].lower()]

        def means(today: date, way: Way) -> Stretch:
            step = _SHIFTS[rel] or (-1 if way == "past" else 1)
            day = today
            if _SHIFTS[rel] and month == today.month:
                day = unit_around("month", today, step).begin
            return month_of(month, day, "past" if step < 0 else "to come")

        return Point(*found.span(), means, "month")
    weekday = WEEKDAYS[found["weekday"][:3].lower()]

    def day(today: date, way: Way) -> Stretch:
        if rel == "this":
            return named_day(weekday, today, way)
        return named_day(weekday, today, "past" if rel == "last" else "to come", other=True)

    rule = {"last": "last day of that name", "this": ""}.get(rel, "next day of that name")
    return Point(*found.span(), day, "weekday", rule=rule, needs_day=True)


def _season(found: re.Match[str], shift: int) -> Point:
    month = SEASONS[found["season"].lower()]

    def means(today: date, _way: Way) -> Stretch:
        whole = [season_of(month, today.year + k) for k in (-2, -1, 0, 1, 2)]
        if shift < 0:
            return [one for one in whole if one.end < today][-1]
        if shift > 0:
            return next(one for one in whole if one.begin > today)
        return next(one for one in whole if one.end.year == today.year)

    return Point(*found.span(), means, "season", rule="the season said")


def _plain(found: re.Match[str], base: Stretch | None) -> Point:
    if found["before"]:
        return _counted(found, "day", -1, base)
    unit = found["unit"].lower()
    if unit == "weekend":

        def means(day: date, way: Way) -> Stretch:
            return weekend(day, -1 if way == "past" else 0)

        return Point(*found.span(), means, "weekend", rule="last whole weekend", needs_day=True)
    return Point(
        *found.span(), lambda day, _way: unit_around(unit, day, 0), f"plain {unit}",
        rule=f"the {unit} of the day", needs_day=unit == "week",
    )  # fmt: skip


def _piece(found: re.Match[str], text: str, end: int, base: Stretch | None) -> Point | None:
    piece = "quarter" if found["q"] else (found["piece"] or found["piece2"]).lower()
    nth = int(found["q"]) if found["q"] else ORDINALS[(found["nth"] or found["nth2"]).lower()]
    if found["piece2"]:
        whole: Point | None = None if piece == "half" else _year_of_day(found.end())
    else:
        whole = point_at(text, found.end(), end) or relative_at(text, found.end(), end, base)
    if whole is not None and whole.kind == "noun year":
        # in "the first half of 2021 talks" no more than the year belongs to it
        whole = replace(whole, end=whole.start + 4, kind="year")
    return _piece_of(found, whole, piece, nth) if whole is not None else None


def _year_of_day(at: int) -> Point:
    return Point(at, at, lambda day, _way: unit_around("year", day, 0), "year", rule="that year")


def _piece_of(found: re.Match[str], whole: Point, piece: str, nth: int) -> Point | None:
    limit = {"half": 2, "quarter": 4, "week": 4}[piece]
    if nth > limit:
        return None

    def means(today: date, way: Way) -> Stretch | None:
        stretch = whole.means(today, way)
        if stretch is None or stretch.first != stretch.last:
            return None
        size = len(stretch.first)
        if size == 4 and piece in ("half", "quarter"):
            k = limit if nth < 0 else nth
            months = 12 // limit
            first, last = (k - 1) * months + 1, k * months
            return Stretch(f"{stretch.first}-{first:02d}", f"{stretch.first}-{last:02d}")
        if size == 7 and piece in ("half", "week"):
            days = stretch.end.day
            if piece == "half":
                first, last = (1, 15) if nth == 1 else (16, days)
                return Stretch(f"{stretch.first}-{first:02d}", f"{stretch.first}-{last:02d}")
            first, last = (days - 6, days) if nth < 0 else (7 * nth - 6, 7 * nth)
            marks = ("~", "") if nth < 0 else ("~" * (nth > 1), "~")
            return Stretch(
                f"{stretch.first}-{first:02d}{marks[0]}", f"{stretch.first}-{last:02d}{marks[1]}"
            )
        return None

    return Point(
        found.start(), whole.end, means, piece, relative=whole.relative,
        rule="as written" if not whole.relative else "the part said", needs_day=whole.needs_day,
    )  # fmt: skip


def length_at(text: str, at: int, end: int) -> Length | None:
    """Return the length of time that begins at a place, if one does."""
    found = _LENGTH.match(text, at, end)
    if found is None:
        return None
    if found["half"]:
        share = Fraction(1, 4) if "quarter" in found["half"] else Fraction(1, 2)
        count, unit = (share, share), found["whole"]
    elif found["one"]:
        more = Fraction(bool(found["more"]), 2)
        count, unit = (1 + more, 1 + more), found["single"]
    elif found["low"]:
        count, unit = (number(found["low"]), number(found["high"])), found["unit2"]
        if count[0] >= count[1]:
            return None
    else:
        one = number(found["count"]) + Fraction(bool(found["and"] or found["after"]), 2)
        count, unit = (one, one), found["unit"]
    unit = "century" if unit.startswith("centur") else unit.removesuffix("s")
    low, high = Amount.of(count[0], unit), Amount.of(count[1], unit)
    if low is None or high is None or max(count) > 9999:
        return None
    words = found[0]
    # a 30-day deadline; "30 days" is no such thing
    joined = bool(found["count"]) and "-" + found["unit"] in words and words[-1] != "s"
    return Length(*found.span(), low, high, bool(found["one"]), joined)
