"""Lengths of time in a text: what stands before and after them says what they are counted from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from detente.reading.dates.almanac import Amount, Anchor, Stretch, away, moved_from
from detente.reading.dates.relative import Length
from detente.reading.dates.words import S
from detente.reading.found import Dating, Span

__all__ = ["dated_length", "past_one"]

_MORE = (
    r"more\sthan|less\sthan|fewer\sthan|no\smore\sthan|at\sleast|at\smost|up\sto|about|around|nearly"
    r"|almost|over|some|roughly|approximately|just|only|another|under|well\sover|the\sfull"
)
_LEFT = re.compile(
    rf"(?<![\w\u2019'-])(?i:(?:(?P<prep>(?:in|over|during|through|within)(?:{S}the{S}course{S}of)?|for"
    rf"|within|inside|throughout|after|by|since|until|till|before|from|of){S})?(?:(?:the|these){S})?"
    rf"(?:(?P<rel>past|last|previous|preceding|next|coming|following|first|final){S})?"
    rf"(?:(?P<more>{_MORE}){S})?)\Z"
)
_RIGHT = re.compile(
    rf"{S}(?:(?P<ago>ago)|(?P<later>later|afterwards|after{S}that)|(?P<earlier>earlier|before{S}that)"
    rf"|(?P<hence>from{S}(?:now|today)|hence))\b"
)
_NOUN = re.compile(
    rf"{S}(?:deadline|ultimatum|period|window|limit|notice|time{S}limit|time-limit)\b"
)
_ARTICLE = re.compile(rf"(?<![\w-])(?:[Aa]n?|[Tt]he){S}\Z")
_OF = re.compile(rf"{S}of\b")
_NOT_TO_COME = re.compile(
    r"\b(?:first|second|third|time|times|once|twice|highest|lowest|worst)\s\Z"
)
_ONE = re.compile(
    rf"(?i:(?:past|last){S}(?P<unit>day|week|month|year|decade|century)\b)(?!{S}of\b)"
)
_THE = re.compile(rf"(?i:\b(?:in|over|during|for|within|throughout|course{S}of){S}the{S})\Z")
_WINDOW = 60


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a length says: its meaning, and whether that is counted from the anchor."""

    means: Callable[[date], Stretch | None] | None
    rule: str
    keeps: bool
    from_base: bool = False


def past_one(text: str, at: int, end: int, low: int) -> Length | None:
    """Return the length in ``over the past year`` and ``in the last week``."""
    found = _ONE.match(text, at, end)
    if found is None:
        return None
    if not _THE.search(text[max(low, at - _WINDOW) : at]):
        return None
    amount = Amount.of(Fraction(1), found["unit"].lower())
    assert amount is not None
    return Length(found.start("unit"), found.end(), amount, amount, single=False, joined=False)


def dated_length(
    text: str, length: Length, bounds: Span, anchor: Anchor | None, base: Stretch | None
) -> Dating | None:
    """Return what a length of time between bounds of the text means; None where it is none."""
    low = max(bounds.start, length.start - _WINDOW)
    left = _LEFT.search(text[low : length.start])
    words = {key: (left[key] or "").lower() if left else "" for key in ("prep", "rel", "more")}
    right = _RIGHT.match(text, length.end, bounds.end)
    start, end = length.start, length.end
    if length.joined:
        noun = _NOUN.match(text, end, bounds.end)
        if noun is None and length.low.length and "hour" in text[start:end]:
            return None
        if noun is not None:
            article = _ARTICLE.search(text[low:start])
            start, end = low + article.start() if article else start, noun.end()
        return _plain(text, Span(start, end), length)
    if not _meant(text, length, words, right, bounds.end):
        return None
    if (
        left is not None
        and (words["prep"] or words["rel"])
        and not (right and words["prep"] == "of")
    ):
        start = low + left.start()
    if right is not None:
        end = right.end()
    before = text[max(bounds.start, start - 12) : start]
    # "in two weeks" is a day to come; "in two weeks of talks" and "the first in two weeks" are not
    point = not _OF.match(text, end, bounds.end) and not _NOT_TO_COME.search(before)
    reading = _reading(length, words, right, base, point=point)
    span = Span(start, end)
    if reading is None:
        return _plain(text, span, length)
    edtf, rule, means = None, reading.rule, reading.means
    if means is not None:
        if reading.from_base:
            stretch = _tried(means, date.min)
        else:
            stretch = _tried(anchor.read, means) if anchor else None
        edtf = _open(stretch, words["prep"]).edtf if stretch else None
    counted = anchor.text if anchor and edtf and not reading.from_base else None
    return Dating(
        span, text[start:end], edtf, counted, rule, _text(length) if reading.keeps else ""
    )


