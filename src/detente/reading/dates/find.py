"""Find what names a date in a text, and tell what it means from the day the text is of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from detente.reading.dates.almanac import Anchor, Stretch, Way, day_of
from detente.reading.dates.bounds import BY, bounded, checked, from_to
from detente.reading.dates.direction import way_of
from detente.reading.dates.lengths import dated_length, past_one
from detente.reading.dates.points import ABSOLUTE, Point, clock_at, point_at, written
from detente.reading.dates.relative import length_at, relative_at
from detente.reading.dates.surroundings import Before, before_of, refused
from detente.reading.dates.words import COUNTED, DAY, MONTH, TRIGGER, YEAR, S
from detente.reading.found import Dating, Span

__all__ = ["find_dates"]

_TO = re.compile(rf"(?:\s?[-\u2013]\s?|—|{S}(?:to|through|until|till|and){S}(?:on{S})?)(?=\S)")
_TO_PART = re.compile(rf"(?:the{S})?(?P<part>early|mid|late|end(?={S}of))(?:{S}of)?[-\s](?=\w)")
#: the two ends of a range, by kind
_RANGES = {
    "day": ("day", "weekday", "base", "nth"),
    "weekday": ("weekday", "day"),
    "base": ("day", "weekday"),
    "month": ("month",),
    "year": ("year",),
    "season": ("season",),
}
_OTHER = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?{S}(?:of{S})?(?:{MONTH}|{COUNTED})|\d{{1,2}}{S}[a-z]"
)
_LIST = re.compile(rf"(?:,{S}(?:and{S}|or{S})?|{S}(?:and|or|&){S})(?:on{S}|in{S})?(?=\S)")
_LISTED_DAY = re.compile(
    rf"(?P<day>{DAY})(?:st|nd|rd|th)?(?=\s*(?:[.;)]|,(?!\s?\d)|\Z)|,?{S}(?P<year>{YEAR}))"
)
_LISTED_YEAR = re.compile(rf"(?=1[5-9]|20){YEAR}")
_ON = re.compile(rf"{S}on(?:wards?)?\b(?!{S}(?:the|a|an|[A-Z])\b)")
_NTH = re.compile(
    rf"(?P<day>{DAY})(?:st|nd|rd|th)\b(?=\s*(?:[.,;:)!?]|\Z|{S}(?:and|or|but|when|after|before|he"
    r"|she|it|they|as|while)\b))"
)
_AT = re.compile(rf"(?:,?{S}at{S}|,{S})(?=\d)")
_ON_DAY = re.compile(rf",?{S}(?:on{S})?(?:the{S})?(?=[\w\u2019'])")


def find_dates(
    text: str,
    spans: Iterable[Span],
    anchor: str | None,
    *,
    names: Collection[Span] = (),
    before: Dating | None = None,
) -> list[Dating]:
    """Find what names a date, a period or a length of time.

    Parameters
    ----------
    text : str
        The text of the article.
    spans : iterable of Span
        The pieces of it to be read, in order: sentences or quotations.
    anchor : str or None
        The day, month or year that the words are of, as the record writes it.
    names : collection of Span
        Proper names; what lies in one is no date.
    before : Dating or None
        The date named last before the first piece, for "the following day".

    Returns
    -------
    list of Dating
        In the order of the text; none overlaps another.

    Examples
    --------
    >>> words = "They met on Wednesday."
    >>> [(one.text, one.edtf) for one in find_dates(words, [Span(0, 22)], "2021-10-30")]
    [('on Wednesday', '2021-10-27')]
    """
    finder = _Finder(text, Anchor.of(anchor), names, before)
    found: list[Dating] = []
    end = 0
    for piece in sorted(spans):
        cut = Span(max(piece.start, end), min(piece.end, len(text)))
        if cut.start < cut.end:
            found.extend(finder.piece(cut))
            end = cut.end
    return found


#: days: an anniversary that far back is not meant where the next is so near
_LONG_AGO, _SOON = 240, 100


class _Finder:
    """One pass over the pieces of a text."""

    def __init__(
        self, text: str, anchor: Anchor | None, names: Collection[Span], before: Dating | None
    ) -> None:
        self.text = text
        self.anchor = anchor
        self.names = sorted(names)
        # the furthest end of any name up to each, so that a name inside another hides nothing
        self.ends: list[int] = []
        for name in self.names:
            self.ends.append(max(name.end, self.ends[-1] if self.ends else 0))
        self.starts = [name.start for name in self.names]
        self.base = Stretch.from_edtf(before.edtf) if before and before.edtf else None
        # days and years of a list, by where they stand: what the first of it was
        self.carried: dict[int, Stretch] = {}

    def named(self, span: Span) -> bool:
        """Tell whether a part of it is a part of a proper name."""
        k = bisect_left(self.starts, span.end)
        return k > 0 and self.ends[k - 1] > span.start

    def piece(self, piece: Span) -> Iterator[Dating]:
        """Yield the dates of one piece."""
        low = piece.start
        for trigger in TRIGGER.finditer(self.text, piece.start, piece.end):
            if trigger.start() < low:
                continue
            found = self.at(trigger.start(), low, piece)
            if found is None:
                continue
            low = found.span.end
            yield found
            if found.edtf is not None and not found.length:
                self.base = Stretch.from_edtf(found.edtf) or self.base

    def at(self, at: int, low: int, piece: Span) -> Dating | None:
        """Return the date that begins at a place, with what stands around it."""
        text, end = self.text, piece.end
        length = length_at(text, at, end) or past_one(text, at, end, low)
        if length is not None:
            if self.named(Span(at, length.end)):
                return None
            return dated_length(text, length, Span(low, end), self.anchor, self.base)
        point, clock = self.point(at, end)
        if point is None or self.named(Span(point.start, point.end)):
            return None
        around = before_of(text, point, low)
        if refused(text, point, around, piece):
            return None
        return self.dating(point, around, piece, clock)

    def point(self, at: int, end: int) -> tuple[Point | None, str]:
        """Return the date at a place, with the time of day beside it."""
        text = self.text
        if text[at].isdigit():
            found = clock_at(text, at, end)
            more = _ON_DAY.match(text, found[0], end) if found else None
            if found and more:
                point = self.plain(more.end(), end)
                if point is not None and point.kind in ("day", "weekday", "base"):
                    return replace(point, start=at), found[1]
                # "8 p.m." may end a date as well; "14.07.2015" is none
                if text[at : found[0]].rstrip(". ").endswith("m"):
                    return None, ""
        point = self.plain(at, end)
        if point is not None and point.kind in ("day", "weekday"):
            clock = _AT.match(text, point.end, end)
            time = clock_at(text, clock.end(), end) if clock else None
            if time is not None and clock and ("at" in clock[0] or time[1]):
                return replace(point, end=time[0]), time[1]
        return point, ""

    def plain(self, at: int, end: int) -> Point | None:
        """Return the date at a place, without a time."""
        text = self.text
        if at in self.carried:
            return self.listed(at, end)
        point = relative_at(text, at, end, self.base) or point_at(text, at, end)
        if point is None and text[at].isdigit():
            nth = _NTH.match(text, at, end)
            if nth is not None and re.search(
                rf"\b(?:on|until|by){S}the{S}\Z", text[max(0, at - 12) : at]
            ):
                point = self.nth(nth)
        return point

    def nth(self, found: re.Match[str]) -> Point:
        """Return a day of the month named before it, or of the month of the anchor."""
        day, base = int(found["day"]), self.base
        if base is not None and len(base.last) >= 7:
            today = self.anchor.last if self.anchor else None
            kept = base
            return Point(
                *found.span(), lambda _day, way: day_of(day, kept, today, way), "nth",
                relative=False, rule="day of the month before it",
            )  # fmt: skip

        def near(today: date, way: Way) -> Stretch | None:
            one = today
            step = -1 if way == "past" else 1
            for _ in range(62):
                if one.day == day:
                    return Stretch.of(one)
                one += timedelta(step)
            return None

        return Point(*found.span(), near, "nth", needs_day=False)

    def listed(self, at: int, end: int) -> Point | None:
        """Return a day or year of a list that has begun: the 5 of "June 3 and 5"."""
        first = self.carried[at]
        form = _LISTED_YEAR if len(first.last) == 4 else _LISTED_DAY
        found = form.match(self.text, at, end)
        if found is None:
            return None
        if form is _LISTED_YEAR:
            return written(at, at + 4, Stretch(found[0], found[0]), "listed")
        year = int(found["year"] or first.end.year)
        day = int(found["day"])
        try:
            stretch = Stretch.of(date(year, first.end.month, day))
        except ValueError:
            return None
        stop = found.end("year") if found["year"] else found.end()
        return written(at, stop, stretch, "listed", "day of the month before it")

    def dating(self, point: Point, around: Before, piece: Span, clock: str) -> Dating:
        """Return what a date means, with the other end of a range and the year of a list."""
        text, anchor = self.text, self.anchor
        way: Way = "past"
        # what is written out in full looks neither way, but for "from 1 May" and its end
        if point.relative or around.preposition == "from" or point.kind == "nth":
            told = way_of(text, piece, Span(around.start, point.end), around.preposition)
            way = told or self.nearer(point)
        second, part = self.other_end(point, around, piece.end)
        end = second.end if second else point.end
        on = (
            _ON.match(text, end, piece.end) if around.preposition == "from" and not second else None
        )
        end = on.end() if on else end
        shared = None if second else self.shared(point, piece.end)
        relative = point.relative if second is None else point.relative or second.relative
        if shared is not None:
            relative = False

        def means(today: date) -> Stretch | None:
            if second is not None:
                return from_to(point, second, today, way, (around.part, part))
            whole = shared or point.means(today, way)
            return bounded(whole, around, way, onward=bool(on)) if whole else None

        span = Span(around.start, end)
        needs_day = point.needs_day or (second is not None and second.needs_day)
        stretch = None
        counted = anchor.text if anchor and relative else None
        try:
            if not relative:
                stretch = means(ABSOLUTE)
            elif anchor is not None and (anchor.exact or not needs_day):
                stretch = anchor.read(means)
            elif anchor is None and self.base is not None and point.kind in ("day", "month"):
                # of a text without a day, the date named before it tells the year
                base = Anchor.of(self.base.last[:10])
                stretch = None if base is None else self.in_context(point, base, means)
                counted = None if base is None or stretch is None else base.text
        except (ValueError, OverflowError):
            stretch = None
        edtf = checked(stretch.edtf if stretch else None, clock)
        self.carry(point, end, piece.end, shared or stretch)
        rule = "the year of the list" if shared else self.rule(point, around, way)
        return Dating(span, text[span.start : span.end], edtf, counted if edtf else None, rule)

    @staticmethod
    def in_context(
        point: Point, base: Anchor, means: Callable[[date], Stretch | None]
    ) -> Stretch | None:
        """Return what a date means whose year the date before it tells: the nearer of two."""
        ahead = point.means(base.last, "to come")
        back = point.means(base.first, "past")
        if ahead is None or back is None:
            return base.read(means)
        later = (ahead.begin - base.last).days
        earlier = (base.first - back.end).days
        near = ahead if later <= earlier else back
        return means(near.begin)

    def nearer(self, point: Point) -> Way:
        """Return where a date lies that no verb places: back, unless it is nearly a year back."""
        if self.anchor is None or not self.anchor.exact or point.kind not in ("day", "month"):
            return "past"
        today = date.fromisoformat(self.anchor.text[:10])
        try:
            back, ahead = point.means(today, "past"), point.means(today, "to come")
        except (ValueError, OverflowError):
            return "past"
        if back is None or ahead is None or min(len(back.last), len(ahead.first)) < 7:
            return "past"
        last, first = (one + "-01" * (len(one) == 7) for one in (back.last, ahead.first))
        far = (today - date.fromisoformat(last)).days
        near = (date.fromisoformat(first) - today).days
        return "to come" if far > _LONG_AGO and 0 <= near < _SOON else "past"

    @staticmethod
    def rule(point: Point, around: Before, way: Way) -> str:
        """Return how a date was read."""
        rule = point.rule_for(way)
        if around.part == "end" and around.preposition in (*BY, "before"):
            return rule + "; its last day is the bound"
        if around.preposition in BY:
            return rule + "; it is the bound"
        if around.preposition == "before":
            return rule + "; what lies before it is the bound"
        return rule

    def other_end(self, point: Point, around: Before, end: int) -> tuple[Point | None, str]:
        """Return the date that a range goes to, and which part of it is meant."""
        found = _TO.match(self.text, point.end, end)
        if found is None or point.kind not in _RANGES:
            return None, ""
        joined = found[0].split()[:1] == ["and"]
        if joined != (around.preposition == "between"):
            return None, ""
        part = _TO_PART.match(self.text, found.end(), end)
        at = part.end() if part else found.end()
        if at >= end:
            return None, ""
        second = self.plain(at, end)
        if second is not None and second.kind == "noun year":
            second = replace(second, end=second.start + 4, kind="year")
        if second is None or second.kind not in _RANGES[point.kind]:
            return None, ""
        if self.named(Span(second.start, second.end)):
            return None, ""
        return second, part["part"] if part else ""

    def shared(self, point: Point, end: int) -> Stretch | None:
        """Return what a date without a year means in a list whose last has one."""
        if not point.relative or point.kind not in ("day", "month") or point.rule:
            return None
        chain, at = [point], point.end
        for _ in range(6):
            found = _LIST.match(self.text, at, end)
            other = self.plain(found.end(), end) if found and found.end() < end else None
            if other is None or other.kind != point.kind:
                break
            chain.append(other)
            at = other.end
            if not other.relative:
                break
        if chain[-1].relative:
            days = _LIST.match(self.text, at, end)
            listed = _LISTED_DAY.match(self.text, days.end(), end) if days else None
            if len(chain) == 1 and listed and listed["year"] and point.kind == "day":
                return point.means(date(int(listed["year"]), 12, 31), "past")
            return None
        stretch: Stretch | None = chain[-1].means(ABSOLUTE, "past")
        if stretch is None or stretch.first.startswith("["):
            return None
        for one in reversed(chain[:-1]):
            stretch = one.means(stretch.begin, "past")
            if stretch is None:
                return None
        return stretch

    def carry(self, point: Point, at: int, end: int, stretch: Stretch | None) -> None:
        """Keep what a list goes on from."""
        found = _LIST.match(self.text, at, end)
        if found is None or stretch is None:
            return
        whole = Stretch.from_edtf(stretch.edtf)
        if whole is None:
            return
        if point.kind in ("year", "listed") and len(whole.last) == 4:
            form: re.Pattern[str] = _LISTED_YEAR
        elif point.kind in ("day", "listed") and len(whole.last) == 10:
            form = _LISTED_DAY
        else:
            return
        # "3 and 5 June" has its own month; an amount is no day
        if form.match(self.text, found.end(), end) and not _OTHER.match(
            self.text, found.end(), end
        ):
            self.carried[found.end()] = whole