def _open(stretch: Stretch, preposition: str) -> Stretch:
    """Return what a preposition leaves open on one side."""
    if preposition in ("since", "from"):
        return Stretch(stretch.first.rstrip("~"), "..")
    if preposition in ("until", "till"):
        return Stretch("..", stretch.last.rstrip("~"))
    return stretch


def _tried(call: Callable[..., Stretch | None], given: object) -> Stretch | None:
    """Return nothing where the arithmetic leaves the years that can be written."""
    try:
        return call(given)
    except (ValueError, OverflowError):
        return None


def _text(length: Length) -> str:
    return length.low.length if length.low == length.high else ""


def _plain(text: str, span: Span, length: Length) -> Dating:
    rule = "a length of time" if length.low == length.high else "between two lengths of time"
    return Dating(span, text[span.start : span.end], None, None, rule, _text(length))


def _meant(
    text: str, length: Length, words: dict[str, str], right: re.Match[str] | None, end: int
) -> bool:
    """Tell a length from a rate ("twice a day") and from hours of no weight."""
    unit = text[length.start : length.end].lower()
    around = words["prep"] not in ("", "of", "by", "from", "before") or words["rel"] or right
    if "hour" in unit:
        return bool(around)
    if unit == "one day":
        # some day, if it stands alone
        return bool(around or words["more"])
    if length.single and not unit.endswith(("decade", "century", "fortnight", "half")):
        return bool(
            around or words["more"] or (unit != "a day" and _OF.match(text, length.end, end))
        )
    return True


def _reading(
    length: Length,
    words: dict[str, str],
    right: re.Match[str] | None,
    base: Stretch | None,
    *,
    point: bool,
) -> _Reading | None:
    near, far = length.low, length.high
    if right is not None and (right["later"] or right["earlier"]):
        sign = 1 if right["later"] else -1
        found = base

        def moved(_today: date) -> Stretch | None:
            one = moved_from(found, near, sign) if found else None
            other = moved_from(found, far, sign) if found else None
            return _joined(one, other, sign) if one and other else None

        return _Reading(moved, "counted from the date before it", keeps=False, from_base=True)
    if right is not None:
        sign = -1 if right["ago"] else 1

        def counted(today: date) -> Stretch | None:
            one, other = away(today, near, sign), away(today, far, sign)
            return _joined(Stretch(one, one), Stretch(other, other), sign)

        return _Reading(counted, "counted back" if sign < 0 else "counted on", keeps=False)
    if words["rel"] in ("past", "last", "previous", "preceding"):
        return _Reading(
            lambda day: Stretch(away(day, far, -1), day.isoformat()), "up to the day", keeps=True
        )
    at_most = words["more"] in (
        "less than",
        "fewer than",
        "under",
        "no more than",
        "at most",
        "up to",
    )
    ahead = words["prep"] in ("within", "inside") or words["rel"] in ("next", "coming", "following")
    if ahead or (words["prep"] == "in" and at_most):
        return _Reading(
            lambda day: Stretch(day.isoformat(), away(day, far, 1)), "from the day on", keeps=True
        )
    if words["prep"] == "in" and not words["rel"] and point:
        return _Reading(
            lambda day: Stretch(away(day, near, 1), away(day, far, 1)), "counted on", keeps=False
        )
    return None


def _joined(one: Stretch, other: Stretch, sign: int) -> Stretch:
    return Stretch(one.first, other.last) if sign > 0 else Stretch(other.first, one.last)
